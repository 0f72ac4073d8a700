"""What a pair of references speaks of, whatever its kinds; many cells at once say what one by one would."""

from __future__ import annotations

import json

import numpy as np
import pytest

from qualcoder_lite.analysis.cells.written import read_cells
from qualcoder_lite.analysis.whole import whole_study
from qualcoder_lite.coding import cells
from qualcoder_lite.coding.counting.counted import Counted, counted
from qualcoder_lite.coding.counting.references import (
    STUDY,
    codings_of_reference,
    current_evidence,
    evidence,
    evidence_changed,
    reference,
    reference_exists,
    reference_to_many,
)
from qualcoder_lite.coding.people import informants
from qualcoder_lite.errors import UserError
from tests.analysis.building import StudyBuilder


def number(study: StudyBuilder, ref: str) -> int:
    return int(codings_of_reference(counted(study.project), ref).sum())


def person(study: StudyBuilder, alias: str) -> bytes:
    return study.ids["informant", alias]


def test_several_informants_are_their_codings_together_in_any_order(golden: StudyBuilder) -> None:
    one, other = person(golden, "A1"), person(golden, "M1")
    both = reference_to_many([other, one, other])
    assert both == reference_to_many([one, other])
    assert number(golden, both) == 13 + 7


def test_without_a_value_an_attribute_class_or_technique_means_all(golden: StudyBuilder) -> None:
    golden.informant("X1")
    group = golden.ids["attribute", "kelompok"].hex()
    everyone = 13 + 12 + 21 + 18 + 7 + 8 + 9
    assert number(golden, f"attribute:{group}") == number(golden, "class:") == everyone
    assert number(golden, f"attribute:{group}=ASN") == 13 + 12 + 21 + 18
    assert number(golden, "technique:") == number(golden, STUDY) == 108
    assert number(golden, "class:main") == everyone
    assert number(golden, "class:key") == 0
    informants.set_class(golden.project, [person(golden, "A1")], "key")
    assert number(golden, "class:key") == 13


def test_what_is_gone_has_no_evidence_and_no_cell(golden: StudyBuilder) -> None:
    gone = reference("informant", b"\0" * 16)
    assert (
        number(golden, gone)
        == number(golden, f"code:{'0' * 32}")
        == number(golden, f"attribute:{'0' * 32}=x")
        == 0
    )
    lives = reference_exists(counted(golden.project).frames)
    assert not lives(gone)
    assert lives(STUDY)
    assert lives(reference_to_many([person(golden, "A1"), person(golden, "A2")]))
    assert not lives(reference_to_many([person(golden, "A1"), b"\0" * 16]))
    golden.cell("informant:A1", "code:K", emic_summary="Ada.")
    assert len(read_cells(golden.project)) == 2
    informants.remove(golden.project, [person(golden, "A1")])
    assert len(read_cells(golden.project)) == 1


def some_pairs(study: StudyBuilder) -> list[tuple[str, str]]:
    codes = [reference("code", study.ids["code", key]) for key in ("K", "R3", "S", "P3")]
    people = [reference("informant", person(study, alias)) for alias in ("A1", "M3")]
    rest = [*people, STUDY, "technique:interview", "class:", reference("source", study.ids["source", "O1"])]
    crossed = [(one, other) for one in codes for other in rest]
    return crossed + [(one, other) for one in codes for other in codes if one < other]


def differs_by_hand(study: Counted, one: str, other: str, stored: str) -> bool:
    return bool(json.loads(stored) != current_evidence(study, one, other))


def test_thousands_of_cells_at_once_say_what_one_by_one_would(golden: StudyBuilder) -> None:
    golden.coding("A1", "Rapat ada tiap Senin", "P3", "±", coder="C2")
    for one, other in some_pairs(golden):
        cells.write(golden.project, one, other, emic_summary="Ada.")
    assert [cell.stale for cell in read_cells(golden.project).values()] == [False] * len(
        some_pairs(golden)
    ) + [False]
    golden.coding("A1", "Saya selalu terbuka", "P3", "+", coder="C2")
    stale = {pair for pair, cell in read_cells(golden.project).items() if cell.stale}
    p3 = reference("code", golden.ids["code", "P3"])
    assert stale == {
        tuple(sorted((p3, other)))
        for other in (reference("informant", person(golden, "A1")), STUDY, "technique:interview", "class:")
    }


def test_evidence_that_is_stored_in_another_form_is_compared_by_what_it_says(golden: StudyBuilder) -> None:
    study, differs = counted(golden.project), evidence_changed(counted(golden.project))
    for one, other in some_pairs(golden):
        now = current_evidence(study, one, other)
        spaced = json.dumps(now[::-1], indent=1)
        assert not differs(one, other, now)
        assert not differs(one, other, spaced)
        assert differs(one, other, json.dumps([*now, ["0" * 32, "0" * 32, 1, 2, None]]))


def test_the_evidence_of_two_codes_stays_what_meets(golden: StudyBuilder) -> None:
    study = counted(golden.project)
    k, s = (reference("code", golden.ids["code", key]) for key in ("K", "S"))
    codes = {study.frames.codes[i].key for i in study.frames.codings.code[evidence(study, k, s)]}
    assert codes == {"K2", "S3"}
    assert np.array_equal(evidence(study, k, s), evidence(study, s, k))


@pytest.mark.parametrize(
    ("row", "column", "first", "second"),
    [
        ("class:main", "K", "class:main", "code:K"),
        ("class:", "K", "class:", "code:K"),
        ("attribute:Kelompok", "K", "attribute:kelompok", "code:K"),
        ("technique:", "K", "code:K", "technique:"),
    ],
)
def test_tables_of_cells_name_the_new_sides(
    golden: StudyBuilder, row: str, column: str, first: str, second: str
) -> None:
    cells.import_table(golden.project, [{"row": row, "column": column, "conclusion": "Sama."}])
    written = [cell for cell in whole_study(golden.project, "cell")["cell"] if cell["conclusion"]]
    assert [{cell["first"], cell["second"]} for cell in written] == [{first, second}]


def test_a_cell_of_several_informants_is_written_and_named(golden: StudyBuilder) -> None:
    both = reference_to_many([person(golden, "A1"), person(golden, "A2")])
    cells.write(golden.project, both, reference("code", golden.ids["code", "P"]), conclusion="Berbeda.")
    cell = whole_study(golden.project, "cell")["cell"][-1]
    assert {cell["first"], cell["second"]} == {"code:P", "informants:A1,A2"}
    with pytest.raises(UserError, match="no longer"):
        cells.write(golden.project, reference_to_many([b"\0" * 16]), STUDY, conclusion="Tak ada.")
