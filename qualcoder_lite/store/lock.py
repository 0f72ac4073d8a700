"""One writer to a study: a lock of the operating system, which a dead program loses by itself.

In a shared folder another computer does not see that lock, so a small note beside the study says who has it.
"""

from __future__ import annotations

import json
import os
import platform
import time
from contextlib import suppress
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from qualcoder_lite.errors import UserError
from qualcoder_lite.files import is_shared
from qualcoder_lite.i18n import _


class Lock:
    """The right to write to a study, from its making until `release`."""

    def __init__(self, study: Path) -> None:
        """Take the right; raises UserError where another program or computer has it."""
        self._file = study.with_name(f".{study.name}.lock")
        self._note = study.with_name(f".{study.name}.open") if is_shared(study) else None
        self._lock: BaseFileLock = FileLock(self._file, timeout=0)
        try:
            self._lock.acquire()
        except Timeout:
            raise _taken(study) from None
        except OSError as error:
            raise UserError(
                _("{file} can't be changed.").format(file=study.name),
                _("Its folder can't be written: {reason}.").format(reason=error.strerror),
                _("Copy the study to a folder of yours."),
            ) from error
        try:
            self._leave_note(study)
        except UserError:
            self._lock.release()
            raise

    def _leave_note(self, study: Path) -> None:
        if self._note is None:
            return
        with suppress(OSError, ValueError, KeyError):
            left = json.loads(self._note.read_text(encoding="utf-8"))
            if left["computer"] != platform.node():
                raise _taken(study, left["computer"], self._note.name)
        note = {"computer": platform.node(), "process": os.getpid(), "at": int(time.time())}
        self._note.write_text(json.dumps(note), encoding="utf-8")

    def release(self) -> None:
        """Give the right back and leave no file behind."""
        with suppress(FileNotFoundError):
            if self._note is not None:
                self._note.unlink()
        with suppress(OSError):
            self._file.unlink()
        self._lock.release()


def _taken(study: Path, computer: str = "", note: str = "") -> UserError:
    if computer:
        return UserError(
            _("{file} is open on the computer {computer}.").format(file=study.name, computer=computer),
            remedy=_(
                "Close it there. If that computer no longer runs, delete the file {note} beside the study."
            ).format(note=note),
        )
    return UserError(
        _("{file} is open in another window or program.").format(file=study.name),
        remedy=_("Close it there; reading commands work meanwhile."),
    )
