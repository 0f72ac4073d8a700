"""What the workspaces of display and conclusions show, as it is handed in: read back from the files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from qualcoder_lite.analysis.disagreements import disagreement_lines
from qualcoder_lite.analysis.kinds import matrix_of
from qualcoder_lite.analysis.matrix import Choice
from qualcoder_lite.coding.sample_study import RESEARCHER, build_sample
from qualcoder_lite.errors import UserError
from qualcoder_lite.export.writing import write_matrix
from qualcoder_lite.store.project import Project, read_study


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
    assert (first.key, first.speaker, first.values) == ("A3", "A3", ("R", "P"))
    assert first.codes == (("R3", "P5"), ("P",))
    assert first.about == ("R",)
    assert first.quote.startswith("Kami terikat juklak dan juknis.")
    assert {line.values for line in lines} > {d.values for d in matrix.details["domains"][0].disagreements}


def test_a_unit_counts_as_apart_where_one_coder_saw_a_second_theme(sample: Project) -> None:
    lines = disagreement_lines(sample, matrix_of(sample, "agreement", Choice()), "dimension")
    assert [line.about for line in lines if line.values == ("K", "R")] == [("K",)]
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
    assert codes[-1][6] == "undefined"
    assert data["cells"][-1]["kappa"] is None
    assert domains[1][1:4] == ["13", "28", "4"]
    assert "undefined" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
