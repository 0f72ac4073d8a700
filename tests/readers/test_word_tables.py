"""Transcripts in tables, and tables in transcripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from qualcoder_lite.readers.document import Document
from qualcoder_lite.readers.reading import read
from tests.readers.made import paragraph, run, table, word_file

Make = Callable[..., Document]


@pytest.fixture
def made(tmp_path: Path) -> Make:
    return lambda *blocks: read(word_file(tmp_path / "a.docx", *blocks))


def speech(document: Document) -> list[tuple[str, str]]:
    return [(turn.label, document.text[turn.start : turn.end]) for turn in document.turns]


def suggested(document: Document) -> list[tuple[str, str]]:
    return [(document.text[one.start : one.end], one.name) for one in document.suggestions]


def test_a_row_of_question_and_answer_is_two_turns(made: Make) -> None:
    """Form D02."""
    document = made(
        paragraph("HASIL WAWANCARA"),
        table(["Kode", ": W/07"], ["Nama", ": Bu Tati (samaran)"]),
        table(
            ["No", "Pertanyaan", "Jawaban"],
            ["1.", "Bagaimana pelayanannya?", "Ramah.\nTapi lama."],
            ["2.", "Ada pungutan?", "Tidak."],
            ["B. Struktur"],
            ["3.", "Siapa yang memutuskan?", ""],
        ),
    )
    assert speech(document) == [
        ("Pertanyaan 1", "Bagaimana pelayanannya?"),
        ("Jawab", "Ramah.\nTapi lama."),
        ("Pertanyaan 2", "Ada pungutan?"),
        ("Jawab", "Tidak."),
        ("Pertanyaan 3", "Siapa yang memutuskan?"),
    ]
    assert document.header == {"kode": "W/07", "nama": "Bu Tati (samaran)"}
    assert document.text.endswith(
        "Bagaimana pelayanannya?\nRamah.\nTapi lama.\nAda pungutan?\nTidak.\nB. Struktur\n"
        "Siapa yang memutuskan?"
    )
    assert document.technique == "interview"
    roles = {speaker.label: speaker.role for speaker in document.speakers}
    assert roles["Pertanyaan 2"] == "interviewer"
    assert roles["Jawab"] == "informant"


def test_questions_without_numbers_are_counted_and_several_may_answer(made: Make) -> None:
    document = made(
        table(
            ["Pertanyaan", "Informan 1", "Informan 2", "Koding"],
            ["Apa visinya?", "Melayani.", "Tidak tahu.", "Visi; Sosialisasi"],
            ["Dipakai?", "Jarang.", "Tidak.", ""],
        )
    )
    assert [label for label, _words in speech(document)] == [
        "Pertanyaan 1", "Informan 1", "Informan 2", "Pertanyaan 2", "Informan 1", "Informan 2",
    ]  # fmt: skip
    assert suggested(document) == [("Tidak tahu.", "Visi"), ("Tidak tahu.", "Sosialisasi")]
    assert "Visi; Sosialisasi" in document.text


def test_rows_that_are_lines_are_joined_until_the_next_label(made: Make) -> None:
    """Form D03."""
    document = made(
        table(
            ["Baris", "Teks", "Koding"],
            ["1", "P: Bagaimana hubungan", "Hubungan"],
            ["2", "dengan atasan?", ""],
            ["3", "I: Satu arah saja.", "Komunikasi satu arah"],
            ["14", "Jarang ada diskusi.", ""],
        )
    )
    assert speech(document) == [
        ("P", "Bagaimana hubungan\ndengan atasan?"),
        ("I", "Satu arah saja.\nJarang ada diskusi."),
    ]
    lines = [(document.text[one.start : one.end], one.value) for one in document.marks if one.kind == "line"]
    assert lines[0] == ("P: Bagaimana hubungan", 1)
    assert lines[3] == ("Jarang ada diskusi.", 14)
    assert suggested(document) == [
        ("P: Bagaimana hubungan", "Hubungan"),
        ("I: Satu arah saja.", "Komunikasi satu arah"),
    ]
    assert document.text.endswith("\nHubungan\nKomunikasi satu arah")


def test_a_table_of_turns_goes_on_after_a_break_and_a_row_without_speaker_goes_on_too(made: Make) -> None:
    document = made(
        table(
            ["No", "Waktu", "Pelaku", "Verbatim"],
            ["1", "00:05", "P:", "Apa?"],
            ["2", "00:09", "Camat", "Ya."],
        ),
        table(["3", "00:12", "", "Betul."], ["4", "", "P", "Lalu?"]),
    )
    assert speech(document) == [("P", "Apa?"), ("Camat", "Ya."), ("Camat", "Betul."), ("P", "Lalu?")]
    assert [turn.time for turn in document.turns] == [5000, 9000, 12000, None]
    assert document.text == "00:05\tP:\tApa?\n00:09\tCamat\tYa.\n00:12\tBetul.\nP\tLalu?"


def test_a_table_without_heads_whose_first_cells_are_labels_is_a_transcript(made: Make) -> None:
    document = made(
        table(["1", "Pewawancara :", "Apa?"], ["2", "Informan 1 :", "Ya."], ["3", "Pewawancara :", "Oh."])
    )
    assert speech(document) == [("Pewawancara", "Apa?"), ("Informan 1", "Ya."), ("Pewawancara", "Oh.")]


def test_utterances_may_be_numbered_in_a_table_too(made: Make) -> None:
    document = made(
        table(["Pelaku", "Transkrip"], ["P1", "Apa?"], ["J1", "Ya."], ["P2", "Oh?"], ["J2", "Ya."])
    )
    assert [(turn.label, turn.utterance) for turn in document.turns] == [
        ("P", "1"), ("J", "1"), ("P", "2"), ("J", "2"),
    ]  # fmt: skip


def test_any_other_table_is_cells_and_rows_that_nobody_speaks(made: Make) -> None:
    document = made(
        paragraph("P: Berapa tarifnya?"),
        paragraph("I: Ini daftarnya."),
        table(["Layanan", "Tarif"], ["Surat", "Rp0"], ["Surat", "Rp5"]),
        paragraph("Penutup tabel."),
        paragraph("P: Terima kasih."),
    )
    assert document.text.count("Layanan\tTarif\nSurat\tRp0\nSurat\tRp5\n") == 1
    assert speech(document) == [("P", "Berapa tarifnya?"), ("I", "Ini daftarnya."), ("P", "Terima kasih.")]
    (mark,) = (one for one in document.marks if one.kind == "table")
    assert document.text[mark.start : mark.end] == "Layanan\tTarif\nSurat\tRp0\nSurat\tRp5"


def test_columns_keep_their_place_under_merged_cells(made: Make) -> None:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{paragraph("P")}</w:tc>'
    document = made(
        table(["No", "Pelaku", "", "Verbatim"], ["1", wide, "Apa?"], ["2", wide.replace(">P<", ">I<"), "Ya."])
    )
    assert speech(document) == [("P", "Apa?"), ("I", "Ya.")]


def test_a_frame_of_one_column_is_ordinary_text(made: Make) -> None:
    document = made(table([paragraph("P: Apa?") + paragraph(run("I: ", "<w:b/>"), run("Ya."))]))
    assert speech(document) == [("P", "Apa?"), ("I", "Ya.")]
    assert document.text == "P: Apa?\nI: Ya."


def test_a_table_inside_a_cell_is_read(made: Make) -> None:
    assert made(table([table(["a", "b"]) + paragraph("c"), "d"])).text == "a\tb\nc\td"


def test_row_numbers_stay_out_but_words_in_their_column_stay_in(made: Make) -> None:
    text = made(table(["No", "Pelaku", "Verbatim"], ["1", "P", "Apa?"], ["catatan", "I", "Ya."])).text
    assert text == "P\tApa?\ncatatan\tI\tYa."


def test_a_label_that_the_user_names_counts_inside_a_table_but_never_twice(tmp_path: Path) -> None:
    path = word_file(
        tmp_path / "a.docx",
        table(["Loket", "Buka jam 8"], ["Kantin", "Buka jam 9"]),
        table(["Pelaku", "Verbatim"], ["P", "Apa?"], ["I", "Ya."]),
    )
    document = read(path, {"Loket": "A1", "P": "interviewer"})
    assert speech(document) == [("Loket", "Buka jam 8\nKantin\tBuka jam 9"), ("P", "Apa?"), ("I", "Ya.")]
