"""A way through matrices to conclusions, as a researcher goes it; it begins with one cell.

All is done on the sample study, and compared with the study in the end.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton

from qualcoder_lite.coding.sample_study import build_sample
from qualcoder_lite.store.project import open_study
from qualcoder_lite.ui.coding.workspace import Reduction
from qualcoder_lite.ui.kit.form_box import FormBox
from qualcoder_lite.ui.sources.panel import SourcesPanel
from tests.screens.conclusions_script import clear_checks, compare, go_back_and_forth, make_claim, talk_over
from tests.screens.hands import ALT, CONTROL, Hands
from tests.screens.way import Way, everything

Key = Qt.Key
CODER = "Peneliti"
WHO, CODE = "A3", "I"  # the cell that is filled
EMIC = "Cara baru dari loket jalan, yang tidak ada pemiliknya sepi"
ETIC = "Inovasi bertahan bila ada pelaksananya"
THEORY = "Siagian (2014) tentang inovasi aparatur"
CONCLUSION = "Penugasan menentukan umur inovasi"
GAP = "Kantor menghitung peluncuran, informan menghitung pemakaian"
HARD = "tunjangan"  # words of the text beside a coding that is changed
REASON = "Dibaca ulang dari tiga kutipan"


def fill_matrices(folder: Path, language: str) -> None:
    """From an empty cell to the check before the defence, by mouse and keys."""
    path = folder / "contoh.qcl"
    build_sample(path)
    hands = Hands(language, (1440, 900), CODER)
    hands.window.open_path(path)
    hands.rest()
    way = Way(hands)
    open_cell(way)
    pick_and_order(way)
    write_layers(way)
    judge(way)
    cell_is_kept(way)
    check_with_member(way)
    follow_token(way)
    change_coding(way)
    reword(way)
    compare(way)
    talk_over(way)
    make_claim(way)
    clear_checks(way)
    go_back_and_forth(way)
    meant = way.everything()
    hands.close()
    with open_study(path) as project:
        assert everything(project) == meant


def open_cell(way: Way) -> None:
    """Go to the matrices and click a cell."""
    way.go(1)
    assert way.display.shown
    way.click_cell(WHO, CODE)
    assert way.panel.title.text().startswith(f"{WHO} × {CODE} ")


def pick_and_order(way: Way) -> None:
    """Tick three passages from the last to the first; put the last one first by keys, then by dragging."""
    hands, passages = way.hands, way.panel.passages
    ids = [passage.codings for passage in passages.rows.rows]
    assert len(ids) == 3
    for row in (2, 1, 0):
        hands.click(passages.viewport(), way.row_place(passages, row, 14))
    assert all(passage.chosen for passage in passages.rows.rows)
    hands.click(way.panel.modes.buttons["chosen"])
    assert [passage.codings for passage in passages.rows.rows] == [ids[2], ids[1], ids[0]]
    hands.click(passages.viewport(), way.row_place(passages, 2))
    hands.key(Key.Key_Up, ALT)
    assert [passage.codings for passage in passages.rows.rows] == [ids[2], ids[0], ids[1]]
    hands.carry(
        passages.viewport(), way.row_place(passages, 1), passages.viewport(), way.row_place(passages, 0)
    )
    assert [passage.codings for passage in passages.rows.rows] == [ids[0], ids[2], ids[1]]
    way.chosen = [*ids[0], *ids[2], *ids[1]]
    hands.rest()


def write_layers(way: Way) -> None:
    """Both layers with tokens, one dragged into the field, one offered after `[`; theory and conclusion."""
    hands, passages = way.hands, way.panel.passages
    tokens = [passage.token for passage in passages.rows.rows]
    emic = way.write("emic_summary", EMIC)
    way.see(passages)
    edge = emic.viewport().rect().bottomRight() - QPoint(4, 4)
    hands.carry(passages.viewport(), way.row_place(passages, 0), emic.viewport(), edge)
    assert emic.words == f"{EMIC} {tokens[0]}", emic.words
    hands.type(".")
    etic = way.write("etic_reading", ETIC + " [")
    hands.wait(etic.completer.popup().isVisible)
    hands.type(tokens[1][1:-1].replace("–", "-"))  # no key types an en dash
    hands.key(Key.Key_Return)
    hands.type("dan ditinggalkan bila tidak.")
    way.emic, way.etic = f"{EMIC} {tokens[0]}.", f"{ETIC} {tokens[1]} dan ditinggalkan bila tidak."
    assert etic.words == way.etic, etic.words
    way.write("theory", THEORY)
    way.see(way.panel.more)
    hands.click(way.panel.more)
    hands.type(CONCLUSION)


def judge(way: Way) -> None:
    """Set one status, then another: a gap, which asks for its note; say why."""
    hands, panel = way.hands, way.panel
    hands.choose_in(panel.status, "aligned")
    hands.choose_in(panel.status, "gap")
    assert panel.hints.isVisibleTo(panel), "a gap without a note gives a hint"
    way.write("gap_note", GAP)
    hands.clear(panel.reason)
    hands.type(REASON)
    hands.key(Key.Key_Return)
    hands.rest()
    assert not panel.hints.isVisibleTo(panel)


def cell_is_kept(way: Way) -> None:
    """All of it is in the study."""
    found = way.written(WHO, CODE)
    assert (found.emic_summary, found.etic_reading) == (way.emic, way.etic)
    assert (found.theory, found.conclusion, found.gap_note) == (THEORY, CONCLUSION, GAP)
    assert (found.status, found.reason) == ("gap", REASON)
    assert list(found.chosen) == way.chosen


def check_with_member(way: Way) -> None:
    """Note that the informant corrects the summary."""
    hands, panel, before = way.hands, way.panel, len(way.checks())
    way.see(panel.checks.add)
    hands.click(panel.checks.add)
    box = hands.shown(FormBox)
    _statement, who, verdict, _date, method, correction = (widget for _words, widget in box.rows)
    assert who.currentText() == WHO
    hands.choose_in(verdict, "corrects")
    hands.click(method)
    hands.type("tatap muka")
    hands.key(Key.Key_Tab)
    hands.type("Forum itu pernah ada penanggung jawabnya.")
    assert correction.hasFocus()
    hands.click(next(one for one in box.findChildren(QPushButton) if one.property("main")))
    hands.rest()
    (check,) = [one for one in way.checks() if one.method == "tatap muka"]
    assert len(way.checks()) == before + 1
    assert (check.alias, check.verdict) == (WHO, "corrects")
    assert check.correction == "Forum itu pernah ada penanggung jawabnya."
    assert not check.stale


def follow_token(way: Way) -> None:
    """Click a token, see its passage in the text, and go back to the cell."""
    hands, text = way.hands, way.desk.text
    place = way.panel.passages.rows.rows[0]
    way.click_token(way.panel.fields["emic_summary"], place.token)
    assert hands.window.workspaces.currentWidget() is way.desk.part(Reduction)
    assert text.caret == place.told.start
    assert text.flash == (place.told.start, place.told.end)
    assert text.viewport().rect().contains(text.caret_box(text.caret).center().toPoint())
    hands.key(Key.Key_Backspace, ALT)
    hands.rest()
    assert way.display.shown
    assert way.panel.title.text().startswith(f"{WHO} × {CODE} ")


def change_coding(way: Way) -> None:
    """Change the polarity of a coding behind the cell, and read in the cell what changed."""
    hands = way.hands
    way.go(0)
    hands.click_row(way.desk.part(SourcesPanel).tree, {line.key: line.id for line in way.desk.sources}[WHO])
    way.click_label("I1", HARD)
    hands.type("+")
    hands.rest()
    way.go(1)
    assert way.written(WHO, CODE).stale
    assert "I1" in way.panel.since.text()
    way.see(way.panel.since)


def reword(way: Way) -> None:
    """Change the summary that the informant has seen: what was said of it then is of another wording."""
    hands, emic = way.hands, way.panel.fields["emic_summary"]
    way.see(emic)
    hands.click(emic.viewport())
    hands.key(Key.Key_End, CONTROL)
    hands.key(Key.Key_Backspace)
    hands.type("; begitu terus.")
    hands.key(Key.Key_Tab)
    hands.rest()
    assert way.written(WHO, CODE).emic_summary == way.emic[:-1] + "; begitu terus."
    assert [check.stale for check in way.checks() if check.method == "tatap muka"] == [True]
