"""The codebook, the interview guide with its grid, and the claims, as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from qualcoder_lite.analysis.conclusions.claims import ClaimRow, read_claims
from qualcoder_lite.analysis.search.texts import Texts
from qualcoder_lite.analysis.terms import SIGN_MARKS, word
from qualcoder_lite.analysis.whole import PlainRow, study_head, whole_study
from qualcoder_lite.coding.counting.counted import Counted, counted
from qualcoder_lite.export.formats.json_file import write_json
from qualcoder_lite.export.report import (
    Cell,
    Column,
    Paragraph,
    Part,
    Report,
    Row,
    Run,
    Sheet,
    Table,
    cell,
    sheet_of,
    words,
)
from qualcoder_lite.export.view import named, number_column, shown_quote, text_cell
from qualcoder_lite.export.writing import records, report_writers, write_by_suffix
from qualcoder_lite.i18n import _, language
from qualcoder_lite.store.project import Project

WORDING = {
    "name": "name",
    "def": "definition",
    "include": "include",
    "exclude": "exclude",
    "example": "example",
    "plus": "plus",
    "minus": "minus",
}
"""Columns of a codebook file, each with the field of a wording that it holds; the language follows it."""
MOST_QUOTES = 6  # of a claim on either side


def write_codebook(project: Project, path: Path, overwrite: bool = True) -> None:
    """Write the codebook; .json, .xlsx and .csv can be read back.

    Raises UserError as `write_by_suffix` does.
    """
    report = partial(codebook_report, project)
    writers = {
        **report_writers(report, exact=True),
        ".json": lambda to: write_json(codebook_json(project), to),
    }
    with project.read():
        write_by_suffix(path, writers, overwrite)


def write_guide(project: Project, path: Path, overwrite: bool = True) -> None:
    """Write the interview guide with its grid. Raises UserError as `write_by_suffix` does."""
    write_table(project, partial(guide_report, project), path, overwrite)


def write_claims(project: Project, path: Path, overwrite: bool = True) -> None:
    """Write the claims with their evidence. Raises UserError as `write_by_suffix` does."""
    report = partial(claims_report, project)
    writers = {**report_writers(report), ".json": lambda to: write_json(claims_json(project), to)}
    with project.read():
        write_by_suffix(path, writers, overwrite)


def write_table(project: Project, report: Callable[[], Report], path: Path, overwrite: bool = True) -> None:
    """Write a report of a table in any form; JSON has the rows of its first sheet."""
    rows = {".json": lambda to: write_json({"rows": records(report().sheets[0])}, to)}
    with project.read():
        write_by_suffix(path, {**report_writers(report), **rows}, overwrite)


def report_of(project: Project, title: str, table: Table, sheet: Sheet | None = None) -> Report:
    """A report of one wide table behind a line that names the study."""
    head = Part((words(study_head(project).title, "body", "bold"), table), wide=True)
    return Report(title, (head,), (sheet or sheet_of(table, title),))


# Codebook --------------------------------------------------------------------------------------------------


def codebook_rows(project: Project) -> list[dict[str, Any]]:
    """The codes in the layout of codebook files, which is read back to the same codes."""
    tables = whole_study(project, "code", "wording", "code_link")
    rows = {row["key"]: row for row in tables["code"]}
    wordings: dict[str, dict[str, PlainRow]] = {}
    for wording in tables["wording"]:
        wordings.setdefault(wording["code"], {})[wording["language"]] = wording
    languages = sorted({w["language"] for w in tables["wording"]}, key=lambda name: (name != "id", name))
    linked: dict[str, list[str]] = {}
    for link in tables["code_link"]:
        linked.setdefault(link["emic"], []).append(link["etic"])
    keys = [code.key for code in counted(project).frames.codes]
    return [_codebook_row(rows[key], wordings.get(key, {}), languages, linked.get(key, [])) for key in keys]


def _codebook_row(
    row: PlainRow, wordings: dict[str, PlainRow], languages: Sequence[str], linked: list[str]
) -> dict[str, Any]:
    first = {
        "id": row["key"],
        "parent": row["parent"],
        "kind": row["kind"],
        "perspective": row["perspective"],
    }
    texts = {
        f"{name}_{spoken}": wordings.get(spoken, {}).get(field, "")
        for name, field in WORDING.items()
        for spoken in languages
    }
    last = {
        "source": row["reference"],
        "polarity": row["polarity_hint"],
        "colour": row["colour"],
        "shortcut": row["shortcut"],
        "linked": linked,
    }
    return first | texts | last


def codebook_json(project: Project) -> dict[str, Any]:
    """The codebook as a JSON object, in the layout of the codebooks that come with the program."""
    return {"title": study_head(project).title, "codes": codebook_rows(project)}


def codebook_sheet(project: Project) -> Sheet:
    """The codebook as plain values, read back like the JSON file."""
    rows = codebook_rows(project)
    heads = tuple(rows[0]) if rows else ("id", "parent")
    values = [[";".join(v) if isinstance(v, list) else v for v in row.values()] for row in rows]
    widths = tuple(40.0 if name.split("_")[0] in WORDING else 11.0 for name in heads)
    return Sheet(_("Codebook"), heads, values, widths)


def codebook_report(project: Project) -> Report:
    """The codebook as a table to read, in the language now spoken."""
    table = codebook_table(project)
    return report_of(project, _("Codebook"), table, codebook_sheet(project))


def codebook_table(project: Project) -> Table:
    """Code, definition, when and when not, example, what the signs mean."""
    heads = (
        Column(_("Code and name"), 2.0),
        Column(_("Definition"), 3.4),
        Column(_("Include"), 2.6),
        Column(_("Exclude"), 2.6),
        Column(_("Example"), 3.0),
        Column(_("What the signs mean"), 3.0),
    )
    rows: list[Row] = []
    for code in codebook_rows(project):
        rows.append(_code_row(code, _spoken(code)))
    return Table(_("Codebook"), heads, tuple(rows), chapter=3)


def _spoken(code: dict[str, Any]) -> dict[str, str]:
    """The wording in the language now spoken, else in another."""
    others = [name.split("_")[1] for name in code if name.startswith("name_")]
    order = sorted(others, key=lambda name: name != language())
    return {
        name: next((code[f"{name}_{spoken}"] for spoken in order if code[f"{name}_{spoken}"]), "")
        for name in WORDING
    }


def _code_row(code: dict[str, Any], texts: dict[str, str]) -> Row:
    kinds = [word(code["kind"]), word("emic") if code["perspective"] == "emic" else "", code["source"]]
    signs = [Paragraph((Run(f"{SIGN_MARKS[s]} ", "bold"), Run(texts[n]))) for s, n in SIGNED if texts[n]]
    shown = [text_cell(texts[name]) for name in ("def", "include", "exclude", "example")]
    return Row((named(code["id"], texts["name"], *kinds), *shown, tuple(signs) or text_cell("")))


SIGNED = (("+", "plus"), ("-", "minus"))


# Guide -----------------------------------------------------------------------------------------------------


def guide_report(project: Project) -> Report:
    """The questions with their codes, and the grid of the instrument: which one asks for which indicator."""
    questions = _questions(project)
    guide, grid = guide_table(questions), grid_table(counted(project), questions)
    rows = [[q["number"], q["text"], ";".join(q["codes"]), ";".join(q["not_asked"])] for q in questions]
    sheet = Sheet(_("Guide"), ("number", "question", "codes", "not_asked"), rows, (9.0, 70.0, 24.0, 24.0))
    head = words(study_head(project).title, "body", "bold")
    parts = (Part((head, guide)), Part((grid,), wide=True))
    return Report(_("Interview guide"), parts, (sheet, sheet_of(grid, _("Grid"))))


def _questions(project: Project) -> list[PlainRow]:
    tables = whole_study(project, "question", "question_code", "asked")
    for question in tables["question"]:
        number = question["number"]
        question["codes"] = [row["code"] for row in tables["question_code"] if row["question"] == number]
        asked = [row for row in tables["asked"] if row["question"] == number]
        question["not_asked"] = [row["source"] for row in asked if not row["asked"]]
    return tables["question"]


def guide_table(questions: Sequence[PlainRow]) -> Table:
    """Number, question, codes."""
    heads = (number_column(), Column(_("Question"), 6.0), Column(_("Codes"), 2.0))
    rows = [
        Row((cell(q["number"], "number"), text_cell(q["text"]), cell(", ".join(q["codes"]) or "–")))
        for q in questions
    ]
    return Table(_("Interview Guide"), heads, tuple(rows), _not_asked(questions), chapter=3)


def _not_asked(questions: Iterable[PlainRow]) -> tuple[Paragraph, ...]:
    left = [f"{q['number']} ({', '.join(q['not_asked'])})" for q in questions if q["not_asked"]]
    return (words(_("Not asked: {questions}.").format(questions="; ".join(left)), "note"),) if left else ()


def grid_table(study: Counted, questions: Sequence[PlainRow]) -> Table:
    """Variable, sub-variable, indicator, questions: what the instrument asks for, code by code."""
    codes, roots = study.frames.codes, study.frames.roots()
    heads = (
        number_column(),
        Column(_("Variable"), 2.0),
        Column(_("Dimension or factor"), 2.6),
        Column(_("Indicator"), 4.0),
        Column(_("Questions"), 1.4),
    )
    shown = [
        n
        for n, code in enumerate(codes)
        if code.perspective != "emic" and (code.parent >= 0 or _is_leaf(study, n))
    ]
    rows = []
    for number, place in enumerate(shown, 1):
        code, top = codes[place], codes[roots[place]]
        asked = [q["number"] for q in questions if code.key in q["codes"] or top.key in q["codes"]]
        indicator = f"{code.key} {code.name(language())}" if place != roots[place] else "–"
        variable, dimension = word(top.kind), f"{top.key} {top.name(language())}"
        texts = (variable, dimension, indicator, ", ".join(asked) or "–")
        rows.append(Row((cell(number), *(cell(text) for text in texts))))
    note = words(_("A question that asks for a dimension or factor asks for all its indicators."), "note")
    return Table(_("Grid of the Instrument"), heads, tuple(rows), (note,), chapter=3)


def _is_leaf(study: Counted, code: int) -> bool:
    return int(study.below[code].sum()) == 1


# Claims ----------------------------------------------------------------------------------------------------


def claims_report(project: Project) -> Report:
    """The claims with status and the quotes for and against them."""
    study = counted(project)
    claims = read_claims(project, study)
    return report_of(project, _("Claims"), claims_table(study, Texts(project, study), claims))


def claims_json(project: Project) -> dict[str, Any]:
    """The claims by keys that are the same in every language; statuses are the program's words."""
    study = counted(project)
    texts = Texts(project, study)
    return {"rows": [_claim_json(study, texts, claim) for claim in read_claims(project, study)]}


