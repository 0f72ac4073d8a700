"""Putting rows into a study by hand, for tests of what goes out of it. Everything is fictional."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from qualcoder_lite.coding.counting.references import pair
from qualcoder_lite.store import schema
from qualcoder_lite.store.ids import new_id
from qualcoder_lite.store.journal import insert_rows


@dataclass
class Filling:
    """Adds rows inside one step, by words."""

    session: Session
    ids: dict[tuple[str, str], bytes] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def add(self, table: type[Any], name: str = "", /, **values: Any) -> bytes:
        row = new_id()
        values = {"position": len(self.ids), **values} if "position" in table.__table__.c else values
        insert_rows(self.session, table, [{"id": row, **values}])
        self.ids[table.__tablename__, name] = row
        return row

    def code(
        self, key: str, parent: str = "", kind: str = "indicator", name: str = "", **values: Any
    ) -> None:
        above = self.ids["code", parent] if parent else None
        row = self.add(schema.Code, key, key=key, parent_id=above, kind=kind, **values)
        for language, wording in (("id", name or f"Nama {key}"), ("en", f"Name {key}")):
            self.add(schema.Wording, code_id=row, language=language, name=wording)

    def informant(self, alias: str, class_: str = "main", **attributes: str) -> None:
        person = self.add(schema.Informant, alias, alias=alias, **{"class": class_})
        for name, value in attributes.items():
            if ("attribute", name) not in self.ids:
                self.add(schema.Attribute, name, name=name)
            attribute = self.ids["attribute", name]
            self.add(schema.AttributeValue, attribute_id=attribute, informant_id=person, value=value)

    def source(self, key: str, text: str, technique: str = "interview", **values: Any) -> None:
        settled = {"title": f"Judul {key}", "status": "done", "characters": len(text), **values}
        row = self.add(schema.Source, key, key=key, technique=technique, **settled)
        self.add(schema.SourceText, source_id=row, text=text)
        self.texts[key] = text

    def turns(self, key: str, speakers: dict[str, tuple[str, str]]) -> None:
        """Make a turn of every line that starts with a label: label -> (role, alias)."""
        rows = {}
        for label, (role, alias) in speakers.items():
            person = self.ids["informant", alias] if alias else None
            of = self.ids["source", key]
            values = {"source_id": of, "label": label, "role": role, "informant_id": person}
            rows[label] = self.add(schema.Speaker, f"{key} {label}", **values)
        at = 0
        for line in self.texts[key].split("\n"):
            label = line.split(":")[0].strip()
            start = at + line.find(":") + 2
            if ":" in line and label in rows:
                of = self.ids["source", key]
                self.add(schema.Turn, source_id=of, speaker_id=rows[label], start=start, end=at + len(line))
            at += len(line) + 1

    def coding(self, key: str, quote: str, code: str, polarity: str | None = None, **values: Any) -> bytes:
        start = self.texts[key].index(quote)
        place = {"source_id": self.ids["source", key], "start": start, "end": start + len(quote)}
        coder = values.pop("coder", None) or self.session.info["coder_id"]
        meaning = {"code_id": self.ids["code", code], "coder_id": coder, "polarity": polarity}
        return self.add(schema.Coding, f"{key} {quote} {code}", **place, **meaning, **values)

    def cell(self, one: str, other: str, **values: Any) -> bytes:
        first, second = pair(self.reference(one), self.reference(other))
        return self.add(schema.Cell, first=first, second=second, **values)

    def reference(self, word: str) -> str:
        kind, value = word.split(":", 1)
        if kind in ("study", "technique"):
            return word
        name, equals, rest = value.partition("=")
        return f"{kind}:{self.ids[kind, name].hex()}{equals}{rest}"
