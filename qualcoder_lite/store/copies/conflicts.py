"""Copies of a study that a cloud's program has made where two computers changed it at once."""

from __future__ import annotations

import glob
from contextlib import suppress
from pathlib import Path

from qualcoder_lite.errors import UserError
from qualcoder_lite.store import connection as connecting
from qualcoder_lite.store.copies.manifest import identity
from qualcoder_lite.store.protection.opener import errors


def conflict_copies(study: Path) -> tuple[Path, ...]:
    """The files beside a study whose names go on from its own and that are the same copy of the same study.

    For example `NAME (conflicted copy 2026-11-24).qcl`, `NAME-DESKTOP-ABC.qcl`, `NAME (1).qcl`. A copy that
    was made for another coder has a copy id of its own and is none; nor is what we have put aside.
    """
    named = study.parent.glob(f"{glob.escape(study.stem)}?*.qcl")
    others = [path for path in named if path.is_file() and not path.stem.startswith(f"{study.stem}.aside-")]
    ours = _identity(study) if others else {}
    return tuple(sorted(path for path in others if ours and _identity(path) == ours))


def _identity(study: Path) -> dict[str, str]:
    """What identifies a study; nothing where it can't be read as one."""
    with suppress(UserError, *errors()):
        connecting.schema_of(study)
        return identity(study)
    return {}
