"""SQLite finds a file by our address under every name that a system allows."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path, PureWindowsPath
from urllib.parse import unquote

import pytest

from qualcoder_lite.errors import UserError
from qualcoder_lite.store.access.address import sqlite_address
from qualcoder_lite.store.creating import new_study
from qualcoder_lite.store.project import open_study, read_study

NAMES = (
    "a b",
    "a#b",
    "a?b",
    "a%20b",
    "a&mode=memory",
    "a=b",
    "wawancara – Ibu Ç",
    "访谈",
    "a;b",
    "a'b",
    'a"b',
)
WINDOWS = (
    r"C:\Users\Dewi\Studi #1\a?b.qcl",
    r"\\server\share\folder\study.qcl",
    r"\\server\share$\Studi saya 100%\study.qcl",
    r"Z:\study.qcl",
    r"\\?\C:\very\long\study.qcl",
    r"\\?\UNC\server\share\study.qcl",
    r"C:\Pengguna\Siti Nurhaliza\penelitian–é.qcl",
)


def file_of(address: str) -> tuple[str, str]:
    """What SQLite makes of a URI: the name of the file and the query. Raises ValueError for an authority."""
    rest = address.removeprefix("file:")
    if rest.startswith("//"):
        authority, slash, path = rest[2:].partition("/")
        if authority not in ("", "localhost"):
            raise ValueError(f"invalid uri authority: {authority}")
        rest = slash + path
    path, _mark, query = rest.partition("?")
    return unquote(path.partition("#")[0]), query


@pytest.mark.parametrize("path", WINDOWS)
@pytest.mark.parametrize("mode", ["ro", "rw"])
def test_sqlite_is_given_a_windows_path_letter_by_letter(path: str, mode: str) -> None:
    assert file_of(sqlite_address(PureWindowsPath(path), mode)) == (path, f"mode={mode}")


def test_the_address_of_a_share_by_the_usual_way_has_an_authority() -> None:
    usual = PureWindowsPath(WINDOWS[1]).as_uri()
    with pytest.raises(ValueError, match="authority: server"):
        file_of(usual)


@pytest.mark.parametrize("name", NAMES)
def test_a_study_of_any_name_is_made_opened_and_read(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    study = folder / f"{name}.qcl"
    new_study(study)
    open_study(study).close()
    read_study(study).close()
    assert list(folder.iterdir()) == [study]
    assert list(tmp_path.iterdir()) == [folder]


def test_a_path_that_begins_with_two_slashes_and_a_name_that_is_no_text_are_found(tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.db"))
    for path in (odd, Path("/" + str(tmp_path / "b.db"))):
        path.touch()
        with closing(sqlite3.connect(sqlite_address(path, "rw"), uri=True)) as connection:
            connection.execute("CREATE TABLE a (b)")
        assert path.stat().st_size > 0


def test_reading_an_address_never_makes_a_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is not there"):
        open_study(tmp_path / "none.qcl")
    address = sqlite_address(tmp_path / "none.db", "ro")
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        sqlite3.connect(address, uri=True)
    assert list(tmp_path.iterdir()) == []
