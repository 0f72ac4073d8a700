"""A full disk, a file or folder that can't be written: told in words, and the study is as it was."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import use_language
from qualcoder_lite.store import connection
from qualcoder_lite.store.backup import backup, backups
from qualcoder_lite.store.compacting import compact
from qualcoder_lite.store.creating import new_study
from qualcoder_lite.store.journal import insert_rows, remove
from qualcoder_lite.store.project import Project, open_study, read_study
from qualcoder_lite.store.schema import Code, Source, SourceText
from qualcoder_lite.store.undo import history, redo, undo
from tests.faults.rights import no_file_beyond, open_folder, without_rights
from tests.store.states import state_of

OLD = Path(__file__).parents[1] / "projects" / "0001.qcl"


def add_code(project: Project) -> None:
    with project.change("Add a code") as session:
        insert_rows(session, Code, [{"key": "A"}])


def add_text(project: Project, characters: int = 3_000_000) -> None:
    with project.change("Import") as session:
        [source] = insert_rows(session, Source, [{"key": "A1"}])
        insert_rows(session, SourceText, [{"source_id": source, "text": "x" * characters}])


def told(act: Callable[[], object], *words: str) -> None:
    """The act is refused in both languages, in English with one of these sentences."""
    sentences = []
    for language in ("id", "en"):
        use_language(language)
        with pytest.raises(UserError) as caught:
            act()
        sentences.append(str(caught.value))
    assert sentences[0] != sentences[1]
    assert any(word in sentences[1] for word in words), sentences[1]


# A full disk --------------------------------------------------------------------------------------------

FULL = ("The disk is full.", "can't be opened or written")


@pytest.fixture(params=["by the database", "by the system", "by the system, log beside"])
def full_disk(
    study_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Project]:
    """An open study on a disk with little room."""
    if request.param == "by the database":
        pages = study_path.stat().st_size // 4096 + 100
        monkeypatch.setattr(connection, "WRITING", (*connection.WRITING, f"max_page_count={pages}"))
    with open_study(study_path, "C1", write_ahead=request.param.endswith("beside")) as project:
        add_code(project)
        if request.param == "by the database":
            yield project
        else:
            with no_file_beyond(study_path.stat().st_size + 400_000):
                yield project


def test_a_step_that_does_not_fit_on_the_disk_leaves_all_as_it_was(full_disk: Project) -> None:
    before, lines = state_of(full_disk.path), history(full_disk)
    told(lambda: add_text(full_disk), *FULL)
    assert state_of(full_disk.path) == before
    assert history(full_disk) == lines
    add_code(full_disk)  # what fits still goes in
    assert undo(full_disk) is not None
    assert undo(full_disk) is not None


def test_room_made_on_the_disk_lets_work_go_on(study_path: Path) -> None:
    with open_study(study_path, "C1") as project:
        with no_file_beyond(study_path.stat().st_size + 400_000):
            told(lambda: add_text(project), *FULL)
        add_text(project)
    connection.check_whole(study_path)
    assert len(state_of(study_path)["source_text"]) == 1
    assert [path.name for path in study_path.parent.iterdir()] == ["study.qcl"]


def test_an_undo_that_does_not_fit_is_not_half_done(study_path: Path) -> None:
    with open_study(study_path, "C1") as project:
        add_text(project)
        with project.change("Remove") as session:
            remove(session, Source, [session.query(Source).one().id])
        before = state_of(study_path)
        with no_file_beyond(1_000_000):
            told(lambda: undo(project), *FULL)
        assert state_of(study_path) == before
        undo(project)
        undo(project)
        redo(project)
        assert len(state_of(study_path)["source_text"]) == 1


def test_a_backup_that_does_not_fit_leaves_the_older_ones(project: Project) -> None:
    kept = backup(project.path)
    add_text(project)
    with no_file_beyond(1_000_000):
        told(lambda: backup(project.path), *FULL)
    assert backups(project.path) == [kept]
    assert sorted(kept.parent.iterdir()) == sorted([kept, kept.with_suffix(".json")])


def test_a_compaction_that_does_not_fit_leaves_the_study(
    study_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_study(study_path, "C1") as project:
        add_text(project)
    before = study_path.read_bytes()
    monkeypatch.setattr("qualcoder_lite.store.compacting.backup", lambda path: path)
    with no_file_beyond(1_000_000):
        told(lambda: compact(study_path), *FULL)
    assert study_path.read_bytes() == before
    assert [path.name for path in study_path.parent.iterdir()] == ["study.qcl"]


def test_a_migration_that_does_not_fit_leaves_the_study(tmp_path: Path) -> None:
    path = Path(shutil.copy(OLD, tmp_path / "old.qcl"))
    before = path.read_bytes()
    with no_file_beyond(len(before) - 1):
        told(lambda: open_study(path), *FULL)
    with no_file_beyond(len(before)):  # there is room for the backup, not for the new tables
        told(lambda: open_study(path), *FULL)
    assert path.read_bytes() == before
    open_study(path).close()


def test_a_new_study_that_does_not_fit_leaves_no_file(tmp_path: Path) -> None:
    with no_file_beyond(100_000):
        told(lambda: new_study(tmp_path / "new.qcl"), *FULL)
    assert list(tmp_path.iterdir()) == []


# Without rights -----------------------------------------------------------------------------------------

READ_ONLY = "The file or its folder can only be read."


@pytest.fixture
def own() -> Iterator[Path]:
    """A study in a folder whose rights tests may take away."""
    with open_folder() as folder:
        path = folder / "study.qcl"
        new_study(path, coder="C1")
        with open_study(path) as project:
            add_code(project)
        yield path


def test_a_file_that_can_only_be_read_is_read_and_not_changed(own: Path) -> None:
    before = own.read_bytes()
    with without_rights(own.parent):
        own.chmod(0o444)
        told(lambda: open_study(own), READ_ONLY)
        with read_study(own) as reading:
            assert len(history(reading)) == 1
    assert own.read_bytes() == before
    assert [path.name for path in own.parent.iterdir()] == ["study.qcl"]


def test_a_folder_that_can_only_be_read_is_read_and_not_changed(own: Path) -> None:
    before = own.read_bytes()
    with without_rights(own.parent):
        own.parent.chmod(0o555)
        told(lambda: open_study(own), READ_ONLY)
        told(lambda: backup(own), READ_ONLY)
        told(lambda: compact(own), READ_ONLY)
        told(lambda: new_study(own.with_name("new.qcl")), READ_ONLY)
        with read_study(own) as reading:
            assert len(history(reading)) == 1
    assert own.read_bytes() == before


def test_a_study_left_for_write_ahead_logs_is_read_in_a_folder_that_can_only_be_read(own: Path) -> None:
    own.write_bytes(own.read_bytes()[:18] + b"\2\2" + own.read_bytes()[20:])
    with without_rights(own.parent):
        own.parent.chmod(0o555)
        with read_study(own) as reading:
            assert len(history(reading)) == 1


def test_a_file_that_can_not_be_read_is_told(own: Path) -> None:
    with without_rights(own.parent):
        own.chmod(0)
        told(lambda: open_study(own), READ_ONLY, "can't be read")
        told(lambda: read_study(own), READ_ONLY, "can't be read")
