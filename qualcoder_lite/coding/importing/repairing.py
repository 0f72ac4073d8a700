"""Repairing a study: with the words that it may hold, and with the readers for its original files."""

from __future__ import annotations

from pathlib import Path

from qualcoder_lite.coding.vocabulary import CHOICES
from qualcoder_lite.errors import UserError
from qualcoder_lite.files import temporary_folder
from qualcoder_lite.readers.reading import SUFFIXES, read
from qualcoder_lite.store.integrity.repairing import Repaired
from qualcoder_lite.store.integrity.repairing import repair as save_what_is_left


def repair(study: Path, target: Path) -> Repaired:
    """Save all that can be read of a damaged study into a new one, which passes the check.

    The damaged file stays as it is. Raises UserError where the target is there already, or the study is none
    or of a later version; then nothing is made.
    """
    return save_what_is_left(study, target, CHOICES, _read_again)


def _read_again(data: bytes, name: str, encoding: str) -> str | None:
    """The text of an original file; None where no reader takes it."""
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        return None
    with temporary_folder() as folder:
        path = folder / f"original{suffix}"
        path.write_bytes(data)
        try:
            return read(path, {}, encoding or None).text
        except UserError:
            return None
