"""What is written: every form of every output, whole or not at all, by alias, escaped."""

from __future__ import annotations

import gc
import json
import os
import tempfile
import time
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from openpyxl import load_workbook

from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.kinds import KINDS
from qualcoder_lite.analysis.search.excerpts import excerpts
from qualcoder_lite.coding import codings
from qualcoder_lite.coding.people.key_file import key_path, write_names
from qualcoder_lite.coding.tables import codebooks
from qualcoder_lite.coding.tables.sheet import read_table
from qualcoder_lite.errors import UserError
from qualcoder_lite.export.formats.csv_file import write_csv
from qualcoder_lite.export.formats.excel import MOST_LETTERS, fitting, parts, write_excel
from qualcoder_lite.export.parts import PARTS
from qualcoder_lite.export.report import Sheet
from qualcoder_lite.export.reports.excerpts import write_excerpts
from qualcoder_lite.export.reports.matrices import SUFFIXES, write_matrix
from qualcoder_lite.export.reports.tables import write_claims, write_codebook, write_guide
from qualcoder_lite.export.whole_study import write_study
from qualcoder_lite.files import ABANDONED, FOLDER
from qualcoder_lite.progress import silent
from qualcoder_lite.store.creating import new_study
from qualcoder_lite.store.project import Project, open_study
from tests.export.reading import csv_rows, everything

FULL = Path("/dev/full")


def matrix(study: Project, kind: str, path: Path) -> None:
    """Write a matrix of a kind."""
    by = "kelompok" if kind == "groups" else ""
    write_matrix(study, KINDS[kind](study, Choice(coder="Ani", by=by)), path)


def write_all(study: Project, folder: Path) -> list[Path]:
    """Every output in every form."""
    outputs: dict[str, Callable[[Path], None]] = {
        "excerpts": lambda path: write_excerpts(study, excerpts(study), path),
        "codebook": lambda path: write_codebook(study, path),
        "guide": lambda path: write_guide(study, path),
        "claims": lambda path: write_claims(study, path),
    }
    for kind in KINDS:
        outputs[kind] = lambda path, kind=kind: matrix(study, kind, path)  # type: ignore[misc]
    for name, write in outputs.items():
        for suffix in SUFFIXES:
            write(folder / f"{name}{suffix}")
    write_study(study, folder / "study.docx")
    return sorted(folder.iterdir())


def test_a_real_name_goes_out_in_no_file(study: Project, tmp_path: Path) -> None:
    write_names(key_path(study.path), {"A1": "Hasan Basri Samaran"})
    written = write_all(study, tmp_path)
    assert len(written) == 10 * 5 + 1 + 1  # and the folder of the study
    for path in written:
        if path.is_file():
            assert "Hasan" not in everything(path), path.name


