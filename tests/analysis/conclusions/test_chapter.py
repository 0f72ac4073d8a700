"""Claims with their evidence, the linkage that the article's claims make, and the outline from them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcoder_lite.analysis.conclusions.chapter import (
    CLAIM_RULES,
    ClaimTable,
    ClaimView,
    answer_in_words,
    claim_rule_in_words,
    claim_table,
    view_of_claim,
)
from qualcoder_lite.analysis.conclusions.claims import read_claims
from qualcoder_lite.analysis.conclusions.outline import findings_outline
from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.kinds import matrix_of
from qualcoder_lite.analysis.matrices.matrix import count_for
from qualcoder_lite.coding import cells, claims
from qualcoder_lite.coding.counting.counted import counted
from qualcoder_lite.coding.counting.references import STUDY, reference
from qualcoder_lite.coding.sample_study import RESEARCHER, build_sample
from qualcoder_lite.coding.tables import codebooks
from qualcoder_lite.errors import UserError
from qualcoder_lite.store.project import Project, read_study
from tests.analysis.building import StudyBuilder, cells_of

ARTICLE = {
    ("K", "S"): "C08-",
    ("K", "P"): "C11-",
    ("I", "V"): "C01+ C05- C15±",
    ("I", "P"): "C12-",
    ("I", "H"): "C13- C14-",
    ("R", "V"): "C02- C04- C15±",
    ("R", "S"): "C09-",
    ("R", "P"): "C02- C12-",
    ("R", "H"): "C13- C14-",
    (None, "V"): "C03-",
    (None, "S"): "C06o C07-",
    (None, "P"): "C10-",
}  # the linkage of the article's sixteen claims: K × V, K × H and I × S are claimed nowhere
NEUTRAL = {
    "C06": "o",
    "C15": "±",
}  # how the article's table writes 0: a mere fact, and begun but not there yet


def claim_views(project: Project, choice: Choice, numbers: tuple[str, ...] = ()) -> list[ClaimView]:
    """The claims with these numbers, or all, in their order."""
    study, coder = count_for(project, choice)
    claims = [claim for claim in read_claims(project, study) if not numbers or claim.number in numbers]
    return [view_of_claim(project, study, coder, claim) for claim in claims]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample study as it is shipped."""
    path: Path = tmp_path_factory.mktemp("sample") / "sample.qcl"
    build_sample(path)
    return path


@pytest.fixture
def sample(shipped: Path) -> Iterator[Project]:
    """The sample study, for reading."""
    with read_study(shipped) as project:
        yield project


def told(table: ClaimTable) -> dict[tuple[str | None, str | None], str]:
    """The table by keys, each cell as the article writes it."""

    def key(heads: tuple[object, ...], place: int) -> str | None:
        return getattr(heads[place], "key", None)

    return {
        (key(table.rows, row), key(table.columns, column)): " ".join(
            claim.number + (NEUTRAL[claim.number] if claim.polarity == "0" else claim.polarity or "")
            for claim in found
        )
        for (row, column), found in table.cells.items()
    }


def view(project: Project, number: str) -> ClaimView:
    (found,) = claim_views(project, Choice(coder=RESEARCHER), (number,))
    return found


# The article's linkage ---------------------------------------------------------------------------------


def test_the_claims_of_the_replication_make_the_linkage_of_the_article(project: Project) -> None:
    codebooks.load(project, "replication")
    study = counted(project)
    table = claim_table(study, read_claims(project, study))
    assert told(table) == ARTICLE
    assert [claim.number for claim in table.elsewhere] == ["C16"]
    assert [heading.key for heading in table.rows if heading] == ["K", "I", "R"]
    assert [heading.key for heading in table.columns if heading] == ["V", "S", "P", "H"]


