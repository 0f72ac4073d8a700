"""A matrix with what is shown of its cells: counts, chosen quotes with citations, blanks, words written."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from qualcoder_lite.analysis.cells.written import Written, syntheses
from qualcoder_lite.analysis.matrices.blanks import MARKS, describe_blanks
from qualcoder_lite.analysis.matrices.choice import describe_choice
from qualcoder_lite.analysis.matrices.heading import Heading
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.analysis.search.texts import Texts
from qualcoder_lite.analysis.terms import SIGN_MARKS, SIGN_WORDS
from qualcoder_lite.analysis.whole import StudyHead, study_head
from qualcoder_lite.coding.counting.frames import SIGNS, CodeRow
from qualcoder_lite.export.report import DEEPER, Cell, Column, Paragraph, Part, Row, Run, words
from qualcoder_lite.i18n import _, language, n_
from qualcoder_lite.store.project import Project

MOST_COLUMNS = 7  # of codes in one table: more are split by what they belong to
MOST_QUOTES = 3  # in one cell of a table
MOST_TOKENS = 6  # citations without their words in one cell
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


Counts = dict[Hashable, Any]  # of a cell, by name


@dataclass(frozen=True)
class Passage:
    """A range that a cell shows; `sign` is a place in SIGNS, `coding` -1 where several made it."""

    source: int
    start: int
    end: int
    sign: int
    coding: int = -1


@dataclass(frozen=True)
class View:
    """A matrix and what its cells show. `passages`: the evidence of each cell, in the order of the texts."""

    matrix: Matrix
    head: StudyHead
    texts: Texts
    counts: list[list[Counts]]  # [row][column]
    passages: dict[tuple[int, int], list[Passage]]
    whole: dict[str, Written]  # what is written for a row or column and the whole study, by its reference
    chapter: int
    year: int

    def written(self, row: int, column: int) -> Written | None:
        """What the researcher wrote in a cell."""
        return self.matrix.written.get((row, column))

    def is_left_out(self, row: int, column: int) -> bool:
        """Tell whether a cell is empty by the filters alone."""
        return (row, column) in self.matrix.details.get("left_out", {})

    def code(self, heading: Heading) -> CodeRow:
        """The code of a heading."""
        frames = self.matrix.counted.frames
        return frames.codes[frames.code(heading.key)]


def view_of(project: Project, matrix: Matrix, chapter: int = 4) -> View:
    """Prepare a matrix for being laid out; no text is read before a quote or token needs it."""
    columns = max(len(matrix.columns), 1)
    records = matrix.cells.to_dict("records")
    texts, whole = Texts(project, matrix.counted), syntheses(project, (*matrix.rows, *matrix.columns))
    return View(
        matrix,
        study_head(project),
        texts,
        [records[at : at + columns] for at in range(0, len(records), columns)],
        _passages(matrix),
        whole,
        chapter,
        date.today().year,
    )


def _passages(matrix: Matrix) -> dict[tuple[int, int], list[Passage]]:
    """The evidence of each cell; codings on one range are one passage, with the sign of the first."""
    if matrix.evidence.empty or matrix.kind == "agreement":  # its evidence is units, which no coding makes
        return {}
    names = ["row", "column", "source", "start", "end"]
    numbers = matrix.evidence[names].to_numpy(np.int64).tolist()
    if "coding" in matrix.evidence:
        codings = matrix.evidence["coding"].tolist()
        signs = matrix.counted.frames.codings.sign[codings].tolist()
    else:
        codings, signs = [-1] * len(numbers), matrix.evidence["tone"].tolist()
    found: dict[tuple[int, int], list[Passage]] = {}
    for (row, column, source, start, end), sign, coding in zip(numbers, signs, codings, strict=True):
        found.setdefault((row, column), []).append(Passage(source, start, end, sign, coding))
    return found


# Quotes --------------------------------------------------------------------------------------------------


def chosen_passages(view: View, passages: Iterable[Passage], written: Written | None) -> list[Passage]:
    """The passages to quote: those chosen as evidence of the cell, in their order, else the starred ones."""
    codings, listed = view.matrix.counted.frames.codings, list(passages)
    if written and written.chosen:
        order = {row: number for number, row in enumerate(written.chosen)}
        chosen = [p for p in listed if p.coding >= 0 and codings.id[p.coding] in order]
        chosen.sort(key=lambda p: order[codings.id[p.coding]])
        if chosen:
            return distinct_ranges(chosen)
    return distinct_ranges(p for p in listed if p.coding >= 0 and codings.starred[p.coding])


def distinct_ranges(passages: Iterable[Passage]) -> list[Passage]:
    """The passages, each range once."""
    return list({(p.source, p.start, p.end): p for p in reversed(list(passages))}.values())[::-1]


def emic_and_other(view: View, passages: Iterable[Passage]) -> tuple[list[Passage], list[Passage]]:
    """What informants say, and what observation and documents show: only the first is emic.

    A passage that several codings made is emic where one of them counts for an informant.
    """
    of, mask = view.matrix.counted.frames.codings, view.matrix.counted.spoken()
    apart: tuple[list[Passage], list[Passage]] = ([], [])
    for p in passages:
        made = (of.source == p.source) & (of.start < p.end) & (of.end > p.start)
        said = mask[p.coding] if p.coding >= 0 else mask[made].any()
        apart[0 if said else 1].append(p)
    return apart


def quotes(view: View, passages: Sequence[Passage], most: int = MOST_QUOTES) -> Cell:
    """Quotes with citations; what is beyond `most` is named by citations, what is beyond those by number."""
    shown = tuple(quote(view, passage) for passage in passages[:most])
    return shown + tokens(view, passages[most:], bool(shown))


def quote(view: View, passage: Passage, style: str = "quote") -> Paragraph:
    """A quote in curly quotation marks with its citation in brackets."""
    said = shown_quote(view.texts.quote(passage.source, passage.start, passage.end))
    return Paragraph((Run(said, "italic"), Run(f" [{cited(view, passage)}]", "quiet")), style)


def cited(view: View, passage: Passage) -> str:
    """How a passage is cited."""
    return view.texts.citation(passage.source, passage.start, passage.end)


def shown_quote(text: str) -> str:
    """A quote as it is printed: on one line, in curly quotation marks."""
    return f"“{' '.join(text.split())}”"


def tokens(view: View, passages: Sequence[Passage], more: bool = False) -> Cell:
    """Passages by their citations alone."""
    if not passages:
        return ()
    named = [f"[{cited(view, passage)}]" for passage in passages[:MOST_TOKENS]]
    rest = len(passages) - len(named)
    if rest:
        named.append(n_("and {n} more", "and {n} more", rest).format(n=rest))
    before = _("also") + " " if more else ""
    return (words(before + " ".join(named), "count"),)


# Counts and blanks ---------------------------------------------------------------------------------------


def strip(counts: Mapping[Any, int]) -> Cell:
    """The signs with their numbers, such as `+2 −3`; nothing where no coding has a sign."""
    signs = [f"{SIGN_MARKS[sign]}{counts[sign]}" for sign in ("+", "-", "±", "0") if counts[sign]]
    return (words(" ".join(signs), "strip"),) if signs else ()


def count_of_codings(number: int) -> str:
    """So many codings, in words."""
    return n_("{n} coding", "{n} codings", number).format(n=number)


def count_of_passages(number: int) -> str:
    """So many passages, in words."""
    return n_("{n} passage", "{n} passages", number).format(n=number)


def count_of_sources(number: int) -> str:
    """So many sources, in words."""
    return n_("{n} source", "{n} sources", number).format(n=number)


def counted_line(*counts: str) -> Paragraph:
    """Several counts on one line."""
    return words(" · ".join(counts), "count")


def blank(mark: str, written: Written | None = None) -> Cell:
    """One of the four blanks; the researcher's reason stands under `not applicable`."""
    reason = written.reason if written and mark == "not_applicable" else ""
    return (words(MARKS[mark], "blank"), *((words(reason, "count"),) if reason else ()))


