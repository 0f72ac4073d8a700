"""Whatever a file holds, a reader gives a well-formed document or one refusal; and no character is lost."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcoder_lite.errors import UserError
from qualcoder_lite.readers.reading import read
from qualcoder_lite.readers.text import preview_encodings
from qualcoder_lite.readers.transcript import Draft, transcribed
from tests.readers.made import paragraph, run, table, word_file
from tests.readers.test_forms import assert_well_formed

PIECES = st.sampled_from(
    [
        "P", "I", "P1", "J1", "J2", "Pewawancara", "Informan 2", "Bu Sari", "Peserta 1 (L, 45)", "Rina",
        "Jawab", "Kode", "Tanggal", ":", " : ", "=", " – ", " - ", "\t", "\n", "\n\n", "?", ".", " ",
        "  ", "\u00a0", "x", "Apa", "[00:05]", "#00:00:12-3#", "(00:09)", "0:05", "00:00:05", "1.",
        "2)", "- ", "**", "#", "“", "”", "😀", "é", "WEBVTT", "NOTE", "00:00:05.000 --> 00:00:06.000",
        "<v Rina>", "</v>", "<i>", "&amp;", "12/03/26 09.15 - ", "Catatan Deskriptif",
        "Catatan Reflektif", "CATATAN LAPANGAN", "Pertama", "\u2028", "\v", "\f", "\x85", "\x1c",
    ]
)  # fmt: skip
TRANSCRIPTS = st.lists(PIECES, max_size=40).map("".join)
NAMES = st.dictionaries(
    st.sampled_from(
        ["P", "i", "Rina", "x", "Apa", "", " ", "Kode", "P1", "?", "(", "Catatan Deskriptif", "Jawab"]
    ),
    st.sampled_from(["interviewer", "informant", "descriptive", "A1", "", "M 2"]),
    max_size=4,
)
WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=30
)


@given(TRANSCRIPTS, NAMES)
def test_any_transcript_is_read_to_a_well_formed_document(text: str, names: dict[str, str]) -> None:
    document = transcribed(Draft(text), names)
    assert document.text == text
    assert_well_formed(document)
    assert transcribed(Draft(text), names) == document


@given(TRANSCRIPTS)
def test_any_subtitles_keep_every_word(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("vtt") / "a.vtt"
    path.write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nawal\n" + text, "utf-8")
    document = read(path)
    assert_well_formed(document)
    for word in ("Pewawancara", "Sari", "Reflektif", "Pertama", "Apa"):
        assert document.text.count(word) == text.count(word)


@pytest.mark.parametrize("suffix", [".txt", ".md", ".vtt", ".srt", ".pdf", ".docx"])
@given(st.one_of(st.binary(max_size=300), st.binary(max_size=150).map(lambda data: data + b"\0" + data)))
def test_any_bytes_give_a_document_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / ("a" + suffix)
    heads = {".vtt": b"WEBVTT\n\n00:01.000 --> 00:02.000\n", ".pdf": b"%PDF-1.4\n", ".docx": b"PK\x03\x04"}
    for content in (data, heads.get(suffix, b"P: ") + data):
        path.write_bytes(content)
        try:
            document = read(path)
        except UserError as refusal:
            said = str(refusal)
        else:
            said = path.name
            assert_well_formed(document)
        assert path.name in said


@given(st.binary(max_size=60))
def test_any_bytes_can_be_previewed_or_are_no_text(data: bytes) -> None:
    try:
        previews = preview_encodings(data)
    except UserError:
        previews = [("", "")]
    assert previews


@given(st.lists(st.tuples(st.integers(0, 5), WORDS), min_size=1, max_size=12))
def test_no_character_of_a_word_file_is_lost(
    tmp_path_factory: pytest.TempPathFactory, blocks: list[tuple[int, str]]
) -> None:
    shapes = (
        lambda words: paragraph(run(words)),
        lambda words: paragraph(run("P: ", "<w:b/>"), run(words)),
        lambda words: paragraph(f"<w:ins>{run(words)}</w:ins>", f"<w:hyperlink>{run(words)}</w:hyperlink>"),
        lambda words: table([run_in_cell(words), run_in_cell("x")], [run_in_cell(words)]),
        lambda words: table(
            [run_in_cell("Pelaku"), run_in_cell("Verbatim")], [run_in_cell("P"), run_in_cell(words)]
        ),
        lambda words: f"<w:sdt><w:sdtContent>{paragraph(run(words))}</w:sdtContent></w:sdt>",
    )
    expected = Counter("".join(words * (2 if shape in (2, 3) else 1) for shape, words in blocks))
    path = word_file(
        tmp_path_factory.mktemp("word") / "a.docx", *[shapes[shape](words) for shape, words in blocks]
    )
    try:
        document = read(path)
    except UserError:
        assert not "".join(words for _shape, words in blocks).strip()
        return
    assert_well_formed(document)
    kept = Counter(document.text)
    assert {one: number for one, number in expected.items() if kept[one] < number and not one.isspace()} == {}


def run_in_cell(words: str) -> str:
    return paragraph(run(words))


BOX = "<w:drawing><w:txbxContent><w:p><w:r><w:t>kotak</w:t></w:r></w:p></w:txbxContent></w:drawing>"
XML = st.lists(
    st.sampled_from(
        [
            "<w:p>", "</w:p>", "<w:p/>", "<w:r>", "</w:r>", "<w:t>kata</w:t>", "<w:tbl>", "</w:tbl>",
            "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "<w:ins>", "</w:ins>", "<w:br/>",
            '<w:sym w:char="zz"/>', '<w:sym w:char="D800"/>', '<w:footnoteReference w:id="1"/>', BOX,
            '<w:pPr><w:outlineLvl w:val="x"/></w:pPr>', "<x/>", "<w:pPr/>", "lepas",
            '<w:tcPr><w:gridSpan w:val="-1"/></w:tcPr>', "<mc:AlternateContent>", "</mc:AlternateContent>",
        ]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(XML)
def test_any_xml_of_word_gives_a_document_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, xml: str
) -> None:
    path = word_file(tmp_path_factory.mktemp("xml") / "a.docx", xml)
    try:
        document = read(path)
    except UserError as refusal:
        said = str(refusal)
    else:
        said = path.name
        assert_well_formed(document)
    assert path.name in said


@given(st.integers(0, 40_000), st.binary(min_size=1, max_size=8))
def test_damage_anywhere_in_a_word_file_gives_a_document_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, at: int, noise: bytes
) -> None:
    whole = (Path(__file__).parent / "forms" / "D04_bold_labels.docx").read_bytes()
    path = tmp_path_factory.mktemp("damage") / "a.docx"
    path.write_bytes(whole[:at] + noise + whole[at + len(noise) :])
    try:
        said = "a.docx" if read(path).text else ""
    except UserError as refusal:
        said = str(refusal)
    assert "a.docx" in said
