"""What a memo is about, in words."""

from __future__ import annotations

from qualcoder_lite.analysis.panels.memos import MemoLine
from qualcoder_lite.i18n import N_, _

ABOUT = {
    "": N_("Free memo"),
    "range": N_("Passage"),
    "coding": N_("Coding"),
    "code": N_("Code"),
    "source": N_("Source"),
    "informant": N_("Informant"),
    "question": N_("Question"),
    "claim": N_("Claim"),
    "coder": N_("Coder"),
    "cell": N_("Cell"),
}


def about_words(line: MemoLine) -> str:
    """What a memo is about: the kind of thing and its name."""
    kind = _(ABOUT[line.about]) if line.about in ABOUT else line.about
    return f"{kind} {line.called}".strip()


def heading_of(line: MemoLine) -> str:
    """The title of a memo, else its first line."""
    first = line.text.strip().partition("\n")[0]
    return line.title or first
