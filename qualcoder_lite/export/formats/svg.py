"""A picture as SVG: plain shapes and words, nothing loaded from elsewhere, every text escaped."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from qualcoder_lite.colours import ink_on, mixed, tones
from qualcoder_lite.export.formats.word_xml import escaped
from qualcoder_lite.export.pictures.drawing import BASELINE, Box, Dot, Line, Mark, Picture, Words
from qualcoder_lite.export.pictures.letters import SIZES

FAMILY = "'Noto Sans','Segoe UI','Helvetica Neue',Arial,sans-serif"
WEIGHT = 600
DASHES = "4 3"


def write_svg(picture: Picture, path: Path, theme: str = "light") -> None:
    """Write a picture; sizes are in points."""
    path.write_text(svg(picture, theme), encoding="utf-8")


def svg(picture: Picture, theme: str = "light") -> str:
    """A picture as a whole SVG document."""
    width, height = _number(picture.width), _number(picture.height)
    box = f'width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}"'
    page = f'<rect width="{width}" height="{height}" fill="{tones(theme)["page"]}"/>'
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" font-family="{FAMILY}">',
        f"<title>{escaped(picture.title)}</title>",
        f"<desc>{escaped(' '.join(picture.notes))}</desc>",
        page,
        *(_shape(mark, theme) for mark in picture.marks),
        "</svg>\n",
    ]
    return "\n".join(parts)


def _shape(mark: Mark, theme: str) -> str:
    if isinstance(mark, Words):
        return _words(mark, theme)
    element, attributes = _element(mark, theme)
    said = " ".join(f'{name}="{value}"' for name, value in attributes)
    title = f"<title>{escaped(mark.said)}</title>" if mark.said else ""
    return f"<{element} {said}>{title}</{element}>" if title else f"<{element} {said}/>"


def _element(mark: Box | Line | Dot, theme: str) -> tuple[str, list[tuple[str, str]]]:
    tone = colour(mark.tone, mark.share, theme)
    if isinstance(mark, Line):
        points = " ".join(f"{_number(x)},{_number(y)}" for x, y in mark.points)
        dashes = [("stroke-dasharray", DASHES)] if mark.dashed else []
        stroke = [("stroke", tone), ("stroke-width", _number(mark.width)), *dashes]
        return "polyline", [("points", points), ("fill", "none"), *stroke]
    edge = [("stroke", tones(theme)[mark.edge]), ("stroke-width", "0.5")] if mark.edge else []
    names = ("x", "y", "width", "height") if isinstance(mark, Box) else ("cx", "cy", "r")
    places = [(name, _number(value)) for name, value in zip(names, mark, strict=False)]  # type: ignore[arg-type]
    return "rect" if isinstance(mark, Box) else "circle", [*places, ("fill", tone), *edge]


def _words(words: Words, theme: str) -> str:
    size, bold = SIZES[words.size]
    attributes = [
        f'x="{_number(words.x)}" y="{_number(words.y + BASELINE * size)}"',
        f'font-size="{_number(size)}" fill="{ink_of(words, theme)}"',
        *([f'font-weight="{WEIGHT}"'] if bold else ()),
        *([f'text-anchor="{words.anchor}"'] if words.anchor != "start" else ()),
    ]
    return f"<text {' '.join(attributes)}>{escaped(words.text)}</text>"


@lru_cache(maxsize=4096)
def colour(tone: str, share: float, theme: str) -> str:
    """The colour of a mark, as much of it as it lays over the page."""
    table = tones(theme)
    return table[tone] if share >= 1 else mixed(table[tone], table["page"], share)


def ink_of(words: Words, theme: str) -> str:
    """The colour of words, on their ground if they have one."""
    return ink_on(colour(*words.ground, theme), theme) if words.ground else tones(theme)[words.tone]


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
