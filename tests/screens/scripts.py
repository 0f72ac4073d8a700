"""Ways through the window: the whole job from a new study to Word, a transcript by keys or mouse, matrices.

Each ends by comparing the study with what the hands meant to do.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from PySide6.QtCore import QPoint, Qt

from qualcoder_lite.analysis.panels.lists import codes_listed, sources_listed
from qualcoder_lite.analysis.panels.memos import memos_listed
from qualcoder_lite.analysis.panels.reading import codings_on, read_source
from qualcoder_lite.coding import codes, sources
from qualcoder_lite.coding.tables import codebooks
from qualcoder_lite.coding.tables.finding import code_id
from qualcoder_lite.store.creating import new_study
from qualcoder_lite.store.project import Project, open_study
from qualcoder_lite.ui.codebook.panel import Codebook
from qualcoder_lite.ui.codebook.picker import Picker
from qualcoder_lite.ui.kit.note_box import NoteBox
from qualcoder_lite.ui.sources.import_page import ImportPage
from qualcoder_lite.ui.window.new_study import NewStudy
from tests.screens.hands import ALT, CONTROL, SHIFT, Hands
from tests.screens.matrix_script import fill_matrices

Key = Qt.Key
TURNS = 36
Coded = tuple[str, str, str | None]
"""A coding as (quote, key of its code, polarity)."""


def transcript(path: Path) -> Path:
    """A made-up interview of many turns, each answer of two sentences."""
    lines = ["Kode: A3", "Tanggal: 13-03-2026", "Tempat: Ruang pelayanan", ""]
    for number in range(TURNS):
        lines.append(f"P: Bagaimana hal nomor {number} di sini, Bu?")
        lines.append(
            f"I: Jawaban nomor {number} ini cukup panjang untuk dikode. Sisanya tidak penting sekali."
        )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def prepared(folder: Path, language: str) -> Hands:
    """A window on a study with a codebook, favourites and one transcript."""
    path = folder / "studi.qcl"
    new_study(path, "Studi rekaan")
    with open_study(path, "Dewi") as project:
        codebooks.load(project, "siagian")
        sources.import_files(project, [transcript(folder / "A3.txt")])
        with project.read() as connection:
            favourites = {number: code_id(connection, key) for number, key in (("1", "R1"), ("2", "S2"))}
        for number, code in favourites.items():
            codes.set_details(project, code, shortcut=number)
    hands = Hands(language)
    hands.window.open_path(path)
    hands.rest()
    return hands


def codings_in(project: Project) -> list[Coded]:
    """All codings of the study's first source, in the order of the text."""
    keys = {line.id: line.key for line in codes_listed(project, "Dewi")}
    source = sources_listed(project, "Dewi")[0].id
    text = read_source(project, source, None).text
    with project.read() as connection:
        lines = sorted(codings_on(connection, source, None), key=lambda one: (one.start, one.end))
    return [(text[one.start : one.end], keys[one.code], one.polarity) for one in lines]


def answer(number: int) -> str:
    """The first sentence of an answer."""
    return f"Jawaban nomor {number} ini cukup panjang untuk dikode."


# By keys only ----------------------------------------------------------------------------------------------


def by_keys(folder: Path, language: str) -> None:
    """A whole transcript by keys: favourites, typing, in vivo, polarity, memo, resize, undo, redo."""
    hands = prepared(folder, language)
    desk, expected = hands.window.desk, list[Coded]()
    hands.key(Key.Key_Home, CONTROL)
    for number in range(TURNS):
        hands.key(Key.Key_Right, ALT)  # the next turn without a coding
        hands.key(Key.Key_S, CONTROL | SHIFT)  # its first sentence
        key, quote = _code_by_key(hands, number)
        sign = _sign_by_key(hands, number)
        if number % 9 == 4:
            hands.key(Key.Key_Right, ALT | SHIFT)  # a word longer
            quote += " Sisanya"
        if number % 12 == 5:
            hands.key(Key.Key_Z, CONTROL)
            hands.key(Key.Key_Y, CONTROL)
        expected.append((quote, key, sign))
    hands.key(Key.Key_M, CONTROL)
    hands.wait(lambda: isinstance(hands.focus().parentWidget(), NoteBox))
    hands.type("Tanyakan lagi")
    hands.key(Key.Key_Return, CONTROL)
    hands.rest()
    assert codings_in(desk.study) == expected
    assert len(expected) >= 30
    assert [line.text for line in memos_listed(desk.study)] == ["Tanyakan lagi"]
    for _step in range(3):
        hands.key(Key.Key_Z, CONTROL)
    hands.key(Key.Key_Z, CONTROL | SHIFT)
    hands.key(Key.Key_Z, CONTROL | SHIFT)
    hands.key(Key.Key_Z, CONTROL | SHIFT)
    assert codings_in(desk.study) == expected
    hands.close()


