"""Tables as spreadsheet programs save them: separators, encodings, kinds of cells, and what is refused."""

from __future__ import annotations

import datetime
import time
import tracemalloc
import zipfile
from pathlib import Path

import openpyxl
import pytest

from qualcoder_lite.coding.tables.sheet import (
    cell_text,
    filled_rows,
    parse_rows,
    read_table,
    rows_error,
    split_list,
)
from qualcoder_lite.errors import UserError


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_is_read_whatever_wrote_it(tmp_path: Path, separator: str, encoding: str) -> None:
    text = (
        f' Alias {separator}NAMA\r\nA1{separator}"Café{separator} “Ani”"\r\n{separator}\r\nA2{separator}\r\n'
    )
    rows = read_table(write(tmp_path / "t.csv", text.encode(encoding)), "alias", "nama")
    assert rows == [
        {"alias": "A1", "nama": f"Café{separator} “Ani”"},
        {"alias": "", "nama": ""},
        {"alias": "A2", "nama": ""},
    ]
    assert [number for number, _row in filled_rows(rows)] == [2, 4]


def test_a_cell_of_several_lines_is_one_cell(tmp_path: Path) -> None:
    rows = read_table(write(tmp_path / "t.csv", b'quote,code\n"satu\r\ndua, ""tiga""",K\n'))
    assert rows == [{"quote": 'satu\ndua, "tiga"', "code": "K"}]


def test_short_and_long_rows_are_read(tmp_path: Path) -> None:
    rows = read_table(write(tmp_path / "t.csv", b"a,b,\n1\n1,2,3,4\n"))
    assert rows == [{"a": "1", "b": ""}, {"a": "1", "b": "2"}]


