"""Labels, roles and techniques: what is one, what only looks like one, what the user decides."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from qualcoder_lite.readers.document import Document, Speaker
from qualcoder_lite.readers.transcript import Draft, transcribed


def said(text: str, speakers: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
    document = transcribed(Draft(text), speakers)
    return [(turn.label, document.text[turn.start : turn.end]) for turn in document.turns]


def labels(text: str, speakers: Mapping[str, str] | None = None) -> list[str]:
    return [label for label, _words in said(text, speakers)]


def by_label(document: Document) -> dict[str, Speaker]:
    return {speaker.label: speaker for speaker in document.speakers}


def roles(text: str, speakers: Mapping[str, str] | None = None) -> dict[str, str]:
    return {label: one.role for label, one in by_label(transcribed(Draft(text), speakers)).items()}


# What is a label


@pytest.mark.parametrize(
    "answer",
    [
        "Pertama: berkas.\nPertama: cap.",
        "Yang penting begini: jujur.\nYang penting begini: sabar.",
        "Kuncinya: sabar.\nKuncinya: jujur.",
        "Jam 09:00: buka.\nJam 09:00: tutup.",
        "https://a.id/x\nhttps://a.id/y",
        "Saya bilang: jangan.\nSaya bilang: boleh.",
        "Nama: Sari.\nNama: Budi.",
        "Pak Camat bilang: boleh.",
        "Syarat = KTP.\nSyarat = KK.",
        "Ini panjang sekali sampai lebih enam kata: a.\nIni panjang sekali sampai lebih enam kata: b.",
        "Rasio 3:1\nRasio 3:1",
        "Senin - Jumat\nSenin - Jumat",
    ],
)
def test_what_only_looks_like_a_label_stays_in_the_answer(answer: str) -> None:
    assert said(f"P: Apa?\nI: {answer}\nP: Oh.\n") == [("P", "Apa?"), ("I", answer), ("P", "Oh.")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rina: Pagi.\nBudi: Pagi.\nRina: Sehat?\nBudi: Sehat.", ["Rina", "Budi", "Rina", "Budi"]),
        ("Pewawancara:\nApa?\nInforman:\nYa.", ["Pewawancara", "Informan"]),
        ("**P:** Apa?\n\n**I**: Ya.", ["P", "I"]),
        ("1. P: Apa?\n2. I: Ya.", ["P", "I"]),
        ("- P: Apa?\n- I: Ya.", ["P", "I"]),
        ("P:Apa?\nI:Ya.", ["P", "I"]),
        ("Drs. Hasan, M.Si.: Ya.\nPeneliti: Apa?", ["Drs. Hasan, M.Si.", "Peneliti"]),
        ("Informan Kunci: Ya.\nKey Informan 2: Ya.", ["Informan Kunci", "Key Informan 2"]),
        ("Bu Sari\t: Ya.\nPeneliti\t: Apa?", ["Bu Sari", "Peneliti"]),
        ("[00:05] Camat: Ya.\n[00:09] Rina: Apa?", ["Camat", "Rina"]),
        ("R. S  0:05\nMulai?\n\nBudi  0:09\nYa.\n\nR. S  1:02:03\nJam 09:00.", ["R. S", "Budi", "R. S"]),
        ("P - Apa?\nI - Ya - tidak.", ["P", "I"]),
        ("I: Kami takut salah.", ["I"]),
        ("p: apa?\nP: lagi?\ni: ya", ["p", "p", "i"]),
    ],
)  # fmt: skip
def test_what_is_a_label(text: str, expected: list[str]) -> None:
    assert labels(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "RENCANA STRATEGIS\n\nTujuan: melayani\nSasaran: warga\nTujuan: cepat\nSasaran: warga\n",
        "Kode: D1\nN = 30\nP = 0,05\n",
        "Visi kecamatan: melayani.\nMisi: satu.\n",
        "Perangkat: satu.\nPerangkat: dua.\n",
        "Loket\nLoket\nArsip\nArsip\n",
    ],
)
def test_a_document_has_no_turns(text: str) -> None:
    document = transcribed(Draft(text))
    assert document.turns == ()
    assert document.technique == "document"


def test_text_before_the_first_label_is_nobodys() -> None:
    text = "Wawancara dibuka dengan salam oleh semua yang hadir di ruang itu.\nP: Apa?\nI: Ya."
    document = transcribed(Draft(text))
    assert document.text == text
    assert document.turns[0].start == text.index("Apa?")


def test_a_label_with_nothing_said_is_no_turn() -> None:
    assert said("P: Apa?\nI:\n\nP: [00:12]\nI: Ya.") == [("P", "Apa?"), ("I", "Ya.")]


def test_a_label_with_brackets_is_the_same_where_it_also_comes_without() -> None:
    text = "Moderator: Ya?\nPeserta 1 (L, 45 th): Ya.\nPeserta 2 (P): Ya.\nPeserta 1: Lagi."
    assert labels(text) == ["Moderator", "Peserta 1", "Peserta 2 (P)", "Peserta 1"]


# Times


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("[00:00:05]\nP: Apa?\n[00:00:09]\nI: Ya.", [5000, 9000]),
        ("P: [0:05] Apa?\nI: Ya. (00:09.5)", [5000, 9500]),
        ("P: Apa? #00:00:12-3#\nI: Ya.\nBetul. #00:01:00-0#", [12300, 60000]),
        ("P [00:05]: Apa?\nI: Ya.", [5000, None]),
        ("00:00:05 P: Apa?\n00:00:09 I: Ya.", [5000, 9000]),
    ],
)
def test_times_stand_outside_of_the_speech(text: str, times: list[int | None]) -> None:
    document = transcribed(Draft(text))
    assert [turn.time for turn in document.turns] == times
    assert "0" not in "".join(document.text[turn.start : turn.end] for turn in document.turns)


def test_a_time_inside_speech_stays() -> None:
    assert (
        said("P: Apa?\nI: Ya [00:03] begitu [tidak jelas 00:04]")[1][1]
        == "Ya [00:03] begitu [tidak jelas 00:04]"
    )


# Numbers


def test_numbers_that_count_utterances_are_kept_beside_the_label() -> None:
    document = transcribed(Draft("P1: a?\nI1: b\nP2: c?\nI2: d\nI3: e"))
    assert [(turn.label, turn.utterance) for turn in document.turns] == [
        ("P", "1"), ("I", "1"), ("P", "2"), ("I", "2"), ("I", "3"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "P: a?\nN1: b\nP: c?\nN2: d",
        "Moderator: a?\nPeserta 1: b\nPeserta 2: c",
        "P1: a?\nJ1: b\nP1: c?\nJ1: d",
    ],
)
def test_numbers_of_persons_stay_in_the_label(text: str) -> None:
    assert all(turn.utterance is None for turn in transcribed(Draft(text)).turns)
    assert any(label[-1].isdigit() for label in labels(text))


def test_a_number_that_the_user_has_named_is_a_person() -> None:
    text = "P1: a?\nJ1: b\nP2: c?\nJ2: d"
    assert labels(text, {"J1": "A1", "j2": "A2"}) == ["P1", "J1", "P2", "J2"]
    assert labels(text, {"J": "A1"}) == ["P", "J", "P", "J"]


def test_questions_without_labels_or_numbers_are_counted() -> None:
    text = "Bagaimana tugasnya?\nJawab: Baik.\nItu saja.\n\nSiapa saja?\nJawab: Kami."
    assert said(text) == [
        ("Pertanyaan 1", "Bagaimana tugasnya?"),
        ("Jawab", "Baik.\nItu saja."),
        ("Pertanyaan 2", "Siapa saja?"),
        ("Jawab", "Kami."),
    ]


@pytest.mark.parametrize("answers", ["Informan", "Narasumber", "Bu Sari"])
@pytest.mark.parametrize("speakers", [{}, {"Dewi": "interviewer"}, {"Informan": "A1", "dewi": "interviewer"}])
def test_a_question_over_two_lines_stays_with_the_name_that_asks(
    answers: str, speakers: dict[str, str]
) -> None:
    text = (
        f"Dewi: Apakah di sini\nsudah ada loket?\n{answers}: Sudah.\nDewi: Kalau begitu\n"
        f"siapa yang menjaga?\n{answers}: Kami."
    )
    assert labels(text, speakers) == ["Dewi", answers, "Dewi", answers]
    assert roles(text, speakers) == {"Dewi": "interviewer", answers: "informant"}


def test_a_name_that_comes_only_once_is_no_question_of_a_form() -> None:
    text = "Dewi: Apakah di sini\nsudah ada loket?\nInforman: Sudah."
    assert said(text) == [("Informan", "Sudah.")]
    assert labels(text, {"Dewi": "interviewer"}) == ["Dewi", "Informan"]


def test_numbered_questions_are_found_whatever_the_answers_are_called() -> None:
    text = "1. Apakah ada\nloket?\nIbu Kepala: Ada.\n2. Sejak kapan?\nIbu Kepala: 2016."
    assert labels(text, {"Ibu Kepala": "A1"}) == ["Pertanyaan 1", "Ibu Kepala", "Pertanyaan 2", "Ibu Kepala"]


def test_a_name_beside_an_informant_asks_even_without_a_question_mark() -> None:
    text = "Dewi: Ceritakan.\nInforman: Baik.\nDewi: Terus.\nInforman: Sudah."
    document = transcribed(Draft(text))
    assert roles(text) == {"Dewi": "interviewer", "Informan": "informant"}
    assert not by_label(document)["Dewi"].sure


def test_the_words_of_a_form_of_questions_are_the_same_whoever_wrote_them() -> None:
    assert labels("Pertanyaan 1: Apa?\nJawaban: Ya.") == ["Pertanyaan 1", "Jawab"]
    document = transcribed(Draft("1. Apa?\nJawaban: Ya."), {"jawaban": "M3", "Pertanyaan": "interviewer"})
    assert by_label(document)["Jawab"].informant == "M3"
    assert by_label(document)["Pertanyaan 1"].role == "interviewer"


# Roles


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P: Apa?\nI: Ya.", {"P": "interviewer", "I": "informant"}),
        ("I: Apa?\nB: Ya.\nB: Lagi.", {"I": "interviewer", "B": "informant"}),
        ("I: Apa?\nP: Ya, begitu.\nI: Kenapa?\nP: Aturan.", {"I": "interviewer", "P": "informant"}),
        ("A: Apa?\nS: Ya.\nA: Kenapa?\nS: Aturan.", {"A": "interviewer", "S": "informant"}),
        ("Q: Why?\nA: So.", {"Q": "interviewer", "A": "informant"}),
        ("Rina: Apa?\nBudi: Ya.\nRina: Oh?\nBudi: Ya.", {"Rina": "interviewer", "Budi": "informant"}),
        ("Rina: Halo.\nBudi: Ya?\nRina: Ini.\nBudi: Oh?", {"Rina": "informant", "Budi": "interviewer"}),
        ("Speaker 1: Ya.\nSpeaker 2: Begitu.", {"Speaker 1": "interviewer", "Speaker 2": "informant"}),
        ("Peneliti: Apa?\nCamat: Ya?\nCamat: Begitu?", {"Peneliti": "interviewer", "Camat": "informant"}),
    ],
)
def test_roles_by_word_partner_and_questions(text: str, expected: dict[str, str]) -> None:
    assert roles(text) == expected


def test_what_is_uncertain_is_said() -> None:
    sure = {s.label: s.sure for s in transcribed(Draft("Pewawancara: Apa?\nInforman: Ya.")).speakers}
    assert sure == {"Pewawancara": True, "Informan": True}
    sure = {s.label: s.sure for s in transcribed(Draft("Peneliti: Apa?\nRina: Ya.\nRina: Ya.")).speakers}
    assert sure == {"Peneliti": True, "Rina": True}
    assert all(one.reason for one in transcribed(Draft("P: Apa?\nI: Ya.")).speakers)
    unsure = {s.label: s.sure for s in transcribed(Draft("I: Apa?\nP: Ya.\nI: Oh?\nP: Ya.")).speakers}
    assert unsure == {"I": False, "P": False}
    assert not any(s.sure for s in transcribed(Draft("Rina: A?\nBudi: Ya.\nRina: B?\nBudi: Ya.")).speakers)


# What the user says


def test_a_label_that_the_user_names_counts_whatever_the_rules_say() -> None:
    text = "Pembuka.\nPertama: satu\nLoket  3 : dua\nPertama: tiga\n+62 812-3456-7890: empat"
    named = {" loket 3 ": "A1", "PERTAMA": "interviewer", "Tidak Ada": "A2", "+62 812-3456-7890": "A3"}
    document = transcribed(Draft(text), named)
    assert [turn.label for turn in document.turns] == ["Pertama", "Loket 3", "Pertama", "+62 812-3456-7890"]
    assert [(s.role, s.informant, s.sure) for s in document.speakers] == [
        ("interviewer", None, True),
        ("informant", "A1", True),
        ("informant", "A3", True),
    ]


def test_the_user_is_right_about_roles() -> None:
    assert roles("P: Apa?\nI: Ya.", {"p": "A1", "I": "interviewer"}) == {"P": "informant", "I": "interviewer"}
    assert roles("P: Apa?\nI: Ya.", {"P": "Descriptive", "I": "reflective"}) == {
        "P": "descriptive",
        "I": "reflective",
    }


def test_a_named_label_may_stand_on_a_line_of_its_own_unless_it_stands_before_speech() -> None:
    assert said("Ketua RT\nBegini.\nLurah\nBegitu.", {"Ketua RT": "A1", "Lurah": "A2"}) == [
        ("Ketua RT", "Begini."),
        ("Lurah", "Begitu."),
    ]
    assert said("Camat: Siapa?\nCamat\nCamat: Oh.", {"Camat": "A1"}) == [
        ("Camat", "Siapa?\nCamat"),
        ("Camat", "Oh."),
    ]


def test_a_name_counts_for_its_label_with_brackets() -> None:
    document = transcribed(Draft("Moderator: Ya?\nPeserta 1 (L, 45 th): Ya."), {"Peserta 1": "A7"})
    assert by_label(document)["Peserta 1 (L, 45 th)"].informant == "A7"


def test_naming_a_word_of_the_header_does_not_make_it_a_turn() -> None:
    text = "Kode: W1\nPewawancara : Peneliti\n\nPewawancara : Apa?\nInforman 1 : Ya."
    assert labels(text, {"Pewawancara": "interviewer", "Informan 1": "A1"}) == ["Pewawancara", "Informan 1"]


# Field notes


def test_a_field_note_quotes_speech_without_turns() -> None:
    text = (
        "CATATAN LAPANGAN\nTanggal: 3/4/2026\n\nCatatan Suasana\nRamai.\nPetugas: Besok.\nWarga: Kenapa?\n"
        "Petugas: Penuh.\n\nCatatan Hasil Wawancara\nKecewa.\n\nKesimpulan dan Refleksi\nPasrah."
    )
    assert labels(text) == ["Catatan Suasana", "Catatan Hasil Wawancara", "Kesimpulan dan Refleksi"]
    assert list(roles(text).values()) == ["descriptive", "descriptive", "reflective"]
    assert "Petugas: Penuh." in said(text)[0][1]
    assert "Petugas" in labels(text, {"Petugas": "A1"})


@pytest.mark.parametrize(
    "text",
    [
        "Catatan Deskriptif: Loket buka.\nCatatan Reflektif: Pasif.",
        "A. CATATAN DESKRIPTIF\nLoket buka.\nB. CATATAN REFLEKTIF\nPasif.",
        "LEMBAR OBSERVASI\n1. Deskripsi:\nLoket buka.\n2. Refleksi:\nPasif.",
        "## Catatan Deskriptif\nLoket buka.\n## Catatan Reflektif\nPasif.",
    ],
)
def test_headings_of_sections(text: str) -> None:
    document = transcribed(Draft(text))
    assert [document.text[turn.start : turn.end] for turn in document.turns] == ["Loket buka.", "Pasif."]
    assert [speaker.role for speaker in document.speakers] == ["descriptive", "reflective"]
    assert document.technique == "observation"


def test_a_reflection_behind_an_interview_leaves_it_an_interview() -> None:
    document = transcribed(Draft("P: Apa?\nI: Ya.\n\nCatatan Reflektif\nGugup."))
    assert document.technique == "interview"
    assert [speaker.role for speaker in document.speakers] == ["interviewer", "informant", "reflective"]


def test_weak_headings_mean_nothing_outside_of_field_notes() -> None:
    assert labels("P: Apa?\nI: Ada tiga.\nRefleksi\nPenting.\nDeskripsi: ya.") == ["P", "I"]


# Techniques


@pytest.mark.parametrize(
    ("text", "technique"),
    [
        ("P: Apa?\nI: Ya.", "interview"),
        ("P: Apa?\nN1: Ya.\nN2: Ya.", "focus_group"),
        ("Moderator: Apa?\nPeserta 1: Ya.", "focus_group"),
        ("CATATAN LAPANGAN\n\nLoket dibuka pukul delapan.", "observation"),
        ("Pasal 1\nCamat memimpin kecamatan.", "document"),
    ],
)
def test_techniques(text: str, technique: str) -> None:
    assert transcribed(Draft(text)).technique == technique


# Chats


def test_a_chat_in_the_manner_of_telephones() -> None:
    text = (
        "[12/03/26, 09.15.33] \u200eBu Rina: Maaf\nSaya: sibuk\nSaya: sekali\n"
        "[12/03/26, 9.16.01 PM] +62 812-3456-7890: Ya"
    )
    document = transcribed(Draft(text))
    assert [turn.label for turn in document.turns] == ["Bu Rina", "+62 812-3456-7890"]
    assert [turn.time for turn in document.turns] == [33_333_000, 76_561_000]
    assert document.text[document.turns[0].start : document.turns[0].end] == "Maaf\nSaya: sibuk\nSaya: sekali"
