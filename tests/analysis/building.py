"""A small study for counting tests, said in a few words: `study.source("A1", "I=A1: Ya, begitu.")`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from qualcoder_lite.coding.counting.counted import counted
from qualcoder_lite.coding.counting.references import current_evidence, pair
from qualcoder_lite.store.ids import new_id
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import (
    Asked,
    Attribute,
    AttributeValue,
    Cell,
    Code,
    Coder,
    Coding,
    Informant,
    Question,
    QuestionCode,
    Source,
    SourceInformant,
    SourceText,
    Speaker,
    Turn,
)

ROLES = {"P": "interviewer", "D": "descriptive", "R": "reflective"}


class StudyBuilder:
    """Puts rows into a study; every method gives the id of what it made."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.ids: dict[tuple[str, str], bytes] = {}
        self.texts: dict[str, str] = {}

    def _add(self, table: type, called: str, /, **values: Any) -> bytes:
        row = new_id()
        with self.project.change("Add {name}", name=called) as session:
            session.add(table(id=row, **values))
        self.ids[table.__tablename__, called] = row
        return row

    def coder(self, name: str) -> bytes:
        with self.project.read() as connection:
            known = connection.scalar(select(Coder.id).where(Coder.name == name))
        return known or self._add(Coder, name, name=name)

    def informant(self, alias: str, **attributes: str) -> bytes:
        row = self._add(Informant, alias, alias=alias, position=len(self.ids))
        for name, value in attributes.items():
            attribute = self.ids.get(("attribute", name)) or self._add(Attribute, name, name=name)
            self._add(AttributeValue, alias + name, attribute_id=attribute, informant_id=row, value=value)
        return row

    def code(self, key: str, parent: str | None = None, kind: str = "dimension", **values: Any) -> bytes:
        parent_id = self.ids["code", parent] if parent else None
        return self._add(Code, key, key=key, parent_id=parent_id, kind=kind, position=len(self.ids), **values)

    def source(
        self, key: str, *turns: str, technique: str = "interview", status: str = "done", **values: Any
    ) -> bytes:
        """Turns are `P: …` for a role, `A1: …` for an informant, or plain text outside turns."""
        row = self._add(
            Source, key, key=key, technique=technique, status=status, position=len(self.ids), **values
        )
        text, ranges = "", []
        for turn in turns:
            label, _colon, speech = turn.partition(": ")
            if speech:
                start = len(text) + len(label) + 2
                ranges.append((label, start, start + len(speech)))
            text += turn + "\n"
        self._add(SourceText, key, source_id=row, text=text)
        for label, start, end in ranges:
            speaker = self._speaker(row, key, label)
            self._add(Turn, f"{key}{start}", source_id=row, speaker_id=speaker, start=start, end=end)
        self.texts[key] = text
        return row

    def _speaker(self, source: bytes, key: str, label: str) -> bytes:
        known = self.ids.get(("speaker", key + label))
        if known:
            return known
        role = ROLES.get(label, "informant")
        informant = self.ids.get(("informant", label))
        return self._add(
            Speaker, key + label, source_id=source, label=label, role=role, informant_id=informant
        )

    def link(self, source: str, informant: str) -> bytes:
        ids = self.ids["source", source], self.ids["informant", informant]
        return self._add(SourceInformant, source + informant, source_id=ids[0], informant_id=ids[1])

    def coding(
        self,
        source: str,
        quote: str | tuple[int, int],
        code: str,
        polarity: str | None = None,
        coder: str = "C1",
        evidence: str = "account",
    ) -> bytes:
        if isinstance(quote, str):
            start = self.texts[source].index(quote)
            quote = (start, start + len(quote))
        return self._add(
            Coding,
            f"{source}{quote}{code}{coder}",
            source_id=self.ids["source", source],
            start=quote[0],
            end=quote[1],
            code_id=self.ids["code", code],
            coder_id=self.coder(coder),
            polarity=polarity,
            evidence=evidence,
        )

    def question(self, number: str, *codes: str, not_asked: tuple[str, ...] = ()) -> bytes:
        row = self._add(Question, number, number=number, text=f"Question {number}?", position=len(self.ids))
        for code in codes:
            self._add(QuestionCode, number + code, question_id=row, code_id=self.ids["code", code])
        for source in not_asked:
            self._add(
                Asked, number + source, question_id=row, source_id=self.ids["source", source], asked=False
            )
        return row

    def cell(self, one: str, other: str, **values: Any) -> bytes:
        """`one` and `other` as `code:R`, `informant:A1`, `study:`; what it sees is what is there now."""
        refs = [self._reference(one), self._reference(other)]
        first, second = pair(*refs)
        now = current_evidence(counted(self.project), first, second)
        return self._add(Cell, one + other, first=first, second=second, seen=now, **values)

    def _reference(self, word: str) -> str:
        kind, _colon, key = word.partition(":")
        return f"{kind}:{self.ids[kind, key].hex()}" if (kind, key) in self.ids else word


def cells_of(matrix: Any) -> dict[tuple[str, str], dict[str, Any]]:
    """The cells of a matrix by the keys of row and column."""
    records = matrix.cells.to_dict("records")
    return {(matrix.rows[r["row"]].key, matrix.columns[r["column"]].key): r for r in records}


def signs_of(cell: dict[str, Any]) -> dict[str, int]:
    """The signs of a cell that are not zero."""
    return {sign: int(cell[sign]) for sign in ("+", "-", "0", "±", "none") if cell[sign]}
