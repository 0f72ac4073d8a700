"""The passages behind a cell in three modes, the rules of its status, and what changed since."""

from __future__ import annotations

from typing import Any

import pytest

from qualcoder_lite.analysis.cells.cell import CellPanel, cell_panel, cell_passages
from qualcoder_lite.analysis.cells.changes import change_in_words, changes_since
from qualcoder_lite.analysis.cells.status_rules import RULES, rule_in_words
from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.filtering import Filters
from qualcoder_lite.coding import cells, codings, sources
from qualcoder_lite.coding.counting.references import STUDY, reference
from tests.analysis.building import StudyBuilder


@pytest.fixture
def talk(study: StudyBuilder) -> StudyBuilder:
    """A1 in an interview and an observation; R with R1 below it, and S."""
    study.code("R")
    study.code("R1", "R", "indicator")
    study.code("S", kind="factor")
    study.informant("A1")
    text = ("A1: Kami menunggu perintah.", "P: Lalu?", "A1: Semua dari atas, kami takut.")
    study.source("W1", *text, characters=80)
    study.source("O1", "D: Loket tutup pukul dua.", technique="observation", characters=40)
    study.coding("W1", "menunggu perintah", "R1", "-")
    study.coding("W1", "menunggu perintah", "S", "-")
    study.coding("W1", "kami takut", "R", "+")
    study.coding("W1", "kami takut", "R", coder="C2")
    study.coding("O1", "Loket tutup", "R1", "-", evidence="event")
    return study


def refs(study: StudyBuilder) -> tuple[str, str]:
    return reference("informant", study.ids["informant", "A1"]), reference("code", study.ids["code", "R"])


def quotes(
    study: StudyBuilder, mode: str = "cell", row: str = "", column: str = "", **choice: Any
) -> list[str]:
    one, other = refs(study)
    chosen = Choice(coder="C1", **choice)
    return [p.quote for p in cell_passages(study.project, chosen, row or one, column or other, mode)]


def panel(study: StudyBuilder, **choice: Any) -> CellPanel:
    return cell_panel(study.project, Choice(coder="C1", **choice), *refs(study))


def coding(study: StudyBuilder, source: str, quote: str, code: str, coder: str = "C1") -> bytes:
    start = study.texts[source].index(quote)
    return study.ids["coding", f"{source}{(start, start + len(quote))}{code}{coder}"]


# Passages ----------------------------------------------------------------------------------------------


def test_this_cell_the_whole_row_and_what_was_chosen(talk: StudyBuilder) -> None:
    talk.coding("W1", "Semua", "S")
    assert quotes(talk) == ["menunggu perintah", "kami takut"]
    assert quotes(talk, "row") == ["menunggu perintah", "Semua", "kami takut"]
    assert quotes(talk, "chosen") == []
    chosen = [coding(talk, "W1", "kami takut", "R", "C2"), coding(talk, "W1", "menunggu perintah", "R1")]
    cells.choose_evidence(talk.project, *refs(talk), chosen)
    assert quotes(talk, "chosen") == [
        "kami takut",
        "menunggu perintah",
    ]  # in the order of choosing, of any coder
    assert quotes(talk, "chosen", filters=Filters(polarities=("-",))) == ["kami takut", "menunggu perintah"]
    assert quotes(talk, filters=Filters(polarities=("-",))) == ["menunggu perintah"]
    with pytest.raises(ValueError, match="no mode"):
        quotes(talk, "all")


def test_a_passage_tells_all_that_is_needed(talk: StudyBuilder) -> None:
    cells.choose_evidence(talk.project, *refs(talk), [coding(talk, "W1", "menunggu perintah", "R1")])
    codings.set_starred(talk.project, [coding(talk, "W1", "menunggu perintah", "R1")], starred=True)
    first, second = cell_passages(talk.project, Choice(coder="C1"), *refs(talk))
    assert (first.key, first.token, first.speaker, first.layer) == ("W1", "[W1·1]", "A1", "speech")
    assert (first.citation, first.chosen, second.chosen) == ("W1·1", True, False)
    assert talk.texts["W1"][first.start : first.end] == first.quote
    (mark,) = first.codings
    assert (mark.code, mark.sign, mark.evidence, mark.coder, mark.starred) == (
        "R1",
        "-",
        "account",
        "C1",
        True,
    )
    assert second.token == "[W1·3]"


def test_only_speech_is_emic_and_the_other_layers_are_called_by_their_technique(talk: StudyBuilder) -> None:
    code = refs(talk)[1]
    found = cell_passages(talk.project, Choice(coder="C1"), code, STUDY)
    assert [(p.key, p.layer) for p in found] == [("W1", "speech"), ("W1", "speech"), ("O1", "observation")]
    assert found[2].speaker == "Descriptive notes"
    assert len(cell_passages(talk.project, Choice(coder="C1"), code, STUDY, most=2)) == 2


def test_the_cell_of_two_codes_shows_what_they_share(talk: StudyBuilder) -> None:
    r, s = (reference("code", talk.ids["code", key]) for key in ("R", "S"))
    (shared,) = cell_passages(talk.project, Choice(coder="C1"), r, s)
    assert shared.quote == "menunggu perintah"
    assert {mark.code for mark in shared.codings} == {"R1", "S"}
    talk.coding("W1", "Semua", "S")
    assert quotes(talk, row=r, column=s, linked="turn") == [
        "Kami menunggu perintah.",
        "Semua dari atas, kami takut.",
    ]
    assert quotes(talk, row=s, column=r) == ["menunggu perintah"]


