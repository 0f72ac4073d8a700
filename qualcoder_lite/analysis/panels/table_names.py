"""The words for kinds of things in a study, as headings of counts."""

from __future__ import annotations

from qualcoder_lite.i18n import N_, _

KIND_WORDS = {
    "source": N_("Sources"),
    "informant": N_("Informants"),
    "attribute": N_("Attributes"),
    "code": N_("Codes"),
    "coding": N_("Codings"),
    "coding_link": N_("Links between codings"),
    "memo": N_("Memos"),
    "cell": N_("Cells"),
    "member_check": N_("Member checks"),
    "claim": N_("Claims"),
    "question": N_("Questions"),
    "saved_query": N_("Kept queries"),
    "coder": N_("Coders"),
    "study": N_("The study itself"),
}


def kind_word(kind: str) -> str:
    """The heading of a kind in the language now spoken; an unknown one is its own word."""
    return _(KIND_WORDS[kind]) if kind in KIND_WORDS else kind
