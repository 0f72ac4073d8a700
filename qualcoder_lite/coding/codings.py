"""Codings (pengodean): passages tagged with codes; changing, linking and removing them, singly and many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from qualcoder_lite.coding import vocabulary
from qualcoder_lite.coding.codes import insert, next_emic_key, reason_parameter
from qualcoder_lite.coding.folding import fold_twins
from qualcoder_lite.coding.rows import (
    get_all_or_raise,
    get_or_raise,
    message_by_count,
    remove_all_or_raise,
    set_values,
)
from qualcoder_lite.coding.tables import codings as coding_table
from qualcoder_lite.coding.tables.codings import CodingsAdded
from qualcoder_lite.coding.tables.finding import name_of
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import N_, _, language
from qualcoder_lite.store.journal import insert_rows
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Code, Coding, CodingLink, Source, SourceText

NAME_LENGTH = 80  # characters of a passage that become the name of an in-vivo code


@dataclass(frozen=True)
class Range:
    """A range of a source's text: code points, end exclusive."""

    source: bytes
    start: int
    end: int


def apply(
    project: Project,
    source: bytes,
    start: int,
    end: int,
    code: bytes,
    polarity: str | None = None,
    evidence: str | None = None,
    starred: bool = False,
    condensation: str = "",
) -> bytes:
    """Tag a range with a code as the working coder; return the coding's id.

    The same coder has a code at most once on a range: the existing coding is then returned, unchanged.
    Where no kind of evidence is given, it follows from the technique of the source. Raises UserError where
    the range is empty, outside the text or all white space, or a word is unknown.
    """
    details = {
        "polarity": vocabulary.parse_polarity(polarity),
        "starred": starred,
        "condensation": condensation,
    }
    if evidence is not None:
        details["evidence"] = vocabulary.parse_choice(vocabulary.EVIDENCE, evidence)
    parameters = {"code": name_of(project, Code, code), "source": name_of(project, Source, source)}
    with project.change(N_("Code a passage of {source} with {code}"), **parameters) as session:
        return tag(session, [Range(source, start, end)], code, details)[0]


def apply_many(
    project: Project,
    ranges: Sequence[Range],
    code: bytes,
    polarity: str | None = None,
    evidence: str | None = None,
) -> list[bytes]:
    """Tag many ranges with a code as one step; return the codings' ids in order. See `apply`."""
    details: dict[str, Any] = {"polarity": vocabulary.parse_polarity(polarity)}
    if evidence is not None:
        details["evidence"] = vocabulary.parse_choice(vocabulary.EVIDENCE, evidence)
    parameters = {"code": name_of(project, Code, code), "count": len(ranges)}
    message = message_by_count(
        len(ranges), N_("Code a passage with {code}"), N_("Code {count} passages with {code}")
    )
    with project.change(message, **parameters) as session:
        return tag(session, ranges, code, details)


def apply_in_vivo(
    project: Project, source: bytes, start: int, end: int, name: str = "", parent: bytes | None = None
) -> tuple[bytes, bytes]:
    """Make an emic code named by the words of a range and tag the range with it; return code and coding.

    The name may be given; the key is the next free one of `E1`, `E2`, … See `apply` for what is refused.
    """
    parameters = {"source": name_of(project, Source, source)}
    with project.change(N_("Code a passage of {source} in the informant's words"), **parameters) as session:
        said = passage(session, Range(source, start, end))
        wording = {language(): {"name": name.strip() or " ".join(said.split())[:NAME_LENGTH]}}
        key = next_emic_key(session)
        code = insert(session, key, parent, wording, kind="theme", perspective="emic")
        return code, tag(session, [Range(source, start, end)], code, {})[0]


