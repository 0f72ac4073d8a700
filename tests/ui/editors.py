"""Every editor of the window into which something of a study is typed: how it is opened and how it keeps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from qualcoder_lite.analysis.search.saved_queries import queries_listed
from qualcoder_lite.ui.codebook import actions as codebook
from qualcoder_lite.ui.codebook.panel import Codebook
from qualcoder_lite.ui.codebook.picker import Picker
from qualcoder_lite.ui.coding import rewriting
from qualcoder_lite.ui.conclusions.answering import AnswerBox
from qualcoder_lite.ui.conclusions.connect import Conclusions
from qualcoder_lite.ui.guide.connect import Guide
from qualcoder_lite.ui.history.connect import History
from qualcoder_lite.ui.memos.connect import Memos
from qualcoder_lite.ui.passages.connect import Passages
from qualcoder_lite.ui.sources import actions as sources
from qualcoder_lite.ui.sources.import_page import ImportPage
from qualcoder_lite.ui.window.new_study import NewStudy
from tests.ui.driving import select_words, shown
from tests.ui.filling import Act, Editor, Hands, Line, Open, by_control_enter, by_control_i, by_enter, by_tab
from tests.ui.matrices import click_cell, display

# Cells, claims, memos: panels ------------------------------------------------------------------------------


def cell_field(name: str) -> Open:
    def opened(hands: Hands) -> Sequence[Line]:
        hands.show(1)
        click_cell(hands.window, hands.qtbot, "A1", "R")
        panel = display(hands.window).cell.panel
        panel._unfold()
        hands.settle()
        return [panel.reason if name == "reason" else panel.fields[name]]

    return opened


def other_cell(hands: Hands) -> None:
    click_cell(hands.window, hands.qtbot, "M1", "S")


def claim_field(name: str) -> Open:
    def opened(hands: Hands) -> Sequence[Line]:
        hands.show(2)
        conclusions = hands.window.desk.part(Conclusions)
        conclusions.page.claims.choose(hands.made.ids["claim", "C01"])
        found: Line = getattr(conclusions.page.view, name)
        return [found]

    return opened


def other_claim(hands: Hands) -> None:
    hands.window.desk.part(Conclusions).page.claims.choose(hands.made.ids["claim", "C02"])


def memo_panel(hands: Hands) -> Sequence[Line]:
    hands.read()
    panel = hands.window.desk.part(Memos)
    panel.open()
    hands.settle()
    panel.panel.view.setCurrentIndex(panel.panel.model.index(0))
    return [panel.panel.title, panel.panel.text]


def new_memo(hands: Hands) -> Sequence[Line]:
    fields = memo_panel(hands)
    hands.window.desk.part(Memos).panel.begin()
    return fields


def other_memo(hands: Hands) -> None:
    panel = hands.window.desk.part(Memos).panel
    panel.view.setCurrentIndex(panel.model.index(1))


def rename_in_tree(hands: Hands) -> Sequence[Line]:
    hands.choose_code("S1")
    hands.window.do("rename_code")
    editor = hands.window.desk.part(Codebook).tree.itemDelegate().editor  # type: ignore[attr-defined]
    return [editor]


def other_code(hands: Hands) -> None:
    hands.window.desk.part(Codebook).tree.choose(hands.made.ids["code", "R"])


PANELS = (
    *(Editor(f"cell {name}", cell_field(name), by_tab, 1, other_cell)
      for name in ("emic_summary", "etic_reading", "theory", "conclusion", "gap_note")),
    Editor("cell reason", cell_field("reason"), by_enter, 1, other_cell),
    Editor("claim text", claim_field("text"), by_tab, 2, other_claim),
    Editor("claim theory", claim_field("theory"), by_tab, 2, other_claim),
    Editor("memo", memo_panel, by_control_enter, 0, other_memo),
    Editor("new memo", new_memo, by_control_enter, 0, other_memo),
    Editor("rename", rename_in_tree, by_enter, 0, other_code),
)  # fmt: skip


# Boxes -----------------------------------------------------------------------------------------------------


def note(command: str, prepare: Act) -> Open:
    def opened(hands: Hands) -> Sequence[Line]:
        prepare(hands)
        hands.window.do(command)
        return hands.note()

    return opened


def words_chosen(hands: Hands) -> None:
    hands.read()
    select_words(hands.window, "Tidak ada")


def memo_on_informant(hands: Hands) -> Sequence[Line]:
    memo_panel(hands)
    hands.window.desk.part(Memos).write_on_informant(hands.made.ids["informant", "A1"], "A1")
    return hands.note()


def asked(run: Act) -> Open:
    def opened(hands: Hands) -> Sequence[Line]:
        hands.read()
        run(hands)
        return hands.asking()

    return opened


def filled(run: Act) -> Open:
    def opened(hands: Hands) -> Sequence[Line]:
        hands.read()
        run(hands)
        return hands.form()

    return opened


def by_command(command: str) -> Act:
    return lambda hands: hands.window.do(command)


def split(hands: Hands) -> None:
    coding = hands.made.ids["coding", "Rapat tiap Senin"]
    rewriting._ask_split(hands.window.desk, hands.made.ids["code", "R1"], [coding])


def merge(hands: Hands) -> None:
    ids = hands.made.ids
    codebook.ask_merge(hands.window.desk, [ids["code", "S1"]], ids["code", "S"])


def rename_query(hands: Hands) -> None:
    desk = hands.window.desk
    desk.part(Passages).asking.ask_rename(queries_listed(desk.study)[0])


def name_milestone(hands: Hands) -> None:
    history = hands.window.desk.part(History)
    history.open()
    rows = [row.milestone for row in history.panel.model.rows if getattr(row, "milestone", None)]
    history.ask_name(rows[0])


def edit_question(hands: Hands) -> None:
    guide = hands.window.desk.part(Guide)
    guide.open()
    hands.settle()
    guide.ask_edit(guide.panel.model.rows[0])


def member_check(hands: Hands) -> None:
    cell_field("emic_summary")(hands)
    panel = display(hands.window).cell.panel
    if not panel.fields["emic_summary"].words:
        hands.qtbot.keyClicks(panel.fields["emic_summary"], "Ringkasan")
    display(hands.window).cell.ask_check()


def draw_link(hands: Hands) -> None:
    hands.show(1)
    display(hands.window).show_kind("linkage")
    hands.settle()
    click_cell(hands.window, hands.qtbot, "R", "S")
    display(hands.window).cell._ask_link()


def edit_code(hands: Hands) -> None:
    hands.choose_code("R1")
    hands.window.do("edit_code")


def answer_opposing(hands: Hands) -> None:
    hands.show(2)
    other_claim(hands)
    hands.window.desk.part(Conclusions).page.claims.choose(hands.made.ids["claim", "C01"])
    hands.window.do("answer_opposing")
    shown(hands.qapp, AnswerBox).answer.choose("explained")


def pick(hands: Hands) -> Sequence[Line]:
    words_chosen(hands)
    hands.window.do("pick")
    return [shown(hands.qapp, Picker).words]


BOXES = (
    Editor("memo on a coding", note("memo", Hands.at_coding), by_control_enter),
    Editor("condensed wording", note("condense", Hands.at_coding), by_control_enter),
    Editor("memo on a range", note("memo_range", words_chosen), by_control_enter),
    Editor("memo on a code", note("memo_code", lambda hands: hands.choose_code("R")), by_control_enter),
    Editor("memo on a source", note("memo_source", Hands.read), by_control_enter),
    Editor("memo on an informant", memo_on_informant, by_control_enter),
    Editor("new claim", asked(by_command("new_claim")), by_enter, 2),
    Editor("answer to a passage", filled(answer_opposing), by_control_enter, 2),
    Editor("milestone", asked(by_command("milestone")), by_enter),
    Editor("name of a milestone", asked(name_milestone), by_enter),
    Editor("title", asked(by_command("title")), by_enter),
    Editor("query", asked(lambda hands: hands.window.desk.part(Passages).asking.ask_keep()), by_enter),
    Editor("name of a query", asked(rename_query), by_enter),
    Editor("new code in the picker", pick, by_control_i, closes=True),
    Editor("correction", note("correct", words_chosen), by_control_enter),
)

FORMS = (
    Editor("member check", filled(member_check), by_control_enter, 1),
    Editor("link", filled(draw_link), by_control_enter, 1),
    Editor("question", filled(edit_question), by_control_enter),
    Editor("new question", filled(lambda hands: hands.window.desk.part(Guide).ask_new()), by_control_enter),
    Editor("new informant", filled(by_command("new_informant")), by_control_enter),
    Editor("informant", filled(lambda hands: sources.edit_informant(
        hands.window.desk, hands.made.ids["informant", "M1"])), by_control_enter),
    Editor("source", filled(by_command("edit_source")), by_control_enter),
    Editor("new code", filled(by_command("new_code")), by_control_enter),
    Editor("code", filled(edit_code), by_control_enter),
    Editor("key of a code that is split off", asked(split), by_enter),
    Editor("reason of a merger", asked(merge), by_enter),
)  # fmt: skip

# Pages: what is typed there waits for its own command ------------------------------------------------------

BROUGHT_IN = """Nama: Tuan Rekaan
Tanggal: 13-03-2026

