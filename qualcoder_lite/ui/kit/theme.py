"""Every colour, size and letter of the window: light, dark and high contrast.

Nothing else writes a colour or a size. The palette makes Fusion's own parts agree, the style sheet gives
shapes, and painters read the same tokens. All sizes are device-independent pixels at the person's scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from qualcoder_lite.colours import THEMES, code_colours, tones
from qualcoder_lite.i18n import N_

FAMILY = "Noto Sans"
READING_SIZES = range(12, 25)
READING_SIZE, LINE_FACTOR = 15, 1.87
TYPE = {  # role: (size, line, weight)
    "interface": (13, 18, 400),
    "secondary": (12, 16, 400),
    "label": (12, 16, 400),
    "key": (12, 16, 600),
    "caption": (11, 16, 400),
    "chip": (11, 16, 600),
    "panel": (13, 18, 600),
    "document": (15, 20, 600),
    "page": (18, 24, 600),
    "welcome": (26, 34, 600),
}
SPACE_4, SPACE_8, SPACE_12, SPACE_16, SPACE_24, SPACE_32 = 4, 8, 12, 16, 24, 32
TREE_ROW, LIST_ROW, TWO_LINE_ROW, MENU_ROW, PANEL_HEAD, DOCUMENT_HEAD, STATUS_ROW, TARGET = (
    25,
    28,
    44,
    40,
    36,
    52,
    26,
    24,
)
RADIUS_SWATCH, RADIUS_CHIP, RADIUS_CONTROL, RADIUS_POPUP = 2, 3, 4, 6
ICON, ICON_STROKE = 16, 1.5
# The transcript: columns, stripes, labels, underlines.
NUMBER_COLUMN, SPEAKER_COLUMN, STRIPE_COLUMN, LABEL_COLUMN, LABEL_KEYS, LABEL_MOST = 36, 100, 24, 110, 62, 280
TEXT_NARROW, TEXT_WIDE, TEXT_LEAST, TEXT_CHARACTERS = 400, 680, 160, 72
STRIPE, STRIPE_PITCH, UNDERLINE, UNDERLINE_PITCH, UNDERLINES = 4, 7, 2, 3, 3
LABEL_ROW, SWATCH, MARK_SIZE, STAR, CHIP_PAD, LABEL_PAD = 19, 8, 11, 10, 4, 6
STRIPE_GAP, TIGHT_STRIPE, TIGHT_PITCH, STRIPE_DASH = 3, 2, 3, 4
SPEAKER_GAP, TEXT_GAP, BEFORE_STRIPES, BEFORE_LABELS, EDGE = 14, 2, 18, 13, 14
UNDERLINE_DROP, HIGHLIGHT_DROP, STRIPE_DROP = 4, 3, 6  # below the base line
OVERLINE = 1  # an emic line stands so far below the upper edge of its line
BASELINE, LIST_INDENT, TAB = 0.555, 1.4, 8  # of the line height; of the size; of the size
HEADING_SIZES = {1: 1.34, 2: 1.2, 3: 1.07}
CARET, LINE_END, BAR = 2, 5, 3
TURN_GAP, PARAGRAPH_GAP, BLANK_LINE = 12, 8, 12
HANDLE = 7  # diameter; the target around it is TARGET

CODE_COLOUR_NAMES = (
    N_("Steel"), N_("Brick"), N_("Sea"), N_("Ochre"), N_("Grape"), N_("Copper"), N_("Olive"), N_("Rose"),
    N_("Mangosteen"), N_("Lavender"), N_("Indigo"), N_("Turquoise"), N_("Moss"), N_("Brown"), N_("Petrol"),
    N_("Terracotta"),
)  # fmt: skip


@dataclass(frozen=True)
class Theme:
    """One set of tokens. `codes` are the sixteen colours of codes, number 1 first."""

    name: str
    window: QColor
    panel: QColor
    page: QColor
    ink: QColor
    ink2: QColor  # labels
    ink3: QColor  # counts, interviewer, line numbers
    accent: QColor
    accent_tint: QColor
    on_accent: QColor
    selection: QColor
    selection_ink: QColor
    border: QColor  # of controls
    separator: QColor
    hover: QColor
    blank: QColor  # a cell without codings
    look_again: QColor
    look_again_tint: QColor
    opposed: QColor
    opposed_tint: QColor
    settled: QColor
    settled_tint: QColor
    supports: QColor
    hinders: QColor
    neutral: QColor
    ambivalent: QColor
    codes: tuple[QColor, ...]
    overlap: tuple[float, ...]  # opacity of 1, 2, 3, 4 and more codings; empty: no highlight
    underline: int = UNDERLINE
    stripe: int = STRIPE
    scale: float = 1.0

    def px(self, size: float) -> int:
        """A size at the person's scale."""
        return round(size * self.scale)

    def code(self, number: int) -> QColor:
        """The colour of a code by its number 1 to 16 (others wrap around)."""
        return self.codes[(number - 1) % len(self.codes)]

    def polarity(self, sign: str | None) -> QColor:
        """The colour of a polarity's shape."""
        tones = {"+": self.supports, "-": self.hinders, "0": self.neutral, "±": self.ambivalent}
        return tones.get(sign or "", self.ink3)

    def letter(self, role: str = "interface") -> tuple[int, int]:
        """Size and weight of one role of the type scale, as `letters` takes them."""
        size, _line, weight = TYPE[role]
        return self.px(size), weight

    def font(self, role: str = "interface") -> QFont:
        """The letters of one role of the type scale."""
        return letters(*self.letter(role))

    def line(self, role: str = "interface") -> int:
        """The line height of one role of the type scale."""
        return self.px(TYPE[role][1])


