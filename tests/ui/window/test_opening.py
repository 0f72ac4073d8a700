"""The window opens a study and shows its sources, codes and a text with codings; it leaves one file."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from qualcoder_lite import i18n
from qualcoder_lite.coding import codings
from qualcoder_lite.store import undo
from qualcoder_lite.store.project import read_study
from qualcoder_lite.store.schema import Coding
from qualcoder_lite.ui.codebook.panel import Codebook
from qualcoder_lite.ui.coding.document import Document
from qualcoder_lite.ui.kit import shapes, theme
from qualcoder_lite.ui.kit.tree import walk
from qualcoder_lite.ui.sources.panel import InformantsPanel, SourcesPanel
from qualcoder_lite.ui.window.app import new_window
from qualcoder_lite.ui.window.recent import remember
from tests.ui.driving import click_row, close, make_study, settle, window_on


def labels(tree: object) -> list[str]:
    return [node.words for node in walk(tree.rows.root.children)]  # type: ignore[attr-defined]


def test_a_study_is_shown_whole(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> None:
    path = tmp_path / "a.qcl"
    study = make_study(path)
    with window_on(path, qtbot, qapp) as window:
        assert window.windowTitle() == "Studi rekaan – QualCoder Lite"
        assert labels(window.desk.part(SourcesPanel).tree)[:2] == [
            "Interviews",
            "A1, Camat, in progress, 0 codings",
        ]
        assert labels(window.desk.part(InformantsPanel).tree) == ["Main informants", "A1, Camat, ASN"]
        assert labels(window.desk.part(Codebook).tree)[:3] == [
            "Codes from theory",
            "R, 0 codings",
            "R1, 0 codings",
        ]
        assert window.desk.part(Document).text.page.text.startswith("P: Bagaimana")
        click_row(qtbot, window.desk.part(SourcesPanel).tree, study.ids["source", "D1"])
        assert window.desk.part(Document).text.page.text == "Renstra kecamatan.\n"
        assert window.desk.part(Document).title.text() == "D1"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.qcl"]


def test_a_window_at_rest_leaves_all_steps_in_the_file(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    path = tmp_path / "a.qcl"
    study = make_study(path)
    with window_on(path, qtbot, qapp) as window:
        window.desk.idle.setInterval(1)
        codings.apply(window.desk.study, study.ids["source", "A1"], 41, 46, study.ids["code", "R1"])
        qtbot.waitUntil(lambda: not window.desk.idle.isActive())
        alone = Path(shutil.copy(path, tmp_path / "copy.qcl"))  # without the log beside it
    with read_study(alone) as copied, copied.read() as connection:
        assert connection.scalar(select(func.count()).select_from(Coding)) == 1


def test_what_changes_the_study_is_followed(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> None:
    path = tmp_path / "a.qcl"
    study = make_study(path)
    source, code = study.ids["source", "A1"], study.ids["code", "R1"]
    with window_on(path, qtbot, qapp) as window:
        made = codings.apply(window.desk.study, source, 41, 46, code)
        assert [one.id for one in window.desk.part(Document).text.body.codings.items] == [made]
        settle(window, qapp)
        assert "R, 1 coding" in labels(window.desk.part(Codebook).tree)
        assert "1 coding, 1 passage" in window.desk.part(Document).caption.text()
        assert window.status.last.text() == "Last: Code a passage of A1 with R1"
        window.do("undo")
        assert not window.desk.part(Document).text.body.codings.items
        assert window.desk.actions_by_id["redo"].isEnabled()
        assert "Code a passage" in window.desk.actions_by_id["redo"].text()
        undo.redo(window.desk.study)
        assert window.desk.part(Document).text.body.codings.items


def test_theme_and_language_change_while_a_source_is_read(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    path = tmp_path / "a.qcl"
    make_study(path)
    with window_on(path, qtbot, qapp) as window:
        window.desk.part(Document).text.select(41, 46)
        window.do("dark")
        window.do("indonesian")
        assert window.tokens.name == "dark"
        assert i18n.language() == "id"
        assert window.desk.part(Document).text.selection() == (41, 46)
        assert window.desk.part(Document).text.tokens.name == "dark"


def test_without_a_study_the_window_says_where_to_begin(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    path = tmp_path / "kept.qcl"
    make_study(path)
    remember(path)
    shapes.dress(qapp, theme.theme())
    window = new_window(theme.theme())
    window.show()
    assert not window.menu_row.tabs.isVisible()
    assert [choice.accessibleName() for choice in window.welcome.choices] == [
        "New study", "Open a study", "Sample study",
    ]  # fmt: skip
    recent = window.welcome.recent.itemAt(0).widget()
    assert recent.accessibleName() == "kept"
    qtbot.mouseClick(recent, Qt.MouseButton.LeftButton)
    assert window.desk.project is not None
    close(window, qapp)


def test_what_is_no_study_is_told_in_the_window(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> None:
    path = tmp_path / "no.qcl"
    path.write_bytes(b"x" * 500)
    window = new_window(theme.theme())
    window.show()
    window.open_path(path)
    assert window.desk.project is None
    assert "is not a study" in window.news.sentence.text()
    close(window, qapp)


def test_the_menu_of_files_lists_the_studies_opened_before(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    first, second = tmp_path / "a.qcl", tmp_path / "b.qcl"
    make_study(first)
    shutil.copy(first, second)
    remember(second)
    with window_on(first, qtbot, qapp) as window:
        menus = window.findChildren(QMenu)
        recent = next(menu for menu in menus if menu.title() == "Recent studies")
        recent.aboutToShow.emit()
        assert [action.text() for action in recent.actions()] == [f"b  –  {tmp_path}"]
        second.unlink()
        recent.aboutToShow.emit()
        assert [action.isEnabled() for action in recent.actions()] == [False]
