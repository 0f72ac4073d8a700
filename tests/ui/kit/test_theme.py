"""Colours keep the contrasts that reading needs, and only the theme writes them."""

import re
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontInfo, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from qualcoder_lite.ui.kit import icons, theme

ROOM = Path(theme.__file__).parent


def luminance(colour: QColor) -> float:
    """Relative luminance by WCAG 2."""
    parts = [
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in colour.getRgbF()[:3]
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    """The contrast of two colours by WCAG 2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", theme.THEMES)
def test_words_are_readable_on_every_ground(name: str) -> None:
    tokens = theme.theme(name)
    for ground in (tokens.window, tokens.panel, tokens.page, tokens.hover):
        assert contrast(tokens.ink, ground) >= 10
        assert contrast(tokens.ink2, ground) >= 5.4
        assert contrast(tokens.ink3, ground) >= 4.5
        assert contrast(tokens.border, ground) >= 2.8
    assert contrast(tokens.accent, tokens.page) >= 4.5
    assert contrast(tokens.selection_ink, tokens.selection) >= 6.3
    for word in ("look_again", "opposed", "settled"):
        assert contrast(getattr(tokens, word), getattr(tokens, f"{word}_tint")) >= 5.8
    for sign in ("+", "-", "0", "±"):
        assert contrast(tokens.polarity(sign), tokens.page) >= 6


@pytest.mark.parametrize(("name", "least"), [("light", 9.8), ("dark", 5.1)])
def test_ink_stays_readable_on_every_overlap(name: str, least: float) -> None:
    tokens = theme.theme(name)
    for depth in (1, 2, 3, 4):
        for chosen in (
            combinations(range(1, 17), depth) if depth < 4 else [(one,) * 6 for one in range(1, 17)]
        ):
            ground = theme.highlight(tokens, chosen)
            assert ground is not None
            assert contrast(tokens.ink, ground) >= least


def test_one_coding_is_the_highlight_of_the_table() -> None:
    assert theme.highlight(theme.theme("light"), [1]).name().upper() == "#E9EEF5"
    assert theme.highlight(theme.theme("dark"), [13]).name().upper() == "#1B413B"
    assert theme.highlight(theme.theme("contrast"), [1]) is None


@pytest.mark.parametrize("name", theme.THEMES)
def test_stripes_stand_out_from_the_page(name: str) -> None:
    tokens = theme.theme(name)
    assert len(tokens.codes) == len(theme.CODE_COLOUR_NAMES) == 16
    assert all(contrast(colour, tokens.page) >= 3.0 for colour in tokens.codes)
    assert tokens.code(17) == tokens.code(1)


def test_nothing_else_in_the_window_writes_a_colour() -> None:
    written = re.compile(r"[\"'#]#?[0-9A-Fa-f]{6}[\"']|QColor\(\s*\d|GlobalColor\.(?!transparent)")
    files = [file for file in ROOM.parent.rglob("*.py") if file.name != "theme.py"]
    assert [file.name for file in files if written.search(file.read_text(encoding="utf-8"))] == []


def test_the_bundled_letters_are_used(qapp: QApplication) -> None:
    theme.dress(qapp, theme.theme())
    assert QFontInfo(theme.theme().font("panel")).family() == "Noto Sans"
    assert QFontInfo(theme.letters(15, 600)).weight() == 600
    assert QFontInfo(theme.letters(15, 400, italic=True)).italic()


def test_scale_makes_letters_and_rows_grow() -> None:
    tokens = theme.theme("light", 1.5)
    assert tokens.font("panel").pixelSize() == 20
    assert tokens.px(theme.LABEL_ROW) == 28


@pytest.mark.parametrize("file", sorted((ROOM / "icons").glob("*.svg")), ids=lambda file: file.stem)
def test_every_icon_is_drawn_in_its_colour(qapp: QApplication, file: Path) -> None:
    colour = theme.theme().accent
    picture = icons.pixmap(file.stem, colour, 16, 2.0).toImage()
    solid = {
        picture.pixelColor(x, y).rgb() & 0xFFFFFF
        for x in range(32)
        for y in range(32)
        if picture.pixelColor(x, y).alpha() == 255
    }
    assert solid == {colour.rgb() & 0xFFFFFF}


def test_an_icon_is_greyed_when_disabled(qapp: QApplication) -> None:
    icon = icons.icon("undo-2", theme.theme())
    normal, disabled = (
        icon.pixmap(16, 16, mode).toImage() for mode in (icon.Mode.Normal, icon.Mode.Disabled)
    )
    assert normal != disabled


def test_icons_draw_into_a_painter(qapp: QApplication) -> None:
    picture = QPixmap(16, 16)
    picture.fill(theme.theme().page)
    before = picture.toImage()
    painter = QPainter(picture)
    icons.draw(painter, "star", theme.theme().ink3, QRectF(0, 0, 16, 16))
    painter.end()
    assert picture.toImage() != before
