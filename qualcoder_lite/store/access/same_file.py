"""Whether the file of an open study is still the one that was opened.

Other programs move, replace and overwrite files without asking: a cloud's program that takes the version of
another computer, a person who copies an older one over it. SQLite does not notice: with the write-ahead log
it would lay the pages of one study over those of another.

The file is held open, so that looking at it costs little. (Closing it by other means than SQLite's would
cancel SQLite's locks, hence `close_when_free`.) It is another file where its place leads to another number,
and another content where its size or its change counter is not what we left. Our own steps count on, so
that even after a long step a counter of somebody else is not taken for ours.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from qualcoder_lite.errors import UserError
from qualcoder_lite.files import reason
from qualcoder_lite.i18n import _
from qualcoder_lite.store.access.logs import HEADER, counter_of
from qualcoder_lite.store.access.open_here import close_when_free
from qualcoder_lite.store.protection.opener import key_of


@dataclass(frozen=True)
class _Content:
    size: int
    counter: int


class SameFile:
    """The file of a study, held open from its opening to its closing."""

    def __init__(self, path: Path) -> None:
        """Hold the file as it is now. Raises OSError where it can't be read."""
        self.path = path
        self.key = key_of(path)
        self.hold()

    def hold(self) -> None:
        """Hold the file that is at its place now, with what is in it."""
        self._file: BinaryIO = self.path.open("rb", buffering=0)
        self._known = self._content()
        self._latest = self._known.counter  # no further have our own steps counted

    def release(self) -> None:
        """Let the file go."""
        close_when_free(self._file)

    @property
    def is_in_place(self) -> bool:
        """Its place still leads to this file, whatever is in it."""
        try:
            there, held = self.path.stat(), os.fstat(self._file.fileno())
        except OSError:
            return False
        return (there.st_dev, there.st_ino) == (held.st_dev, held.st_ino)

    @property
    def is_removed(self) -> bool:
        """No name leads to this file any more: it goes when it is let go."""
        return os.fstat(self._file.fileno()).st_nlink == 0

    @property
    def is_overwritten(self) -> bool:
        """Somebody else has written to this file."""
        found = self._content()
        return found != self._known and not self._is_ours(found)

    @property
    def is_the_same(self) -> bool:
        """Its place still leads to this file, and nobody else has written to it."""
        try:
            return self.is_in_place and not self.is_overwritten
        except OSError:
            return False

    def check(self) -> None:
        """Raise UserError where this is no longer the file that was opened, or can't be read.

        To be called before each step of ours, which it counts.
        """
        try:
            same = self.is_in_place and not self.is_overwritten
        except OSError as error:
            what = _("{file} can't be opened or written.").format(file=self.path.name)
            raise UserError(
                what, reason(error), _("Nothing was changed; all earlier work is saved.")
            ) from error
        if not same:
            raise not_the_same(self.path)
        self._latest += 2  # the step itself, and choosing its log

    def note(self) -> None:
        """Know what is in the file after a step of ours."""
        try:
            found = self._content()
        except OSError:  # the next step tells
            return
        if found.counter == self._known.counter or self._is_ours(found):
            self._known = found

    def _is_ours(self, found: _Content) -> bool:
        """One of our steps left this: it may come into the file only later, out of the log."""
        return self._known.counter < found.counter <= self._latest

    def _content(self) -> _Content:
        self._file.seek(0)
        header = self._file.read(HEADER).ljust(HEADER, b"\0")
        return _Content(os.fstat(self._file.fileno()).st_size, counter_of(header))


class NotTheSame(UserError):
    """The refusal to write to a file that is no longer the study that was opened."""


def not_the_same(path: Path) -> NotTheSame:
    """The refusal, in words."""
    return NotTheSame(
        _("{file} is no longer the study that was opened.").format(file=path.name),
        _("Another program has moved, replaced or overwritten it meanwhile."),
        _("Nothing is written to it. Close it; what can be saved of your work is then put beside it."),
    )
