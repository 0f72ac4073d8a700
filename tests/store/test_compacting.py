"""Compaction makes a study smaller, ends undo there, and loses nothing that is in the study."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import insert

from qualcoder_lite.errors import UserError
from qualcoder_lite.store import compacting
from qualcoder_lite.store.compacting import compact
from qualcoder_lite.store.ids import new_id
from qualcoder_lite.store.journal import insert_rows, remove, update_each
from qualcoder_lite.store.journal_tables import Content
from qualcoder_lite.store.project import Project, open_study, read_study, touched_since
from qualcoder_lite.store.project import state_of as project_state
from qualcoder_lite.store.schema import Code, Source, SourceText
from qualcoder_lite.store.undo import history, redo, undo
from tests.projects.make import fill_every_table
from tests.store.states import rows, state_of


def work(project: Project) -> dict[str, bytes]:
    """A history that weighs: a source that was removed again, a text rewritten, a code undone."""
    ids = {"kept": new_id(), "lost": new_id()}
    with project.change("Import") as session:
        for name, content in ids.items():
            session.execute(insert(Content).values(id=content, digest=name, data=name.encode() * 50_000))
        sources = [{"key": name, "content_id": content} for name, content in ids.items()]
        kept, lost = insert_rows(session, Source, sources)
        texts = [{"source_id": source, "text": "Kalimat rekaan. " * 9_000} for source in (kept, lost)]
        insert_rows(session, SourceText, texts)
    with project.change("Remove a source") as session:
        remove(session, Source, [lost])
    with project.change("Add a code") as session:
        [code] = insert_rows(session, Code, [{"key": "K"}])
    undo(project)
    return ids | {"source": lost, "code": code}


def test_a_study_becomes_smaller_and_keeps_every_row(study_path: Path) -> None:
    with open_study(study_path, "C1") as project:
        work(project)
        fill_every_table(project)
    before = state_of(study_path)
    done = compact(study_path)
    assert done.after == study_path.stat().st_size < done.before - 300_000
    assert state_of(study_path) == before
    assert sorted(found.name for found in study_path.parent.iterdir()) == ["study.backups", "study.qcl"]


def test_the_lines_of_the_history_stay_and_undo_ends_there(project: Project) -> None:
    work(project)
    told = [line.text for line in history(project)]
    compact(project)
    lines = history(project)
    assert [line.text for line in lines] == [*told, "Compact the study"]
    assert all(line.compacted for line in lines)
    assert undo(project) is None
    assert redo(project) is None
    with project.change("Add a code") as session:
        insert_rows(session, Code, [{"key": "B"}])
    assert undo(project) is not None
    assert undo(project) is None
    assert redo(project) is not None


def test_rows_that_are_gone_are_remembered_once(project: Project) -> None:
    ids = work(project)
    compact(project)
    gone = dict(rows(project.path, 'SELECT row, "table" FROM tombstone'))
    assert gone[ids["source"]] == "source"
    assert gone[ids["code"]] == "code"
    assert "source_text" in gone.values()
    there = {row[0] for found in state_of(project.path).values() for row in found}
    assert not there & gone.keys()
    compact(project)
    assert dict(rows(project.path, 'SELECT row, "table" FROM tombstone')) == gone


def test_only_original_bytes_that_no_source_refers_to_go(project: Project) -> None:
    work(project)
    compact(project)
    assert rows(project.path, "SELECT digest, data FROM content") == [("kept", b"kept" * 50_000)]


def test_what_changed_before_it_is_still_noticed(project: Project) -> None:
    with project.read() as connection:
        before = project_state(connection)
    work(project)
    compact(project)
    with project.read() as connection:
        assert {"source", "source_text"} <= touched_since(connection, before)
        assert touched_since(connection, project_state(connection)) == set()


def test_the_backup_can_still_undo(study_path: Path) -> None:
    with open_study(study_path, "C1") as project:
        work(project)
        before = state_of(study_path)
        done = compact(project)
    with open_study(Path(shutil.copy(done.backup, study_path))) as kept:
        assert state_of(done.backup) == before
        assert redo(kept) is not None


def test_a_study_goes_on_working_after_it_was_compacted_open(project: Project) -> None:
    work(project)
    compact(project)
    with project.change("Edit") as session:
        text = session.query(SourceText).one()
        update_each(session, SourceText, [{"id": text.id, "text": "Baru"}])
    undo(project)
    with project.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM source_text").scalar() == 1


def test_a_study_is_not_compacted_for_a_reader_or_beside_a_writer(project: Project) -> None:
    with read_study(project.path) as reading, pytest.raises(RuntimeError, match="reading only"):
        compact(reading)
    with pytest.raises(UserError, match="open in another window"):
        compact(project.path)


def test_a_failure_leaves_the_study_as_it_was(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    work(project)
    before = state_of(project.path)

    def fail(*_arguments: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(compacting, "_forget_images", fail)
    with pytest.raises(UserError, match="disk is full"):
        compact(project)
    assert state_of(project.path) == before
    assert redo(project) is not None
