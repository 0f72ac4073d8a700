"""The codebook as a tree: codes from theory and, below them, codes in the informants' words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QLabel, QStyleOptionViewItem

from qualcoder_lite.analysis.panels.lists import CodeLine
from qualcoder_lite.analysis.panels.number_words import BELOW, CODING, IN_MATRICES, codings_said, sentences
from qualcoder_lite.i18n import _, n_
from qualcoder_lite.ui.codebook.moves import AFTER, BEFORE, ON, Move, planned
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.mark_paint import paint_swatch
from qualcoder_lite.ui.kit.panel import paper, tint
from qualcoder_lite.ui.kit.row_paint import Row, TreeDelegate
from qualcoder_lite.ui.kit.tree import Node, Tree, TreeModel, walk
from qualcoder_lite.ui.text.mouse import SELECTION_DRAG
from qualcoder_lite.ui.text.view import CODE_DRAG

ETIC, EMIC = "section:etic", "section:emic"
CODES_DRAG = "application/x-qualcoder-lite-codes"  # the ids of all dragged codes
_EDGE = 0.28  # of a row: above and below it a code is dropped between rows
_SWATCH, _STEP = 10, 14  # pixels: the square of a code, the indentation of a level
_COUNT_COLUMN = 20


def code_words(line: CodeLine) -> str:
    """A code as it is read aloud."""
    number = n_("{number} coding", "{number} codings", line.codings).format(number=line.codings)
    parts = [line.called, number]
    if line.links:
        parts.append(_("linked to {codes}").format(codes=", ".join(line.links)))
    return ", ".join(parts)


def code_tip(node: Node) -> str:
    """What the number of a row counts."""
    line = node.row
    if not isinstance(line, CodeLine):
        head, number = line
        return f"{head}: {codings_said(number)}\n{sentences(CODING)}"
    apart = _("{own} with this code itself").format(own=codings_said(line.own))
    number = f"{line.called}: {codings_said(line.codings)}"
    said = f"{number} ({apart})" if line.own != line.codings else number
    return f"{said}\n{sentences(BELOW, IN_MATRICES)}"


def code_nodes(lines: Sequence[CodeLine], wanted: str = "") -> list[Node]:
    """The rows of the codebook under their two headings; where words are given, those that fit them."""
    shown = fitting(lines, wanted)
    nodes: dict[bytes, Node] = {}
    sections: dict[str, list[Node]] = {"etic": [], "emic": []}
    for line in shown:
        node = nodes[line.id] = Node(line.id, line, code_words(line), editable=True)
        above = nodes.get(line.parent) if line.parent else None
        (above.children if above else sections["emic" if line.perspective == "emic" else "etic"]).append(node)
    heads = {"etic": _("Codes from theory"), "emic": _("Codes from informants")}
    roots = []
    for perspective, members in sections.items():
        if members:
            number = sum(node.row.own for node in walk(members))
            key = ETIC if perspective == "etic" else EMIC
            roots.append(
                Node(key, (heads[perspective], number), heads[perspective], members, selectable=False)
            )
    return roots


def fitting(lines: Sequence[CodeLine], wanted: str) -> list[CodeLine]:
    """The codes whose key or name has all of these words, with those above and below them."""
    words = wanted.lower().split()
    if not words:
        return list(lines)
    by_id = {line.id: line for line in lines}
    kept: set[bytes] = set()
    hit: set[bytes] = set()
    for line in lines:
        said = f"{line.key} {line.name}".lower()
        if all(part in said for part in words) or line.parent in hit:
            hit.add(line.id)
            above: bytes | None = line.id
            while above is not None:
                kept.add(above)
                above = by_id[above].parent
    return [line for line in lines if line.id in kept]


def paint_code(row: Row, node: Node, tree: CodeTree) -> None:
    """Chevron, swatch, key, name, link, key cap, count."""
    if not isinstance(node.row, CodeLine):
        _paint_section(row, node)
        return
    line, tokens = node.row, row.tokens
    row.words_right(str(line.codings) if line.codings else "", least=_COUNT_COLUMN)
    if line.shortcut:
        row.key_cap_right(line.shortcut)
    emic = line.perspective == "emic"
    if emic:
        row.words_right("→ " + ", ".join(line.links) if line.links else _("not linked"), "caption")
    row.left = row.box.left() + tokens.px(theme.SPACE_12) + tokens.px(_STEP) * (node.depth - 1)
    if node.children:
        row.chevron(tree.isExpanded(tree.rows.index_of(node.key)))
    else:
        row.skip(theme.SPACE_12 + 6)
    _paint_swatch(row, node, line)
    quiet = line.id in tree.hidden
    row.words(line.key, "panel", "ink3" if quiet else "ink")
    row.words(
        line.name if line.name != line.key else "", "interface", "ink3" if quiet else "ink", italic=emic
    )


def _paint_section(row: Row, node: Node) -> None:
    words, number = node.row
    row.words_right(str(number))
    row.words(words, "secondary", "ink2")


def _paint_swatch(row: Row, node: Node, line: CodeLine) -> None:
    """A square for a top code, a bar for one below it, a dashed square for an emic one."""
    colour = row.tokens.code(line.colour)
    box = row.square(_SWATCH)
    if line.perspective == "emic":
        paint_swatch(row.painter, box, colour, emic=True)
    elif node.depth > 1:
        bar = QRectF(box.right() - row.tokens.px(4), box.top() - 2, row.tokens.px(4), box.height() + 4)
        paint_swatch(row.painter, bar, colour, emic=False)
    else:
        paint_swatch(row.painter, box, colour, emic=False)


class CodeTree(Tree):
    """The tree of the codebook; `hidden` are the codes that the text does not show."""

    moved = Signal(object)  # the Move that was dropped
    planned = Signal(str)  # the sentence that says what dropping here would do; empty: nothing
    words_dropped = Signal(object)  # selected words were dropped on this code

    def __init__(self, tokens: theme.Theme) -> None:
        """An empty codebook."""
        super().__init__(TreeModel(), tokens)
        self.rows.setParent(self)
        self.lines: Sequence[CodeLine] = ()
        self.hidden: set[bytes] = set()
        self._drop: tuple[bytes, str] | None = None
        self._carried: list[bytes] = []  # what a drag that begins now takes along
        self._shown: bytes | None = (
            None  # the only chosen code, where the program chose it and not the person
        )
        self.setItemDelegate(TreeDelegate(tokens, theme.TREE_ROW, self._paint_row, self))
        self.rows.tip = code_tip
        self.rows.edit_words = lambda node: node.row.name
        self.rows.drag_flags = Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
        self.chevron_left = lambda node: tokens.px(theme.SPACE_8 + _STEP * (node.depth - 1))
        self.setSelectionMode(self.SelectionMode.ExtendedSelection)
        self.setAccessibleName(_("Codebook"))
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)

    def _paint_row(self, row: Row, node: Node, _option: QStyleOptionViewItem) -> None:
        paint_code(row, node, self)

    # Choosing

    def choose(self, key: Any) -> None:
        """Make a row the current one; as the person did not choose it, Ctrl adds nothing to it."""
        super().choose(key)
        self._shown = key

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Whoever moves by keys chooses by hand."""
        self._shown = None
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note what a drag takes along: the code under the mouse, or all that were chosen with it."""
        if self._shown is not None and self.chosen_keys() == [self._shown]:
            self.clearSelection()
        self._shown = None
        pressed, chosen = self.rows.node(self.indexAt(event.position().toPoint())).key, self.chosen_keys()
        codes = chosen if pressed in chosen else [pressed]
        self._carried = [key for key in codes if isinstance(key, bytes)]
        super().mousePressEvent(event)

    # Dragging

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Carry the code under the mouse, or several that were chosen by hand, to other codes or to words."""
        carried = [key for key in self._carried if key in self.rows.by_key]
        if not carried:
            return
        if len(carried) == 1:
            only = self.rows.index_of(carried[0])  # what is dragged is what is seen chosen, Ctrl or not
            self.selectionModel().setCurrentIndex(only, self.selectionModel().SelectionFlag.ClearAndSelect)
        drag, data = QDrag(self), QMimeData()
        data.setData(CODE_DRAG, carried[0])
        data.setData(CODES_DRAG, b"".join(carried))
        drag.setMimeData(data)
        drag.setPixmap(self._picture(carried))
        drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction)
        self._point(None)

    def _picture(self, carried: Sequence[bytes]) -> QPixmap:
        """The keys of the codes that are dragged, to be seen at the pointer."""
        words = ", ".join(line.key for line in self.lines if line.id in carried)
        made = QLabel(words)
        made.setFont(self.tokens.font("panel"))
        made.setMargin(self.tokens.px(theme.SPACE_4))
        tint(made, self.tokens.ink)
        paper(made, "news")
        made.adjustSize()
        return made.grab()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take codes of this tree and words of the text."""
        data = event.mimeData()
        event.setAccepted(data.hasFormat(CODES_DRAG) or data.hasFormat(SELECTION_DRAG))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Say what dropping here would do."""
        place = event.position().toPoint()
        node = self.rows.node(self.indexAt(place))
        if event.mimeData().hasFormat(SELECTION_DRAG):
            on_code = isinstance(node.row, CodeLine)
            self._point((node.key, ON) if on_code else None)
            words = _("Code the selected words with {code}.").format(code=node.row.called) if on_code else ""
            self.planned.emit(words)
            event.setAccepted(on_code)
            return
        move = self._move_at(event)
        self._point((move.target, self._zone(place) if move.kind == "move" else ON) if move else None)
        self.planned.emit(move.sentence if move else "")
        event.setAccepted(move is not None)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Nothing would happen."""
        self._point(None)
        self.planned.emit("")

    def dropEvent(self, event: QDropEvent) -> None:
        """Do it."""
        node = self.rows.node(self.indexAt(event.position().toPoint()))
        move = None if event.mimeData().hasFormat(SELECTION_DRAG) else self._move_at(event)
        self._point(None)
        self.planned.emit("")
        if move is not None:
            event.acceptProposedAction()
            self.moved.emit(move)
        elif isinstance(node.row, CodeLine) and event.mimeData().hasFormat(SELECTION_DRAG):
            event.acceptProposedAction()
            self.words_dropped.emit(node.key)

    def _move_at(self, event: QDropEvent) -> Move | None:
        """The move that dropping at the place of an event means; Control merges."""
        packed = bytes(event.mimeData().data(CODES_DRAG).data())
        dragged = [packed[at : at + 16] for at in range(0, len(packed), 16)]
        place = event.position().toPoint()
        node = self.rows.node(self.indexAt(place))
        if not isinstance(node.row, CodeLine):
            return None
        merging = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        return planned(self.lines, dragged, node.key, self._zone(place), merging)

    def _zone(self, place: QPoint) -> str:
        """Above, on or below the middle of the row at a place."""
        box = self.visualRect(self.indexAt(place))
        share = (place.y() - box.top()) / max(1, box.height())
        return BEFORE if share < _EDGE else AFTER if share > 1 - _EDGE else ON

    def _point(self, drop: tuple[bytes, str] | None) -> None:
        if drop != self._drop:
            self._drop = drop
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, and where a drop would go."""
        super().paintEvent(event)
        if self._drop is None:
            return
        key, zone = self._drop
        box = self.visualRect(self.rows.index_of(key))
        painter = QPainter(self.viewport())
        painter.setPen(QPen(self.tokens.accent, 2))
        if zone == ON:
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        else:
            y = box.top() if zone == BEFORE else box.bottom()
            painter.drawLine(box.left() + self.tokens.px(theme.SPACE_12), y, box.right(), y)
        painter.end()
