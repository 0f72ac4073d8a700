"""Show every Word file of a folder as pictures of its pages, to be looked at and kept in docs/gallery.

    .venv/bin/python docs/render_pages.py DEMO_FOLDER [GALLERY]

Needs LibreOffice (`apt-get install libreoffice-writer-nogui`). Twelve pages make one picture.
"""

from __future__ import annotations

import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2
from numpy.typing import NDArray

DOTS_PER_INCH = 60
ACROSS, DOWN = 3, 4
GAP = 6
GREY = 128  # between the pages
GREYS = np.array(
    [0, 32, 64, 89, 110, 128, 150, 170, 190, 205, 218, 230, 236, 242, 248, 255]
)  # shades of cells apart

Picture = NDArray[np.uint8]


def main(folder: Path, gallery: Path) -> None:
    """Render all Word files of a folder."""
    gallery.mkdir(parents=True, exist_ok=True)
    for file in sorted(folder.glob("*.docx")):
        for old in gallery.glob(f"word-{file.stem}-*.png"):
            old.unlink()
        with tempfile.TemporaryDirectory() as working:
            pages = list(pages_of(as_pdf(file, Path(working))))
        for number, at in enumerate(range(0, len(pages), ACROSS * DOWN), 1):
            picture = sheet(pages[at : at + ACROSS * DOWN])
            (gallery / f"word-{file.stem}-{number}.png").write_bytes(png(picture))
        sys.stdout.write(f"{file.name}: {len(pages)}\n")


def as_pdf(file: Path, folder: Path) -> Path:
    """The file laid out by LibreOffice."""
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True)
    return folder / f"{file.stem}.pdf"


def pages_of(pdf: Path) -> Iterator[Picture]:
    """The pages in greys."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        yield (
            page.render(scale=DOTS_PER_INCH / 72, grayscale=True)
            .to_numpy()
            .reshape(round(page.get_height() * DOTS_PER_INCH / 72 + 0.49), -1)
            .copy()
        )
    document.close()


def sheet(pages: list[Picture]) -> Picture:
    """Pages side by side, each row as high as its highest page."""
    rows = [pages[at : at + ACROSS] for at in range(0, len(pages), ACROSS)]
    width = max(page.shape[1] for page in pages) * min(ACROSS, len(pages)) + GAP * (
        min(ACROSS, len(pages)) - 1
    )
    bands = [_band(row, width) for row in rows]
    return np.concatenate(
        [part for band in bands for part in (band, np.full((GAP, width), GREY, np.uint8))][:-1]
    )


def _band(row: list[Picture], width: int) -> Picture:
    band = np.full((max(page.shape[0] for page in row), width), GREY, np.uint8)
    at = 0
    for page in row:
        band[: page.shape[0], at : at + page.shape[1]] = page
        at += page.shape[1] + GAP
    return band


def png(picture: Picture) -> bytes:
    """A picture as PNG (RFC 2083) of sixteen greys: four bits to a point, no library needed."""
    height, width = picture.shape
    points = np.zeros((height, width + width % 2), np.uint8)
    points[:, :width] = np.abs(np.arange(256)[:, None] - GREYS).argmin(axis=1).astype(np.uint8)[picture]
    lines = np.zeros((height, 1 + points.shape[1] // 2), np.uint8)  # each line after its filter: none
    lines[:, 1:] = points[:, ::2] << 4 | points[:, 1::2]
    head = struct.pack(">IIBBBBB", width, height, 4, 3, 0, 0, 0)
    palette = np.repeat(GREYS, 3).astype(np.uint8).tobytes()
    body = zlib.compress(lines.tobytes(), 9)
    chunks = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parent / "gallery")
