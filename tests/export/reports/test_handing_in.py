"""What the workspaces of display and conclusions show, as it is handed in: read back from the files."""

from __future__ import annotations

import base64
import csv
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from qualcoder_lite.analysis.agreement.disagreements import disagreement_lines, disagreements_about
from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.comparison import members_named
from qualcoder_lite.analysis.matrices.filtering import Filters
from qualcoder_lite.analysis.matrices.kinds import matrix_of
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.coding import cells
from qualcoder_lite.coding.sample_study import RESEARCHER, build_sample
from qualcoder_lite.errors import UserError
from qualcoder_lite.export.pictures.kinds import picture_of
from qualcoder_lite.export.reports.matrices import write_matrix
from qualcoder_lite.store.project import Project, open_study, read_study
from tests.export.reading import W, csv_rows, part

DOT = base64.b64decode(  # the smallest PNG
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "sample.qcl"
    build_sample(path)
    return path


@pytest.fixture
def sample(made: Path) -> Iterator[Project]:
    with read_study(made, RESEARCHER) as project:
        yield project


def sheet(path: Path, name: str) -> list[tuple[object, ...]]:
    book = load_workbook(path)
    return list(book[name].iter_rows(values_only=True))


def word_tables(path: Path) -> list[list[list[str]]]:
    """The cells of every table of a Word file."""
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in Document(str(path)).tables]


def test_disagreements_name_place_speaker_and_codes_of_each_coder(sample: Project) -> None:
    matrix = matrix_of(sample, "agreement", Choice(units="passages"))
    lines = disagreement_lines(sample, matrix)
    first = lines[0]
    assert (first.key, first.speaker, first.values) == ("A3", "A3", (("R", "P"), ("P",)))
    assert first.codes == (("R3", "P5"), ("P",))
    assert first.about == ("R",)
    assert first.quote.startswith("Kami terikat juklak dan juknis.")
    assert len(lines) == len(matrix.details["domains"][0].apart)


def test_the_units_apart_about_each_code_are_as_many_as_the_matrix_counts(sample: Project) -> None:
    for choice in (Choice(), Choice(units="passages", level="indicator"), Choice(perspective="emic")):
        matrix = matrix_of(sample, "agreement", choice)
        found = [disagreements_about(sample, matrix, row, 1000) for row in range(len(matrix.rows))]
        assert [len(lines) for lines in found] == matrix.cells["some"].tolist()
        for heading, lines in zip(matrix.rows, found, strict=True):
            assert all(line.about == (heading.key,) for line in lines)
    assert len(disagreements_about(sample, matrix_of(sample, "agreement", Choice()), 3, 2)) == 2


def test_a_unit_counts_as_apart_where_one_coder_saw_a_second_theme(sample: Project) -> None:
    lines = disagreement_lines(sample, matrix_of(sample, "agreement", Choice()), "dimension")
    seen = [line.about for line in lines if line.values == (("K", "R"), ("R",))]
    assert seen == [("K",), ("K",)]
    with pytest.raises(UserError, match="no domain x"):
        disagreement_lines(sample, matrix_of(sample, "agreement", Choice()), "x")


def test_agreement_is_the_same_in_every_form(sample: Project, tmp_path: Path) -> None:
    matrix = matrix_of(sample, "agreement", Choice())
    for suffix in (".docx", ".xlsx", ".csv", ".html", ".json"):
        write_matrix(sample, matrix, tmp_path / f"a{suffix}")
    data = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    told = [(line["source"], line["line"], line["speaker"]) for line in data["disagreements"]]
    heads, *rows = sheet(tmp_path / "a.xlsx", "Disagreements")
    assert [(row[0], row[1], row[4]) for row in rows] == told
    assert heads[7:9] == ("Peneliti", "Pengode 2")
    codes, domains, apart = word_tables(tmp_path / "a.docx")
    assert len(apart) == 1 + len(told)
    assert codes[-1][7] == "undefined"
    assert data["cells"][-1]["kappa"] is None
    assert domains[1][1:3] == ["41", str(len(told))]
    assert domains[1][-1] == "undefined: several codes on one unit"
    flat = csv_rows(tmp_path / "a.csv")
    assert Counter(row["table"] for row in flat) == {
        "code": len(codes) - 1,
        "domain": len(domains) - 1,
        "disagreement": len(told),
    }
    assert flat[len(codes) - 2]["kappa"] == "undefined"
    assert [(row["source"], int(row["line"]), row["speaker"]) for row in flat[-len(told) :]] == told
    first = next(row for row in flat if row["table"] == "domain")
    assert (first["units"], first["disagreements"]) == ("41", str(len(told)))
    assert first["kappa"] == "undefined: several codes on one unit"


