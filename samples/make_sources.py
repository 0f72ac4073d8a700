"""Make the sample study's source files from the plain texts in masters/, in the forms that researchers have.

    python samples/make_sources.py [FOLDER]     write sources/ and the made tables, here or into FOLDER

The texts are fictional and meant to be read and changed in masters/. Each run checks that every coded passage
stands exactly once in its text, inside one answer, and prints how many words there are. The same texts give
the same bytes (with one version of the libraries).
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from forms.master import HEADING, NOTICE, TURN, Master, read_master, words
from forms.pdf import pdf_file
from forms.text import kasi_text, staff_text, subtitles, trader_text
from forms.word import (
    chairwoman_document,
    guide_document,
    head_document,
    secretary_document,
    sections_document,
)

HERE = Path(__file__).resolve().parent
MASTERS, TABLES = HERE / "masters", HERE / "tables"
TEMPLATE = HERE.parent / "qualcoder_lite" / "templates" / "siagian.json"
LENGTHS = {  # words: speech or body text at least, whole file at most
    "A1": (900, 1100),
    "A2": (800, 900),
    "A3": (1000, 1200),
    "A4": (800, 1000),
    "M1": (350, 450),
    "M2": (300, 400),
    "M3": (450, 600),
    "O1": (450, 600),
    "D1": (250, 350),
    "D2": (250, 350),
}


def main(arguments: list[str]) -> int:
    """Write every source file and made table; return 1 where a text breaks a promise of the sample."""
    folder = Path(arguments[0]) if arguments else HERE
    for name in ("sources", "tables"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    masters = [read_master(path) for path in sorted(MASTERS.glob("*.txt"))]
    for master in masters:
        suffix, write = FORMS[master.stem[:2]]
        (folder / "sources" / f"{master.stem}{suffix}").write_bytes(write(master))
    (folder / "tables" / "pedoman_wawancara.docx").write_bytes(guide_document(read_table("pedoman.csv")))
    codebook = sample_codebook()
    (folder / "tables" / "bukukode.json").write_bytes(codebook_json(codebook).encode())
    (folder / "tables" / "bukukode.xlsx").write_bytes(codebook_workbook(codebook["codes"]))
    return report(masters)


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of a table in tables/."""
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# What is checked and printed


def report(masters: list[Master]) -> int:
    """Print the words and passages of every text; return 1 if any check fails, else 0."""
    quotes: dict[str, set[str]] = {}
    for row in read_table("pengodean.csv") + read_table("pengodean_emik.csv"):
        quotes.setdefault(row["source"], set()).add(row["quote"])
    print_line("file                          code  words  whole  limits      quotes  faults")
    faults = 0
    for master in masters:
        code = master.value("Kode")
        plain = (MASTERS / f"{master.stem}.txt").read_text(encoding="utf-8")
        speech, whole = words(spoken(master)), words(plain)
        low, high = LENGTHS[code]
        found = faults_of(master, quotes[code]) + int(speech < low) + int(whole > high)
        faults += found
        limits = f"{low}–{high}"
        print_line(f"{master.stem:30}{code:6}{speech:5}{whole:7}  {limits:10}{len(quotes[code]):8}{found:8}")
    return 1 if faults else 0


def faults_of(master: Master, quotes: Iterable[str]) -> int:
    """How many quotes don't stand exactly once in the text and inside what an informant says."""
    text, lines = "\n".join(master.body), codable(master)
    return sum(text.count(quote) != 1 or not any(quote in line for line in lines) for quote in quotes)


def codable(master: Master) -> list[str]:
    """The lines that passages may stand in: answers, descriptive notes, paragraphs of documents."""
    if TURN.match(master.body[0]):
        return [speech for label, speech in master.turns() if label in "IJ"]
    lines = list(master.body)
    end = lines.index("## Catatan Reflektif") if "## Catatan Reflektif" in lines else len(lines)
    return [line for line in lines[:end] if not HEADING.match(line)]


def spoken(master: Master) -> str:
    """The body without labels and heading marks."""
    return "\n".join(HEADING.sub("", TURN.sub("", line, count=1)) for line in master.body)


def print_line(line: str) -> None:
    """Write one line to the terminal."""
    sys.stdout.write(line + "\n")


# The codebook: the template and the informants' own codes


def sample_codebook() -> dict[str, Any]:
    """The neutral template with the informants' own codes behind it."""
    theirs = json.loads((MASTERS / "kode_informan.json").read_text(encoding="utf-8"))
    template = json.loads(TEMPLATE.read_text(encoding="utf-8"))
    title = "Buku kode studi contoh (fiktif) / Codebook of the sample study (fictional)"
    return {"title": title, "codes": template["codes"] + theirs["codes"]}


def codebook_json(codebook: dict[str, Any]) -> str:
    """The codebook as readable JSON."""
    return json.dumps(codebook, ensure_ascii=False, indent=1) + "\n"


def codebook_workbook(codes: list[dict[str, Any]]) -> bytes:
    """The codebook as an Excel table, a row for each code, a column for each field."""
    import xlsxwriter

    first = ["id", "parent", "kind", "perspective", "linked"]
    heads = list(dict.fromkeys([*first, *(key for code in codes for key in code)]))
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": NOTICE, "created": datetime(2026, 3, 1)})
        sheet = workbook.add_worksheet("bukukode")
        sheet.write_row(0, 0, heads, workbook.add_format({"bold": True}))
        for number, code in enumerate(codes, 1):
            sheet.write_row(number, 0, ["" if code.get(head) is None else code[head] for head in heads])
        sheet.freeze_panes(1, 1)
    return content.getvalue()


FORMS: dict[str, tuple[str, Callable[[Master], bytes]]] = {
    "01": (".docx", head_document),
    "02": (".docx", secretary_document),
    "03": (".txt", kasi_text),
    "04": (".txt", staff_text),
    "05": (".txt", trader_text),
    "06": (".vtt", subtitles),
    "07": (".docx", chairwoman_document),
    "08": (".docx", sections_document),
    "09": (".docx", sections_document),
    "10": (".pdf", pdf_file),
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
