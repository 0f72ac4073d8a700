"""Trees of plain rows: one model for sources, informants and codes, and the view that shows it.

Branches, indentation and everything else in a row is painted by the delegate, so that rows look alike
everywhere. A refresh that leaves the rows in place keeps what is open and chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QApplication, QTreeView, QWidget

from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.row_typing import TypingDelegate

ROW = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(eq=False)
class Node:
    """A row with those below it; `key` tells it apart from all others of the tree."""

    key: Any
    row: Any
    words: str  # what is read aloud, and what is searched by typing
    children: list[Node] = field(default_factory=list)
    selectable: bool = True
    editable: bool = False
    parent: Node | None = None
    depth: int = 0

    def place(self) -> int:
        """Which of its parent's rows it is."""
        return self.parent.children.index(self) if self.parent else 0


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """All nodes, each before those below it."""
    for node in nodes:
        yield node
        yield from walk(node.children)


class TreeModel(QAbstractItemModel):
    """The rows of a tree."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """No rows."""
        super().__init__(parent)
        self.root = Node(None, None, "")
        self.by_key: dict[Any, Node] = {}
        self.edit_words: Callable[[Node], str] = lambda node: node.words
        # gets the node's key and the words typed, and tells whether they are kept
        self.rename: Callable[[Any, str], bool] = lambda _key, _words: True
        self.tip: Callable[[Node], str] = lambda _node: ""  # what stands under the mouse
        self.drag_flags = Qt.ItemFlag.NoItemFlags

    def set_rows(self, roots: list[Node]) -> bool:
        """Show these rows; returns False where rows came, went or moved, so that views were reset."""
        for node in walk(roots):
            for place in node.children:
                place.parent, place.depth = node, node.depth + 1
        new = Node(None, None, "", roots)
        for node in roots:
            node.parent = new
        same = _shape(new) == _shape(self.root)
        if same:
            self._take_over(new)
            return True
        self.beginResetModel()
        self.root = new
        self.by_key = {node.key: node for node in walk(roots)}
        self.endResetModel()
        return False

    def _take_over(self, new: Node) -> None:
        """Put new rows into the nodes that stand, and tell those that differ."""
        for old, fresh in zip(walk(self.root.children), walk(new.children), strict=True):
            if old.row != fresh.row or old.words != fresh.words:
                old.row, old.words = fresh.row, fresh.words
                old.selectable, old.editable = fresh.selectable, fresh.editable
                index = self.index_of(old.key)
                self.dataChanged.emit(index, index)

    def node(self, index: Index) -> Node:
        """The node at an index; the root where it is not valid."""
        return index.internalPointer() if index.isValid() else self.root

    def index_of(self, key: Any) -> QModelIndex:
        """The index of the row with this key; an invalid one where there is none."""
        node = self.by_key.get(key)
        return QModelIndex() if node is None else self.createIndex(node.place(), 0, node)

    # What Qt asks

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        """The index of a child."""
        children = self.node(parent).children
        return self.createIndex(row, column, children[row]) if 0 <= row < len(children) else QModelIndex()

    def parent(self, index: Index = QModelIndex()) -> Any:  # noqa: B008
        """The index of the parent."""
        above = self.node(index).parent
        return (
            QModelIndex()
            if above is None or above is self.root
            else self.createIndex(above.place(), 0, above)
        )

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows stand directly below."""
        return len(self.node(parent).children)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One column."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a row, or the row itself."""
        node = self.node(index)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return node.words
        if role == Qt.ItemDataRole.EditRole:
            return self.edit_words(node)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tip(node) or None
        return node if role == ROW else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell what was typed, and return whether it is kept; the row follows the study."""
        node, words = self.node(index), str(value).strip()
        if role != Qt.ItemDataRole.EditRole:
            return False
        return words == self.edit_words(node) or self.rename(node.key, words)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings can't be chosen."""
        node = self.node(index)
        flags = Qt.ItemFlag.ItemIsEnabled
        if node.selectable:
            flags |= Qt.ItemFlag.ItemIsSelectable | self.drag_flags
        return flags | Qt.ItemFlag.ItemIsEditable if node.editable else flags


def _shape(root: Node) -> list[tuple[Any, int]]:
    return [(node.key, len(node.children)) for node in walk(root.children)]


