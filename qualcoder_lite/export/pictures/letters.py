"""How wide words are in the letters that we ship, by the font files: pictures are laid out without Qt."""

from __future__ import annotations

import struct
from functools import lru_cache

from qualcoder_lite.files import PACKAGE

FONTS = PACKAGE / "ui" / "kit" / "fonts"
SIZES = {"text": (9.0, False), "key": (9.0, True), "small": (8.0, False), "head": (10.0, True)}
"""The letters of pictures: points, and whether they are bold."""
UNKNOWN = 0.75  # of the size: how wide a letter is that the font does not have


@lru_cache(maxsize=8192)  # a picture has the same few numbers and names a thousand times
def width_of(text: str, size: str = "text") -> float:
    """The width of words in points; `size` is one of SIZES."""
    points, bold = SIZES[size]
    widths = _advances(bold)
    return points * sum(widths.get(ord(letter), UNKNOWN) for letter in text)


def wrapped(text: str, width: float, size: str = "text") -> list[str]:
    """Words broken into lines of at most a width in points; a word that is longer is broken too."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer, size) <= width:
            lines[-1] = longer
            continue
        pieces = _pieces(word, width, size)
        lines[-1:] = [lines[-1], *pieces] if lines[-1] else pieces
    return lines


def _pieces(word: str, width: float, size: str) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, size) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


@lru_cache
def _advances(bold: bool) -> dict[int, float]:
    """The width of each letter by its code point, a share of the size (OpenType head, hhea, hmtx, cmap)."""
    data = (FONTS / f"NotoSans-{'SemiBold' if bold else 'Regular'}.ttf").read_bytes()
    tables = _tables(data)
    (units,) = struct.unpack_from(">H", data, tables["head"] + 18)
    (number,) = struct.unpack_from(">H", data, tables["hhea"] + 34)
    wide = struct.unpack_from(f">{2 * number}H", data, tables["hmtx"])[::2]
    return {
        point: wide[min(glyph, number - 1)] / units for point, glyph in _glyphs(data, tables["cmap"]).items()
    }


def _tables(data: bytes) -> dict[str, int]:
    (number,) = struct.unpack_from(">H", data, 4)
    records = (struct.unpack_from(">4sIII", data, 12 + 16 * at) for at in range(number))
    return {name.decode(): offset for name, _sum, offset, _length in records}


def _glyphs(data: bytes, cmap: int) -> dict[int, int]:
    """The glyph of each code point of the basic plane (a subtable of format 4)."""
    (number,) = struct.unpack_from(">H", data, cmap + 2)
    for at in range(number):
        _platform, _encoding, offset = struct.unpack_from(">HHI", data, cmap + 4 + 8 * at)
        if struct.unpack_from(">H", data, cmap + offset)[0] == 4:
            return _format_4(data, cmap + offset)
    return {}


def _format_4(data: bytes, at: int) -> dict[int, int]:
    (twice,) = struct.unpack_from(">H", data, at + 6)
    number = twice // 2
    starts_at = (0, twice + 2, 2 * twice + 2, 3 * twice + 2)
    ends, starts, deltas, ranges = (
        struct.unpack_from(f">{number}H", data, at + 14 + offset) for offset in starts_at
    )
    found: dict[int, int] = {}
    for segment, (start, end, delta, jump) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
        place = at + 14 + starts_at[3] + 2 * segment + jump
        for point in range(start, end + 1):
            glyph = point if not jump else struct.unpack_from(">H", data, place + 2 * (point - start))[0]
            if glyph:
                found[point] = (glyph + delta) % 65536
    return found
