"""Sentences end where a reader would say so; abbreviations, titles and lists do not end one."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcoder_lite.sentences import sentence_at, sentences

CASES = [
    (
        "Menurut Bpk. Drs. H. Rahmat, S.Sos., M.Si. layanan sudah baik.| Kantor di Jl. Rekaan No. 12 buka "
        "pkl. 08.00 s.d. 15.30.| KTP, KK, dll. yang diurus...| Ya, begitu.",
        "names, titles, numbers",
    ),
    ("UU No. 5 Tahun 2014 itu.| Surat a.n. Camat untuk Yth. Bapak Wali Kota.", "letters"),
    ("Biayanya Rp. 10.000,- per lembar.| Itu dulu, sekarang gratis.", "money"),
    ("1. Warga datang ke loket.| 2. Petugas memeriksa berkas.", "list numbers"),
    ("Kata beliau, “Nanti saja.”| Saya pulang.", "quotes"),
    ('Saya tanya, "Kapan selesai?" katanya minggu depan.', "a question inside"),
    ("Warga mengurus KTP, KK, dll.| Setelah itu pulang.", "dll. at the end"),
    ("Emm... saya kira begitu Pak.| Iya.", "a pause"),
    ("Saya tinggal di RT. 02 RW. 05 Kel. Simpang Rekaan.| Sudah lima tahun.", "place"),
    ("Saya lapor ke Ketua RT.| Setelah itu ke lurah.| Jangan lupa nomor HP.| Terus?", "RT at the end"),
    ("Jam 09.15 saya datang.| Loket 2 kosong.", "clock"),
    ("Pak A. Rahman, S.STP.| Beliau camat di sini.", "initials and a title at the end"),
    ("Gelarnya S.Sos. M.Si. kalau tidak salah.| Begitu.", "title after title"),
    ("Ya!!| Betul sekali...| Makanya saya heran?!", "stacked marks"),
    ("Baris satu\n|baris dua tanpa titik", "line breaks"),
]


@pytest.mark.parametrize(("marked", "what"), CASES)
def test_sentences_of_spoken_indonesian(marked: str, what: str) -> None:
    expected = [part.strip() for part in marked.split("|")]
    text = marked.replace("|", "")
    assert [text[start:end] for start, end in sentences(text)] == expected


@given(st.text(alphabet='ab A.?!…\n"”1', max_size=60), st.integers(0, 60))
def test_the_sentence_at_a_position_is_one_of_all(text: str, position: int) -> None:
    position = min(position, len(text))
    start, end = sentence_at(text, position)
    ranges = sentences(text)
    assert (start, end) in ranges or start == end == position
    inside = [(one, other) for one, other in ranges if one <= position < other]
    assert not inside or [(start, end)] == inside


@given(st.text(alphabet="ab A.?!\n ", max_size=60))
def test_sentences_lose_nothing_but_white_space(text: str) -> None:
    ranges = sentences(text)
    assert all(one[1] <= other[0] for one, other in pairwise(ranges))
    assert "".join("".join(text[start:end] for start, end in ranges).split()) == "".join(text.split())


def test_a_sentence_stays_in_its_turn() -> None:
    text = "P: Bagaimana Pak I: Baik sekali. Lancar."
    start = text.index("Baik")
    assert sentence_at(text, start + 2, start, len(text)) == (start, start + len("Baik sekali."))


def test_a_huge_paragraph_is_not_read_whole() -> None:
    text = "kata " * 200_000
    start, end = sentence_at(text, 500_000)
    assert 500_000 - 4000 <= start <= 500_000 <= end <= 504_000