def test_the_sample_carries_every_claimed_cell_with_evidence(sample: Project) -> None:
    study = counted(sample)
    table = claim_table(study, read_claims(sample, study))
    assert told(table) == ARTICLE
    linkage = cells_of(matrix_of(sample, "linkage", Choice(coder=RESEARCHER)))
    claimed = {pair for pair in ARTICLE if None not in pair}
    assert all(linkage[pair]["passages"] for pair in claimed)
    assert {pair for pair, cell in linkage.items() if not cell["passages"]} == {("K", "V"), ("K", "H")}
    assert {pair for pair, cell in linkage.items() if cell["passages"]} - claimed == {("I", "S")}
    for pair in claimed:
        place = [
            (i, j)
            for i, j in table.cells
            if (h := table.rows[i]) and (f := table.columns[j]) and (h.key, f.key) == pair
        ]
        assert all(claim.evidence_for for claim in table.cells[place[0]]), pair


def test_the_linkage_matrix_and_the_table_of_claims_agree(sample: Project) -> None:
    matrix = matrix_of(sample, "linkage", Choice(coder=RESEARCHER))
    by_cell = {
        (matrix.rows[i].key, matrix.columns[j].key): [claim.number for claim in found]
        for (i, j), found in matrix.details["claims"].items()
    }
    wanted = {pair: [word[:3] for word in text.split()] for pair, text in ARTICLE.items() if None not in pair}
    assert by_cell == wanted


# Evidence and counter-evidence -------------------------------------------------------------------------


def test_a_claim_stands_with_its_passages_on_both_sides(sample: Project) -> None:
    found = view(sample, "C12")
    assert [passage.key for passage in found.evidence_for] == ["A3", "A4", "A4"]
    assert [passage.key for passage in found.evidence_against] == ["A3"]
    assert (found.informants, found.sources, found.techniques) == (("A3", "A4"), ("A3", "A4"), ("interview",))
    assert [heading.key for heading in found.codes] == ["I", "R", "P"]
    assert found.broken == ("unanswered",)
    assert view(sample, "C07").techniques == ("interview", "document")
    assert view(sample, "C16").broken == ()


def talk(study: StudyBuilder) -> None:
    for top, kind in (("R", "dimension"), ("S", "factor")):
        study.code(top, kind=kind)
        study.code(f"{top}1", top, "indicator")
    study.informant("A1")
    study.source("W1", "A1: Kami menunggu perintah.", "A1: Kami cepat, dibantu atasan.")
    study.source("D1", "Petugas wajib cepat.", technique="document")


def claim(study: StudyBuilder, polarity: str | None, *codes: str) -> bytes:
    ids = [study.ids["code", key] for key in codes]
    return claims.add(study.project, "C1", {"id": "Struktur menghambat."}, ids, polarity=polarity)


def waiting(study: StudyBuilder) -> list[str]:
    (found,) = claim_views(study.project, Choice())
    of, codes = counted(study.project).frames.codings, counted(study.project).frames.codes
    return [f"{codes[of.code[i]].key} {study.texts['W1'][of.start[i] : of.end[i]]}" for i in found.unanswered]


def test_what_has_the_other_sign_on_the_codes_of_the_claim_waits_for_an_answer(study: StudyBuilder) -> None:
    talk(study)
    row = claim(study, "-", "R")
    against = study.coding("W1", "cepat", "R1", "+")
    study.coding("W1", "menunggu", "R1", "-")
    study.coding("W1", "dibantu", "S1", "+")
    study.coding("W1", "Kami", "R", "±")
    study.coding("D1", "wajib cepat", "R", "+", evidence="provision")
    assert waiting(study) == ["R1 cepat"]
    claims.set_evidence(study.project, row, "for", [against])
    assert waiting(study) == []
    claims.set_evidence(study.project, row, "for", [])
    claims.edit(study.project, row, polarity="+")
    assert waiting(study) == ["R1 menunggu"]
    for polarity in ("0", "±", None):
        claims.edit(study.project, row, polarity=polarity)
        assert waiting(study) == []
    claims.set_evidence(study.project, row, "against", [against])  # whatever its sign
    assert waiting(study) == ["R1 cepat"]


