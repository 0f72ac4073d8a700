"""Real names in headers: shown, replaced by aliases, kept in the key file and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from qualcoder_lite.analysis.panels.lists import informants_listed, sources_listed
from qualcoder_lite.coding.people.key_file import key_path, read_names, write_names
from qualcoder_lite.store.journal_tables import Content
from qualcoder_lite.ui.sources.import_page import ImportPage
from qualcoder_lite.ui.window.main_window import MainWindow
from tests.ui.driving import settle

TEXT = """Nama: Bambang Rekaan
Tanggal: 13-03-2026

P: Sudah berapa lama di sini, Pak Bambang?
I: Empat tahun.
P: Lalu?
I: Begitu, kata saya, Bambang.
"""
FILE = "Wawancara Bambang.txt"
PageFor = Callable[..., ImportPage]


@pytest.fixture
def page(page_for: PageFor, tmp_path: Path) -> ImportPage:
    (tmp_path / FILE).write_text(TEXT, encoding="utf-8")
    return page_for(tmp_path / FILE)


def tick(qtbot: QtBot, page: ImportPage) -> None:
    qtbot.mouseClick(
        page.names.choice, Qt.MouseButton.LeftButton, pos=QPoint(8, page.names.choice.height() // 2)
    )


def bring_in(window: MainWindow, page: ImportPage, qtbot: QtBot, qapp: QApplication) -> None:
    qtbot.mouseClick(page.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.desk.find(ImportPage) is None)
    settle(window, qapp)


def contents(window: MainWindow) -> list[bytes]:
    with window.desk.study.read() as connection:
        return list(connection.scalars(select(Content.data)))


def test_a_name_is_shown_with_its_places_and_replaced(
    window: MainWindow, page: ImportPage, qtbot: QtBot, qapp: QApplication
) -> None:
    assert page.names.isVisible()
    assert page.names.choice.isChecked()
    said = {one.text() for one in page.names.findChildren(type(page.name))}
    assert said == {"header (line 1), text (2 lines: 4, 7), file name"}
    assert page.key.text() == "Wawancara"
    (mask,) = page.names.masks.values()
    assert mask.text() == "Wawancara"
    mask.selectAll()
    qtbot.keyClicks(mask, "A7")
    assert [row.words for row in page.preview_model.rows][-1] == "Begitu, kata saya, A7."
    before = contents(window)
    bring_in(window, page, qtbot, qapp)
    assert "Bambang" not in window.desk.text.page.text
    assert "Pak A7?" in window.desk.text.page.text
    source = sources_listed(window.desk.study, "C1")[-1]
    assert "Bambang" not in f"{source.key} {source.title}"
    assert contents(window) == before
    assert read_names(key_path(window.desk.study.path)) == {"A7": "Bambang Rekaan"}


def test_a_known_name_in_the_key_file_is_not_overwritten(
    window: MainWindow, page: ImportPage, qtbot: QtBot, qapp: QApplication
) -> None:
    write_names(key_path(window.desk.study.path), {"Wawancara": "Orang Lain"})
    bring_in(window, page, qtbot, qapp)
    assert read_names(key_path(window.desk.study.path)) == {"Wawancara": "Orang Lain; Bambang Rekaan"}


def test_nothing_goes_in_where_the_name_cant_be_kept(
    window: MainWindow, page: ImportPage, qtbot: QtBot, qapp: QApplication
) -> None:
    key_path(window.desk.study.path).write_text("broken", encoding="utf-8")
    qtbot.mouseClick(page.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "can't be read" in window.news.sentence.text())
    assert len(sources_listed(window.desk.study, "C1")) == 2
    assert window.desk.find(ImportPage) is page


def test_a_name_can_be_left_and_that_is_said_plainly(
    window: MainWindow, page: ImportPage, qtbot: QtBot, qapp: QApplication
) -> None:
    tick(qtbot, page)
    assert page.names.meaning.text().startswith("The names stay in the text")
    bring_in(window, page, qtbot, qapp)
    assert "Pak Bambang?" in window.desk.text.page.text
    assert TEXT.encode() in contents(window)


def test_code_alias_and_mask_change_together_until_written_by_hand(page: ImportPage, qtbot: QtBot) -> None:
    (mask,) = page.names.masks.values()
    who = page.speakers.rows[1].who
    page.key.selectAll()
    qtbot.keyClicks(page.key, "A3")
    assert (page.draft.key, who.currentText(), mask.text()) == ("A3", "A3", "A3")
    who.lineEdit().selectAll()
    qtbot.keyClicks(who.lineEdit(), "A4")
    assert (page.key.text(), mask.text()) == ("A3", "A4")  # the code was written by hand
    qtbot.keyClicks(page.key, "b")
    assert (who.currentText(), mask.text()) == ("A4", "A4")


def test_the_code_follows_the_alias(
    window: MainWindow, page: ImportPage, qtbot: QtBot, qapp: QApplication
) -> None:
    who = page.speakers.rows[1].who
    who.lineEdit().selectAll()
    qtbot.keyClicks(who.lineEdit(), "A4")
    assert page.key.text() == "A4"
    bring_in(window, page, qtbot, qapp)
    assert sources_listed(window.desk.study, "C1")[-1].key == "A4"
    assert [line.alias for line in informants_listed(window.desk.study)] == ["A1", "A4"]


def test_files_told_apart_by_names_alone_stay_two_people(
    window: MainWindow, page_for: PageFor, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    for name in ("Bambang", "Siti"):
        (tmp_path / f"Wawancara {name}.txt").write_text(TEXT.replace("Bambang", name), encoding="utf-8")
    page = page_for(tmp_path / "Wawancara Bambang.txt", tmp_path / "Wawancara Siti.txt")
    assert [draft.key for draft in page.drafts] == ["Wawancara", "Wawancara 2"]
    bring_in(window, page, qtbot, qapp)
    assert read_names(key_path(window.desk.study.path)) == {
        "Wawancara": "Bambang Rekaan",
        "Wawancara 2": "Siti Rekaan",
    }
    assert [one.alias for one in informants_listed(window.desk.study)] == ["A1", "Wawancara", "Wawancara 2"]


def test_a_code_with_a_real_name_is_warned_of(page: ImportPage, qtbot: QtBot) -> None:
    assert page.names.warning.isHidden()
    page.key.selectAll()
    qtbot.keyClicks(page.key, "Bambang 1")
    assert "“Bambang 1”" in page.names.warning.text()
    assert page.names.warning.isVisible()


def test_an_author_in_the_properties_leaves_with_the_original(
    window: MainWindow, page_for: PageFor, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    from docx import Document

    document = Document()
    document.core_properties.author = "Sri Rekaan"
    document.add_paragraph("Catatan lapangan.")
    document.save(str(tmp_path / "O1.docx"))
    page = page_for(tmp_path / "O1.docx")
    assert page.names.choice.text() == "Leave the original file out of the study"
    assert not page.names.choice.isChecked()
    before = contents(window)
    tick(qtbot, page)
    bring_in(window, page, qtbot, qapp)
    assert contents(window) == before
