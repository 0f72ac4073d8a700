"""The block at the head of a transcript, its dates and times."""

from __future__ import annotations

import pytest

from qualcoder_lite.readers.header import HEADER_KEYS, header_of
from qualcoder_lite.readers.times import clock_time, date_of, iso_date, milliseconds, place_of, time_of


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ("Kode Wawancara : W/01", "kode", "W/01"),
        ("KODE FILE\t= W1", "kode", "W1"),
        ("Kode Informan: A1", "kode_informan", "A1"),
        ("Nama Informan   : Bu Sari (samaran)", "nama", "Bu Sari (samaran)"),
        ("1. Nama : Sari", "nama", "Sari"),
        ("a. Umur/Usia: 41", "usia", "41"),
        ("Hari / Tanggal\tKamis, 12 Maret 2026", "tanggal", "Kamis, 12 Maret 2026"),
        ("Tgl.: 12/03/26", "tanggal", "12/03/26"),
        ("Waktu : 09.15 - 10.02 WIB", "waktu", "09.15 - 10.02 WIB"),
        ("Jenis Kelamin (L/P): P", "jenis_kelamin", "P"),
        ("L/P : L", "jenis_kelamin", "L"),
        ("Lokasi\t:\tRuang A", "lokasi", "Ruang A"),
        ("Wawancara ke- : 2", "wawancara_ke", "2"),
        ("Age: 41", "usia", "41"),
        ("Judul/Topik: Visi", "topik", "Visi"),
        ("**Instansi:** Kecamatan", "instansi", "Kecamatan"),
        ("Inisial = S", "inisial", "S"),
    ],
)
def test_each_key_has_one_name(line: str, key: str, value: str) -> None:
    assert header_of(f"TRANSKRIP\n{line}\n\nP: Apa?")[0] == {key: value}


def test_all_keys_of_the_field_have_a_name() -> None:
    named = (
        "kode nama jabatan instansi usia jenis_kelamin pendidikan masa_kerja tanggal waktu tempat durasi "
        "pewawancara topik wawancara_ke inisial kode_informan alamat status media lokasi"
    )
    assert set(named.split()) <= set(HEADER_KEYS.values())


def header(text: str) -> dict[str, str]:
    return header_of(text)[0]


def test_the_header_ends_at_the_first_key_that_comes_twice_or_a_line_that_is_none() -> None:
    assert header("Kode: 1\nKode: 2\nNama: S") == {"kode": "1"}
    assert header("Kode: 1\nKami mulai dengan salam.\nNama: S") == {"kode": "1"}
    assert header("Kode: 1\nAgama: Islam\nNama: S\n\nCamat: Ya.\nStatus: x") == {"kode": "1", "nama": "S"}


def test_the_offset_of_a_header_is_its_end() -> None:
    text = "JUDUL\nKode: 1\nNama: S\n\nP: Apa?"
    assert header_of(text)[1] == text.index("\n\nP:")
    assert header_of("P: Apa?\nI: Ya.") == ({}, 0)


def test_a_long_value_goes_on_in_indented_lines() -> None:
    assert header("Alamat : Jl. A No. 3,\n         Kel. B\nUsia : 41") == {
        "alamat": "Jl. A No. 3, Kel. B",
        "usia": "41",
    }


def test_titles_may_stand_before_and_between() -> None:
    text = "TRANSKRIP WAWANCARA\n(DATA FIKTIF)\nA. IDENTITAS\nNama: S\nB. WAKTU\nTanggal: 1-2-2026\n\nP: Apa?"
    assert header(text) == {"nama": "S", "tanggal": "1-2-2026"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kode: 1\nPewawancara : Peneliti\n\nPewawancara : Apa?", {"kode": "1", "pewawancara": "Peneliti"}),
        ("Kode: 1\nPewawancara : Peneliti\nPewawancara : Apa?", {"kode": "1", "pewawancara": "Peneliti"}),
        ("Pewawancara: Rina\nNarasumber: Bu Sari\nKode: 1\n\nPewawancara: Apa?",
         {"pewawancara": "Rina", "informan": "Bu Sari", "kode": "1"}),
        ("Kode: 1\nPewawancara: Apa tugasnya?\nInforman: Melayani.", {"kode": "1"}),
        ("Kode: 1\n\nPewawancara: Kita mulai\nInforman: Silakan", {"kode": "1"}),
        ("Kode: 1\nPewawancara: Selamat pagi\n\nInforman: Pagi", {"kode": "1"}),
        ("Pewawancara: Rina\nInforman: Sari\nPewawancara: Apa?", {}),
    ],
)  # fmt: skip
def test_a_word_for_a_role_is_a_key_only_in_the_header(text: str, expected: dict[str, str]) -> None:
    assert header(text) == expected


def test_a_talk_is_no_header_even_if_a_key_comes_in_it() -> None:
    assert (
        header("Camat: Selamat pagi.\n\nRina: Pagi.\n\nStatus: tetap\n\nCamat: Ya.\n\nRina: Oh.\n\nUsia: 3")
        == {}
    )


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Kamis, 12 Maret 2026", "2026-03-12"),
        ("Kamis/12 Maret 2026", "2026-03-12"),
        ("12-03-2026", "2026-03-12"),
        ("12/03/26", "2026-03-12"),
        ("12.3.2026", "2026-03-12"),
        ("12032026", "2026-03-12"),
        ("W1.A.L.12092015", "2015-09-12"),
        ("W/01/CMT/12-03-2026", "2026-03-12"),
        ("2026-03-12", "2026-03-12"),
        ("1 Agt. 1999", "1999-08-01"),
        ("3 Pebruari 98", "1998-02-03"),
        ("March 5, 2026", "2026-03-05"),
        ("5th of May 2026", "2026-05-05"),
        ("31-02-2026", None),
        ("99/99/99", None),
        ("08123456789", None),
        ("kemarin", None),
    ],
)
def test_dates(words: str, day: str | None) -> None:
    assert iso_date(words) == day


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("09.15 - 10.02 WIB", "09:15"),
        ("Pukul 9:05", "09:05"),
        ("9.15 pm", "21:15"),
        ("12:30 am", "00:30"),
        ("12.03.2026", None),
        ("pagi", None),
        ("25.99", None),
    ],
)
def test_clock_times(words: str, time: str | None) -> None:
    assert clock_time(words) == time


def test_day_time_and_place_of_a_header() -> None:
    assert date_of({"tanggal": "12 Maret 2026", "kode": "W/13-03-2026"}) == "2026-03-12"
    assert date_of({"kode": "W/13-03-2026"}) == "2026-03-13"
    assert date_of({"tanggal": "kemarin"}) is None
    assert time_of({"waktu": "08.00 - 11.30 WIB"}) == "08:00"
    assert time_of({"tanggal": "12 Maret 2026 pukul 08.00"}) == "08:00"
    assert time_of({}) is None
    assert place_of({"lokasi": "Ruang A"}) == "Ruang A"
    assert place_of({"tempat": "Ruang B"}) == "Ruang B"
    assert place_of({}) is None


@pytest.mark.parametrize(
    ("stamp", "time"),
    [
        ("[00:00:05]", 5000),
        ("0:05", 5000),
        ("1:02:03", 3_723_000),
        ("#00:00:12-3#", 12300),
        ("00:05.500", 5500),
        ("00:00:08,05", 8050),
        ("(09.15)", 555_000),
        ("90:00", 5_400_000),
        ("kosong", None),
    ],
)
def test_stamps_in_milliseconds(stamp: str, time: int | None) -> None:
    assert milliseconds(stamp) == time