_OVERLAPS = ((0.13, 0.17, 0.20, 0.24), (0.20, 0.26, 0.30, 0.34), ())


@lru_cache
def theme(name: str = "light", scale: float = 1.0) -> Theme:
    """The tokens of `light`, `dark` or `contrast` at a scale."""
    column = THEMES.index(name)
    values: dict[str, Any] = {role: QColor(colour) for role, colour in tones(name).items()}
    values["codes"] = tuple(QColor(one) for one in code_colours(name))
    if name == "contrast":
        values |= {"underline": 3, "stripe": 6}
    return Theme(name=name, overlap=_OVERLAPS[column], scale=scale, **values)


def mixed(top: QColor, under: QColor, opacity: float) -> QColor:
    """One colour laid over another, in sRGB."""
    keep = 1 - opacity
    return QColor(
        round(top.red() * opacity + under.red() * keep),
        round(top.green() * opacity + under.green() * keep),
        round(top.blue() * opacity + under.blue() * keep),
    )


def overlap_colour(tokens: Theme, red: int, green: int, blue: int, depth: int) -> QColor | None:
    """The highlight of `depth` codings whose stripe colours add up to these sums; none in high contrast."""
    if not tokens.overlap or depth < 1:
        return None
    average = QColor(round(red / depth), round(green / depth), round(blue / depth))
    return mixed(average, tokens.page, tokens.overlap[min(depth, len(tokens.overlap)) - 1])


def highlight(tokens: Theme, colours: Sequence[int]) -> QColor | None:
    """The highlight of codings with these colour numbers."""
    parts = [tokens.code(number) for number in colours]
    sums = (
        sum(part.red() for part in parts),
        sum(part.green() for part in parts),
        sum(part.blue() for part in parts),
    )
    return overlap_colour(tokens, *sums, depth=len(parts))


@lru_cache(maxsize=256)
def letters(size: int, weight: int = 400, italic: bool = False) -> QFont:
    """Noto Sans at a pixel size; 600 is the only weight besides 400. Treat the font as read-only."""
    font = QFont(FAMILY)
    font.setPixelSize(max(1, size))
    font.setWeight(QFont.Weight(weight))
    font.setItalic(italic)
    return font


