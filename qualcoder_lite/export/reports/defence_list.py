"""The check before the defence as a list to work through: how many of each kind, and where they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qualcoder_lite.analysis.conclusions.defence import CHECKS, check_before_defence, check_in_words
from qualcoder_lite.analysis.conclusions.hints import Hint
from qualcoder_lite.analysis.search.texts import Texts
from qualcoder_lite.analysis.whole import study_head
from qualcoder_lite.coding.counting.counted import chosen_coder, counted
from qualcoder_lite.export.report import Block, Cell, Column, Part, Report, Row, Sheet, Table, cell, words
from qualcoder_lite.export.view import band, coder_notes, counts_column, number_column
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.store.project import Project

PLACES = {
    "cell": N_("Cell of a matrix"),
    "claim": N_("Claim"),
    "code": N_("Code"),
    "informant": N_("Informant"),
    "check": N_("Member check"),
}
"""Where a hint leads besides passages, which are named by their citation."""
HEADS = ("check", "kind", "place", "what", "source", "start", "end")
Told = tuple[Hint, str]  # with its place in words


def defence_report(project: Project, coder: str = "") -> Report:
    """How many hints of each kind, then all of them. Raises UserError by `chosen_coder`."""
    study = counted(project)
    texts = Texts(project, study)
    numbers = {row.id: number for number, row in enumerate(study.frames.sources)}
    keys = {row.id: row.key for row in study.frames.sources}

    def placed(hint: Hint) -> Told:
        if hint.place != "passage":
            return hint, _(PLACES[hint.place])
        return hint, texts.citation(numbers[hint.source], hint.start, hint.end)

    found = check_before_defence(project, coder)
    told = {kind: [placed(hint) for hint in hints] for kind, hints in found.items()}
    before = words(study_head(project).title, "body", "bold")
    said = _("Hints at what an examiner might ask about; none of them says that anything is wrong.")
    blocks: list[Block] = [before, words(said, "body"), _counts(told, chosen_coder(study.frames, coder))]
    parts = [Part(tuple(blocks))]
    if any(told.values()):
        parts.append(Part((_list(told),), wide=True))
    return Report(_("Check before the defence"), tuple(parts), (_sheet(told, keys),))


def _counts(told: dict[str, list[Told]], coder: str) -> Table:
    heads = (number_column(), Column(_("What is checked"), 6.0), counts_column(_("Found")))
    rows = tuple(
        Row((cell(number), cell(check_in_words(kind)), cell(len(told[kind]))))
        for number, kind in enumerate(CHECKS, 1)
    )
    notes = coder_notes(coder, date.today().year)
    return Table(_("Check before the Defence: How Much Was Found"), heads, rows, notes, chapter=3)


def _list(told: dict[str, list[Told]]) -> Table:
    """Every hint under its kind, with a box to tick when it was seen to."""
    heads = (
        number_column(),
        Column(_("Place"), 1.8),
        Column(_("What was found"), 7.0),
        Column(_("Seen to"), 0.9, centred=True),
    )
    rows = tuple(row for kind, hints in told.items() if hints for row in _of_kind(kind, hints))
    return Table(_("Check before the Defence: What Was Found"), heads, rows, chapter=3)


def _of_kind(kind: str, hints: list[Told]) -> Iterator[Row]:
    yield band(f"{check_in_words(kind)} ({len(hints)})")
    for number, (hint, place) in enumerate(hints, 1):
        yield Row((cell(number), cell(place), cell(hint.what), _box()))


def _box() -> Cell:
    return cell("☐", "number")


def _sheet(told: dict[str, list[Told]], keys: dict[bytes, str]) -> Sheet:
    """A row for each hint; `kind` names its list by key. Offsets are None where it leads to no passage."""
    rows = [_values(hint, place, keys) for hints in told.values() for hint, place in hints]
    return Sheet(_("Hints"), HEADS, rows, (44.0, 20.0, 18.0, 90.0, 10.0, 8.0, 8.0))


def _values(hint: Hint, place: str, keys: dict[bytes, str]) -> list[str | int | None]:
    where: list[str | int | None] = [None, None, None]
    if hint.place == "passage":
        where = [keys[hint.source], hint.start, hint.end]
    return [check_in_words(hint.kind), hint.kind, place, hint.what, *where]
