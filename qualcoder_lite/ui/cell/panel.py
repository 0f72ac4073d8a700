"""The panel of a cell: its passages, the informants' view, the researcher's reading, their status."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qualcoder_lite.analysis.terms import word
from qualcoder_lite.i18n import N_, _, n_
from qualcoder_lite.ui.cell.disagreements import Disagreements
from qualcoder_lite.ui.cell.field import CellField
from qualcoder_lite.ui.cell.links import Links, elided_label
from qualcoder_lite.ui.cell.member_checks import Checks
from qualcoder_lite.ui.cell.passages import PassageList
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.panel import Choice as ChoiceBox
from qualcoder_lite.ui.kit.panel import Elided, Hint, flat_button, label, line_across, link_button, paper

MODES = {"cell": N_("This cell"), "row": N_("The whole row"), "chosen": N_("Chosen")}
FIELDS = ("emic_summary", "etic_reading", "theory", "conclusion", "gap_note")
FIELD_WORDS = {
    "emic_summary": N_("Meaning to the informants (in the researcher’s words)"),
    "etic_reading": N_("Etic"),
    "theory": N_("Theory"),
    "conclusion": N_("Conclusion"),
    "gap_note": N_("Note on the gap"),
}
FIELD_NOTES = {
    "etic_reading": N_("the researcher’s reading"),
    "theory": N_("literature"),
    "conclusion": N_("what follows"),
    "gap_note": N_("what differs, and why it matters"),
}
ON_DEMAND = ("conclusion", "gap_note")  # shown once they are asked for, needed or written
ORDERED = N_("passages in the researcher’s order")
SAVE_REASON = 1500  # milliseconds


class Modes(QWidget):
    """Three ways to see passages, side by side; each names how many there are."""

    chosen = Signal(str)

    def __init__(self, tokens: theme.Theme) -> None:
        """The first is on."""
        super().__init__()
        self.setAccessibleName(_("Which passages"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.group, self.buttons = QButtonGroup(self), dict[str, QToolButton]()
        for name in MODES:
            button = QToolButton()
            button.setCheckable(True)
            button.setFont(tokens.font("secondary"))
            button.setSizePolicy(self.sizePolicy().Policy.Expanding, self.sizePolicy().Policy.Fixed)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _on=False, name=name: self.chosen.emit(name))
            self.group.addButton(button)
            self.buttons[name] = button
            row.addWidget(button)
        px = tokens.px
        self.setStyleSheet(
            f"QToolButton {{ border-radius: 0; padding: {px(3)}px; margin-left: -1px; }}"
            "QToolButton:checked { background: palette(link); color: palette(bright-text);"
            " border-color: palette(link); }"
        )

    def show_numbers(self, mode: str, numbers: dict[str, int]) -> None:
        """Mark the mode that is on and say how many passages each has."""
        for name, button in self.buttons.items():
            button.setText(f"{_(MODES[name])} {numbers.get(name, 0)}")
            button.setChecked(name == mode)


class CellPanel(QWidget):
    """The panel; it shows what it is told and tells what the person does."""

    field_left = Signal(str)
    status_chosen = Signal(str)
    reason_left = Signal()

    def __init__(self, tokens: theme.Theme) -> None:
        """No cell yet."""
        super().__init__()
        self.tokens = tokens
        self.title, self.caption = Elided(tokens, "document"), Elided(tokens, "secondary", "ink2")
        self.modes, self.passages, self.checks = Modes(tokens), PassageList(tokens), Checks(tokens)
        self.links = Links(tokens)
        self.unused = label(tokens, "", "caption", "ink3")
        self.emic_title, self.emic_note = label(tokens, _("Emic"), "panel"), elided_label(tokens, _(ORDERED))
        self.emic_words = label(tokens, _(FIELD_WORDS["emic_summary"]), "caption", "ink2")
        self.author = label(tokens, "", "caption", "ink3")
        self.hints = self._wrapping("look_again")
        self.since = self._wrapping("look_again")
        self.reviewed = link_button(tokens, _("Mark as reviewed"), lambda: None)
        self.nothing = Hint(tokens)
        self.empty = label(tokens, "", "interface", "ink2")
        self.empty.setWordWrap(True)
        self.fields = {name: CellField(tokens, _(FIELD_WORDS[name])) for name in FIELDS}
        for name, field in self.fields.items():
            field.left.connect(lambda name=name: self.field_left.emit(name))
        self.parts: dict[str, QWidget] = {}  # fields with their headings
        self.unfolded, self._note, self._needed = False, False, frozenset[str]()
        self._emic = True  # the cell words the view of informants
        self.more = link_button(tokens, _("Conclusion and note on the gap…"), self._unfold)
        self.close_button = flat_button(tokens, "x", _("Close the panel"), lambda: None)
        self.status = ChoiceBox(tokens, [])
        self.status.setAccessibleName(_("Status"))
        self.status.activated.connect(lambda _at: self.status_chosen.emit(str(self.status.currentData())))
        self.reason, self.reason_kept = self._reason_line(), ""
        self.not_applicable = QToolButton()
        self.not_applicable.setText(_("not applicable"))
        self.not_applicable.setCheckable(True)
        self.not_applicable.setProperty("chip", True)
        self.not_applicable.setFont(tokens.font("secondary"))
        self.not_applicable.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.not_applicable.setStyleSheet(
            "QToolButton:checked { background: palette(highlight); border-color: palette(link); }"
        )
        self.area, self.pages = QScrollArea(), QStackedWidget()
        self.pages.addWidget(self._whole())
        self.pages.addWidget(self.nothing)
        self.apart = Disagreements(tokens)
        self.pages.addWidget(self.apart)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        self.show_nothing()

    def _wrapping(self, tone: str) -> QLabel:
        made = label(self.tokens, "", "secondary", tone)
        made.setWordWrap(True)
        made.hide()
        return made

    def _reason_line(self) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(_("Reason"))
        line.setPlaceholderText(_("Reason"))
        line.setFont(self.tokens.font("secondary"))
        line.editingFinished.connect(self.reason_left.emit)
        rest = QTimer(line, singleShot=True, interval=SAVE_REASON)
        line.textEdited.connect(lambda _words: rest.start())
        rest.timeout.connect(self.reason_left.emit)
        return line

    # Building

    def _whole(self) -> QWidget:
        whole, edge = QWidget(), self.tokens.px(theme.SPACE_16)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head(edge))
        area, inner = self.area, QWidget()
        paper(inner, "panel")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QVBoxLayout(inner)
        body.setContentsMargins(edge, 0, edge, edge)
        body.setSpacing(self.tokens.px(6))
        self._fill(body)
        body.addStretch(1)
        area.setWidget(inner)
        column.addWidget(area, 1)
        column.addWidget(line_across())
        column.addWidget(self._foot(edge))
        return whole

    def _head(self, edge: int) -> QWidget:
        head, words = QWidget(), QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.caption)
        row = QHBoxLayout()
        row.addLayout(words, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(head)
        column.setContentsMargins(edge, self.tokens.px(10), edge, self.tokens.px(8))
        column.setSpacing(self.tokens.px(8))
        column.addLayout(row)
        column.addWidget(self.modes)
        return head

    def _fill(self, body: QVBoxLayout) -> None:
        body.addWidget(self.links)
        body.addLayout(self._heading(self.emic_title, self.emic_note, self.unused))
        for part in (self.passages, self.empty, self.since, self.reviewed, self.hints):
            body.addWidget(part)
        for name in FIELDS:
            self.parts[name] = self._part(name)
            body.addWidget(self.parts[name])
        body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        body.addWidget(self._member_checks())

    def _member_checks(self) -> QWidget:
        part, column = self._plain_part()
        title, note = label(self.tokens, _("Member check"), "panel"), _("of the emic part alone")
        column.addLayout(self._heading(title, elided_label(self.tokens, note), None))
        column.addWidget(self.checks)
        self.parts["checks"] = part
        return part

    def _plain_part(self) -> tuple[QWidget, QVBoxLayout]:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.tokens.px(6))
        return part, column

    def _part(self, name: str) -> QWidget:
        """A field below its heading."""
        part, column = self._plain_part()
        if name == "emic_summary":
            column.addWidget(self.emic_words)
        else:
            right = self.author if name == "etic_reading" else None
            title, note = _(FIELD_WORDS[name]), elided_label(self.tokens, _(FIELD_NOTES[name]))
            column.addLayout(self._heading(label(self.tokens, title, "panel"), note, right))
        column.addWidget(self.fields[name])
        return part

    def _heading(self, title: QLabel, note: QLabel, right: QLabel | None) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, self.tokens.px(6), 0, 0)
        row.setSpacing(self.tokens.px(8))
        row.addWidget(title)
        row.addWidget(note, 1)
        if right is not None:
            row.addWidget(right)
        return row

    def _foot(self, edge: int) -> QWidget:
        foot = QWidget()
        row, column = QHBoxLayout(), QVBoxLayout(foot)
        column.setContentsMargins(edge, self.tokens.px(8), edge, self.tokens.px(8))
        column.setSpacing(self.tokens.px(6))
        row.setSpacing(self.tokens.px(8))
        row.addWidget(label(self.tokens, _("Status"), "secondary", "ink2"))
        row.addWidget(self.status, 1)
        row.addWidget(self.not_applicable)
        column.addLayout(row)
        column.addWidget(self.reason)
        return foot

    # Showing

    def show_nothing(self) -> None:
        """No cell is chosen."""
        self.nothing.say(_("Choose a cell to see its passages and to write in it."))
        self.pages.setCurrentIndex(1)

    def show_counted(self) -> None:
        """What stands in the cell is counted; nothing is written in it."""
        self.nothing.say(_("Nothing is written here: this is counted from the codings."))
        self.pages.setCurrentIndex(1)

    def show_apart(self) -> None:
        """The matrix is of the agreement of coders: show where they differ."""
        self.pages.setCurrentWidget(self.apart)

    def show_head(self, title: str, short: str, caption: str) -> None:
        """What the cell is of, also shortly, and its counts."""
        self.pages.setCurrentIndex(0)
        self.title.short = short
        self.title.setText(title)
        self.title.setToolTip(title)
        self.caption.setText(caption)
        self.caption.setToolTip(caption)

    def show_layer(self, emic: bool) -> None:
        """Say whose view the summary words: of observation and documents it is the researcher's alone."""
        self._emic = emic
        words = _(FIELD_WORDS["emic_summary"]) if emic else _("The researcher’s summary, not emic")
        self.emic_words.setText(words)
        self.emic_title.setText(_("Emic") if emic else _("Passages"))

    def show_passages_are(self, title: str, note: str) -> None:
        """Say which passages are listed; an empty title leaves the one of the layer."""
        if title:
            self.emic_title.setText(title)
        self.emic_note.setText(note)
        self.emic_note.setToolTip(note)

    def show_fields(self, words: dict[str, str], status: str, reason: str, not_applicable: bool) -> None:
        """What is written; a field in which somebody is writing stays as it is."""
        for name, field in self.fields.items():
            field.show_words(words.get(name, ""))
        self._needed = self._needed - {"gap_note"} | ({"gap_note"} if status == "gap" else set())
        self._fold()
        self.status.choose(status)
        self._show_reason(reason)
        self.not_applicable.blockSignals(True)
        self.not_applicable.setChecked(not_applicable)
        self.not_applicable.blockSignals(False)

    def _show_reason(self, reason: str) -> None:
        """Show the reason that is kept; one that is being written is not touched."""
        written = self.reason.text().strip()
        if reason == self.reason_kept and written != reason:
            return
        self.reason_kept = reason
        if written != reason:
            self.reason.setText(reason)
            self.reason.setCursorPosition(0)  # a long one is shown from its beginning

    def show_statuses(self, statuses: Sequence[str]) -> None:
        """The statuses that can be chosen for the cell; `show_fields` chooses the one that it has."""
        if statuses != [self.status.itemData(row) for row in range(self.status.count())]:
            self.status.clear()
            for key in statuses:
                self.status.addItem(word(key), key)

    def show_as_note(self, note: bool) -> None:
        """Whether this is a note on convergence: it is there for its conclusion, and is of no one's words."""
        self._note, self._needed = note, frozenset({"conclusion"}) if note else frozenset()

    def _unfold(self) -> None:
        self.unfolded = True
        self._fold()
        self.fields[ON_DEMAND[0]].setFocus()

    def _fold(self) -> None:
        """Show the fields that are on demand where they are asked for, needed or written."""
        for name, field in self.fields.items():
            always = not self._note if name not in ON_DEMAND else self.unfolded or name in self._needed
            self.parts[name].setVisible(always or bool(field.words) or field.hasFocus())
        self.parts["checks"].setVisible(not self._note and self._emic)
        self.more.setVisible(any(self.parts[name].isHidden() for name in ON_DEMAND) and not self._note)

    def show_news(self, since: Sequence[str], hints: Sequence[str], stale: bool) -> None:
        """What changed since the cell was written, and what its status asks for."""
        self.since.setText("\n".join((_("Changed since it was written:"), *since)) if stale else "")
        self.since.setVisible(stale)
        self.reviewed.setVisible(stale)
        self.hints.setText("\n".join(hints))
        self.hints.setVisible(bool(hints))

    def show_unused(self, number: int) -> None:
        """How many passages of the cell are not chosen."""
        self.unused.setText(n_("{n} not used", "{n} not used", number).format(n=number) if number else "")