def waiting() -> Cell:
    """What stands where the researcher has written nothing yet."""
    return (words(_("not written yet"), "waiting"),)


def warnings(written: Written | None, evidence: bool) -> Cell:
    """Badges of a written cell: its evidence has changed since, or it has none where it should."""
    if written is None or not written.has_words:
        return ()
    badges = [_("needs review")] if written.stale else []
    if not (evidence or written.needs_nothing):
        badges.append(_("no evidence"))
    return tuple(words(badge, "label") for badge in badges)


def text_cell(text: str) -> Cell:
    """What the researcher wrote, a paragraph for each of its lines; `not written yet` where nothing is."""
    lines = tuple(words(line) for line in text.split("\n") if line.strip())
    return lines or waiting()


# Rows, columns and notes ---------------------------------------------------------------------------------


def number_column() -> Column:
    """The column of running numbers."""
    return Column(_("No."), 0.55, centred=True)


def counts_column(head: str, least: float = 1.0) -> Column:
    """A column of numbers, wide enough for the longest word of its head in any language."""
    longest = max(map(len, head.replace("–", "– ").split()))
    return Column(head, max(least, 0.35 + 0.135 * longest), centred=True)


def code_column(heading: Heading, width: float = 3.0) -> Column:
    """The column of a code: key and name."""
    return Column(f"{heading.key}\n{heading.name}" if heading.name != heading.key else heading.key, width)


