"""The check before the defence: every list that it makes, each hint with a jump to what it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QVBoxLayout, QWidget

from qualcoder_lite.analysis.conclusions.defence import check_in_words
from qualcoder_lite.analysis.conclusions.hints import Hint
from qualcoder_lite.i18n import _, n_
from qualcoder_lite.ui.kit import icons, theme
from qualcoder_lite.ui.kit.panel import Head, label, line_across, paper
from qualcoder_lite.ui.kit.row_paint import Row, TreeDelegate, width_of, wrapped, write
from qualcoder_lite.ui.kit.tree import Node, Tree, TreeModel

HIGH, MANY = 42, 200  # pixels of a row; hints of one list that are shown


class CheckTree(Tree):
    """The lists; a click on a list opens it, a click on a hint jumps."""

    def __init__(self, tokens: theme.Theme) -> None:
        """No lists yet."""
        super().__init__(TreeModel(), tokens)
        self.rows.setParent(self)
        self.setItemDelegate(TreeDelegate(tokens, HIGH, paint, self))
        self.setAccessibleName(_("Check before the defence"))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a hint jumps."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.rows.node(index).parent is not self.rows.root:
            self.row_activated.emit(self.rows.node(index).key)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a list opens or closes it."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.rows.node(index).children:
            self.setCurrentIndex(index)
            self.setExpanded(index, not self.isExpanded(index))
            return
        super().mousePressEvent(event)


class ChecksPanel(QWidget):
    """The panel at the right."""

    jumped = Signal(object)  # a Hint

    def __init__(self, tokens: theme.Theme) -> None:
        """Nothing was checked yet."""
        super().__init__()
        self.tokens = tokens
        paper(self, "panel")
        self.head = Head(tokens, _("Check before the defence"))
        self.head.count.hide()  # the summary says it, and two tools stand beside a long title
        self.head.row.setSpacing(tokens.px(theme.SPACE_4))
        self.summary = label(tokens, "", "caption", "ink2")
        self.summary.setWordWrap(True)
        self.tree = CheckTree(tokens)
        self.hints: dict[str, Hint] = {}
        self.tree.row_activated.connect(self._activated)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        words = QVBoxLayout()
        words.setContentsMargins(tokens.px(12), 0, tokens.px(12), tokens.px(8))
        words.addWidget(self.summary)
        column.addLayout(words)
        column.addWidget(line_across())
        column.addWidget(self.tree, 1)

    def show_found(self, found: Mapping[str, Sequence[Hint]]) -> None:
        """Show every list; those with something to read come first in each state of being open."""
        self.hints = {}
        roots = []
        for kind, hints in found.items():
            nodes = [self._node(kind, number, hint) for number, hint in enumerate(hints[:MANY])]
            words = check_in_words(kind)
            roots.append(Node(kind, (words, len(hints)), f"{words}: {len(hints)}", nodes))
        known = {node.key for node in self.tree.rows.root.children}
        self.tree.closed |= {node.key for node in roots} - known
        self.tree.show_rows(roots)
        open_, done = sum(bool(h) for h in found.values()), sum(not h for h in found.values())
        said = n_("{n} list to read", "{n} lists to read", open_).format(n=open_)
        settled = n_("{n} settled", "{n} settled", done).format(n=done)
        nothing = _("Nothing needs to be read. Ready for the defence.")
        hint = _("Hints only; nothing is blocked.")
        self.summary.setText(f"{said}, {settled}. {hint}" if open_ else nothing)

    def _node(self, kind: str, number: int, hint: Hint) -> Node:
        key = f"{kind}:{number}"
        self.hints[key] = hint
        return Node(key, hint, hint.what)

    def _activated(self, key: Any) -> None:
        hint = self.hints.get(str(key))
        if hint is not None:
            self.jumped.emit(hint)
            return
        index = self.tree.rows.index_of(key)
        self.tree.setExpanded(index, not self.tree.isExpanded(index))


def paint(row: Row, node: Node, _option: QStyleOptionViewItem) -> None:
    """A list with its number, or a hint below it."""
    tokens, px = row.tokens, row.tokens.px
    if isinstance(node.row, Hint):
        lines = wrapped(node.row.what, row.right - row.left - px(24), 2, *tokens.letter("secondary"), False)
        _lines(row, lines, row.left + px(24), "secondary", "ink2")
        return
    words, number = node.row
    side = px(14)
    box = QRectF(row.left, round(row.middle - side / 2), side, side)
    tone, icon = (tokens.look_again, "triangle-alert") if number else (tokens.settled, "check")
    icons.draw(row.painter, icon, tone, box)
    count = str(number) if number else _("settled")
    role = "key" if number else "caption"
    left, right = row.left + px(24), row.right - width_of(count, tokens, role)
    ink = tokens.ink if number else tokens.ink3
    write(row.painter, count, right, row.middle, tokens.font(role), ink)
    lines = wrapped(words, int(right - left - px(8)), 2, *tokens.letter("secondary"), False)
    _lines(row, lines, left, "secondary", "ink" if number else "ink2")


def _lines(row: Row, lines: Sequence[str], left: float, role: str, tone: str) -> None:
    tokens = row.tokens
    for number, line in enumerate(lines):
        middle = row.middle + (number - (len(lines) - 1) / 2) * tokens.px(16)
        write(row.painter, line, left, middle, tokens.font(role), getattr(tokens, tone))
