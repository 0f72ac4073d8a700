"""Make the study file that stands for a schema: a row in every table, and a history to undo and redo.

Run once when a schema is released, and never again for the same one: `python -m tests.projects.make`.
Everything in it is fictional.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Column, Integer, Table, insert
from sqlalchemy.orm import Session

from qualcoder_lite.store import journal_tables  # noqa: F401 - it fills the metadata
from qualcoder_lite.store.columns import RawId
from qualcoder_lite.store.creating import new_study
from qualcoder_lite.store.digests import digest_of
from qualcoder_lite.store.ids import new_id, new_ids
from qualcoder_lite.store.journal import insert_rows, remove, update_each
from qualcoder_lite.store.journal_tables import Content, Tombstone
from qualcoder_lite.store.project import Project, open_study
from qualcoder_lite.store.schema import JOURNALLED, SCHEMA, Code, Coding, Memo, SourceText
from qualcoder_lite.store.undo import undo

FOLDER = Path(__file__).parent
TEXT = "P: Bagaimana layanan di kota?\nI: Sering mentok di kota, Pak. 😀\n" * 20
WORDS: dict[str, Any] = {
    "attribute.kind": "choice",
    "cell.seen": [],
    "cell.second": "study:",
    "cell.status": "unjudged",
    "claim.polarity": "-",
    "claim.status": "no_evidence",
    "claim.text": {"id": "Pernyataan rekaan.", "en": "A fictional claim."},
    "claim_answer.answer": "explained",
    "claim_evidence.side": "for",
    "code.kind": "indicator",
    "code.parent_id": None,
    "code.perspective": "emic",
    "code.polarity_hint": "-",
    "coding.end": 50,
    "coding.evidence": "account",
    "coding.polarity": "-",
    "coding.start": 35,
    "coding_link.kind": "because",
    "informant.class": "key",
    "informant.consent": "given",
    "member_check.verdict": "agrees",
    "memo.about_table": "code",
    "source.characters": len(TEXT),
    "source.date": "2024-05-06",
    "source.header": {"Kode": "key 0"},
    "source.line_rule": {"width": 80},
    "source.status": "in_progress",
    "source.technique": "interview",
    "source.time": "09:30",
    "source_text.marks": [],
    "source_text.text": TEXT,
    "saved_query.definition": {},
    "speaker.role": "informant",
    "turn.end": 64,
    "turn.start": 33,
    "wording.language": "id",
}


def main() -> None:
    """Make the file of the present schema beside this script."""
    path = FOLDER / f"{SCHEMA:04}.qcl"
    new_study(path, "Studi rekaan (fictional)", coder="Peneliti")
    with open_study(path, coder="Peneliti") as project:
        fill_every_table(project)
        make_history(project)


def fill_every_table(project: Project) -> None:
    """Put two rows into every table; the first ones point to each other, and so do the second ones."""
    with project.change("Fill every table") as session:
        tables = [kind for name, kind in JOURNALLED.items() if name not in ("study", "coder")]
        ids = {kind.__tablename__: new_ids(2) for kind in tables}
        ids |= {"coder": [session.info["coder_id"]] * 2, "content": [add_what_no_step_undoes(session)] * 2}
        for kind in tables:
            rows = [row_of(kind.__table__, number, ids) for number in (0, 1)]  # type: ignore[arg-type]
            insert_rows(session, kind, rows)


def add_what_no_step_undoes(session: Session) -> bytes:
    """Add a row to the tables outside the journal; give the id of the content."""
    content = new_id()
    connection = session.connection()
    connection.execute(insert(Content).values(id=content, digest=digest_of(TEXT), data=TEXT.encode()))
    connection.execute(insert(Tombstone).values(row=new_id(), table="memo", at=1_700_000_000_000))
    return content


def row_of(table: Table, number: int, ids: dict[str, list[bytes]]) -> dict[str, Any]:
    """A made-up row: words that the program knows where it has a choice, else the column's name."""
    skipped = ("id", "created_at", "created_by", "modified_at", "modified_by")
    values = {c.name: value_of(c, number, ids) for c in table.columns if c.name not in skipped}
    return values | {"id": ids[table.name][number]}


def value_of(column: Column[Any], number: int, ids: dict[str, list[bytes]]) -> Any:
    """A made-up value for a column."""
    name = f"{column.table.name}.{column.name}"
    if name in WORDS:
        return WORDS[name]
    if name == "cell.first":
        return f"code:{ids['code'][number].hex()}"
    if isinstance(column.type, RawId):
        targets = [key.column.table.name for key in column.foreign_keys]
        return ids[(targets or ["content" if column.name == "content_id" else "code"])[0]][number]
    if isinstance(column.type, Boolean):
        return number == 0
    return number if isinstance(column.type, Integer) else f"{column.name} {number}"


def make_history(project: Project) -> None:
    """Change, splice and remove rows in a step each, and leave the last of them undone."""
    with project.change("Rename code {name}", name="K1") as session:
        session.query(Code).order_by(Code.id).first().key = "K1"  # type: ignore[union-attr]
    with project.change("Edit the text") as session:
        found = session.query(SourceText).all()
        rows = [{"id": row.id, "text": row.text.replace("kota", "desa", 1)} for row in found]
        update_each(session, SourceText, rows)
    with project.change("Remove a memo") as session:
        remove(session, Memo, [session.query(Memo).order_by(Memo.id.desc()).first().id])  # type: ignore[union-attr]
    with project.change("Remove a coding") as session:
        remove(session, Coding, [session.query(Coding).order_by(Coding.id.desc()).first().id])  # type: ignore[union-attr]
    undo(project)


if __name__ == "__main__":
    main()
