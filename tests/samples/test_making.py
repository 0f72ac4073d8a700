"""The source files are what the script makes of the plain texts, so that nobody has to take them on trust."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.samples.reading import SAMPLES

MADE = sorted((SAMPLES / "sources").iterdir()) + [
    SAMPLES / "tables" / name for name in ("bukukode.json", "bukukode.xlsx", "pedoman_wawancara.docx")
]
OURS = ("word/document.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the script has written everything anew."""
    folder = tmp_path_factory.mktemp("made")
    script = [sys.executable, "-X", "utf8", "-W", "error", str(SAMPLES / "make_sources.py"), str(folder)]
    done = subprocess.run(script, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "01_W_Camat" in done.stdout
    return folder


def content(path: Path) -> list[bytes]:
    """What we wrote in a file: all its bytes, or the parts of an Office file that hold our words."""
    if path.suffix not in (".docx", ".xlsx"):
        return [path.read_bytes()]
    with zipfile.ZipFile(path) as package:
        return [package.read(name) for name in OURS if name in package.namelist()]


@pytest.mark.parametrize("path", MADE, ids=lambda path: path.name)
def test_a_file_is_what_the_script_makes_of_the_plain_text(path: Path, made: Path) -> None:
    assert content(made / path.relative_to(SAMPLES)) == content(path) != []


def test_there_are_ten_source_files_in_six_forms() -> None:
    names = [path.name for path in sorted((SAMPLES / "sources").iterdir())]
    assert names == [
        "01_W_Camat.docx",
        "02_W_Sekcam.docx",
        "03_W_KasiPelayanan.txt",
        "04_W_Staf.txt",
        "05_W_Warga_Pedagang.txt",
        "06_W_Warga_Mahasiswi.vtt",
        "07_W_Warga_KetuaRT.docx",
        "08_O_RuangPelayanan.docx",
        "09_D_Renstra_kutipan.docx",
        "10_D_SOP_Pelayanan.pdf",
    ]


def test_the_staffs_text_is_in_an_old_encoding_with_curly_quotes() -> None:
    content = (SAMPLES / "sources" / "04_W_Staf.txt").read_bytes()
    assert "“selamat bekerja”" in content.decode("cp1252")
    with pytest.raises(UnicodeDecodeError):
        content.decode("utf-8")