def test_what_is_said_is_never_markup_or_formula(study: Project, tmp_path: Path) -> None:
    for path in write_all(study, tmp_path):
        if path.suffix in (".docx", ".html"):
            assert "<b>&amp;" not in everything(path), path.name
    workbook = load_workbook(tmp_path / "excerpts.xlsx")
    cells = [cell for row in workbook.worksheets[0].iter_rows() for cell in row]
    assert any("=SUM(1,2)" in str(cell.value) for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n", "b", "inlineStr"}


@pytest.mark.parametrize("name", ["x.pdf", "x", "x.doc", "x.qdpx"])
def test_another_suffix_is_refused_by_name(name: str, study: Project, tmp_path: Path) -> None:
    for write in (lambda p: write_study(study, p), lambda p: matrix(study, "groups", p)):
        with pytest.raises(UserError) as refused:
            write(tmp_path / name)
        assert ".docx" in str(refused.value)
    assert [path.name for path in tmp_path.iterdir()] == ["s"]


def test_a_missing_folder_is_said_before_anything_is_done(study: Project, tmp_path: Path) -> None:
    for write in (write_study, write_codebook, write_guide, write_claims):
        with pytest.raises(UserError, match="is not there"):
            write(study, tmp_path / "no" / "x.docx")


def test_a_file_that_can_not_be_written_leaves_the_old_one(
    study: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.csv"
    path.write_text("old")
    monkeypatch.setattr("csv.writer", lambda _file: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(UserError, match="can't be written"):
        write_study(study, path)
    assert path.read_text() == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["s", "x.csv"]


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a device that is always full")
def test_excel_on_a_full_disk_complains_once_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    rows = [[str(number) * 9, number] for number in range(20_000)]
    with pytest.raises(OSError, match="No space left"):
        write_excel([Sheet("A", ("a", "b"), rows, (10.0, 10.0))], FULL)
    gc.collect()  # what a destructor complains of then fails the test
    assert list(tmp_path.iterdir()) == []


def test_rows_on_their_way_stand_in_a_temporary_folder_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left = tmp_path / f"{FOLDER}00000001-x"
    left.mkdir()
    os.utime(left, times=(time.time() - 2 * ABANDONED,) * 2)
    write_excel([Sheet("A", ("a",), [["b"]], (10.0,))], tmp_path / "a.xlsx")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xlsx"]


# CSV and Excel ---------------------------------------------------------------------------------------------


def test_a_matrix_as_csv_has_a_line_for_each_row(study: Project, tmp_path: Path) -> None:
    matrix(study, "informants", tmp_path / "m.csv")
    rows = csv_rows(tmp_path / "m.csv")
    assert list(rows[0]) == [
        "No.",
        "Informant",
        "K Name K",
        "R Name R",
        "S Name S",
        "V Name V",
        "Indicators touched",
    ]
    assert rows[0]["R Name R"] == (
        "+1 −1\nForum bagus tetapi sepi.\n“Forumnya bagus” [A1·4a]\n2 codings · 2 passages\nneeds review"
    )
    assert rows[1]["K Name K"] == "—"
    assert rows[1]["V Name V"] == "t.d."
    assert rows[-1]["R Name R"] == "2 of 2"


def test_csv_to_look_at_runs_nothing_but_keeps_our_signs(tmp_path: Path) -> None:
    texts = ["=1+1", "+cmd|' /C calc'!A0", "-2", "@x", "+2 −3\nkata", "+2 −3\n=1", "kata", "−1"]
    rows = [[text, 5] for text in texts]
    write_csv(Sheet("s", ("a", "b"), rows), tmp_path / "x.csv")
    read = [row["a"] for row in csv_rows(tmp_path / "x.csv")]
    assert read == ["'=1+1", "'+cmd|' /C calc'!A0", "'-2", "'@x", "+2 −3\nkata", "'+2 −3\n=1", "kata", "−1"]
    write_csv(Sheet("s", ("a", "b"), rows), tmp_path / "x.csv", exact=True)
    assert [row["a"] for row in csv_rows(tmp_path / "x.csv")] == texts


def test_a_matrix_as_excel_has_table_counts_and_notes(study: Project, tmp_path: Path) -> None:
    matrix(study, "informants", tmp_path / "m.xlsx")
    workbook = load_workbook(tmp_path / "m.xlsx")
    assert workbook.sheetnames[0] == "Matrix"
    assert workbook.sheetnames[-2:] == ["Counts", "Notes"]
    heads, *rows = workbook["Counts"].iter_rows(values_only=True)
    found = {(row[0], row[1]): dict(zip(heads, row, strict=True)) for row in rows}
    assert (found["A1", "R"]["codings"], found["A1", "R"]["+"], found["A1", "R"]["mark"]) == (2, 1, None)
    assert found["M1", "V"]["mark"] == "not_asked"
    page = workbook["Matrix"]
    assert page.freeze_panes == "A2"
    assert page["C2"].alignment.wrap_text


def test_excel_takes_texts_as_they_are(tmp_path: Path) -> None:
    texts = ["=1+1", "http://x.example/a b", "12", "'x", "a\x01b", "x" * 40_000, "😀" * 20_000, ""]
    write_excel(
        [Sheet("a/b:c" * 9, ("t",), [[t] for t in texts]), Sheet("a/b:c" * 9, ("t",), [])],
        tmp_path / "x.xlsx",
    )
    workbook = load_workbook(tmp_path / "x.xlsx")
    read = [row[0] for row in workbook.worksheets[0].iter_rows(min_row=2, values_only=True)]
    assert read[:4] == texts[:4]
    assert read[4] == "a_x0001_b"
    assert len(read[5]) == MOST_LETTERS
    assert read[5].endswith("x…")
    assert read[6].endswith("😀…")
    assert read[7] is None
    assert len(set(workbook.sheetnames)) == 2


def test_long_texts_are_cut_to_fit_and_into_pieces_that_hold_all() -> None:
    text = "a😀" * 30_000
    assert "".join(parts(text)) == text
    assert all(fitting(piece) == piece for piece in parts(text))
    assert parts("") == [""]


def test_a_sheet_too_long_for_excel_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="more rows"):
        write_excel([Sheet("s", ("a",), range(1_048_576))], tmp_path / "x.xlsx")  # type: ignore[arg-type]


# HTML ------------------------------------------------------------------------------------------------------


class Tags(HTMLParser):
    """Collects the elements of a page, and what is still open at the end."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "col"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_page_is_whole_without_script_and_loads_nothing(kind: str, study: Project, tmp_path: Path) -> None:
    matrix(study, kind, tmp_path / "m.html")
    page = (tmp_path / "m.html").read_text(encoding="utf-8")
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    names = {tag for tag, _attributes in tags.tags}
    assert not names & {"script", "link", "img", "iframe", "a", "object"}
    assert not any(key.startswith("on") or key in ("src", "href") for _t, found in tags.tags for key in found)
    assert {"table", "caption", "thead", "th", "td"} <= names
    assert ("html", {"lang": "en"}) in tags.tags


# Codebook, guide, claims, study ----------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".json", ".xlsx", ".csv"])
def test_the_codebook_comes_back_as_it_was(suffix: str, study: Project, tmp_path: Path) -> None:
    path, again = tmp_path / f"codebook{suffix}", tmp_path / f"again{suffix}"
    write_codebook(study, path)
    other = tmp_path / "s" / "other.qcl"
    new_study(other, "Studi rekaan & contoh")
    with open_study(other) as project:
        codebooks.load(project, path)
        write_codebook(project, again)
    if suffix == ".xlsx":
        first, second = (list(load_workbook(p).active.iter_rows(values_only=True)) for p in (path, again))  # type: ignore[union-attr]
        assert first == second
    else:
        assert path.read_bytes() == again.read_bytes()


def test_the_shipped_codebooks_are_given_back_as_they_are(tmp_path: Path, project: Project) -> None:
    from qualcoder_lite.files import templates_folder

    codebooks.load(project, "siagian")
    write_codebook(project, tmp_path / "c.json")
    written = json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))["codes"]
    shipped = json.loads((templates_folder() / "siagian.json").read_text(encoding="utf-8"))["codes"]
    by_key = {code["id"]: code for code in written}
    assert len(written) == len(shipped) == 47
    for code in shipped:
        again = by_key[code["id"]]
        assert {name: again[name] or None for name in code} == {n: v or None for n, v in code.items()}


def test_the_codings_of_a_study_come_back_as_they_were(study: Project, tmp_path: Path) -> None:
    write_study(study, tmp_path / "c.csv")
    before = excerpts(study)
    report = codings.import_table(study, read_table(tmp_path / "c.csv"))
    assert len(excerpts(study)) == len(before), report


def test_the_whole_study_as_excel_has_a_sheet_for_each_table(study: Project, tmp_path: Path) -> None:
    write_study(study, tmp_path / "s.xlsx")
    workbook = load_workbook(tmp_path / "s.xlsx")
    assert {"sources", "texts", "turns", "informants", "codes", "codings", "cells", "claims"} <= set(
        workbook.sheetnames
    )
    heads, *rows = workbook["texts"].iter_rows(values_only=True)
    assert heads == ("source", "part", "text")
    assert [row[0] for row in rows] == ["A1", "M1", "O1", "D1"]
    informants = list(workbook["informants"].iter_rows(values_only=True))
    assert "attribute kelompok" in informants[0]


def test_the_guide_has_a_grid_and_names_what_was_not_asked(study: Project, tmp_path: Path) -> None:
    write_guide(study, tmp_path / "g.csv")
    assert csv_rows(tmp_path / "g.csv")[1] == {
        "number": "2",
        "question": "Bagaimana visi?",
        "codes": "V",
        "not_asked": "M1",
    }
    write_guide(study, tmp_path / "g.html")
    page = (tmp_path / "g.html").read_text(encoding="utf-8")
    assert "Table 3.2 Grid of the Instrument" in page
    assert "Not asked: 2 (M1)." in page


def test_claims_show_the_quotes_for_and_against(study: Project, tmp_path: Path) -> None:
    write_claims(study, tmp_path / "c.csv")
    (row,) = csv_rows(tmp_path / "c.csv")
    assert row["Claim"] == "Proposals get stuck."
    assert row["Evidence for"] == "–"
    assert row["Evidence against"] == "“tidak ada di aturan, jadi tidak bisa” [M1·2b]"
    write_claims(study, tmp_path / "c.json")
    (told,) = json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))["rows"]
    assert (told["number"], told["codes"], told["for"]) == ("C1", ["K", "S"], [])
    assert told["against"] == [{"quote": "tidak ada di aturan, jadi tidak bisa", "citation": "M1·2b"}]


def test_an_empty_study_gives_every_output(project: Project, tmp_path: Path) -> None:
    for kind in KINDS:
        if kind != "groups":
            for suffix in SUFFIXES:
                write_matrix(project, KINDS[kind](project, Choice()), tmp_path / f"{kind}{suffix}")
    for suffix in SUFFIXES:
        for name in PARTS:
            PARTS[name](project, tmp_path / f"{name}{suffix}", "", silent)
    for suffix in (".json", ".xlsx", ".csv", ".docx"):
        write_study(project, tmp_path / f"all{suffix}")
    assert all(path.stat().st_size for path in tmp_path.iterdir())
