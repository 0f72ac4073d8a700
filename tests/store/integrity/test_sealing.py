"""A closed study is sealed: a single byte that changes on the disk shows at the next opening."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from qualcoder_lite.errors import UserError
from qualcoder_lite.store.backup import backup
from qualcoder_lite.store.connection import broken_pages, check_whole
from qualcoder_lite.store.integrity.page_sums import is_sealed, own_pages
from qualcoder_lite.store.integrity.pages import Pages
from qualcoder_lite.store.journal import insert_rows
from qualcoder_lite.store.project import open_study, read_study
from qualcoder_lite.store.schema import Memo
from tests.store.states import rows


def write_memos(path: Path, number: int = 200, write_ahead: bool = False) -> None:
    with open_study(path, write_ahead=write_ahead) as project, project.change("Write") as session:
        insert_rows(session, Memo, [{"text": f"Catatan {n} " * (n % 50)} for n in range(number)])


@pytest.mark.parametrize("write_ahead", [False, True])
def test_any_changed_byte_in_use_is_found(study_path: Path, write_ahead: bool) -> None:
    write_memos(study_path, write_ahead=write_ahead)
    assert is_sealed(study_path)
    assert broken_pages(study_path) == []
    whole, seed = study_path.read_bytes(), random.SystemRandom().randrange(1 << 32)
    chance = random.Random(seed)
    with Pages(study_path) as pages:
        harmless, size = pages.free() | set(own_pages(pages)), pages.size
    for _again in range(100):
        at = chance.randrange(100, len(whole))
        changed = bytearray(whole)
        changed[at] ^= 1 << chance.randrange(8)
        study_path.write_bytes(changed)
        assert broken_pages(study_path) or at // size + 1 in harmless, (seed, at)
    study_path.write_bytes(whole)
    check_whole(study_path)


def test_a_changed_letter_stops_the_study_from_being_opened_and_backed_up(study_path: Path) -> None:
    write_memos(study_path)
    study_path.write_bytes(study_path.read_bytes().replace(b"Catatan 17 ", b"Catatan 71 ", 1))
    for door in (open_study, read_study, backup):
        with pytest.raises(UserError, match="damaged"):
            door(study_path)


def test_what_another_program_writes_is_not_taken_for_damage(study_path: Path) -> None:
    write_memos(study_path)
    with closing(sqlite3.connect(study_path, isolation_level=None)) as other:
        other.execute("UPDATE memo SET text = 'lain'")
    assert not is_sealed(study_path)
    assert broken_pages(study_path) == []
    open_study(study_path).close()
    assert is_sealed(study_path)


@pytest.mark.parametrize("write_ahead", [False, True])
def test_a_study_that_was_not_closed_bears_no_seal(study_path: Path, write_ahead: bool) -> None:
    write_memos(study_path)
    project = open_study(study_path, write_ahead=write_ahead)
    with project.change("Write") as session:
        insert_rows(session, Memo, [{"text": "baru"}])
    killed = Path(shutil.copytree(study_path.parent, study_path.parent.with_name("killed")), "study.qcl")
    project.close()
    killed.with_name(".study.qcl.lock").unlink(missing_ok=True)
    assert broken_pages(killed) == []
    open_study(killed).close()
    assert is_sealed(killed)
    assert rows(killed, "SELECT count(*) FROM memo") == [(201,)]


def test_what_was_recovered_for_reading_is_sealed_again(study_path: Path) -> None:
    write_memos(study_path)
    with open_study(study_path) as project:
        with project.change("Write") as session:
            insert_rows(session, Memo, [{"text": "baru"}])
        killed = Path(shutil.copytree(study_path.parent, study_path.parent.with_name("killed")), "study.qcl")
    killed.with_name(".study.qcl.lock").unlink(missing_ok=True)
    read_study(killed).close()
    assert is_sealed(killed)
    assert [path.name for path in killed.parent.iterdir()] == ["study.qcl"]
    assert rows(killed, "SELECT count(*) FROM memo") == [(201,)]


def test_opening_and_closing_a_sealed_study_changes_no_byte(study_path: Path) -> None:
    write_memos(study_path)
    before = study_path.read_bytes()
    open_study(study_path, write_ahead=False).close()
    assert study_path.read_bytes() == before


def test_a_backup_is_sealed_as_well(study_path: Path) -> None:
    write_memos(study_path)
    kept = backup(study_path)
    assert is_sealed(kept)
    assert broken_pages(kept) == []


def test_where_the_disk_refuses_a_study_is_closed_without_a_seal(
    study_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qualcoder_lite.store.integrity import sealing

    def full(_path: Path) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sealing, "sums_of", full)
    write_memos(study_path)
    assert not is_sealed(study_path)
    check_whole(study_path)
