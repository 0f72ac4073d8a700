"""The panel of the interview guide joined to the desk: which questions were asked, and writing them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from qualcoder_lite.analysis.panels.guide import GuideLine, guide_in
from qualcoder_lite.coding import questions
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.store.schema import Code
from qualcoder_lite.ui.coding.below import PanelBelow, is_open, toggle
from qualcoder_lite.ui.coding.document import Document
from qualcoder_lite.ui.desk.action import VIEW, Action, with_study
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.guide.panel import GuidePanel
from qualcoder_lite.ui.kit.form_box import FormBox, text_field
from qualcoder_lite.ui.kit.panel import flat_button, link_button

SPOKEN = ("interview", "focus_group")


class Guide(PanelBelow):
    """The panel of the interview guide."""

    panel: GuidePanel

    def __init__(self, desk: Desk) -> None:
        """A panel that is not shown yet."""
        panel, tokens = GuidePanel(desk.tokens), desk.tokens
        super().__init__(desk, panel, panel.view)
        self.propose = link_button(tokens, _("Tick as the words propose"), self._do(self.take_proposals))
        panel.head.add(self.propose)
        panel.head.add(link_button(tokens, _("New question"), self.ask_new))
        panel.head.add(flat_button(tokens, "pencil", _("Edit the question"), self._with_one(self.ask_edit)))
        panel.head.add(flat_button(tokens, "trash-2", _("Remove the question"), self._do(self.remove)))
        panel.head.add(flat_button(tokens, "x", _("Close the panel"), self.close))
        panel.ticked.connect(lambda lines: desk.attempt(self.turn, lines))
        panel.jumped.connect(self.jump)
        panel.edited.connect(self.ask_edit)
        panel.removed.connect(lambda _lines: desk.attempt(self.remove))
        panel.came_into_view.connect(self.refresh)
        desk.part(Document).opened.connect(self.refresh)

    def _do(self, run: Callable[[], object]) -> Callable[[], object]:
        return lambda: self.desk.attempt(run)

    def _with_one(self, run: Callable[[GuideLine], object]) -> Callable[[], object]:
        """With the first of the chosen questions, where there is one."""
        return lambda: [run(line) for line in self.panel.chosen()[:1]]

    @property
    def _source(self) -> bytes:
        source = self.desk.source
        return source.id if source is not None else b""

    def read(self) -> None:
        """Read the guide anew, as the open interview has it."""
        source = self.desk.source
        spoken = source is not None and source.technique in SPOKEN
        lines = guide_in(self.desk.study, source.id) if spoken and source is not None else []
        self.panel.show_lines(lines, source.key if source is not None else "")
        self.propose.setEnabled(any(line.asked != line.proposed for line in lines))
        self.panel.say_empty(spoken, self.ask_new)

    def turn(self, lines: Sequence[GuideLine]) -> None:
        """Note questions as asked or not asked; where they differ, all as asked."""
        asked = not all(line.asked for line in lines)
        if len(lines) == 1:
            questions.set_asked(self.desk.study, lines[0].id, self._source, asked)
            return
        turned = {line.id for line in lines}
        rows = self.panel.model.rows
        not_asked = [row.id for row in rows if not (asked if row.id in turned else row.asked)]
        questions.set_not_asked(self.desk.study, self._source, not_asked)

    def take_proposals(self) -> None:
        """Note as asked just the questions whose words a turn of the interviewer has."""
        not_asked = [row.id for row in self.panel.model.rows if not row.proposed]
        questions.set_not_asked(self.desk.study, self._source, not_asked)

    def jump(self, line: GuideLine) -> None:
        """Show the turn in which a question seems to have been asked."""
        if line.match is not None:
            self.desk.text.go_to(line.match.start, line.match.end)

    def remove(self) -> None:
        """Remove the chosen questions."""
        lines = self.panel.chosen()
        if lines:
            questions.remove(self.desk.study, [line.id for line in lines])
            words = _("Removed: {codes}.").format(codes=", ".join(line.number for line in lines))
            self.desk.tell_undoable(words)

    # Writing a question

    def ask_new(self) -> None:
        """Write a new question with a number that follows."""
        self._ask(GuideLine(b"", str(len(self.panel.model.rows) + 1), "", (), True, None, False))

    def ask_edit(self, line: GuideLine) -> None:
        """Write a question anew."""
        self._ask(line)

    def _ask(self, line: GuideLine) -> None:
        number, codes = QLineEdit(line.number), QLineEdit("; ".join(line.codes))
        text = text_field(line.text)
        codes.setPlaceholderText(_("Keys of codes, with ; between them"))
        rows: list[tuple[str, QWidget]] = [
            (_("Number of the question"), number), (_("Question"), text),
            (_("Codes that it asks about"), codes),
        ]  # fmt: skip

        def written() -> bool:
            return self.desk.attempt(self._write, line, number.text(), text.toPlainText(), codes.text())

        title = _("Question {number}").format(number=line.number) if line.id else _("New question")
        FormBox(self.desk.tokens, title, rows, written, self.desk.window).open()

    def _write(self, line: GuideLine, number: str, text: str, cell: str) -> None:
        """Keep what differs; the words and the codes are a step each."""
        study = self.desk.study
        known = {code.key: code.id for code in self.desk.codes}
        codes = questions.parse_keys(Code, cell, known)
        if not line.id:
            questions.add(study, number, text, codes)
            return
        if (number.strip(), text.strip()) != (line.number, line.text):
            questions.edit(study, line.id, number, text)
        if set(codes) != {known[key] for key in line.codes if key in known}:
            questions.set_codes(study, line.id, codes)


def connect(desk: Desk) -> None:
    """Make the panel ready to be shown."""
    desk.add(Guide(desk))


ROWS = (
    Action(
        "guide", N_("Interview guide"), partial(toggle, Guide), VIEW, 4, ("Ctrl+Shift+U",), with_study,
        ticked=partial(is_open, Guide),
    ),
)  # fmt: skip
