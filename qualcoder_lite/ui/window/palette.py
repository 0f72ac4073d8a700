"""The search of commands: every command by its words, and every source and code, from one line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qualcoder_lite.i18n import N_, _
from qualcoder_lite.ui.desk.action import Action, keys_said
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.desk.place import Code, Passage, Source
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.lists import row_list
from qualcoder_lite.ui.kit.overlay import Overlay
from qualcoder_lite.ui.kit.panel import IconLine, label
from qualcoder_lite.ui.kit.row_paint import Row
from qualcoder_lite.ui.window.menus import Commands

WIDTH, MOST_ROWS = 520, 12

ALSO = {
    "zoom_in": N_("zoom magnify"), "zoom_out": N_("zoom"), "zoom_normal": N_("zoom reset"),
    "import": N_("add file transcript interview"), "find": N_("search"), "in_vivo": N_("in vivo emic"),
    "star": N_("mark important quotation"), "remove_coding": N_("delete uncode"), "memos": N_("notes"),
    "remove_codes": N_("delete"), "passages": N_("retrieve segments quotations results"),
    "history": N_("log audit trail"), "search_coding": N_("autocode"), "correct": N_("edit text typo"),
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """Something that can be done: its words, where it stands in the menus, its keys."""

    words: str
    place: str
    keys: str
    run: Callable[[], object]
    enabled: bool = True
    also: str = ""  # other words by which people look for it


def fitting(entries: Sequence[Entry], typed: str) -> list[Entry]:
    """The entries whose words fit what was typed, beginnings of words first; what can't be done now last.

    What has several words just as they were typed comes first in any case, so that Enter does no other.
    """
    parts = typed.lower().split()
    phrase = " ".join(parts)
    graded = [(grade, entry) for entry in entries if (grade := _grade(entry, parts)) is not None]
    graded.sort(key=lambda one: (not _named(one[1], phrase), not one[1].enabled, one[0]))
    return [entry for _grade_, entry in graded]


def _named(entry: Entry, phrase: str) -> bool:
    """Whether the words of an entry have a phrase of several words, from the beginning of one of them."""
    return " " in phrase and f" {phrase}" in f" {entry.words.lower()}"


def _grade(entry: Entry, parts: Sequence[str]) -> int | None:
    words, whole = entry.words.lower(), f"{entry.words} {entry.place} {entry.also}".lower()
    if not all(part in whole for part in parts):
        return None
    if words.startswith(" ".join(parts)):
        return 0
    begins = all(any(word.startswith(part) for word in words.split()) for part in parts)
    if begins:
        return 1 if words.startswith(parts[0]) else 2
    return 3 if all(part in words for part in parts) else 4


def paint_entry(row: Row, entry: Entry) -> None:
    """Words, place, keys."""
    tone = "ink" if entry.enabled else "ink3"
    if entry.keys:
        row.key_cap_right(entry.keys)
    row.words(entry.words, "interface", tone)
    row.words(entry.place, "secondary", "ink3")


def cited(desk: Desk, typed: str) -> list[Entry]:
    """The quote or lines that a citation leads to, such as `A1·27–29`; typed as `a1 27-29` as well."""
    if not desk.sources or not any(letter.isdigit() for letter in typed):
        return []
    from qualcoder_lite.analysis.search.texts import Texts
    from qualcoder_lite.coding.counting.counted import counted

    texts = Texts(desk.study, counted(desk.study))
    place = texts.citations.find_place(typed)
    if place is None:
        return []
    row = texts.study.frames.sources[place[0]].id
    words = f"{texts.citation(*place)}  “{' '.join(texts.quote(*place).split())}”"
    return [Entry(words, _("Passage"), "", partial(desk.go, Passage(row, *place[1:])))]


def entries_of(desk: Desk, rows: Sequence[Action]) -> list[Entry]:
    """Every command, then every source and code of the study."""
    found = []
    for row in rows:
        if row.id == "palette":
            continue
        action = desk.actions_by_id[row.id]
        place = " › ".join(_(part) for part in (row.menu, row.under) if part)
        words = action.text().rstrip("…")
        also = _(ALSO[row.id]) if row.id in ALSO else ""
        found.append(Entry(words, place, keys_said(action), action.trigger, action.isEnabled(), also))
    for line in desk.sources:
        show = partial(desk.go, Source(line.id))
        found.append(Entry(f"{line.key} {line.title}", _("Source"), "", show))
    for code in desk.codes:
        found.append(Entry(code.called, _("Codebook"), "", partial(desk.go, Code(code.id))))
    return found


class Palette(Overlay):
    """The line with its list."""

    def __init__(
        self,
        tokens: theme.Theme,
        entries: Sequence[Entry],
        window: QWidget,
        more: Callable[[str], list[Entry]] = lambda _typed: [],
    ) -> None:
        """A search among these; `more` gives what only the words typed lead to, which comes first."""
        super().__init__(tokens, _("Search commands"), window)
        self.entries, self.more = entries, more
        self.words = IconLine(tokens, "search", _("Search commands, sources, codes, citations"))
        self.list, self.rows = row_list(tokens, theme.LIST_ROW, paint_entry, lambda one: one.words)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(lambda _index: self.take())
        self.none = label(tokens, _("No command fits."), "interface", "ink2")
        column = QVBoxLayout(self)
        edge = tokens.px(theme.SPACE_8)
        column.setContentsMargins(edge, edge, edge, edge)
        for part in (self.words, self.list, self.none):
            column.addWidget(part)
        self.words.installEventFilter(self)
        self.words.textChanged.connect(lambda _words: self._show())
        self._show()

    def open(self) -> None:
        """Show it in the upper middle of the window."""
        px = self.tokens.px
        self.open_in_middle(px(WIDTH), px(8 + 34 + 16) + MOST_ROWS * px(theme.LIST_ROW))
        self.words.setFocus()

    def _show(self) -> None:
        typed = self.words.text()
        found = [*self.more(typed), *fitting(self.entries, typed)]
        self.rows.set_rows(found)
        self.none.setVisible(not found)
        if found:
            self.list.setCurrentIndex(self.rows.index(0, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down choose, Enter does."""
        if watched is self.words and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 11, Qt.Key.Key_PageUp: -11}
            key = Qt.Key(event.key())
            if key in steps:
                row = self.list.currentIndex().row() + steps[key]
                row = min(max(row, 0), len(self.rows.rows) - 1)
                self.list.setCurrentIndex(self.rows.index(row, 0))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.take()
                return True
        return super().eventFilter(watched, event)

    def take(self) -> None:
        """Do what is chosen, where it can be done now."""
        index = self.list.currentIndex()
        if index.isValid():
            entry: Entry = self.rows.rows[index.row()]
            if entry.enabled:
                self.end()
                entry.run()


def show(desk: Desk) -> None:
    """Open the search of commands."""
    desk.enable()
    Palette(desk.tokens, entries_of(desk, desk.part(Commands).rows), desk.window, partial(cited, desk)).open()
