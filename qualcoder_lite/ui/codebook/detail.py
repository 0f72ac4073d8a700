"""A code in view while coding: what it means, what belongs to it and what does not, an example."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from qualcoder_lite.analysis.panels.lists import CodeLine
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.panel import paper, tint

PARTS = (
    ("definition", N_("Definition")),
    ("include", N_("Include")),
    ("exclude", N_("Exclude")),
    ("example", N_("Example")),
    ("plus", N_("+ means")),
    ("minus", N_("− means")),
)
_SHORT = ("definition", "exclude")  # where there is little room
_LITTLE = 150  # pixels


class CodeDetail(QScrollArea):
    """The wording of one code."""

    def __init__(self, tokens: theme.Theme) -> None:
        """No code yet."""
        super().__init__()
        self.tokens = tokens
        self.line: CodeLine | None = None
        self.fields: Mapping[str, str] = {}
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_("The code in view"))
        body = _Body(self)
        column = QVBoxLayout(body)
        edge = tokens.px(theme.SPACE_12)
        column.setContentsMargins(edge + tokens.px(theme.SPACE_12), edge, edge, edge)
        column.setSpacing(tokens.px(theme.SPACE_4))
        self.title, self.words = _words(tokens, "panel", "ink"), _words(tokens, "secondary", "ink")
        column.addWidget(self.title)
        column.addWidget(self.words)
        column.addStretch(1)
        self.setWidget(body)
        paper(body, "panel")
        self.viewport().setAutoFillBackground(False)

    def show_code(self, line: CodeLine | None, fields: Mapping[str, str]) -> None:
        """Show a code, or none."""
        if (line, fields) == (self.line, self.fields):
            return
        self.line, self.fields = line, fields
        self.title.setText(line.called if line else "")
        self._write()
        self.viewport().update()

    def _write(self) -> None:
        """The parts that have words; where there is little room only the most needed."""
        little = self.height() < self.tokens.px(_LITTLE)
        ink2 = self.tokens.ink2.name()
        parts = [
            f'<p style="margin:0 0 4px 0"><span style="color:{ink2}">{escape(_(head))}</span>&nbsp; '
            f"{escape(self.fields[name])}</p>"
            for name, head in PARTS
            if self.fields.get(name) and (not little or name in _SHORT)
        ]
        if self.line is None:
            parts = [escape(_("Choose a code to read what it means."))]
        elif not parts:
            parts = [escape(_("This code has no definition yet."))]
        self.words.setText("".join(parts))

    def resizeEvent(self, event) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
        """Show more where there is room."""
        super().resizeEvent(event)
        self._write()


class _Body(QWidget):
    """The ground of the words, with the code's colour at its edge."""

    def __init__(self, detail: CodeDetail) -> None:
        super().__init__()
        self._detail = detail

    def paintEvent(self, _event: QPaintEvent) -> None:
        detail = self._detail
        if detail.line is None:
            return
        tokens = detail.tokens
        painter = QPainter(self)
        edge = tokens.px(theme.SPACE_12)
        box = detail.title.geometry()
        painter.fillRect(edge, box.top(), tokens.px(4), box.height(), tokens.code(detail.line.colour))
        painter.end()


def _words(tokens: theme.Theme, role: str, tone: str) -> QLabel:
    made = QLabel()
    made.setFont(tokens.font(role))
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    tint(made, getattr(tokens, tone))
    return made