def named_cell(heading: Heading, *more: str) -> Cell:
    """The cell that names a row: key, name, and what else belongs there."""
    name = heading.name if heading.name != heading.key else ""
    deeper = DEEPER * heading.depth
    return named(*(deeper + line if line else "" for line in (heading.key, name, *more)))


def named(key: str, *more: str) -> Cell:
    """A cell that names something: its key, and under it what is not empty."""
    return (words(key, "text", "bold"), *(words(line, "count") for line in more if line))


def band(text: str) -> Row:
    """A row across all columns."""
    return Row(((words(text, "band"),),), "band")


def column_groups(view: View) -> list[list[int]]:
    """The columns of each table: all where they are few, else by what they belong to, never over seven.

    Top codes belong to their kind (dimensions first, then factors), other codes to their top code.
    """
    columns = view.matrix.columns
    if len(columns) <= MOST_COLUMNS:
        return [list(range(len(columns)))] if columns else []
    groups: dict[str, list[int]] = {"dimension": [], "factor": []}
    for number, heading in enumerate(columns):
        groups.setdefault(group_of(view, heading), []).append(number)
    return [
        numbers[at : at + MOST_COLUMNS]
        for numbers in groups.values()
        for at in range(0, len(numbers), MOST_COLUMNS)
    ]


def group_of(view: View, heading: Heading) -> str:
    """What a column belongs to: a kind for a top code, else the key of its top code or its own group."""
    if heading.kind != "code" or heading.group != heading.key:
        return heading.group
    kind = view.code(heading).kind
    return kind if kind in ("dimension", "factor") else "other"


def intro(view: View, purpose: str) -> Part:
    """What stands before the tables: the study, what the tables show, and how much there is."""
    frames, matrix = view.matrix.counted.frames, view.matrix
    people, sources = len(frames.informants), len(frames.sources)
    coders = matrix.details.get("coders", (matrix.coder,))
    codings = sum(int(matrix.counted.of_coder(coder).sum()) for coder in coders)
    counts = (
        n_("{n} informant", "{n} informants", people).format(n=people),
        count_of_sources(sources),
        count_of_codings(codings),
    )
    lines = [
        words(view.head.title, "body", "bold"),
        words(purpose, "body"),
        words(" · ".join(counts), "body"),
    ]
    if view.head.note:
        lines.append(words(view.head.note, "body"))
    return Part(tuple(lines))


def blank_notes(view: View) -> Paragraph:
    """The legend of the blanks."""
    return words("   ".join(f"{mark} {said}" for mark, said in describe_blanks(view.matrix)), "note")


def sign_notes() -> Paragraph:
    """The legend of the signs."""
    shown = ("+", "-", "±", "0")
    return words("   ".join(f"{SIGN_MARKS[sign]} {_(SIGN_WORDS[sign])}" for sign in shown), "note")


def whole_notes(view: View, headings: Iterable[Heading]) -> tuple[Paragraph, ...]:
    """What is written of whole rows or columns, to stand below a table."""
    found = [(heading, view.whole.get(heading.reference)) for heading in headings]
    told = [(heading.name, written.synthesis) for heading, written in found if written and written.synthesis]
    return tuple(words(_("Synthesis, {name}: {text}").format(name=n, text=t), "note") for n, t in told)


def common_notes(view: View) -> tuple[Paragraph, ...]:
    """Coder, filters and where the data come from: what stands below every table."""
    return coder_notes(view.matrix.coder, view.year, describe_choice(view.matrix.choice))


def coder_notes(coder: str, year: int, filters: Sequence[str] = ()) -> tuple[Paragraph, ...]:
    """Whose codings were counted, what filters left in, and where the data come from."""
    lines = [_("Coder: {name}.").format(name=coder)] if coder else []
    lines += filter_line(filters)
    source = _("Source: primary data processed by the researcher, {year}").format(year=year)
    return (*(words(line, "note") for line in lines), words(source, "source"))


def filter_line(filters: Sequence[str]) -> list[str]:
    """What filters left in, as it is printed under a table; nothing where there are none."""
    return [_("Filter: {filters}.").format(filters="; ".join(filters))] if filters else []


def date_text(iso: str | None) -> str:
    """A date as it is written in the language now spoken."""
    if not iso or len(iso) != 10:
        return iso or "—"
    year, month, day = iso.split("-")
    return f"{day}-{month}-{year}" if language() == "id" else f"{int(day)} {MONTHS[int(month) - 1]} {year}"


def code_with_signs(view: View, code: int, signs: Iterable[int]) -> str:
    """A code by key and name, with the signs of its codings in brackets."""
    row = view.matrix.counted.frames.codes[code]
    marks = "\u00a0".join(SIGN_MARKS[SIGNS[sign]] for sign in sorted(signs) if SIGN_MARKS[SIGNS[sign]])
    return f"{row.key} {row.name(language())}" + (f"\u00a0({marks})" if marks else "")