P: Sudah berapa lama di sini?
I: Empat tahun. Saya, Tuan Rekaan, sejak awal.
"""


def import_page(hands: Hands) -> Sequence[Line]:
    """The page on which a file waits: its lines, those for names and speakers too."""
    path = hands.window.desk.study.path.with_name("wawancara.txt")
    path.write_text(BROUGHT_IN, encoding="utf-8")
    hands.window.desk.bring_in([path])
    hands.qtbot.waitUntil(lambda: hands.window.desk.find(ImportPage) is not None)
    return import_lines(hands)


def import_lines(hands: Hands) -> Sequence[Line]:
    page = hands.window.desk.part(ImportPage)
    [who] = [row.who.lineEdit() for row in page.speakers.rows if row.speaker.role == "informant"]
    return [page.key, page.date, page.place, who, *page.names.masks.values()]


def new_study_page(hands: Hands) -> Sequence[Line]:
    """The page on which a new study is described."""
    hands.window.do("new")
    page = shown(hands.qapp, NewStudy)
    return [page.title, page.coder, page.file]


EVERY = {"panels": PANELS, "boxes": BOXES, "forms": FORMS}


def kind_of(line: QWidget) -> tuple[str, str]:
    """In what an editor stands, and what it is called."""
    above = line.parentWidget()
    while above is not None and not type(above).__module__.startswith("qualcoder_lite"):
        above = above.parentWidget()
    name = line.accessibleName()
    if isinstance(above, Picker) and name.endswith(" …"):
        name = "another code"
    return type(above).__name__, "Memo on …" if name.startswith("Memo on ") else name
