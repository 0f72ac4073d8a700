"""Questions of the interview guide: which codes they ask about, and where they were not asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from qualcoder_lite.coding.pairs import set_pairs
from qualcoder_lite.coding.rows import (
    get_or_raise,
    next_position,
    remove_all_or_raise,
    set_order,
    set_values,
)
from qualcoder_lite.coding.tables.finding import (
    ids_by_name,
    name_of,
    names_of,
    unknown_error,
    validate_key,
    validate_new_key,
)
from qualcoder_lite.coding.tables.sheet import TableRow, cell_text, parse_rows, split_list
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.store.journal import insert_rows
from qualcoder_lite.store.journal import remove as remove_rows
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Asked, Code, Question, QuestionCode, Source


@dataclass(frozen=True)
class RowsAdded:
    """What a table did: how many of its rows were new, and how many were known by number."""

    added: int
    known: int


@dataclass(frozen=True)
class _Told:
    number: str
    text: str
    codes: list[bytes] | None
    not_asked: list[bytes] | None


def add(project: Project, number: str, text: str, codes: Sequence[bytes] = ()) -> bytes:
    """Add a question with the codes that it asks about; return its id.

    Raises UserError where the number is taken, or nothing is asked.
    """
    with project.change(N_("Add question {number}"), number=number.strip()) as session:
        plain = validate_new_key(session.connection(), Question, number)
        row = Question(number=plain, text=_text(text), position=next_position(session, Question))
        session.add(row)
        session.flush()
        _set_codes(session, row.id, codes)
        return row.id


def edit(project: Project, question: bytes, number: str | None = None, text: str | None = None) -> None:
    """Change the number or text of a question. Raises UserError where the number is taken."""
    old = name_of(project, Question, question)
    with project.change(N_("Edit question {number}"), number=old) as session:
        row = get_or_raise(session, Question, question)
        if number is not None:
            row.number = validate_new_key(session.connection(), Question, number, question)
        if text is not None:
            row.text = _text(text)


def set_codes(project: Project, question: bytes, codes: Sequence[bytes]) -> None:
    """Say which codes a question asks about."""
    number = name_of(project, Question, question)
    with project.change(N_("Set the codes of question {number}"), number=number) as session:
        get_or_raise(session, Question, question)
        _set_codes(session, question, codes)


def set_asked(project: Project, question: bytes, source: bytes, asked: bool) -> None:
    """Say whether a question was asked in a source; unless said otherwise, it was."""
    parameters = {"number": name_of(project, Question, question), "source": name_of(project, Source, source)}
    message = N_("Question {number} was asked in {source}")
    if not asked:
        message = N_("Question {number} was not asked in {source}")
    with project.change(message, **parameters) as session:
        mine = (Asked.question_id == question, Asked.source_id == source)
        rows = list(session.scalars(select(Asked.id).where(*mine)))
        remove_rows(session, Asked, rows if asked else [])
        if not asked and not rows:
            session.add(Asked(question_id=question, source_id=source, asked=False))


def set_not_asked(project: Project, source: bytes, questions: Sequence[bytes]) -> None:
    """Say at once which questions were not asked in a source; all others were."""
    name = name_of(project, Source, source)
    with project.change(N_("Note which questions were asked in {source}"), source=name) as session:
        get_or_raise(session, Source, source)
        set_pairs(session, Asked, ("source_id", source), "question_id", questions, asked=False)


def reorder(project: Project, questions: Sequence[bytes]) -> None:
    """Put questions first in this order; the others follow as they were."""
    with project.change(N_("Reorder the questions")) as session:
        set_order(session, Question, questions)


def remove(project: Project, questions: Sequence[bytes]) -> None:
    """Remove questions from the guide."""
    numbers = names_of(project, Question, questions)
    with project.change(N_("Remove question {numbers}"), numbers=numbers) as session:
        remove_all_or_raise(session, Question, questions)


def import_table(project: Project, rows: Sequence[TableRow]) -> RowsAdded:
    """Add questions from a table, or update those whose number is known; all or nothing.

    Columns: number, question, codes (keys with `;`), not_asked (sources with `;`). A column that is not there
    changes nothing. Raises UserError with every row that can't be used.
    """
    with project.change(N_("Take over an interview guide ({count})"), count=len(rows)) as session:
        codes, sources = (ids_by_name(session.connection(), kind) for kind in (Code, Source))
        told = parse_rows(rows, lambda _number, row: _understand(row, codes, sources))
        known = ids_by_name(session.connection(), Question)
        refuse_duplicates([each.number for each in told])
        _write(session, told, known)
        old = sum(each.number in known for each in told)
        return RowsAdded(len(told) - old, old)


def parse_keys(kind: type[Code | Source], cell: str, known: dict[str, bytes]) -> list[bytes]:
    """The ids of the rows that a cell lists; raises UserError where one is unknown."""
    keys = split_list(cell)
    for key in keys:
        if key not in known:
            raise unknown_error(kind, key, known)
    return [known[key] for key in keys]


def refuse_duplicates(numbers: Sequence[str]) -> None:
    """Raise UserError where a number stands in a table twice."""
    twice = {number for number in numbers if numbers.count(number) > 1}
    if twice:
        raise UserError(_("Number {number} stands in the table twice.").format(number=min(twice)))


def _understand(row: TableRow, codes: dict[str, bytes], sources: dict[str, bytes]) -> _Told:
    return _Told(
        validate_key(Question, cell_text(row, "number")),
        cell_text(row, "question"),
        parse_keys(Code, row["codes"], codes) if "codes" in row else None,
        parse_keys(Source, row["not_asked"], sources) if "not_asked" in row else None,
    )


def _write(session: Session, told: Sequence[_Told], known: dict[str, bytes]) -> None:
    fresh = [each for each in told if each.number not in known]
    first = next_position(session, Question)
    rows: list[dict[str, Any]] = [
        {"number": each.number, "text": _text(each.text), "position": first + place}
        for place, each in enumerate(fresh)
    ]
    ids = known | dict(
        zip((each.number for each in fresh), insert_rows(session, Question, rows), strict=True)
    )
    texts = [{"id": known[e.number], "text": e.text} for e in told if e.number in known and e.text]
    set_values(session, Question, texts)
    for each in told:
        if each.codes is not None:
            _set_codes(session, ids[each.number], each.codes)
        if each.not_asked is not None:
            set_pairs(
                session, Asked, ("question_id", ids[each.number]), "source_id", each.not_asked, asked=False
            )


def _set_codes(session: Session, question: bytes, codes: Sequence[bytes]) -> None:
    set_pairs(session, QuestionCode, ("question_id", question), "code_id", codes)


def _text(text: str) -> str:
    if not text.strip():
        raise UserError(_("A question needs words."))
    return text.strip()
