"""A check tells every kind of damage in words, and a repair of the same study leaves none of it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from qualcoder_lite.coding.importing.repairing import repair
from qualcoder_lite.coding.sample_study import build_sample
from qualcoder_lite.coding.vocabulary import CHOICES
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import use_language
from qualcoder_lite.store.integrity.checking import problems
from qualcoder_lite.store.project import open_study, read_study
from qualcoder_lite.store.undo import history
from tests.store.states import rows

RELEASED = Path(__file__).parents[2] / "projects"
FIRST = "WHERE rowid = 1"
NOBODY = "x'00112233445566778899aabbccddeeff'"
CHANGE_A_TEXT = f"UPDATE source_text SET text = replace(text, 'a', 'e') {FIRST}"
DAMAGES = {
    "a text that changed": (CHANGE_A_TEXT, "as they were stored"),
    "a text that is gone": (f"DELETE FROM source_text {FIRST}", "texts that are missing: 1"),
    "a length": (f"UPDATE source SET characters = 5 {FIRST}", "length is noted wrongly: 1"),
    "a range beyond": ('UPDATE coding SET "end" = 900000 ' + FIRST, "reach beyond their text: 1"),
    "a range outside": (f'UPDATE coding SET start = 800000, "end" = 900000 {FIRST}', "outside their text: 1"),
    "a range the wrong way": (f'UPDATE turn SET start = 9, "end" = 5 {FIRST}', "outside their text: 1"),
    "no study": ("DELETE FROM study", "not exactly one"),
    "two studies": (f"INSERT INTO study SELECT {NOBODY}, '', '', '', 0, NULL, 0, NULL", "not exactly one"),
    "a circle": (f"UPDATE code SET parent_id = id {FIRST}", "stand above themselves: 1"),
    "a polarity": (f"UPDATE coding SET polarity = '?' {FIRST}", "Codings with something in them"),
    "a kind": (f"UPDATE code SET kind = 'x' {FIRST}", "Codes with something in them"),
    "JSON": (f"UPDATE source SET header = '[' {FIRST}", "Sources with something in them"),
    "a list for an object": (f"UPDATE source SET header = '[]' {FIRST}", "Sources with something in them"),
    "no UTF-8": (f"UPDATE memo SET text = CAST(x'ff41' AS TEXT) {FIRST}", "Memos with something in them"),
    "marks": (f"UPDATE source_text SET marks = '[0,1]' {FIRST}", "texts with something in them"),
    "marks of no kind": (f"UPDATE source_text SET marks = '[90,0,1,1]' {FIRST}", "texts with something"),
    "a lost code": ("DELETE FROM code WHERE rowid = (SELECT max(rowid) FROM code)", "lost"),
    "a lost owner": (f"UPDATE wording SET code_id = {NOBODY} {FIRST}", "of which the owner is lost: 1"),
    "a memo on nothing": (
        f"UPDATE memo SET about_table = 'code', about_id = {NOBODY} {FIRST}",
        "Memos that refer to what is not there: 1",
    ),
    "a cell of nothing": (f"UPDATE cell SET first = 'code:{'0' * 32}' {FIRST}", "row or column is lost: 1"),
    "a name twice": ("UPDATE code SET key = 'R'", "with a name that another has"),
    "an original file": (f"UPDATE content SET data = x'00' {FIRST}", "Original files that are not"),
    "a lost original": (f"UPDATE source SET content_id = {NOBODY} {FIRST}", "refer to what is not there: 1"),
    "an index": ("DROP INDEX ix_coding_code_id", "Parts that make the study fast"),
    "an identity": ("DELETE FROM fact", "identify the study"),
    "a step": ("UPDATE step SET parameters = 'x' WHERE id = 1", "Lines of the history with something"),
}  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample study with a memo."""
    from qualcoder_lite.coding import memos

    path = tmp_path_factory.mktemp("sample") / "sample.qcl"
    build_sample(path)
    with open_study(path) as project:
        memos.add(project, "Ditulis sendiri")
    return path


@pytest.fixture
def study(whole: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copy(whole, tmp_path / "study.qcl"))


