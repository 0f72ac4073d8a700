"""Undo and redo lead back and forth between the very same states, in any order, across restarts."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from qualcoder_lite.errors import Conflict
from qualcoder_lite.i18n import use_language
from qualcoder_lite.progress import Cancelled
from qualcoder_lite.store.journal import insert_rows, remove
from qualcoder_lite.store.project import Changes, Project, open_study, read_study, state
from qualcoder_lite.store.schema import (
    Cell,
    Code,
    Memo,
)
from qualcoder_lite.store.undo import history, redo, redo_several, steps_left, undo, undo_several
from tests.store.states import rows, state_of


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


@pytest.mark.parametrize("other", ["study:", "technique:interview"])
def test_what_spoke_of_a_row_that_another_removed_does_not_come_back_without_it(
    project: Project, other: str
) -> None:
    code = add_code(project, "A")
    with project.change("Write") as session:
        memo = insert_rows(session, Memo, [{"about_table": "code", "about_id": code, "text": "x"}])
        cell = insert_rows(session, Cell, [{"first": f"code:{code.hex()}", "second": other}])
    for kind, ids in ((Memo, memo), (Cell, cell)):
        project.coder = "C1"
        with project.change("Remove") as session:
            remove(session, kind, ids)
        project.coder = "C2"
        with project.change("Remove the code") as session:
            remove(session, Code, [code])
        before = state_of(project.path)
        with pytest.raises(Conflict, match="builds on it"):
            undo(project, "C1")
        assert state_of(project.path) == before
        undo(project, "C2")
        undo(project, "C1")
        assert kind.__tablename__ in state_of(project.path)


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


def test_many_are_undone_and_redone_as_one_with_one_notice(project: Project) -> None:
    for name in "ABC":
        add_code(project, name)
    after, notices = state_of(project.path), list[Changes]()
    project.listeners.append(notices.append)
    assert len(undo_several(project, 3)) == 3
    assert keys(project) == []
    assert len(notices) == 1
    assert notices[0].kind == "undo"
    assert len([row for table, row in notices[0].rows if table == "code"]) == 3
    redo_several(project, 9)
    assert len(notices) == 2
    assert state_of(project.path) == after


@pytest.mark.parametrize("many", [undo_several, redo_several])
def test_where_undoing_many_is_cancelled_nothing_is(project: Project, many: Callable[..., object]) -> None:
    for name in "ABCD":
        add_code(project, name)
    undo_several(project, 2)
    before, notices = state_of(project.path), list[Changes]()
    project.listeners.append(notices.append)

    def cancel(done: int, _total: int, _label: str = "") -> None:
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        many(project, 2, progress=cancel)
    assert state_of(project.path) == before
    assert notices == []
    assert history(project)[-1].kind == "undo"
    assert len(history(project)) == 6
