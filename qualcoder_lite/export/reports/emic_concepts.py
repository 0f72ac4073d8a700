"""From emic categories to etic concepts, as a table: the informants' words, and under what they are read."""

from __future__ import annotations

from datetime import date

from qualcoder_lite.analysis.cells.cell import CellPassage, cell_passages
from qualcoder_lite.analysis.conclusions.emic_links import EmicLine, emic_to_etic
from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.coding.counting.counted import chosen_coder, counted
from qualcoder_lite.coding.counting.frames import SIGNS
from qualcoder_lite.coding.counting.references import STUDY
from qualcoder_lite.export.report import Cell, Column, Paragraph, Report, Row, Sheet, Table, cell, words
from qualcoder_lite.export.reports.passages import cited, quoted
from qualcoder_lite.export.reports.tables import report_of
from qualcoder_lite.export.view import (
    coder_notes,
    count_of_codings,
    count_of_passages,
    count_of_sources,
    named,
    named_cell,
    number_column,
    sign_notes,
    strip,
)
from qualcoder_lite.i18n import _, n_
from qualcoder_lite.store.project import Project

MOST = 3  # quotes of a category
HEADS = ("emic", "name", "etic", "concept", "note", "codings", "passages", "informants", "sources",
         *SIGNS, "quotes")  # fmt: skip
Line = tuple[EmicLine, list[CellPassage]]


def emic_concepts_report(project: Project, coder: str = "") -> Report:
    """A row for each emic code, also for those not linked yet. Raises UserError by `chosen_coder`."""
    choice = Choice(coder)
    found = emic_to_etic(project, choice)
    lines = [(line, _passages(project, choice, line)) for line in found]
    named_coder = chosen_coder(counted(project).frames, coder)
    title = _("Emic categories and etic concepts")
    return report_of(project, title, _table(lines, named_coder), _sheet(lines))


def _passages(project: Project, choice: Choice, line: EmicLine) -> list[CellPassage]:
    """The passages of a category: the starred ones first."""
    found = cell_passages(project, choice, line.heading.reference, STUDY)
    return sorted(found, key=lambda passage: not any(coding.starred for coding in passage.codings))


def _table(lines: list[Line], coder: str) -> Table:
    heads = [
        number_column(),
        Column(_("Emic category"), 1.9),
        Column(_("In the informants’ words"), 4.6),
        Column(_("How often"), 1.7),
        Column(_("Etic concept"), 2.6),
    ]
    told = [_row(number, *line) for number, line in enumerate(lines, 1)]
    if any(concept.note.strip() for line, _passages in lines for concept in line.concepts):
        heads.append(Column(_("How the concept reads it"), 2.6))
        told = [(*row, _notes(line)) for row, (line, _said) in zip(told, lines, strict=True)]
    rows = tuple(map(Row, told)) or (Row(((words(_("There is no emic code yet."), "band"),),), "band"),)
    notes = (sign_notes(), *coder_notes(coder, date.today().year))
    return Table(_("From Emic Categories to Etic Concepts"), tuple(heads), rows, notes)


def _row(number: int, line: EmicLine, passages: list[CellPassage]) -> tuple[Cell, ...]:
    said = tuple(quoted(passages, MOST, "quote"))
    return (cell(number), named_cell(line.heading), said, _counts(line), _concepts(line))


def _counts(line: EmicLine) -> Cell:
    people = n_("{n} informant", "{n} informants", line.informants).format(n=line.informants)
    told = (people, count_of_sources(line.sources), count_of_codings(line.codings))
    counts = (*told, count_of_passages(line.passages)) if line.passages != line.codings else told
    return (*strip(line.signs), *(words(text, "count") for text in counts))


def _concepts(line: EmicLine) -> Cell:
    concepts = [
        paragraph
        for concept in line.concepts
        for paragraph in named(concept.heading.key, concept.heading.name)
    ]
    return tuple(concepts) or (words(_("not linked yet"), "waiting"),)


def _notes(line: EmicLine) -> Cell:
    several = len(line.concepts) > 1
    notes: list[Paragraph] = [
        words(f"{concept.heading.key}: {concept.note}" if several else concept.note)
        for concept in line.concepts
        if concept.note.strip()
    ]
    return tuple(notes) or (words("–", "count"),)


def _sheet(lines: list[Line]) -> Sheet:
    """A row for each link, and one for a category without any."""
    rows = [row for line in lines for row in _rows(*line)]
    widths = (8.0, 24.0, 8.0, 30.0, 30.0, *(9.0 for _head in HEADS[5:-1]), 80.0)
    return Sheet(_("Emic and etic"), HEADS, rows, widths)


def _rows(line: EmicLine, passages: list[CellPassage]) -> list[list[str | int]]:
    counts = [line.codings, line.passages, line.informants, line.sources, *line.signs.values()]
    said = "\n".join(map(cited, passages))
    concepts = [(c.heading.key, c.heading.name, c.note) for c in line.concepts] or [("", "", "")]
    return [[line.heading.key, line.heading.name, *concept, *counts, said] for concept in concepts]
