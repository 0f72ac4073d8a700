"""A study is protected in the window, asked for at opening, and opened by Enter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qualcoder_lite.store.protection import key
from qualcoder_lite.store.protection.opener import is_protected
from qualcoder_lite.ui.backups.protecting import PasswordBox
from qualcoder_lite.ui.window.main_window import MainWindow
from tests.ui.driving import make_study, window_on

pytest.importorskip("sqlcipher3")


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    make_study(tmp_path / "a.qcl")
    with window_on(tmp_path / "a.qcl", qtbot, qapp) as opened:
        yield opened


def test_protect_close_and_open_again(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key, "COST", 8)
    desk, study = window.desk, Path(window.desk.study.path)
    desk.do("protect")
    [box] = window.findChildren(PasswordBox)
    for field in box.fields:
        QTest.keyClicks(field, "kata sandi panjang")
    box.keep()
    qtbot.waitUntil(lambda: desk.project is not None and is_protected(study), timeout=15000)
    assert window.leave_study()
    assert not key._KNOWN
    window.open_path(study)
    ask = window.findChildren(PasswordBox)[-1]
    QTest.keyClicks(ask.fields[0], "salah sekali")
    ask.keep()
    assert study.name in ask.why.text()
    ask.fields[0].setText("kata sandi panjang")
    ask.keep()
    assert desk.project is not None
