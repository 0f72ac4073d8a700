"""The parts of a study that go out one by one, by the facts of the sample study: read back from the files."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from qualcoder_lite.analysis.cells.written import read_cells
from qualcoder_lite.analysis.conclusions.defence import check_before_defence
from qualcoder_lite.analysis.panels.lists import codes_listed, informants_listed
from qualcoder_lite.cli import parser
from qualcoder_lite.coding import codes, member_checks
from qualcoder_lite.coding.counting.references import pair, reference
from qualcoder_lite.coding.sample_study import RESEARCHER, build_sample
from qualcoder_lite.errors import UserError
from qualcoder_lite.export.parts import PARTS
from qualcoder_lite.progress import silent
from qualcoder_lite.store.project import Project, read_study
from tests.export.reading import csv_rows, everything

FORMS = (".docx", ".xlsx", ".csv", ".html", ".json")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "sample.qcl"
    build_sample(path)
    return path


@pytest.fixture
def sample(made: Path) -> Iterator[Project]:
    with read_study(made, RESEARCHER) as project:
        yield project


def write(project: Project, name: str, path: Path) -> Path:
    PARTS[name](project, path, RESEARCHER, silent)
    return path


def rows(project: Project, name: str, folder: Path) -> list[dict[str, Any]]:
    """The rows of a part as JSON has them, which are those of its CSV."""
    data = json.loads(write(project, name, folder / "p.json").read_text(encoding="utf-8"))
    told: list[dict[str, Any]] = data["rows"]
    assert list(csv_rows(write(project, name, folder / "p.csv"))[0]) == list(told[0])
    return told


def code_named(project: Project, key: str) -> bytes:
    return next(line.id for line in codes_listed(project, "Ani") if line.key == key)


def lines(path: Path, style: str) -> list[str]:
    """The paragraphs of a style in a Word file."""
    return [p.text for p in Document(str(path)).paragraphs if p.style and p.style.name == style]


def test_the_command_line_names_every_part() -> None:
    assert set(parser.PARTS) == {"study", *PARTS}


@pytest.mark.parametrize("name", PARTS)
def test_every_part_is_written_in_every_form(name: str, sample: Project, tmp_path: Path) -> None:
    for suffix in FORMS:
        assert len(everything(write(sample, name, tmp_path / f"p{suffix}"))) > 300
    with pytest.raises(UserError, match="can't be written here"):
        write(sample, name, tmp_path / "p.tiff")


def test_the_outline_tells_each_claim_once_in_full_where_it_first_stands(
    sample: Project, tmp_path: Path
) -> None:
    told = rows(sample, "outline", tmp_path)
    numbers = [row["claim"] for row in told if row["claim"]]
    assert sorted(numbers) == [f"C{number:02}" for number in range(1, 17)]
    first = {row["claim"]: row for row in told}
    assert (first["C08"]["level"], first["C08"]["section"].split(":")[0]) == (2, "K × S")
    assert (first["C08"]["informants"], first["C08"]["codes"]) == ("A2", "K;S")
    assert first["C09"]["evidence_for"].count("\n") == 6
    assert first["C16"]["evidence_for"] == first["C16"]["evidence_against"] == ""
    assert (first["C10"]["unanswered"], first["C06"]["opposing"]) == (3, 0)
    path = write(sample, "outline", tmp_path / "o.docx")
    assert [line.split(":")[0] for line in lines(path, "Heading 2")[:3]] == ["K", "I", "R"]
    assert [line.split(":")[0] for line in lines(path, "Heading 3")[:3]] == ["K × S", "K × P", "K × H"]
    body = lines(path, "Normal")
    assert sum("C15" in line and line.startswith("Told above") for line in body) == 1
    assert "3 codings that oppose it are not answered yet." in body
    quotes = lines(path, "Excerpt")
    assert any(line.startswith("“Usulan staf ada, tapi sering mentok di kota.") for line in quotes)
    assert any(re.search(r"\[A2·69[a-z]?–\u2060?70\] \(−\)", line) for line in quotes)


def test_where_several_coded_the_outline_wants_one_named(study: Project, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="several coders"):
        PARTS["outline"](study, tmp_path / "o.docx", "", silent)


def test_emic_categories_stand_beside_the_concepts_they_are_linked_to(
    sample: Project, tmp_path: Path
) -> None:
    told = rows(sample, "emic-concepts", tmp_path)
    assert [(row["name"], row["etic"]) for row in told] == [
        ("stuck in the city", "S3"),
        ("passed from desk to desk", "S4"),
        ("like a puppet", "S5"),
        ("like a robot", "V5"),
        ("waiting one's turn", "H4"),
        ("the spirit is gone", ""),
    ]
    assert [(row["codings"], row["informants"], row["-"]) for row in told][-1] == (3, 3, 3)
    assert told[2]["quotes"] == "“rasanya seperti boneka” [A3·104]"
    table = Document(str(write(sample, "emic-concepts", tmp_path / "e.docx"))).tables[0]
    last = [cell.text for cell in table.rows[-1].cells]
    assert last[1] == "E6\nthe spirit is gone"
    assert last[4] == "not linked yet"
    assert len(table.columns) == 5  # no link has a note


def test_a_note_on_a_link_has_a_column(study: Project, tmp_path: Path) -> None:
    codes.link_emic(study, code_named(study, "E1"), code_named(study, "R2"), note="Usul yang tidak sampai.")
    PARTS["emic-concepts"](study, tmp_path / "e.docx", "Ani", silent)
    row = [cell.text for cell in Document(str(tmp_path / "e.docx")).tables[0].rows[1].cells]
    assert row[4].splitlines() == ["S1", "Name S1", "R2", "Name R2"]
    assert row[5] == "R2: Usul yang tidak sampai."


def test_each_informant_has_a_sheet_with_statements_boxes_and_room_to_sign(
    sample: Project, tmp_path: Path
) -> None:
    told = rows(sample, "member-checks", tmp_path)
    assert len({row["informant"] for row in told}) == 7
    assert [row["code"] for row in told if row["informant"] == "A1"] == ["I", "R", "V", "S", "P", "H"]
    assert all(row["due"] and not row["verdict"] for row in told)
    path = write(sample, "member-checks", tmp_path / "m.docx")
    statements, signed, *_rest = Document(str(path)).tables
    assert [cell.text for cell in statements.rows[0].cells][2:] == ["Statement", "Answer", "Correction"]
    assert statements.rows[1].cells[3].text.splitlines() == [
        "☐\u00a0agrees",
        "☐\u00a0corrects",
        "☐\u00a0rejects",
    ]
    assert "____" in statements.rows[1].cells[4].text
    last = [p._p.xpath("./w:pPr/w:keepNext") for c in statements.rows[-1].cells for p in c.paragraphs]
    assert all(last), "the signatures never stand on a page without a statement"
    quoted = statements.rows[4].cells[2].text
    assert "“Kalau soal tambah pegawai" in quoted
    assert "(−)" not in quoted, "how it was coded is not shown to the informant"
    assert signed.rows[1].cells[1].text.startswith("Informant A1: name and signature")
    assert len(lines(path, "Heading 2")) == 7


def test_what_was_answered_before_stands_under_the_statement(study: Project, tmp_path: Path) -> None:
    person = informants_listed(study)[0].id
    cell = read_cells(study)[pair(reference("informant", person), reference("code", code_named(study, "R")))]
    words = cell.emic_summary
    member_checks.add(
        study, person, words, "corrects", date="2026-04-01", correction="Belum mati.", cell=cell.id
    )
    PARTS["member-checks"](study, tmp_path / "m.xlsx", "Ani", silent)
    PARTS["member-checks"](study, tmp_path / "m.docx", "Ani", silent)
    shown = Document(str(tmp_path / "m.docx")).tables[0].rows[1].cells[2].text
    assert "Before (1 Apr 2026): corrects; Belum mati." in shown
    answers = load_workbook(tmp_path / "m.xlsx")["Answers"]
    assert [cell.value for cell in answers[2]][:5] == ["A1", words, "corrects", "Belum mati.", "2026-04-01"]


def test_the_check_before_the_defence_lists_every_hint_with_its_place(
    sample: Project, tmp_path: Path
) -> None:
    told = rows(sample, "defence", tmp_path)
    found = Counter(row["kind"] for row in told)
    hints = check_before_defence(sample, RESEARCHER)
    assert found == {kind: len(listed) for kind, listed in hints.items() if listed}
    assert found["claims_on_one"] == 2
    first = next(row for row in told if row["kind"] == "unused_quotes")
    assert (first["place"], first["source"]) == ("A1·97–98", "A1")
    counts, listed = Document(str(write(sample, "defence", tmp_path / "d.docx"))).tables
    assert [row.cells[2].text for row in counts.rows[1:]] == [str(len(h)) for h in hints.values()]
    assert len(listed.rows) == 1 + len(told) + len(found)
