"""A study of every schema ever released is brought up to date without losing a row or a step."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from qualcoder_lite.errors import UserError
from qualcoder_lite.store import connection, migrating
from qualcoder_lite.store.backup import backups
from qualcoder_lite.store.columns import Base
from qualcoder_lite.store.creating import new_study
from qualcoder_lite.store.journal import insert_rows
from qualcoder_lite.store.project import open_study, read_study
from qualcoder_lite.store.schema import SCHEMA, Code
from qualcoder_lite.store.undo import history, redo, undo
from tests.store.states import rows, state_of

RELEASED = Path(__file__).parents[1] / "projects"
OLDER = range(1, SCHEMA)


@pytest.fixture(params=range(1, SCHEMA + 1))
def released(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of the study of each schema."""
    return copy_of(request.param, tmp_path)


@pytest.fixture(params=OLDER)
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of the study of each schema but the newest."""
    return copy_of(request.param, tmp_path)


def copy_of(schema: int, folder: Path) -> Path:
    return Path(shutil.copy(RELEASED / f"{schema:04}.qcl", folder / "old.qcl"))


def schema_of(path: Path) -> list[Any]:
    """All tables and indexes as SQL, without what only the layout of the words differs in."""
    found = rows(path, "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
    return sorted((*kind, re.sub(r"\s+", " ", sql or "").replace('"', "")) for *kind, sql in found)


def data_of(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table by the names of its columns."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as opened:
        opened.row_factory = sqlite3.Row
        names = [name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: [dict(row) for row in opened.execute(f'SELECT * FROM "{name}"')] for name in names}


def values_of(path: Path) -> dict[str, Any]:
    """What is in the study, JSON by what it means: earlier versions wrote it with more spaces."""
    return {name: [tuple(map(_meaning, row)) for row in found] for name, found in state_of(path).items()}


def _meaning(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) and value[:1] in ("{", "[") else value


def test_there_is_a_study_of_every_schema() -> None:
    expected = [f"{schema:04}.qcl" for schema in range(1, SCHEMA + 1)]
    assert sorted(path.name for path in RELEASED.glob("*.qcl")) == expected


def test_every_released_study_has_a_row_in_every_table(released: Path) -> None:
    empty = [name for name, found in data_of(released).items() if not found]
    assert empty == []


def test_a_released_study_becomes_one_like_a_new_one(released: Path, tmp_path: Path) -> None:
    new_study(tmp_path / "new.qcl")
    open_study(released).close()
    assert schema_of(released) == schema_of(tmp_path / "new.qcl")
    assert connection.schema_of(released) == SCHEMA
    assert rows(released, "SELECT version_num FROM alembic_version") == [(f"{SCHEMA:04}",)]


def test_a_new_study_is_what_the_program_expects(tmp_path: Path) -> None:
    new_study(tmp_path / "new.qcl")
    engine = create_engine(f"sqlite:///{tmp_path / 'new.qcl'}")
    with engine.connect() as opened:
        context = MigrationContext.configure(opened, opts={"compare_type": False})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_every_row_of_a_released_study_is_kept(released: Path) -> None:
    before = data_of(released)
    open_study(released).close()
    after = data_of(released)
    del before["alembic_version"]
    before.pop("seal", None)  # a closed study is sealed anew
    for name, found in before.items():
        assert [
            {column: row[column] for column in old} for old, row in zip(found, after[name], strict=True)
        ] == found


def test_the_history_of_a_released_study_is_undone_and_redone_after_migrating(released: Path) -> None:
    with open_study(released, "Peneliti") as project:
        lines = history(project)
        assert [line.kind for line in lines[-2:]] == ["do", "undo"]
        newest, states = values_of(released), []
        assert redo(project) is not None
        while undo(project):
            states.append(values_of(released))
        assert states[0] == newest
        assert states[-1].keys() == {"study"}
        for expected in states[-2::-1]:
            redo(project)
            assert values_of(released) == expected
        with project.change("Go on") as session:
            insert_rows(session, Code, [{"key": "baru"}])
        assert undo(project) is not None


def test_a_backup_is_made_before_migrating(older: Path) -> None:
    before = older.read_bytes()
    open_study(older).close()
    [kept] = backups(older)
    data, released = data_of(kept), data_of(RELEASED / f"{connection.schema_of(kept):04}.qcl")
    for found in (data, released):
        found.pop("seal", None)  # a backup is sealed by itself
    assert data == released
    assert connection.schema_of(kept) < SCHEMA
    assert older.read_bytes() != before
    open_study(older).close()
    assert backups(older) == [kept]


def test_a_study_of_the_newest_schema_is_not_touched(tmp_path: Path) -> None:
    path = copy_of(SCHEMA, tmp_path)
    before, state = path.read_bytes(), state_of(path)
    open_study(path, write_ahead=False).close()
    assert path.read_bytes() == before
    open_study(path).close()
    assert state_of(path) == state
    assert [found.name for found in tmp_path.iterdir()] == ["old.qcl"]


def test_an_older_study_is_not_migrated_by_reading(older: Path) -> None:
    before = older.read_bytes()
    with pytest.raises(UserError, match="earlier version"):
        read_study(older)
    assert older.read_bytes() == before
    assert [found.name for found in older.parent.iterdir()] == ["old.qcl"]


def test_a_study_of_a_later_version_is_refused(tmp_path: Path) -> None:
    path = copy_of(SCHEMA, tmp_path)
    with closing(sqlite3.connect(path, isolation_level=None)) as opened:
        opened.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    before = path.read_bytes()
    for opening in (open_study, read_study):
        with pytest.raises(UserError, match="later version"):
            opening(path)
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["old.qcl"]


def test_a_migration_that_fails_leaves_the_old_study_and_says_so(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = older.read_bytes()

    def fail(path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as opened:
            opened.execute("DELETE FROM coding")
        raise ZeroDivisionError

    monkeypatch.setattr(migrating, "upgrade", fail)
    with pytest.raises(UserError, match="can't be brought up to date") as caught:
        open_study(older)
    assert backups(older)[0].name in str(caught.value)
    assert older.read_bytes() == before
    assert sorted(found.name for found in older.parent.iterdir()) == ["old.backups", "old.qcl"]
    monkeypatch.undo()
    open_study(older).close()


def test_a_migration_that_fails_halfway_changes_nothing(older: Path) -> None:
    with closing(sqlite3.connect(older, isolation_level=None)) as opened:
        # so that the last migration can't make an index of this name, after it made its table
        opened.execute("CREATE INDEX ix_claim_answer_coding_id ON coding (id)")
    before = older.read_bytes()
    with pytest.raises(UserError, match="can't be brought up to date"):
        open_study(older)
    assert older.read_bytes() == before
