"""Any steps, undone and redone in any order by one coder or by two, lead to the very same states."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from qualcoder_lite.errors import Conflict
from qualcoder_lite.store.creating import new_study
from qualcoder_lite.store.journal import insert_rows, remove, update_each, update_rows
from qualcoder_lite.store.project import Project, open_study, state
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
from qualcoder_lite.store.undo import redo, undo
from tests.store.states import State, state_of

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


# Two coders in any order ---------------------------------------------------------------------------------

NARROW = ["rename code", "rename code", "splice text", "remove code", "add code"]  # so that they often meet
ONE_ACT = st.tuples(st.sampled_from(NARROW), st.integers(0, 6)).map(lambda act: [act])
TURN = st.tuples(st.sampled_from(["C1", "C2"]), st.one_of(ONE_ACT, st.sampled_from(["undo", "redo"])))
Flat = dict[tuple[str, bytes], tuple[Any, ...]]


def flat(path: Path) -> Flat:
    return {(table, row[0]): row for table, found in state_of(path).items() for row in found}


@given(turns=st.lists(TURN, min_size=8, max_size=20))
def test_a_study_is_always_what_its_done_steps_make_of_it(empty_study: Path, turns: list[Any]) -> None:
    """Whatever two coders undo and redo of their own, an undone step leaves no trace."""
    with fresh_copy(empty_study) as path, open_study(path, "C0") as project:
        _done(project, [("add source", 3), ("add code", 1), ("add code", 2)])
        start = flat(path)
        made: dict[int, Flat] = {}  # step -> the rows that it touched, as it left them; empty: gone
        done: dict[int, bool] = {}
        for coder, move in turns:
            project.coder = coder
            before = flat(path)
            if isinstance(move, list):
                if _done(project, move):
                    step = state(project)[0]
                    made[step], done[step] = _difference(before, flat(path)), True
            elif notice := _tried(project, move, coder):
                done[notice.step] = move == "redo"
            assert flat(path) == _replayed(start, [made[step] for step in sorted(made) if done[step]])


def _tried(project: Project, move: str, coder: str) -> Any:
    try:
        return undo(project, coder) if move == "undo" else redo(project, coder)
    except Conflict:
        return None


def _difference(before: Flat, after: Flat) -> Flat:
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    return {key: after.get(key, ()) for key in changed}


def _replayed(start: Flat, steps: list[Flat]) -> Flat:
    result = dict(start)
    for step in steps:
        result |= step
    return {key: row for key, row in result.items() if row}
