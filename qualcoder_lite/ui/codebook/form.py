"""The wording of a code to be written: name, what it means, what belongs to it and what does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit, QWidget

from qualcoder_lite.analysis.panels.lists import CodeLine
from qualcoder_lite.analysis.terms import word
from qualcoder_lite.i18n import _
from qualcoder_lite.ui.codebook.detail import PARTS
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.form_box import FormBox, text_field
from qualcoder_lite.ui.kit.panel import Choice

KINDS = ("dimension", "factor", "indicator", "category", "theme", "context")
HINTS: tuple[tuple[str | None, str], ...] = ((None, "—"), ("+", "+"), ("-", "−"), ("0", "0"), ("±", "±"))


@dataclass(frozen=True)
class Written:
    """What was written in the form."""

    key: str
    fields: dict[str, str]
    kind: str
    hint: str | None
    shortcut: str
    reason: str


class CodeForm(FormBox):
    """The form; `keep` gets what was written."""

    def __init__(
        self,
        tokens: theme.Theme,
        title: str,
        line: CodeLine,
        fields: Mapping[str, str],
        keep: Callable[[Written], bool],
        window: QWidget,
    ) -> None:
        """A form for a code, filled with what is known of it."""
        self.key, self.name = QLineEdit(line.key), QLineEdit(fields.get("name", ""))
        self.kind = Choice(tokens, [(kind, word(kind)) for kind in KINDS], line.kind)
        self.hint = Choice(tokens, HINTS, line.hint)
        numbers = [("", _("none")), *((number, number) for number in "123456789")]
        self.shortcut = Choice(tokens, numbers, line.shortcut or "")
        self.texts = {name: text_field(fields.get(name, "")) for name, _head in PARTS}
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("optional; goes into the history"))
        rows: list[tuple[str, QWidget]] = [
            (_("Key"), self.key),
            (_("Name"), self.name),
            (_("Kind"), self.kind),
        ]
        rows += [(_(head), self.texts[name]) for name, head in PARTS]
        rows += [(_("Usual polarity"), self.hint), (_("Key on the keyboard"), self.shortcut)]
        if line.id:  # a new code changes nothing that a reason could be given for
            rows += [(_("Reason for the change"), self.reason)]
        super().__init__(tokens, title, rows, lambda: keep(self.written()), window)

    def written(self) -> Written:
        """What is written now."""
        fields = {name: text.toPlainText().strip() for name, text in self.texts.items()}
        fields["name"] = self.name.text().strip()
        chosen = (self.kind.currentData(), self.hint.currentData(), self.shortcut.currentData())
        return Written(self.key.text().strip(), fields, *chosen, self.reason.text().strip())
