"""Checking a study: the file, the references between rows, and that every range lies in its text."""

from __future__ import annotations

from sqlalchemy import func, select

from qualcoder_lite.i18n import N_, _
from qualcoder_lite.store.connection import check_whole, lost_references
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Coding, Source, SourceText, Turn

FINDINGS = {
    "codings": N_("Codings outside their text: {number}"),
    "turns": N_("Turns outside their text: {number}"),
    "lengths": N_("Sources whose length is noted wrongly: {number}"),
}


def check(project: Project) -> list[str]:
    """What is wrong with a study, in words; nothing where all is well. A damaged file raises UserError."""
    check_whole(project.path)
    with project.read() as connection:
        length = func.length(SourceText.text)
        found = {
            name: connection.scalar(
                select(func.count())
                .select_from(kind)
                .join(SourceText, SourceText.source_id == kind.source_id)
                .where((kind.start < 0) | (kind.start >= kind.end) | (kind.end > length))
            )
            for name, kind in (("codings", Coding), ("turns", Turn))
        }
        lengths = select(func.count()).select_from(Source).join(SourceText, SourceText.source_id == Source.id)
        found["lengths"] = connection.scalar(lengths.where(Source.characters != length))
        lost = lost_references(connection)
    problems = [_(FINDINGS[name]).format(number=number) for name, number in found.items() if number]
    return problems + (
        [_("References to rows that are not there: {number}").format(number=lost)] if lost else []
    )