def test_cells_of_a_spreadsheet_become_words(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([None, None])
    sheet.append(["Alias ", "usia", "nilai", "tanggal", "jam", "ya", "rumus", "catatan"])
    values = ["A1", 41.0, 0.5, datetime.datetime(2026, 3, 12), datetime.time(9, 15), True, "=1+1", "a\r\nb"]
    sheet.append(values)
    book.save(tmp_path / "t.xlsx")
    [row] = read_table(tmp_path / "t.xlsx", "alias")
    assert list(row.values()) == ["A1", "41", "0.5", "2026-03-12", "09:15", "true", "", "a\nb"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("t.csv", b"", "no text"),
        ("t.csv", b"alias,usia\n", "no rows"),
        ("t.csv", b"alias,usia\n,\n , \n", "no rows"),
        ("t.csv", b"nama,usia\nx,1\n", "lacks the column"),
        ("t.csv", b"alias,ALIAS\nx,1\n", "twice"),
        ("t.csv", b'alias,b\n"x,1\n', "could not be read"),
        ("t.csv", b"PK\x03\x04rest", "could not be read"),
        ("t.xlsx", b"not a zip", "could not be read"),
        ("t.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "could not be read"),
        ("t.ods", b"x", "not a table"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    with pytest.raises(UserError) as caught:
        read_table(write(tmp_path / name, data), "alias")
    assert said in str(caught.value)


Parts = dict[str, bytes]
MAIN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


def parts_of(path: Path) -> Parts:
    with zipfile.ZipFile(path) as whole:
        return {name: whole.read(name) for name in whole.namelist()}


def workbook(path: Path, **changed: bytes) -> Path:
    """A workbook of one small table whose named parts (`sheet`, `styles`, …) are replaced."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["alias", "usia"])
    book.active.append(["A1", 41])
    book.save(path)
    parts = parts_of(path) | {
        next(name for name in parts_of(path) if key in name): data for key, data in changed.items()
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


def rows_of(*rows: bytes) -> bytes:
    return MAIN + b"".join(rows) + b"</sheetData></worksheet>"


def refused_soon(path: Path) -> str:
    """The words of the refusal, which names the file and comes within five seconds."""
    begun = time.process_time()
    with pytest.raises(UserError) as caught:
        read_table(path)
    assert time.process_time() - begun < 5
    assert path.name in caught.value.what
    return str(caught.value)


@pytest.mark.parametrize("part", ["workbook.xml", "sheet1.xml", "[Content_Types]", "styles", "theme"])
def test_a_spreadsheet_of_which_a_part_is_cut_off_is_refused(tmp_path: Path, part: str) -> None:
    path = workbook(tmp_path / "t.xlsx")
    cut = next(data for name, data in parts_of(path).items() if part in name)[:60]
    if part == "theme":  # is not looked at
        assert read_table(workbook(path, **{part: cut}))
    else:
        refused_soon(workbook(path, **{part: cut}))


def test_a_spreadsheet_damaged_anywhere_is_read_or_refused(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "t.xlsx").read_bytes()
    path, refusals = tmp_path / "rusak.xlsx", 0
    for at in range(0, len(whole), 61):
        path.write_bytes(whole[:at] + bytes((whole[at] ^ 0x55,)) + whole[at + 1 :])
        try:
            assert read_table(path)
        except UserError as refusal:
            refusals += path.name in str(refusal)
    assert refusals > 20


CELL = b'<c r="XFD%d"><v>1</v></c>'
NASTY = {
    "a row of a million cells": rows_of(b"<row>" + b"<c/>" * 1_200_000 + b"</row>"),
    "a million rows": rows_of(b"<row/>" * 1_200_000),
    "rows as wide as can be": rows_of(*(b"<row>" + CELL % row + b"</row>" for row in range(1, 3000))),
    "a row far below": rows_of(b'<row r="1"><c><v>1</v></c></row><row r="99999999"><c><v>1</v></c></row>'),
    "a document type": b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + rows_of(),
    "a document type in wide letters": ("<!DOCTYPE x [<!ENTITY a 'b'>]>" + rows_of().decode()).encode(
        "utf-16"
    ),
}


@pytest.mark.parametrize("what", NASTY)
def test_a_sheet_that_would_fill_the_memory_is_refused(tmp_path: Path, what: str) -> None:
    path = workbook(tmp_path / "t.xlsx", sheet1=NASTY[what])
    refused_soon(path)
    if what != "a row far below":  # a million empty rows take long under the eyes of tracemalloc
        tracemalloc.start()
        with pytest.raises(UserError):
            read_table(path)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 300 << 20


def test_parts_beside_the_sheet_are_weighed_too(tmp_path: Path) -> None:
    styles = parts_of(workbook(tmp_path / "t.xlsx"))["xl/styles.xml"]
    head, tail = styles.split(b"</cellXfs>")
    many = head + b"<xf/>" * 200_000 + b"</cellXfs>" + tail
    assert "far more" in refused_soon(workbook(tmp_path / "t.xlsx", styles=many))


def test_stray_cells_and_empty_rows_below_do_no_harm(tmp_path: Path) -> None:
    sheet = rows_of(
        b'<row r="1"><c t="str" r="A1"><v>alias</v></c></row>',
        b'<row r="3"><c r="A3"><v>1</v></c><c r="XFD3"/></row>',
        b'<row r="900000"/>',
    )
    assert read_table(workbook(tmp_path / "t.xlsx", sheet1=sheet)) == [{"alias": ""}, {"alias": "1"}]


@pytest.mark.parametrize("data", [b"a,b\n" + b",," * 1_200_000, b"a\n" * 3_000_000, b"a" + b",x" * 40_000])
def test_a_csv_that_would_fill_the_memory_is_refused(tmp_path: Path, data: bytes) -> None:
    refused_soon(write(tmp_path / "t.csv", data))


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    for name in ("t.csv", "t.xlsx"):
        with pytest.raises(UserError):
            read_table(tmp_path / name)


def test_words_of_cells() -> None:
    assert split_list(" K ; S;;K;") == ["K", "S"]
    assert cell_text({"a": " ", "b": " x "}, "a", "b", "c") == "x"
    with pytest.raises(UserError, match="no rows"):
        parse_rows([{"a": ""}], lambda number, row: row)
    assert str(rows_error(["Row 2: x"])).endswith("Nothing was changed.")
