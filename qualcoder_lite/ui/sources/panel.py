"""The panels at the left: sources by technique, informants by class."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QStackedWidget, QStyleOptionViewItem, QVBoxLayout, QWidget

from qualcoder_lite.analysis.panels.lists import InformantLine, SourceLine
from qualcoder_lite.analysis.terms import word
from qualcoder_lite.i18n import N_, _, n_
from qualcoder_lite.ui.kit import icons, theme
from qualcoder_lite.ui.kit.panel import Head, Hint, label
from qualcoder_lite.ui.kit.row_paint import Row, TreeDelegate
from qualcoder_lite.ui.kit.tree import Node, Tree, TreeModel

TECHNIQUE_HEADS = {
    "interview": N_("Interviews"),
    "focus_group": N_("Focus groups"),
    "observation": N_("Observations"),
    "document": N_("Documents"),
}
CLASS_HEADS = {
    "key": N_("Key informants"),
    "main": N_("Main informants"),
    "additional": N_("Additional informants"),
}
_KEY_COLUMN = 26  # pixels that a citation code or alias takes at least


def paint_status(painter: QPainter, box: QRectF, status: str, tokens: theme.Theme) -> None:
    """How far a source is coded: empty ring, half disc, check."""
    if status == "done":
        icons.draw(painter, "check", tokens.ink2, box)
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inner = box.adjusted(2.5, 2.5, -2.5, -2.5)
    colour = tokens.accent if status == "in_progress" else tokens.border
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(inner)
    if status == "in_progress":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPie(inner, 90 * 16, 180 * 16)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


class Progress(QWidget):
    """How many sources are done: a thin bar and the number in words."""

    def __init__(self, tokens: theme.Theme) -> None:
        """Nothing is there yet."""
        super().__init__()
        self.tokens, self.share = tokens, 0.0
        column = QVBoxLayout(self)
        edge = tokens.px(theme.SPACE_12)
        column.setContentsMargins(edge, tokens.px(theme.SPACE_12), edge, tokens.px(theme.SPACE_8))
        self.words = label(tokens, "", "secondary", "ink2")
        column.addWidget(self.words)

    def show_share(self, done: int, total: int) -> None:
        """Show so many of so many."""
        self.share = done / total if total else 0.0
        self.words.setText(_("{done} of {total} coded").format(done=done, total=total))
        self.setVisible(total > 0)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar above the words."""
        painter = QPainter(self)
        edge, height = self.tokens.px(theme.SPACE_12), self.tokens.px(3)
        box = QRectF(edge, self.tokens.px(theme.SPACE_4), self.width() - 2 * edge, height)
        painter.fillRect(box, self.tokens.separator)
        painter.fillRect(QRectF(box.left(), box.top(), box.width() * self.share, height), self.tokens.ink3)
        painter.end()


class ListPanel(QWidget):
    """A head over a tree, with a sentence where the tree is empty."""

    def __init__(self, tokens: theme.Theme, title: str, tree: Tree) -> None:
        """Put them together."""
        super().__init__()
        self.tokens, self.tree = tokens, tree
        self.head, self.hint = Head(tokens, title), Hint(tokens)
        self.pages = QStackedWidget()
        self.pages.addWidget(tree)
        self.pages.addWidget(self.hint)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(self.head)
        self.column.addWidget(self.pages, 1)
        tree.setAccessibleName(title)

    def show_rows(self, roots: list[Node], number: int) -> None:
        """Show rows and their number, or the sentence."""
        self.tree.show_rows(roots)
        self.head.count.setText(str(number) if number else "")
        self.pages.setCurrentIndex(0 if roots else 1)


def make_tree(
    tokens: theme.Theme, height: int, paint: Callable[[Row, Node, QStyleOptionViewItem], None]
) -> Tree:
    """A tree whose rows one function paints."""
    tree = Tree(TreeModel(), tokens)
    tree.rows.setParent(tree)
    tree.setItemDelegate(TreeDelegate(tokens, height, paint, tree))
    return tree


def grouped(
    rows: Sequence[Any], group: Callable[[Any], str], heads: Mapping[str, str]
) -> list[tuple[str, list[Any]]]:
    """The rows under their heads, those in the customary order first; heads without rows are left out."""
    order = [*heads, *dict.fromkeys(group(row) for row in rows if group(row) not in heads)]
    found = [(name, [row for row in rows if group(row) == name]) for name in order]
    return [(name, members) for name, members in found if members]


