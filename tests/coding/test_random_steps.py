"""Any sequence of actions is undone and redone to identical states, also across restarts."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcoder_lite.coding import cells, claims, codes, codings, memos, questions, sources
from qualcoder_lite.coding.codings import Range
from qualcoder_lite.coding.counting.references import STUDY, reference
from qualcoder_lite.coding.people import attributes, coders, informants
from qualcoder_lite.errors import UserError
from qualcoder_lite.store.columns import Row
from qualcoder_lite.store.creating import new_study
from qualcoder_lite.store.project import Project, open_study
from qualcoder_lite.store.schema import (
    Attribute,
    Claim,
    Code,
    Coder,
    Coding,
    Informant,
    Memo,
    Question,
    Source,
)
from qualcoder_lite.store.undo import redo, undo
from tests.coding.adding import values
from tests.coding.building import build
from tests.store.states import State, state_of


class Chance:
    """Picks what an action is done to, from what is there now."""

    def __init__(self, project: Project, seed: int) -> None:
        self.project, self.random = project, random.Random(seed)

    def one(self, kind: type[Row]) -> bytes:
        """A row of a table; an id of nothing where it is empty."""
        rows = [row for (row,) in values(self.project, kind, "id")]
        return self.random.choice(rows) if rows else b"x" * 16  # type: ignore[return-value]

    def some(self, kind: type[Row]) -> list[bytes]:
        rows = [row for (row,) in values(self.project, kind, "id")]
        return self.random.sample(rows, self.random.randint(0, min(3, len(rows))))  # type: ignore[return-value]

    def maybe(self, kind: type[Row]) -> bytes | None:
        return self.one(kind) if self.random.random() < 0.6 else None

    def word(self) -> str:
        return self.random.choice(["", "a", "b", "kata baru", "K", "A1", "é𝒳"])

    def sign(self) -> str | None:
        return self.random.choice(["+", "-", "0", "±", None])

    def place(self) -> Range:
        source = self.one(Source)
        start = self.random.randint(0, 60)
        return Range(source, start, start + self.random.randint(0, 25))

    def splices(self) -> list[list[object]]:
        cuts = sorted(self.random.sample(range(80), 4))
        return [[cuts[0], cuts[1] - cuts[0], self.word()], [cuts[2], cuts[3] - cuts[2], self.word()]]

    def pair(self) -> tuple[str, str]:
        return reference("code", self.one(Code)), self.random.choice(
            [STUDY, reference("code", self.one(Code))]
        )


Act = Callable[[Project, Chance], object]


def _tag(project: Project, chance: Chance) -> None:
    place = chance.place()
    codings.apply(project, place.source, place.start, place.end, chance.one(Code), chance.sign())


def _resize(project: Project, chance: Chance) -> None:
    place = chance.place()
    codings.set_range(project, chance.one(Coding), place.start, place.end)


def _remark(project: Project, chance: Chance) -> None:
    place = chance.place()
    memos.add_on_range(project, place.source, place.start, place.end, chance.word())


def _table(project: Project, chance: Chance) -> None:
    row = {"source": "A1", "start": "5", "end": "9", "code": "K", "polarity": chance.sign() or ""}
    codings.import_table(project, [row, {**row, "start": "3", "memo": chance.word()}])


def _people(project: Project, chance: Chance) -> None:
    informants.import_table(project, [{"alias": chance.word(), "class": "key", "usia": chance.word()}])


def _coder(project: Project, chance: Chance) -> None:
    project.coder = chance.random.choice(["C1", "C2", "C3"])


ACTS: list[Act] = [
    *(6 * [_tag]),
    _coder,
    _resize,
    _remark,
    _table,
    _people,
    lambda p, c: codings.apply_many(p, [c.place(), c.place()], c.one(Code)),
    lambda p, c: codings.set_polarity(p, c.some(Coding), c.sign()),
    lambda p, c: codings.set_code(p, c.some(Coding), c.one(Code)),
    lambda p, c: codings.remove(p, c.some(Coding)),
    lambda p, c: codings.link(p, c.one(Coding), c.one(Coding), "because", c.word()),
    lambda p, c: codes.add(p, c.word(), c.maybe(Code), {"id": {"name": c.word()}}, c.random.randint(0, 3)),
    lambda p, c: codes.move(p, c.one(Code), c.maybe(Code), c.random.randint(0, 3)),
    lambda p, c: codes.rename(p, c.one(Code), c.word()),
    lambda p, c: codes.merge(p, c.some(Code), c.one(Code)),
    lambda p, c: codes.split(p, c.one(Code), c.some(Coding), c.word()),
    lambda p, c: codes.remove(p, c.some(Code), with_children=c.random.random() < 0.3),
    lambda p, c: codes.link_emic(p, c.one(Code), c.one(Code)),
    lambda p, c: sources.edit_text(p, c.one(Source), c.splices()),
    lambda p, c: sources.edit_text(p, c.one(Source), c.splices()),
    lambda p, c: sources.remove(p, [c.one(Source)]),
    lambda p, c: sources.set_details(p, c.one(Source), key=c.word(), title=c.word()),
    lambda p, c: sources.reorder(p, c.some(Source)),
    lambda p, c: sources.set_speaker(p, c.one(Source), "I", "informant", c.maybe(Informant)),
    lambda p, c: informants.remove(p, c.some(Informant)),
    lambda p, c: attributes.set_value(p, c.one(Informant), c.one(Attribute), c.word()),
    lambda p, c: attributes.remove(p, c.some(Attribute)),
    lambda p, c: memos.add_about(p, "coding", c.one(Coding), c.word()),
    lambda p, c: memos.remove(p, c.some(Memo)),
    lambda p, c: cells.write(p, *c.pair(), emic_summary=c.word(), theory=c.word()),
    lambda p, c: cells.choose_evidence(p, *c.pair(), c.some(Coding)),
    lambda p, c: cells.clear(p, *c.pair()),
    lambda p, c: claims.set_evidence(p, c.one(Claim), "against", c.some(Coding)),
    lambda p, c: claims.remove(p, c.some(Claim)),
    lambda p, c: questions.set_codes(p, c.one(Question), c.some(Code)),
    lambda p, c: questions.set_asked(p, c.one(Question), c.one(Source), asked=c.random.random() < 0.5),
    lambda p, c: coders.rename(p, c.one(Coder), c.word()),
    lambda p, c: coders.remove(p, c.one(Coder)),
]
STEPS = st.lists(st.tuples(st.integers(0, len(ACTS) - 1), st.integers(0, 999), st.booleans()), max_size=12)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed study that has something of everything."""
    folder = tmp_path_factory.mktemp("random")
    new_study(folder / "study.qcl", "T")
    with open_study(folder / "study.qcl", "C1") as project:
        build(project, folder / "files")
    return folder / "study.qcl"


