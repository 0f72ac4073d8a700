"""The one door of this room: a file in, a document out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _
from qualcoder_lite.readers.document import Document
from qualcoder_lite.readers.transcript import Draft, transcribed

SUFFIXES = (".txt", ".md", ".docx", ".vtt", ".srt", ".pdf")
_NOBODY: Mapping[str, str] = MappingProxyType({})


def read(path: Path, speakers: Mapping[str, str] = _NOBODY, encoding: str | None = None) -> Document:
    """Read a file by its suffix: text, marks, header, turns, speakers.

    `speakers`: label → role (interviewer, informant, descriptive, reflective), or else the alias of an
    informant; such a label counts whatever the rules say, one that does not occur is ignored. `encoding`:
    that of a plain text, where the proposed one is wrong.

    Raises UserError for a file that is missing, unreadable, empty, damaged, locked, too large, of a suffix
    that is not read, or not what its suffix says.
    """
    return transcribed(_draft(path, encoding), speakers)


def _draft(path: Path, encoding: str | None) -> Draft:
    suffix = path.suffix.lower()
    if suffix in (".txt", ".md"):
        from qualcoder_lite.readers.subtitles import with_subtitles_in_place
        from qualcoder_lite.readers.text import read_text

        return with_subtitles_in_place(read_text(path, encoding))
    if suffix in (".vtt", ".srt"):
        from qualcoder_lite.readers.subtitles import read_subtitles

        return read_subtitles(path, encoding)
    if suffix == ".docx":
        from qualcoder_lite.readers.word.body import read_word

        return read_word(path)
    if suffix == ".pdf":
        from qualcoder_lite.readers.pdf.pages import read_pdf

        return read_pdf(path)
    raise _unknown(path, suffix)


def _unknown(path: Path, suffix: str) -> UserError:
    what = _("{name} could not be read.").format(name=path.name)
    if suffix == ".doc":
        return UserError(what, _("It is in the old Word format."), _("Open it in Word and save it as .docx."))
    return UserError(
        what,
        _("Files of the kind “{suffix}” are not read.").format(suffix=suffix or path.name),
        _("Save it as one of these: {suffixes}.").format(suffixes=" ".join(SUFFIXES)),
    )