def source_words(line: SourceLine) -> str:
    """A source as it is read aloud."""
    number = n_("{number} coding", "{number} codings", line.codings).format(number=line.codings)
    return ", ".join(part for part in (line.key, line.title, word(line.status), number) if part)


def source_nodes(lines: Sequence[SourceLine]) -> list[Node]:
    """The rows of the sources' tree."""
    roots = []
    for technique, members in grouped(lines, lambda line: line.technique, TECHNIQUE_HEADS):
        head = _(TECHNIQUE_HEADS[technique]) if technique in TECHNIQUE_HEADS else technique
        nodes = [Node(line.id, line, source_words(line)) for line in members]
        roots.append(Node(f"technique:{technique}", (head, len(members)), head, nodes, selectable=False))
    return roots


def informant_nodes(lines: Sequence[InformantLine]) -> list[Node]:
    """The rows of the informants' tree."""
    roots = []
    for kind, members in grouped(lines, lambda line: line.class_, CLASS_HEADS):
        head = _(CLASS_HEADS.get(kind, kind))
        nodes = [
            Node(line.id, line, ", ".join(part for part in (line.alias, line.work, line.group) if part))
            for line in members
        ]
        roots.append(Node(f"class:{kind}", (head, len(members)), head, nodes, selectable=False))
    return roots


def paint_head(row: Row, node: Node, tree: Tree) -> None:
    """The head of a group with its number."""
    words, number = node.row
    row.words_right(str(number))
    row.chevron(tree.isExpanded(tree.rows.index_of(node.key)))
    row.words(words, "interface", "ink2")


def paint_source(row: Row, node: Node, tree: Tree) -> None:
    """Status, citation code, title, number of codings."""
    if not isinstance(node.row, SourceLine):
        paint_head(row, node, tree)
        return
    line = node.row
    row.words_right(str(line.codings) if line.codings else "")
    paint_status(row.painter, row.square(theme.ICON, gap=6), line.status, row.tokens)
    start = row.left
    row.words(line.key, "panel")
    row.left = max(row.left, start + row.tokens.px(_KEY_COLUMN))
    row.words(line.title, "interface", "ink2" if tree.current_key() != line.id else "ink")


def paint_informant(row: Row, node: Node, tree: Tree) -> None:
    """Alias, work, group."""
    if not isinstance(node.row, InformantLine):
        paint_head(row, node, tree)
        return
    line = node.row
    row.words_right(line.group)
    row.skip(22)
    start = row.left
    row.words(line.alias, "panel")
    row.left = max(row.left, start + row.tokens.px(_KEY_COLUMN))
    row.words(line.work or "", "interface", "ink2")
    if line.consent == "withdrawn":
        row.words(_("consent withdrawn"), "caption", "opposed")


class SourcesPanel(ListPanel):
    """The panel of the sources, with how many of them are done."""

    def __init__(self, tokens: theme.Theme) -> None:
        """No sources yet."""
        tree = make_tree(tokens, theme.LIST_ROW, lambda row, node, _option: paint_source(row, node, tree))
        tree.chevron_left = lambda _node: 0
        super().__init__(tokens, _("Sources"), tree)
        self.lines: Sequence[SourceLine] = ()
        self.progress = Progress(tokens)
        self.column.addWidget(self.progress)

    def show_lines(self, lines: Sequence[SourceLine]) -> None:
        """Show the sources as they are now."""
        self.lines = lines
        self.show_rows(source_nodes(lines), len(lines))
        self.progress.show_share(sum(line.status == "done" for line in lines), len(lines))


class InformantsPanel(ListPanel):
    """The panel of the informants."""

    def __init__(self, tokens: theme.Theme) -> None:
        """Nobody yet."""
        tree = make_tree(tokens, theme.LIST_ROW, lambda row, node, _option: paint_informant(row, node, tree))
        super().__init__(tokens, _("Informants"), tree)

    def show_lines(self, lines: Sequence[InformantLine]) -> None:
        """Show the informants as they are now."""
        self.show_rows(informant_nodes(lines), len(lines))