def _claim_json(study: Counted, texts: Texts, claim: ClaimRow) -> dict[str, Any]:
    def quoted(codings: Sequence[int]) -> list[dict[str, str]]:
        return [
            {"quote": texts.quote(*place), "citation": texts.citation(*place)}
            for place in _places(study, codings)
        ]

    told = {
        name: getattr(claim, name) for name in ("number", "text", "polarity", "status", "theory", "reference")
    }
    codes = [study.frames.codes[number].key for number in claim.codes]
    return told | {
        "codes": codes,
        "for": quoted(claim.evidence_for),
        "against": quoted(claim.evidence_against),
    }


def claims_table(study: Counted, texts: Texts, claims: Sequence[ClaimRow]) -> Table:
    """Number, claim, codes, status, evidence for, evidence against; theory where any claim names one."""
    heads = [
        number_column(),
        Column(_("Claim"), 3.4),
        Column(_("Codes"), 1.2),
        Column(_("Status"), 1.5),
        Column(_("Evidence for"), 4.4),
        Column(_("Evidence against"), 3.6),
    ]
    theories = ["; ".join(part for part in (claim.theory, claim.reference) if part) for claim in claims]
    lines = [_claim_cells(study, texts, claim) for claim in claims]
    if any(theories):
        heads.append(Column(_("Theory"), 1.8))
        told = [text_cell(theory) if theory else (words("–", "count"),) for theory in theories]
        lines = [(*line, cell_) for line, cell_ in zip(lines, told, strict=True)]
    return Table(_("Claims and their Evidence"), tuple(heads), tuple(map(Row, lines)))


