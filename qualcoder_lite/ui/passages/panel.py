"""The panel of passages under the text: filters as chips, a count, and every coding that they leave in.

Only the lines in sight are read, so that the panel opens at once whatever is found.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStackedWidget, QVBoxLayout, QWidget

from qualcoder_lite.analysis.panels.number_words import CODING, PASSAGE, sentences
from qualcoder_lite.analysis.search.passages import PassageLine, PassageLines
from qualcoder_lite.analysis.search.queries import Found
from qualcoder_lite.i18n import _, n_
from qualcoder_lite.ui.kit import icons, theme
from qualcoder_lite.ui.kit.lists import row_list
from qualcoder_lite.ui.kit.mark_paint import paint_polarity, paint_star
from qualcoder_lite.ui.kit.panel import Head, Hint, paper
from qualcoder_lite.ui.kit.row_paint import Row, chip, elided, width_of
from qualcoder_lite.ui.text.page import POLARITY_WORDS

PERSON_MOST = 0.28  # of the width of a row
CITATION = 84  # pixels of the column of citations; a longer one pushes what follows
KEY = 28  # pixels of the column of codes
LAID_OUT = 400  # rows that are given their place at once; the rest follow while nothing else is done
NOTED = "sticky-note"


class PassagesPanel(QWidget):
    """Head with chips, list of passages."""

    jumped = Signal(object)  # the line to be shown in the text
    entered = Signal(object)  # the line to go to, leaving the list
    typed = Signal(str)  # a letter, while passages are chosen
    came_into_view = Signal()
    resized = Signal()

    def __init__(self, tokens: theme.Theme) -> None:
        """Nothing is asked yet."""
        super().__init__()
        self.tokens = tokens
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._jump)
        self.lines: Sequence[PassageLine] = ()
        self.with_codes = self.with_coders = False
        self.head, self.hint, self.pages = Head(tokens, _("Passages")), Hint(tokens), QStackedWidget()
        self.view, self.model = row_list(tokens, theme.TREE_ROW, self._paint, said)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setLayoutMode(QListView.LayoutMode.Batched)
        self.view.setAccessibleName(_("Passages"))
        self.view.installEventFilter(self)
        self.view.selectionModel().currentChanged.connect(lambda *_index: self._later.start())
        self.view.clicked.connect(lambda _index: self._later.start())
        self._quiet = False
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.pages, 1)
        paper(self, "panel")

    def say_empty(self) -> None:
        """What stands there while nothing is coded."""
        self.hint.say(_("Nothing is coded yet. Select words in the text, then type the name of a code."))

    def say_filtered(self, clear: Callable[[], object]) -> None:
        """What stands there while no passage fits."""
        self.hint.say(_("There are no passages for this filter yet."), _("Clear the filters"), clear)

    def say_of_others(self, coder: str, show_all: Callable[[], object]) -> None:
        """What stands there while only others have coded."""
        words = _("{coder} has coded nothing yet; other coders have.").format(coder=coder)
        self.hint.say(words, _("Show the codings of all coders"), show_all)

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while the panel was hidden is read now."""
        super().showEvent(event)
        self.came_into_view.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The head may have room for more or fewer filters."""
        super().resizeEvent(event)
        self.resized.emit()

    # What is shown

    def show_found(self, lines: PassageLines) -> None:
        """Show what was found; what was chosen stays chosen where it is still there."""
        chosen, current, top = self.chosen(), self.current(), self.view.verticalScrollBar().value()
        row = self.view.currentIndex().row()
        self.lines = lines
        self.head.count.setText(counts_said(lines.found))
        self.head.count.setToolTip(sentences(CODING, PASSAGE))
        codings = lines.found.study.frames.codings
        self.with_codes = len(set(codings.code[lines.found.numbers].tolist())) > 1
        self.with_coders = len(set(codings.coder[lines.found.numbers].tolist())) > 1
        self._later.stop()
        self._quiet = True
        deepest = (
            top // self.tokens.px(theme.TREE_ROW) + self.view.height()
        )  # rows, and more than are in sight
        self.view.setBatchSize(max(LAID_OUT, row + LAID_OUT, deepest))
        self.model.set_rows(lines)
        self.pages.setCurrentIndex(0 if len(lines) else 1)
        self._choose_again(lines, chosen, current.id if current else b"", row)
        self.view.verticalScrollBar().setValue(top)
        self._quiet = False

    def _choose_again(self, lines: PassageLines, chosen: list[bytes], current: bytes, row: int) -> None:
        if not chosen:
            return
        places = lines.places()
        rows = sorted(places[one] for one in chosen if one in places)
        flags = QItemSelectionModel.SelectionFlag
        if not rows and len(lines):
            rows = [min(row, len(lines) - 1)]  # what was chosen is gone: the next one takes its place
        self.view.selectionModel().select(_selection(self.model.index, rows), flags.ClearAndSelect)
        at = places.get(current, rows[0] if rows else -1)
        if at >= 0:
            self.view.selectionModel().setCurrentIndex(self.model.index(at), flags.NoUpdate)

    # What is chosen

    def chosen(self) -> list[bytes]:
        """The ids of the chosen passages, in order."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedIndexes())
        if isinstance(self.lines, PassageLines):
            ids, numbers = self.lines.found.study.frames.codings.id, self.lines.found.numbers
            return [ids[numbers[row]] for row in rows]
        return []

    def current(self) -> PassageLine | None:
        """The line at which the list stands."""
        row = self.view.currentIndex().row()
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def _jump(self) -> None:
        line = self.current()
        if line is not None and not self._quiet and len(self.view.selectionModel().selectedIndexes()) <= 1:
            self.jumped.emit(line)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes to the text, a letter recodes."""
        if watched is self.view and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            line, plain = self.current(), not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if line is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.entered.emit(line)
                return True
            if event.text().isalpha() and plain and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.typed.emit(event.text())
                return True
        return super().eventFilter(watched, event)

    # Painting

    def _paint(self, row: Row, line: PassageLine) -> None:
        """Citation, polarity, code where there are several, quote; at the right memo, star, person."""
        px = self.tokens.px
        wide = chip(row.painter, line.place, row.left, row.middle, self.tokens) + px(theme.SPACE_8)
        row.left += max(wide, px(CITATION))
        side = px(theme.MARK_SIZE)
        paint_polarity(
            row.painter, QRectF(row.left, row.middle - side / 2, side, side), line.sign, self.tokens
        )
        row.left += side + px(theme.SPACE_8)
        width = int(row.box.width() * PERSON_MOST)
        person = line.person if not self.with_coders else f"{line.person} · {line.coder}"
        row.words_right(elided(person, width, self.tokens, "secondary"))
        if line.starred:
            size = px(theme.STAR)
            row.right -= size
            place = QRectF(row.right, row.middle - size / 2, size, size).topLeft()
            paint_star(row.painter, place, size, self.tokens.ink2)
            row.right -= px(theme.SPACE_8)
        if line.memo:
            side = px(theme.SPACE_12)
            row.right -= side
            box = QRectF(row.right, round(row.middle - side / 2), side, side)
            icons.draw(row.painter, NOTED, self.tokens.ink3, box)
            row.right -= px(theme.SPACE_8)
        if self.with_codes:
            left = row.left + max(px(KEY), width_of(line.key, self.tokens, "key") + px(theme.SPACE_8))
            row.words(line.key, "key", "ink2")
            row.left = left
        row.words(line.quote)


def _selection(index: Callable[[int], object], rows: Sequence[int]) -> QItemSelection:
    """A selection of rows, in order, with as few ranges as there are gaps."""
    made, first = QItemSelection(), 0
    for number, row in enumerate(rows):
        if number + 1 == len(rows) or rows[number + 1] != row + 1:
            made.select(index(rows[first]), index(row))  # type: ignore[arg-type]
            first = number + 1
    return made


def said(line: PassageLine) -> str:
    """A line as it is read aloud."""
    parts = [line.place, line.key, _(POLARITY_WORDS[line.sign]), line.quote, line.person]
    if line.starred:
        parts.insert(3, _("chosen"))
    return ", ".join(parts)


def counts_said(found: Found) -> str:
    """What was found: codings, which other programs call segments, before passages and sources."""
    codings, passages, sources = len(found.numbers), found.passages, found.sources
    parts = [
        n_("{n} coding", "{n} codings", codings).format(n=codings),
        n_("{n} passage", "{n} passages", passages).format(n=passages),
        n_("{n} source", "{n} sources", sources).format(n=sources),
    ]
    return " · ".join(parts)