class Tree(QTreeView):
    """A tree whose chevrons stand inside the rows; groups open with a click anywhere on them."""

    row_chosen = Signal(object)  # the key of the current row, or None
    row_activated = Signal(object)  # by Enter or double click

    def __init__(self, model: TreeModel, tokens: theme.Theme, parent: QWidget | None = None) -> None:
        """Show a model."""
        super().__init__(parent)
        self.tokens, self.rows = tokens, model
        self.closed: set[Any] = set()  # keys of rows that the person closed
        self.chevron_left: Callable[[Node], int] = lambda _node: 0
        self.setModel(model)
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setAnimated(False)
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.collapsed.connect(lambda index: self.closed.add(model.node(index).key))
        self.expanded.connect(lambda index: self.closed.discard(model.node(index).key))
        self.selectionModel().currentChanged.connect(self._tell_current)

    def show_rows(self, roots: list[Node]) -> None:
        """Show rows, with what was open and chosen before."""
        chosen = [self.rows.node(index).key for index in self.selectedIndexes()]
        current, place, typed = self.current_key(), self.verticalScrollBar().value(), self._typed()
        if self.rows.set_rows(roots):
            return
        self.open_all_but_closed()
        blocked = self.selectionModel().blockSignals(True)
        flag = self.selectionModel().SelectionFlag
        for key in chosen:
            self.selectionModel().select(self.rows.index_of(key), flag.Select)
        self.selectionModel().setCurrentIndex(self.rows.index_of(current), flag.NoUpdate)
        self.selectionModel().blockSignals(blocked)
        self.verticalScrollBar().setValue(place)
        if typed is not None:
            self._type_again(*typed)

    # Typing in a row

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Close the line in a row; words that could not be kept stay in it until Escape gives them up."""
        typing, given_up = self._typing(), hint == QAbstractItemDelegate.EndEditHint.RevertModelCache
        if typing is None or typing.kept or given_up:
            super().closeEditor(editor, hint)

    def end_typing(self) -> bool:
        """Keep what is typed in a row; returns whether nothing is left to be kept."""
        typing = self._typing()
        if typing is None or typing.editor is None:
            return True
        self.commitData(typing.editor)
        self.closeEditor(typing.editor, QAbstractItemDelegate.EndEditHint.NoHint)
        return typing.kept

    def _typing(self) -> TypingDelegate | None:
        delegate = self.itemDelegate()
        return delegate if isinstance(delegate, TypingDelegate) else None

    def _typed(self) -> tuple[Any, str, bool] | None:
        """In which row something is typed, what, and whether the keys are there."""
        typing = self._typing()
        if typing is None or typing.editor is None:
            return None
        return typing.key, typing.editor.text(), typing.editor.hasFocus()

    def _type_again(self, key: Any, words: str, had_keys: bool) -> None:
        """All rows were made anew: go on typing where one was."""
        index, focused, typing = self.rows.index_of(key), QApplication.focusWidget(), self._typing()
        if not index.isValid() or typing is None:
            return
        self.edit(index)
        if typing.editor is not None:
            typing.editor.setText(words)
            typing.editor.setModified(True)
        if not had_keys and focused is not None:
            focused.setFocus()

    # Rows

    def open_all_but_closed(self) -> None:
        """Open every row that the person has not closed."""
        closed = set(self.closed)
        for node in walk(self.rows.root.children):
            if node.children:
                self.setExpanded(self.rows.index_of(node.key), node.key not in closed)
        self.closed = closed

    def open_all(self) -> None:
        """Open every row for now; what the person has closed is closed again by `open_all_but_closed`."""
        closed = set(self.closed)
        self.expandAll()
        self.closed = closed

    def current_key(self) -> Any:
        """The key of the current row."""
        index = self.currentIndex()
        return self.rows.node(index).key if index.isValid() else None

    def chosen_keys(self) -> list[Any]:
        """The keys of the chosen rows, in order of the tree."""
        chosen = {self.rows.node(index).key for index in self.selectedIndexes()}
        return [node.key for node in walk(self.rows.root.children) if node.key in chosen]

    def choose(self, key: Any) -> None:
        """Make a row the current one, opening what stands above it."""
        index = self.rows.index_of(key)
        if index.isValid():
            above = index.parent()
            while above.isValid():
                self.expand(above)
                above = above.parent()
            only = self.selectionModel().SelectionFlag.ClearAndSelect  # also while Ctrl is held
            self.selectionModel().setCurrentIndex(index, only)
            self.scrollTo(index)

    def _tell_current(self, index: QModelIndex) -> None:
        self.row_chosen.emit(self.rows.node(index).key if index.isValid() else None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a chevron or a heading opens or closes it."""
        index = self.indexAt(event.position().toPoint())
        node = self.rows.node(index) if index.isValid() else None
        if node is not None and node.children and event.button() == Qt.MouseButton.LeftButton:
            left = self.chevron_left(node)
            on_chevron = left <= event.position().x() < left + self.tokens.px(theme.TARGET)
            if on_chevron or not node.selectable:
                self.setExpanded(index, not self.isExpanded(index))
                return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click activates a row."""
        index = self.indexAt(event.position().toPoint())
        node = self.rows.node(index)
        if index.isValid() and node.selectable and event.button() == Qt.MouseButton.LeftButton:
            self.row_activated.emit(node.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter activates the current row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.state() != self.State.EditingState:
            if self.current_key() is not None:
                self.row_activated.emit(self.current_key())
            return
        super().keyPressEvent(event)
