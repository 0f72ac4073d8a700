"""Real names in a file on its way into the study: where they stand, and what takes their place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from qualcoder_lite.i18n import _
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.panel import Elided, label
from qualcoder_lite.ui.sources.import_draft import Draft, codes_with_names, places_of, set_mask

_MASK = 200  # pixels


class Names(QWidget):
    """The names of one file; `changed` is called after each thing that the person settled."""

    def __init__(self, tokens: theme.Theme, key_file: str, changed: Callable[[], object]) -> None:
        """No names yet; `key_file` is what the file of names beside the study is called."""
        super().__init__()
        self.tokens, self._key_file, self._changed = tokens, key_file, changed
        self.masks: dict[str, QLineEdit] = {}
        self._draft: Draft | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.px(theme.SPACE_8))
        column.addWidget(label(tokens, _("Real names in this file"), "panel"))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(tokens.px(12))
        self._grid.setVerticalSpacing(tokens.px(theme.SPACE_4))
        self._grid.setColumnStretch(2, 1)
        column.addLayout(self._grid)
        self.choice = QCheckBox()
        self.choice.clicked.connect(self._choose)
        column.addWidget(self.choice)
        self.meaning = label(tokens, "", "secondary", "ink2")
        self.warning = label(tokens, "", "secondary", "opposed")
        for words in (self.meaning, self.warning):
            words.setWordWrap(True)
            column.addWidget(words)

    def show_draft(self, draft: Draft) -> None:
        """Show the names of a file; nothing where it holds none."""
        self._draft, self.masks = draft, {}
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, (person, places) in enumerate(places_of(draft.names).items()):
            self._grid.addWidget(label(self.tokens, person, "interface"), row, 0)
            if person in draft.masks:
                self._grid.addWidget(self._mask(person, draft.masks[person]), row, 1)
            said = Elided(self.tokens, "secondary", "ink2")
            said.setText(places)
            said.setToolTip(places)
            self._grid.addWidget(said, row, 2)
        self.refresh()

    def _mask(self, person: str, mask: str) -> QLineEdit:
        line = QLineEdit(mask)
        line.setFixedWidth(self.tokens.px(_MASK))
        line.setPlaceholderText(_("The name stays"))
        line.setAccessibleName(_("In place of {name}").format(name=person))
        line.textEdited.connect(lambda words: self._write(person, words))
        self.masks[person] = line
        return line

    def refresh(self) -> None:
        """Show what now holds, without making the fields anew."""
        draft = self._draft
        if draft is None:
            return
        for person, line in self.masks.items():
            line.setEnabled(draft.masking)
            if line.text().strip() != draft.masks[person].strip():
                line.setText(draft.masks[person])
        if self.masks:
            self.choice.setText(_("Put the alias in place of the name; the name goes into the key file"))
            self.choice.setChecked(draft.masking)
        else:
            self.choice.setText(_("Leave the original file out of the study"))
            self.choice.setChecked(not draft.original)
        self.meaning.setText(self._meaning(draft))
        held = codes_with_names(draft)
        self.warning.setText(
            _("A real name stands in a code or alias: {codes}. They are seen in every output.").format(
                codes=", ".join(f"“{words}”" for words in held)
            )
        )
        self.warning.setVisible(bool(held))
        self.setVisible(bool(draft.names))

    def _meaning(self, draft: Draft) -> str:
        """What the choice means, said plainly."""
        if not self.masks and draft.original:
            return _("The name stands in the original file alone, which goes into the study and its backups.")
        if not self.masks:
            return _("Only the text goes into the study, without the original file.")
        if draft.wished_masks:
            words = _("The names go into {file} beside the study. The original file stays outside it, too.")
            return words.format(file=self._key_file)
        return _("The names stay in the text, the title and the original file: in every backup and output.")

    def fields(self) -> list[QWidget]:
        """What takes the keys, in the order seen."""
        return [*self.masks.values(), self.choice]

    def _write(self, person: str, words: str) -> None:
        if self._draft is not None:
            set_mask(self._draft, person, words)
        self._changed()

    def _choose(self, ticked: bool) -> None:
        if self._draft is None:
            return
        if self.masks:
            self._draft.masking = ticked
        else:
            self._draft.original = not ticked
        self._changed()
