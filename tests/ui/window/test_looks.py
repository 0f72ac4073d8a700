"""Palette, keys, remembered panels and sizes, coders, zoom; every command has words and a way to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qualcoder_lite import settings
from qualcoder_lite.coding import codings
from qualcoder_lite.ui.codebook.panel import Codebook
from qualcoder_lite.ui.coding.document import Document
from qualcoder_lite.ui.coding.workspace import Reduction
from qualcoder_lite.ui.history.connect import History
from qualcoder_lite.ui.kit.asking_box import AskingBox
from qualcoder_lite.ui.kit.panel import link_button
from qualcoder_lite.ui.kit.printed_page import PrintedPage
from qualcoder_lite.ui.window import coder_menu
from qualcoder_lite.ui.window.actions import ACTIONS
from qualcoder_lite.ui.window.keys_list import keys_html
from qualcoder_lite.ui.window.main_window import MainWindow
from qualcoder_lite.ui.window.manual import manual_text
from qualcoder_lite.ui.window.palette import ALSO, Palette, entries_of, fitting
from tests.ui.driving import Made, codings_of, make_study, quotes, select_words, settle, shown, window_on


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return make_study(tmp_path / "a.qcl")


@pytest.fixture
def window(tmp_path: Path, made: Made, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    with window_on(tmp_path / "a.qcl", qtbot, qapp) as opened:
        yield opened


def test_the_palette_finds_a_command_by_its_words_and_does_it(
    window: MainWindow, qtbot: QtBot, qapp: QApplication
) -> None:
    qtbot.keyClick(window.desk.text, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = shown(qapp, Palette)
    qtbot.keyClicks(palette.words, "larger te")
    size = window.desk.text.text_size
    qtbot.keyClick(palette.words, Qt.Key.Key_Return)
    assert window.desk.text.text_size == size + 1


def test_a_link_has_room_for_its_words_also_with_the_focus(window: MainWindow, qapp: QApplication) -> None:
    link = link_button(window.desk.tokens, "Tulis pernyataan…", lambda: None)
    link.setParent(window)
    link.show()
    before = link.sizeHint()
    link.setFocus()
    qapp.processEvents()
    assert link.hasFocus()
    assert link.sizeHint() == before


def test_the_palette_goes_to_sources_and_codes(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    window.do("palette")
    palette = shown(qapp, Palette)
    qtbot.keyClicks(palette.words, "D1")
    qtbot.keyClick(palette.words, Qt.Key.Key_Return)
    assert window.desk.source is not None
    assert window.desk.source.key == "D1"


def test_every_command_has_a_place_in_a_menu_and_no_two_share_keys_in_one_place(window: MainWindow) -> None:
    in_menus: set[QAction] = set()
    for top in window.menu_row.menus.actions():
        menus = [top.menu()]
        while menus:
            for action in menus.pop().actions():  # type: ignore[union-attr]
                in_menus.add(action)
                if action.menu():
                    menus.append(action.menu())
    assert all(action in in_menus for action in window.desk.actions_by_id.values())
    assert len({row.id for row in ACTIONS}) == len(ACTIONS)
    taken = Counter(
        (QKeySequence(key).toString(), where)
        for row in ACTIONS
        for key in row.keys
        for where in row.where.split()
    )
    assert [key for key, number in taken.items() if number > 1] == []


def test_the_list_of_keys_is_shown_and_kept_as_a_file(
    window: MainWindow, tmp_path: Path, qapp: QApplication
) -> None:
    window.do("keys")
    page = shown(qapp, PrintedPage)
    assert "Ctrl+I" in keys_html(ACTIONS)
    page.keep(tmp_path / "keys.pdf")
    assert (tmp_path / "keys.pdf").read_bytes().startswith(b"%PDF")


def test_sizes_and_panels_are_there_the_next_time(
    tmp_path: Path, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    path = tmp_path / "a.qcl"
    with window_on(path, qtbot, qapp) as window:
        window.do("zoom_in")
        window.do("wide_lines")
        window.do("toggle_left")
        window.desk.part(Reduction).whole.setSizes([220, 700, 330])
        qapp.processEvents()
        width = window.desk.part(Codebook).width()
    kept = settings.read().window
    assert kept["text"]["size"] == 16
    with window_on(path, qtbot, qapp) as window:
        assert window.desk.text.text_size == 16
        assert window.desk.text.line_factor == 2.2
        assert not window.desk.part(Reduction).left.isVisible()
        assert window.desk.actions_by_id["wide_lines"].isChecked()
        assert window.desk.part(Codebook).width() == width
        window.do("usual_sizes")
        assert window.desk.part(Reduction).left.isVisible()


def test_odd_settings_are_passed_over(tmp_path: Path, made: Made, qtbot: QtBot, qapp: QApplication) -> None:
    chosen = settings.read()
    chosen.window = {"size": ["x"], "text": {"size": "big"}, "reduction": {"whole": "wide"}, "closed": 3}
    settings.write(chosen)
    with window_on(tmp_path / "a.qcl", qtbot, qapp) as window:
        assert window.desk.text.text_size == 15


def test_another_coder_codes_apart_and_all_can_be_shown(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    select_words(window, "Lancar.")
    codings.apply(window.desk.study, made.ids["source", "A1"], 41, 48, made.ids["code", "R1"])
    coder_menu.new_coder(window.desk)
    box = shown(qapp, AskingBox)
    qtbot.keyClicks(box.line, "C2")
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert window.status.coder.text() == "Coder: C2"
    assert window.desk.text.body.codings.items == []
    select_words(window, "menunggu lama")
    window.do("in_vivo")
    assert [one.key for one in window.desk.text.body.codings.items] == ["E1"]
    assert len(codings_of(window)) == 2
    window.do("all_coders")
    assert len(window.desk.text.body.codings.items) == 2
    assert sum(line.own for line in window.desk.codes) == 2
    assert sum(line.codings for line in window.desk.sources) == 2
    window.desk.set_all_coders(every=False)
    window.desk.set_coder("C1")
    settle(window, qapp)
    assert [one.key for one in window.desk.text.body.codings.items] == ["R1"]
    assert len(quotes(window)) == 2


@pytest.mark.parametrize("spoken", ["id", "en"])
def test_every_key_that_the_manual_names_is_one(spoken: str) -> None:
    keys = {key for action in ACTIONS for key in action.keys} | {"*", "Ctrl+C"}
    key = r"(?:Ctrl|Alt|Shift)\+[A-Za-z0-9+]+|F\d+|Return|Del|[-+/.\d]"
    named = re.findall(rf"\*\*({key})\*\*", manual_text(spoken))
    assert len(named) > 40
    assert {key for key in named if key not in keys} == set()


def test_both_manuals_have_the_same_chapters_and_keys() -> None:
    texts = [manual_text(spoken) for spoken in ("id", "en")]
    assert len({tuple(re.findall(r"^#+ \d", text, re.MULTILINE)) for text in texts}) == 1
    keys = [sorted(set(re.findall(r"(?:Ctrl|Alt)\+[A-Za-z0-9+]+|F\d+", text))) for text in texts]
    assert keys[0] == keys[1]


def test_the_manual_opens_in_the_window(window: MainWindow, qapp: QApplication) -> None:
    window.do("manual")
    page = shown(qapp, PrintedPage)
    assert "Penyajian Data" in page.page.toPlainText() or "Data display" in page.page.toPlainText()


def test_the_palette_finds_commands_by_words_of_other_programs(window: MainWindow) -> None:
    assert set(ALSO) <= {row.id for row in ACTIONS}
    entries = entries_of(window.desk, ACTIONS)
    assert [one.words for one in fitting(entries, "zoom")][:2] == ["Larger text", "Smaller text"]
    assert [one.words for one in fitting(entries, "uncode")] == ["Remove the coding"]


def test_what_was_typed_as_a_whole_comes_first_in_the_palette(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    window.desk.hide_codes({made.ids["code", "R1"]})
    window.do("palette")
    palette = shown(qapp, Palette)
    qtbot.keyClicks(palette.words, "show all codes in")
    assert [one.words for one in palette.rows.rows][:2] == [
        "Show all codes in the text", "Show all codes of the line",
    ]  # fmt: skip
    qtbot.keyClick(palette.words, Qt.Key.Key_Return)
    assert window.desk.part(Document).hidden == set()
    entries = entries_of(window.desk, ACTIONS)
    found = [replace(one, enabled=one.words != "Show all codes in the text") for one in entries]
    assert fitting(found, "show all codes in")[0].words == "Show all codes in the text"
    assert fitting(entries, "all codes of the l")[0].words == "Show all codes of the line"
    assert fitting(entries, "show")[0].enabled


def test_another_theme_leaves_the_person_where_they_were(
    window: MainWindow, made: Made, qapp: QApplication
) -> None:
    desk = window.desk
    desk.part(Codebook).tree.collapse(desk.part(Codebook).tree.rows.index_of(made.ids["code", "S"]))
    desk.part(Codebook).tree.choose(made.ids["code", "R1"])
    start, _end = select_words(window, "Ada lagi")
    window.do("history")
    window.set_theme("dark")
    settle(window, qapp)
    assert desk.part(Codebook).tree.current_key() == made.ids["code", "R1"]
    assert not desk.part(Codebook).tree.isExpanded(
        desk.part(Codebook).tree.rows.index_of(made.ids["code", "S"])
    )
    assert desk.part(History).is_open
    assert desk.text.selection()[0] == start
    assert desk.text.sees(start)
    window.do("display")
    window.set_language("id")
    settle(window, qapp)
    assert window.menu_row.tabs.currentIndex() == 1
    window.set_language("en")


def test_the_caret_stays_in_sight_and_sides_get_their_widths_back(
    window: MainWindow, qapp: QApplication
) -> None:
    window.resize(1500, 900)
    window.do("usual_sizes")
    for _again in range(12):
        window.do("zoom_in")
    settle(window, qapp)
    desk = window.desk
    desk.text.set_selection(len(desk.text.page.text) - 2, len(desk.text.page.text) - 2)
    before = desk.part(Reduction).left.width(), desk.part(Codebook).width()
    window.resize(1000, 600)
    settle(window, qapp)
    assert desk.text.sees(desk.text.caret)
    window.resize(1500, 900)
    settle(window, qapp)
    assert (desk.part(Reduction).left.width(), desk.part(Codebook).width()) == before


def test_the_second_of_two_quick_clicks_takes_no_offer_back(window: MainWindow, qtbot: QtBot) -> None:
    taken: list[str] = []
    window.desk.tell("Done.", "Undo", lambda: taken.append("undone"))
    button = window.news.action
    qtbot.mouseDClick(button, Qt.MouseButton.LeftButton)
    assert taken == []
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert taken == ["undone"]


def test_a_citation_typed_in_the_palette_opens_its_lines(
    window: MainWindow, made: Made, qtbot: QtBot, qapp: QApplication
) -> None:
    window.do("palette")
    palette = shown(qapp, Palette)
    qtbot.keyClicks(palette.words, "d1 1")
    assert palette.rows.rows[0].words.startswith("D1·1")
    qtbot.keyClick(palette.words, Qt.Key.Key_Return)
    assert window.desk.source is not None
    assert window.desk.source.key == "D1"
