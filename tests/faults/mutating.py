"""Damaged files of every kind that is read, each with the command that brings it in."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import openpyxl

from qualcoder_lite.files import templates_folder
from tests.readers.made import paragraph, pdf_file, run, table, word_file
from tests.readers.test_names import with_author

FORMS = Path(__file__).parents[1] / "readers" / "forms"
TABLES = {
    "informants": [["alias", "class", "nama", "usia"], ["A1", "key", "Bambang", 41], ["A2", "", "", 2.5]],
    "guide": [
        ["number", "question", "codes", "not_asked"],
        ["1", "Apa?", "K", ""],
        ["2", "Siapa?", "K;L", ""],
    ],
    "claims": [["number", "text", "codes", "polarity"], ["1", "Baik.", "K", "+"]],
    "cells": [["row", "column", "emic_summary"], ["informant:A1", "code:K", "Begitu."]],
    "codings": [["source", "quote", "code", "polarity"], ["W1", "Ya.", "K", "+"]],
    "codebook": [
        ["key", "parent", "name_id", "kind"],
        ["K", "", "Kerja", "dimension"],
        ["L", "K", "Lain", ""],
    ],
}
NASTY = (
    b"\0", b"\xff", b"\xed\xa0\x80", b"<", b">", b"&", b"&x;", b"<!DOCTYPE a>", b'"', b"\n", b"\r", b";",
    b",", b"99999999999", b"-1", b"1e999", b"<w:p>", b"</w:p>", b"<row r='1048576'/>", b"\\ud800", b"[[[[",
    b"endobj", b"stream\n", b"xref", b"\xe2\x80\xae", b"\xf0\x9f\x98\x80", b":", b"\t", b"?", b"{}", b"null",
)  # fmt: skip

Job = tuple[Path, tuple[str, ...]]  # a whole file, the verb that reads it with its options


def prepared(folder: Path) -> list[Job]:
    """Whole files of every kind that is read, each with the verb that reads it."""
    files = sorted(path for path in FORMS.iterdir() if path.suffix != ".json")
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnote w:id="2">{paragraph("catatan")}</w:footnote>'
    rich = [paragraph(run("P: ", "<w:b/>"), "Apa?", note), table(["Nama", "Bambang"], ["Usia", "4"])]
    files.append(
        with_author(word_file(folder / "rich.docx", *rich, paragraph("I: Ya."), footnotes=notes), "Ani")
    )
    page = [(72.0, 780 - 28.0 * n, f"P: apa {n}?") for n in range(9)]
    beside = [(40.0, 780 - 28.0 * n, str(n)) for n in range(9)]
    for packed in (True, False):
        files.append(pdf_file(folder / f"{packed}.pdf", page + beside, page, packed=packed, author="Ani"))
    (folder / "a.vtt").write_bytes((FORMS / "F11_vtt.txt").read_bytes())
    (folder / "a.md").write_text("# Judul\n\nNama: Bambang\n\nP: Apa, Bambang?\nI: Ya.\n", "utf-8")
    files += [folder / "a.vtt", folder / "a.md"]
    jobs: list[Job] = [(path, ("import", "--mask-names")) for path in files]
    for name in TABLES:
        verb = "code" if name == "codings" else name
        jobs += [(path, (verb,)) for path in _written(folder, name)]
    return [*jobs, (templates_folder() / "siagian.json", ("codebook",))]


def _written(folder: Path, name: str) -> list[Path]:
    rows = TABLES[name]
    (folder / f"{name}.csv").write_text("\n".join(",".join(map(str, row)) for row in rows), "utf-8")
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(folder / f"{name}.xlsx")
    return [folder / f"{name}.csv", folder / f"{name}.xlsx"]


def mutated(path: Path, chance: random.Random) -> bytes:
    """The bytes of a file with some damage, for packages mostly inside of one of their parts."""
    data = path.read_bytes()
    if path.suffix not in (".docx", ".xlsx") or chance.random() < 0.3:
        return damage(data, chance)
    whole = io.BytesIO()
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = chance.choice(sorted(parts))
    parts[name] = damage(parts[name], chance)
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as package:
        for one, content in parts.items():
            if one != name or content:
                package.writestr(one, content)
    return whole.getvalue()


def damage(data: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, left out, doubled, or something nasty put between."""
    if chance.random() < 0.05:
        return b""
    for _time in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((1, 3, 20, 200)))
        kind = chance.randrange(5)
        if kind == 0:
            data = data[:at] + bytes(chance.randrange(256) for _byte in range(end - at)) + data[end:]
        elif kind == 1:
            data = data[:at] + data[end:]
        elif kind == 2:
            data = data[:at] + data[at:end] * chance.choice((2, 50)) + data[end:]
        elif kind == 3:
            data = data[:at] + chance.choice(NASTY) * chance.choice((1, 1, 400)) + data[at:]
        else:
            data = data[:at] if chance.random() < 0.3 else data[:at] + chance.choice(NASTY) + data[end:]
    return data
