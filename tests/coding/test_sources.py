"""Bringing files in: keys, people, attributes, what can't be read, one step for all; details of sources."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy import select

from qualcoder_lite.analysis.search.texts import Texts
from qualcoder_lite.coding import sources
from qualcoder_lite.coding.counting.counted import counted
from qualcoder_lite.coding.importing.files import natural_order
from qualcoder_lite.coding.importing.marks import unpack
from qualcoder_lite.coding.importing.report import ImportReport
from qualcoder_lite.coding.people import informants
from qualcoder_lite.coding.tables.finding import informant_id, source_id
from qualcoder_lite.errors import UserError
from qualcoder_lite.progress import Cancelled
from qualcoder_lite.store.journal_tables import Content
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import (
    Attribute,
    AttributeValue,
    Informant,
    Source,
    SourceInformant,
    SourceText,
    Speaker,
    Turn,
)
from qualcoder_lite.store.undo import history, undo
from tests.coding.adding import add_source, values
from tests.store.states import state_of

TALK = "P: Bagaimana?\nI: Baik sekali, Pak.\nP: Mengapa?\nI: Karena cepat.\n"
GROUP = (
    "Moderator: Silakan?\nPeserta 1: Saya setuju.\nPeserta 2: Saya tidak.\n"
    "Moderator: Mengapa?\nPeserta 1: Cepat.\nPeserta 2: Lambat.\n"
)
HEADER = (
    "Kode: W1\nNama: Tuan Rekaan\nJabatan: Camat\nUsia: 51 tahun\nTanggal: 12 Maret 2026\nWaktu: 09.15\n\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "files"
    made.mkdir()
    return made


def write(folder: Path, **texts: str) -> list[Path]:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return [folder / f"{name}.txt" for name in texts]


def people(project: Project) -> list[tuple[object, ...]]:
    """Source, label, role and alias of every speaker."""
    query = (
        select(Source.key, Speaker.label, Speaker.role, Informant.alias)
        .join(Source, Source.id == Speaker.source_id)
        .join(Informant, Informant.id == Speaker.informant_id, isouter=True)
        .order_by(Source.position, Speaker.id)
    )
    with project.read() as connection:
        return [tuple(row) for row in connection.execute(query)]


def bring(project: Project, *paths: Path, **more: object) -> ImportReport:
    return sources.import_files(project, list(paths), **more)  # type: ignore[arg-type]


# What becomes of a file -------------------------------------------------------------------------------------


def test_a_file_becomes_a_source_with_its_text_turns_and_bytes(project: Project, folder: Path) -> None:
    [path] = write(folder, A1=TALK)
    report = bring(project, path)
    [imported] = report.imported
    assert (imported.key, imported.technique, imported.turns, imported.characters) == (
        "A1",
        "interview",
        4,
        len(TALK),
    )
    assert values(project, SourceText, "text") == [(TALK,)]
    spoken = [TALK[start:end] for start, end in values(project, Turn, "start", "end")]
    assert spoken == ["Bagaimana?", "Baik sekali, Pak.", "Mengapa?", "Karena cepat."]
    with project.read() as connection:
        assert connection.scalar(select(Content.data)) == path.read_bytes()
    assert [(s.label, s.role, s.informant, s.turns) for s in imported.speakers] == [
        ("P", "interviewer", None, 2),
        ("I", "informant", "A1", 2),
    ]


def test_what_the_header_says_is_taken_over_but_never_the_name(project: Project, folder: Path) -> None:
    report = bring(project, *write(folder, camat=HEADER + TALK))
    assert report.names == (("W1", "Tuan Rekaan"),)
    assert values(project, Source, "key", "date", "time") == [("W1", "2026-03-12", "09:15")]
    [(header,)] = values(project, Source, "header")
    assert header["jabatan"] == "Camat"
    assert "nama" not in header
    assert "Tuan" not in json.dumps([values(project, Source, "title", "place"), header, people(project)])
    attributes = dict(values(project, Attribute, "id", "name"))
    found = {
        attributes[what]: value for what, value in values(project, AttributeValue, "attribute_id", "value")
    }
    assert found == {"jabatan": "Camat", "usia": "51 tahun"}


def test_a_heading_is_kept_as_a_mark(project: Project, folder: Path) -> None:
    (folder / "D1.md").write_text("# Visi\n\nMelayani warga.\n", encoding="utf-8")
    bring(project, folder / "D1.md")
    [(packed,)] = values(project, SourceText, "marks")
    assert isinstance(packed, list)
    assert [(mark.kind, mark.value) for mark in unpack(packed)] == [("heading", 1)]


def test_attributes_that_are_there_are_not_overwritten(project: Project, folder: Path) -> None:
    informants.import_table(project, [{"alias": "W1", "jabatan": "Camat lama"}])
    bring(project, *write(folder, camat=HEADER + TALK))
    assert ("Camat lama",) in values(project, AttributeValue, "value")
    assert ("Camat",) not in values(project, AttributeValue, "value")


# Keys -------------------------------------------------------------------------------------------------------


def test_keys_are_made_unique(project: Project, folder: Path) -> None:
    (folder / "sub").mkdir()
    paths = [*write(folder, A1=TALK, B=HEADER + TALK, C=HEADER + TALK), *write(folder / "sub", A1=TALK)]
    bring(project, *paths)
    bring(project, paths[0])
    assert [key for (key,) in values(project, Source, "key")] == ["A1", "W1", "W1-2", "A1-2", "A1-3"]


def test_a_key_is_cleaned_of_what_keys_can_not_have(project: Project, folder: Path) -> None:
    bring(project, *write(folder, **{"a;b": TALK}))
    assert values(project, Source, "key") == [("a-b",)]


def test_the_same_file_again_is_told_and_its_bytes_are_kept_once(project: Project, folder: Path) -> None:
    [path] = write(folder, A1=TALK)
    bring(project, path)
    [again] = bring(project, path).imported
    assert [remark.parameters for remark in again.remarks] == [{"source": "A1"}]
    with project.read() as connection:
        assert len(connection.execute(select(Content.id)).all()) == 1


# Who speaks -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "more", "expected"),
    [
        (TALK, {}, ["A1"]),
        (HEADER + TALK, {}, ["W1"]),
        ("Kode Informan: N7\n\n" + TALK, {}, ["N7"]),
        (TALK, {"informant": "B2"}, ["B2"]),
        ("Kode Informan: N7\n\n" + TALK, {"informant": "B2"}, ["B2"]),
        (TALK, {"informant": "B2", "speakers": {"I": "C3"}}, ["C3"]),
        (TALK, {"speakers": {"P": "A1", "I": "Pewawancara", "X": "Y9"}}, ["A1"]),
        (GROUP, {}, ["A1-1", "A1-2"]),
        (GROUP, {"informant": "B2"}, ["A1-1", "A1-2"]),
        (GROUP, {"speakers": {"Peserta 2": "M2"}}, ["A1-1", "M2"]),
    ],
)
def test_who_speaks_is_given_or_inferred(
    project: Project, folder: Path, text: str, more: Mapping[str, object], expected: list[str]
) -> None:
    bring(project, *write(folder, A1=text), **more)
    assert [row[3] for row in people(project) if row[2] == "informant"] == expected
    assert sorted(alias for (alias,) in values(project, Informant, "alias")) == sorted(expected)


def test_known_informants_are_reused(project: Project, folder: Path) -> None:
    known = informants.add(project, "A1", "key")
    bring(project, *write(folder, A1=TALK, B1=TALK), speakers={"I": "A1"})
    assert values(project, Informant, "id") == [(known,)]


def test_a_text_without_turns_is_linked_to_the_informant_named(project: Project, folder: Path) -> None:
    bring(project, *write(folder, D1="Hanya teks.\n"), informant="B2")
    assert len(values(project, SourceInformant, "id")) == 1
    assert values(project, Informant, "alias") == [("B2",)]
    bring(project, *write(folder, D2="Teks lain.\n"))
    assert len(values(project, SourceInformant, "id")) == 1


def test_a_speaker_is_mapped_afterwards(project: Project, folder: Path) -> None:
    bring(project, *write(folder, A1=TALK))
    other = informants.add(project, "Z")
    with project.read() as connection:
        source = source_id(connection, "A1")
    sources.set_speaker(project, source, "P", "informan", other)
    sources.set_speaker(project, source, "I", "interviewer", other)
    assert people(project) == [("A1", "P", "informant", "Z"), ("A1", "I", "interviewer", None)]
    for label, role in (("X", "informant"), ("P", "raja")):
        with pytest.raises(UserError):
            sources.set_speaker(project, source, label, role)


def test_a_technique_given_holds_for_all(project: Project, folder: Path) -> None:
    bring(project, *write(folder, A1=TALK, B="Teks.\n"), technique="dokumen")
    assert [technique for (technique,) in values(project, Source, "technique")] == ["document", "document"]
    with pytest.raises(UserError, match="not a technique"):
        bring(project, folder, technique="intervew")


@pytest.mark.parametrize("more", [{"informant": "a;b"}, {"informant": " "}, {"speakers": {"I": "a:b"}}])
def test_an_alias_is_usable(project: Project, folder: Path, more: dict[str, object]) -> None:
    write(folder, A1=TALK)
    with pytest.raises(UserError, match="can't be named"):
        bring(project, folder, **more)


# Many files -------------------------------------------------------------------------------------------------


def test_a_folder_is_read_in_natural_order_with_what_lies_below(project: Project, folder: Path) -> None:
    (folder / "bab 2").mkdir()
    (folder / ".git").mkdir()
    write(folder / "bab 2", W1=TALK)
    write(folder / ".git", hidden=TALK)
    write(folder, W10=TALK, w2=TALK, W1a=TALK, **{"~$W1a": TALK, ".x": TALK})
    (folder / "notes.xyz").write_text("x", encoding="utf-8")
    report = bring(project, folder)
    assert [imported.path.name for imported in report.imported] == ["W1.txt", "W1a.txt", "w2.txt", "W10.txt"]
    assert [key for (key,) in values(project, Source, "key")] == ["W1", "W1a", "w2", "W10"]
    assert [position for (position,) in values(project, Source, "position")] == [0, 1, 2, 3]
    assert report.failed == ()


def test_natural_order() -> None:
    names = ["b", "a10", "a2", "A1", "a", "10", "9"]
    assert [path.name for path in sorted(map(Path, names), key=natural_order)] == [
        "9",
        "10",
        "a",
        "A1",
        "a2",
        "a10",
        "b",
    ]


def test_files_come_in_as_one_step_and_the_unreadable_are_listed(project: Project, folder: Path) -> None:
    write(folder, A1=TALK, A2=TALK, A3="  \n")
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    report = bring(project, folder, folder / "none.txt", folder / "A1.txt")
    assert [path.name for path, _error in report.failed] == ["A3.txt", "old.doc", "none.txt"]
    assert ".docx" in str(dict(report.failed)[folder / "old.doc"])
    assert len(history(project)) == 1
    assert len(values(project, Source, "id")) == 2
    undo(project)
    assert values(project, Informant, "id") == []


@pytest.mark.parametrize("number", [1, 2, 7])
def test_nothing_readable_is_refused(project: Project, folder: Path, number: int) -> None:
    paths = write(folder, **{f"A{each}": " " for each in range(number)})
    before = state_of(project.path)
    with pytest.raises(UserError) as caught:
        bring(project, *paths)
    assert ("None of the" in str(caught.value)) == (number > 1)
    assert state_of(project.path) == before


def test_a_folder_without_readable_files_is_refused(project: Project, folder: Path) -> None:
    (folder / "x.xyz").write_text("x", encoding="utf-8")
    with pytest.raises(UserError, match="holds no file"):
        bring(project, folder)
    with pytest.raises(UserError, match="No files"):
        bring(project)
    write(folder.parent, A1=TALK)
    report = bring(project, folder, folder.parent / "A1.txt")
    assert [path for path, _error in report.failed] == [folder]


def test_cancelling_leaves_nothing(project: Project, folder: Path) -> None:
    write(folder, A1=TALK, A2=TALK, A3=TALK)
    before = state_of(project.path)
    seen: list[tuple[int, int, str]] = []

    def progress(done: int, total: int, label: str) -> None:
        seen.append((done, total, label))
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        bring(project, folder, progress=progress)
    assert seen == [(0, 3, "A1.txt"), (1, 3, "A2.txt"), (2, 3, "A3.txt")]
    assert state_of(project.path) == before
    assert history(project) == []


# What is known of a source ----------------------------------------------------------------------------------


def test_details_are_checked_and_kept(project: Project, folder: Path) -> None:
    bring(project, *write(folder, A1=TALK, A2=TALK))
    with project.read() as connection:
        source = source_id(connection, "A1")
    sources.set_details(
        project, source, key=" W1 ", technique="FGD", date="2026-01-02", time="9.05", place="Aula"
    )
    assert values(project, Source, "key", "technique", "date", "time", "place")[0] == (
        "W1", "focus_group", "2026-01-02", "09:05", "Aula",
    )  # fmt: skip
    sources.set_details(project, source, date="")
    assert values(project, Source, "date")[0] == (None,)
    for wrong in (
        {"key": "A2"},
        {"key": ""},
        {"date": "besok"},
        {"time": "25:00"},
        {"technique": "intervew"},
    ):
        with pytest.raises(UserError):
            sources.set_details(project, source, **wrong)
    with pytest.raises(UserError, match="not a status"):
        sources.set_status(project, source, "beres")


def test_sources_are_put_in_order_and_removed(project: Project, folder: Path) -> None:
    bring(project, *write(folder, A1=TALK, A2=TALK, A3=TALK))
    made = [row for (row,) in values(project, Source, "id")]
    sources.reorder(project, [made[2]])
    assert dict(values(project, Source, "key", "position")) == {"A3": 0, "A1": 1, "A2": 2}
    sources.remove(project, made[:2])
    assert values(project, Source, "key") == [("A3",)]
    assert len(values(project, Turn, "id")) == 4
    assert len(values(project, Informant, "id")) == 3


def test_an_informant_is_linked_once(project: Project, folder: Path) -> None:
    bring(project, *write(folder, D1="Hanya teks.\n"), informant="B2")
    with project.read() as connection:
        source, person = source_id(connection, "D1"), informant_id(connection, "B2")
    sources.link_informant(project, source, person)
    assert len(values(project, SourceInformant, "id")) == 1
    sources.unlink_informant(project, source, person)
    assert values(project, SourceInformant, "id") == []


def test_the_lines_of_a_source_are_broken_by_its_own_rule(project: Project) -> None:
    source, other = add_source(project, "A1", "kata " * 60), add_source(project, "A2", "kata " * 60)
    sources.set_details(project, source, line_characters="40")

    def last_line(key: bytes) -> str:
        study = counted(project)
        number = next(at for at, row in enumerate(study.frames.sources) if row.id == key)
        return Texts(project, study).citation(number, 295, 299)

    assert last_line(source).endswith("·8")
    assert last_line(other).endswith("·5")
    for word in ("29", "201", "", "banyak", "40.5"):
        with pytest.raises(UserError):
            sources.set_details(project, source, line_characters=word)
    undo(project)
    assert last_line(source).endswith("·5")