def _code_by_key(hands: Hands, number: int) -> tuple[str, str]:
    """Code the selected sentence in one of four ways; give the code's key and the quote."""
    way = number % 4
    if way == 0:
        hands.type("1")
        return "R1", answer(number)
    if way == 1:
        hands.type("P4")
        hands.wait(lambda: isinstance(hands.focus().parentWidget(), Picker))
        hands.key(Key.Key_Return)
        return "P4", answer(number)
    if way == 2:
        hands.key(Key.Key_I, CONTROL)
        return f"E{number // 4 + 1}", answer(number)
    hands.type("2")
    return "S2", answer(number)


def _sign_by_key(hands: Hands, number: int) -> str | None:
    keys = (("+", "+"), ("-", "-"), ("/", "±"), ("0", "0"), ("", None))
    pressed, sign = keys[number % 5]
    hands.type(pressed)
    if number % 7 == 0:
        hands.type("*")
    return sign


# By mouse --------------------------------------------------------------------------------------------------


def by_mouse(folder: Path, language: str) -> None:
    """The same by mouse: drag over words, double-click codes, menus, labels, handles, undo and redo."""
    hands = prepared(folder, language)
    desk, expected = hands.window.desk, list[Coded]()
    for number in range(TURNS):
        hands.drag(desk.text.viewport(), *hands.words(answer(number)))
        key = _code_by_mouse(hands, number)
        expected.append((answer(number), key, _sign_by_mouse(hands, number)))
    hands.rest()
    assert codings_in(desk.study) == expected
    assert len(expected) >= 30
    _memo_by_mouse(hands, answer(3))
    assert [line.text for line in memos_listed(desk.study)] == ["Tanyakan lagi"]
    place = _label_by_mouse(hands, expected)
    _resize_by_mouse(hands)
    longer = expected.copy()
    longer[place] = (expected[place][0] + " Sisanya", *expected[place][1:])
    hands.rest()
    assert codings_in(desk.study) == longer
    hands.click(hands.window.menu_row.undo)
    hands.rest()
    assert codings_in(desk.study) == expected
    hands.click(hands.window.menu_row.redo)
    hands.rest()
    assert codings_in(desk.study) == longer
    _remove_by_mouse(hands, answer(TURNS - 1))
    hands.rest()
    assert codings_in(desk.study) == longer[:-1]
    hands.click(hands.window.status.undo)
    hands.rest()
    assert codings_in(desk.study) == longer
    hands.close()


def _code_by_mouse(hands: Hands, number: int) -> str:
    """Code the selected sentence in one of three ways; give the code's key."""
    desk = hands.window.desk
    if number % 6 == 2:
        hands.choose_at_words(answer(number), "in_vivo")
        return f"E{number // 6 + 1}"
    key = ("R3", "S2", "P4")[number % 3]
    hands.click_row(desk.part(Codebook).tree, {line.key: line.id for line in desk.codes}[key], double=True)
    return key


def _sign_by_mouse(hands: Hands, number: int) -> str | None:
    command, sign = (("plus", "+"), ("", None), ("minus", "-"), ("", None), ("both", "±"))[number % 5]
    if command:
        hands.click(hands.window.desk.text.viewport(), hands.words(answer(number))[1])  # nothing selected
        hands.choose_at_words(answer(number), command)
    return sign


