"""What is noted beside each backup, so that it can be told later whether it is whole and what it holds.

Beside `NAME-000012-….qcl` lies `NAME-000012-….json`: when and by which program it was made, the SHA-256 and
size of the file, how many rows each table has, the last steps. `NAME-000012-….kunci.json` is the key file of
real names as it was then.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any

from qualcoder_lite import __version__
from qualcoder_lite.errors import UserError
from qualcoder_lite.files import write_whole
from qualcoder_lite.i18n import _, say
from qualcoder_lite.store import connection as connecting
from qualcoder_lite.store.journal import now
from qualcoder_lite.store.protection.opener import errors, is_protected, raw
from qualcoder_lite.store.schema import SCHEMA

FORMAT = "qualcoder-lite-backup"
STEPS = 5  # so many of the last steps are noted
_NAME = re.compile(r".-(\d{6}-)?\d{8}-\d{6}-\d{6}$")  # earlier versions gave no first number


@dataclass(frozen=True)
class LastStep:
    """A step as the history tells it. `at` in milliseconds since 1970, UTC."""

    message: str
    parameters: Mapping[str, Any]
    coder: str
    at: int

    @property
    def text(self) -> str:
        """The step in the user's language."""
        return say(self.message, dict(self.parameters))


@dataclass(frozen=True)
class Manifest:
    """What is known of a backup. `made` in milliseconds since 1970, UTC; `size` in bytes."""

    study: str
    made: int
    program: str
    schema: int
    size: int
    sha256: str
    counts: Mapping[str, int]
    steps: tuple[LastStep, ...]  # the newest first
    before_restoring: bool = False  # it keeps what was there when another was put back


def is_backup(path: Path) -> bool:
    """Tell whether a study file is a backup that this program has made, by its name and place."""
    return path.parent.name.endswith(".backups") and _NAME.search(path.stem) is not None


def manifest_path(backup: Path) -> Path:
    """The file beside a backup that tells of it."""
    return backup.with_suffix(".json")


def describe(copy: Path, before_restoring: bool = False) -> Manifest:
    """Read what is to be noted of a copy that nobody changes. Raises UserError where it can't be read."""
    with connecting.told(copy):
        found, study = contents_of(copy), study_id(copy)
    return Manifest(
        study=study,
        made=now(),
        program=__version__,
        schema=connecting.schema_of(copy),
        size=copy.stat().st_size,
        sha256=_digest(copy),
        counts=found,
        steps=() if is_protected(copy) else newest_steps(copy),  # they hold words of the study
        before_restoring=before_restoring,
    )


def write(manifest: Manifest, backup: Path) -> None:
    """Put a manifest beside a backup. Raises UserError where it can't be written."""
    words = json.dumps({"format": FORMAT, **asdict(manifest)}, indent=1) + "\n"  # ASCII: see settings.write
    write_whole(
        manifest_path(backup), lambda temporary: temporary.write_text(words, encoding="utf-8"), private=True
    )


def read(backup: Path) -> Manifest | None:
    """What is noted of a backup; nothing of those of earlier versions, or where it can't be read."""
    try:
        found = json.loads(manifest_path(backup).read_text(encoding="utf-8"))
        if found.pop("format") != FORMAT:
            return None
        steps = tuple(LastStep(**step) for step in found.pop("steps"))
        return Manifest(**found, steps=steps)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def verify(backup: Path) -> None:
    """Raises UserError where a copy is not whole, or not as it was when its manifest was written."""
    manifest = read(backup)
    if manifest is not None and (manifest.size, manifest.sha256) != (_size(backup), _digest(backup)):
        raise UserError(
            _("The backup {file} is not as it was made: it was changed or damaged.").format(file=backup.name),
            remedy=_("Take another backup from the same folder."),
        )
    if connecting.schema_of(backup) > SCHEMA:
        raise connecting.later(backup)
    connecting.check_whole(backup)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


# What is in a study, read without opening it for work ------------------------------------------------


def contents_of(study: Path) -> dict[str, int]:
    """How many rows each table of a study has."""
    names = _rows(study, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    tables = sorted(name for (name,) in names)
    counts = ", ".join(f"(SELECT count(*) FROM {_quoted(name)})" for name in tables)
    [numbers] = _rows(study, f"SELECT {counts or 0}")
    return dict(zip(tables, numbers, strict=False))


def last_steps(study: Path) -> list[LastStep]:
    """All steps of a study, the newest first."""
    found = _rows(study, "SELECT message, parameters, coder, at FROM step ORDER BY id DESC")
    return [LastStep(message, json.loads(parameters), coder, at) for message, parameters, coder, at in found]


def newest_steps(study: Path) -> tuple[LastStep, ...]:
    """The last few steps, the newest first; none where they can't be read, which must stop no backup."""
    with suppress(ValueError, *errors()):
        return tuple(last_steps(study)[:STEPS])
    return ()


def study_id(study: Path) -> str:
    """The id of a study; empty where it has none."""
    return identity(study).get("study_id", "")


def identity(study: Path) -> dict[str, str]:
    """What identifies a study file: `study_id` and `copy_id`."""
    return dict(_rows(study, "SELECT name, value FROM fact WHERE name IN ('study_id', 'copy_id')"))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _rows(study: Path, statement: str) -> list[tuple[Any, ...]]:
    with closing(raw(connecting.reading_uri(study), study)) as connection:
        return connection.execute(statement).fetchall()
