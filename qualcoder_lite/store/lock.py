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
from qualcoder_lite.files import is_shared, reason
from qualcoder_lite.i18n import _
from qualcoder_lite.settings import data_folder


class Lock:
    """The right to write to a study, from its making until `release`.

    Two locks: one beside the study, by its name, and one by the number of the file on its disk, since a
    file may have several names.
    """

    def __init__(self, study: Path) -> None:
        """Take the right; raises UserError where another program or computer has it."""
        self._study = study = study.resolve()
        self._file = study.with_name(f".{study.name}.lock")
        self._note = study.with_name(f".{study.name}.open") if is_shared(study) else None
        self._numbered: BaseFileLock | None = None
        self._lock: BaseFileLock = FileLock(self._file, timeout=0, thread_local=False)
        try:
            self._lock.acquire()
        except Timeout:
            raise _taken(study) from None
        except OSError as error:
            raise not_writable(study, reason(error)) from error
        try:
            self._numbered = _lock_by_number(study)
            self._leave_note(study)
        except BaseException:
            self._note = None  # it is not ours
            self.release()
            raise

    def renew(self) -> None:
        """Hold the file that has taken the study's place; to be called after each replacing."""
        _release(self._numbered)
        self._numbered = None
        self._numbered = _lock_by_number(self._study)

    def _leave_note(self, study: Path) -> None:
        if self._note is None:
            return
        computer = _computer_in(self._note)
        if computer not in ("", platform.node()):
            raise _taken(study, computer, self._note.name)
        note = {"computer": platform.node(), "process": os.getpid(), "at": int(time.time())}
        try:
            self._note.write_text(json.dumps(note), encoding="utf-8")
        except OSError as error:
            raise not_writable(study, reason(error)) from error

    def release(self) -> None:
        """Give the right back and leave no file behind."""
        with suppress(OSError):
            if self._note is not None:
                self._note.unlink()
        _release(self._numbered)
        _release(self._lock)


def _release(lock: BaseFileLock | None) -> None:
    """Give a lock back and remove its file."""
    if lock is None:
        return
    file = Path(lock.lock_file)
    with suppress(OSError):  # Windows lets nobody remove an open file
        file.unlink()
    lock.release()
    with suppress(OSError):
        if os.name == "nt":
            file.unlink()


def _lock_by_number(study: Path) -> BaseFileLock | None:
    """Lock a file by its number, among this person's programs; nothing where that can't be kept.

    Raises UserError where it is open under another name.
    """
    try:
        found = study.stat()
        folder = data_folder() / "locks"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = FileLock(folder / f"{found.st_dev:x}-{found.st_ino:x}", timeout=0, thread_local=False)
        lock.acquire()
    except Timeout:
        raise _taken(study) from None
    except OSError:  # the study is not there yet, or this computer keeps no data of this person
        return None
    return lock


def _computer_in(note: Path) -> str:
    """The computer that a note names; nothing where there is none or it is damaged."""
    try:
        return str(json.loads(note.read_text(encoding="utf-8"))["computer"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def not_writable(study: Path, why: str = "") -> UserError:
    """The error of a study that can't be changed by this person."""
    return UserError(
        _("{file} can't be changed.").format(file=study.name),
        why or _("The file or its folder can only be read."),
        _("Copy the study to a folder of yours."),
    )


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
