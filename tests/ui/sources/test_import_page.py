"""The page of files that wait: what a file is read as, the keys, other themes, closing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from qualcoder_lite.ui.sources.import_page import PREVIEW, ImportPage
from qualcoder_lite.ui.window.main_window import MainWindow
from tests.readers.made import pdf_file
from tests.readers.test_pdf import numbered
from tests.ui.driving import settle

TEXT = "Nama: Bambang Rekaan\n\nP: Apa?\nI: Ya.\nBu Kasi: Sudah.\n"
PageFor = Callable[..., ImportPage]


def test_what_was_left_out_of_pages_is_shown(page_for: PageFor, tmp_path: Path) -> None:
    pages = [
        [*numbered(first), (72, 800, "Transkrip W-07"), (290, 40, f"{at}/3")]
        for at, first in enumerate((1, 21, 41), 1)
    ]
    page = page_for(pdf_file(tmp_path / "C4.pdf", *pages))
    aside = [row.words for row in page.preview_model.rows if not row.number]
    assert (
        aside[0]
        == "Page 1, not text: line numbers 1 to 20 · page number “1/3” · head or foot “Transkrip W-07”"
    )
    assert [words[:6] for words in aside] == ["Page 1", "Page 2", "Page 3"]
    assert [row.number for row in page.preview_model.rows][:2] == [0, 1]
    assert "Taken for numbers of lines" in page.remarks.text()


def test_encodings_are_shown_with_words_of_the_file(page_for: PageFor, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "k.txt").write_bytes("P: Apa kabar?\nI: Caf\xe9 “bagus”.\n".encode("mac-roman"))
    page = page_for(tmp_path / "k.txt")
    rows = {page.encoding.itemData(at): page.encoding.itemText(at) for at in range(page.encoding.count())}
    assert rows["mac-roman"] == "Mac Roman   I: Café “bagus”."
    assert "utf-8" not in rows  # it does not fit
    page.encoding.setFocus()
    while page.encoding.currentData() != "mac-roman":
        qtbot.keyClick(page.encoding, Qt.Key.Key_Down)
    assert page.preview_model.rows[1].words == "Café “bagus”."


def test_tab_goes_through_all_fields_in_the_order_seen(
    page_for: PageFor, tmp_path: Path, qapp: QApplication
) -> None:
    (tmp_path / "w.txt").write_text(TEXT, encoding="utf-8")
    page = page_for(tmp_path / "w.txt")
    rows = page.speakers.rows
    (mask,) = page.names.masks.values()
    seen = [page.technique, page.key, page.date, page.encoding, page.place, mask, page.names.choice]
    seen += [rows[0].role, rows[1].role, rows[1].who, rows[2].role, rows[2].who, page.preview]
    page.files.setFocus()
    for field in seen:
        QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_Tab)
        assert qapp.focusWidget() in (field, field.focusProxy()), field.accessibleName()
    for field in reversed(seen[:-1]):
        QTest.keyClick(qapp.focusWidget(), Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
        assert qapp.focusWidget() in (field, field.focusProxy()), field.accessibleName()


def test_all_fields_fit_into_the_least_window(
    window: MainWindow, page_for: PageFor, tmp_path: Path, qapp: QApplication
) -> None:
    window.set_language("id")
    window.resize(1024, 640)
    words = "Nama: Bambang Rekaan\n\n" + "Dewi: Apa?\nInforman: Ya.\n" * 3 + "Peserta 1 (L, 45 tahun): Ya.\n"
    (tmp_path / "w.txt").write_text(words, encoding="utf-8")
    page = page_for(tmp_path / "w.txt")
    settle(window, qapp)
    assert page.draft.doubts
    assert page.upper.widget().width() <= page.upper.viewport().width()
    assert page.preview.height() >= page.tokens.px(PREVIEW)
    assert (window.width(), window.height()) == (1024, 640)
    page.place.setFocus()
    page.speakers.rows[-1].role.setFocus()
    qapp.processEvents()
    assert not page.speakers.rows[-1].role.visibleRegion().isEmpty()  # scrolled to where the keys are
    window.set_language("en")
    settle(window, qapp)


def test_the_keys_stay_where_a_role_was_changed(
    page_for: PageFor, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    (tmp_path / "w.txt").write_text(TEXT, encoding="utf-8")
    role = page_for(tmp_path / "w.txt").speakers.rows[2].role
    role.setFocus()
    qtbot.keyClick(role, Qt.Key.Key_Up)
    assert qapp.focusWidget() is role
    assert role.currentData() == "interviewer"


def test_files_that_wait_survive_theme_and_language(
    window: MainWindow, page_for: PageFor, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    for name in ("a1", "b2"):
        (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    page = page_for(tmp_path / "a1.txt", tmp_path / "b2.txt")
    page.files.setCurrentIndex(page.files_model.index(1, 0))
    page.key.selectAll()
    qtbot.keyClicks(page.key, "Z9")
    for change in (lambda: window.set_theme("dark"), lambda: window.set_language("id")):
        change()
        settle(window, qapp)
        now = window.desk.part(ImportPage)
        assert now is not page
        assert now.isVisible()
        assert (now.number, now.key.text(), len(now.drafts)) == (1, "Z9", 2)
    window.set_language("en")
    settle(window, qapp)


def answer(role: QMessageBox.ButtonRole) -> None:
    """Click a button of the question that will be asked."""

    def click() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        (button,) = (one for one in box.buttons() if box.buttonRole(one) == role)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    QTimer.singleShot(100, click)


@pytest.mark.qt_log_ignore("propagateSizeHints")  # of the offscreen platform, for each window of its own
def test_closing_asks_before_files_that_wait_are_given_up(
    window: MainWindow, page_for: PageFor, tmp_path: Path, qapp: QApplication
) -> None:
    (tmp_path / "w.txt").write_text(TEXT, encoding="utf-8")
    page = page_for(tmp_path / "w.txt")
    answer(QMessageBox.ButtonRole.RejectRole)
    assert not window.close()
    assert page.isVisible()
    assert window.desk.project is not None
    answer(QMessageBox.ButtonRole.DestructiveRole)
    assert window.leave_study()
    assert window.desk.find(ImportPage) is None


def test_files_out_of_sight_come_back_by_the_command(
    window: MainWindow, page_for: PageFor, tmp_path: Path, qapp: QApplication
) -> None:
    (tmp_path / "w.txt").write_text(TEXT, encoding="utf-8")
    page = page_for(tmp_path / "w.txt")
    window.desk.show_workspace(1)
    assert not page.isVisible()
    window.do("import")
    assert page.isVisible()
