"""Sources put into a study without a file, for tests that are not about reading."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from qualcoder_lite.store.columns import Row
from qualcoder_lite.store.journal import insert_rows
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Source, SourceText, Speaker, Turn


def add_source(
    project: Project,
    key: str,
    text: str,
    technique: str = "interview",
    turns: Sequence[tuple[int, int]] = (),
) -> bytes:
    """Add a source with a text; its turns are spoken by P and I in turn."""
    with project.change("Add a source") as session:
        values = {"key": key, "technique": technique, "characters": len(text)}
        [source] = insert_rows(session, Source, [values])
        insert_rows(session, SourceText, [{"source_id": source, "text": text, "marks": []}])
        labels = [("P", "interviewer"), ("I", "informant")] if turns else []
        speakers = [{"source_id": source, "label": label, "role": role} for label, role in labels]
        made = insert_rows(session, Speaker, speakers)
        rows = [
            {"source_id": source, "speaker_id": made[number % 2], "start": start, "end": end}
            for number, (start, end) in enumerate(turns)
        ]
        insert_rows(session, Turn, rows)
    return source


def values(project: Project, kind: type[Row], *names: str) -> list[tuple[object, ...]]:
    """These columns of all rows of a table, in the order in which the rows were made."""
    columns = kind.__table__.c
    with project.read() as connection:
        rows = connection.execute(select(*(columns[name] for name in names)).order_by(columns.id))
        return [tuple(row) for row in rows]
