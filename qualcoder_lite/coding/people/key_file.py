"""The key file: which real name stands behind an alias. It lies beside the study, never in it.

A plain JSON object of aliases and names, so that it can be read, locked away or destroyed by itself.
That of a protected study is a small database with the same key.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from qualcoder_lite.errors import UserError
from qualcoder_lite.files import write_whole
from qualcoder_lite.i18n import _
from qualcoder_lite.outputs import KEY_FILE
from qualcoder_lite.store.protection.names import read_protected_names, write_protected_names
from qualcoder_lite.store.protection.opener import errors, is_protected, key_of

PRIVATE = 0o600  # only its owner reads it, where the system knows owners
OTHERS = 0o077  # the rights of everybody else


def key_path(study: Path) -> Path:
    """The usual place of a study's key file: `NAME.kunci.json` beside `NAME.qcl`."""
    return study.with_name(study.stem + KEY_FILE)


def read_names(path: Path) -> dict[str, str]:
    """The real names by alias; empty where there is no key file. Raises UserError where it can't be read."""
    if path.exists() and not path.is_file():  # reading a pipe would never end
        raise _unusable(path)
    try:
        protected = is_protected(path)
        names = json.loads(read_protected_names(path) if protected else path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except errors(OSError, ValueError) as error:
        raise _unusable(path) from error
    if not isinstance(names, dict) or not all(isinstance(name, str) for name in names.values()):
        raise _unusable(path)
    return names


def write_names(path: Path, names: dict[str, str]) -> None:
    """Write the key file whole, for its owner's eyes only; protected where the study beside it is.

    Raises UserError where it can't be written.
    """
    text = json.dumps(names, ensure_ascii=False, indent=1) + "\n"
    with suppress(OSError):  # no such file, or a disk that keeps no rights: `is_private` tells
        path.chmod(PRIVATE)  # before, since what replaces it gets its rights
    study = path.with_name(path.name.removesuffix(KEY_FILE) + ".qcl")
    key = key_of(study) if study.exists() else None

    def write(temporary: Path) -> None:
        if key is None:
            temporary.write_text(text, encoding="utf-8")
        else:
            write_protected_names(temporary, text, key)

    write_whole(path, write, private=True)


def is_private(path: Path) -> bool:
    """Tell whether nobody but its owner may read a file; a disk without owners (FAT, some networks) lets all.

    True where there is no such file, and on Windows, where the rights of the person's own folder hold.
    """
    if os.name != "posix":
        return True
    try:
        return not path.stat().st_mode & OTHERS
    except OSError:
        return True


def add_names(path: Path, names: Iterable[tuple[str, str]]) -> None:
    """Add real names by alias to the key file; a known alias gets the new name."""
    known = read_names(path)
    together = known | dict(names)
    if together != known:
        write_names(path, together)


def add_masked(path: Path, names: Iterable[tuple[str, str]]) -> None:
    """Add names that were masked, and so stand nowhere else: a known alias keeps its name beside the new."""
    known = read_names(path)
    together = dict(known)
    for alias, name in names:
        before = together.get(alias, "")
        together[alias] = name if before in name else before if name in before else f"{before}; {name}"
    if together != known:
        write_names(path, together)


def rename_alias(path: Path, old: str, new: str) -> None:
    """Follow the renaming of an informant, where the key file knows the old alias."""
    known = read_names(path)
    if old in known:
        write_names(path, {new if alias == old else alias: name for alias, name in known.items()})


def _unusable(path: Path) -> UserError:
    return UserError(
        _("The key file {name} can't be read.").format(name=path.name),
        _("It should be a list of aliases and names that this program has written."),
        _("Move it elsewhere, and a new one is made."),
    )
