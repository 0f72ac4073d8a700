"""Tables as spreadsheet programs save them: separators, encodings, kinds of cells, and what is refused."""

from __future__ import annotations

import datetime
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


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
def test_a_broken_spreadsheet_is_refused(tmp_path: Path, part: str) -> None:
    import zipfile

    book = openpyxl.Workbook()
    book.save(tmp_path / "whole.xlsx")
    with (
        zipfile.ZipFile(tmp_path / "whole.xlsx") as whole,
        zipfile.ZipFile(tmp_path / "t.xlsx", "w") as broken,
    ):
        for name in whole.namelist():
            broken.writestr(name, whole.read(name)[: None if name != part else 60])
    with pytest.raises(UserError):
        read_table(tmp_path / "t.xlsx")


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