def tag(session: Session, ranges: Sequence[Range], code: bytes, details: Mapping[str, Any]) -> list[bytes]:
    """Tag ranges with a code as the working coder within a step; ranges that have it stay as they are."""
    get_or_raise(session, Code, code)
    coder = session.info["coder_id"]
    there = _tagged(session, ranges, code, coder)
    usual: dict[bytes, str] = {}
    fresh: dict[tuple[bytes, int, int], dict[str, Any]] = {}
    for each in ranges:
        place = (each.source, each.start, each.end)
        if place in there or place in fresh:
            continue
        passage(session, each)
        usual.setdefault(each.source, _usual_evidence(session, each.source))
        plain = {"polarity": None, "evidence": usual[each.source], "starred": False, "condensation": ""}
        where = {"source_id": each.source, "start": each.start, "end": each.end}
        fresh[place] = {**where, "code_id": code, "coder_id": coder, **plain, **details}
    made = insert_rows(session, Coding, list(fresh.values()))
    there.update(zip(fresh, made, strict=True))
    return [there[each.source, each.start, each.end] for each in ranges]


def passage(session: Session, each: Range) -> str:
    """The words of a range. Raises UserError where it is empty, outside the text, or all white space."""
    source = get_or_raise(session, Source, each.source)
    if not 0 <= each.start < each.end <= source.characters:
        raise UserError(
            _("The range {start}–{end} is not in the text of {source}.").format(
                start=each.start, end=each.end, source=source.key
            ),
            _("The text has {count} characters.").format(count=source.characters),
        )
    words_there = _text(session, each.source)[each.start : each.end]
    if not words_there.strip():
        raise UserError(
            _("There is nothing but white space in this range of {source}.").format(source=source.key)
        )
    return words_there


def _text(session: Session, source: bytes) -> str:
    """A text. The one read last stays, since reading 5 MB takes half as long as all else of a step."""
    kept: dict[bytes, str] = session.info["texts"]
    if source not in kept:
        text = str(session.scalar(select(SourceText.text).where(SourceText.source_id == source)))
        kept.clear()
        kept[source] = text
    return kept[source]


def set_polarity(project: Project, codings: Sequence[bytes], polarity: str | None) -> None:
    """Set the polarity of codings: `+` supports, `-` hinders, `0` neutral, `±` ambivalent, or None."""
    sign = vocabulary.parse_polarity(polarity)
    one, many = (
        N_("Set the polarity of a coding: {polarity}"),
        N_("Set the polarity of {count} codings: {polarity}"),
    )
    message = message_by_count(len(codings), one, many)
    with project.change(message, count=len(codings), polarity=sign or "—") as session:
        _set(session, codings, {"polarity": sign})


def set_starred(project: Project, codings: Sequence[bytes], starred: bool) -> None:
    """Choose codings as quotes to show (kutipan terpilih), or no longer."""
    one, many = N_("Star a coding"), N_("Star {count} codings")
    if not starred:
        one, many = N_("Unstar a coding"), N_("Unstar {count} codings")
    message = message_by_count(len(codings), one, many)
    with project.change(message, count=len(codings)) as session:
        _set(session, codings, {"starred": starred})


def set_evidence(project: Project, codings: Sequence[bytes], evidence: str) -> None:
    """Set the kind of evidence of codings: account (said), event (seen), provision (what ought to be)."""
    kind = vocabulary.parse_choice(vocabulary.EVIDENCE, evidence)
    one = N_("Set the kind of evidence of a coding")
    message = message_by_count(len(codings), one, N_("Set the kind of evidence of {count} codings"))
    with project.change(message, count=len(codings), evidence=kind) as session:
        _set(session, codings, {"evidence": kind})


def set_condensation(project: Project, codings: Sequence[bytes], condensation: str) -> None:
    """Set the condensed wording (padatan) of codings."""
    message = message_by_count(len(codings), N_("Condense a coding"), N_("Condense {count} codings"))
    with project.change(message, count=len(codings)) as session:
        _set(session, codings, {"condensation": condensation})


def set_code(project: Project, codings: Sequence[bytes], code: bytes, reason: str = "") -> None:
    """Give codings another code. Where the coder has it on the range already, the two become one."""
    parameters = {"count": len(codings), "code": name_of(project, Code, code), **reason_parameter(reason)}
    message = message_by_count(
        len(codings), N_("Recode a coding to {code}"), N_("Recode {count} codings to {code}")
    )
    with project.change(message, **parameters) as session:
        get_or_raise(session, Code, code)
        _set(session, codings, {"code_id": code})
        _fold(session, codings)


