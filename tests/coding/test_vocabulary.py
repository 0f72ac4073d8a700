"""Words, dates and names as people write them."""

from __future__ import annotations

import pytest

from qualcoder_lite.coding import codes, vocabulary
from qualcoder_lite.coding.people import informants
from qualcoder_lite.coding.tables import finding
from qualcoder_lite.errors import UserError
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Code


@pytest.mark.parametrize(
    "known", [each for each in vars(vocabulary).values() if isinstance(each, vocabulary.Vocabulary)]
)
def test_every_other_spelling_means_a_fixed_word(known: vocabulary.Vocabulary) -> None:
    for word, meaning in known.also.items():
        assert meaning in known.words
        assert vocabulary.parse_choice(known, f" {word.upper().replace('_', ' ')} ") == meaning
    for word in known.words:
        assert vocabulary.parse_choice(known, word) == word


def test_a_new_technique_is_welcome_but_a_slip_is_not() -> None:
    assert vocabulary.parse_choice(vocabulary.TECHNIQUES, "Survei lapangan") == "survei_lapangan"
    for slip in ("intervew", "wawancra", "observations", "x y!"):
        with pytest.raises(UserError, match="not a technique"):
            vocabulary.parse_choice(vocabulary.TECHNIQUES, slip)


@pytest.mark.parametrize("word", ["++", "positif", "1"])
def test_unknown_polarities_are_refused(word: str) -> None:
    with pytest.raises(UserError):
        vocabulary.parse_polarity(word)


@pytest.mark.parametrize(("word", "date"), [("2026-03-12", "2026-03-12"), (" ", None), (None, None)])
def test_dates(word: str | None, date: str | None) -> None:
    assert vocabulary.parse_date(word) == date


@pytest.mark.parametrize("word", ["12-03-2026", "2026-02-30", "kemarin"])
def test_what_is_no_date(word: str) -> None:
    with pytest.raises(UserError):
        vocabulary.parse_date(word)


def test_times() -> None:
    assert [vocabulary.parse_time(word) for word in ("9.15", "09:15", "", None)] == [
        "09:15",
        "09:15",
        None,
        None,
    ]
    for wrong in ("24:00", "9", "09:60"):
        with pytest.raises(UserError):
            vocabulary.parse_time(wrong)


def test_unknown_words_are_named_with_those_like_them(project: Project) -> None:
    codes.add(project, "Kreativitas")
    informants.add(project, "A1")
    with project.read() as connection:
        assert finding.informant_id(connection, " A1 ")
        with pytest.raises(UserError, match=r"no code “Kreatifitas”\. Did you mean Kreativitas\?"):
            finding.code_id(connection, "Kreatifitas")
        for find in (finding.source_id, finding.coder_id, finding.question_id, finding.claim_id):
            with pytest.raises(UserError, match="The study has no"):
                find(connection, "X")
        with pytest.raises(UserError, match="no attribute"):
            finding.attribute_id(connection, "X")


def test_rows_that_are_gone_are_told(project: Project) -> None:
    with pytest.raises(UserError, match="no longer in the study"):
        finding.name_of(project, Code, b"x" * 16)
    made = [codes.add(project, f"K{number}") for number in range(7)]
    assert finding.names_of(project, Code, made) == "K0, K1, K2, K3, K4, …"
