"""Cells: one for a pair of references, stale when their evidence changes, written from tables by name."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from qualcoder_lite.coding import cells, codes, codings, member_checks, sources
from qualcoder_lite.coding.counting.counted import count
from qualcoder_lite.coding.counting.references import STUDY, current_evidence, reference, reference_to_many
from qualcoder_lite.coding.people import attributes, informants
from qualcoder_lite.coding.vocabulary import CELL_STATUSES
from qualcoder_lite.errors import UserError
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Cell, CellEvidence, MemberCheck
from qualcoder_lite.store.undo import history
from tests.coding.adding import add_source, values
from tests.store.states import state_of

TEXT = "P: Apa?\nI: Kami cepat.\n"


class Study:
    """Two codes, an informant and a source of the same name."""

    def __init__(self, project: Project) -> None:
        self.k, self.s = codes.add(project, "K"), codes.add(project, "S")
        self.person = informants.add(project, "A1")
        self.source = add_source(project, "A1", TEXT, turns=[(3, 7), (11, 22)])
        sources.set_speaker(project, self.source, "I", "informant", self.person)
        self.coding = codings.apply(project, self.source, 11, 15, self.k, "+")
        self.code, self.informant = reference("code", self.k), reference("informant", self.person)


@pytest.fixture
def study(project: Project) -> Study:
    return Study(project)


def is_stale(project: Project) -> bool:
    """Whether the only cell saw other evidence than there is now."""
    with project.read() as connection:
        cell = connection.execute(select(Cell.__table__)).mappings().one()
        return bool(cell["seen"] != current_evidence(count(connection), cell["first"], cell["second"]))


def test_a_cell_belongs_to_an_unordered_pair(project: Project, study: Study) -> None:
    first = cells.write(project, study.informant, study.code, emic_summary="Cepat.")
    assert cells.write(project, study.code, study.informant, etic_reading="Ya.") == first
    assert values(project, Cell, "first", "second", "emic_summary", "etic_reading") == [
        (study.code, study.informant, "Cepat.", "Ya.")
    ]


def test_a_cell_is_stale_until_it_is_reviewed_or_comes_anew_from_a_table(
    project: Project, study: Study
) -> None:
    cells.write(project, study.code, study.informant, emic_summary="Cepat.")
    assert not is_stale(project)
    codings.set_polarity(project, [study.coding], "-")
    assert is_stale(project)
    cells.set_not_applicable(project, study.code, study.informant)
    cells.choose_evidence(project, study.code, study.informant, [study.coding])
    assert is_stale(project)
    cells.mark_reviewed(project, study.code, study.informant)
    assert not is_stale(project)
    codings.apply(project, study.source, 16, 21, study.k)
    assert is_stale(project)
    cells.write(project, study.code, study.informant, emic_summary="Sangat cepat.")
    cells.set_status(project, study.code, study.informant, "partial")
    assert is_stale(project)
    cells.import_table(project, [{"row": "informant:A1", "column": "K", "emic_summary": "Cepat sekali."}])
    assert not is_stale(project)


def test_a_filter_or_another_coder_makes_no_difference(project: Project, study: Study) -> None:
    cells.write(project, study.code, study.informant, emic_summary="Cepat.")
    project.coder = "C2"
    codings.apply(project, study.source, 11, 15, study.k, "+")
    assert is_stale(project)


def test_writing_the_same_leaves_no_step(project: Project, study: Study) -> None:
    cells.write(project, study.code, STUDY, emic_summary="Cepat.")
    codings.set_polarity(project, [study.coding], "-")
    steps = len(history(project))
    cells.write(project, study.code, STUDY, emic_summary="Cepat.")
    assert len(history(project)) == steps
    assert is_stale(project)


def test_a_status_comes_with_its_reason(project: Project, study: Study) -> None:
    cells.set_status(project, study.code, STUDY, "Kesenjangan", "Camat dan warga berbeda.")
    assert values(project, Cell, "status", "reason") == [("gap", "Camat dan warga berbeda.")]
    with pytest.raises(UserError, match="not a status"):
        cells.set_status(project, study.code, STUDY, "beda")


def test_a_note_on_what_is_compared_has_the_words_of_the_proposed_states(
    project: Project, study: Study
) -> None:
    other = informants.add(project, "A2")
    kelompok = attributes.add(project, "kelompok")
    whole = [reference_to_many([study.person, other]), reference("class"), reference("attribute", kelompok)]
    for one, said in zip(whole, ("bertentangan", "sesuai", "gap"), strict=True):
        cells.set_status(project, study.code, one, said)
        with pytest.raises(UserError, match="not a status"):
            cells.set_status(project, study.code, one, "emic_only")
    cells.write(project, study.code, reference("technique"), status="diam")
    found = sorted(status for (status,) in values(project, Cell, "status"))
    assert found == ["agree", "oppose", "oppose", "silent"]
    for single in (study.informant, reference("class", "key"), reference("technique", "interview"), STUDY):
        assert cells.statuses_of(study.code, single) is CELL_STATUSES


def test_evidence_is_chosen_in_order(project: Project, study: Study) -> None:
    other = codings.apply(project, study.source, 16, 21, study.k)
    cells.choose_evidence(project, study.code, STUDY, [other, study.coding])
    cells.choose_evidence(project, study.code, STUDY, [study.coding, other, study.coding])
    found = dict(values(project, CellEvidence, "coding_id", "position"))
    assert found == {study.coding: 0, other: 1}
    cells.choose_evidence(project, study.code, STUDY, [other])
    assert values(project, CellEvidence, "coding_id", "position") == [(other, 0)]


def test_a_cell_needs_two_sides_that_are_there(project: Project, study: Study) -> None:
    for one, other in ((STUDY, STUDY), (study.code, study.code), (study.code, reference("code", b"x" * 16))):
        with pytest.raises(UserError):
            cells.write(project, one, other, theory="x")
    with pytest.raises(UserError):
        cells.mark_reviewed(project, study.code, STUDY)
    with pytest.raises(ValueError, match="no reference"):
        cells.write(project, study.code, "mood:good", theory="x")


def test_cells_go_with_their_code(project: Project, study: Study) -> None:
    cells.write(project, study.code, STUDY, theory="x")
    cells.write(project, reference("code", study.s), STUDY, theory="y")
    codes.remove(project, [study.k])
    assert values(project, Cell, "theory") == [("y",)]


# Tables ---------------------------------------------------------------------------------------------------


def test_a_table_writes_cells_by_name(project: Project, study: Study) -> None:
    attributes.set_value(project, study.person, attributes.add(project, "jenis kelamin"), "P")
    rows = [
        {"row": "K", "column": "informant:A1", "emic_summary": " Cepat. ", "status": "selaras"},
        {"row": "", "column": "S", "theory": "Siagian."},
        {"row": "wawancara", "column": "K", "conclusion": "Ya."},
        {"row": "code:K", "column": "Technique:observation", "not_applicable": "ya"},
        {"row": "K", "column": "attribute:jenis_kelamin=P", "reason": "Sebab."},
        {"row": "study", "column": "K", "gap_note": "Beda."},
    ]
    added = cells.import_table(project, rows)
    assert (added.added, added.known) == (6, 0)
    found = {
        (row[0], row[1]): row[2:]
        for row in values(project, Cell, "first", "second", "emic_summary", "status")
    }
    assert found[study.code, study.informant] == ("Cepat.", "aligned")
    assert len(found) == 6
    assert not [row for row in values(project, Cell, "first", "second") if row[0] > row[1]]
    before = state_of(project.path)
    assert cells.import_table(project, rows).known == 6
    assert state_of(project.path) == before


def test_cells_of_a_table_keep_what_they_saw(project: Project, study: Study) -> None:
    cells.import_table(project, [{"row": "K", "column": "informant:A1", "theory": "x"}])
    assert not is_stale(project)
    assert [coding for ([[coding, *_rest]],) in values(project, Cell, "seen")] == [study.coding.hex()]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"row": "K", "column": "A1"}, "informant:A1 source:A1"),
        ({"row": "K", "column": "A2"}, "no code, informant, source or technique"),
        ({"row": "K", "column": "code:K"}, "the same"),
        ({"row": "", "column": "study"}, "the same"),
        ({"row": "K", "column": "S", "status": "beda"}, "not a status"),
        ({"row": "K", "column": "S", "not_applicable": "mungkin"}, "neither yes nor no"),
    ],
)
def test_a_row_that_can_not_be_used_refuses_the_table(
    project: Project, study: Study, row: dict[str, str], said: str
) -> None:
    with pytest.raises(UserError) as caught:
        cells.import_table(project, [{"row": "S", "column": "", "theory": "x"}, row])
    assert said in str(caught.value)
    assert values(project, Cell, "id") == []


def test_a_cell_stands_in_a_table_once(project: Project, study: Study) -> None:
    with pytest.raises(UserError, match="twice"):
        cells.import_table(project, [{"row": "K", "column": "S"}, {"row": "S", "column": "code:K"}])


# Member checks --------------------------------------------------------------------------------------------


def test_member_checks_keep_what_the_informant_said(project: Project, study: Study) -> None:
    cell = cells.write(project, study.code, study.informant, emic_summary="Cepat.")
    check = member_checks.add(
        project, study.person, "Cepat.", "Mengoreksi", date="2026-04-01", correction="Kadang.", cell=cell
    )
    assert values(project, MemberCheck, "verdict", "date", "cell_id") == [("corrects", "2026-04-01", cell)]
    cells.clear(project, study.code, study.informant)
    assert values(project, MemberCheck, "id", "cell_id") == [(check, None)]
    for wrong in ({"verdict": "diam"}, {"date": "kemarin"}, {"statement": " "}, {"cell": b"x" * 16}):
        with pytest.raises(UserError):
            member_checks.edit(project, check, **wrong)
