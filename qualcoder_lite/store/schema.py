"""The tables of a study, named by the words of the field; every row says who made and changed it, and when.

Foreign keys are deferred, so that undo may put rows back in any order. `belongs` says that a row goes with
its owner, `refers` that the reference is emptied; `journal.remove` follows both. There is no UNIQUE besides
the id: actions check, because two copies of a study may be merged later.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column, validates

from qualcoder_lite.store.columns import Base, Row, belongs, key, refers
from qualcoder_lite.store.digests import digest_of

APPLICATION_ID = 0x51434C31  # "QCL1" in the header of the file
SCHEMA = 5  # the number of the newest migration


class Study(Row):
    """The study itself: one row."""

    __tablename__ = "study"
    title: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")  # how the study defines emic and etic: the method paragraph
    citation: Mapped[str] = mapped_column(default="")  # template of citation codes


class Coder(Row):
    """Who codes."""

    __tablename__ = "coder"
    name: Mapped[str]
    colour: Mapped[int | None]


class Source(Row):
    """An imported text (bahan data); `key` is its citation code."""

    __tablename__ = "source"
    key: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    technique: Mapped[str] = mapped_column(default="document")
    date: Mapped[str | None]  # ISO
    time: Mapped[str | None]  # HH:MM
    place: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    status: Mapped[str] = mapped_column(default="not_started")
    summary: Mapped[str] = mapped_column(default="")
    header: Mapped[dict[str, Any]] = mapped_column(default=dict)  # header block as read, without the name
    characters: Mapped[int] = mapped_column(default=0)
    line_rule: Mapped[dict[str, Any]] = mapped_column(default=dict)  # how lines are broken for citing
    origin: Mapped[str] = mapped_column(default="")  # name of the file
    encoding: Mapped[str] = mapped_column(default="")
    content_id: Mapped[bytes | None]


class SourceText(Row):
    """The text of a source. `marks`: one packed list, see `coding.importing.marks`; `digest` shows damage."""

    __tablename__ = "source_text"
    source_id: Mapped[bytes] = belongs("source")
    text: Mapped[str] = mapped_column(info={"splices": True})
    marks: Mapped[list[Any]] = mapped_column(default=list)
    digest: Mapped[str] = mapped_column(info={"digest_of": "text"})  # SHA-256, see `store.digests`

    @validates("text")
    def _note_digest(self, _name: str, text: str) -> str:
        self.digest = digest_of(text)
        return text


class Speaker(Row):
    """A label of a source: what its role is and which informant speaks under it."""

    __tablename__ = "speaker"
    source_id: Mapped[bytes] = belongs("source")
    label: Mapped[str]
    role: Mapped[str]
    informant_id: Mapped[bytes | None] = refers("informant")
    sure: Mapped[bool] = mapped_column(default=True)


class Turn(Row):
    """A stretch spoken under one label (giliran); `time` in milliseconds of the recording."""

    __tablename__ = "turn"
    source_id: Mapped[bytes] = belongs("source", index=False)
    speaker_id: Mapped[bytes] = belongs("speaker", index=False)
    start: Mapped[int]
    end: Mapped[int]
    time: Mapped[int | None]
    utterance: Mapped[str | None]
    # the second one holds all that counting needs, so that matrices never read the wide rows
    __table_args__ = (Index(None, "source_id", "start"), Index(None, "speaker_id", "start", "end"))


class Informant(Row):
    """A person by alias; class key, main or additional. Real names never come in here."""

    __tablename__ = "informant"
    alias: Mapped[str]
    class_: Mapped[str] = mapped_column("class", default="main")
    consent: Mapped[str] = mapped_column(default="given")
    position: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(default="")


class SourceInformant(Row):
    """An informant linked to a source as a whole (for sources without turns)."""

    __tablename__ = "source_informant"
    source_id: Mapped[bytes] = belongs("source")
    informant_id: Mapped[bytes] = belongs("informant")


class Attribute(Row):
    """A typed property of informants: text, number, date or choice."""

    __tablename__ = "attribute"
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(default="text")
    position: Mapped[int] = mapped_column(default=0)


class AttributeValue(Row):
    """The value of an attribute for one informant."""

    __tablename__ = "attribute_value"
    attribute_id: Mapped[bytes] = belongs("attribute")
    informant_id: Mapped[bytes] = belongs("informant")
    value: Mapped[str]


class Code(Row):
    """A code (kode): etic from theory, or emic in the informants' words."""

    __tablename__ = "code"
    key: Mapped[str]
    parent_id: Mapped[bytes | None] = refers("code")
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(default="indicator")
    perspective: Mapped[str] = mapped_column(default="etic")
    reference: Mapped[str] = mapped_column(default="")
    colour: Mapped[int | None]  # 1 to 16 of the palette; none: the parent's
    polarity_hint: Mapped[str | None]
    shortcut: Mapped[str | None]


class Wording(Row):
    """A code in one language: name, definition, include, exclude, example, what + and − mean."""

    __tablename__ = "wording"
    code_id: Mapped[bytes] = belongs("code")
    language: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    definition: Mapped[str] = mapped_column(default="")
    include: Mapped[str] = mapped_column(default="")
    exclude: Mapped[str] = mapped_column(default="")
    example: Mapped[str] = mapped_column(default="")
    plus: Mapped[str] = mapped_column(default="")
    minus: Mapped[str] = mapped_column(default="")


class CodeLink(Row):
    """An emic code linked to the etic code under which the researcher reads it."""

    __tablename__ = "code_link"
    emic_id: Mapped[bytes] = belongs("code")
    etic_id: Mapped[bytes] = belongs("code")
    note: Mapped[str] = mapped_column(default="")


