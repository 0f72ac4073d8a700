"""The journal keeps what a step changed, no more and no less, and nothing gets past it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.orm import Session

from qualcoder_lite.errors import UserError
from qualcoder_lite.store.ids import new_id
from qualcoder_lite.store.journal import (
    Unjournalled,
    insert_rows,
    remove,
    update_each,
    update_rows,
)
from qualcoder_lite.store.journal_tables import Content
from qualcoder_lite.store.project import Changes, Project
from qualcoder_lite.store.schema import (
    JOURNALLED,
    Attribute,
    Cell,
    Code,
    Coder,
    Coding,
    Informant,
    Memo,
    Source,
    SourceText,
    Speaker,
)
from qualcoder_lite.store.undo import history, redo, undo
from tests.projects.make import fill_every_table
from tests.store.states import rows, state_of


def add_codes(project: Project, *keys: str) -> list[bytes]:
    with project.change("Add codes") as session:
        return insert_rows(session, Code, [{"key": key} for key in keys])


def journal_of(project: Project, step: int) -> list[tuple[str, Any]]:
    found = rows(project.path, 'SELECT "table", other FROM row_change WHERE step_id = ?', step)
    return [(table, other and json.loads(other)) for table, other in found]


# What is kept -------------------------------------------------------------------------------------------


def test_a_new_row_is_kept_without_its_values(project: Project) -> None:
    add_codes(project, "A")
    assert sorted(journal_of(project, 1)) == [("code", None), ("coder", None)]


def test_only_changed_columns_are_kept(project: Project) -> None:
    [code] = add_codes(project, "A")
    with project.change("Rename") as session:
        session.get_one(Code, code).key = "B"
    [(table, other)] = journal_of(project, 2)
    assert table == "code"
    assert other["key"] == "A"
    assert other.keys() <= {"key", "modified_at"}


def test_who_changed_a_row_is_part_of_the_change(project: Project) -> None:
    [code] = add_codes(project, "A")
    project.coder = "C2"
    with project.change("Rename") as session:
        session.get_one(Code, code).key = "B"
        second = session.info["coder_id"]
    assert rows(project.path, "SELECT modified_by FROM code") == [(second,)]
    undo(project)
    assert rows(project.path, "SELECT modified_by = created_by FROM code") == [(1,)]


def test_a_change_taken_back_in_the_same_step_leaves_nothing(project: Project) -> None:
    [code] = add_codes(project, "A")
    before = state_of(project.path)
    with project.change("Rename twice") as session:
        session.get_one(Code, code).key = "B"
        session.flush()
        session.get_one(Code, code).key = "A"
    assert len(history(project)) == 1
    assert state_of(project.path) == before


def test_a_row_only_touched_keeps_its_stamps_beside_one_that_changed(project: Project) -> None:
    first, second = add_codes(project, "A", "B")
    stamps = rows(project.path, "SELECT modified_at FROM code WHERE key = 'A'")
    with project.change("Set keys") as session:
        update_each(session, Code, [{"id": first, "key": "A"}, {"id": second, "key": "C"}])
    assert [table for table, _other in journal_of(project, 2)] == ["code"]
    assert rows(project.path, "SELECT modified_at FROM code WHERE key = 'A'") == stamps


def test_a_row_made_and_removed_in_the_same_step_leaves_nothing(project: Project) -> None:
    with project.change("Nothing") as session:
        remove(session, Code, insert_rows(session, Code, [{"key": "A"}]))
    assert history(project) == []
    assert "coder" not in state_of(project.path)


@pytest.mark.parametrize("number", [3, 1_200])
def test_some_of_many_rows_made_and_removed_in_the_same_step(project: Project, number: int) -> None:
    with project.change("Add codes, remove some") as session:
        made = insert_rows(session, Code, [{"key": str(index)} for index in range(number)])
        remove(session, Code, made[1:])
    assert sorted(journal_of(project, 1)) == [("code", None), ("coder", None)]
    undo(project)
    assert state_of(project.path).keys() == {"study"}


def test_setting_the_same_value_is_no_change(project: Project) -> None:
    [code] = add_codes(project, "A")
    with project.change("Rename") as session:
        row = session.get_one(Code, code)
        row.key = "A"
    with project.change("Rename") as session:
        update_rows(session, Code, [code], {"key": "A"})
    assert len(history(project)) == 1


def test_a_step_that_changes_nothing_adds_no_coder_and_sends_no_notice(project: Project) -> None:
    [code] = add_codes(project, "A")
    heard: list[Changes] = []
    project.listeners.append(heard.append)
    project.coder = "C9"
    with project.change("Rename") as session:
        update_rows(session, Code, [code], {"key": "A"})
    assert heard == []
    assert rows(project.path, "SELECT name FROM coder") == [("C1",)]


def test_original_bytes_are_not_journalled(project: Project) -> None:
    with project.change("Import") as session:
        content = new_id()
        session.execute(insert(Content).values(id=content, digest="d", data=b"original"))
        insert_rows(session, Source, [{"key": "A1", "content_id": content}])
    undo(project)
    assert rows(project.path, "SELECT data FROM content") == [(b"original",)]


def test_a_long_text_changed_in_two_places_is_kept_as_a_splice(project: Project) -> None:
    long = "".join(f"Kalimat rekaan nomor {number}. " for number in range(20_000))
    with project.change("Import") as session:
        [source] = insert_rows(session, Source, [{"key": "A1"}])
        [kept] = insert_rows(session, SourceText, [{"source_id": source, "text": long}])
    middle = len(long) // 2
    edited = long[:middle] + "😀 disisipkan " + long[middle : middle + 40] + long[middle + 50 :]
    with project.change("Edit") as session:
        update_each(session, SourceText, [{"id": kept, "text": edited}])
    [(size,)] = rows(project.path, "SELECT sum(length(other)) FROM row_change WHERE step_id = 2")
    assert size < 400
    undo(project)
    assert rows(project.path, "SELECT text FROM source_text") == [(long,)]
    [(size,)] = rows(project.path, "SELECT sum(length(other)) FROM row_change WHERE step_id = 2")
    assert size < 400
    redo(project)
    assert rows(project.path, "SELECT text FROM source_text") == [(edited,)]


# Bulk functions -----------------------------------------------------------------------------------------


def test_many_rows_get_defaults_ids_in_order_and_stamps(project: Project) -> None:
    with project.change("Add") as session:
        own = new_id()
        ids = insert_rows(session, Informant, [{"alias": "A1", "id": own}, {"alias": "A2", "class": "key"}])
        coder = session.info["coder_id"]
    assert ids[0] == own
    columns = "id, alias, class, consent, position, note, created_by, modified_by, created_at = modified_at"
    assert rows(project.path, f"SELECT {columns} FROM informant ORDER BY alias") == [
        (own, "A1", "main", "given", 0, "", coder, coder, 1),
        (ids[1], "A2", "key", "given", 0, "", coder, coder, 1),
    ]


def test_a_column_that_is_not_there_is_refused(project: Project) -> None:
    with pytest.raises(KeyError, match="nonsense"), project.change("Add") as session:
        insert_rows(session, Code, [{"key": "A"}, {"key": "B", "nonsense": 1}])
    assert history(project) == []


def test_json_and_truth_come_back_as_they_went_in(project: Project) -> None:
    header = {"Kode": "A1", "Umur": 41, "Catatan": "“é” 😀 \\ \n"}
    with project.change("Add") as session:
        [source] = insert_rows(session, Source, [{"key": "A1", "header": header}])
        insert_rows(
            session, Speaker, [{"source_id": source, "label": "P", "role": "interviewer", "sure": False}]
        )
    undo(project)
    redo(project)
    with project.read() as connection:
        assert connection.scalar(select(Source.header)) == header
        assert connection.scalar(select(Speaker.sure)) is False


def test_no_rows_are_no_work(project: Project) -> None:
    with project.change("Nothing") as session:
        assert insert_rows(session, Code, []) == []
        update_each(session, Code, [])
        update_rows(session, Code, [], {"key": "A"})
        remove(session, Code, [])
    assert history(project) == []


def test_rows_read_before_a_bulk_change_are_read_anew(project: Project) -> None:
    [code] = add_codes(project, "A")
    with project.change("Rename") as session:
        row = session.get_one(Code, code)
        update_rows(session, Code, [code], {"key": "B"})
        assert row.key == "B"


# Removing -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", JOURNALLED.values(), ids=JOURNALLED)
def test_removing_a_row_leaves_nothing_that_speaks_of_it(project: Project, kind: type[Any]) -> None:
    fill_every_table(project)
    before = state_of(project.path)
    [(row,)] = rows(project.path, f"SELECT id FROM {kind.__tablename__} ORDER BY id LIMIT 1")
    with project.change("Remove") as session:
        remove(session, kind, [row])
    after = state_of(project.path)  # it checks the references that the database knows of
    assert rows(project.path, "SELECT count(*) FROM memo WHERE about_id = ?", row) == [(0,)]
    speaking = f"%{row.hex()}%"
    assert rows(project.path, "SELECT count(*) FROM cell WHERE first || second LIKE ?", speaking) == [(0,)]
    undo(project)
    assert state_of(project.path) == before
    redo(project)
    assert state_of(project.path) == after


def test_a_reference_that_does_not_own_its_row_is_emptied(project: Project) -> None:
    with project.change("Add") as session:
        [informant] = insert_rows(session, Informant, [{"alias": "A1"}])
        [source] = insert_rows(session, Source, [{"key": "A1"}])
        label = {"source_id": source, "label": "I", "role": "informant", "informant_id": informant}
        insert_rows(session, Speaker, [label])
    with project.change("Remove") as session:
        remove(session, Informant, [informant])
    assert rows(project.path, "SELECT label, informant_id FROM speaker") == [("I", None)]


def test_cells_of_a_removed_attribute_go_whatever_its_value(project: Project) -> None:
    with project.change("Add") as session:
        gone, stays = insert_rows(session, Attribute, [{"name": "Status"}, {"name": "Umur"}])
        refs = [f"attribute:{gone.hex()}=ASN", f"attribute:{stays.hex()}=41"]
        insert_rows(session, Cell, [{"first": ref, "second": "study:"} for ref in refs])
    with project.change("Remove") as session:
        remove(session, Attribute, [gone])
    assert rows(project.path, "SELECT first FROM cell") == [(refs[1],)]


def test_more_rows_than_fit_a_statement_go_with_what_belongs_to_them(project: Project) -> None:
    with project.change("Add") as session:
        [source] = insert_rows(session, Source, [{"key": "A1"}])
        [code] = insert_rows(session, Code, [{"key": "K"}])
        shared = {"source_id": source, "code_id": code, "coder_id": session.info["coder_id"], "end": 9}
        many = insert_rows(session, Coding, [{**shared, "start": at} for at in range(1_300)])
        insert_rows(session, Memo, [{"about_table": "coding", "about_id": row} for row in many])
    before = state_of(project.path)
    with project.change("Remove") as session:
        remove(session, Source, [source])
    assert state_of(project.path).keys() == {"study", "coder", "code"}
    undo(project)
    assert state_of(project.path) == before


# What gets past it ----------------------------------------------------------------------------------------

CODES = Code.__table__
BYPASSES: dict[str, Callable[[Session], object]] = {
    "bulk update": lambda session: session.execute(update(Code).values(key="B")),
    "bulk delete": lambda session: session.execute(delete(Code)),
    "bulk insert": lambda session: session.execute(insert(Code), [{"id": new_id(), "key": "B"}]),
    "table update": lambda session: session.connection().execute(update(CODES).values(key="B")),
    "query update": lambda session: session.query(Code).update({"key": "B"}),
    "query delete": lambda session: session.query(Code).delete(),
    "mappings": lambda session: session.bulk_insert_mappings(Code.__mapper__, [{"id": new_id(), "key": "B"}]),
    "session.delete": lambda session: (session.delete(session.scalars(select(Code)).one()), session.flush()),
}


@pytest.mark.parametrize("bypass", BYPASSES.values(), ids=BYPASSES)
def test_a_write_behind_the_journals_back_is_refused(
    project: Project, bypass: Callable[[Session], object]
) -> None:
    add_codes(project, "A")
    before = state_of(project.path)
    with pytest.raises(Unjournalled), project.change("Bypass") as session:
        bypass(session)
    assert state_of(project.path) == before
    add_codes(project, "C")  # and the door still opens


@pytest.mark.parametrize("place", ["writer", "reader"])
def test_a_write_outside_a_step_is_refused(project: Project, place: str) -> None:
    add_codes(project, "A")
    engine = getattr(project, place)
    with Session(engine) as session:
        session.add(Code(key="B"))
        with pytest.raises(Unjournalled):
            session.flush()
    with engine.connect() as connection, pytest.raises(Unjournalled):
        connection.execute(update(Code).values(key="B"))
    assert rows(project.path, "SELECT key FROM code") == [("A",)]


def test_the_database_itself_refuses_to_write_through_a_reading_connection(project: Project) -> None:
    add_codes(project, "A")
    with pytest.raises(UserError, match="can't be changed"), project.read() as connection:
        connection.execute(text("UPDATE code SET key = 'B'"))
    with pytest.raises(UserError), project.read() as connection:
        connection.execute(text("CREATE TABLE foreign_body (id INTEGER)"))
    assert rows(project.path, "SELECT key FROM code") == [("A",)]


def _fail_halfway(project: Project) -> None:
    with project.change("Fail") as session:
        insert_rows(session, Code, [{"key": "B"}])
        session.add(Coder(name="C2"))
        session.flush()
        raise ZeroDivisionError


def test_a_failure_leaves_nothing_and_tells_nobody(project: Project) -> None:
    add_codes(project, "A")
    heard: list[Changes] = []
    project.listeners.append(heard.append)
    before, lines = state_of(project.path), history(project)
    with pytest.raises(ZeroDivisionError):
        _fail_halfway(project)
    assert state_of(project.path) == before
    assert history(project) == lines
    assert heard == []


def test_a_step_within_a_step_is_refused(project: Project) -> None:
    for inner in (lambda: add_codes(project, "B"), lambda: undo(project)):
        with pytest.raises(RuntimeError, match="within a step"), project.change("Outer"):
            inner()
    add_codes(project, "A")
    assert rows(project.path, "SELECT key FROM code") == [("A",)]


def test_two_threads_take_turns(project: Project) -> None:
    threads = [threading.Thread(target=add_codes, args=(project, f"K{number}")) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(rows(project.path, "SELECT key FROM code")) == 6
    assert len(rows(project.path, "SELECT name FROM coder")) == 1


def test_a_reference_into_nothing_is_a_bug_and_leaves_nothing(project: Project) -> None:
    before = state_of(project.path)
    with pytest.raises(Exception, match="FOREIGN KEY"), project.change("Dangle") as session:
        insert_rows(session, SourceText, [{"source_id": new_id(), "text": ""}])
    assert state_of(project.path) == before
    add_codes(project, "A")


def test_a_savepoint_given_up_leaves_nothing_of_its_rows(project: Project) -> None:
    with project.change("Try") as session:
        insert_rows(session, Code, [{"key": "A"}])
        inner = session.begin_nested()
        insert_rows(session, Code, [{"key": "B"}])
        inner.rollback()
    assert rows(project.path, "SELECT key FROM code") == [("A",)]
    assert len([table for table, _other in journal_of(project, 1) if table == "code"]) == 1


def test_the_notice_names_the_step_and_the_rows(project: Project) -> None:
    heard: list[Changes] = []
    project.listeners.append(heard.append)
    [code] = add_codes(project, "A")
    with project.change("Rename code {name}", name="A") as session:
        session.get_one(Code, code).key = "B"
    undo(project)
    redo(project)
    assert [notice.kind for notice in heard] == ["do", "do", "undo", "redo"]
    assert ("code", code) in heard[0].rows
    assert heard[0].touch("coder")
    expected = Changes(2, "Rename code {name}", {"name": "A"}, frozenset({("code", code)}))
    assert heard[1] == expected
    assert heard[1].touch("memo", "code")
    assert not heard[1].touch("memo", "coding")
    assert heard[2].rows == heard[3].rows == expected.rows