def _claim_cells(study: Counted, texts: Texts, claim: ClaimRow) -> tuple[Cell, ...]:
    codes = ", ".join(study.frames.codes[n].key for n in claim.codes) or "–"
    sign = f" ({SIGN_MARKS[claim.polarity]})" if claim.polarity else ""
    return (
        cell(claim.number, "number"),
        text_cell(claim.sentence(language()) + sign),
        cell(codes),
        cell(word(claim.status)),
        _quoted(study, texts, claim.evidence_for),
        _quoted(study, texts, claim.evidence_against),
    )


def _quoted(study: Counted, texts: Texts, codings: Sequence[int]) -> Cell:
    """The passages of these codings, each range once; what is too much is named by number."""
    places = _places(study, codings)
    shown = [_quote(texts, *place) for place in places[:MOST_QUOTES]]
    more = [words(" ".join(f"[{texts.citation(*p)}]" for p in places[MOST_QUOTES:]), "count")]
    return tuple(shown + (more if len(places) > MOST_QUOTES else [])) or (words("–", "count"),)


def _places(study: Counted, codings: Sequence[int]) -> list[tuple[int, int, int]]:
    """Source, start and end of codings, each range once."""
    of = study.frames.codings
    return list(dict.fromkeys((int(of.source[n]), int(of.start[n]), int(of.end[n])) for n in codings))


def _quote(texts: Texts, source: int, start: int, end: int) -> Paragraph:
    said = shown_quote(texts.quote(source, start, end))
    return Paragraph((Run(said, "italic"), Run(f" [{texts.citation(source, start, end)}]", "quiet")), "quote")
