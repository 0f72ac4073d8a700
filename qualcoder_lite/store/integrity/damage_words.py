"""Damage in the researcher's words: what rows are called, and what can be wrong with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from qualcoder_lite.i18n import N_, _
from qualcoder_lite.store.integrity.settling import Found

THINGS = {
    "asked": N_("answers whether a question was asked"),
    "attribute": N_("attributes"),
    "attribute_value": N_("values of attributes"),
    "cell": N_("written cells"),
    "cell_evidence": N_("passages chosen for cells"),
    "claim": N_("claims"),
    "claim_code": N_("codes of claims"),
    "claim_answer": N_("answers to passages against claims"),
    "claim_evidence": N_("passages for or against claims"),
    "code": N_("codes"),
    "code_link": N_("links between emic and etic codes"),
    "coder": N_("coders"),
    "coding": N_("codings"),
    "coding_link": N_("links between passages"),
    "content": N_("original files"),
    "fact": N_("numbers that identify the study"),
    "informant": N_("informants"),
    "member_check": N_("member checks"),
    "memo": N_("memos"),
    "milestone": N_("milestones"),
    "question": N_("questions of the guide"),
    "question_code": N_("codes of questions"),
    "row_change": N_("changes that undo needs"),
    "saved_query": N_("saved queries"),
    "source": N_("sources"),
    "source_informant": N_("informants linked to sources"),
    "source_text": N_("texts"),
    "speaker": N_("speakers"),
    "step": N_("lines of the history"),
    "step_event": N_("lines of the history about undo"),
    "study": N_("titles of the study"),
    "tombstone": N_("notes of removed rows"),
    "turn": N_("turns"),
    "wording": N_("wordings of codes"),
}
WHAT = {
    "altered": N_("{things} that are not as they were stored: {number}"),
    "blank": N_("{things} of which nothing is left: {number}"),
    "circle": N_("{things} that stand above themselves: {number}"),
    "dangling": N_("{things} of which the owner is lost: {number}"),
    "extra": N_("{things} that come a second time: {number}"),
    "length": N_("{things} whose length is noted wrongly: {number}"),
    "lost": N_("{things} that are lost, though others refer to them: {number}"),
    "no_text": N_("{things} that are missing: {number}"),
    "not_one": N_("{things}: there is not exactly one"),
    "outside": N_("{things} that lie outside their text: {number}"),
    "range": N_("{things} that reach beyond their text: {number}"),
    "reference": N_("{things} that refer to what is not there: {number}"),
    "reread": N_("{things} that are damaged, while their original file is whole: {number}"),
    "sideless": N_("{things} whose row or column is lost: {number}"),
    "twice": N_("{things} with a name that another has: {number}"),
    "unreadable": N_("{things} that can’t be read: {number}"),
    "value": N_("{things} with something in them that can’t be: {number}"),
}
"""What was found; `settling` says what is done about each."""


def damage_lines(found: Mapping[Found, int] | Counter[Found]) -> list[str]:
    """Each kind of damage as a line, those of one source behind its citation code."""
    lines = []
    for (what, table, source), number in sorted(found.items()):
        line = _(WHAT[what]).format(things=things(table), number=number)
        lines.append(f"{source}: {line}" if source else line[0].upper() + line[1:])
    return lines


def things(table: str) -> str:
    """What the rows of a table are called; the table's own name where nobody has a word for them."""
    return _(THINGS[table]) if table in THINGS else table
