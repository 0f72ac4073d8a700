"""Codings from a table: quotes and ranges, coders, all or nothing, the same again changes nothing."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcoder_lite.coding import codes, codings
from qualcoder_lite.coding.tables.codings import CodingsAdded
from qualcoder_lite.coding.tables.sheet import read_table
from qualcoder_lite.errors import UserError
from qualcoder_lite.store.creating import new_study
from qualcoder_lite.store.project import Project, open_study
from qualcoder_lite.store.schema import Coder, Coding, Memo
from qualcoder_lite.store.undo import history
from tests.coding.adding import add_source, values
from tests.store.states import state_of

TEXT = "Kami cepat.\nKami lambat.  \n“Boneka” saja, Kami."


@pytest.fixture(autouse=True)
def filled(project: Project) -> None:
    """Two sources and two codes."""
    add_source(project, "A1", TEXT)
    add_source(project, "O1", "Antrean panjang.", "observation")
    codes.add(project, "K")
    codes.add(project, "L")


def row(**cells: str) -> dict[str, str]:
    """A row of a table with these cells, by default of source A1 and code K."""
    return {"source": "A1", "code": "K", **cells}


def places(project: Project) -> list[tuple[object, ...]]:
    return values(project, Coding, "start", "end")


def refusal(project: Project, *rows: dict[str, str]) -> str:
    """What is said when these rows are refused; nothing may have changed."""
    before = state_of(project.path)
    with pytest.raises(UserError) as caught:
        codings.import_table(project, rows)
    assert state_of(project.path) == before
    return str(caught.value)


def test_every_column_is_understood(project: Project) -> None:
    cells = {"polarity": "±", "starred": "ya", "evidence": "peristiwa", "memo": " Cek. "}
    added = codings.import_table(project, [row(quote="“Boneka” saja", **cells)])
    assert added == CodingsAdded(1, 0, 0)
    assert values(project, Coding, "start", "end", "polarity", "starred", "evidence") == [
        (27, 40, "±", True, "event")
    ]
    assert values(project, Memo, "about_table", "text") == [("coding", "Cek.")]


def test_ranges_are_taken_as_they_are_and_checked_against_a_quote(project: Project) -> None:
    codings.import_table(project, [row(start="5", end="10"), row(start="0", end="10", quote="Kami cepat")])
    assert places(project) == [(5, 10), (0, 10)]
    assert "not what stands" in refusal(project, row(start="0", end="4", quote="kami"))


def test_evidence_follows_the_technique_where_none_is_given(project: Project) -> None:
    codings.import_table(project, [row(quote="cepat"), {"source": "O1", "code": "K", "quote": "panjang"}])
    assert values(project, Coding, "evidence") == [("account",), ("event",)]


def test_an_occurrence_is_counted_from_one(project: Project) -> None:
    codings.import_table(project, [row(quote="Kami", occurrence="2"), row(quote="Kami", occurrence="3")])
    assert places(project) == [(12, 16), (42, 46)]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"quote": "Kami"}, "occurs 3 times"),
        ({"quote": "Kami", "occurrence": "4"}, "it occurs 3 times"),
        ({"quote": "Kami", "occurrence": "0"}, "it occurs 3 times"),
        ({"quote": "kami"}, "does not occur"),
        ({"quote": " "}, "neither start and end nor a quote"),
        ({"start": "24", "end": "26"}, "nothing but white space"),
        ({"start": "0", "end": "400"}, "not in its text"),
        ({"start": "4", "end": "4"}, "not in its text"),
        ({"start": "a", "end": "4"}, "not a whole number"),
        ({"start": "4"}, "not a whole number"),
        ({"quote": "cepat", "code": "X"}, "no code “X”"),
        ({"quote": "cepat", "source": "A2"}, "Did you mean A1?"),
        ({"quote": "cepat", "polarity": "++"}, "not a polarity"),
        ({"quote": "cepat", "evidence": "rumor"}, "not a kind of evidence"),
        ({"quote": "cepat", "starred": "mungkin"}, "neither yes nor no"),
    ],
)
def test_a_row_that_can_not_be_used_refuses_the_table(
    project: Project, cells: dict[str, str], said: str
) -> None:
    told = refusal(project, row(quote="lambat"), row(**cells))
    assert said in told
    assert "Row 3:" in told


def test_every_bad_row_is_listed(project: Project) -> None:
    told = refusal(project, row(quote="x"), row(quote="cepat"), row(), row(quote="cepat", code=""))
    assert [number for number in (2, 3, 4, 5) if f"Row {number}:" in told] == [2, 4, 5]
    many = refusal(project, *[row(quote="x")] * 30)
    assert "And 10 more." in many


def test_the_same_again_changes_nothing(project: Project) -> None:
    rows = [row(quote="cepat", polarity="+", memo="Cek."), row(quote="lambat"), row(quote="lambat")]
    codings.import_table(project, rows)
    before, steps = state_of(project.path), len(history(project))
    assert codings.import_table(project, rows) == CodingsAdded(0, 0, 2)
    assert (state_of(project.path), len(history(project))) == (before, steps)


def test_a_row_that_says_more_changes_the_coding_that_is_there(project: Project) -> None:
    codings.import_table(project, [row(quote="cepat", polarity="+", starred="x")])
    rows = [row(quote="cepat", polarity="-"), row(quote="lambat")]
    assert codings.import_table(project, rows) == CodingsAdded(1, 1, 0)
    assert values(project, Coding, "polarity", "starred") == [("-", True), (None, False)]
    assert codings.import_table(project, [row(quote="lambat", memo="Baru.")]) == CodingsAdded(0, 1, 0)


def test_rows_that_contradict_each_other_are_refused(project: Project) -> None:
    told = refusal(project, row(quote="cepat", polarity="+"), row(quote="cepat", polarity="-"))
    assert "Row 3: It says something else than row 2" in told


# Coders ------------------------------------------------------------------------------------------------


def test_the_first_table_names_its_coders(project: Project) -> None:
    codings.import_table(project, [row(quote="cepat", coder="Ani"), row(quote="cepat", coder="Budi")])
    assert {name for (name,) in values(project, Coder, "name")} == {"C1", "Ani", "Budi"}
    assert len(set(values(project, Coding, "coder_id"))) == 2
    assert "no coder “Cici”" in refusal(project, row(quote="lambat", coder="Cici"))
    codings.import_table(project, [row(quote="lambat", coder="Budi")])


def test_a_row_without_a_coder_is_by_who_works(project: Project) -> None:
    codings.import_table(project, [row(quote="cepat")])
    project.coder = "Pengode 2"
    codings.import_table(project, [row(quote="cepat"), row(quote="lambat", coder="Pengode 2")])
    coders = {coder: name for name, coder in values(project, Coder, "name", "id")}
    assert [coders[coder] for (coder,) in values(project, Coding, "coder_id")] == [
        "C1",
        "Pengode 2",
        "Pengode 2",
    ]


def test_a_table_may_be_given_to_a_known_coder(project: Project) -> None:
    codings.import_table(project, [row(quote="cepat", coder="Ani")])
    codings.import_table(project, [row(quote="lambat")], "Ani")
    assert len(set(values(project, Coding, "coder_id"))) == 1
    with pytest.raises(UserError, match="no coder"):
        codings.import_table(project, [row(quote="Boneka")], "Cici")


# Round trips --------------------------------------------------------------------------------------------

TAGS = st.tuples(
    st.integers(0, 39),
    st.integers(1, 7),
    st.sampled_from("KL"),
    st.sampled_from(["", "+", "-", "0", "±"]),
    st.booleans(),
)


@given(
    tags=st.lists(TAGS, min_size=1, max_size=8, unique_by=lambda tag: tag[:3]),
    separator=st.sampled_from(",;\t"),
)
def test_a_table_of_quotes_and_one_of_ranges_say_the_same(
    tmp_path_factory: pytest.TempPathFactory,
    tags: list[tuple[int, int, str, str, bool]],
    separator: str,
) -> None:
    folder = tmp_path_factory.mktemp("trip")
    tags = [tag for tag in tags if TEXT[tag[0] : tag[0] + tag[1]].strip()]
    if not tags:
        return
    states = []
    for form in ("range", "quote"):
        new_study(folder / f"{form}.qcl", "T")
        with open_study(folder / f"{form}.qcl", "C1") as project:
            add_source(project, "A1", TEXT)
            codes.add(project, "K")
            codes.add(project, "L")
            table = folder / f"{form}.csv"
            _write(table, [_as_cells(tag, form) for tag in tags], separator)
            codings.import_table(project, read_table(table, "source", "code"))
            states.append(sorted(values(project, Coding, "start", "end", "polarity", "starred"), key=repr))
    assert states[0] == states[1]
    assert len(states[0]) == len(tags)


def _as_cells(tag: tuple[int, int, str, str, bool], form: str) -> list[str]:
    start, length, code, polarity, starred = tag
    end, quote = min(start + length, len(TEXT)), TEXT[start : start + length]
    before = sum(TEXT.startswith(quote, place) for place in range(start))
    place = [str(start), str(end), "", ""] if form == "range" else ["", "", quote, str(before + 1)]
    return ["A1", *place, code, polarity, "ya" if starred else ""]


def _write(path: Path, rows: list[list[str]], separator: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=separator)
        writer.writerow(["Source", "START", "end", "quote ", "occurrence", "code", "polarity", "starred"])
        writer.writerows(rows)