def test_the_ledger_tells_each_opposing_passage_with_its_answer(study: StudyBuilder) -> None:
    talk(study)
    row = claim(study, "-", "R")
    first, second = study.coding("W1", "cepat", "R1", "+"), study.coding("W1", "cepat", "R", "+")
    third = study.coding("W1", "Kami menunggu", "R", "+")
    claims.answer(study.project, row, [first], "explained", " Satu kantor saja. ")
    assert ledger(study) == [("Kami menunggu", ""), ("cepat", "")]  # one of the two codings there waits
    claims.answer(study.project, row, [second], "explained", "Satu kantor saja.")
    assert ledger(study) == [("Kami menunggu", ""), ("cepat", "Explained: Satu kantor saja.")]
    claims.answer(study.project, row, [third, second, first], "mengubah", "Tidak semua menunggu.")
    assert [answer for _quote, answer in ledger(study)] == ["Changes the claim: Tidak semua menunggu."] * 2
    assert waiting(study) == []
    claims.withdraw_answers(study.project, row, [third])
    assert waiting(study) == ["R Kami menunggu"]
    with pytest.raises(UserError, match="needs a reason"):
        claims.answer(study.project, row, [third], "elsewhere", " ")
    with pytest.raises(UserError, match="not a"):
        claims.answer(study.project, row, [third], "perhaps", "Entah.")
    assert waiting(study) == ["R Kami menunggu"]


def ledger(study: StudyBuilder) -> list[tuple[str, str]]:
    (found,) = claim_views(study.project, Choice())
    return [(case.passage.quote, answer_in_words(case)) for case in found.ledger]


def test_supported_asks_for_answers_and_for_evidence_that_bears_its_codes(study: StudyBuilder) -> None:
    talk(study)
    row = claim(study, "-", "R")
    given = study.coding("W1", "menunggu", "R1", "-")
    claims.set_evidence(study.project, row, "for", [given])
    claims.set_status(study.project, row, "supported")
    assert broken(study) == ()
    against = study.coding("W1", "cepat", "R1", "+")
    assert broken(study) == ("unanswered",)
    claims.set_status(study.project, row, "partial")
    assert broken(study) == ()
    claims.set_status(study.project, row, "supported")
    claims.answer(study.project, row, [against], "elsewhere", "Soal lain.")
    assert broken(study) == ()
    claims.set_evidence(study.project, row, "for", [given, study.coding("W1", "dibantu", "S1", "-")])
    assert broken(study) == ("of_other_codes",)


def broken(study: StudyBuilder) -> tuple[str, ...]:
    (found,) = claim_views(study.project, Choice())
    return found.broken


def test_a_claim_on_a_linkage_is_contradicted_only_where_both_meet(study: StudyBuilder) -> None:
    talk(study)
    claim(study, "-", "R", "S1")
    study.coding("W1", "menunggu", "R1", "+")
    study.coding("W1", "cepat, dibantu", "R1", "+")
    study.coding("W1", "dibantu atasan", "S1", "-")
    assert waiting(study) == ["R1 cepat, dibantu"]


