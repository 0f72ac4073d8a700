"""Undo and redo lead back and forth between the very same states, in any order, across restarts."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from qualcoder_lite.errors import Conflict
from qualcoder_lite.i18n import use_language
from qualcoder_lite.store.creating import new_study
from qualcoder_lite.store.journal import insert_rows, remove, update_each, update_rows
from qualcoder_lite.store.project import Project, open_study, read_study, state
from qualcoder_lite.store.schema import (
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
from qualcoder_lite.store.undo import history, redo, steps_left, undo
from tests.store.states import State, rows, state_of


def add_code(project: Project, key: str) -> bytes:
    with project.change("Add code {name}", name=key) as session:
        return insert_rows(session, Code, [{"key": key}])[0]


def rename(project: Project, code: bytes, key: str) -> None:
    with project.change("Rename to {name}", name=key) as session:
        session.get_one(Code, code).key = key


def keys(project: Project) -> list[str]:
    return [key for (key,) in rows(project.path, "SELECT key FROM code ORDER BY key")]


# The stack ----------------------------------------------------------------------------------------------


def test_nothing_to_undo_or_redo_in_a_new_study(project: Project) -> None:
    assert undo(project) is None
    assert redo(project) is None
    assert steps_left(project, "undo") == steps_left(project, "redo") == 0


def test_steps_are_undone_newest_first_and_redone_in_the_order_of_undoing(project: Project) -> None:
    for key in "ABC":
        add_code(project, key)
    undone = [notice.parameters["name"] for notice in iter(lambda: undo(project), None)]
    assert undone == ["C", "B", "A"]
    assert keys(project) == []
    assert (steps_left(project, "undo"), steps_left(project, "redo")) == (0, 3)
    redone = [notice.parameters["name"] for notice in iter(lambda: redo(project), None)]
    assert redone == ["A", "B", "C"]
    assert keys(project) == ["A", "B", "C"]


def test_a_new_step_ends_redo_for_good(project: Project) -> None:
    code = add_code(project, "A")
    rename(project, code, "B")
    undo(project)
    rename(project, code, "C")
    assert redo(project) is None
    undo(project)
    assert redo(project) is not None
    assert keys(project) == ["C"]
    undo(project)
    undo(project)
    assert undo(project) is None
    redo(project)
    redo(project)
    assert redo(project) is None
    assert keys(project) == ["C"]


def test_undo_and_redo_last_over_a_restart(study_path: Path) -> None:
    with open_study(study_path, "C1") as project:
        code = add_code(project, "A")
        rename(project, code, "B")
        undo(project)
    with open_study(study_path, "C1") as project:
        redo(project)
        assert keys(project) == ["B"]
    with open_study(study_path, "C1") as project:
        undo(project)
        undo(project)
        assert keys(project) == []


def test_the_state_number_differs_after_every_step_undo_and_redo(project: Project) -> None:
    seen = [state(project)]
    add_code(project, "A")
    seen.append(state(project))
    undo(project)
    seen.append(state(project))
    redo(project)
    seen.append(state(project))
    assert len(set(seen)) == 4


def test_history_tells_every_event_in_its_order_and_language(project: Project) -> None:
    code = add_code(project, "A")
    rename(project, code, "B")
    undo(project)
    project.coder = "C2"
    redo(project)
    add_code(project, "C")
    lines = history(project)
    assert [(line.step, line.kind, line.coder) for line in lines] == [
        (1, "do", "C1"),
        (2, "do", "C1"),
        (2, "undo", "C1"),
        (2, "redo", "C2"),
        (3, "do", "C2"),
    ]
    assert [line.rows for line in lines] == [2, 1, 1, 1, 2]
    assert [line.text for line in lines][:2] == ["Add code A", "Rename to B"]
    assert all(before.at <= after.at for before, after in pairwise(lines))
    assert not any(line.undone or line.compacted for line in lines)


def test_history_is_read_beside_the_writer(project: Project) -> None:
    add_code(project, "A")
    with read_study(project.path) as reading:
        assert len(history(reading)) == 1
        with pytest.raises(RuntimeError, match="reading only"):
            undo(reading)
        with pytest.raises(RuntimeError, match="reading only"), reading.change("Write"):
            pass


# Two coders ----------------------------------------------------------------------------------------------


def test_each_coder_undoes_their_own_steps(project: Project) -> None:
    add_code(project, "A")
    project.coder = "C2"
    add_code(project, "B")
    assert undo(project, "C1") is not None
    assert keys(project) == ["B"]
    assert undo(project, "C1") is None
    assert redo(project, "C2") is None
    assert redo(project, "C1") is not None
    assert keys(project) == ["A", "B"]


def conflict(act: Callable[[], object], *words: str) -> None:
    """The act is refused with these words, in both languages without a place left unfilled."""
    for language in ("en", "id"):
        use_language(language)
        with pytest.raises(Conflict) as caught:
            act()
        told = str(caught.value)
        assert "{" not in told
        assert all(word in told for word in words), told
    use_language("en")


def test_a_step_on_whose_rows_another_built_is_refused(project: Project) -> None:
    code = add_code(project, "A")
    project.coder = "C2"
    rename(project, code, "B")
    before = state_of(project.path)
    conflict(lambda: undo(project, "C1"), "Add code A", "Rename to B")
    assert state_of(project.path) == before
    undo(project, "C2")
    assert undo(project, "C1") is not None


def test_a_step_whose_rows_another_refers_to_is_refused(project: Project) -> None:
    code = add_code(project, "A")
    project.coder = "C2"
    with project.change("Add child") as session:
        insert_rows(session, Code, [{"key": "B", "parent_id": code}])
    conflict(lambda: undo(project, "C1"), "Add code A")
    assert keys(project) == ["A", "B"]


def test_a_step_of_which_a_memo_or_a_cell_speaks_is_refused(project: Project) -> None:
    code = add_code(project, "A")
    project.coder = "C2"
    with project.change("Write memo") as session:
        session.add(Memo(about_table="code", about_id=code, text="Catatan"))
    conflict(lambda: undo(project, "C1"), "Add code A")
    undo(project)
    with project.change("Write cell") as session:
        session.add(Cell(first=f"code:{code.hex()}", second="study:"))
    conflict(lambda: undo(project, "C1"), "Add code A")


def test_a_step_that_found_its_rows_otherwise_is_not_redone(project: Project) -> None:
    code = add_code(project, "A")
    rename(project, code, "B")
    project.coder = "C2"
    rename(project, code, "C")
    undo(project, "C2")
    undo(project, "C1")  # the renaming to B, on which that to C was built
    conflict(lambda: redo(project, "C2"), "Rename to C", "Rename to B")
    redo(project, "C1")
    redo(project, "C2")
    assert keys(project) == ["C"]


def test_a_step_made_while_another_was_undone_stands_in_the_way_of_its_redo(project: Project) -> None:
    code = add_code(project, "A")
    rename(project, code, "B")
    undo(project, "C1")
    project.coder = "C2"
    rename(project, code, "C")
    conflict(lambda: redo(project, "C1"), "Rename to B", "Rename to C")
    undo(project, "C2")
    redo(project, "C1")
    conflict(lambda: redo(project, "C2"), "Rename to C")
    undo(project, "C1")
    redo(project, "C2")
    assert keys(project) == ["C"]


# Any sequence --------------------------------------------------------------------------------------------

Act = Callable[[Session, int], None]


def _pick(session: Session, kind: Any, number: int) -> Any:
    found = session.scalars(select(kind).order_by(kind.id)).all()
    return found[number % len(found)] if found else None


def _add_source(session: Session, number: int) -> None:
    [source] = insert_rows(session, Source, [{"key": f"S{number}", "header": {"Kode": "é😀"}}])
    insert_rows(session, SourceText, [{"source_id": source, "text": f"Teks 😀 {number} " * (number % 9)}])
    session.add(Speaker(source_id=source, label="I", role="informant"))


def _add_code(session: Session, number: int) -> None:
    parent = _pick(session, Code, number)
    session.add(Code(key=f"K{number}", parent_id=parent and parent.id, colour=number % 16 or None))


def _add_codings(session: Session, number: int) -> None:
    source, code = _pick(session, Source, number), _pick(session, Code, number)
    if source is None or code is None:
        return
    session.merge(Coder(id=session.info["coder_id"], name=session.info["coder"]))
    shared = {"source_id": source.id, "code_id": code.id, "coder_id": session.info["coder_id"]}
    made = insert_rows(
        session,
        Coding,
        [{**shared, "start": at, "end": at + 5, "polarity": "+"} for at in range(number % 40)],
    )
    insert_rows(session, Memo, [{"about_table": "coding", "about_id": row, "text": "é"} for row in made[:2]])


def _write_cell(session: Session, number: int) -> None:
    code = _pick(session, Code, number)
    if code is not None:
        session.add(Cell(first=f"code:{code.id.hex()}", second="study:", seen=[[number, "x"]]))


def _splice_text(session: Session, number: int) -> None:
    row = _pick(session, SourceText, number)
    if row is not None:
        at = number % (len(row.text) + 1)
        row.text = row.text[:at] + "é😀"[: number % 3] + row.text[at + number % 4 :]


def _update_many(session: Session, number: int) -> None:
    ids = list(session.scalars(select(Coding.id)))
    update_rows(session, Coding, ids[:: 1 + number % 3], {"polarity": "-+0±"[number % 4]})


def _update_each(session: Session, number: int) -> None:
    codes = session.scalars(select(Code)).all()
    update_each(session, Code, [{"id": row.id, "position": number % 3 + at} for at, row in enumerate(codes)])


def _remove(kind: Any) -> Act:
    def act(session: Session, number: int) -> None:
        row = _pick(session, kind, number)
        if row is not None:
            remove(session, kind, [row.id])

    return act


def _rename(session: Session, number: int) -> None:
    row = _pick(session, Code, number)
    if row is not None:
        row.key = f"K{number % 5}"


ACTS: dict[str, Act] = {
    "add source": _add_source,
    "add code": _add_code,
    "rename code": _rename,
    "add codings": _add_codings,
    "write cell": _write_cell,
    "splice text": _splice_text,
    "update many": _update_many,
    "update each": _update_each,
    "remove code": _remove(Code),
    "remove source": _remove(Source),
    "remove coding": _remove(Coding),
    "add informant": lambda session, number: session.add(Informant(alias=f"A{number}")),
}
STEPS = st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 500)), min_size=1, max_size=3)
MOVES = st.one_of(STEPS, st.sampled_from(["undo", "redo", "undo", "reopen"]))


@contextmanager
def fresh_copy(study: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(shutil.copy(study, Path(folder) / "copy.qcl"))


@pytest.fixture(scope="module")
def empty_study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "empty.qcl"
    new_study(path, "Studi rekaan")
    return path


@given(moves=st.lists(MOVES, max_size=25))
def test_any_sequence_of_steps_is_undone_and_redone_to_the_same_states(
    empty_study: Path, moves: list[Any]
) -> None:
    with fresh_copy(empty_study) as path:
        project = open_study(path, "C1")
        states, at = [state_of(path)], 0
        try:
            for move in moves:
                if move == "reopen":
                    project.close()
                    project = open_study(path, "C1")
                elif move in ("undo", "redo"):
                    at = _moved(project, move, states, at)
                elif _done(project, move):
                    states[at + 1 :] = [state_of(path)]
                    at += 1
                assert state_of(path) == states[at]
            _there_and_back(project, states, at)
        finally:
            project.close()


def _moved(project: Project, move: str, states: list[State], at: int) -> int:
    possible = at > 0 if move == "undo" else at < len(states) - 1
    notice = undo(project) if move == "undo" else redo(project)
    assert (notice is not None) == possible
    return at + (-1 if move == "undo" else 1) * possible


def _done(project: Project, acts: list[tuple[str, int]]) -> bool:
    """Do these acts as one step; tell whether it changed anything."""
    before = state(project)
    with project.change("Do {acts}", acts=str(acts)) as session:
        for name, number in acts:
            ACTS[name](session, number)
            session.flush()
    return state(project) != before


def _there_and_back(project: Project, states: list[State], at: int) -> None:
    for expected in reversed(states[:at]):
        undo(project)
        assert state_of(project.path) == expected
    assert undo(project) is None
    for expected in states[1:]:
        redo(project)
        assert state_of(project.path) == expected
    assert redo(project) is None
