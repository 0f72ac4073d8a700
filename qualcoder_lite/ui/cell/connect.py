"""The panel of a cell joined to the desk: reading the cell, saving what is written, following passages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from qualcoder_lite.analysis.agreement.disagreements import DisagreementLine
from qualcoder_lite.analysis.cells.cell import SPEECH, CellPassage, cell_panel, cell_passages
from qualcoder_lite.analysis.cells.cell import CellPanel as ToldCell
from qualcoder_lite.analysis.cells.status_rules import rule_in_words
from qualcoder_lite.analysis.cells.written import Written, last_written
from qualcoder_lite.analysis.conclusions.member_checks import CheckLine, member_checks
from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.heading import Heading
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.analysis.search.texts import Texts
from qualcoder_lite.coding import cells, codings
from qualcoder_lite.coding import member_checks as checking
from qualcoder_lite.coding.counting.references import pair
from qualcoder_lite.i18n import _
from qualcoder_lite.ui.cell import reading
from qualcoder_lite.ui.cell.links import ask_link, mark_of, sides_of_link
from qualcoder_lite.ui.cell.member_checks import ask_check
from qualcoder_lite.ui.cell.panel import FIELDS, ORDERED, CellPanel
from qualcoder_lite.ui.cell.reading import WORDED, Passage, called
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.desk.place import Cell, Claim
from qualcoder_lite.ui.desk.place import Passage as Place
from qualcoder_lite.ui.kit.times import day
from qualcoder_lite.ui.matrix.lines import ACROSS, FOOT, Column, Line

OFFERED = 60  # passages that `[` offers
MOST = 400  # passages that the list shows


@dataclass(frozen=True)
class CellPlace:
    """A cell as it stands in a matrix: its line and column, what is counted there, and its references.

    `pair` is None where nothing can be written.
    """

    matrix: Matrix
    line: Line
    column: Column
    pair: tuple[str, str] | None = None
    counts: tuple[str, ...] = ()


class CellEditor:
    """The panel of one desk; `pair` are the references of the cell that it shows."""

    def __init__(self, desk: Desk) -> None:
        """An empty panel."""
        self.desk, self.mode = desk, "cell"  # how passages are listed: cell, chosen or row
        self.panel = CellPanel(desk.tokens)
        self.place: CellPlace | None = None
        self.pair: tuple[str, str] | None = None
        self.written: Written | None = None
        self._cell: ToldCell | None = None
        self._told: dict[str, list[CellPassage]] = {}  # passages of the cell by mode, read when needed
        self._saving, self._project = False, desk.project  # whose cell is shown
        panel = self.panel
        panel.field_left.connect(self._save_field)
        panel.status_chosen.connect(self._set_status)
        panel.reason_left.connect(self._save_reason)
        panel.not_applicable.toggled.connect(self._set_not_applicable)
        panel.modes.chosen.connect(self._set_mode)
        panel.passages.opened.connect(lambda passage: self.follow_passage(passage))
        panel.passages.toggled.connect(lambda passage: desk.attempt(self._toggle, passage))
        panel.passages.ordered_anew.connect(lambda passages: desk.attempt(self._order, passages))
        panel.reviewed.clicked.connect(lambda: desk.attempt(self._review))
        panel.checks.wanted.connect(lambda: desk.attempt(self.ask_check))
        panel.checks.removed.connect(lambda row: desk.attempt(checking.remove, desk.study, [bytes(row)]))
        panel.links.wanted.connect(lambda: desk.attempt(self._ask_link))
        panel.links.removed.connect(lambda row: desk.attempt(codings.unlink, desk.study, [bytes(row)]))
        panel.links.claim_opened.connect(lambda row: desk.go(Claim(bytes(row))))
        panel.apart.list.opened.connect(self.follow_unit)
        for field in panel.fields.values():
            field.token_opened.connect(self.follow_token)
            field.offers = self.offered

    @property
    def matrix(self) -> Matrix | None:
        """The matrix in which the cell stands."""
        return self.place.matrix if self.place else None

    # Reading

    def show(self, place: CellPlace | None) -> None:
        """Show a cell; what was written in the one before is saved first."""
        references = place.pair if place else None
        if references != self.pair and not self.save():
            self._say_whose()
            return
        self.place, self.pair, self._told, self._project = place, references, {}, self.desk.project
        if place is None or references is None:
            self.written = self._cell = None
            self._show_unwritten(place)
            return
        self._cell = cell_panel(self.desk.study, self.choice, *references)
        self.written = self._cell.written
        self._show_head(place)
        self._show_written()
        self._show_passages()
        self._show_links(place)

    def _say_whose(self) -> None:
        """Another cell was chosen, but what was written in this one can't be kept: say so, and lead back."""
        pair, cell = self.pair, self.panel.title.short or self.panel.title.text()
        if pair is not None:
            words = _("What you have written in {cell} is not kept yet; the panel still shows it.")
            told, link = f"{self.desk.why_refused} {words.format(cell=cell)}", _("Back to {cell}")
            self.desk.tell(told, link.format(cell=cell), lambda: self.desk.go(Cell(*pair)))

    def _show_unwritten(self, place: CellPlace | None) -> None:
        """Where nothing can be written: what coders differ about, else how to choose a cell."""
        if place is None or place.line.row < 0:
            self.panel.show_nothing()
            self.desk.say_place("")
            return
        if place.matrix.kind == "agreement":
            self.panel.apart.show_code(self.desk.study, place.matrix, place.line.row)
            self.panel.show_apart()
        else:
            self.panel.show_counted()
        self.desk.say_place(place.matrix.rows[place.line.row].key)

    @property
    def choice(self) -> Choice:
        """What the matrix looks at, with the coder whose codings it counts."""
        matrix = self.matrix
        return replace(matrix.choice, coder=matrix.coder) if matrix else Choice()

    def _headings(self, place: CellPlace) -> list[Heading]:
        matrix, line, column = place.matrix, place.line, place.column
        if column.field in ACROSS:
            return [matrix.rows[line.row]]
        across = matrix.columns[max(column.column, line.column)]
        return [across] if line.kind == FOOT else [matrix.rows[line.row], across]

    def _show_head(self, place: CellPlace) -> None:
        headings, field = self._headings(place), place.column.field
        named = [called(heading) for heading in headings]
        if place.line.kind == FOOT or field == "whole":
            named.append(_("Whole study"))
        counts = list(place.counts)
        if field in ("note", "state"):
            named.append(_("Note on convergence"))
            counts = [", ".join(called(column) for column in place.matrix.columns)]
        who = headings[0].name if headings[0].kind == "informant" else ""
        self.panel.show_layer(all(heading.kind != "source" for heading in headings))
        self.panel.show_as_note(field in ("note", "state"))
        keys = [heading.name if heading.kind in WORDED else heading.key for heading in headings]
        self.desk.say_place(" × ".join(keys))
        short, caption = (*keys, *named[len(keys) :]), " · ".join(part for part in (*counts, who) if part)
        self.panel.show_head(" × ".join(named), " × ".join(short), caption)

    def _show_passages(self) -> None:
        mode, panel, matrix = self.mode, self.panel, self.matrix
        if self.pair is None or matrix is None:
            return
        shown, chosen = self.passages_of(mode), self.written.chosen if self.written else ()
        numbers = {"cell": len(self.told("cell")), "chosen": len(self.told("chosen")) if chosen else 0}
        row = reading.number_in_row(matrix, self.pair[0])
        panel.modes.show_numbers(mode, numbers | {"row": row})
        panel.show_passages_are(*self._passages_said(mode))
        panel.passages.show_passages(shown, mode == "chosen")
        panel.passages.setVisible(bool(shown))
        panel.empty.setText(self._nothing_said(mode))
        panel.empty.setVisible(not shown)
        panel.show_unused(sum(not passage.chosen for passage in self.told("cell")))

    def _show_links(self, place: CellPlace) -> None:
        """The claims on a cell of the linkage and the links drawn in it."""
        matrix, links = place.matrix, self.panel.links
        is_linkage = matrix.kind == "linkage" and place.line.kind != FOOT
        links.setVisible(is_linkage)
        if not is_linkage:
            return
        at, study = (place.line.row, place.column.column), matrix.counted
        drawn = matrix.details["links"].get(at, [])
        colours = {line.id: line.colour for line in self.desk.codes}
        ends = {number for link in drawn for number in (link.one, link.other)}
        marks = {number: mark_of(study, number, colours) for number in ends}
        links.show_links(Texts(self.desk.study, study), marks, matrix.details["claims"].get(at, []), drawn)

    def _ask_link(self) -> None:
        """Draw a link between a coding of the row's code and one of the column's."""
        place = self.place
        if place is None:
            return
        together = [mark.id for passage in self.told("cell") for mark in passage.codings]
        ones, others = sides_of_link(place.matrix, place.line.row, place.column.column, together)
        if ones and others:
            ask_link(self.desk, place.matrix.counted, ones, others)
        else:
            self.desk.tell(_("A link needs a coding of each of the two codes."))

    def told(self, mode: str) -> list[CellPassage]:
        """The passages of a mode, read once for a cell."""
        if mode not in self._told and self.pair is not None:
            found = self._said_and_seen() if mode == "cell" else []
            found = found or cell_passages(self.desk.study, self.choice, *self.pair, mode, MOST)
            if mode != "chosen":  # what informants say comes first: it alone is emic
                found.sort(key=lambda passage: passage.layer != SPEECH)
            self._told[mode] = found
        return self._told.get(mode, [])

    def _said_and_seen(self) -> list[CellPassage]:
        place = self.place
        if place is None:
            return []
        return reading.said_and_seen(self.desk.study, place.matrix, place.line, place.column)

    def passages_of(self, mode: str) -> list[Passage]:
        """The passages in one of the three ways to see them."""
        codes = {line.key: line for line in self.desk.codes}
        return reading.shown_passages(self.told(mode), codes, mode == "chosen")

    def offered(self) -> list[str]:
        """What `[` offers: tokens with their quotes, the chosen ones first, then the cell, then the row."""
        passages = [passage for mode in ("chosen", "cell", "row") for passage in self.passages_of(mode)]
        return list(dict.fromkeys(f"{passage.token} {passage.quote}" for passage in passages))[:OFFERED]

    def _passages_said(self, mode: str) -> tuple[str, str]:
        """What the listed passages are: a title where it is not that of the layer, and a note."""
        matrix = self.matrix
        if mode == "chosen":
            return "", _(ORDERED)
        if mode == "row":
            return "", _("of the whole row")
        if matrix is not None and matrix.kind == "linkage":
            return _("Co-coded passages"), reading.linked_words(matrix.choice)
        if self._said_and_seen():
            return _("Said versus seen"), _("first what is said, then what was seen")
        if len({passage.layer == SPEECH for passage in self.told(mode)}) > 1:
            return "", _("ticked ones carry the cell; those with a label are not emic")
        return "", _("ticked ones carry the cell")

    def _nothing_said(self, mode: str) -> str:
        matrix = self.matrix
        if mode == "chosen":
            return _("No passage is chosen. Tick passages of this cell to show them in your order.")
        if matrix is not None and matrix.kind == "linkage":
            return _("No co-coded passage. That does not rule out a relation.")
        return _("No passage in this cell.")

    def _show_written(self) -> None:
        written, panel = self.written, self.panel
        words = {name: str(getattr(written, name)) if written else "" for name in FIELDS}
        status = written.status if written else "unjudged"
        panel.show_statuses(self._statuses(status))
        panel.show_fields(
            words,
            status,
            written.reason if written else "",
            bool(written and written.not_applicable),
        )
        last = last_written(self.desk.study, written.id) if written else None
        panel.author.setText(f"{last[0]}, {day(last[1])}" if last and written and written.has_words else "")
        told, study = self._cell, self.matrix.counted if self.matrix else None
        since = reading.changes_in_words(study, told.changes) if told and study else []
        hints = [rule_in_words(rule) for rule in told.broken] if told else []
        panel.show_news(since, hints, bool(written and written.stale))
        panel.checks.show_checks(self._checks())
        panel.checks.add.setEnabled(bool(words["emic_summary"].strip()))

    def _statuses(self, now: str) -> list[str]:
        """What can be chosen, and what an older program wrote where it offered other words."""
        offered = cells.statuses_of(*self.pair).words if self.pair else ()
        return [*offered, *({now} - {*offered})]

    def _checks(self) -> list[CheckLine]:
        """The member checks of this cell."""
        if self.written is None or self.pair is None:
            return []
        key = pair(*self.pair)
        return [line for line in member_checks(self.desk.study) if line.pair == key]

    # Writing

    def save(self) -> bool:
        """Save every field that was changed; returns whether nothing is left to be saved."""
        kept = [self._save_field(name) for name in FIELDS]
        return self._save_reason() and all(kept)

    @property
    def _can_save(self) -> bool:
        return self._project is self.desk.project is not None and not (self.pair is None or self._saving)

    def _save_field(self, name: str) -> bool:
        """One field, one step; the field goes on being changed until its words are kept."""
        field = self.panel.fields[name]
        if not self._can_save or not field.changed:
            return True
        self._saving, words = True, field.words
        fields: Any = {name: words}
        write = partial(cells.write, self.desk.study, *(self.pair or ()), **fields)
        try:
            kept = self.desk.attempt(write)
        finally:
            self._saving = False
        if kept:
            field.kept(words)
        return kept

    def _save_reason(self) -> bool:
        words = self.panel.reason.text().strip()
        if not self._can_save or words == self.panel.reason_kept:
            return True
        kept = self.desk.attempt(partial(cells.write, self.desk.study, *(self.pair or ()), reason=words))
        if kept:
            self.panel.reason_kept = words
        return kept

    def _set_status(self, status: str) -> None:
        if self.pair is not None:
            reason = self.panel.reason.text().strip()
            if not self.desk.attempt(cells.set_status, self.desk.study, *self.pair, status, reason):
                self._show_written()  # the status that it still has

    def _set_not_applicable(self, value: bool) -> None:
        if self.pair is not None:
            run = partial(cells.set_not_applicable, self.desk.study, *self.pair, value)
            if not self.desk.attempt(run):
                self._show_written()

    def _review(self) -> None:
        if self.pair is not None and self.save():
            cells.mark_reviewed(self.desk.study, *self.pair)

    def _toggle(self, passage: Passage) -> None:
        """Choose a passage as evidence of the cell, after those that are chosen, or no longer."""
        if self.pair is None:
            return
        now = list(self.written.chosen) if self.written else []
        if passage.chosen:
            wanted = [row for row in now if row not in passage.codings]
        else:
            wanted = [*now, *(row for row in passage.codings if row not in now)]
        cells.choose_evidence(self.desk.study, *self.pair, wanted)

    def _order(self, passages: list[Passage]) -> None:
        if self.pair is None or not self.written:
            return
        wanted = [row for passage in passages for row in passage.codings if row in self.written.chosen]
        cells.choose_evidence(self.desk.study, *self.pair, wanted)

    def _set_mode(self, mode: str) -> None:
        self.mode = mode
        self._show_passages()

    # Going elsewhere

    def follow_passage(self, passage: Passage) -> None:
        """Show a passage in its text."""
        self.save()
        told = passage.told
        self.desk.leave_for(Place(told.source, told.start, told.end))

    def follow_unit(self, line: DisagreementLine) -> None:
        """Show a unit on which coders differ in its text, with what each of them has there."""
        self.desk.leave_for(Place(line.source, line.start, line.end, all_coders=True))

    def follow_token(self, token: str) -> None:
        """Show the passage that a token names."""
        place = reading.place_of(self.desk.study, token)
        if place is None:
            self.desk.tell(_("The passage {token} is not there any more.").format(token=token))
            return
        self.save()
        self.desk.leave_for(Place(*place))

    def ask_check(self) -> None:
        """Note what an informant said of the summary."""
        if not self.save():
            return
        written = self.written
        if written is None or self.pair is None or not written.emic_summary.strip():
            self.desk.tell(_("Write the meaning to the informants first; a member check is of it."))
            return
        people = [(line.id, line.alias) for line in self.desk.people]
        first = next((p for p in people if f"informant:{p[0].hex()}" in self.pair), None)
        people.sort(key=lambda person: person != first)
        cell = written.id
        if not people:
            self.desk.tell(_("There are no informants yet. They come with transcripts."))
            return
        ask_check(self.desk, lambda: cell, written.emic_summary, people)