@cache
def load_fonts() -> None:
    """Make the bundled letters known to Qt, once per process."""
    for file in sorted((Path(__file__).parent / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


def palette(tokens: Theme) -> QPalette:
    """The palette from which Fusion and the style sheet take their colours."""
    result = QPalette()
    role = QPalette.ColorRole
    for name, tone in {
        role.Window: "window", role.Base: "page", role.AlternateBase: "panel", role.Button: "panel",
        role.WindowText: "ink", role.Text: "ink", role.ButtonText: "ink", role.BrightText: "on_accent",
        role.PlaceholderText: "ink3", role.Highlight: "accent_tint", role.HighlightedText: "ink",
        role.ToolTipBase: "panel", role.ToolTipText: "ink", role.Link: "accent", role.LinkVisited: "accent",
        role.Light: "hover", role.Midlight: "separator", role.Mid: "border", role.Dark: "border",
        role.Shadow: "separator", role.Accent: "accent",
    }.items():  # fmt: skip
        result.setColor(name, getattr(tokens, tone))
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        result.setColor(QPalette.ColorGroup.Disabled, name, mixed(tokens.ink3, tokens.page, 0.7))
    return result


def stylesheet(tokens: Theme) -> str:
    """Shapes: radii, paddings, row heights, thin scroll bars. Colours are roles of the palette."""
    px = tokens.px
    return f"""
QMainWindow::separator, QSplitter::handle {{ background: palette(midlight); }}
QSplitter::handle:horizontal {{ width: 1px; }} QSplitter::handle:vertical {{ height: 1px; }}
QFrame {{ border: none; }}
QToolTip {{ border: 1px solid palette(mid); padding: {px(4)}px {px(8)}px; }}
QLineEdit {{ background: palette(base); border: 1px solid palette(mid); border-radius: {px(RADIUS_CONTROL)}px;
  padding: {px(4)}px {px(8)}px; min-height: {px(18)}px; }}
QLineEdit:focus {{ border: 2px solid palette(link); padding: {px(3)}px {px(7)}px; }}
QPushButton, QToolButton {{ background: transparent; border: 1px solid palette(mid);
  border-radius: {px(RADIUS_CONTROL)}px; padding: {px(4)}px {px(12)}px; min-height: {px(18)}px; }}
QToolButton[flat="true"] {{ border: 1px solid transparent; padding: {px(3)}px; }}
QPushButton:hover, QToolButton:hover {{ background: palette(light); }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid palette(link); }}
QPushButton:default {{ background: palette(link); color: palette(bright-text); border-color: palette(link); }}
QMenuBar {{ background: transparent; }}
QMenuBar::item {{ padding: {px(8)}px; border-radius: {px(RADIUS_CONTROL)}px; }}
QMenuBar::item:selected, QMenu::item:selected {{ background: palette(highlight);
  color: palette(highlighted-text); }}
QMenu {{ background: palette(base); border: 1px solid palette(mid); border-radius: {px(RADIUS_POPUP)}px;
  padding: {px(4)}px; }}
QMenu::item {{ padding: {px(5)}px {px(24)}px {px(5)}px {px(12)}px; border-radius: {px(RADIUS_CONTROL)}px; }}
QMenu::separator {{ height: 1px; background: palette(midlight); margin: {px(4)}px {px(8)}px; }}
QTreeView, QListView {{ background: palette(alternate-base); outline: 0; }}
QTreeView::item {{ min-height: {px(TREE_ROW)}px; }} QListView::item {{ min-height: {px(LIST_ROW)}px; }}
QTreeView::item:selected, QListView::item:selected {{ background: palette(highlight); color: palette(text); }}
QTreeView::item:hover:!selected, QListView::item:hover:!selected {{ background: palette(light); }}
QStatusBar {{ min-height: {px(STATUS_ROW)}px; border-top: 1px solid palette(midlight); }}
QStatusBar::item {{ border: none; }}
QScrollBar:vertical {{ width: {px(12)}px; background: transparent; }}
QScrollBar:horizontal {{ height: {px(12)}px; background: transparent; }}
QAbstractScrollArea {{ background: palette(base); }}
QScrollBar::handle {{ background: palette(mid); border-radius: 3px; margin: {px(3)}px; min-height: {px(32)}px;
  min-width: {px(32)}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def dress(application: QApplication, tokens: Theme) -> None:
    """Give the whole program these tokens: Fusion, letters, palette and shapes."""
    load_fonts()
    application.setStyle("Fusion")
    application.setFont(tokens.font())
    application.setPalette(palette(tokens))
    application.setStyleSheet(stylesheet(tokens))