def test_counts_are_of_the_choice(talk: StudyBuilder) -> None:
    talk.coding("W1", "perintah", "R1")
    found = panel(talk)
    assert (found.codings, found.passages, found.written) == (3, 2, None)
    found = panel(talk, filters=Filters(polarities=("+",)))
    assert (found.codings, found.passages) == (1, 1)


# Rules of a status -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "broken"),
    [
        ({"status": "aligned"}, {"no_quote", "no_etic_reading"}),
        ({"status": "aligned", "etic_reading": "Sama."}, {"no_quote"}),
        ({"status": "gap", "etic_reading": "Beda."}, {"no_quote", "no_gap_note"}),
        ({"status": "gap", "etic_reading": "Beda.", "gap_note": "Ini."}, {"no_quote"}),
        ({"status": "emic_only", "emic_summary": "Ada."}, set()),
        ({"status": "emic_only", "etic_reading": "Ada."}, {"etic_reading"}),
        ({"status": "etic_only", "etic_reading": "Teori."}, {"evidence"}),
        ({"status": "partial"}, set()),
        ({"etic_reading": "Belum dinilai."}, set()),
    ],
)
def test_a_status_asks_for_what_the_method_says(
    talk: StudyBuilder, written: dict[str, str], broken: set[str]
) -> None:
    cells.write(talk.project, *refs(talk), **written)  # type: ignore[arg-type]
    assert set(panel(talk).broken) == broken
    assert broken <= RULES.keys()
    assert all(rule_in_words(rule).endswith(".") for rule in RULES)
    cells.choose_evidence(talk.project, *refs(talk), [coding(talk, "W1", "kami takut", "R")])
    assert "no_quote" not in panel(talk).broken


def test_a_star_is_a_chosen_quote_too(talk: StudyBuilder) -> None:
    cells.write(talk.project, *refs(talk), status="aligned", etic_reading="Sama.")
    codings.set_starred(talk.project, [coding(talk, "W1", "kami takut", "R")], starred=True)
    assert panel(talk).broken == ()


def test_etic_only_may_stand_where_nobody_said_anything(talk: StudyBuilder) -> None:
    s = reference("code", talk.ids["code", "S"])
    source = reference("source", talk.ids["source", "O1"])
    cells.write(talk.project, source, s, status="etic_only", etic_reading="Teori.")
    assert cell_panel(talk.project, Choice(coder="C1"), source, s).broken == ()


# What changed since ------------------------------------------------------------------------------------


def changes(study: StudyBuilder) -> list[tuple[str, tuple[str, ...]]]:
    found = changes_since(study.project, *refs(study))
    names = {row: name for (table, name), row in study.ids.items() if table == "coding"}
    return [(names[change.coding][-4:], change.kinds) for change in found]


def test_nothing_written_and_nothing_changed(talk: StudyBuilder) -> None:
    assert changes(talk) == []
    cells.write(talk.project, *refs(talk), emic_summary="Takut.")
    assert changes(talk) == []
    assert panel(talk).changes == ()


def test_added_removed_moved_recoded_and_resigned(talk: StudyBuilder) -> None:
    talk.coding("W1", "Semua dari", "R")
    talk.coding("W1", "Kami", "R1")
    cells.write(talk.project, *refs(talk), emic_summary="Takut.")
    codings.set_polarity(talk.project, [coding(talk, "W1", "kami takut", "R")], "-")
    codings.set_range(talk.project, coding(talk, "W1", "menunggu perintah", "R1"), 11, 26)
    codings.set_code(talk.project, [coding(talk, "W1", "Kami", "R1")], talk.ids["code", "S"])
    codings.remove(talk.project, [coding(talk, "W1", "Semua dari", "R")])
    talk.coding("W1", "atas", "R1")
    found = changes_since(talk.project, *refs(talk))
    told = [(change.kinds, change.before, change.now) for change in found]
    kinds = [kinds for kinds, _before, _now in told]
    assert kinds == [("recoded", "left"), ("moved",), ("added",), ("resigned",), ("removed",)]
    recoded, moved, added, resigned, removed = told
    assert (recoded[1].code, recoded[2].code) == ("R1", "S")  # type: ignore[union-attr]
    assert (moved[1].end, moved[2].end) == (26, 26)  # type: ignore[union-attr]
    assert moved[1].start != moved[2].start  # type: ignore[union-attr]
    assert added[1] is None
    assert (resigned[1].polarity, resigned[2].polarity) == ("+", "-")  # type: ignore[union-attr]
    assert removed[2] is None
    assert panel(talk).changes == tuple(found)
    assert change_in_words(found[0]) == "recoded from R1 to S, no longer behind this cell"
    assert change_in_words(found[3]) == "its sign changed from supports to hinders"


def test_another_speaker_takes_a_coding_from_the_cell(talk: StudyBuilder) -> None:
    cells.write(talk.project, *refs(talk), emic_summary="Takut.")
    sources.set_speaker(talk.project, talk.ids["source", "W1"], "A1", "interviewer")
    assert {kinds for _name, kinds in changes(talk)} == {("left",)}
    assert len(changes(talk)) == 3
    cells.mark_reviewed(talk.project, *refs(talk))
    assert changes(talk) == []
