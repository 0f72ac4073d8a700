"""The key file: which real name stands behind an alias. It lies beside the study, never in it.

A plain JSON object of aliases and names, so that it can be read, locked away or destroyed by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from qualcoder_lite.errors import UserError
from qualcoder_lite.files import write_whole
from qualcoder_lite.i18n import _

SUFFIX = ".kunci.json"
PRIVATE = 0o600  # only its owner reads it, where the system knows owners


def key_path(study: Path) -> Path:
    """The usual place of a study's key file: `NAME.kunci.json` beside `NAME.qcl`."""
    return study.with_name(study.stem + SUFFIX)


def read_names(path: Path) -> dict[str, str]:
    """The real names by alias; empty where there is no key file. Raises UserError where it can't be read."""
    if path.exists() and not path.is_file():  # reading a pipe would never end
        raise _unusable(path)
    try:
        names = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise _unusable(path) from error
    if not isinstance(names, dict) or not all(isinstance(name, str) for name in names.values()):
        raise _unusable(path)
    return names


def write_names(path: Path, names: dict[str, str]) -> None:
    """Write the key file whole, for its owner's eyes only. Raises UserError where it can't be written."""
    text = json.dumps(names, ensure_ascii=False, indent=1) + "\n"
    write_whole(path, lambda temporary: temporary.write_text(text, encoding="utf-8"))
    path.chmod(PRIVATE)


def add_names(path: Path, names: Iterable[tuple[str, str]]) -> None:
    """Add real names by alias to the key file; a known alias gets the new name."""
    known = read_names(path)
    together = known | dict(names)
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
