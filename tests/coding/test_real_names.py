"""Real names on the way into a study: reported, kept for the key file, masked in all that is stored."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcoder_lite.coding import sources
from qualcoder_lite.coding.importing.confirming import Confirmed, import_confirmed
from qualcoder_lite.coding.importing.files import FileRead, key_without_names, names_in, read_files
from qualcoder_lite.coding.people import key_file
from qualcoder_lite.errors import UserError
from qualcoder_lite.progress import silent
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Informant, Source, SourceText
from qualcoder_lite.store.undo import undo
from tests.coding.adding import values
from tests.readers.made import paragraph, word_file
from tests.readers.test_names import with_author

TALK = (
    "Nama: Bambang Sutrisno, S.Sos.\nUsia: 51 tahun\nTopik: Wawancara dengan Bambang\n\n"
    "P: Pagi, Pak Bambang?\nPak Bambang: Pagi.\nP: Sehat?\nPak Bambang: Sehat.\n"
)
SECRETS = ("bambang", "sutrisno")


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "Wawancara_Bambang.txt"
    path.write_text(TALK, encoding="utf-8")
    return path


def read_one(path: Path) -> FileRead:
    [file], failed = read_files([path], {}, None, silent)
    assert not failed
    return file


def kept_in(project: Project) -> bytes:
    """All bytes of the study as it lies on the disk."""
    folder = project.path.parent
    return b"".join(path.read_bytes() for path in folder.iterdir() if "kunci" not in path.name).lower()


def test_names_are_told_with_file_line_and_mask(project: Project, talk: Path) -> None:
    [imported] = sources.import_files(project, [talk], informant="A1").imported
    assert [(one.name, one.where, one.line, one.mask) for one in imported.names] == [
        ("Bambang Sutrisno", "header", 1, "A1"),
        ("Bambang", "header", 3, "A1"),
        ("Bambang", "text", 5, "A1"),
        ("Bambang", "text", 6, "A1"),
        ("Bambang", "text", 8, "A1"),
        ("Bambang", "file_name", 0, "A1"),
    ]
    assert not imported.masked
    assert values(project, SourceText, "text") == [(TALK,)]


def test_masked_names_stand_nowhere_in_the_study(project: Project, talk: Path) -> None:
    names: list[tuple[str, str]] = []
    report = sources.import_files(project, [talk], mask_names=True, keep=names.extend)
    [imported] = report.imported
    assert imported.masked
    assert names == [*report.names] == [("Wawancara", "Bambang Sutrisno, S.Sos.")]
    assert values(project, Source, "key", "title", "origin", "content_id") == [
        ("Wawancara", "Wawancara dengan Wawancara", "Wawancara_Wawancara.txt", None)
    ]
    assert values(project, Informant, "alias") == [("Wawancara",)]
    stored = kept_in(project)
    assert b"sehat" in stored
    assert not [word for word in SECRETS if word.encode() in stored]


def test_what_can_not_be_kept_is_not_masked_and_nothing_changes(project: Project, talk: Path) -> None:
    def refuse(_names: object) -> None:
        raise UserError("disk full")

    with pytest.raises(UserError, match="disk full"):
        sources.import_files(project, [talk], mask_names=True, keep=refuse)
    assert values(project, Source, "key") == []


def test_files_called_by_names_alone_have_neutral_codes(project: Project, tmp_path: Path) -> None:
    for name in ("Bambang", "Siti"):
        (tmp_path / f"{name}.txt").write_text(f"Nama: {name}\n\nP: Apa?\nI: Ya.\n", encoding="utf-8")
    report = sources.import_files(project, [tmp_path], mask_names=True)
    assert report.names == (("W1", "Bambang"), ("W2", "Siti"))
    assert values(project, Source, "key", "origin") == [("W1", "W1.txt"), ("W2", "W2.txt")]
    undo(project)
    assert values(project, Source, "key") == []


def test_a_file_whose_properties_name_somebody_is_not_kept_when_masking(
    project: Project, tmp_path: Path
) -> None:
    path = with_author(word_file(tmp_path / "W1.docx", paragraph("P: Apa?"), paragraph("I: Ya.")), "Ani")
    [imported] = sources.import_files(project, [path]).imported
    assert [(one.name, one.where, one.mask) for one in imported.names] == [("Ani", "properties", "")]
    assert values(project, Source, "content_id") != [(None,)]
    [imported] = sources.import_files(project, [path], mask_names=True).imported
    assert imported.masked
    assert values(project, Source, "content_id")[1:] == [(None,)]


def test_files_without_names_are_kept_as_they_are_when_masking(project: Project, tmp_path: Path) -> None:
    (tmp_path / "W1.txt").write_text("P: Apa?\nI: Ya.\n", encoding="utf-8")
    report = sources.import_files(project, [tmp_path / "W1.txt"], mask_names=True)
    assert not report.imported[0].masked
    assert report.names == ()
    assert values(project, Source, "content_id") != [(None,)]


def test_the_window_masks_the_names_that_a_person_confirmed(project: Project, talk: Path) -> None:
    file = read_one(talk)
    assert key_without_names(file) == "Wawancara"
    [person] = {one.person for one in names_in(file, "W1", "A3")}
    confirmed = Confirmed(
        file, "W1", "interview", "", "", {"Pak Bambang": ("informant", "A3")}, {person: "A3"}
    )
    kept: list[tuple[str, str]] = []
    report = import_confirmed(project, [confirmed], kept.extend)
    assert kept == [*report.names] == [("A3", person)]
    assert values(project, Informant, "alias") == [("A3",)]
    assert not [word for word in SECRETS if word.encode() in kept_in(project)]


def test_a_name_that_the_person_leaves_stays(project: Project, talk: Path) -> None:
    file = read_one(talk)
    report = import_confirmed(project, [Confirmed(file, "W1", "interview", "", "", {}, {"x": " "})])
    assert values(project, SourceText, "text") == [(TALK,)]
    assert not report.imported[0].masked


def test_a_mask_is_never_the_name_itself(tmp_path: Path) -> None:
    path = tmp_path / "Bambang.txt"
    path.write_text(TALK, encoding="utf-8")
    assert {one.mask for one in names_in(read_one(path), "Bambang")} == {"N1"}


def test_masked_names_are_never_lost_from_the_key_file(tmp_path: Path) -> None:
    path = tmp_path / "a.kunci.json"
    for name in ("Bambang", "Siti", "Bambang Sutrisno", "Siti"):
        key_file.add_masked(path, [("A1", name)])
    assert key_file.read_names(path) == {"A1": "Bambang; Siti; Bambang Sutrisno"}