class Sitting:
    """A study that is closed and opened again now and then."""

    def __init__(self, path: Path, stack: ExitStack) -> None:
        self.path, self.stack = path, stack
        self.project = stack.enter_context(open_study(path, "C1"))

    def restart(self) -> None:
        self.stack.pop_all().close()
        self.project = self.stack.enter_context(open_study(self.path, "C1"))


@given(steps=STEPS)
def test_any_steps_are_undone_and_redone(
    built: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, int, bool]]
) -> None:
    path = tmp_path_factory.mktemp("run") / "study.qcl"
    shutil.copy(built, path)
    with ExitStack() as stack:
        sitting = Sitting(path, stack)
        states = [state_of(path)]
        restarts = iter([restart for *_rest, restart in steps] * 3)
        for number, seed, _restart in steps:
            _do(sitting.project, ACTS[number], seed, states)
            if next(restarts):
                sitting.restart()
        for wanted in reversed(states[:-1]):
            assert undo(sitting.project) is not None
            assert state_of(path) == wanted
            if next(restarts):
                sitting.restart()
        for wanted in states[1:]:
            assert redo(sitting.project) is not None
            assert state_of(path) == wanted
            if next(restarts):
                sitting.restart()
        assert redo(sitting.project) is None


def _do(project: Project, act: Act, seed: int, states: list[State]) -> None:
    """Do an action; keep the state where it differs. A refused one leaves everything as it was."""
    try:
        act(project, Chance(project, seed))
    except UserError:
        assert state_of(project.path) == states[-1]
    now = state_of(project.path)
    if now != states[-1]:
        states.append(now)
    _holds(project)


def _holds(project: Project) -> None:
    """What is true of every study, whatever was done to it."""
    places = values(project, Coding, "source_id", "start", "end", "code_id", "coder_id")
    assert len(set(places)) == len(places)
    lengths = dict(values(project, Source, "id", "characters"))
    assert all(0 <= start < end <= lengths[source] for source, start, end, *_rest in places)
    keys = [key for (key,) in values(project, Code, "key")]
    assert len(set(keys)) == len(keys)
    parents = dict(values(project, Code, "id", "parent_id"))
    for code in parents:
        above, steps = parents[code], 0
        while above is not None:
            above, steps = parents[above], steps + 1
            assert steps <= len(parents)