def test_each_disagreement_says_in_which_codes_the_coders_differ(sample: Project, tmp_path: Path) -> None:
    matrix = matrix_of(sample, "agreement", Choice())
    write_matrix(sample, matrix, tmp_path / "a.docx")
    apart = word_tables(tmp_path / "a.docx")[2]
    assert apart[0][4:] == ["Differ in", "Peneliti", "Pengode 2"]
    lines = disagreement_lines(sample, matrix)
    for line, row in zip(lines, apart[1:], strict=True):
        said = row[4].split("\n")
        assert [key for key in line.about if key in said] == list(line.about)
        assert said  # also where both have the same code in bold
    below = "\n".join(paragraph.text for paragraph in Document(str(tmp_path / "a.docx")).paragraphs)
    assert "percentiles of 2000 draws with the fixed seed 1" in below


def compared(project: Project, *names: str) -> Matrix:
    members = members_named(project, names)
    return matrix_of(project, "comparison", Choice(coder=RESEARCHER, members=members))


def test_a_comparison_has_profiles_shared_codes_and_passages_in_every_form(
    sample: Project, tmp_path: Path
) -> None:
    matrix = compared(sample, "A1", "A3", "M1")
    for suffix in (".docx", ".xlsx", ".csv", ".html", ".json"):
        write_matrix(sample, matrix, tmp_path / f"c{suffix}")
    profiles, shared, passages = word_tables(tmp_path / "c.docx")
    assert profiles[0][2].startswith("A1\n")
    row = next(line for line in profiles if line[1].startswith("R\n"))
    assert row[3].startswith("+1 −4\n5 codings")
    assert row[-1] == "oppose"
    assert [line[2] for line in shared[1:]] == ["2", "0", "0", "0"]
    assert shared[1][1] == "R Responsiveness; S Organisational structure factor"
    assert next(line for line in passages if line[0].startswith("R\n"))[2].count("[A3·") == 5
    data = json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))
    cell = next(one for one in data["cells"] if (one["row"], one["column"]) == ("R", "A3"))
    assert (cell["codings"], cell["signs"]["-"], len(cell["evidence"])) == (5, 4, 5)
    assert (data["shared"], data["states"]["R"]) == (["R", "S"], "oppose")
    assert len(sheet(tmp_path / "c.xlsx", "Passages")) == len(passages)
    assert csv_rows(tmp_path / "c.csv")[0]["Convergence"]


def test_a_comparison_of_groups_tells_how_many_of_each_and_the_note_on_convergence(
    made: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copy(made, tmp_path / "copy.qcl"))
    with open_study(copy, RESEARCHER) as project:
        matrix = compared(project, "attribute:kelompok=ASN", "attribute:kelompok=Masyarakat")
        code = next(heading.reference for heading in matrix.rows if heading.key == "R")
        cells.write(project, code, matrix.details["note"], conclusion="Warga merasakan yang diakui petugas.")
        matrix = compared(project, "attribute:kelompok=ASN", "attribute:kelompok=Masyarakat")
        write_matrix(project, matrix, tmp_path / "c.docx")
        write_matrix(project, matrix, tmp_path / "c.json")
    profiles = word_tables(tmp_path / "c.docx")[0]
    assert profiles[0][2:4] == ["ASN\nN = 4", "Masyarakat\nN = 3"]
    row = next(line for line in profiles if line[1].startswith("R\n"))
    assert "of 4 informants" in row[2]
    assert row[-1].endswith("\nWarga merasakan yang diakui petugas.")
    notes = json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))["notes"]
    assert notes == {"R": "Warga merasakan yang diakui petugas."}