def _memo_by_mouse(hands: Hands, words: str) -> None:
    hands.click(hands.window.desk.text.viewport(), hands.words(words)[1])
    hands.choose_at_words(words, "memo")
    hands.type("Tanyakan lagi")
    hands.click(hands.window.desk.text.viewport(), hands.words(answer(1))[1])  # leaving keeps the words
    hands.wait(lambda: bool(memos_listed(hands.window.desk.study)))


def _label_by_mouse(hands: Hands, expected: list[Coded]) -> int:
    """Click a label in the margin; give the place of its coding among all."""
    view = hands.window.desk.text
    hands.words(answer(TURNS // 2))
    label = view.side().labels[0]
    hands.click(view.viewport(), QPoint(view.columns.label + 30, label.top + 9))
    active = view.active
    assert active is not None
    quote = view.page.text[active.start : active.end]
    return next(number for number, one in enumerate(expected) if one[0] == quote)


def _resize_by_mouse(hands: Hands) -> None:
    """Drag the end of the active coding a word further."""
    view = hands.window.desk.text
    active = view.active
    assert active is not None
    goal = view.caret_box(active.end + len(" Sisanya")).center().toPoint()
    handle = view.caret_box(active.end)
    start = QPoint(round(handle.center().x()), round(handle.bottom()) + 3)
    hands.drag(view.viewport(), start, goal)


def _remove_by_mouse(hands: Hands, words: str) -> None:
    hands.click(hands.window.desk.text.viewport(), hands.words(words)[1])
    hands.choose_at_words(words, "remove_coding")


# The whole job ---------------------------------------------------------------------------------------------


def whole_job(folder: Path, language: str) -> None:
    """From a new study to Word: make it, drop a transcript on it, confirm who speaks, code, export."""
    hands = Hands(language)
    desk = hands.window.desk
    _make_study(hands, folder / "baru.qcl")
    hands.drop_files(transcript(folder / "A3.txt"))
    hands.wait(lambda: desk.find(ImportPage) is not None)
    confirm = hands.shown(ImportPage)
    assert confirm.key.text() == "A3"
    hands.click(confirm.go)
    hands.wait(lambda: desk.source is not None)
    hands.rest()
    hands.click(desk.text.viewport())
    hands.key(Key.Key_Home, CONTROL)
    expected: list[Coded] = []
    for number in range(6):
        hands.key(Key.Key_Right, ALT)
        hands.key(Key.Key_S, CONTROL | SHIFT)
        hands.type("R1" if number % 2 else "S2")
        hands.key(Key.Key_Return)
        hands.type("-")
        expected.append((answer(number), "R1" if number % 2 else "S2", "-"))
    hands.rest()
    assert codings_in(desk.study) == expected
    _write_word(hands, folder / "kutipan.docx")
    hands.close()
    with open_study(folder / "baru.qcl") as project:
        assert codings_in(project) == expected


def _make_study(hands: Hands, path: Path) -> None:
    hands.key_on_window(Key.Key_N, CONTROL)
    page = hands.shown(NewStudy)
    hands.type("Skripsi saya")
    for field, words in ((page.file, str(path)), (page.coder, "Dewi")):
        hands.click(field)
        hands.key(Key.Key_A, CONTROL)
        hands.type(words)
    hands.key(Key.Key_Return)
    hands.wait(lambda: hands.window.desk.project is not None)
    hands.rest()


def _write_word(hands: Hands, word: Path) -> None:
    """Find the export among the commands, and look into what it wrote."""
    hands.save_as(word)
    hands.key(Key.Key_K, CONTROL)
    hands.type(hands.window.desk.actions_by_id["excerpts_by_code"].text())
    hands.key(Key.Key_Return)
    hands.wait(word.is_file)
    hands.rest()
    with zipfile.ZipFile(word) as package:
        document = package.read("word/document.xml").decode()
    assert all(answer(number) in document for number in range(6))


SCRIPTS = {"keys": by_keys, "mouse": by_mouse, "job": whole_job, "matrix": fill_matrices}
DRAGGING = ("matrix",)  # they drag things from widget to widget, for which Qt needs a screen
