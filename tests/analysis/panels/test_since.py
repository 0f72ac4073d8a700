"""What changed since a milestone, against studies changed by hand and by chance."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from qualcoder_lite.analysis.panels.since import (
    CodingChange,
    KindChange,
    Since,
    milestones_listed,
    natural_order,
    since,
)
from qualcoder_lite.coding import codes, codings, memos, milestones, sources
from qualcoder_lite.coding.codings import Range
from qualcoder_lite.store.compacting import compact
from qualcoder_lite.store.project import Project, open_study
from qualcoder_lite.store.schema import Coding
from qualcoder_lite.store.undo import redo, steps_left, undo
from tests.analysis.building import StudyBuilder

TEXT = "Loket sepi. Warga puas. Rapat tiap Senin."


def begun(study: StudyBuilder) -> int:
    """A study with a source and two codes, and a milestone; gives the step of the milestone."""
    study.code("R")
    study.code("S")
    study.source("D1", TEXT, technique="document", characters=len(TEXT) + 1)
    study.coding("D1", "Loket", "R")
    milestones.add(study.project, "Bimbingan 1", "Bab 3")
    (line,) = milestones_listed(study.project)
    assert (line.name, line.note) == ("Bimbingan 1", "Bab 3")
    return line.step


def kind(found: Since, name: str) -> KindChange:
    return next((one for one in found.kinds if one.kind == name), KindChange(name, 0, 0, 0))


def apply(study: StudyBuilder, quote: str, key: str) -> bytes:
    start = TEXT.index(quote)
    code = study.ids["code", key]
    return codings.apply(study.project, study.ids["source", "D1"], start, start + len(quote), code)


def test_nothing_changed_by_setting_the_milestone_itself(study: StudyBuilder) -> None:
    step = begun(study)
    found = since(study.project, step)
    assert found == Since(1, (), (), (), True)


def test_added_changed_and_removed_codings_stand_by_code_and_source(study: StudyBuilder) -> None:
    step = begun(study)
    first, second = apply(study, "sepi", "R"), apply(study, "Warga", "S")
    codings.set_polarity(study.project, [first], "+")
    with study.project.read() as connection:
        old = connection.scalars(select(Coding.id).where(Coding.id.not_in([first, second]))).one()
    codings.set_code(study.project, [old], study.ids["code", "S"])
    found = since(study.project, step)
    assert kind(found, "coding") == KindChange("coding", 2, 0, 1)
    assert found.codes == (CodingChange("R", 1, 1, 0), CodingChange("S", 2, 0, 0))
    assert found.sources == (CodingChange("D1", 2, 0, 1),)
    codings.remove(study.project, [second, old])
    found = since(study.project, step)
    assert kind(found, "coding") == KindChange("coding", 1, 1, 0)
    assert found.codes == (CodingChange("R", 1, 1, 0),)


def test_what_came_and_went_and_what_was_undone_is_not_told(study: StudyBuilder) -> None:
    step = begun(study)
    codings.remove(study.project, [apply(study, "sepi", "R")])
    codes.rename(study.project, study.ids["code", "R"], "R9")
    codes.rename(study.project, study.ids["code", "R"], "R")
    memos.add(study.project, "Nanti dihapus")
    undo(study.project)
    found = since(study.project, step)
    assert found.kinds == ()
    assert found.codes == ()
    redo(study.project)
    assert since(study.project, step).kinds == (KindChange("memo", 1, 0, 0),)


def test_parts_count_for_what_they_belong_to_and_names_are_told(study: StudyBuilder) -> None:
    step = begun(study)
    codes.set_wording(study.project, study.ids["code", "R"], "id", name="Responsivitas")
    sources.edit_text(study.project, study.ids["source", "D1"], [[0, 5, "Meja"]])
    new = codes.add(study.project, "T")
    codes.set_wording(study.project, new, "id", name="Saran")
    codes.remove(study.project, [study.ids["code", "S"]])
    found = since(study.project, step)
    assert kind(found, "code") == KindChange("code", 1, 1, 1, ("T",), ("S",), ("R",))
    assert kind(found, "source") == KindChange("source", 0, 0, 1, (), (), ("D1",))


def test_compaction_forgets_and_says_so(study_path: Path) -> None:
    with open_study(study_path, coder="C1") as project:
        milestones.add(project, "Awal")
        memos.add(project, "Satu")
    compact(study_path)
    with open_study(study_path, coder="C1") as project:
        (line,) = milestones_listed(project)
        assert not since(project, line.step).complete


def test_names_are_counted_as_people_do() -> None:
    assert sorted(["R10", "R2", "E1", "R"], key=natural_order) == ["E1", "R", "R2", "R10"]


PLACES = ((0, 5), (6, 10), (12, 17), (18, 22), (24, 29))
ACTIONS = st.sampled_from(["apply", "remove", "sign", "recode", "undo"])
STEPS = st.lists(
    st.tuples(ACTIONS, st.integers(0, 4), st.sampled_from("RS")),
    max_size=14,
)


@given(before=STEPS, after=STEPS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_it_tells_the_difference_of_the_two_states(
    study: StudyBuilder, before: list[Any], after: list[Any]
) -> None:
    if ("code", "R") not in study.ids:
        study.code("R")
        study.code("S")
        study.source("D1", TEXT, technique="document", characters=len(TEXT) + 1)
    do(study, before)
    milestones.add(study.project, f"M{len(milestones_listed(study.project))}")
    step, then = milestones_listed(study.project)[0].step, state(study.project)
    do(study, after)
    now, found = state(study.project), since(study.project, step)
    both = then.keys() & now.keys()
    wanted = KindChange(
        "coding", len(now.keys() - then.keys()), len(then.keys() - now.keys()),
        sum(then[row] != now[row] for row in both),
    )  # fmt: skip
    assert kind(found, "coding") == wanted
    assert sum(one.added - one.removed for one in found.codes) == len(now) - len(then)


def do(study: StudyBuilder, steps: list[Any]) -> None:
    """Carry out steps; undo never goes beyond them."""
    least = steps_left(study.project, "undo")
    for name, number, key in steps:
        there, place = sorted(state(study.project)), Range(study.ids["source", "D1"], *PLACES[number])
        if name == "apply":
            codings.apply_many(study.project, [place], study.ids["code", key])
        elif name == "undo" and steps_left(study.project, "undo") > least:
            undo(study.project)
        elif there and name == "remove":
            codings.remove(study.project, [there[number % len(there)]])
        elif there and name == "sign":
            codings.set_polarity(study.project, there[:2], "+-0±"[number % 4])
        elif there and name == "recode":
            codings.set_code(study.project, [there[number % len(there)]], study.ids["code", key])


def state(project: Project) -> dict[bytes, tuple[Any, ...]]:
    columns = (Coding.id, Coding.start, Coding.end, Coding.code_id, Coding.polarity)
    with project.read() as connection:
        return {row[0]: tuple(row[1:]) for row in connection.execute(select(*columns))}