class Coding(Row):
    """A passage tagged with a code by a coder (pengodean)."""

    __tablename__ = "coding"
    source_id: Mapped[bytes] = belongs("source", index=False)
    start: Mapped[int]
    end: Mapped[int]
    code_id: Mapped[bytes] = belongs("code")
    coder_id: Mapped[bytes] = belongs("coder")
    polarity: Mapped[str | None]
    evidence: Mapped[str] = mapped_column(default="account")
    starred: Mapped[bool] = mapped_column(default=False)
    condensation: Mapped[str] = mapped_column(default="")
    __table_args__ = (Index(None, "source_id", "start"),)


class CodingLink(Row):
    """A link drawn between two codings: because, leads_to, hinders, supports, contradicts."""

    __tablename__ = "coding_link"
    from_id: Mapped[bytes] = belongs("coding")
    to_id: Mapped[bytes] = belongs("coding")
    kind: Mapped[str]
    note: Mapped[str] = mapped_column(default="")


class Memo(Row):
    """A note (catatan): on a row of any table, on a range of a text, or free."""

    __tablename__ = "memo"
    title: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    about_table: Mapped[str | None]
    about_id: Mapped[bytes | None] = mapped_column(index=True)
    source_id: Mapped[bytes | None] = mapped_column(key("source"), index=True, info={"belongs": True})
    start: Mapped[int | None]
    end: Mapped[int | None]


class Cell(Row):
    """What the researcher writes for an unordered pair of references (sel); `first` sorts before `second`.

    A reference is `kind:value`: code, informant or source with the id in hex, technique with its word,
    attribute with id and value, or `study:`. `seen` is the evidence that the written cell saw.
    """

    __tablename__ = "cell"
    first: Mapped[str] = mapped_column(index=True)
    second: Mapped[str] = mapped_column(index=True)
    emic_summary: Mapped[str] = mapped_column(default="")
    etic_reading: Mapped[str] = mapped_column(default="")
    theory: Mapped[str] = mapped_column(default="")
    conclusion: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(default="unjudged")
    reason: Mapped[str] = mapped_column(default="")
    gap_note: Mapped[str] = mapped_column(default="")
    not_applicable: Mapped[bool] = mapped_column(default=False)
    seen: Mapped[list[Any]] = mapped_column(default=list)


class CellEvidence(Row):
    """A coding chosen as evidence of a cell, in order."""

    __tablename__ = "cell_evidence"
    cell_id: Mapped[bytes] = belongs("cell")
    coding_id: Mapped[bytes] = belongs("coding")
    position: Mapped[int] = mapped_column(default=0)


class MemberCheck(Row):
    """What an informant said when the researcher showed a statement: agrees, corrects or rejects."""

    __tablename__ = "member_check"
    informant_id: Mapped[bytes] = belongs("informant")
    cell_id: Mapped[bytes | None] = refers("cell")
    statement: Mapped[str]
    date: Mapped[str | None]
    method: Mapped[str] = mapped_column(default="")
    verdict: Mapped[str]
    correction: Mapped[str] = mapped_column(default="")


class Claim(Row):
    """A statement of the study (pernyataan) with its polarity and status."""

    __tablename__ = "claim"
    number: Mapped[str]
    text: Mapped[dict[str, Any]] = mapped_column(default=dict)  # language -> sentence
    polarity: Mapped[str | None]
    status: Mapped[str] = mapped_column(default="no_evidence")
    theory: Mapped[str] = mapped_column(default="")
    reference: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)


class ClaimCode(Row):
    """A code that a claim speaks of."""

    __tablename__ = "claim_code"
    claim_id: Mapped[bytes] = belongs("claim")
    code_id: Mapped[bytes] = belongs("code")


class ClaimEvidence(Row):
    """A coding that speaks for or against a claim, in order."""

    __tablename__ = "claim_evidence"
    claim_id: Mapped[bytes] = belongs("claim")
    coding_id: Mapped[bytes] = belongs("coding")
    side: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)


class ClaimAnswer(Row):
    """The answer to a coding that opposes a claim: changes, explained or elsewhere, with the reason."""

    __tablename__ = "claim_answer"
    claim_id: Mapped[bytes] = belongs("claim")
    coding_id: Mapped[bytes] = belongs("coding")
    answer: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")


class Question(Row):
    """A question of the interview guide."""

    __tablename__ = "question"
    number: Mapped[str]
    text: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)


class QuestionCode(Row):
    """A code that a question asks about."""

    __tablename__ = "question_code"
    question_id: Mapped[bytes] = belongs("question")
    code_id: Mapped[bytes] = belongs("code")


class Asked(Row):
    """Whether a question was asked in a source; without a row it was."""

    __tablename__ = "asked"
    question_id: Mapped[bytes] = belongs("question")
    source_id: Mapped[bytes] = belongs("source")
    asked: Mapped[bool]


class SavedQuery(Row):
    """A search for passages kept by name; `definition` is what the query was asked."""

    __tablename__ = "saved_query"
    name: Mapped[str]
    definition: Mapped[dict[str, Any]] = mapped_column(default=dict)
    position: Mapped[int] = mapped_column(default=0)


class Milestone(Row):
    """A named moment of the history, such as a supervision: all steps up to `step` were before it."""

    __tablename__ = "milestone"
    name: Mapped[str]
    step: Mapped[int]
    note: Mapped[str] = mapped_column(default="")


JOURNALLED: dict[str, type[Row]] = {
    kind.__tablename__: kind
    for kind in sorted(
        (mapper.class_ for mapper in Base.registry.mappers), key=lambda kind: kind.__tablename__
    )
    if issubclass(kind, Row)
}
