"""The audit trail and the report of what changed, read back from the files."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcoder_lite.analysis.panels.since import since
from qualcoder_lite.coding import codes, memos, milestones
from qualcoder_lite.errors import UserError
from qualcoder_lite.export.reports.history import write_history, write_since
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.undo import undo
from tests.export.reading import csv_rows, part, text_of


def test_every_step_stands_in_the_audit_trail_with_its_undoing(project: Project, tmp_path: Path) -> None:
    codes.add(project, "R")
    milestones.add(project, "Bimbingan 1", "Bab 2")
    memos.add(project, "Rahasia")
    undo(project)
    write_history(project, tmp_path / "a.csv")
    rows = csv_rows(tmp_path / "a.csv")
    told = [(row["Step"], row["What was done"], row["Coder"], row["State"]) for row in rows[-5:]]
    assert told == [
        ("1", "Add code R", "C1", "–"), ("Milestone: Bimbingan 1: Bab 2", "", "", ""),
        ("2", "Set milestone Bimbingan 1", "C1", "–"), ("3", "Add a memo", "C1", "undone"),
        ("3", "undone: Add a memo", "C1", "–"),
    ]  # fmt: skip
    write_history(project, tmp_path / "a.docx")
    words = text_of(part(tmp_path / "a.docx"))
    assert "Milestone: Bimbingan 1: Bab 2" in words
    assert "Rahasia" not in words
    with pytest.raises(UserError):
        write_history(project, tmp_path / "a.odt")


def test_what_changed_since_is_told_by_kind(project: Project, tmp_path: Path) -> None:
    codes.add(project, "R")
    codes.add(project, "S")
    write_since(project, "awal", since(project, 0), tmp_path / "a.docx")
    words = text_of(part(tmp_path / "a.docx"))
    assert "What changed since awal" in words
    assert "added: R, S" in words
    write_since(project, "kini", since(project, 99), tmp_path / "b.csv")
    assert csv_rows(tmp_path / "b.csv") == []
