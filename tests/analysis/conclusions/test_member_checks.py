"""What informants were shown and said of it, what they have yet to see, and what to print for them."""

from __future__ import annotations

import pytest

from qualcoder_lite.analysis.conclusions.member_checks import (
    Sheet,
    member_check_sheet,
    member_checks,
    summary_contains,
)
from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.coding import cells, codings, sources
from qualcoder_lite.coding import member_checks as checks
from qualcoder_lite.coding.counting.references import STUDY, reference
from qualcoder_lite.coding.people import informants
from qualcoder_lite.errors import UserError
from qualcoder_lite.store.undo import undo
from tests.analysis.building import StudyBuilder


@pytest.fixture
def talk(study: StudyBuilder) -> StudyBuilder:
    """A1 and A2 with what they said of R and S, in the researcher's words."""
    study.code("R")
    study.code("R1", "R", "indicator")
    study.code("S", kind="factor")
    study.informant("A1")
    study.informant("A2")
    study.source(
        "W1", "A1: Kami menunggu perintah. Semua dari atas.", "A2: Saya juga menunggu.", characters=90
    )
    study.coding("W1", "Kami menunggu perintah.", "R1", "-")
    study.coding("W1", "Semua dari atas", "S", "-")
    study.coding("W1", "Saya juga menunggu", "R", "-")
    return study


def cell(study: StudyBuilder, alias: str, key: str) -> tuple[str, str]:
    return reference("informant", study.ids["informant", alias]), reference("code", study.ids["code", key])


def write(study: StudyBuilder, alias: str, key: str, text: str) -> bytes:
    return cells.write(study.project, *cell(study, alias, key), emic_summary=text)


def sheet(study: StudyBuilder, alias: str = "A1") -> Sheet:
    return member_check_sheet(study.project, study.ids["informant", alias], Choice())


def stale(study: StudyBuilder) -> list[bool]:
    return [line.stale for line in member_checks(study.project)]


def test_a_check_is_stale_when_the_summary_no_longer_says_what_was_shown(talk: StudyBuilder) -> None:
    person = talk.ids["informant", "A1"]
    row = write(talk, "A1", "R", "Harus menunggu [W1·1]. Tidak ada pilihan.")
    checks.add(
        talk.project, person, "Harus menunggu .", "agrees", cell=row, date="2026-03-20", method="telepon"
    )
    assert stale(talk) == [False]  # a part of the summary; tokens are no words
    sources.set_details(talk.project, talk.ids["source", "W1"], key="N1")
    assert stale(talk) == [False]
    write(talk, "A1", "R", "Harus menunggu, kecuali ada petunjuk.")
    assert stale(talk) == [True]
    undo(talk.project)
    assert stale(talk) == [False]
    cells.clear(talk.project, *cell(talk, "A1", "R"))
    (line,) = member_checks(talk.project)
    assert (line.pair, line.stale, line.statement) == (None, False, "Harus menunggu .")


def test_a_check_tells_who_what_and_when(talk: StudyBuilder) -> None:
    one, other = (talk.ids["informant", alias] for alias in ("A1", "A2"))
    row = write(talk, "A1", "R", "Menunggu.")
    checks.add(
        talk.project, one, "Menunggu.", "corrects", cell=row, date="2026-03-20", correction="Tidak selalu."
    )
    checks.add(talk.project, other, "Juga menunggu.", "rejects")
    first, second = member_checks(talk.project)
    assert (first.alias, first.verdict, first.date, first.correction) == (
        "A1",
        "corrects",
        "2026-03-20",
        "Tidak selalu.",
    )
    assert first.pair == tuple(sorted(cell(talk, "A1", "R")))
    assert (second.alias, second.pair, second.stale) == ("A2", None, False)
    assert [line.alias for line in member_checks(talk.project, other)] == ["A2"]


@pytest.mark.parametrize(
    ("summary", "statement", "holds"),
    [
        ("Menunggu  perintah.\nTakut.", "Menunggu perintah. Takut.", True),
        ("Menunggu perintah.", "menunggu perintah", False),
        ("Menunggu [A3·1] perintah.", "Menunggu [A3·7] perintah.", True),
        ("Menunggu.", "", False),
        ("", "Menunggu.", False),
    ],
)
def test_only_the_words_are_compared(summary: str, statement: str, holds: bool) -> None:
    assert summary_contains(summary, statement) is holds


def test_the_sheet_has_every_summary_of_an_informant_in_the_order_of_the_codebook(talk: StudyBuilder) -> None:
    write(talk, "A1", "S", "Semua dari atas [W1·2].")
    row = write(talk, "A1", "R", "Menunggu.")
    write(talk, "A2", "R", "Bukan milik A1.")
    write(talk, "A1", "R1", "  ")
    cells.write(talk.project, cell(talk, "A1", "R")[0], STUDY, emic_summary="Pada umumnya menunggu.")
    cells.write(
        talk.project, reference("code", talk.ids["code", "R"]), STUDY, emic_summary="Tentang semua orang."
    )
    printed = sheet(talk)
    assert (printed.study, printed.alias) == ("Studi rekaan", "A1")
    assert [line.heading.key if line.heading else None for line in printed.lines] == ["R", "S", None]
    assert [line.statement for line in printed.lines] == [
        "Menunggu.",
        "Semua dari atas .",
        "Pada umumnya menunggu.",
    ]
    assert all(line.due and line.last is None for line in printed.lines)
    checks.add(talk.project, talk.ids["informant", "A1"], "Menunggu.", "agrees", cell=row)
    first = sheet(talk).lines[0]
    assert (first.due, first.last.verdict if first.last else "") == (False, "agrees")
    write(talk, "A1", "R", "Selalu menunggu.")
    assert sheet(talk).lines[0].due


def test_quotes_of_the_sheet_are_those_chosen_and_else_the_starred(talk: StudyBuilder) -> None:
    write(talk, "A1", "R", "Menunggu.")
    assert sheet(talk).lines[0].quotes == ()
    coding = talk.coding("W1", "menunggu perintah", "R", "-")
    codings.set_starred(talk.project, [coding], starred=True)
    assert [quote.quote for quote in sheet(talk).lines[0].quotes] == ["menunggu perintah"]
    other = next(row for (table, name), row in talk.ids.items() if table == "coding" and "R1" in name)
    cells.choose_evidence(talk.project, *cell(talk, "A1", "R"), [other])
    assert [quote.quote for quote in sheet(talk).lines[0].quotes] == ["Kami menunggu perintah."]


def test_an_informant_who_is_gone_has_no_sheet(talk: StudyBuilder) -> None:
    informants.remove(talk.project, [talk.ids["informant", "A2"]])
    with pytest.raises(UserError, match="no longer"):
        sheet(talk, "A2")
