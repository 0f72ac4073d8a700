"""Files out of a study and tables into it, through the menus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from qualcoder_lite.analysis.panels.lists import codes_listed, informants_listed, study_title
from qualcoder_lite.store.backup import backups
from qualcoder_lite.ui.kit.asking_box import AskingBox
from qualcoder_lite.ui.window.exporting import OUT
from qualcoder_lite.ui.window.main_window import MainWindow
from tests.ui.driving import Made, make_study, quotes, select_words, settle, shown, window_on


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return make_study(tmp_path / "a.qcl")


@pytest.fixture
def window(tmp_path: Path, made: Made, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    with window_on(tmp_path / "a.qcl", qtbot, qapp) as opened:
        yield opened


@pytest.mark.parametrize("name", [one[0] for one in OUT])
def test_every_export_writes_a_word_file(
    name: str, window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    select_words(window, "menunggu lama")
    window.do("in_vivo")
    path = tmp_path / f"{name}.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(path), "Word (*.docx)"))
    window.do(name)
    qtbot.waitUntil(lambda: not window.tasks.busy and not window.news.isHidden(), timeout=20_000)
    assert path.read_bytes().startswith(b"PK")
    assert str(path) in window.news.sentence.text()


def test_a_name_without_a_suffix_takes_that_of_the_kind(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(tmp_path / "out"), "CSV (*.csv)"))
    window.do("codebook_out")
    qtbot.waitUntil(lambda: (tmp_path / "out.csv").is_file(), timeout=20_000)
    qtbot.waitUntil(lambda: not window.tasks.busy)


def test_tables_come_in_as_one_step(
    window: MainWindow, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = {
        "take_codebook": "key,parent,name_en\nZ,,Zeal\nZ1,Z,Small zeal\n",
        "take_informants": "alias,class,jabatan\nA1,key,Camat\nB1,main,Staf\n",
        "take_codings": "source,quote,code,polarity\nA1,menunggu lama,Z1,-\n",
    }
    for name, words in tables.items():
        path = tmp_path / f"{name}.csv"
        path.write_text(words, encoding="utf-8")
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, path=path: (str(path), ""))
        window.do(name)
        settle(window, qapp)
    assert {"Z", "Z1"} <= {line.key for line in codes_listed(window.desk.study, "C1")}
    assert [line.alias for line in informants_listed(window.desk.study)] == ["A1", "B1"]
    assert quotes(window) == [("menunggu lama", "Z1", "-")]
    window.news.action.click()
    assert quotes(window) == []


def test_a_table_that_cant_be_used_is_told(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("source,quote,code\nA1,tidak ada di sini sama sekali,R1\n", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(path), ""))
    window.do("take_codings")
    assert not window.news.isHidden()
    assert quotes(window) == []


def test_title_and_backup(window: MainWindow, qtbot: QtBot, qapp: QApplication) -> None:
    window.do("title")
    box = shown(qapp, AskingBox)
    box.line.setText("Judul baru")
    box.button.click()
    assert study_title(window.desk.study) == "Judul baru"
    assert window.windowTitle().startswith("Judul baru")
    window.do("backup")
    qtbot.waitUntil(lambda: not window.tasks.busy)
    assert len(backups(window.desk.study.path)) == 1