@pytest.mark.parametrize("kind", ["informants", "linkage", "groups", "triangulation"])
def test_a_transposed_matrix_is_written_transposed_with_the_same_cells(
    kind: str, sample: Project, tmp_path: Path
) -> None:
    choice = Choice(coder=RESEARCHER)
    write_matrix(sample, matrix_of(sample, kind, choice), tmp_path / "upright.csv")
    write_matrix(sample, matrix_of(sample, kind, replace(choice, transposed=True)), tmp_path / "turned.csv")
    upright, turned = (cells_by_name(tmp_path / f"{name}.csv") for name in ("upright", "turned"))
    assert upright
    assert {(column, row): text for (row, column), text in turned.items()} == upright


def cells_by_name(path: Path) -> dict[tuple[str, str], str]:
    """The cells of a matrix by the keys of row and column; bands and running numbers left out."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        heads, *lines = csv.reader(file)
    lead = 2 if heads[0] == "No." else 1
    found = {}
    for line in lines:
        if any(line[lead:]):
            for head, text in zip(heads[lead:], line[lead:], strict=True):
                found[line[lead - 1].replace("\n", " "), head.replace("\n", " ")] = text
    return found


def test_a_wide_turned_table_is_split_with_other_sources_apart(sample: Project, tmp_path: Path) -> None:
    matrix = matrix_of(sample, "informants", Choice(coder=RESEARCHER, transposed=True))
    write_matrix(sample, matrix, tmp_path / "t.docx")
    first, second, third = word_tables(tmp_path / "t.docx")[:3]
    assert [head.split("\n")[0] for head in first[0][2:]] == ["A1", "A2", "A3", "A4"]
    assert [head.split("\n")[0] for head in second[0][2:]] == ["M1", "M2", "M3", "Informants who mention it"]
    assert [head.split("\n")[0] for head in third[0][2:]] == ["O1", "D1", "D2"]
    paragraphs = Document(str(tmp_path / "t.docx")).paragraphs
    captions = [p.text for p in paragraphs if p.style and p.style.name == "Caption"]
    assert captions[2].endswith("– Other sources (summaries by the researcher, not emic)")


def test_what_filters_leave_in_is_told_in_every_form(sample: Project, tmp_path: Path) -> None:
    filters = Filters(polarities=("-",), groups=("kelompok=ASN",))
    choice = Choice(coder=RESEARCHER, filters=filters, sort=("-codings",))
    matrix = matrix_of(sample, "informants", choice)
    for suffix in (".docx", ".xlsx", ".csv", ".html", ".json"):
        write_matrix(sample, matrix, tmp_path / f"f{suffix}")
    told = "groups: kelompok: ASN; signs: − (hinders)"
    assert {row["Filter"] for row in csv_rows(tmp_path / "f.csv")} == {told}
    *rows, free, last = sheet(tmp_path / "f.xlsx", "Matrix")
    assert not any(free)
    assert last[0] == f"Filter: {told}."
    assert len(rows) == 1 + len(csv_rows(tmp_path / "f.csv"))
    data = json.loads((tmp_path / "f.json").read_text(encoding="utf-8"))
    assert data["filter"] == told.split("; ")
    assert data["choice"] == {
        "filters": {"groups": ["kelompok=ASN"], "polarities": ["-"]},
        "sort": ["-codings"],
    }
    assert f"Filter: {told}." in (tmp_path / "f.html").read_text(encoding="utf-8")
    unfiltered = matrix_of(sample, "informants", Choice(coder=RESEARCHER))
    write_matrix(sample, unfiltered, tmp_path / "u.csv")
    assert "Filter" not in csv_rows(tmp_path / "u.csv")[0]


def test_sorted_interviews_keep_their_place_in_the_base(sample: Project, tmp_path: Path) -> None:
    choice = Choice(coder=RESEARCHER, sort=("key",))
    write_matrix(sample, matrix_of(sample, "saturation", choice), tmp_path / "s.csv")
    write_matrix(sample, matrix_of(sample, "saturation", replace(choice, sort=())), tmp_path / "u.csv")
    remarks = [{row["Informant"]: row["Remarks"] for row in csv_rows(tmp_path / f"{n}.csv")} for n in "su"]
    assert remarks[0] == remarks[1]


def test_said_and_seen_leaves_out_what_filters_leave_out(sample: Project, tmp_path: Path) -> None:
    choice = Choice(coder=RESEARCHER, filters=Filters(only=("stale",)))
    for kind in ("triangulation", "emic-etic"):
        assert matrix_of(sample, kind, choice).details["said_versus_seen"]
        write_matrix(sample, matrix_of(sample, kind, choice), tmp_path / "t.docx")
        assert "Seen (event, −)" not in [cells[-1] for cells, *_rows in word_tables(tmp_path / "t.docx")]


def test_emic_and_etic_can_be_read_group_by_group(made: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(made, tmp_path / "copy.qcl"))
    choice = Choice(coder=RESEARCHER, by="kelompok", level="top")
    with open_study(copy, RESEARCHER) as project:
        groups = matrix_of(project, "groups", choice)
        assert emic_counts(project, choice) == emic_counts(project, choice, "groups")
        code = next(heading.reference for heading in groups.rows if heading.key == "R")
        warga = next(heading.reference for heading in groups.columns if heading.key == "Masyarakat")
        cells.write(
            project, code, warga, emic_summary="Dilempar ke sana kemari.", etic_reading="Bukan urusanku."
        )
        matrix = matrix_of(project, "emic-etic", choice)
        for suffix in (".docx", ".json"):
            write_matrix(project, matrix, tmp_path / f"e{suffix}")
    (table,) = word_tables(tmp_path / "e.docx")
    bands = [line[0] for line in table if len(set(line)) == 1]
    assert bands == ["ASN", "Masyarakat"]
    after = table[[line[0] for line in table].index("Masyarakat") :]
    row = next(line for line in after if line[1].startswith("R\n"))
    assert row[3:5] == ["Dilempar ke sana kemari.", "Bukan urusanku."]
    told = json.loads((tmp_path / "e.json").read_text(encoding="utf-8"))["cells"]
    found = [cell for cell in told if (cell["row"], cell["column"]) == ("R", "Masyarakat")]
    assert [cell["etic_reading"] for cell in found] == ["Bukan urusanku."]


def emic_counts(project: Project, choice: Choice, kind: str = "emic-etic") -> dict[tuple[str, str], Any]:
    """Codings and passages by the keys of code and group."""
    matrix = matrix_of(project, kind, choice)
    return {
        (matrix.rows[cell["row"]].key, matrix.columns[cell["column"]].key): (
            cell["codings"],
            cell["passages"],
        )
        for cell in matrix.cells.to_dict("records")
    }


def test_a_matrix_carries_its_picture_as_a_numbered_figure_that_can_be_read_aloud(
    sample: Project, tmp_path: Path
) -> None:
    matrix = matrix_of(sample, "linkage", Choice(coder="Peneliti"))
    picture = picture_of(matrix, "network")
    for suffix in (".docx", ".html"):
        write_matrix(sample, matrix, tmp_path / f"p{suffix}", figure=(picture, lambda _picture: DOT))
    text = part(tmp_path / "p.docx")
    paragraphs = list(text.iter(f"{W}p"))
    at = next(number for number, each in enumerate(paragraphs) if each.find(f".//{W}drawing") is not None)
    caption = paragraphs[at + 1]
    assert "".join(caption.itertext()) == (
        "Figure 4. SEQ Figure \\* ARABIC 1 Network of co-coded passages: Linkage of dimensions and factors"
    )
    (told,) = (one for one in text.iter() if one.tag.endswith("}docPr"))
    assert told.get("descr").startswith("Network of co-coded passages: Linkage of dimensions and factors.")
    assert "no co-coded passage" in told.get("descr")
    (size,) = (one for one in text.iter() if one.tag.endswith("}extent"))
    assert int(size.get("cx")) / int(size.get("cy")) == pytest.approx(picture.width / picture.height, 0.01)
    assert Document(str(tmp_path / "p.docx")).inline_shapes[0].width == int(size.get("cx"))
    page = (tmp_path / "p.html").read_text(encoding="utf-8")
    assert "<figcaption>Figure 4.1 Network of co-coded passages: Linkage" in page
    assert page.count("<svg") == page.count("<?xml") + 1 == 1
    with pytest.raises(UserError, match="xlsx"):
        write_matrix(sample, matrix, tmp_path / "p.xlsx", figure=(picture, lambda _picture: DOT))
    tall = replace(picture, height=3000.0)
    with pytest.raises(UserError, match="too large for a page"):
        write_matrix(sample, matrix, tmp_path / "q.docx", figure=(tall, lambda _picture: DOT))
    assert not (tmp_path / "q.docx").exists()
