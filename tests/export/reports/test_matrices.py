"""What the tables of each kind say, before any file format."""

from __future__ import annotations

from datetime import date

import pytest

from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.kinds import KINDS
from qualcoder_lite.coding import cells
from qualcoder_lite.coding.counting.references import STUDY
from qualcoder_lite.export.report import DEEPER, Heading, Paragraph, Report, Table, plain
from qualcoder_lite.export.reports.matrices import matrix_report
from qualcoder_lite.export.reports.saturation import percent
from qualcoder_lite.export.view import date_text
from qualcoder_lite.store.project import Project
from tests.export.filling import Filling


def report(study: Project, kind: str, **choice: str) -> Report:
    """A matrix laid out."""
    return matrix_report(study, KINDS[kind](study, Choice(coder="Ani", **choice)))  # type: ignore[arg-type]


def tables(made: Report) -> list[Table]:
    """The tables of a report in their order."""
    return [block for part in made.parts for block in part.blocks if isinstance(block, Table)]


def texts(table: Table) -> list[list[str]]:
    """The cells of a table as plain text."""
    return [[plain(cell) for cell in row.cells] for row in table.rows]


def notes(table: Table) -> list[str]:
    """The notes below a table."""
    return [note.text for note in table.notes]


def test_informants_are_followed_by_other_sources_and_by_who_mentions_it(study: Project) -> None:
    table = tables(report(study, "informants"))[0]
    rows = texts(table)
    assert [row[0] for row in rows] == [
        "1",
        "2",
        "Other sources (summaries by the researcher, not emic)",
        "3",
        "4",
        "n",
    ]
    assert rows[0][1] == "A1\nCamat\nkey informant"
    assert rows[-1][2:] == ["1 of 2", "2 of 2", "2 of 2", "0 of 2", "4"]
    assert rows[0][-1] == "4"


def test_the_legend_names_all_four_blanks_and_who_coded(study: Project) -> None:
    below = notes(tables(report(study, "informants", level="indicator"))[0])
    assert below[0] == (
        "· not coded yet   — did not come up (informants: though asked)"
        "   t.d. not asked   t.r. not applicable"
    )
    assert "Coder: Ani." in below
    assert "Filter: Indicator." in below
    assert below[-1] == f"Source: primary data processed by the researcher, {date.today().year}"


def test_nobody_asks_about_the_informants_own_words(study: Project) -> None:
    table = tables(report(study, "informants", perspective="emic"))[0]
    assert notes(table)[0] == "· not coded yet   — did not come up in the data   t.r. not applicable"
    assert table.columns[-1].head == "Emic codes touched"
    assert texts(table)[-1][-1] == "1"
    assert any("—" in row for row in texts(table))
    assert not any("t.d." in cell for row in texts(table) for cell in row)


def test_without_a_guide_nobody_can_tell_that_something_was_asked(study: Project) -> None:
    from qualcoder_lite.store.journal import remove
    from qualcoder_lite.store.schema import Question

    with study.change("x") as session:
        remove(session, Question, [row.id for row in session.query(Question)])
    assert "— did not come up in the data" in notes(tables(report(study, "informants"))[0])[0]


def test_the_display_of_data_has_quote_summary_indicator_and_reading(study: Project) -> None:
    made = {table.caption: table for table in tables(report(study, "informants"))}
    table = made["Display of Data: Name R (R)"]
    assert texts(table)[0] == [
        "1",
        "A1\nCamat",
        "“Forumnya bagus” [A1·4a]",
        "Forum bagus tetapi sepi.",
        "R1 Name R1\u00a0(+)\nR2 Name R2\u00a0(−)",
        "Tanpa petugas.",
    ]
    assert texts(table)[2] == ["Other sources (summaries by the researcher, not emic)"]
    assert texts(table)[3][1] == "O1\nObservation"


def test_the_researchers_choice_of_evidence_comes_before_the_stars(study: Project) -> None:
    from qualcoder_lite.store import schema

    with study.change("x") as session:
        cell = session.query(schema.Cell).filter_by(emic_summary="Forum bagus tetapi sepi.").one()
        coding = session.query(schema.Coding).filter_by(condensation="Forum sepi").one()
        session.add(schema.CellEvidence(cell_id=cell.id, coding_id=coding.id))
    row = texts(tables(report(study, "informants"))[0])[0]
    assert "“Sekarang sepi, tidak ada yang menjawab” [A1·4b]" in row[3]
    assert "“Forumnya bagus”" not in row[3]


def test_tokens_in_what_is_written_are_printed_as_citations_with_lines(study: Project) -> None:
    row = KINDS["informants"](study, Choice(coder="Ani")).rows[0].reference
    told = "Forum sepi [A1·4a], lalu [A1·6a]; [A1·99] dan [X·1] tidak ada."
    cells.write(study, row, reference_of(study, "R"), emic_summary=told)
    cells.write(study, row, STUDY, etic_reading="Melihat dari atas [A1·4a].")
    first = tables(report(study, "informants"))[0]
    printed = told
    assert any(printed in text for line in texts(first) for text in line)
    assert "[A1·4a]" in notes(first)[0]
    from qualcoder_lite.export.reports.outline import outline_report

    cells.write(study, reference_of(study, "R"), STUDY, etic_reading="Tanpa petugas [A1·4a].")
    said = [
        b.text for part in outline_report(study, "Ani").parts for b in part.blocks if isinstance(b, Paragraph)
    ]
    assert "Tanpa petugas [A1·4a]." in " ".join(said)


