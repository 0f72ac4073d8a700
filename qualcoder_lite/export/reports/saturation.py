"""How codes are covered interview by interview, and the verdict by base, run length and threshold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qualcoder_lite.analysis.matrices.saturation import BASE, RUN, THRESHOLD
from qualcoder_lite.export.report import (
    Cell,
    Column,
    Paragraph,
    Part,
    Report,
    Row,
    Table,
    cell,
    sheet_of,
    words,
)
from qualcoder_lite.export.view import View, common_notes, date_text, intro, named_cell, number_column
from qualcoder_lite.i18n import _, language

FEWEST = 10  # below so many no percentage is given


def saturation_report(view: View) -> Report:
    """One table: interviews in order, codes used, new and cumulative, the emic ones beside them."""
    table = _table(view)
    before = intro(view, _("How many codes each interview brought, and whether new ones still come."))
    sheets = (sheet_of(table, _("Matrix")),)
    return Report(_("Saturation of data"), (before, Part((table,), wide=True)), sheets)


def _table(view: View) -> Table:
    counted = {"indicator": _("Indicators"), "top": _("Top codes")}
    heads = (
        number_column(),
        Column(_("Informant"), 1.8),
        Column(_("Date"), 1.4),
        Column(counted.get(view.matrix.choice.level or "indicator", _("Codes")), 1.5, centred=True),
        Column(_("New"), 1.0, centred=True),
        Column(_("Cumulative"), 1.5, centred=True),
        Column(_("Emic codes"), 1.2, centred=True),
        Column(_("New emic"), 1.2, centred=True),
        Column(_("Cumulative emic"), 1.5, centred=True),
        Column(_("Remarks"), 3.3),
    )
    rows = tuple(_row(view, row) for row in range(len(view.matrix.rows)))
    return Table(_("Saturation of Data"), heads, rows, _notes(view), view.chapter)


def _row(view: View, row: int) -> Row:
    heading, counts = view.matrix.rows[row], view.counts[row][0]
    names = ("used", "new", "cumulative", "emic_used", "emic_new", "emic_cumulative")
    numbers = [cell(int(counts[name])) for name in names]
    people = ", ".join(alias for alias in _speaking(view, heading.key) if alias != heading.key)
    named = (*named_cell(heading)[:1], *((words(people, "count"),) if people else ()))
    return Row((cell(row + 1), named, cell(date_text(heading.group)), *numbers, _remark(view, row)))


def _speaking(view: View, source: str) -> list[str]:
    frames, speaks = view.matrix.counted.frames, view.matrix.counted.speaks
    number = next(index for index, row in enumerate(frames.sources) if row.key == source)
    return [person.alias for person, at in zip(frames.informants, speaks, strict=True) if number in at]


def _remark(view: View, row: int) -> Cell:
    """What a row is for the verdict: part of the base, or the end of a run."""
    if view.matrix.details["base"] is None:
        return cell("–", "count")
    row = view.matrix.details["order"].index(view.matrix.rows[row].key)
    if row < BASE:
        return cell(_("base"), "count")
    if row - BASE + 1 < RUN:
        return cell("–", "count")
    run = view.matrix.details["runs"][row - BASE - RUN + 1]
    return cell(_run_text(run, view.matrix.details["base"]), "count")


def _run_text(run: dict[str, object], base: int) -> str:
    """A run in words: its interviews, and its new codes to those of the base."""
    share = _("{new} of {base}").format(new=run["new"], base=base)
    if base >= FEWEST:
        share += f" = {percent(float(str(run['ratio'])))}"
    interviews = "–".join(dict.fromkeys((str(run["rows"][0]), str(run["rows"][-1]))))  # type: ignore[index]
    return _("run {interviews}: {share} new").format(interviews=interviews, share=share)


def percent(ratio: float) -> str:
    """A ratio as a percentage with one decimal, by the custom of the language."""
    text = f"{100 * ratio:.1f} %"
    return text.replace(".", ",") if language() == "id" else text


def _notes(view: View) -> tuple[Paragraph, ...]:
    lines = [
        rules_words(),
        verdict(view.matrix.details),
        _(
            "With codes from theory this shows how they are covered, not that nothing new can be said; the"
            " emic codes, in the informants’ own words, say more about that."
        ),
    ]
    return (*(words(line, "note") for line in lines), *common_notes(view))


def rules_words() -> str:
    """By which base, run length and threshold the verdict is given."""
    numbers = _(
        "Base: the first {b} interviews; run length: {r}; threshold: {threshold} (Guest, Namey & Chen 2020)."
    )
    return numbers.format(b=BASE, r=RUN, threshold=f"{100 * THRESHOLD:.0f} %")


def verdict(details: Mapping[str, Any]) -> str:
    """What the base and the runs of a matrix of saturation say."""
    if details["base"] is None:
        return _("Fewer than {n} interviews: no verdict.").format(n=BASE)
    if not details["runs"]:
        return _("No run of {n} interviews after the base yet: no verdict.").format(n=RUN)
    if details["reached"] is None:
        return _("The threshold was not reached.")
    return _("The threshold was reached at {interview} (+{r}).").format(interview=details["reached"], r=RUN)
