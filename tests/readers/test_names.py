"""Real names in headers and properties: which are names, where else they stand, masks in their place."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcoder_lite.readers.document import Document
from qualcoder_lite.readers.names import NameFound, find_names, mask_document, mask_words, persons_of
from qualcoder_lite.readers.reading import read
from qualcoder_lite.readers.transcript import Draft, transcribed
from tests.readers.made import paragraph, pdf_file, table, word_file
from tests.readers.test_forms import assert_well_formed

TEXT = (
    "Kode: W1\nNama : Bambang Sutrisno, S.Sos., M.Si.\nJabatan: Camat\n\n"
    "P: Pagi, Pak Bambang. Apa kabar?\nPak Sutrisno: Baik. BAMBANG itu, pak  bambang, nama saya.\n"
    "P: Jadi bambang sutrisno?\nPak Sutrisno: Ya, bambang boleh, Bambangan jangan."
)
PERSON = "Bambang Sutrisno, S.Sos., M.Si."


@pytest.mark.parametrize(
    ("value", "persons"),
    [
        (PERSON, [PERSON]),
        ("Drs. H. Ahmad Fauzi bin Umar", ["Drs. H. Ahmad Fauzi bin Umar"]),
        ("Budi dan Siti Aminah", ["Budi", "Siti Aminah"]),
        ("Budi; Siti / Ani", ["Budi", "Siti", "Ani"]),
        ("Rizky (Staf)", ["Rizky"]),
        ("Nur\u2019aini", ["Nur\u2019aini"]),
        ("A1", []),
        ("Informan 2", []),
        ("BS", []),
        ("B.S.", []),
        ("Rina (samaran)", []),
        ("nama disamarkan", []),
        ("Kepala Bidang Pelayanan", []),
        ("Warga", []),
        ("-", []),
        ("", []),
    ],
)
def test_what_is_a_name(value: str, persons: list[str]) -> None:
    assert list(persons_of({"nama": value, "kode": "Bambang"})) == persons


def test_names_are_found_with_their_lines() -> None:
    document = transcribed(Draft(TEXT))
    found = find_names(document, "Wawancara_bambang")
    assert [(one.name, one.where, one.line) for one in found] == [
        ("Bambang Sutrisno", "header", 2),
        ("Bambang", "text", 5),
        ("Sutrisno", "text", 6),
        ("BAMBANG", "text", 6),
        ("bambang", "text", 6),
        ("bambang sutrisno", "text", 7),
        ("Sutrisno", "text", 8),
        ("bambang", "file_name", 0),
    ]
    assert {one.person for one in found} == {PERSON}
    assert all(document.text[one.start : one.end] == one.name for one in found if one.line)


def test_a_mask_takes_the_place_of_a_name_and_all_else_moves_with_it() -> None:
    document = transcribed(Draft(TEXT))
    masked = mask_document(document, {PERSON: "W1"})
    assert masked.text == (
        "Kode: W1\nNama : W1, S.Sos., M.Si.\nJabatan: Camat\n\n"
        "P: Pagi, Pak W1. Apa kabar?\nPak W1: Baik. W1 itu, pak  W1, nama saya.\n"
        "P: Jadi W1?\nPak W1: Ya, bambang boleh, Bambangan jangan."
    )
    assert_well_formed(masked)
    assert [(turn.label, masked.text[turn.start : turn.end]) for turn in masked.turns] == [
        ("P", "Pagi, Pak W1. Apa kabar?"),
        ("Pak W1", "Baik. W1 itu, pak  W1, nama saya."),
        ("P", "Jadi W1?"),
        ("Pak W1", "Ya, bambang boleh, Bambangan jangan."),
    ]
    assert masked.header == {"kode": "W1", "jabatan": "Camat"}
    assert [speaker.label for speaker in masked.speakers] == ["P", "Pak W1"]


def test_several_people_have_masks_of_their_own() -> None:
    text = "Nama: Budi dan Siti Aminah\n\nP: Apa?\nBu Siti: Ya.\nPak Budi: Oh, Bu Aminah!\nP: Siti?\n"
    masked = mask_document(transcribed(Draft(text)), {"Budi": "A1", "Siti Aminah": "A2"})
    assert masked.text == "Nama: A1 dan A2\n\nP: Apa?\nBu A2: Ya.\nPak A1: Oh, Bu A2!\nP: A2?\n"
    assert [turn.label for turn in masked.turns] == ["P", "Bu A2", "Pak A1", "P"]


def test_words_of_files_are_masked_in_any_case() -> None:
    assert mask_words("wawancara_BAMBANG-sutrisno 2.docx", {PERSON: "W1"}) == "wawancara_W1 2.docx"
    assert mask_words("sutrisnowati", {PERSON: "W1"}) == "sutrisnowati"


@given(
    st.lists(st.sampled_from(["Bambang", " ", "Sutrisno", "Pak ", "P: ", "\n", "x", "bambang", ". "])),
    st.data(),
)
def test_any_text_stays_well_formed(pieces: list[str], data: st.DataObject) -> None:
    document = transcribed(Draft("Nama: Bambang Sutrisno\n\nP: Ya?\nI: Oh\n" + "".join(pieces)))
    mask = data.draw(st.sampled_from(["A", "A1", "Informan kesepuluh kami"]))
    masked = mask_document(document, {"Bambang Sutrisno": mask})
    assert_well_formed(masked)
    assert len(masked.turns) == len(document.turns)
    assert not {"Bambang", "Sutrisno"} & set(
        masked.text.replace("Bambangx", "").replace("Sutrisnox", "").split()
    )


# Properties ----------------------------------------------------------------------------------------------


def with_author(path: Path, author: str, last: str = "") -> Path:
    xml = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{author}</dc:creator>'
        f"<cp:lastModifiedBy>{last}</cp:lastModifiedBy></cp:coreProperties>"
    )
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("docProps/core.xml", xml)
    return path


@pytest.mark.parametrize(
    ("author", "last", "found"),
    [
        ("Bambang Sutrisno", "Ani", ("Bambang Sutrisno", "Ani")),
        ("Microsoft Office User", "ASUS", ()),
        ("python-docx", "", ()),
        ("Ani", "Ani", ("Ani",)),
        ("<broken", "", ()),
    ],
)
def test_the_author_of_a_word_file_is_found(
    tmp_path: Path, author: str, last: str, found: tuple[str, ...]
) -> None:
    document = read(with_author(word_file(tmp_path / "a.docx", paragraph("P: Apa?")), author, last))
    assert document.authors == found
    assert find_names(document, "a") == tuple(NameFound(name, name, "properties") for name in found)
    assert mask_document(document, {}).authors == ()


def test_the_author_of_a_pdf_is_found(tmp_path: Path) -> None:
    page = [(72, 780, "P: Apa?")]
    assert read(pdf_file(tmp_path / "a.pdf", page)).authors == ()
    assert read(pdf_file(tmp_path / "a.pdf", page, author="Bambang")).authors == ("Bambang",)


def test_a_name_in_a_table_at_the_head_of_a_word_file_is_found(tmp_path: Path) -> None:
    path = word_file(
        tmp_path / "a.docx", table(["Nama", "Bambang"], ["Usia", "40"]), paragraph("P: Pak Bambang?")
    )
    document: Document = read(path)
    assert [(one.name, one.where) for one in find_names(document, "a")] == [
        ("Bambang", "header"),
        ("Bambang", "text"),
    ]
