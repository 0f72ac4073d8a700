"""Coded excerpts: which they are, what stands beside them, how they are ordered and written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from qualcoder_lite.analysis.search.excerpts import Wanted, excerpts
from qualcoder_lite.errors import UserError
from qualcoder_lite.export.reports.excerpts import write_excerpts
from qualcoder_lite.store.project import Project
from tests.export.conftest import A1, M1
from tests.export.reading import W, csv_rows, part, text_of, value


def quotes(study: Project, **wanted: object) -> list[str]:
    """The quotes of the wanted codings."""
    return list(excerpts(study, Wanted(**wanted))["quote"])  # type: ignore[arg-type]


def test_every_coding_is_listed_in_the_order_of_the_texts(study: Project) -> None:
    frame = excerpts(study)
    assert list(frame["source"]) == ["A1"] * 5 + ["M1"] * 3 + ["O1", "D1"]
    texts = {"A1": A1, "M1": M1}
    for row in frame.itertuples():
        if row.source in texts:
            assert row.quote == texts[str(row.source)][row.start : row.end]
    assert sorted(set(frame["coder"])) == ["Ani", "Budi"]


def test_codes_take_those_below_them(study: Project) -> None:
    assert quotes(study, codes=("R",), sources=("A1",)) == [
        "Forumnya bagus",
        "Sekarang sepi, tidak ada yang menjawab",
    ]
    assert quotes(study, codes=("R1",), sources=("A1",)) == ["Forumnya bagus"]


def test_choices_narrow_each_other(study: Project) -> None:
    assert quotes(study, informants=("M1",), coder="Ani") == [
        "Katanya tidak ada di aturan",
        "tidak ada di aturan, jadi tidak bisa",
    ]
    assert quotes(study, coder="Budi") == ["Cepat dan ramah"]
    assert quotes(study, informants=("A1", "M1"), codes=("S",), sources=("M1",)) == [
        "tidak ada di aturan, jadi tidak bisa"
    ]


@pytest.mark.parametrize(
    "wanted", [{"codes": ("Z",)}, {"informants": ("Z",)}, {"sources": ("Z",)}, {"coder": "Z"}]
)
def test_an_unknown_word_is_refused(wanted: dict[str, object], study: Project) -> None:
    with pytest.raises(UserError, match="“Z”"):
        quotes(study, **wanted)


def test_speaker_lines_notes_and_informants_stand_beside(study: Project) -> None:
    row = excerpts(study, Wanted(codes=("R2",), sources=("A1",))).iloc[0]
    assert (row["speaker"], row["informants"], row["citation"], row["line"]) == ("A1", "A1", "A1·4b", 4)
    assert row["condensation"] == "Forum sepi"
    emic = excerpts(study, Wanted(codes=("E1",))).iloc[0]
    assert (emic["memo"], emic["polarity"], bool(emic["starred"])) == ("Kata informan sendiri.", "", False)
    assert excerpts(study, Wanted(sources=("O1",))).iloc[0]["informants"] == ""


def test_a_passage_over_several_lines_names_both(study: Project) -> None:
    with study.change("x") as session:
        from tests.export.filling import Filling

        f = Filling(session)
        f.code("X")
        f.source("W1", "kata " * 30, "document")
        f.coding("W1", ("kata " * 20).strip(), "X")
    assert list(excerpts(study, Wanted(codes=("X",)))["citation"]) == ["W1·1–2"]


def test_csv_has_exactly_the_columns_and_the_quotes_unchanged(study: Project, tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    write_excerpts(study, excerpts(study, Wanted(coder="Ani")), path)
    assert path.read_bytes().startswith(
        b"\xef\xbb\xbfsource,start,end,quote,code,polarity,coder,informants\r\n"
    )
    rows = csv_rows(path)
    assert len(rows) == 9
    for row in rows:
        text = {"A1": A1, "M1": M1}.get(row["source"])
        if text:
            assert row["quote"] == text[int(row["start"]) : int(row["end"])]
    assert [row["polarity"] for row in rows if row["source"] == "A1"] == ["+", "-", "±", "-", ""]


def test_json_and_excel_hold_the_same_rows(study: Project, tmp_path: Path) -> None:
    frame = excerpts(study)
    write_excerpts(study, frame, tmp_path / "e.json")
    write_excerpts(study, frame, tmp_path / "e.xlsx")
    rows = json.loads((tmp_path / "e.json").read_text(encoding="utf-8"))["excerpts"]
    sheet = load_workbook(tmp_path / "e.xlsx").worksheets[0]
    heads, *lines = sheet.iter_rows(values_only=True)
    assert list(heads) == list(rows[0])
    assert [line[heads.index("quote")] for line in lines] == [row["quote"] for row in rows]
    assert sheet.freeze_panes == "A2"


def test_by_code_the_codes_are_headings_in_the_order_of_the_codebook(study: Project, tmp_path: Path) -> None:
    write_excerpts(study, excerpts(study), tmp_path / "e.docx")
    headings = read_headings(tmp_path / "e.docx")
    assert headings[:3] == [
        ("Heading1", "Coded excerpts, by code"),
        ("Heading2", "K Name K (1 coding)"),
        ("Heading3", "K1 Name K1 (1 coding)"),
    ]
    assert headings[-1] == ("Heading2", "E1 Name E1 (1 coding)")


def test_by_informant_each_passage_stands_once_with_all_its_codes(study: Project, tmp_path: Path) -> None:
    write_excerpts(study, excerpts(study), tmp_path / "e.docx", by="informant")
    assert [text for _style, text in read_headings(tmp_path / "e.docx")] == [
        "Coded excerpts, by informant",
        "A1",
        "M1",
        "Without an informant",
    ]


def test_a_quote_is_italic_in_curly_marks_with_its_citation(study: Project, tmp_path: Path) -> None:
    write_excerpts(
        study, excerpts(study, Wanted(codes=("R1",), sources=("A1",))), tmp_path / "e.docx", by="source"
    )
    passage = next(
        p for p in part(tmp_path / "e.docx").iter(f"{W}p") if value(p, "pPr/pStyle") == "ExcerptLead"
    )
    said, cited, *_rest = passage.findall(f"{W}r")
    assert said.find(f"{W}rPr/{W}i") is not None
    assert (text_of(said), text_of(cited)) == ("“Forumnya bagus”", " [A1·4a]")


def test_an_unknown_order_is_refused(study: Project, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="“mood”"):
        write_excerpts(study, excerpts(study), tmp_path / "e.docx", by="mood")
    assert list(tmp_path.glob("*.docx")) == []


def test_nothing_wanted_is_no_error(study: Project, tmp_path: Path) -> None:
    frame = excerpts(study, Wanted(codes=("V1",)))
    assert len(frame) == 0
    for suffix in (".docx", ".csv", ".xlsx", ".html", ".json"):
        write_excerpts(study, frame, tmp_path / f"e{suffix}")
    assert csv_rows(tmp_path / "e.csv") == []


def read_headings(path: Path) -> list[tuple[str, str]]:
    """The headings of a Word file with their styles."""
    styled = [(value(p, "pPr/pStyle") or "", text_of(p).strip()) for p in part(path).iter(f"{W}p")]
    return [(style, text) for style, text in styled if style.startswith("Heading")]