def reference_of(study: Project, key: str) -> str:
    """The reference of a code."""
    return next(h.reference for h in KINDS["informants"](study, Choice(coder="Ani")).columns if h.key == key)


def test_linkage_names_claims_and_the_factor_alone(study: Project) -> None:
    table = tables(report(study, "linkage"))[0]
    rows = texts(table)
    assert rows[0] == [
        "K\nName K",
        "1 passage · 1 source\n±1\nUsul tertahan di kota.\nC1 Proposals get stuck. (no evidence)\n[A1·6a]"
        "\nneeds review",
        "—\nno claim",
    ]
    assert rows[-1] == ["Factor without any dimension", "0 codings", "0 codings"]


def test_each_cell_of_linkage_has_a_section_from_claim_to_status(study: Project) -> None:
    blocks = [b for part in report(study, "linkage").parts for b in part.blocks if not isinstance(b, Table)]
    said = [block.text for block in blocks if isinstance(block, Heading | Paragraph)]
    at = said.index("K × S: Name K – Name S")
    assert said[at + 1 : at + 14] == [
        "Claim (etic)",
        "Usul tertahan di kota.",
        "C1. Proposals get stuck.",
        "Evidence (emic)",
        "“Usulan sering mentok” [A1·6a] (±)",
        "Links drawn by the researcher",
        "S1 [A1·6b] hinders K1 [A1·6a]: Staf berhenti mengusul.",
        "Evidence against C1",
        "“tidak ada di aturan, jadi tidak bisa” [M1·2b] (○)",
        "Theory",
        "Siagian",
        "Status",
        "partial",
    ]


def section(study: Project, name: str) -> list[str]:
    """The lines of the section of one cell of the linkage."""
    blocks = [b for part in report(study, "linkage").parts for b in part.blocks if not isinstance(b, Table)]
    at = next(n for n, b in enumerate(blocks) if isinstance(b, Heading) and b.text.startswith(name))
    after = [n for n, b in enumerate(blocks) if n > at and isinstance(b, Heading)]
    return [b.text for b in blocks[at + 1 : min(after, default=len(blocks))] if isinstance(b, Paragraph)]


def test_what_is_seen_or_decreed_is_no_emic_evidence_of_a_linkage(study: Project) -> None:
    from qualcoder_lite.store import schema

    with study.change("x") as session:
        f, seen = Filling(session), session.query(schema.Source).filter_by(key="O1").one().id
        f.texts["O1"] = session.query(schema.SourceText).filter_by(source_id=seen).one().text
        f.ids["source", "O1"] = seen
        f.ids["code", "S1"] = session.query(schema.Code).filter_by(key="S1").one().id
        f.coding("O1", "Forum mati sejak pagi", "S1", "-")
    said = section(study, "R × S")
    emic, other = said.index("Evidence (emic)"), said.index("Observation and documents")
    assert said[emic + 1 : other] == ["“tidak ada di aturan” [M1·2b] (−)"]
    assert said[other + 1 : other + 3] == ["“Forum mati sejak pagi” [O1·2] (−)", "Status"]


def test_evidence_of_a_linkage_names_the_claims_it_speaks_for_and_against(study: Project) -> None:
    from qualcoder_lite.store import schema

    with study.change("x") as session:
        codes = [session.query(schema.Code).filter_by(key=key).one().id for key in ("R", "S")]
        seen = session.query(schema.Coding).filter_by(condensation="Forum sepi").one().id
        first = session.query(schema.ClaimEvidence).one().coding_id
        for position, number in enumerate(("C2", "C3"), 5):
            claim = schema.Claim(number=number, text={"en": number}, position=position)
            session.add(claim)
            session.flush()
            for code in codes:
                session.add(schema.ClaimCode(claim_id=claim.id, code_id=code))
            named = [(first, "for"), (seen, "against")] if number == "C2" else [(first, "against")]
            for coding, side in named:
                session.add(schema.ClaimEvidence(claim_id=claim.id, coding_id=coding, side=side))
    said = section(study, "R × S")
    assert "“tidak ada di aturan” [M1·2b] (−) – speaks for C2" in said
    at = said.index("Evidence against C2")
    assert said[at + 1] == "“Sekarang sepi, tidak ada yang menjawab” [A1·4b] (−)"
    assert said[at + 2 : at + 4] == [
        "Evidence against C3",
        "“tidak ada di aturan, jadi tidak bisa” [M1·2b] (○)",
    ]


