"""Memos (catatan): on a row of any table, on a range of a text, or free."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from qualcoder_lite.coding.rows import get_all_or_raise, get_or_raise, message_by_count, remove_all_or_raise
from qualcoder_lite.coding.tables.finding import kind_label
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import JOURNALLED, Memo, Source


def add(project: Project, text: str, title: str = "") -> bytes:
    """Add a free memo; return its id. Raises UserError where nothing is written."""
    with project.change(N_("Add a memo")) as session:
        return _insert(session, Memo(title=title.strip(), text=text))


def add_about(project: Project, table: str, row: bytes, text: str, title: str = "") -> bytes:
    """Add a memo about a row of any table (`code`, `coding`, `source`, `informant`, …); return its id."""
    with project.change(N_("Add a memo"), table=table) as session:
        get_or_raise(session, JOURNALLED[table], row)
        return _insert(session, Memo(title=title.strip(), text=text, about_table=table, about_id=row))


def add_about_many(
    project: Project, table: str, rows: Sequence[bytes], text: str, title: str = ""
) -> list[bytes]:
    """Add a memo of the same words about each of several rows as one step; return their ids in order."""
    message = message_by_count(len(rows), N_("Add a memo"), N_("Add {count} memos"))
    with project.change(message, table=table, count=len(rows)) as session:
        get_all_or_raise(session, JOURNALLED[table], rows)
        made = [Memo(title=title.strip(), text=text, about_table=table, about_id=row) for row in rows]
        return [_insert(session, memo) for memo in made]


def add_on_range(project: Project, source: bytes, start: int, end: int, text: str, title: str = "") -> bytes:
    """Add a memo on a range of a text (code points, end exclusive); return its id.

    Raises UserError where the range is not in the text, or nothing is written.
    """
    with project.change(N_("Add a memo on a passage")) as session:
        characters = get_or_raise(session, Source, source).characters
        if not 0 <= start < end <= characters:
            raise UserError(
                _("The range {start}–{end} is not in its text of {count} characters.").format(
                    start=start, end=end, count=characters
                )
            )
        memo = Memo(title=title.strip(), text=text, source_id=source, start=start, end=end)
        return _insert(session, memo)


def edit(project: Project, memo: bytes, text: str | None = None, title: str | None = None) -> None:
    """Change the text or title of a memo."""
    with project.change(N_("Edit a memo")) as session:
        row = get_or_raise(session, Memo, memo)
        row.text = row.text if text is None else text
        row.title = row.title if title is None else title.strip()
        _refuse_empty(row)


def remove(project: Project, memos: Sequence[bytes]) -> None:
    """Remove memos."""
    message = message_by_count(len(memos), N_("Remove a memo"), N_("Remove {count} memos"))
    with project.change(message, count=len(memos)) as session:
        remove_all_or_raise(session, Memo, memos)


def _insert(session: Session, memo: Memo) -> bytes:
    _refuse_empty(memo)
    session.add(memo)
    session.flush()
    return memo.id


def _refuse_empty(memo: Memo) -> None:
    if not memo.text.strip() and not memo.title:
        raise UserError(_("Nothing is written in this {thing}.").format(thing=kind_label(Memo)))
