"""A source in the middle of the window: its head, the line of find, the text with its codings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from qualcoder_lite.analysis.panels.lists import CodeLine, coder_names
from qualcoder_lite.analysis.panels.memos import memos_in_text
from qualcoder_lite.analysis.panels.number_words import CODING, PASSAGE, sentences
from qualcoder_lite.analysis.panels.reading import (
    CodingLine,
    SourceRead,
    codings_among,
    codings_on,
    read_source,
)
from qualcoder_lite.analysis.terms import word
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _, n_
from qualcoder_lite.lines import lines_of
from qualcoder_lite.store.project import Changes, Project
from qualcoder_lite.ui.coding.find_line import FindLine
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.panel import Elided, Hint, line_across, paper
from qualcoder_lite.ui.kit.times import iso_day
from qualcoder_lite.ui.sources.panel import paint_status
from qualcoder_lite.ui.text.page import Coding, Page, Turn, speaker_labels
from qualcoder_lite.ui.text.view import TextView

CodesById = Mapping[bytes, CodeLine]
CodersById = Mapping[bytes, str]
STATUSES = ("not_started", "in_progress", "done")
TEXT_TABLES = ("source_text", "turn", "speaker", "informant")
CODE_TABLES = ("code", "wording")


class Document(QWidget):
    """Shows one source of a study and follows its changes."""

    opened = Signal()  # another source, or the same one anew
    source_changed = Signal(object)  # a SourceRead, or None: what is known of the open source now

    def __init__(self, tokens: theme.Theme, set_status: Callable[[str], object]) -> None:
        """No source yet."""
        super().__init__()
        self.tokens = tokens
        self._source: SourceRead | None = None
        self.project: Project | None = None
        self.coder: str | None = ""
        self.codes: dict[bytes, CodeLine] = {}
        self.hidden: set[bytes] = set()
        paper(self, "page")
        self.title = Elided(tokens, "document")
        self.caption = Elided(tokens, "secondary", "ink2")
        self.status = self._status_button(set_status)
        self.text = TextView(self, tokens)
        self.text.setAccessibleName(_("Text of the source"))
        self.find_line = FindLine(tokens, self.text)
        self.hint = Hint(tokens)
        self.tools = QHBoxLayout()
        self.pages = QStackedWidget()
        self.pages.addWidget(self._with_text())
        self.pages.addWidget(self._without_text())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        self.show_nothing()

    def _with_text(self) -> QWidget:
        whole, head = QWidget(), QWidget()
        head.setFixedHeight(self.tokens.px(theme.DOCUMENT_HEAD))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.caption)
        words.addStretch(1)
        row = QHBoxLayout(head)
        row.setContentsMargins(self.tokens.px(20), 0, self.tokens.px(theme.SPACE_12), 0)
        row.setSpacing(self.tokens.px(theme.SPACE_8))
        row.addLayout(words, 1)
        self.tools.setSpacing(self.tokens.px(theme.SPACE_4))
        row.addLayout(self.tools)
        row.addWidget(self.status)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (head, line_across(), self.find_line, self.text):
            column.addWidget(part)
        column.setStretch(3, 1)
        return whole

    def _without_text(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        edge = self.tokens.px(theme.SPACE_32)
        column.setContentsMargins(edge, edge, edge, edge)
        column.addWidget(self.hint)
        return whole

    def _status_button(self, set_status: Callable[[str], object]) -> QToolButton:
        button = QToolButton()
        button.setProperty("chip", True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setAccessibleName(_("How far this source is coded"))
        button.setToolTip(_("How far this source is coded"))
        menu = QMenu(button)
        for status in STATUSES:
            action = menu.addAction(status_icon(status, self.tokens), _status_words(status))
            action.triggered.connect(lambda _checked=False, status=status: set_status(status))
        button.setMenu(menu)
        return button

    # What is shown

    @property
    def source(self) -> SourceRead | None:
        """The source that is open."""
        return self._source

    def _take(self, source: SourceRead | None) -> None:
        self._source = source
        self.source_changed.emit(source)

    def show_nothing(self) -> None:
        """No source is open."""
        self._take(None)
        self.text.show_page(Page(""))
        self.pages.setCurrentIndex(1)

    def open(self, project: Project, source: bytes, coder: str | None, position: int = 0) -> None:
        """Show a source with a coder's codings, or all coders'; raises UserError where it is gone."""
        shown = read_source(project, source, coder)
        self._take(shown)
        self.project, self.coder = project, coder
        self.text.show_page(page_of(shown, self.codes, self.hidden, self._coders()), position)
        self.text.set_notes(memos_in_text(project, source))
        self.find_line.again()
        self.pages.setCurrentIndex(0)
        self.show_head()
        self.opened.emit()

    def reload(self) -> None:
        """Read the source again; the place in the text stays."""
        if self.source is None or self.project is None:
            return
        bar, caret = self.text.verticalScrollBar().value(), self.text.selection()
        self.open(self.project, self.source.id, self.coder)
        self.text.steady = True
        self.text.set_selection(*caret)
        self.text.steady = False
        self.text.placed()
        self.text.verticalScrollBar().setValue(bar)

    def show_codes(self, codes: Iterable[CodeLine]) -> None:
        """Take the codebook as it is now, for names and colours."""
        self.codes = {line.id: line for line in codes}

    def show_all_codings(self) -> None:
        """Read the codings of the source again: codes were renamed, coloured, shown or hidden."""
        if self.source is None or self.project is None:
            return
        with self.project.read() as connection:
            lines = codings_on(connection, self.source.id, self.coder)
        new = shown_codings(lines, self.codes, self.hidden, self._coders())
        old = self.text.body.codings.by_id
        gone = old.keys() - {one.id for one in new}
        self.text.update_codings([one for one in new if old.get(one.id) != one], gone)

    def _coders(self) -> dict[bytes, str]:
        """The names that codings tell: of all coders where all are shown, else none."""
        return coder_names(self.project) if self.project is not None and self.coder is None else {}

    def follow(self, changes: Changes) -> bool:
        """Show what changed in this source; returns False where the source is gone."""
        if self.source is None or self.project is None:
            return True
        if ("source", self.source.id) in changes.rows or changes.touch(*TEXT_TABLES):
            return self._follow_source(changes)
        if changes.touch(*CODE_TABLES, "coder"):
            self.show_all_codings()
            return True
        if changes.touch("memo"):
            self.text.set_notes(memos_in_text(self.project, self.source.id))
        moved = [row for table, row in changes.rows if table == "coding"]
        moved += self._codings_with_memo(changes)
        if moved:
            found = codings_among(self.project, self.source.id, self.coder, moved)
            shown = shown_codings(found, self.codes, self.hidden, self._coders())
            self.text.update_codings(shown, set(moved) - {one.id for one in shown})
        return True

    def _codings_with_memo(self, changes: Changes) -> list[bytes]:
        """A memo came or went: the codings in sight may have one now, or none."""
        return list(self.text.body.codings.by_id) if changes.touch("memo") else []

    def _follow_source(self, changes: Changes) -> bool:
        source, project = self.source, self.project
        if source is None or project is None:
            return True
        try:
            if changes.touch(*TEXT_TABLES):
                self.reload()
            else:
                now = read_source(project, source.id, self.coder)
                self._take(now)
                if now.line_characters != source.line_characters:
                    self.reload()
        except UserError:
            self.show_nothing()
            return False
        self.show_head()
        return True

    def show_head(self) -> None:
        """Title, what is known of the source, counts, status."""
        source = self.source
        if source is None:
            return
        self.title.setText(f"{source.key}  {source.title}" if source.title != source.key else source.key)
        parts = (*self._known(source), self._counts(), *self._left_out())
        self.caption.setText(" · ".join(part for part in parts if part))
        self.caption.setToolTip(f"{self.caption.text()}\n{sentences(CODING, PASSAGE)}")
        self.status.setIcon(status_icon(source.status, self.tokens))
        self.status.setText(_status_words(source.status))

    def _known(self, source: SourceRead) -> tuple[str, ...]:
        return word(source.technique), iso_day(source.date), source.place

    def _left_out(self) -> tuple[str, ...]:
        return (_("only the chosen codes"),) if self.hidden else ()

    def _counts(self) -> str:
        codings = self.text.body.codings
        number = len(codings.items)
        apart = np.count_nonzero(codings.starts[1:] >= codings.reach[:-1])  # touching is not sharing
        passages = int(apart) + min(1, number)
        return ", ".join(
            (
                n_("{number} coding", "{number} codings", number).format(number=number),
                n_("{number} passage", "{number} passages", passages).format(number=passages),
            )
        )


def _status_words(status: str) -> str:
    said = word(status)
    return said[:1].upper() + said[1:]


def status_icon(status: str, tokens: theme.Theme) -> QIcon:
    """The sign of a status for buttons and menus."""
    size = tokens.px(theme.ICON)
    picture = QPixmap(QSize(size * 2, size * 2))
    picture.fill(Qt.GlobalColor.transparent)
    picture.setDevicePixelRatio(2)
    painter = QPainter(picture)
    paint_status(painter, QRectF(0, 0, size, size), status, tokens)
    painter.end()
    return QIcon(picture)


def shown_coding(line: CodingLine, codes: CodesById, coders: CodersById) -> Coding:
    """A coding as the text shows it."""
    code = codes[line.code]
    return Coding(
        line.id, line.start, line.end, code.key, code.name, code.colour, code.perspective, line.polarity,
        line.starred, line.memo, coders.get(line.coder, ""),
    )  # fmt: skip


def shown_codings(
    lines: Iterable[CodingLine], codes: CodesById, hidden: set[bytes], coders: CodersById
) -> list[Coding]:
    """The codings that the text shows: those whose code is not hidden; `coders` are the names to be told."""
    return [
        shown_coding(line, codes, coders) for line in lines if line.code in codes and line.code not in hidden
    ]


def page_of(source: SourceRead, codes: CodesById, hidden: set[bytes], coders: CodersById) -> Page:
    """The page of a source."""
    turns = tuple(
        Turn(turn.start, turn.end, turn.label, turn.role, turn.alias, turn.time) for turn in source.turns
    )
    return Page(
        text=source.text,
        turns=turns,
        codings=tuple(shown_codings(source.codings, codes, hidden, coders)),
        marks=source.marks,
        hidden=speaker_labels(source.text, turns),
        line_rule=lines_of(source.line_characters),
    )