def change(path: Path, *statements: str) -> None:
    """Change the study as another program would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize(("statement", "told"), DAMAGES.values(), ids=DAMAGES)
def test_every_kind_of_damage_is_told_and_mended(
    study: Path, tmp_path: Path, statement: str, told: str
) -> None:
    change(study, statement)
    found = "\n".join(problems(study, CHOICES))
    assert told in found
    assert "repair" in found
    use_language("id")
    assert "\n".join(problems(study, CHOICES)) != found
    use_language("en")
    before = study.read_bytes()
    repair(study, tmp_path / "repaired.qcl")
    assert study.read_bytes() == before
    assert problems(tmp_path / "repaired.qcl", CHOICES) == []


def test_a_whole_study_has_no_problems_also_beside_its_writer(study: Path) -> None:
    assert problems(study, CHOICES) == []
    with open_study(study, write_ahead=True) as project:
        assert problems(study, CHOICES) == []
        with project.change("Write"):
            pass
    assert problems(study, CHOICES) == []
    assert problems(RELEASED / "0005.qcl", CHOICES) == []


def test_a_changed_letter_is_told_by_source_and_kind(study: Path) -> None:
    data = study.read_bytes()
    at = data.index(b"Jujur")
    study.write_bytes(data[:at] + b"J" + bytes([data[at + 1] ^ 1]) + data[at + 2 :])
    found = "\n".join(problems(study, CHOICES))
    assert "changed on the disk without being written to" in found
    assert "in a damaged place" in found
    with pytest.raises(UserError, match="damaged"):
        open_study(study)


def test_a_study_of_an_earlier_version_and_what_is_none_are_refused(tmp_path: Path) -> None:
    older = Path(shutil.copy(RELEASED / "0002.qcl", tmp_path / "old.qcl"))
    with pytest.raises(UserError, match="earlier version"):
        problems(older, CHOICES)
    (tmp_path / "x.qcl").write_bytes(b"x" * 9000)
    for door in (lambda path: problems(path, CHOICES), lambda path: repair(path, tmp_path / "new.qcl")):
        with pytest.raises(UserError, match="is not a study"):
            door(tmp_path / "x.qcl")
    assert not (tmp_path / "new.qcl").exists()


# Repair ----------------------------------------------------------------------------------------------------


def test_a_text_is_read_again_from_its_original_file(study: Path, tmp_path: Path) -> None:
    [(before,)] = rows(study, f"SELECT text FROM source_text {FIRST}")
    change(study, CHANGE_A_TEXT)
    done = repair(study, tmp_path / "repaired.qcl")
    assert rows(tmp_path / "repaired.qcl", "SELECT count(*) FROM source_text WHERE text = ?", before) == [
        (1,)
    ]
    assert {found.what for found in done.found} == {"reread"}


def test_codings_outlive_their_source_code_coder_and_text(study: Path, tmp_path: Path) -> None:
    [(number,)] = rows(study, "SELECT count(*) FROM coding")
    change(study, "DELETE FROM code", "DELETE FROM coder", "DELETE FROM source", "DELETE FROM source_text")
    repair(study, tmp_path / "repaired.qcl")
    assert rows(tmp_path / "repaired.qcl", "SELECT count(*) FROM coding") == [(number,)]
    with read_study(tmp_path / "repaired.qcl") as project:
        assert history(project)[-1].text == "Repair the study"


def test_words_of_a_cell_that_can_not_be_shown_become_a_memo(study: Path, tmp_path: Path) -> None:
    change(study, f"UPDATE cell SET first = 'nothing', conclusion = 'Simpulan saya' {FIRST}")
    repair(study, tmp_path / "repaired.qcl")
    [(text,)] = rows(tmp_path / "repaired.qcl", "SELECT text FROM memo WHERE text LIKE '%Simpulan saya%'")
    assert "Simpulan saya" in text


def test_rows_below_a_broken_inner_page_are_saved(study: Path, tmp_path: Path) -> None:
    [(number,)] = rows(study, "SELECT count(*) FROM coding")
    [(root,)] = rows(study, "SELECT rootpage FROM sqlite_schema WHERE name = 'coding'")
    data = bytearray(study.read_bytes())
    assert data[(root - 1) * 4096] == 5
    data[(root - 1) * 4096 : root * 4096] = bytes(4096)
    study.write_bytes(data)
    repair(study, tmp_path / "repaired.qcl")
    assert rows(tmp_path / "repaired.qcl", "SELECT count(*) FROM coding") == [(number,)]


def test_what_was_removed_does_not_come_back(study: Path, tmp_path: Path) -> None:
    from qualcoder_lite.store.journal import remove
    from qualcoder_lite.store.schema import Coding

    with open_study(study) as project, project.change("Remove codings") as session:
        gone = [row for (row,) in rows(study, "SELECT id FROM coding ORDER BY id LIMIT 60")]
        remove(session, Coding, gone)
    [(root,)] = rows(study, "SELECT rootpage FROM sqlite_schema WHERE name = 'coding'")
    data = bytearray(study.read_bytes())
    data[32:40] = bytes(8)  # nothing tells which pages are not in use
    data[(root - 1) * 4096 : root * 4096] = bytes(4096)
    study.write_bytes(data)
    repair(study, tmp_path / "repaired.qcl")
    kept = {row for (row,) in rows(tmp_path / "repaired.qcl", "SELECT id FROM coding")}
    assert kept.isdisjoint(gone)
    assert len(kept) == 72


@pytest.mark.parametrize("schema", [1, 2, 3, 4])
def test_a_study_of_any_schema_is_repaired(tmp_path: Path, schema: int) -> None:
    study = Path(shutil.copy(RELEASED / f"{schema:04}.qcl", tmp_path / "old.qcl"))
    done = repair(study, tmp_path / "new.qcl")
    assert done.saved["coding"] == done.saved["source_text"] == 2
    assert problems(tmp_path / "new.qcl", CHOICES) == []
