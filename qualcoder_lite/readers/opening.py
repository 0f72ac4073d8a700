"""The bytes of a file, taken with care: a plain file, of a size that a text can have, not empty."""

from __future__ import annotations

import stat
from pathlib import Path

from qualcoder_lite.archives import too_large, unreadable
from qualcoder_lite.errors import UserError
from qualcoder_lite.files import reason
from qualcoder_lite.i18n import N_, _

_KINDS = (
    (b"PK\x03\x04", N_("a Word or other Office file, or a zip")),
    (b"%PDF-", N_("a PDF")),
    (b"{\\rtf", N_("an RTF text")),
    (b"\xd0\xcf\x11\xe0", N_("an old Office file, or one behind a password")),
    (b"\x89PNG", N_("a picture")),
    (b"\xff\xd8\xff", N_("a picture")),
    (b"GIF8", N_("a picture")),
    (b"ID3", N_("a sound")),
    (b"OggS", N_("a sound")),
    (b"RIFF", N_("a sound or film")),
    (b"\x1f\x8b", N_("a packed file")),
    (b"7z\xbc\xaf", N_("a packed file")),
    (b"\x7fELF", N_("a program")),
    (b"SQLite format 3\0", N_("a database or a study")),
)  # the first bytes of what is now and then given the suffix of a text


def contents(path: Path, limit: int) -> bytes:
    """The bytes of a file. Raises UserError where it is missing, unreadable, empty or over `limit` bytes."""
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            raise unreadable(path, _("It is not a file."))
        if state.st_size > limit:
            raise too_large(path)
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(path, reason(error)) from error
    except ValueError as error:  # a name that no file can have
        raise unreadable(path, str(error)) from error
    if not data:
        raise empty(path)
    return data


def text_contents(path: Path, limit: int) -> bytes:
    """The bytes of a plain text. Raises UserError also for a file that is really of another kind."""
    data = contents(path, limit)
    for start, kind in _KINDS:
        if data.startswith(start):
            raise UserError(
                _("{name} could not be read.").format(name=path.name),
                _("Inside it is {kind}, not a plain text.").format(kind=_(kind)),
                _("Give it the right suffix, or save it again as text."),
            )
    return data


def empty(path: Path) -> UserError:
    """The refusal of a file without anything to code."""
    return UserError(
        _("{name} holds no text.").format(name=path.name),
        _("There is nothing in it but white space."),
        _("Check that the right file was chosen."),
    )
