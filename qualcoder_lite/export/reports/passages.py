"""Passages as paragraphs: quote, citation and signs, as the workspaces tell them."""

from __future__ import annotations

from collections.abc import Sequence

from qualcoder_lite.analysis.cells.cell import CellPassage
from qualcoder_lite.analysis.terms import SIGN_MARKS
from qualcoder_lite.export.report import Paragraph, Run, words
from qualcoder_lite.export.view import shown_quote
from qualcoder_lite.i18n import _, n_


def quoted(
    passages: Sequence[CellPassage], most: int, style: str = "excerpt", signs: bool = True
) -> list[Paragraph]:
    """The passages with what they are cited by; what is beyond `most` is named by citations alone."""
    if not passages:
        return [words("— " + _("no passage"), "count" if style == "quote" else "body", "quiet")]
    shown = [quote(passage, style, signs) for passage in passages[:most]]
    if rest := passages[most:]:
        named = " ".join(f"[{passage.citation}]" for passage in rest)
        text = n_("and {n} more passage: {citations}", "and {n} more passages: {citations}", len(rest))
        told = text.format(n=len(rest), citations=named)
        shown.append(words(told, "count" if style == "quote" else "body", "quiet"))
    return shown


def quote(passage: CellPassage, style: str = "excerpt", signs: bool = True) -> Paragraph:
    """A quote in curly quotation marks, its citation in brackets, and the signs of its codings if wanted."""
    marks = dict.fromkeys(SIGN_MARKS[coding.sign] for coding in passage.codings)
    told = "".join(f" ({mark})" for mark in marks if mark and signs)
    after = f" [{passage.citation}]{told}"
    return Paragraph((Run(shown_quote(passage.quote), "italic"), Run(after, "quiet")), style)


def cited(passage: CellPassage) -> str:
    """A passage as plain text, as in `“…” [A3·line 12]`."""
    return f"{shown_quote(passage.quote)} [{passage.citation}]"
