"""The box with the backups of a study: what each holds, what would go, putting one back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from qualcoder_lite.i18n import _, n_
from qualcoder_lite.store.copies.manifest import LastStep
from qualcoder_lite.ui.backups.reading import Backups, Kept, Now
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.lists import row_list
from qualcoder_lite.ui.kit.overlay import Overlay
from qualcoder_lite.ui.kit.panel import label, push_button
from qualcoder_lite.ui.kit.row_paint import Row
from qualcoder_lite.ui.kit.times import stamp

WIDTH, HEIGHT, LIST = 820, 560, 330
SHOWN = 6  # steps that are named


class BackupsBox(Overlay):
    """The box; `put_back` gets the file of the backup that was chosen."""

    def __init__(
        self, tokens: theme.Theme, found: Backups, put_back: Callable[[Path], object], window: QWidget
    ) -> None:
        """The backups, the one made last chosen."""
        super().__init__(tokens, _("Backups of {study}").format(study=found.study.stem), window)
        self._found, self._put_back = found, put_back
        column = QVBoxLayout(self)
        edge = tokens.px(theme.SPACE_16)
        column.setContentsMargins(edge, edge, edge, tokens.px(theme.SPACE_12))
        column.setSpacing(tokens.px(theme.SPACE_8))
        column.addWidget(label(tokens, self.accessibleName(), "document"))
        column.addWidget(self._sentence(now_said(found.now), "ink2"))
        self.view, self.rows = row_list(tokens, theme.TWO_LINE_ROW, _paint, said)
        self.view.setAccessibleName(self.accessibleName())
        self.view.setFixedWidth(tokens.px(LIST))
        self.rows.set_rows(found.kept)
        middle = QHBoxLayout()
        middle.setSpacing(edge)
        middle.addWidget(self.view)
        middle.addLayout(self._detail(), 1)
        column.addLayout(middle, 1)
        column.addLayout(self._foot())
        self.view.selectionModel().currentChanged.connect(lambda *_rows: self._show())
        self.view.setCurrentIndex(self.rows.index(0, 0))

    def _sentence(self, words: str, tone: str = "ink", role: str = "interface") -> QLabel:
        made = label(self.tokens, words, role, tone)
        made.setWordWrap(True)
        return made

    def _detail(self) -> QVBoxLayout:
        """What the chosen backup holds, its last steps, what would go."""
        column = QVBoxLayout()
        self.head, self.holds = self._sentence("", role="panel"), self._sentence("")
        self.last_head, self.last = self._sentence(_("Its last steps"), "ink2", "chip"), self._sentence("")
        self.gone_head, self.gone = self._sentence("", "ink2", "chip"), self._sentence("", "look_again")
        parts = (self.head, self.holds, self.last_head, self.last, self.gone_head, self.gone)
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        return column

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self._sentence(_("What is there now is kept as a backup of its own."), "ink2"), 1)
        row.addWidget(push_button(_("Cancel"), self.give_up))
        self.button = push_button(_("Put this backup back"), self._do, default=True)
        row.addWidget(self.button)
        return row

    def open(self) -> None:
        """Show the box in the upper middle of the window."""
        self.open_in_middle(self.tokens.px(WIDTH), self.tokens.px(HEIGHT))
        self.view.setFocus()

    def leave(self) -> None:
        """A click elsewhere keeps the box."""

    @property
    def chosen(self) -> Kept:
        """The backup that is chosen."""
        kept: Kept = self._found.kept[max(0, self.view.currentIndex().row())]
        return kept

    def _show(self) -> None:
        """Tell of the chosen backup."""
        kept, held = self.chosen, self.chosen.held
        self.head.setText(stamp(held.at))
        self.holds.setText(f"{counts_said(held.codings, held.sources)}. {state_said(kept)}")
        self.last.setText(_steps_said(held.steps, len(held.steps)))
        self.last_head.setVisible(bool(held.steps))
        number = len(kept.later)
        self.gone_head.setText(_("What would go from the study"))
        self.gone_head.setVisible(held.whole)
        if self._found.now is None:
            self.gone.setText(
                _("The study can't be read, so that nobody can tell what it holds beyond this.")
            )
        elif number:
            sentence = n_("{n} step, made since:", "{n} steps, made since:", number).format(n=number)
            self.gone.setText(f"{sentence}\n{_steps_said(kept.later, number)}")
        else:
            self.gone.setText(_("Nothing: the backup has every step of the study."))
        self.gone.setVisible(held.whole)
        self.button.setEnabled(held.whole)

    def _do(self) -> None:
        path = self.chosen.held.path
        self.end()
        self._put_back(path)


def counts_said(codings: int, sources: int) -> str:
    """How many codings and sources there are."""
    first = n_("{n} coding", "{n} codings", codings).format(n=codings)
    return f"{first}, {n_('{n} source', '{n} sources', sources).format(n=sources)}"


def now_said(now: Now | None) -> str:
    """What the study holds now."""
    if now is None:
        return _("The study itself can't be read any more.")
    return _("The study now: {counts}").format(counts=counts_said(now.codings, now.sources))


def state_said(kept: Kept) -> str:
    """Whether a backup can be put back, and what it was made for."""
    if not kept.held.whole:
        return _("It is damaged or was changed, and can't be put back.")
    if kept.held.before_restoring:
        return _("It keeps what was there when another backup was put back.")
    return _("It is whole.")


def _steps_said(steps: Sequence[LastStep], number: int) -> str:
    lines = [f"{stamp(step.at)}  {step.text}" for step in steps[:SHOWN]]
    if number > SHOWN:
        lines.append(_("and {n} more").format(n=number - SHOWN))
    return "\n".join(lines)


def _size_said(size: int) -> str:
    """A size in kilobytes or megabytes."""
    return f"{size / 1e6:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"


def said(kept: Kept) -> str:
    """A backup in words."""
    held = kept.held
    return f"{stamp(held.at)}, {counts_said(held.codings, held.sources)}, {state_said(kept)}"


def _paint(row: Row, kept: Kept) -> None:
    held = kept.held
    state = "" if held.whole else _("damaged")
    state = _("before putting back") if held.whole and held.before_restoring else state
    middle, left, step = row.middle, row.left, row.tokens.px(theme.SPACE_8) + 1
    row.middle = middle - step
    row.words_right(state or _size_said(held.size), tone="ink3" if held.whole else "opposed")
    row.words(stamp(held.at), "interface", "ink")
    row.middle, row.left = middle + step, left
    row.words(counts_said(held.codings, held.sources), "secondary", "ink2")
