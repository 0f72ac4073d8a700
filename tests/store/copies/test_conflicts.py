"""Copies that a cloud's program makes of a study are found by name and by what they hold."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from qualcoder_lite.store.access.logs import aside_name
from qualcoder_lite.store.copies.conflicts import conflict_copies
from qualcoder_lite.store.creating import new_study

NAMES = (
    "study (1).qcl",
    "study (conflicted copy 2026-11-24).qcl",
    "study (Dewi's conflicted copy 2026-11-24).qcl",
    "study-DESKTOP-ABC.qcl",
    "study.sync-conflict-20261124-101112-ABCDEFG.qcl",
)


def test_conflict_copies_are_found(study_path: Path) -> None:
    for name in NAMES:
        shutil.copy(study_path, study_path.with_name(name))
    assert sorted(path.name for path in conflict_copies(study_path)) == sorted(NAMES)


def test_other_files_are_none(study_path: Path) -> None:
    new_study(study_path.with_name("study 2.qcl"))
    shutil.copy(study_path, study_path.with_name("other.qcl"))
    shutil.copy(study_path, aside_name(study_path))
    study_path.with_name("study (2).qcl").write_text("x")
    study_path.with_name("study (3).qcl").mkdir()
    blind = Path(shutil.copy(study_path, study_path.with_name("study-Ben.qcl")))
    with closing(sqlite3.connect(blind, isolation_level=None)) as other:
        other.execute("UPDATE fact SET value = 'another' WHERE name = 'copy_id'")
    assert conflict_copies(study_path) == ()


def test_a_study_that_is_not_there_or_damaged_has_none(study_path: Path) -> None:
    shutil.copy(study_path, study_path.with_name(NAMES[0]))
    study_path.write_bytes(b"")
    assert conflict_copies(study_path) == ()
    study_path.unlink()
    assert conflict_copies(study_path) == ()
