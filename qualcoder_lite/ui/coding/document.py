"""A source in the middle of the window: its head, the line of find, the text with its codings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

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
from qualcoder_lite.coding import codings
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _, n_
from qualcoder_lite.lines import lines_of
from qualcoder_lite.store.project import Changes
from qualcoder_lite.ui.coding.find_line import FindLine
from qualcoder_lite.ui.desk.desk import CODE_TABLES, Desk
from qualcoder_lite.ui.desk.place import Workspace
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.panel import Elided, Hint, flat_button, line_across, paper
from qualcoder_lite.ui.kit.times import iso_day
from qualcoder_lite.ui.sources import actions as source_actions
from qualcoder_lite.ui.sources.panel import paint_status
from qualcoder_lite.ui.text.page import Coding, Page, Turn, speaker_labels
from qualcoder_lite.ui.text.place import place_words
from qualcoder_lite.ui.text.view import TextView

CodesById = Mapping[bytes, CodeLine]
CodersById = Mapping[bytes, str]
STATUSES = ("not_started", "in_progress", "done")
TEXT_TABLES = ("source_text", "turn", "speaker", "informant")


class Document(QWidget):
    """Shows one source of a study and follows its changes."""

    opened = Signal()  # another source, or the same one anew

    def __init__(self, desk: Desk) -> None:
        """No source yet."""
        super().__init__()
        tokens = desk.tokens
        self.desk, self.tokens = desk, tokens
        self.coder = desk.shown_coder  # whose codings are shown, None for all
        self.codes: dict[bytes, CodeLine] = {}
        self.hidden = desk.hidden
        paper(self, "page")
        self.title = Elided(tokens, "document")
        self.caption = Elided(tokens, "secondary", "ink2")
        self.status = self._status_button()
        self.text = TextView(self, tokens)
        self.text.setAccessibleName(_("Text of the source"))
        self.find_line = FindLine(tokens, self.text)
        self.hint = Hint(tokens)
        self.hint.say(_("There are no sources yet."), _("Import transcripts…"), partial(desk.do, "import"))
        self.tools = QHBoxLayout()
        self._add_tool("search", _("Find in the text"), "find")
        self._add_tool("sticky-note", _("Memo on the source"), "memo_source")
        self.pages = QStackedWidget()
        self.pages.addWidget(self._with_text())
        self.pages.addWidget(self._without_text())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        self.text.coding_resized.connect(self._resize)
        desk.emptied.connect(self.show_nothing)
        desk.followers.append(self.follow)
        desk.refreshers.append(self.refresh)
        self.show_nothing()

    def _add_tool(self, icon: str, words: str, command: str) -> None:
        self.tools.addWidget(flat_button(self.tokens, icon, words, partial(self.desk.do, command)))

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

    def _status_button(self) -> QToolButton:
        button = QToolButton()
        button.setProperty("chip", True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setAccessibleName(_("How far this source is coded"))
        button.setToolTip(_("How far this source is coded"))
        menu = QMenu(button)
        for status in STATUSES:
            action = menu.addAction(status_icon(status, self.tokens), _status_words(status))
            action.triggered.connect(partial(self._set_status, status))
        button.setMenu(menu)
        return button

    def _set_status(self, status: str, _checked: bool = False) -> None:
        self.desk.attempt(source_actions.set_status, self.desk, status)

    def _resize(self, coding: bytes, start: int, end: int) -> None:
        """A handle was let go."""
        if self.desk.attempt(codings.set_range, self.desk.study, coding, start, end):
            self.text.attend(coding)

    # What is shown

    @property
    def source(self) -> SourceRead | None:
        """The source that is open."""
        return self.desk.source

    def show_nothing(self) -> None:
        """No source is open."""
        self.desk.source = None
        self.text.show_page(Page(""))
        self.pages.setCurrentIndex(1)

    def open(self, source: bytes, position: int = 0) -> None:
        """Show a source with the codings of who is looked at; raises UserError where it is gone."""
        study, self.coder, self.hidden = self.desk.study, self.desk.shown_coder, self.desk.hidden
        shown = self.desk.source = read_source(study, source, self.coder)
        self.text.show_page(page_of(shown, self.codes, self.hidden, self._coders()), position)
        self.text.set_notes(memos_in_text(study, source))
        self.find_line.again()
        self.pages.setCurrentIndex(0)
        self.show_head()
        self.opened.emit()

    def reload(self) -> None:
        """Read the source again; the place in the text stays."""
        if self.source is None:
            return
        bar, caret = self.text.verticalScrollBar().value(), self.text.selection()
        self.open(self.source.id)
        self.text.steady = True
        self.text.set_selection(*caret)
        self.text.steady = False
        self.text.placed()
        self.text.verticalScrollBar().setValue(bar)

    def refresh(self) -> None:
        """Show the codings of who is looked at, and of the codes that are not hidden."""
        self._take_codes()
        if (self.coder, self.hidden) != (self.desk.shown_coder, self.desk.hidden):
            self.coder, self.hidden = self.desk.shown_coder, self.desk.hidden
            self._show_all_codings()
        self.show_head()
        if self.desk.shows(Workspace.REDUCTION):
            self.desk.say_place(place_words(self.text))

    def _take_codes(self) -> None:
        """Take the codebook as it is now, for names and colours."""
        self.codes = {line.id: line for line in self.desk.codes}

    def _show_all_codings(self) -> None:
        """Read the codings of the source again: codes were renamed, coloured, shown or hidden."""
        if self.source is None:
            return
        with self.desk.study.read() as connection:
            lines = codings_on(connection, self.source.id, self.coder)
        new = shown_codings(lines, self.codes, self.hidden, self._coders())
        old = self.text.body.codings.by_id
        gone = old.keys() - {one.id for one in new}
        self.text.update_codings([one for one in new if old.get(one.id) != one], gone)

    def _coders(self) -> dict[bytes, str]:
        """The names that codings tell: of all coders where all are shown, else none."""
        return coder_names(self.desk.study) if self.coder is None else {}

    def follow(self, changes: Changes) -> None:
        """Show what changed in this source."""
        source, study = self.source, self.desk.study
        if changes.touch(*CODE_TABLES):
            self._take_codes()
        if source is None:
            return
        if ("source", source.id) in changes.rows or changes.touch(*TEXT_TABLES):
            self._follow_source(source, changes)
        elif changes.touch(*CODE_TABLES, "coder"):
            self._show_all_codings()
        else:
            moved = [row for table, row in changes.rows if table == "coding"]
            if changes.touch("memo"):  # the codings in sight may have one now, or none
                self.text.set_notes(memos_in_text(study, source.id))
                moved += self.text.body.codings.by_id
            self._show_moved(source, moved)

    def _show_moved(self, source: SourceRead, moved: list[bytes]) -> None:
        if moved:
            found = codings_among(self.desk.study, source.id, self.coder, moved)
            shown = shown_codings(found, self.codes, self.hidden, self._coders())
            self.text.update_codings(shown, set(moved) - {one.id for one in shown})

    def _follow_source(self, source: SourceRead, changes: Changes) -> None:
        try:
            if changes.touch(*TEXT_TABLES):
                self.reload()
            else:
                now = self.desk.source = read_source(self.desk.study, source.id, self.coder)
                if now.line_characters != source.line_characters:
                    self.reload()
        except UserError:
            self.show_nothing()
            return
        self.show_head()

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
        shown = self.text.body.codings
        number = len(shown.items)
        apart = np.count_nonzero(shown.starts[1:] >= shown.reach[:-1])  # touching is not sharing
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
