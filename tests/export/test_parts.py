"""The parts of a study that go out one by one, by the facts of the sample study: read back from the files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from qualcoder_lite.cli import parser
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
    assert (first["C10"]["unread"], first["C06"]["unread"]) == (3, 0)
    path = write(sample, "outline", tmp_path / "o.docx")
    assert [line.split(":")[0] for line in lines(path, "Heading 2")[:3]] == ["K", "I", "R"]
    assert [line.split(":")[0] for line in lines(path, "Heading 3")[:3]] == ["K × S", "K × P", "K × H"]
    body = lines(path, "Normal")
    assert sum("C15" in line and line.startswith("Told above") for line in body) == 1
    assert "3 codings that might speak against it have not been read yet." in body
    quotes = lines(path, "Excerpt")
    assert any(line.startswith("“Usulan staf ada, tapi sering mentok di kota.") for line in quotes)
    assert any("[A2·line 69–70] (−)" in line for line in quotes)


def test_where_several_coded_the_outline_wants_one_named(study: Project, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="several coders"):
        PARTS["outline"](study, tmp_path / "o.docx", "", silent)