def set_range(project: Project, coding: bytes, start: int, end: int) -> None:
    """Give a coding another range of its text. Where the coder has the code there, the two become one.

    Raises UserError where the range is empty, outside the text or all white space.
    """
    with project.change(N_("Resize a coding")) as session:
        source = get_or_raise(session, Coding, coding).source_id
        passage(session, Range(source, start, end))
        _set(session, [coding], {"start": start, "end": end})
        _fold(session, [coding])


def remove(project: Project, codings: Sequence[bytes]) -> None:
    """Remove codings, with the memos on them and the links between them."""
    message = message_by_count(len(codings), N_("Remove a coding"), N_("Remove {count} codings"))
    with project.change(message, count=len(codings)) as session:
        remove_all_or_raise(session, Coding, codings)


def link(project: Project, coding: bytes, other: bytes, kind: str, note: str = "") -> bytes:
    """Draw a link from a coding to another: because, leads_to, hinders, supports, contradicts; return its id.

    A link of this kind between them that is there already stays, and takes the note.
    """
    kind = vocabulary.parse_choice(vocabulary.CODING_LINKS, kind)
    if coding == other:
        raise UserError(_("A passage can't be linked to itself."))
    with project.change(N_("Link two codings"), kind=kind) as session:
        get_all_or_raise(session, Coding, [coding, other])
        drawn = select(CodingLink).where(
            CodingLink.from_id == coding, CodingLink.to_id == other, CodingLink.kind == kind
        )
        row = session.scalar(drawn) or CodingLink(from_id=coding, to_id=other, kind=kind)
        row.note = note or row.note or ""
        session.add(row)
        session.flush()
        return row.id


def unlink(project: Project, links: Sequence[bytes]) -> None:
    """Remove links between codings."""
    one, many = N_("Remove a link between codings"), N_("Remove {count} links between codings")
    with project.change(message_by_count(len(links), one, many), count=len(links)) as session:
        remove_all_or_raise(session, CodingLink, links)


def import_table(project: Project, rows: Sequence[Mapping[str, str]], coder: str = "") -> CodingsAdded:
    """Add codings from a table, all or nothing: see `coding_table` for its columns.

    Rows without a coder belong to `coder`, else to the working one. Adding the same again changes nothing.
    Raises UserError with every row that can't be used.
    """
    with project.change(N_("Code {count} passages from a table"), count=len(rows)) as session:
        return coding_table.add_rows(session, rows, coder.strip() or session.info["coder"])


def _set(session: Session, codings: Sequence[bytes], values: Mapping[str, Any]) -> None:
    set_values(session, Coding, [{"id": coding, **values} for coding in dict.fromkeys(codings)])


def _fold(session: Session, codings: Sequence[bytes]) -> None:
    images = get_all_or_raise(session, Coding, codings)
    fold_twins(session, [image["source_id"] for image in images.values()])


def _tagged(
    session: Session, ranges: Sequence[Range], code: bytes, coder: bytes
) -> dict[tuple[bytes, int, int], bytes]:
    """The ids of a coder's codings with a code where these ranges are, by place."""
    found: dict[tuple[bytes, int, int], bytes] = {}
    for source in {each.source for each in ranges}:
        starts = [each.start for each in ranges if each.source == source]
        there = select(Coding.start, Coding.end, Coding.id).where(
            Coding.source_id == source,
            Coding.start.between(min(starts), max(starts)),  # so that the index by place is used
            Coding.code_id == code,
            Coding.coder_id == coder,
        )
        found.update({(source, start, end): row for start, end, row in session.execute(there)})
    return found


def _usual_evidence(session: Session, source: bytes) -> str:
    return vocabulary.default_evidence(get_or_raise(session, Source, source).technique)
