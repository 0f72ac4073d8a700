"""The panel of passages by keys and mouse: what is asked, what it shows, what is in the study afterwards."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from weakref import ref

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from qualcoder_lite.analysis.panels.memos import memos_listed
from qualcoder_lite.analysis.search.saved_queries import queries_listed
from qualcoder_lite.coding import codings
from qualcoder_lite.store.undo import history
from qualcoder_lite.ui.codebook.panel import Codebook
from qualcoder_lite.ui.codebook.picker import Picker
from qualcoder_lite.ui.kit.asking_box import AskingBox
from qualcoder_lite.ui.kit.note_box import NoteBox
from qualcoder_lite.ui.passages.asked import Asked, asked_again
from qualcoder_lite.ui.passages.chip import Chip
from qualcoder_lite.ui.passages.connect import Passages
from qualcoder_lite.ui.passages.menu import chip_menu, filter_menu
from qualcoder_lite.ui.window.main_window import MainWindow
from tests.ui.driving import Made, click_row, make_study, quotes, settle, shown, window_on

CODED = (
    ("A1", "Lancar.", "R1", "+"),
    ("A1", "Warga sering dioper-oper antar loket", "R1", "-"),
    ("A1", "menunggu lama", "S1", "-"),
    ("D1", "Renstra kecamatan.", "S", None),
)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return make_study(tmp_path / "a.qcl")


@pytest.fixture
def window(tmp_path: Path, made: Made, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    with window_on(tmp_path / "a.qcl", qtbot, qapp) as opened:
        from qualcoder_lite.analysis.panels.reading import read_source

        for source, quote, code, sign in CODED:
            row = made.ids["source", source]
            start = read_source(opened.desk.study, row, None).text.index(quote)
            codings.apply(opened.desk.study, row, start, start + len(quote), made.ids["code", code], sign)
        settle(opened, qapp)
        yield opened


def wiring_of(window: MainWindow) -> Passages:
    return window.desk.part(Passages)


def listed(window: MainWindow) -> list[str]:
    return [line.quote for line in wiring_of(window).panel.lines]


def click_line(
    window: MainWindow, qtbot: QtBot, number: int, held: Any = Qt.KeyboardModifier.NoModifier
) -> None:
    panel = wiring_of(window).panel
    box = panel.view.visualRect(panel.model.index(number))
    place = QPoint(box.left() + 150, box.center().y())
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, held, place)


def pick(menu: QMenu, *words: str) -> None:
    """Choose in a menu, through its submenus."""
    for action in menu.actions():
        if action.text() == words[0]:
            if len(words) == 1:
                action.trigger()
            else:
                pick(action.menu(), *words[1:])  # type: ignore[arg-type]
            return
    raise AssertionError(f"{words[0]} is not in {[action.text() for action in menu.actions()]}")


def ask(window: MainWindow, *words: str) -> None:
    wiring = wiring_of(window)
    menu = filter_menu(wiring.asking, wiring.asking.frames())
    pick(menu, *words)
    menu.deleteLater()


def chips(window: MainWindow) -> list[str]:
    QApplication.processEvents()
    panel = wiring_of(window).panel
    found = sorted(panel.head.findChildren(Chip), key=lambda chip: chip.x())
    return [chip.text() for chip in found if chip.isVisible()]


def chip_of(window: MainWindow, words: str) -> Chip:
    QApplication.processEvents()
    found = wiring_of(window).panel.head.findChildren(Chip)
    return next(chip for chip in found if chip.text() == words and chip.isVisible())


def test_it_shows_all_passages_then_those_of_the_chosen_code(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    panel = wiring_of(window).panel
    assert panel.isVisible()
    assert listed(window) == [quote for _source, quote, _code, _sign in CODED]
    assert panel.head.count.text() == "4 codings · 4 passages · 2 sources"
    click_row(qtbot, window.desk.part(Codebook).tree, made.ids["code", "R"])
    qapp.processEvents()
    assert listed(window) == ["Lancar.", "Warga sering dioper-oper antar loket"]
    assert chips(window) == ["R and below"]
    click_row(qtbot, window.desk.part(Codebook).tree, made.ids["code", "S"])
    qapp.processEvents()
    assert listed(window) == ["menunggu lama", "Renstra kecamatan."]


def test_a_click_jumps_and_enter_goes_to_the_text(window: MainWindow, made: Made, qtbot: QtBot) -> None:
    desk = window.desk
    click_line(window, qtbot, 3)
    qtbot.waitUntil(lambda: desk.source is not None and desk.source.key == "D1")
    assert desk.text.caret == 0
    assert wiring_of(window).panel.view.hasFocus()
    qtbot.keyClick(wiring_of(window).panel.view, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: desk.source is not None and desk.source.key == "A1")
    assert desk.text.caret == desk.text.page.text.index("menunggu lama")
    assert desk.text.active is not None
    assert desk.text.active.key == "S1"
    qtbot.keyClick(wiring_of(window).panel.view, Qt.Key.Key_Return)
    assert desk.text.hasFocus()


def test_keys_judge_star_and_remove_many_as_one_step(
    window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    panel, before = wiring_of(window).panel, len(history(window.desk.study))
    click_line(window, qtbot, 0)
    click_line(window, qtbot, 2, Qt.KeyboardModifier.ShiftModifier)
    assert len(panel.chosen()) == 3
    qtbot.keyClicks(panel.view, "+")
    assert [sign for _quote, _code, sign in quotes(window)] == ["+", "+", "+"]
    settle(window, qapp)
    assert len(panel.chosen()) == 3
    qtbot.keyClicks(panel.view, "*")
    settle(window, qapp)
    assert [line.starred for line in panel.lines] == [True, True, True, False]
    qtbot.keyClick(panel.view, Qt.Key.Key_Delete)
    settle(window, qapp)
    assert listed(window) == ["Renstra kecamatan."]
    assert len(history(window.desk.study)) == before + 3
    assert panel.current() is not None
    window.do("undo")
    settle(window, qapp)
    assert len(listed(window)) == 4


def test_a_letter_recodes_the_chosen_passages(window: MainWindow, qtbot: QtBot, qapp: QApplication) -> None:
    panel = wiring_of(window).panel
    click_line(window, qtbot, 0)
    click_line(window, qtbot, 1, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(panel.view, "s")
    picker = shown(qapp, Picker)
    assert picker.words.text() == "s"
    qtbot.keyClicks(picker.words, "1")
    qtbot.keyClick(picker.words, Qt.Key.Key_Return)
    assert [code for _quote, code, _sign in quotes(window)] == ["S1", "S1", "S1"]
    window.do("undo")
    assert [code for _quote, code, _sign in quotes(window)] == ["R1", "R1", "S1"]


def test_a_memo_on_one_and_on_many(window: MainWindow, qtbot: QtBot, qapp: QApplication) -> None:
    click_line(window, qtbot, 1)
    window.do("memo")
    box = shown(qapp, NoteBox)
    qtbot.keyClicks(box.words, "Contoh terbaik.")
    qtbot.keyClick(box.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [(line.text, line.called) for line in memos_listed(window.desk.study)] == [
        ("Contoh terbaik.", "R1")
    ]
    settle(window, qapp)
    assert [line.memo for line in wiring_of(window).panel.lines] == [False, True, False, False]
    steps = len(history(window.desk.study))
    click_line(window, qtbot, 2)
    click_line(window, qtbot, 3, Qt.KeyboardModifier.ShiftModifier)
    window.do("memo")
    box = shown(qapp, NoteBox)
    qtbot.keyClicks(box.words, "Bandingkan.")
    qtbot.keyClick(box.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert sorted(line.text for line in memos_listed(window.desk.study)) == [
        "Bandingkan.", "Bandingkan.", "Contoh terbaik.",
    ]  # fmt: skip
    assert len(history(window.desk.study)) == steps + 1


def test_filters_are_chips_that_can_be_changed_and_taken_away(
    window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    ask(window, "Polarity", "− hinders")
    assert listed(window) == ["Warga sering dioper-oper antar loket", "menunggu lama"]
    ask(window, "Polarity", "+ supports")
    assert chips(window) == ["− hinders, + supports"]
    assert len(listed(window)) == 3
    ask(window, "Technique", "Document")
    assert listed(window) == []
    panel = wiring_of(window).panel
    assert panel.pages.currentWidget() is panel.hint
    ask(window, "Any one filter is enough")
    assert len(listed(window)) == 4
    ask(window, "All filters must hold")
    chip_of(window, "Document").setFocus()
    qtbot.keyClick(chip_of(window, "Document"), Qt.Key.Key_Delete)
    assert len(listed(window)) == 3
    wiring = wiring_of(window)
    menu = chip_menu(wiring.asking, wiring.asking.frames(), wiring.asked.filters[0])
    pick(menu, "The contrary")
    assert listed(window) == ["Renstra kecamatan."]
    qtbot.mouseClick(panel.hint.button, Qt.MouseButton.LeftButton)
    assert len(listed(window)) == 4
    assert chips(window) == []
    ask(window, "Attribute", "jabatan", "Camat")
    assert len(listed(window)) == 3
    chip = chip_of(window, "jabatan: Camat")
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 14, chip.height() // 2))
    assert len(listed(window)) == 4


def test_more_filters_than_there_is_room_for_stand_in_a_menu(window: MainWindow, qapp: QApplication) -> None:
    asked = (
        "Polarity/+ supports",
        "Technique/Interview",
        "Informant/A1",
        "Source/A1",
        "Kind of evidence/account",
    )
    for words in asked:
        ask(window, *words.split("/"))
    few = len(chips(window))
    assert 0 < few < 5
    head = wiring_of(window).panel.head
    for part in head.findChildren(QAbstractButton):
        assert not part.isVisible() or part.width() >= part.minimumSizeHint().width()
    assert head.count.width() >= head.count.sizeHint().width()
    assert listed(window) == ["Lancar."]
    window.resize(1700, 800)
    settle(window, qapp)
    assert len(chips(window)) > few


def test_words_and_relations_to_another_code(window: MainWindow, qtbot: QtBot, qapp: QApplication) -> None:
    ask(window, "Words…")
    box = shown(qapp, AskingBox)
    qtbot.keyClicks(box.line, "loket")
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: listed(window) == ["Warga sering dioper-oper antar loket"])
    ask(window, "Clear the filters")
    wiring = wiring_of(window)
    ask(window, "Near another code…")
    picker = shown(qapp, Picker)
    qtbot.keyClicks(picker.words, "s1")
    qtbot.keyClick(picker.words, Qt.Key.Key_Return)
    assert chips(window) == ["within 1 turn of S1"]
    assert listed(window) == ["Lancar.", "Warga sering dioper-oper antar loket"]
    menu = chip_menu(wiring.asking, wiring.asking.frames(), wiring.asked.filters[0])
    pick(menu, "In the same turn")
    assert chips(window) == ["in the same turn as S1"]
    assert listed(window) == ["Lancar.", "Warga sering dioper-oper antar loket"]


def test_queries_are_kept_shown_again_renamed_and_removed(
    window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    from qualcoder_lite.ui.passages.menu import kept_menu

    wiring = wiring_of(window)

    def choose(*words: str) -> None:
        pick(kept_menu(wiring.asking, queries_listed(window.desk.study), wiring.panel), *words)

    def answer(words: str) -> None:
        box = shown(qapp, AskingBox)
        box.line.setText(words)
        qtbot.keyClick(box.line, Qt.Key.Key_Return)

    ask(window, "Polarity", "− hinders")
    choose("Keep this query…")
    answer("Keluhan")
    ask(window, "Clear the filters")
    assert len(listed(window)) == 4
    choose("Keluhan")
    assert listed(window) == ["Warga sering dioper-oper antar loket", "menunggu lama"]
    choose("Rename", "Keluhan")
    answer("Keluhan warga")
    assert [one.name for one in queries_listed(window.desk.study)] == ["Keluhan warga"]
    choose("Remove", "Keluhan warga")
    assert queries_listed(window.desk.study) == []
    window.do("undo")
    assert [one.name for one in queries_listed(window.desk.study)] == ["Keluhan warga"]


def test_it_exports_what_it_shows(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(window, "Polarity", "− hinders")
    chosen = str(tmp_path / "kutipan"), "CSV (*.csv)"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: chosen)
    qtbot.mouseClick(wiring_of(window).bar.export, Qt.MouseButton.LeftButton)
    written = tmp_path / "kutipan.csv"
    qtbot.waitUntil(written.is_file)
    qtbot.waitUntil(lambda: not window.desk.busy)
    text = written.read_text(encoding="utf-8-sig")
    assert "menunggu lama" in text
    assert "Lancar." not in text


def test_it_closes_opens_and_outlives_another_theme(
    window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    ask(window, "Polarity", "− hinders")
    window.set_theme("dark")
    settle(window, qapp)
    assert listed(window) == ["Warga sering dioper-oper antar loket", "menunggu lama"]
    window.do("passages")
    assert not wiring_of(window).panel.isVisible()
    assert window.desk.text.hasFocus()
    window.set_theme("light")
    settle(window, qapp)
    assert not wiring_of(window).panel.isVisible()
    window.do("passages")
    assert listed(window) == ["Warga sering dioper-oper antar loket", "menunggu lama"]
    assert wiring_of(window).panel.view.hasFocus()


def test_what_was_kept_is_asked_again_word_for_word() -> None:
    asked = Asked()
    assert asked.follow([b"\x01" * 16])
    assert not asked.follow([b"\x01" * 16])
    asked.toggle("polarity", "+")
    asked.join, asked.coders = "any", ["C2"]
    again = asked_again(asked.kept())
    assert again.condition() == asked.condition()
    assert again.coders == ["C2"]
    assert not again.follow([b"\x02" * 16])
    asked.toggle("polarity", "+")
    assert len(asked.filters) == 1
    assert len(again.filters) == 2


def test_a_closed_window_leaves_nothing_behind(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> None:
    make_study(tmp_path / "b.qcl")
    before = len(qapp.allWidgets())
    with window_on(tmp_path / "b.qcl", qtbot, qapp) as opened:
        opened.set_theme("dark")
        settle(opened, qapp)
        part, study = ref(opened.desk.part(Passages)), ref(opened.desk.study)
        assert part() is not None
        assert study() is not None
    assert len(qapp.allWidgets()) <= before
    del opened
    gc.collect()
    assert part() is None
    assert study() is None


def test_a_code_is_split_from_the_codebook_by_keys(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    click_row(qtbot, window.desk.part(Codebook).tree, made.ids["code", "R1"])
    window.do("split_code")
    settle(window, qapp)
    view = wiring_of(window).panel.view
    assert listed(window) == [quote for _source, quote, code, _sign in CODED if code == "R1"]
    assert "Ctrl+Shift+B" in window.news.sentence.text()
    assert view.hasFocus()
    qtbot.keyClick(view, Qt.Key.Key_Home)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(
        view, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    box = shown(qapp, AskingBox)
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    settle(window, qapp)
    assert ("Warga sering dioper-oper antar loket", "R2", "-") in quotes(window)
    assert ("Lancar.", "R1", "+") in quotes(window)
