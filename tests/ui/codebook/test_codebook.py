"""The codebook in the window: renaming, moving, merging, linking and hiding codes; the study afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QDragMoveEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from qualcoder_lite.analysis.panels.lists import codes_listed, wording_of
from qualcoder_lite.store.undo import history
from qualcoder_lite.ui.codebook import actions as codebook_actions
from qualcoder_lite.ui.codebook.form import CodeForm
from qualcoder_lite.ui.codebook.match import matching
from qualcoder_lite.ui.codebook.menu import make_menu
from qualcoder_lite.ui.codebook.moves import planned, stepped
from qualcoder_lite.ui.codebook.panel import Codebook
from qualcoder_lite.ui.codebook.picker import Picker
from qualcoder_lite.ui.codebook.tree import CODES_DRAG, code_nodes
from qualcoder_lite.ui.coding import actions as coding_actions
from qualcoder_lite.ui.coding.document import Document
from qualcoder_lite.ui.coding.workspace import Reduction
from qualcoder_lite.ui.kit.asking_box import AskingBox
from qualcoder_lite.ui.kit.form_box import FormBox
from qualcoder_lite.ui.kit.tree import walk
from qualcoder_lite.ui.passages.connect import Passages
from qualcoder_lite.ui.text.mouse import SELECTION_DRAG
from qualcoder_lite.ui.window.main_window import MainWindow
from tests.ui.driving import Made, click_row, make_study, quotes, select_words, settle, shown, window_on


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return make_study(tmp_path / "a.qcl")


@pytest.fixture
def window(tmp_path: Path, made: Made, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    with window_on(tmp_path / "a.qcl", qtbot, qapp) as opened:
        opened.desk.part(Codebook).tree.expandAll()
        yield opened


def tree_of(window: MainWindow) -> list[tuple[str, int]]:
    return [(line.key, line.depth) for line in codes_listed(window.desk.study, "C1")]


def drop(window: MainWindow, dragged: list[bytes], target: bytes, share: float, control: bool = False) -> str:
    """Drag codes over a code and drop them there; gives the sentence that was shown before."""
    tree, data = window.desk.part(Codebook).tree, QMimeData()
    data.setData(CODES_DRAG, b"".join(dragged))
    box = tree.visualRect(tree.rows.index_of(target))
    place = QPointF(box.left() + 60, box.top() + box.height() * share)
    keys = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    action, button = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
    tree.dragMoveEvent(QDragMoveEvent(place.toPoint(), action, data, button, keys))
    sentence = window.desk.part(Codebook).plan.text()
    tree.dropEvent(QDropEvent(place, action, data, button, keys))
    return sentence


def test_a_double_click_codes_the_selected_words(window: MainWindow, made: Made, qtbot: QtBot) -> None:
    select_words(window, "menunggu lama")
    click_row(qtbot, window.desk.part(Codebook).tree, made.ids["code", "S1"], double=True)
    assert quotes(window) == [("menunggu lama", "S1", None)]


def test_selected_words_are_dropped_on_a_code(window: MainWindow, made: Made) -> None:
    select_words(window, "menunggu lama")
    tree, data = window.desk.part(Codebook).tree, QMimeData()
    data.setData(SELECTION_DRAG, b"0 1")
    place = QPointF(tree.visualRect(tree.rows.index_of(made.ids["code", "R1"])).center())
    action, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    tree.dragMoveEvent(QDragMoveEvent(place.toPoint(), action, data, button, keys))
    assert window.desk.part(Codebook).plan.text() == "Code the selected words with R1."
    tree.dropEvent(QDropEvent(place, action, data, button, keys))
    assert quotes(window) == [("menunggu lama", "R1", None)]


def test_a_name_is_written_in_its_row(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    tree = window.desk.part(Codebook).tree
    tree.choose(made.ids["code", "R1"])
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_F2)
    editor = tree.findChild(QLineEdit)
    editor.clear()
    qtbot.keyClicks(editor, "Kepekaan")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qapp.processEvents()
    assert wording_of(window.desk.study, made.ids["code", "R1"], "en")["name"] == "Kepekaan"
    settle(window, qapp)
    assert any("Kepekaan" in node.words for node in walk(tree.rows.root.children))


def test_dragging_says_what_will_happen_and_does_it(
    window: MainWindow, made: Made, qapp: QApplication
) -> None:
    code = made.ids
    assert drop(window, [code["code", "S1"]], code["code", "R"], 0.5) == "Put S1 below R."
    settle(window, qapp)
    assert tree_of(window) == [("R", 0), ("R1", 1), ("S1", 1), ("S", 0)]
    assert drop(window, [code["code", "S1"]], code["code", "R1"], 0.05) == "Put S1 before R1."
    settle(window, qapp)
    assert tree_of(window) == [("R", 0), ("S1", 1), ("R1", 1), ("S", 0)]
    assert drop(window, [code["code", "R"]], code["code", "R1"], 0.5) == ""  # not below itself
    assert drop(window, [code["code", "R"]], code["code", "S"], 0.95) == "Put R after S."
    settle(window, qapp)
    assert [key for key, depth in tree_of(window) if depth == 0] == ["S", "R"]
    for _step in range(3):
        window.do("undo")
    assert tree_of(window) == [("R", 0), ("R1", 1), ("S", 0), ("S1", 1)]


def test_merging_says_so_and_keeps_the_reason(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    select_words(window, "menunggu lama")
    coding_actions.apply(window.desk, made.ids["code", "S1"])
    settle(window, qapp)
    sentence = drop(window, [made.ids["code", "S1"]], made.ids["code", "R1"], 0.5, control=True)
    assert sentence == "Merge S1 into R1: 1 coding moves, S1 is removed."
    box = shown(qapp, AskingBox)
    qtbot.keyClicks(box.line, "sama artinya")
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert quotes(window) == [("menunggu lama", "R1", None)]
    assert history(window.desk.study)[-1].parameters["reason"] == "sama artinya"
    window.do("undo")
    assert quotes(window) == [("menunggu lama", "S1", None)]


def carried_by(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, code: bytes, keys: Qt.KeyboardModifier
) -> list[bytes]:
    """Drag a code with the mouse; gives the codes that the drag carries."""
    carried: list[bytes] = []
    monkeypatch.setattr(
        QDrag, "exec", lambda drag, _actions: carried.append(bytes(drag.mimeData().data(CODES_DRAG).data()))
    )
    tree = window.desk.part(Codebook).tree
    box = tree.visualRect(tree.rows.index_of(code))
    place, port = QPoint(box.left() + 80, box.center().y()), tree.viewport()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, keys, place)
    for far in (12, 24, 36):
        move = QMouseEvent(
            QEvent.Type.MouseMove, QPointF(place + QPoint(far, 0)), port.mapToGlobal(QPointF(place)),
            Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, keys,
        )  # fmt: skip
        QApplication.sendEvent(port, move)
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, keys, place)
    return [carried[0][at : at + 16] for at in range(0, len(carried[0]), 16)]


def test_only_what_is_under_the_mouse_is_dragged_with_control(
    window: MainWindow, made: Made, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    control, (s, r1, s1) = (
        Qt.KeyboardModifier.ControlModifier,
        (made.ids["code", key] for key in ("S", "R1", "S1")),
    )
    tree = window.desk.part(Codebook).tree
    click_row(qtbot, tree, s)
    assert carried_by(window, qtbot, monkeypatch, r1, control) == [r1]
    assert tree.chosen_keys() == [r1]  # what is seen chosen is what was dragged
    tree.choose(s)  # as when a coding under S is clicked in the text
    assert carried_by(window, qtbot, monkeypatch, r1, control) == [r1]
    click_row(qtbot, tree, s1)
    box = tree.visualRect(tree.rows.index_of(r1))
    qtbot.mouseClick(
        tree.viewport(), Qt.MouseButton.LeftButton, control, QPoint(box.left() + 80, box.center().y())
    )
    assert tree.chosen_keys() == [r1, s1]  # several, chosen by hand
    assert carried_by(window, qtbot, monkeypatch, r1, control) == [r1, s1]


def test_control_adds_nothing_to_a_code_that_only_was_shown(
    window: MainWindow, made: Made, qtbot: QtBot
) -> None:
    tree = window.desk.part(Codebook).tree
    tree.choose(made.ids["code", "S"])
    box = tree.visualRect(tree.rows.index_of(made.ids["code", "R1"]))
    place = QPoint(box.left() + 80, box.center().y())
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, place)
    assert tree.chosen_keys() == [made.ids["code", "R1"]]


def test_merging_a_top_code_asks_twice(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    drop(window, [made.ids["code", "S"]], made.ids["code", "R1"], 0.5, control=True)
    qtbot.keyClick(shown(qapp, AskingBox).line, Qt.Key.Key_Return)
    box = shown(qapp, AskingBox)
    assert "S is a top code, with 1 code below it." in box.accessibleName()
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    qtbot.keyClicks(box.line, "R1")
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert ("S", 0) in tree_of(window)
    box.line.clear()
    qtbot.keyClicks(box.line, "s")
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert [key for key, _depth in tree_of(window)] == ["R", "R1", "S1"]


def test_a_code_from_informants_is_linked_by_dropping_it(
    window: MainWindow, made: Made, qapp: QApplication
) -> None:
    select_words(window, "dioper-oper")
    window.do("in_vivo")
    settle(window, qapp)
    emic = next(line for line in window.desk.codes if line.key == "E1")
    sentence = drop(window, [emic.id], made.ids["code", "R1"], 0.5)
    assert sentence == "Link E1 dioper-oper to R1."
    settle(window, qapp)
    line = next(line for line in window.desk.codes if line.key == "E1")
    assert line.links == ("R1",)
    menu = make_menu(window.desk, line)
    next(one for one in menu.actions() if one.text() == "Unlink from R1").trigger()
    settle(window, qapp)
    assert next(line for line in window.desk.codes if line.key == "E1").links == ()


def test_a_code_is_put_below_another_by_keys(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    window.desk.part(Codebook).tree.choose(made.ids["code", "R1"])
    codebook_actions.move_under(window.desk)
    picker = shown(qapp, Picker)
    qtbot.keyClicks(picker.words, "S")
    qtbot.keyClick(picker.words, Qt.Key.Key_Return)
    assert tree_of(window) == [("R", 0), ("S", 0), ("S1", 1), ("R1", 1)]


def test_the_form_keeps_what_was_written(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    window.desk.part(Codebook).tree.choose(made.ids["code", "R1"])
    window.desk.part(Codebook).tree.setFocus()
    qtbot.keyClick(window.desk.part(Codebook).tree, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    form = shown(qapp, CodeForm)
    form.texts["definition"].setPlainText("Cepat menanggapi.")
    form.shortcut.setCurrentIndex(3)
    form.reason.setText("setelah bimbingan")
    form.keep()
    settle(window, qapp)
    assert wording_of(window.desk.study, made.ids["code", "R1"], "en")["definition"] == "Cepat menanggapi."
    assert next(line for line in window.desk.codes if line.key == "R1").shortcut == "3"
    assert "Cepat menanggapi." in window.desk.part(Codebook).detail.words.text()
    assert history(window.desk.study)[-1].parameters["reason"] == "setelah bimbingan"


def test_a_new_code_gets_the_next_key(window: MainWindow, made: Made, qapp: QApplication) -> None:
    window.desk.part(Codebook).tree.choose(made.ids["code", "R1"])
    window.do("new_code")
    form = shown(qapp, CodeForm)
    assert form.key.text() == "R2"
    form.name.setText("Ketanggapan")
    form.keep()
    assert ("R2", 1) in tree_of(window)
    assert window.desk.part(Codebook).tree.current_key() == next(
        line.id for line in window.desk.codes if line.key == "R2"
    )


def test_only_the_chosen_codes_are_shown_in_the_text(
    window: MainWindow, made: Made, qapp: QApplication
) -> None:
    for words, code in (("menunggu lama", "R1"), ("Lancar.", "S1")):
        select_words(window, words)
        coding_actions.apply(window.desk, made.ids["code", code])
    settle(window, qapp)
    window.desk.part(Codebook).tree.choose(made.ids["code", "R"])
    window.do("show_only_codes")
    assert [one.key for one in window.desk.text.body.codings.items] == ["R1"]
    window.do("show_all_codes")
    assert sorted(one.key for one in window.desk.text.body.codings.items) == ["R1", "S1"]


def test_colour_and_key_are_given_in_the_menu(window: MainWindow, made: Made, qapp: QApplication) -> None:
    window.desk.part(Codebook).tree.choose(made.ids["code", "R1"])
    codebook_actions.set_colour(window.desk, 9)
    codebook_actions.set_shortcut(window.desk, "4")
    line = next(one for one in codes_listed(window.desk.study, "C1") if one.key == "R1")
    assert (line.colour, line.shortcut) == (9, "4")


def test_removing_a_code_tells_what_went_and_can_be_undone(
    window: MainWindow, made: Made, qapp: QApplication
) -> None:
    select_words(window, "Lancar.")
    coding_actions.apply(window.desk, made.ids["code", "S1"])
    settle(window, qapp)
    window.desk.part(Codebook).tree.choose(made.ids["code", "S1"])
    window.do("remove_codes")
    assert window.news.sentence.text() == "Removed: S1. 1 coding went with it."
    assert quotes(window) == []
    window.news.action.click()
    assert quotes(window) == [("Lancar.", "S1", None)]


def test_the_filter_shows_what_fits_with_what_stands_above(window: MainWindow, made: Made) -> None:
    lines = window.desk.codes
    assert [node.row.key for node in walk(code_nodes(lines, "s1")) if hasattr(node.row, "key")] == ["S", "S1"]
    window.desk.part(Codebook).filter.setText("zzz")
    assert window.desk.part(Codebook).pages.currentIndex() == 1
    window.desk.part(Codebook).hint.button.click()
    assert window.desk.part(Codebook).pages.currentIndex() == 0


def test_numbers_say_under_the_mouse_what_they_count(
    window: MainWindow, made: Made, qapp: QApplication
) -> None:
    for code in ("R1", "R"):
        select_words(window, "menunggu lama")
        coding_actions.apply(window.desk, made.ids["code", code])
    settle(window, qapp)
    tree, tip = window.desk.part(Codebook).tree, Qt.ItemDataRole.ToolTipRole
    told = tree.rows.index_of(made.ids["code", "R"]).data(tip)
    assert told.startswith("R: 2 codings (1 coding with this code itself)")
    assert "Matrices leave out codings on nothing but interviewers" in told
    sources = window.desk.part(Reduction).sources.tree
    told = sources.rows.index_of(made.ids["source", "A1"]).data(tip)
    assert told.startswith("A1: 2 codings\nCodings in this source")
    assert sources.rows.index_of("technique:interview").data(tip) == "Interviews: 1 source"
    document, passages = window.desk.part(Document), window.desk.part(Passages).panel
    assert "2 codings, 1 passage" in document.caption.text()
    window.do("passages")
    qapp.processEvents()
    assert passages.head.count.text() == "2 codings · 1 passage · 1 source"
    for counted in (document.caption, passages.head.count):
        assert "what other programs call a segment" in counted.toolTip()
        assert "merged where codings overlap" in counted.toolTip()


def test_codes_are_found_by_key_word_and_letters(window: MainWindow, made: Made) -> None:
    lines = window.desk.codes
    assert [match.line.key for match in matching(lines, "s")] == ["S", "S1"]
    assert matching(lines, "zz") == []
    assert stepped(lines, made.ids["code", "S"], onward=False) == 0
    assert stepped(lines, made.ids["code", "S"], onward=True) is None
    assert planned(lines, [made.ids["code", "S"]], made.ids["code", "S1"], "on", merging=False) is None


def test_a_filter_opens_the_branches_of_its_hits_for_as_long_as_it_stands(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    tree, line = window.desk.part(Codebook).tree, window.desk.part(Codebook).filter
    top = tree.rows.index_of(made.ids["code", "R"])
    tree.collapse(top)
    qtbot.keyClicks(line, "R1")
    assert tree.isExpanded(tree.rows.index_of(made.ids["code", "R"]))
    line.clear()
    assert not tree.isExpanded(tree.rows.index_of(made.ids["code", "R"]))


def test_the_head_says_when_only_chosen_codes_are_shown(window: MainWindow, made: Made) -> None:
    window.desk.hide_codes({made.ids["code", "R1"]})
    assert "only the chosen codes" in window.desk.part(Document).caption.text()
    window.desk.hide_codes(set())
    assert "only the chosen codes" not in window.desk.part(Document).caption.text()


def test_tab_goes_round_inside_a_form(window: MainWindow, qtbot: QtBot, qapp: QApplication) -> None:
    window.do("edit_source")
    form = shown(qapp, FormBox)
    for _step in range(20):
        qtbot.keyClick(qapp.focusWidget(), Qt.Key.Key_Tab)
        assert form.isAncestorOf(qapp.focusWidget())
    qtbot.keyClick(qapp.focusWidget(), Qt.Key.Key_Backtab)
    assert form.isAncestorOf(qapp.focusWidget())
    qtbot.keyClick(qapp.focusWidget(), Qt.Key.Key_Escape)
    assert not form.isVisible()