@pytest.mark.parametrize(
    ("status", "given", "against", "broken"),
    [
        ("supported", [], [], {"no_evidence_for"}),
        ("partial", [], ["W1"], {"no_evidence_for"}),
        ("supported", ["W1"], [], set()),
        ("supported", ["D1"], [], {"only_provisions"}),
        ("supported", ["D1", "W1"], ["W1"], {"unanswered"}),
        ("partial", ["D1", "W1"], ["W1"], set()),
        ("unsupported", ["W1"], [], {"no_evidence_against"}),
        ("unsupported", [], ["W1"], set()),
        ("no_evidence", [], [], set()),
        ("no_evidence", [], ["W1"], {"evidence"}),
    ],
)
def test_a_status_of_a_claim_asks_for_its_evidence(
    study: StudyBuilder, status: str, given: list[str], against: list[str], broken: set[str]
) -> None:
    talk(study)
    row = claim(study, "-", "R")
    codings = {
        "W1": study.coding("W1", "menunggu", "R1", "-"),
        "D1": study.coding("D1", "wajib cepat", "R", evidence="provision"),
    }
    claims.set_evidence(study.project, row, "for", [codings[key] for key in given])
    claims.set_evidence(study.project, row, "against", [codings[key] for key in against])
    claims.set_status(study.project, row, status)
    (found,) = claim_views(study.project, Choice())
    assert set(found.broken) == broken
    assert broken <= CLAIM_RULES.keys()


def test_a_claim_without_codes_is_told(study: StudyBuilder) -> None:
    talk(study)
    claim(study, "-")
    (found,) = claim_views(study.project, Choice())
    assert (found.broken, found.opposing) == (("no_codes",), ())
    assert all(claim_rule_in_words(rule).endswith(".") for rule in CLAIM_RULES)


def test_evidence_stands_in_the_researchers_order(study: StudyBuilder) -> None:
    talk(study)
    row = claim(study, "-", "R")
    first, second = study.coding("W1", "menunggu", "R1", "-"), study.coding("W1", "Kami cepat", "R1", "-")
    claims.set_evidence(study.project, row, "for", [second, first])
    (found,) = claim_views(study.project, Choice())
    assert [passage.quote for passage in found.evidence_for] == ["Kami cepat", "menunggu"]


# The outline -------------------------------------------------------------------------------------------


def test_the_outline_of_the_sample_follows_the_dimensions(sample: Project) -> None:
    outline = findings_outline(sample, Choice(coder=RESEARCHER))
    places = [
        (
            section.level,
            section.heading.key if section.heading else "",
            section.beside.key if section.beside else "",
        )
        for section in outline
    ]
    assert places == [
        (1, "K", ""), (2, "K", "S"), (2, "K", "P"), (2, "K", "H"),
        (1, "I", ""), (2, "I", "V"), (2, "I", "S"), (2, "I", "P"), (2, "I", "H"),
        (1, "R", ""), (2, "R", "V"), (2, "R", "S"), (2, "R", "P"), (2, "R", "H"),
        (1, "V", ""), (1, "S", ""), (1, "P", ""), (1, "H", ""), (1, "", ""),
    ]  # fmt: skip
    unclaimed = [
        section for section in outline if section.level == 2 and not (section.claims or section.again)
    ]
    assert [section.written.status for section in unclaimed if section.written] == ["etic_only", "partial"]
    numbers = [view.claim.number for section in outline for view in section.claims]
    assert sorted(numbers) == [f"C{n:02}" for n in range(1, 17)]
    assert len(set(numbers)) == 16
    again = {(s.heading.key, s.beside.key): s.again for s in outline if s.again and s.heading and s.beside}
    assert again == {("R", "V"): ("C15",), ("R", "P"): ("C02", "C12"), ("R", "H"): ("C13", "C14")}
    first = outline[0].written
    assert first is not None
    assert first.conclusion.startswith("Kreativitas ada pada orang")


def test_an_empty_study_has_no_outline_and_a_written_cell_makes_a_section(study: StudyBuilder) -> None:
    talk(study)
    assert findings_outline(study.project, Choice()) == []
    r, s = (reference("code", study.ids["code", key]) for key in ("R", "S"))
    cells.write(study.project, r, s, etic_reading="Struktur menghambat.")
    outline = findings_outline(study.project, Choice())
    assert [(section.level, bool(section.written)) for section in outline] == [(1, False), (2, True)]
    cells.write(study.project, s, STUDY, conclusion="Terpusat.")
    assert [section.level for section in findings_outline(study.project, Choice())] == [1, 2, 1]
