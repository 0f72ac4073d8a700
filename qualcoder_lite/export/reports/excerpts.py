"""Coded passages as reports: by code, by informant, or in the order of the sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcoder_lite.analysis.search.excerpts import Wanted
from qualcoder_lite.analysis.terms import SIGN_MARKS, SIGN_WORDS, word
from qualcoder_lite.analysis.whole import study_head
from qualcoder_lite.errors import UserError
from qualcoder_lite.export.formats.csv_file import write_csv
from qualcoder_lite.export.formats.json_file import write_json
from qualcoder_lite.export.report import Block, Heading, Paragraph, Part, Report, Run, Sheet, words
from qualcoder_lite.export.writing import records, report_writers, write_by_suffix
from qualcoder_lite.i18n import N_, _, n_
from qualcoder_lite.store.project import Project

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("source", "start", "end", "quote", "code", "polarity", "coder", "informants")
"""What the .csv holds, exactly: it can be read back as a table of codings."""
MORE = ("name", "speaker", "citation", "line", "starred", "evidence", "condensation", "memo")
ORDERS = {"code": N_("by code"), "informant": N_("by informant"), "source": N_("by source")}
Excerpt = dict[Any, Any]


def write_excerpts(
    project: Project, frame: pd.DataFrame, path: Path, by: str = "code", overwrite: bool = True
) -> None:
    """Write coded excerpts (of `excerpts`) as .docx, .xlsx, .csv, .html or .json.

    `by` is code, informant or source: how a .docx or .html is ordered.

    Raises UserError as `write_by_suffix` and `excerpts_report` do.
    """
    report = partial(excerpts_report, project, frame, by)
    writers = {
        **report_writers(report),
        ".csv": lambda to: write_csv(sheet(frame), to, exact=True),
        ".json": lambda to: write_json({"excerpts": records(report().sheets[0])}, to),
    }
    with project.read():
        write_by_suffix(path, writers, overwrite)


def excerpts_report(project: Project, frame: pd.DataFrame, by: str = "code") -> Report:
    """Passages (of `excerpts`) under headings. Raises UserError for an unknown order."""
    if by not in ORDERS:
        raise UserError(
            _("Excerpts can't be ordered by “{order}”.").format(order=by),
            remedy=_("Use one of: {words}.").format(words=" ".join(ORDERS)),
        )
    records: list[Excerpt] = frame.to_dict("records")
    title = _("Coded excerpts") + ", " + _(ORDERS[by])
    several = frame["coder"].nunique() > 1
    blocks = [*_head(project, frame), *_GROUPED[by](records, several)]
    return Report(title, (Part(tuple(blocks)),), (sheet(frame, (*COLUMNS, *MORE)),))


def sheet(frame: pd.DataFrame, columns: tuple[str, ...] = COLUMNS) -> Sheet:
    """The passages as plain values."""
    widths = {"quote": 70.0, "name": 28.0, "condensation": 40.0, "memo": 40.0, "citation": 18.0}
    rows = list(zip(*(frame[column].tolist() for column in columns), strict=True))
    return Sheet(_("Excerpts"), columns, rows, tuple(widths.get(column, 11.0) for column in columns))


def _head(project: Project, frame: pd.DataFrame) -> Iterator[Block]:
    yield words(study_head(project).title, "body", "bold")
    number = len(frame)
    yield words(n_("{n} coding", "{n} codings", number).format(n=number), "body")
    chosen: Wanted = frame.attrs.get("wanted") or Wanted()
    named = [
        (_("Codes"), ", ".join(chosen.codes)),
        (_("Informants"), ", ".join(chosen.informants)),
        (_("Sources"), ", ".join(chosen.sources)),
        (_("Filters"), "; ".join(frame.attrs.get("filters", ()))),
        (_("Coder"), chosen.coder or ", ".join(dict.fromkeys(frame["coder"]))),
    ]
    for what, which in named:
        if which:
            yield words(f"{what}: {which}", "body")
    signs = "   ".join(f"({SIGN_MARKS[sign]}) {_(SIGN_WORDS[sign])}" for sign in ("+", "-", "±", "0"))
    yield words(signs, "body", "quiet")


# Headings ------------------------------------------------------------------------------------------------


def _by_code(records: list[Excerpt], several: bool) -> Iterator[Block]:
    """The top codes as headings, under them the codes, in the order of the codebook."""
    groups: dict[str, dict[str, list[Excerpt]]] = {}
    for record in records:
        groups.setdefault(record["top"], {}).setdefault(record["code"], []).append(record)
    for top, codes in sorted(groups.items(), key=lambda group: _place(group[1])):
        together = [record for listed in codes.values() for record in listed]
        yield Heading(_named(top, together[0]["top_name"], len(together)), 2)
        for key, listed in sorted(codes.items(), key=lambda group: group[1][0]["place"]):
            if key != top:
                yield Heading(_named(key, listed[0]["name"], len(listed)), 3)
            for record in listed:
                yield from _excerpt(record, [record], several, coded=False)


def _place(codes: dict[str, list[Excerpt]]) -> int:
    return min(int(listed[0]["place"]) for listed in codes.values())


def _named(key: str, name: str, number: int) -> str:
    codings = n_("{n} coding", "{n} codings", number).format(n=number)
    return f"{key} {name} ({codings})" if name != key else f"{key} ({codings})"


def _by_informant(records: list[Excerpt], several: bool) -> Iterator[Block]:
    """Every passage under each informant for whom it counts; at the end those that count for none."""
    groups: dict[str, list[Excerpt]] = {}
    for record in records:
        for alias in record["informants"].split(";"):
            groups.setdefault(alias, []).append(record)
    nobody = groups.pop("", [])
    for alias, listed in sorted(groups.items(), key=lambda group: group[0]):
        yield from _in_order(alias, listed, several)
    if nobody:
        yield from _in_order(_("Without an informant"), nobody, several)


def _by_source(records: list[Excerpt], several: bool) -> Iterator[Block]:
    for key, listed in groupby(records, key=lambda record: str(record["source"])):
        group = list(listed)
        title = group[0]["title"]
        yield from _in_order(f"{key} – {title}" if title and title != key else key, group, several)


def _in_order(heading: str, records: Iterable[Excerpt], several: bool) -> Iterator[Block]:
    """A heading and its passages; codings on one range are one passage with several codes."""
    yield Heading(heading, 2)
    for _range, listed in groupby(records, key=lambda r: (r["source"], r["start"], r["end"])):
        group = list(listed)
        yield from _excerpt(group[0], group, several, coded=True)


_GROUPED: dict[str, Callable[[list[Excerpt], bool], Iterator[Block]]] = {
    "code": _by_code,
    "informant": _by_informant,
    "source": _by_source,
}


# One excerpt ---------------------------------------------------------------------------------------------


def _excerpt(first: Excerpt, codings: list[Excerpt], several: bool, coded: bool) -> Iterator[Block]:
    """Quote, citation and speaker; then the codes, what was condensed from it, and notes."""
    said = f"“{' '.join(first['quote'].split())}”"
    speaker = f", {first['speaker']}" if first["speaker"] and first["speaker"] != first["source"] else ""
    after = "" if coded else _sign(first) + _details(first, several)
    runs = (Run(said, "italic"), Run(f" [{first['citation']}{speaker}]", "quiet"), Run(after))
    notes = list(_written(codings))
    yield Paragraph(runs, "lead" if coded or notes else "excerpt")
    if coded:
        lines = [f"{c['code']} {c['name']}{_sign(c)}{_details(c, several)}" for c in codings]
        yield words("\n".join(lines), "detail")
    for name, text in notes:
        yield Paragraph((Run(f"{name}: ", "bold"), Run(text)), "detail")


def _sign(coding: Excerpt) -> str:
    mark = SIGN_MARKS.get(coding["polarity"], "")
    return f"\u00a0({mark})" if mark else ""


def _details(coding: Excerpt, several: bool) -> str:
    """A star, a provision, and whose coding it is where there are several coders."""
    star = "\u00a0★" if coding["starred"] else ""
    norm = f" [{word('provision')}]" if coding["evidence"] == "provision" else ""
    return star + norm + (f" – {coding['coder']}" if several else "")


def _written(codings: list[Excerpt]) -> Iterator[tuple[str, str]]:
    for coding in codings:
        if coding["condensation"]:
            yield _("Condensed"), coding["condensation"]
        if coding["memo"]:
            yield _("Memo"), coding["memo"]
