"""What a cell of a matrix shows, worked out as it comes into sight."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qualcoder_lite.analysis.agreement.coefficients import format_coefficient
from qualcoder_lite.analysis.cells.written import Written, syntheses
from qualcoder_lite.analysis.conclusions.claims import ClaimRow
from qualcoder_lite.analysis.matrices.blanks import MARKS, may_be_asked
from qualcoder_lite.analysis.matrices.filtering import people_in
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.analysis.matrices.triangulation import proposed_words
from qualcoder_lite.analysis.panels.number_words import CO_CODED, CODING, IN_MATRICES, PASSAGE, sentences
from qualcoder_lite.analysis.search.texts import Texts
from qualcoder_lite.analysis.terms import blank_word
from qualcoder_lite.coding.counting.frames import Numbers
from qualcoder_lite.coding.counting.references import STUDY
from qualcoder_lite.i18n import _, language, n_
from qualcoder_lite.signs import SIGN_ORDER
from qualcoder_lite.store.project import Project
from qualcoder_lite.ui.cell.badges import badges, claim_badge, state_badge, written_badge
from qualcoder_lite.ui.matrix.lines import ACROSS, BAND, FOOT, Column, Layout, Line
from qualcoder_lite.ui.matrix.shown import NOTHING, Shown
from qualcoder_lite.ui.matrix.view import MatrixView

CONTENTS = ("emic_summary", "etic_reading", "theory", "conclusion", "quotes", "counts")


class Cells:
    """The cells of one matrix in one layout; each is worked out once, when it is asked for."""

    def __init__(self, project: Project, matrix: Matrix, layout: Layout, content: str) -> None:
        """Nothing is worked out yet; `content` is one of CONTENTS."""
        self.project, self.matrix, self.layout, self.content = project, matrix, layout, content
        self._kept: dict[tuple[int, int], Shown] = {}
        self._counts = {str(name): matrix.cells[name].tolist() for name in matrix.cells.columns}
        self._width = len(matrix.columns)
        self._texts = Texts(project, matrix.counted)
        self._written = dict(matrix.written)
        self._wholes = syntheses(project, (*matrix.rows, *matrix.columns))

    def shown(self, line: int, column: int) -> Shown:
        """What stands at a place of the table."""
        place = line, column
        if place not in self._kept:
            self._kept[place] = self._worked_out(self.layout.lines[line], self.layout.columns[column])
        return self._kept[place]

    def written(self, line: Line, column: Column) -> Written | None:
        """What the researcher wrote there."""
        return self._written.get((line.row, max(column.column, line.column)))

    def set_written(self, written: Mapping[tuple[int, int], Written]) -> None:
        """Take what is written now; counts stay as they were."""
        self._written = dict(written)
        self._wholes = syntheses(self.project, (*self.matrix.rows, *self.matrix.columns))
        self._kept.clear()

    def pair(self, line: Line, column: Column) -> tuple[str, str] | None:
        """The references of the cell at a place; None where nothing can be written."""
        matrix = self.matrix
        if line.kind == BAND or matrix.kind in ("saturation", "agreement"):
            return None
        if line.kind == FOOT:
            return None if column.field else (matrix.columns[column.column].reference, STUDY)
        if column.field in ACROSS:
            return matrix.rows[line.row].reference, str(matrix.details.get("note", STUDY))
        return (matrix.rows[line.row].reference, matrix.columns[max(column.column, line.column)].reference)

    # Working out

    def _worked_out(self, line: Line, column: Column) -> Shown:
        if line.kind == BAND:
            return NOTHING
        if line.kind == FOOT:
            return NOTHING if column.field else self._foot(column)
        if column.field:
            return self._field(line, column.field)
        counts = self._of(line.row, column.column)
        written = self.written(line, column)
        if self.matrix.kind == "linkage":
            return self._linkage(line, column, counts, written)
        mark = counts.get("mark") or ("" if counts["codings"] else "silent")
        mark = (
            "filtered" if mark in ("silent", "uncoded") and self._is_left_out(line, column.column) else mark
        )
        if mark:
            return self._blank(line, column, str(mark), written)
        signs = tuple(int(counts[sign]) for sign in SIGN_ORDER)
        text, quoted = self._text(line.row, column.column, written)
        short = str(counts["codings"])
        if self.matrix.kind in ("groups", "comparison") and counts["n"] > 1:
            short = f"{counts['informants']}/{counts['n']}"
        return Shown(
            signs,
            self._count(counts),
            short,
            text,
            quoted=quoted,
            badges=badges(written, bool(counts["codings"])),
            counted=sentences(CODING, PASSAGE, IN_MATRICES),
        )

    def _is_left_out(self, line: Line, column: int, what: str = "left_out") -> bool:
        """Whether a cell, or a part of it, is empty by the filters alone."""
        return (line.row, column) in self.matrix.details.get(what, {})

    def _of(self, row: int, column: int) -> dict[str, Any]:
        place = row * self._width + column
        return {name: values[place] for name, values in self._counts.items()}

    def _blank(self, line: Line, column: Column, mark: str, written: Written | None) -> Shown:
        matrix = self.matrix
        asked = may_be_asked(matrix, matrix.rows[line.row], matrix.columns[column.column])
        note = blank_word(mark, asked)
        text = written.emic_summary if written else ""
        reason = written.reason if written and mark == "not_applicable" else ""
        return Shown(
            blank=MARKS[mark],
            note=note,
            grey=True,
            text=text or reason,
            badges=badges(written, mark == "filtered"),
        )

    def _count(self, counts: Mapping[str, Any]) -> str:
        codings, passages = counts["codings"], counts["passages"]
        said = n_("{n} coding", "{n} codings", codings).format(n=codings)
        if self.matrix.kind in ("groups", "comparison") and counts["n"] > 1:
            people = _("{m} of {n} informants").format(m=counts["informants"], n=counts["n"])
            return f"{people} · {said}"
        if self.matrix.kind == "triangulation":
            sources = n_("{n} source", "{n} sources", counts["sources"]).format(n=counts["sources"])
            provisions = counts["provisions"]
            ought = n_("{n} provision", "{n} provisions", provisions).format(n=provisions)
            return " · ".join((sources, said, *([ought] if provisions else [])))
        return f"{said} · " + n_("{n} passage", "{n} passages", passages).format(n=passages)

    def _text(self, row: int, column: int, written: Written | None) -> tuple[str, bool]:
        """The chosen layer; the emic one shows a chosen quote where nothing is written yet."""
        if self.content == "counts":
            return "", False
        if self.content != "quotes":
            text = str(getattr(written, self.content)) if written else ""
            if text or self.content != "emic_summary":
                return " ".join(text.split()), False
        return self.quote(row, column, written), True

    def quote(self, row: int, column: int, written: Written | None, spoken: bool | None = None) -> str:
        """The first chosen quote of a cell, else the first starred one, else the first.

        Where `spoken` is given, only of what informants say, or only of observation and documents.
        """
        place = row * self._width + column
        cells, behind = self._evidence
        first, beyond = np.searchsorted(cells, [place, place + 1])
        numbers = behind[first:beyond].tolist()
        if spoken is not None:
            numbers = [number for number in numbers if self._spoken[number] == spoken]
        if not numbers:
            return ""
        codings = self.matrix.counted.frames.codings
        wanted = {row_id: at for at, row_id in enumerate(written.chosen)} if written else {}
        best = min(numbers, key=lambda n: (wanted.get(codings.id[n], len(wanted)), not codings.starred[n]))
        start, end = int(codings.start[best]), int(codings.end[best])
        words = self._texts.quote(int(codings.source[best]), start, end)
        return f"“{' '.join(words.split())}”"

    @cached_property
    def _spoken(self) -> NDArray[np.bool_]:
        return self.matrix.counted.spoken()

    @cached_property
    def _evidence(self) -> tuple[Numbers, Numbers]:
        """The codings behind the cells, in the order of the cells: the cell of each, and the coding."""
        frame = self.matrix.evidence
        if frame.empty or "coding" not in frame:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        cells = frame["row"].to_numpy(np.int64) * self._width + frame["column"].to_numpy(np.int64)
        return cells, frame["coding"].to_numpy(np.int64)

    def _foot(self, column: Column) -> Shown:
        """Below a column: what is counted of it and what is written of the whole of it."""
        details, text = self.matrix.details, self._whole(self.matrix.columns[column.column].reference)
        if self.matrix.kind == "linkage":
            alone = details["alone"][column.column]
            words = n_("{n} coding without a dimension", "{n} codings without a dimension", alone)
            return Shown(short=words.format(n=alone), count=words.format(n=alone), text=text)
        if self.matrix.kind != "informants":
            return Shown(text=text)
        people = int(people_in(self.matrix.counted, self.matrix.choice.filters).sum())
        mentioned = details["mentioned"][column.column]
        count = _("{m} of {n}").format(m=mentioned, n=people)
        return Shown(short=f"{mentioned}/{people}", count=count, text=text, badges=written_badge(text))

    def _whole(self, reference: str) -> str:
        """What is written of a whole row or column."""
        written = self._wholes.get(reference)
        return " ".join(written.synthesis.split()) if written else ""

    # Kinds of their own

    def _linkage(
        self, line: Line, column: Column, counts: Mapping[str, Any], written: Written | None
    ) -> Shown:
        row, at = line.row, column.column
        claims: list[ClaimRow] = self.matrix.details["claims"].get((row, at), [])
        text = (written.etic_reading if written else "") or " · ".join(c.sentence(language()) for c in claims)
        number = ", ".join(claim.number for claim in claims)
        states = tuple(claim_badge(claim) for claim in claims[:2])
        if not counts["passages"]:
            note = _("No co-coded passage.") + (" " + _("Not claimed.") if not claims else "")
            grey = not (text or claims)
            return Shown(blank="—", note=note, grey=grey, text=text, bold=number, badges=states)
        signs = tuple(int(counts[sign]) for sign in SIGN_ORDER)
        said = n_("{n} passage", "{n} passages", counts["passages"]).format(n=counts["passages"])
        said += " · " + n_("{n} source", "{n} sources", counts["sources"]).format(n=counts["sources"])
        text = text or _("No claim yet for this evidence.")
        every = states + badges(written, True)
        counted = sentences(CO_CODED)
        return Shown(signs, said, str(counts["passages"]), text, number, badges=every, counted=counted)

    def _field(self, line: Line, name: str) -> Shown:
        if name == "note":
            return self._convergence(line)
        if name == "whole":
            number = int(self.matrix.details["indicators"][line.row])
            emic = self.matrix.choice.perspective == "emic"
            one = n_("{n} indicator", "{n} indicators", number)
            count = (n_("{n} code", "{n} codes", number) if emic else one).format(n=number)
            text = self._whole(self.matrix.rows[line.row].reference)
            return Shown(short=count, count=count, text=text, badges=written_badge(text))
        if name == "state":
            state = self.matrix.states.get(self.matrix.rows[line.row].key, "")
            if not any(self._of(line.row, column)["codings"] for column in range(self._width)):
                return NOTHING  # counts of nothing propose nothing
            apart = self.matrix.rows[line.row].key in self.matrix.details.get("said_versus_seen", ())
            proposed = (*state_badge(state)[:2], proposed_words(self.matrix, line.row))
            return Shown(badges=(proposed,), note=_("said, not seen") if apart else "") if state else NOTHING
        written = self._written.get((line.row, line.column))
        counts = self._of(line.row, line.column)
        if self.matrix.kind == "emic-etic":
            return self._emic_etic(line, name, counts, written)
        value = counts[name]
        fraction = value is None or isinstance(value, float)
        return Shown(short=format_coefficient(value) if fraction else str(value))

    def _convergence(self, line: Line) -> Shown:
        """What the researcher says of how those compared stand to each other on a code."""
        written: Written | None = self.matrix.details["notes"].get(self.matrix.rows[line.row].key)
        text = " ".join((written.conclusion or written.etic_reading).split()) if written else ""
        judged = written is not None and written.status != "unjudged"
        found = (state_badge(written.status),) if written and judged else ()
        return (
            Shown(text=text, badges=found)
            if text or found
            else Shown(blank="…", note=_("not written yet"), grey=True)
        )

    def _emic_etic(self, line: Line, name: str, counts: Mapping[str, Any], written: Written | None) -> Shown:
        left_out = self._is_left_out(line, line.column)
        if name == "status":
            said = written.status if written else "unjudged"
            return Shown(badges=(state_badge(said), *badges(written, counts["codings"] > 0 or left_out)))
        if name not in ("quotes", "others"):
            text = " ".join(str(getattr(written, name)).split()) if written else ""
            return Shown(text=text) if text else Shown(blank="…", note=_("not written yet"), grey=True)
        spoken = name == "quotes"
        number = counts["spoken" if spoken else "others"]
        if not number:
            apart = "left_out_spoken" if spoken else "left_out_others"
            mark = "filtered" if self._is_left_out(line, line.column, apart) else "silent"
            return Shown(blank=MARKS[mark], note=blank_word(mark, guide=False), grey=True)
        said = n_("{n} coding", "{n} codings", number).format(n=number)
        apart = counts["spoken_passages"]
        passages = n_("{n} passage", "{n} passages", apart).format(n=apart)
        count = f"{said} · {passages}" if spoken else said
        quote = self.quote(line.row, line.column, written, spoken)
        counted = sentences(CODING, PASSAGE, IN_MATRICES)
        return Shown((), count, "", quote, quoted=True, counted=counted)


def cells_of(view: MatrixView) -> Cells | None:
    """The cells of a study that a table shows; None where it shows none."""
    shown = view.table.cells
    return shown if isinstance(shown, Cells) else None
