"""Who speaks in a file on its way into the study: a row for each label, to be settled in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qualcoder_lite.analysis.terms import word
from qualcoder_lite.i18n import _
from qualcoder_lite.readers.document import ROLES
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.panel import Choice, Elided, label, link_button
from qualcoder_lite.ui.sources.import_draft import Draft, SpeakerDraft, propose, set_alias
from qualcoder_lite.ui.sources.import_paint import Doubt

_LABEL = 110  # pixels: of a long label at least
_ROLE, _WHO = (124, 176), (96, 200)  # pixels: least and most of the columns of roles and of informants


@dataclass
class _Row:
    """The fields of one label."""

    speaker: SpeakerDraft
    role: Choice
    who: Choice
    doubt: Doubt
    right: QPushButton


class Speakers(QWidget):
    """The table; `changed` is called after each thing that the person settled."""

    def __init__(self, tokens: theme.Theme, changed: Callable[[], object]) -> None:
        """No labels yet."""
        super().__init__()
        self.tokens, self._changed = tokens, changed
        self.rows: list[_Row] = []
        self._draft: Draft | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.px(theme.SPACE_8))
        column.addWidget(label(tokens, _("Who speaks: label → role → informant"), "panel"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(tokens.px(12))
        self._grid.setVerticalSpacing(tokens.px(theme.SPACE_4))
        self._grid.setColumnStretch(4, 1)
        column.addLayout(self._grid)

    def show_draft(self, draft: Draft, aliases: Sequence[str]) -> None:
        """Show the labels of a file; `aliases`: those of informants who are in the study."""
        self._draft, self.rows = draft, []
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.setVisible(bool(draft.speakers))
        heads = (_("Label"), _("Turns"), _("Role"), _("Informant"), _("Reason"))
        for column, words in enumerate(heads if draft.speakers else ()):
            self._grid.addWidget(label(self.tokens, words, "secondary", "ink2"), 0, column)
        for speaker in draft.speakers:
            self._add(speaker, aliases)
        self.refresh()

    def _add(self, speaker: SpeakerDraft, aliases: Sequence[str]) -> None:
        role = Choice(self.tokens, [(one, word(one)) for one in ROLES], speaker.role)
        role.setAccessibleName(_("Role of {label}").format(label=speaker.label))
        names = list(dict.fromkeys(name for name in (speaker.alias, *aliases) if name))
        who = Choice(self.tokens, [(name, name) for name in names] or [("", "—")], speaker.alias)
        who.setEditable(True)
        who.setAccessibleName(_("Informant behind {label}").format(label=speaker.label))
        right = link_button(self.tokens, _("It is right"), lambda: self._settle(speaker))
        row = _Row(speaker, role, who, Doubt(self.tokens, _("not certain")), right)
        role.activated.connect(lambda _row: self._settle(speaker, role.currentData()))
        who.editTextChanged.connect(lambda alias: self._name(speaker, alias))
        parts: tuple[QWidget, ...] = (
            self._label(speaker.label),
            label(self.tokens, str(speaker.turns), "interface", "ink2"),
            role,
            who,
            self._reason(row),
        )
        for column, widget in enumerate(parts):
            self._grid.addWidget(widget, len(self.rows) + 1, column)
        for widget, (least, most) in ((role, _ROLE), (who, _WHO)):
            widget.setMinimumWidth(self.tokens.px(least))
            widget.setMaximumWidth(self.tokens.px(most))
        self.rows.append(row)

    def _label(self, words: str) -> QWidget:
        """The label, shortened where it is long and there is no room."""
        said = Elided(self.tokens, "panel")
        said.setText(words)
        said.setToolTip(words)
        said.setMinimumWidth(min(said.sizeHint().width(), self.tokens.px(_LABEL)))
        return said

    def _reason(self, row: _Row) -> QWidget:
        """Why the role was inferred; where it is doubtful, with a link that confirms it."""
        whole = QWidget()
        line = QHBoxLayout(whole)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(row.doubt)
        line.addWidget(row.right)
        words = Elided(self.tokens, "interface", "ink2")
        words.setText(_(row.speaker.reason) if row.speaker.reason else "")
        line.addWidget(words, 1)
        return whole

    def refresh(self) -> None:
        """Show what the rows now say, without making them anew: the keys stay where they are."""
        for row in self.rows:
            speaks = row.speaker.role == "informant"
            words = row.speaker.alias if speaks else "—"
            if row.who.currentText().strip() != words:
                row.who.blockSignals(True)
                row.who.setEditText(words)
                row.who.blockSignals(False)
            row.who.setEnabled(speaks)
            for widget in (row.right, row.doubt):
                widget.setVisible(row.speaker.doubtful)

    def fields(self) -> list[QWidget]:
        """What takes the keys, in the order seen."""
        return [field for row in self.rows for field in (row.role, row.who, row.right)]

    def _settle(self, speaker: SpeakerDraft, role: str = "") -> None:
        """The person said what a label is, or that the guess is right."""
        speaker.role, speaker.settled = role or speaker.role, True
        if self._draft is not None:
            propose(self._draft)
        self._changed()

    def _name(self, speaker: SpeakerDraft, alias: str) -> None:
        speaker.settled = True
        if self._draft is not None:
            set_alias(self._draft, speaker, alias)
        self._changed()
