"""Files that can't be read: one clear sentence with the name of the file, quickly, whatever the bytes are."""

from __future__ import annotations

import os
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from qualcoder_lite.errors import UserError
from qualcoder_lite.readers import text
from qualcoder_lite.readers.reading import SUFFIXES, read
from qualcoder_lite.readers.word import body as word
from tests.readers.made import WORD, paragraph, word_file

FORMS = Path(__file__).parent / "forms"
D01 = FORMS / "D01_table_no_pelaku_verbatim_koding.docx"


def refused(path: Path) -> str:
    """The words of the refusal, which names the file, takes at most five seconds, leaves the file alone."""
    before = path.read_bytes() if path.is_file() else b""
    begun = time.process_time()
    with pytest.raises(UserError) as refusal:
        read(path)
    assert time.process_time() - begun < 5
    assert path.name in refusal.value.what
    assert "\n" not in str(refusal.value)
    assert before == (path.read_bytes() if path.is_file() else b"")
    return str(refusal.value)


def made(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xff\xfe \0\n\0"])
def test_a_file_without_words(tmp_path: Path, suffix: str, data: bytes) -> None:
    refused(made(tmp_path, "kosong" + suffix, data))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path, suffix: str) -> None:
    assert "opened" in refused(tmp_path / ("hilang" + suffix))
    folder = tmp_path / ("map" + suffix)
    folder.mkdir()
    assert "opened" in refused(folder)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_pipe_is_refused_rather_than_waited_for(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / ("pipa" + suffix)
    make_pipe: Callable[[Path], None] | None = getattr(os, "mkfifo", None)  # Windows has none
    if make_pipe is None:
        path.mkdir()
    else:
        make_pipe(path)
    assert "opened" in refused(path)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_of_another_kind(tmp_path: Path, suffix: str) -> None:
    kinds = {
        "word": D01.read_bytes(),
        "pdf": b"%PDF-1.4 sesuatu",
        "picture": b"\x89PNG\r\n\x1a\n" + bytes(100),
        "rtf": b"{\\rtf1 halo}",
        "noise": bytes((number * 7919 + number // 3) % 256 for number in range(5000)),
    }
    for kind, data in kinds.items():
        if kind != "word" or suffix != ".docx":
            refused(made(tmp_path, "asing" + suffix, data))


@pytest.mark.parametrize("name", ["a.xyz", "a", "a.rtf", "a.odt", "a.html", "a.csv", "a.xlsx", ".txt"])
def test_an_unknown_suffix_says_which_are_known(tmp_path: Path, name: str) -> None:
    assert ".docx" in refused(made(tmp_path, name, b"P: Apa?"))


def test_the_old_format_of_word_says_what_to_do(tmp_path: Path) -> None:
    assert "save it as .docx" in refused(made(tmp_path, "a.DOC", b"\xd0\xcf\x11\xe0"))


def test_suffixes_in_capitals_are_read(tmp_path: Path) -> None:
    assert read(made(tmp_path, "A.TXT", b"P: Apa?")).text == "P: Apa?"


def test_a_word_file_behind_a_password(tmp_path: Path) -> None:
    assert "password" in refused(made(tmp_path, "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)))


def test_a_word_file_cut_off_anywhere(tmp_path: Path) -> None:
    whole = D01.read_bytes()
    for length in range(0, len(whole), 997):
        refused(made(tmp_path, "putus.docx", whole[:length]))


def test_a_word_file_with_a_document_type(tmp_path: Path) -> None:
    body = f'<!DOCTYPE w [<!ENTITY a "x">]><w:document xmlns:w="{WORD}"><w:body><w:p/></w:body></w:document>'
    for name in ("word/document.xml", "word/styles.xml"):
        path = word_file(tmp_path / "a.docx", paragraph("isi"))
        with zipfile.ZipFile(path) as package:
            parts = {one: package.read(one) for one in package.namelist()} | {name: body.encode()}
        with zipfile.ZipFile(path, "w") as package:
            for one, data in parts.items():
                package.writestr(one, data)
        if name == "word/document.xml":
            assert "DTD" in refused(path)
        else:
            refused(path)


@pytest.mark.parametrize(
    "body",
    [
        "<w:p>" * 50_000,
        "<w:p><w:r><w:t>putus",
        "<w:p/>" * (word.PARAGRAPHS + 1),
        "<w:p>" + "<w:r/>" * (word.BLOCK_SIZE // 6) + "</w:p>",
        "<w:tbl><w:tr>" + "<w:tc><w:p/></w:tc>" * (word.PARAGRAPHS + 1),
        "<w:p><w:r><w:t>\x01</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>",
    ],
    ids=["deep", "cut", "paragraphs", "runs", "cells", "control", "entity"],
)
def test_a_nasty_word_file(tmp_path: Path, body: str) -> None:
    refused(word_file(tmp_path / "jahat.docx", body))


def test_a_large_part_of_a_word_file_stays_small_in_memory(tmp_path: Path) -> None:
    """Memory of Python alone; the tree of lxml is bounded by BLOCK_SIZE."""
    path = word_file(tmp_path / "besar.docx", *[paragraph(f"P: kata {number}") for number in range(20_000)])
    tracemalloc.start()
    document = read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(document.turns) == 20_000
    assert peak < 60 << 20


def test_a_text_over_the_cap(tmp_path: Path) -> None:
    path = tmp_path / "besar.txt"
    with path.open("wb") as stream:
        stream.truncate(text.TEXT_SIZE + 1)
    begun = time.process_time()
    with pytest.raises(UserError, match="far more"):
        read(path)
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    "line",
    ["P: " + "*" * 300_000, "P: x" + " " * 300_000 + "y", "P" + "(" * 300_000, "<v " * 100_000,
     "P: [00:01]" * 30_000,
     "? " * 150_000, "- " * 150_000, "1. " * 100_000, "Kode: " + "x " * 150_000],
)  # fmt: skip
def test_a_long_line_of_one_thing_is_read_at_once(tmp_path: Path, line: str) -> None:
    """Patterns that look twice at what they have seen would need minutes for these."""
    for name, head in (("a.txt", ""), ("b.md", "P: x\n"), ("c.txt", "WEBVTT\n\n00:01.000 --> 00:02.000\n")):
        begun = time.process_time()
        document = read(made(tmp_path, name, (head + line).encode()))
        assert time.process_time() - begun < 2
        assert document.text == head + line
    path = made(tmp_path, "d.vtt", ("WEBVTT\n\n00:01.000 --> 00:02.000\n" + line).encode())
    begun = time.process_time()
    read(path)
    assert time.process_time() - begun < 2
