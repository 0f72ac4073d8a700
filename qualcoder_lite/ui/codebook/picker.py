"""Choosing a code by typing: the popup under the selected words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qualcoder_lite.analysis.panels.lists import CodeLine
from qualcoder_lite.i18n import N_, _, n_
from qualcoder_lite.ui.codebook.match import Match, matching
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.lists import Rows
from qualcoder_lite.ui.kit.mark_paint import paint_polarity, paint_star, paint_swatch
from qualcoder_lite.ui.kit.overlay import Overlay
from qualcoder_lite.ui.kit.panel import IconLine, label, line_across
from qualcoder_lite.ui.kit.row_paint import Row, elided, ground, width_of, write
from qualcoder_lite.ui.text.page import POLARITY_WORDS

WIDTH, MOST_ROWS, RECENT = 348, 9, 5
EMIC, ETIC = "emic", "etic"
NONE_FITS = N_("No code fits. Enter twice makes a new one.")
_OWN_KEY = "Ctrl I"  # makes a new code from informants at once
SIGNS = {"+": "+", "-": "-", "0": "0", "/": "±", "±": "±", "−": "-"}


@dataclass(frozen=True)
class Offer:
    """A row of the picker: a code, a new code (`make` emic or etic, with its name), or a heading."""

    match: Match | None = None
    make: str = ""
    name: str = ""
    heading: str = ""
    keys: str = ""


@dataclass(frozen=True)
class Picked:
    """What was chosen: a code, or the name of a new one; with polarity and star where these were typed."""

    code: bytes | None
    make: str = ""
    name: str = ""
    polarity: str | None = None
    starred: bool = False


def offers(lines: Sequence[CodeLine], typed: str, recent: Sequence[bytes], quote: str) -> list[Offer]:
    """The rows: codes that fit what was typed, the words themselves, codes used lately, and new ones.

    Without anything typed the codes used lately come first, then the codebook. Where no code fits, a heading
    says so first.
    """
    by_id = {line.id: line for line in lines}
    wanted = typed.strip()
    found = [match.line for match in matching(lines, typed, recent)] if wanted else []
    bold = {match.line.id: match.bold for match in matching(lines, typed, recent)} if wanted else {}
    used = [by_id[code] for code in recent if code in by_id and by_id[code] not in found][:RECENT]
    words = [Offer(make=EMIC, name=quote, keys="" if wanted else _OWN_KEY)] if quote else []
    late = [Offer(heading=_("Used lately")), *map(_code_offer, used)] if used else []
    if not wanted:
        rest = [line for line in lines if line not in used]
        head = [Offer(heading=_("Codebook"))] if rest and (late or words) else []
        return late + words + head + list(map(_code_offer, rest))
    hits = [Offer(Match(line, 0, bold[line.id]), keys=line.shortcut or "") for line in found]
    exact = any(wanted.lower() in (line.key.lower(), line.name.lower()) for line in lines)
    new = [] if exact else [Offer(make=EMIC, name=wanted, keys=_OWN_KEY), Offer(make=ETIC, name=wanted)]
    none = [] if hits else [Offer(heading=_(NONE_FITS))]
    return [*hits, *(words + new if hits else none + new + words), *late]


def is_polarity(lines: Sequence[CodeLine], typed: str, sign: str) -> bool:
    """Tell whether a sign after what was typed means a polarity: behind nothing, a space, or a whole code.

    `k1+` is K1 with `+`, unless a key or name goes on with the sign; a `0` behind a key is a digit of it.
    """
    if not typed or typed.endswith(" "):
        return True
    said = typed.strip().lower()
    names = [name.lower() for line in lines for name in (line.key, line.name)]
    return sign != "0" and said in names and not any(name.startswith(said + sign) for name in names)


def _code_offer(line: CodeLine) -> Offer:
    return Offer(Match(line, 0), keys=line.shortcut or "")


class _Rows(Rows):
    def flags(self, index: Any) -> Qt.ItemFlag:
        if self.rows[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def said(offer: Offer) -> str:
    """A row as it is read aloud."""
    if offer.match is not None:
        return offer.match.line.called
    if not offer.make:
        return offer.heading
    return f"{_make_words(offer.make)} “{offer.name}”"


def _make_words(make: str) -> str:
    return _("New code from informants") if make == EMIC else _("New code from theory")


class _Delegate(QStyledItemDelegate):
    def __init__(self, tokens: theme.Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.tokens = tokens

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Any) -> QSize:
        return QSize(40, self.tokens.px(theme.LIST_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        offer: Offer = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        row = Row(painter, option.rect, self.tokens)
        if offer.heading:
            row.words(offer.heading, "secondary", "ink2")
        else:
            ground(painter, option, self.tokens)
            _paint_offer(row, offer)
        painter.restore()


def _paint_offer(row: Row, offer: Offer) -> None:
    tokens = row.tokens
    if offer.keys:
        row.key_cap_right(offer.keys)
    box = row.square(10)
    if offer.match is None:
        paint_swatch(row.painter, box, tokens.ink2, emic=offer.make == EMIC)
        row.words(_make_words(offer.make))
        row.words(f"“{offer.name}”", "interface", "ink2", italic=True)
        return
    line = offer.match.line
    paint_swatch(row.painter, box, tokens.code(line.colour), emic=line.perspective == "emic")
    row.words(line.key, "panel")
    if line.name != line.key:
        _bold_words(row, line.name, offer.match.bold)


def _bold_words(row: Row, words: str, bold: tuple[int, ...]) -> None:
    """A name with the typed letters in heavier ones."""
    shown = elided(words, row.right - row.left, row.tokens)
    at = 0
    while at < len(shown):
        heavy = at in bold
        end = at
        while end < len(shown) and (end in bold) == heavy:
            end += 1
        role, part = ("panel" if heavy else "interface"), shown[at:end]
        write(row.painter, part, row.left, row.middle, row.tokens.font(role), row.tokens.ink)
        row.left += width_of(part, row.tokens, role)
        at = end


class _Sign(QToolButton):
    """A polarity to click; its key stands beside its shape."""

    def __init__(self, tokens: theme.Theme, sign: str, key: str) -> None:
        super().__init__()
        self.tokens, self.sign, self.key = tokens, sign, key
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedSize(tokens.px(38), tokens.px(theme.TARGET))
        self.setAccessibleName(_(POLARITY_WORDS[sign]) if sign != "*" else _("starred"))
        self.setToolTip(f"{self.accessibleName()} ({key})")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), self.tokens
        if self.isChecked() or self.underMouse():
            painter.fillRect(self.rect(), tokens.accent_tint if self.isChecked() else tokens.hover)
        if self.isChecked():
            painter.setPen(QPen(tokens.accent, 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        side = tokens.px(theme.MARK_SIZE)
        box = QRectF(tokens.px(6), (self.height() - side) // 2, side, side)
        if self.sign == "*":
            paint_star(painter, box.topLeft(), side, tokens.ink2)
        else:
            paint_polarity(painter, box, self.sign, tokens)
        x = box.right() + tokens.px(5)
        write(painter, self.key, x, self.height() / 2, tokens.font("caption"), tokens.ink2)
        painter.end()


class Picker(Overlay):
    """The popup; `chosen` is called with what was picked; where it returns False, the box stays."""

    def __init__(
        self,
        tokens: theme.Theme,
        lines: Sequence[CodeLine],
        recent: Sequence[bytes],
        quote: str,
        chosen: Callable[[Picked], object],
        window: QWidget,
        only: str = "",
    ) -> None:
        """A picker for these codes; `quote` are the words to be coded.

        `only` names what a code is chosen for where it is not for coding: then no new one can be made.
        """
        super().__init__(tokens, only or _("Choose a code"), window)
        self._only = only
        self._lines, self._recent, self._chosen = lines, recent, chosen
        self._quote = " ".join(quote.split())
        asked = only or _("Type a key or a name")
        self.words, self.list, self.model = IconLine(tokens, "search", asked), QListView(), _Rows(self, said)
        self.words.installEventFilter(self)
        self.words.textChanged.connect(lambda _words: self._show())
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Delegate(tokens, self))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda _index: self.take())
        self._lay_out()
        self._show()

    def _lay_out(self) -> None:
        px = self.tokens.px
        column = QVBoxLayout(self)
        column.setContentsMargins(1, px(8), 1, px(4))
        column.setSpacing(px(4))
        upper = QHBoxLayout()
        upper.setContentsMargins(px(8), 0, px(8), 0)
        upper.addWidget(self.words)
        number = len(self._quote)
        words = n_("{number} character", "{number} characters", number).format(number=number)
        self.size_words = label(self.tokens, words if number else "", "secondary", "ink3")
        upper.addWidget(self.size_words)
        column.addLayout(upper)
        column.addWidget(self.list, 1)
        footer = QWidget()
        self._footer(QHBoxLayout(footer))
        column.addWidget(line_across())
        column.addWidget(footer)
        footer.setVisible(not self._only)

    def _footer(self, row: QHBoxLayout) -> None:
        row.setContentsMargins(self.tokens.px(12), 0, self.tokens.px(12), 0)
        row.setSpacing(self.tokens.px(2))
        row.addWidget(label(self.tokens, _("Polarity"), "secondary", "ink2"))
        self.signs = {
            sign: _Sign(self.tokens, sign, key)
            for sign, key in (("+", "+"), ("-", "−"), ("0", "0"), ("±", "/"))
        }
        for sign, button in self.signs.items():
            row.addWidget(button)
            button.clicked.connect(lambda on, sign=sign: self._set_sign(sign if on else ""))
        row.addStretch(1)
        self.star = _Sign(self.tokens, "*", "*")
        row.addWidget(self.star)
        row.addWidget(label(self.tokens, "Esc", "secondary", "ink3"))

    def open_under(self, words: QRect, typed: str = "") -> None:
        """Open beside words of the window, with something typed already."""
        self.words.setText(typed)
        self.open_at(words, self.tokens.px(WIDTH), self._height(MOST_ROWS))
        self._show()
        self.words.setFocus()
        self.words.end(False)

    def _height(self, rows: int) -> int:
        return self.tokens.px(8 + 34 + 8 + 28 + 8) + min(MOST_ROWS, rows) * self.tokens.px(theme.LIST_ROW)

    def _show(self) -> None:
        """Show the rows for what was typed; the box is as high as they are, its near edge stays."""
        rows = offers(self._lines, self.words.text(), self._recent, self._quote)
        if self._only:
            rows = [row for row in rows if not row.make and row.heading != _(NONE_FITS)]
        self.model.set_rows(rows)
        self._choose_first_code(rows)
        if self.isVisible():
            box = self.geometry()
            height = min(self._height(len(rows)), self.window().height() - 2 * self.tokens.px(theme.SPACE_8))
            top = box.bottom() + 1 - height if self.is_above else box.top()
            self.place(QRect(box.left(), top, box.width(), height))

    def _choose_first_code(self, rows: Sequence[Offer]) -> None:
        """Choose the first row where it is a code: a new one is made only on purpose."""
        first = next((number for number, row in enumerate(rows) if not row.heading), -1)
        if first >= 0 and rows[first].match is not None:
            self._choose(first, 1)

    def _choose(self, row: int, step: int) -> None:
        """Choose the row, or the next beyond it that is no heading."""
        rows = self.model.rows
        while 0 <= row < len(rows) and rows[row].heading:
            row += step
        if 0 <= row < len(rows):
            self.list.setCurrentIndex(self.model.index(row, 0))

    def _set_sign(self, sign: str) -> None:
        for other, button in self.signs.items():
            button.setChecked(other == sign)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the line: up and down choose, Enter takes, signs set the polarity."""
        if watched is self.words and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self._makes_new(event):
                event.accept()  # else the window's command of this key codes, without the name typed here
                return True
            if event.type() == QEvent.Type.KeyPress:
                return self._key(event)
        return super().eventFilter(watched, event)

    def _makes_new(self, event: QKeyEvent) -> bool:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        return not self._only and event.key() == Qt.Key.Key_I and bool(control)

    def _key(self, event: QKeyEvent) -> bool:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: MOST_ROWS - 1,
            Qt.Key.Key_PageUp: 1 - MOST_ROWS,
        }
        key, typed = Qt.Key(event.key()), self.words.text()
        if key in steps:
            step = steps[key]
            row = self.list.currentIndex().row() + step
            self._choose(min(max(row, 0), len(self.model.rows) - 1), 1 if step > 0 else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
        elif self._only:
            return False
        elif self._makes_new(event):
            self._end(Picked(None, EMIC, typed.strip() or self._quote, self._sign(), self.star.isChecked()))
        elif event.text() in SIGNS and is_polarity(self._lines, typed, event.text()):
            sign = SIGNS[event.text()]
            self._set_sign("" if self.signs[sign].isChecked() else sign)
        elif event.text() == "*":
            self.star.toggle()
        else:
            return False
        return True

    def _sign(self) -> str | None:
        return next((sign for sign, button in self.signs.items() if button.isChecked()), None)

    def take(self) -> None:
        """Take the row that is chosen; where none is, because no code fits, choose the first one instead."""
        index: QModelIndex = self.list.currentIndex()
        if not index.isValid():
            self._choose(0, 1)
            return
        offer = self.model.rows[index.row()]
        code = offer.match.line.id if offer.match else None
        self._end(Picked(code, offer.make, offer.name, self._sign(), self.star.isChecked()))

    def _end(self, picked: Picked) -> None:
        if self._chosen(picked) is not False:
            self.end()