def test_groups_name_how_many_of_how_many(study: Project) -> None:
    table = tables(report(study, "groups", by="kelompok"))[0]
    assert [column.head for column in table.columns] == [
        "No.",
        "Dimension or indicator",
        "ASN\nN = 1",
        "Masyarakat\nN = 1",
        "Comparison",
    ]
    row = texts(table)[2]
    assert row[1] == "S\nName S"
    assert row[2].startswith("1 of 1 informants · 1 coding\n−1")
    assert row[4] == "partial"
    assert texts(table)[3][2:] == ["—\n0 of 1 informants", "t.d.\n0 of 1 informants", "–"]


def test_provisions_stand_apart_and_said_beside_seen(study: Project) -> None:
    first, second = tables(report(study, "triangulation"))
    row = next(row for row in texts(first) if row[1].startswith("R1"))
    assert "of these 1 provision" in row[4]
    assert row[5] == "oppose\nBelum jalan."
    assert texts(second) == [
        ["1", "R1\nName R1", "“Forumnya bagus” [A1·4a]", "“Forum mati sejak pagi” [O1·2]"]
    ]
    assert "The study has no source of: Focus group." in notes(first)
    assert "Without any coding: V1." in notes(first)


def test_emic_etic_names_what_it_leaves_out_and_keeps_it_in_the_sheet(study: Project) -> None:
    made = report(study, "emic-etic")
    table = tables(made)[0]
    gap = next(row for row in texts(table) if row[1].startswith(f"{DEEPER}R1"))
    assert gap[3:] == [
        "Forum ada.",
        "“Forum mati sejak pagi” [O1·2]\n2 codings",
        "Forum mati.",
        "not written yet",
        "gap\nBelum jalan.\nneeds review",
        "Diucapkan ada, terlihat mati.",
    ]
    assert "O1" not in gap[2]  # what was seen is not emic
    assert "Without any coding or words: V, V1." in notes(table)
    assert len(made.sheets[0].rows) == 10
    assert next(row for row in texts(table) if row[1].startswith("E1"))[1] == "E1\nName E1\nemic"


def test_emic_etic_leaves_out_indicators_of_which_nothing_is_written_and_says_how_many(
    study: Project,
) -> None:
    made = report(study, "emic-etic")
    named = [row[1].strip().split("\n")[0] for row in texts(tables(made)[0])]
    assert named == ["K", "R", "R1", "S", "E1"]  # not K1, R2, S1, which are coded
    told = "3 indicators of which nothing is written yet are left out here; Excel and CSV have them."
    assert told in notes(tables(made)[0])
    assert {"K1", "R2", "S1"} <= {str(row[1]).strip().split()[0] for row in made.sheets[0].rows}
    assert len(texts(tables(report(study, "emic-etic", level="indicator"))[0])) == 4


def test_saturation_prints_base_run_threshold_and_verdict(study: Project) -> None:
    table = tables(report(study, "saturation"))[0]
    assert texts(table)[0] == ["1", "A1", "12 Mar 2026", "4", "4", "4", "1", "1", "1", "–"]
    assert notes(table)[:2] == [
        "Base: the first 4 interviews; run length: 2; threshold: 5 % (Guest, Namey & Chen 2020).",
        "Fewer than 4 interviews: no verdict.",
    ]


def test_a_run_below_the_threshold_is_a_verdict_and_few_codes_give_no_percentage(study: Project) -> None:
    with study.change("x") as session:
        f = Filling(session)
        for number in range(4):
            f.source(f"W{number}", "kata", date=f"2026-04-0{number + 1}", position=100 + number)
    table = tables(report(study, "saturation"))[0]
    assert notes(table)[1] == "The threshold was reached at W1 (+2)."
    assert texts(table)[-1][-1] == "run W2–W3: 0 of 4 new"
    assert [row[-1] for row in texts(table)] == ["base"] * 4 + ["–", "run W2–W3: 0 of 4 new"]


@pytest.mark.parametrize(
    ("language", "date_", "share"), [("en", "2 Mar 2026", "12.1 %"), ("id", "02-03-2026", "12,1 %")]
)
def test_dates_and_numbers_follow_the_language(
    language: str, date_: str, share: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import gettext

    from qualcoder_lite import i18n

    monkeypatch.setattr(i18n, "_chosen", [(language, gettext.NullTranslations())])
    assert date_text("2026-03-02") == date_
    assert percent(0.1212) == share
    assert date_text(None) == "—"


def test_what_is_written_of_whole_rows_and_groups_stands_below(study: Project) -> None:
    matrices = {kind: KINDS[kind](study, Choice(coder="Ani")) for kind in ("informants", "groups")}
    cells.write(study, matrices["informants"].rows[0].reference, STUDY, etic_reading="Melihat dari atas.")
    cells.write(study, matrices["groups"].columns[0].reference, STUDY, conclusion="Satu suara.")
    first = matrices["groups"].columns[0].name
    assert notes(tables(report(study, "informants"))[0])[0].endswith(": Melihat dari atas.")
    assert notes(tables(report(study, "groups"))[0])[0] == f"Synthesis, {first}: Satu suara."
