"""The standard study of the benchmarks: made-up transcripts, codes, informants and codings, by a seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

TALK = (
    "kami menunggu perintah dari kota karena aturan belum jelas padahal warga sudah lama antre di loket dan "
    "petugas tidak berani mengubah syarat pelayanan tanpa petunjuk pimpinan yang sering rapat sehingga usul "
    "baru mentok sedangkan yang rajin dan yang malas sama saja penghargaannya begitu menurut saya"
)
WORDS = TALK.split()
CHARACTERS = 40_000
CODES, INFORMANTS, TRANSCRIPTS, CODINGS = 40, 100, 200, 20_000


def transcript(number: int, characters: int = CHARACTERS, informants: int = INFORMANTS) -> str:
    """One interview of about so many characters, with its header block, of one of so many informants."""
    chance = random.Random(number)
    informant = number % informants + 1
    head = f"DATA FIKTIF\nKode : W{number + 1:04}\nKode Informan : I{informant:03}\n"
    head += f"Tanggal : {1 + number % 28:02}-03-2026\n\n"
    lines, length, asking = [head.rstrip("\n"), ""], len(head), True
    while length < characters:
        label, size = ("P", 12) if asking else ("I", 60)
        sentence = " ".join(chance.choices(WORDS, k=chance.randint(size // 2, size)))
        line = f"{label}: {sentence.capitalize()}{'?' if asking else '.'}"
        lines.append(line)
        length += len(line) + 1
        asking = not asking
    return "\n".join(lines) + "\n"


def write_texts(folder: Path, number: int = TRANSCRIPTS) -> list[Path]:
    """The transcripts as .txt, two of each informant."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"W{index + 1:04}.txt" for index in range(number)]
    for index, path in enumerate(paths):
        path.write_text(transcript(index, informants=number // 2), encoding="utf-8")
    return paths


def write_words(folder: Path, number: int = TRANSCRIPTS) -> list[Path]:
    """The transcripts as small but complete .docx, two of each informant."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"W{index + 1:04}.docx" for index in range(number)]
    for index, path in enumerate(paths):
        _write_word(path, transcript(index, informants=number // 2).splitlines())
    return paths


def _write_word(path: Path, lines: Sequence[str]) -> None:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{line}</w:t></w:r></w:p>' for line in lines)
    kinds = "http://schemas.openxmlformats.org/package/2006/content-types"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        parts = "application/vnd.openxmlformats-package.relationships+xml"
        defaults = f'<Default Extension="rels" ContentType="{parts}"/>'
        override = f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
        package.writestr("[Content_Types].xml", f'<Types xmlns="{kinds}">{defaults}{override}</Types>')
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}" '
            'Target="word/document.xml"/></Relationships>',
        )
        package.writestr(
            "word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
        )


def codebook() -> list[dict[str, str]]:
    """Eight top codes (four dimensions, four factors) with four indicators each."""
    tops = [(f"D{n}", "dimension") for n in range(1, 5)] + [(f"F{n}", "factor") for n in range(1, 5)]
    rows = [{"key": key, "parent": "", "kind": kind, "name_id": f"Kode {key}"} for key, kind in tops]
    below = [
        {"key": f"{key}{n}", "parent": key, "kind": "indicator", "name_id": f"Indikator {key}{n}"}
        for key, _kind in tops
        for n in range(1, 5)
    ]
    return rows + below


def codings(sources: Sequence[tuple[str, int]], number: int = CODINGS) -> list[dict[str, str]]:
    """Rows of the table of codings over sources (citation code, characters)."""
    chance = random.Random(1)
    keys = [row["key"] for row in codebook() if row["parent"]]
    rows = []
    for index in range(number):
        key, length = sources[index % len(sources)]
        start = chance.randrange(200, length - 600)
        end = start + chance.randrange(40, 300)
        polarity = chance.choice(["+", "-", "-", "0", "±", ""])
        rows.append(
            {
                "source": key,
                "start": str(start),
                "end": str(end),
                "code": chance.choice(keys),
                "polarity": polarity,
            }
        )
    return rows
