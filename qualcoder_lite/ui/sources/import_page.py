"""Bringing files in: what each was read as, and who speaks, to be confirmed before anything is written."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from qualcoder_lite.analysis.terms import word
from qualcoder_lite.i18n import _, n_
from qualcoder_lite.readers.document import ROLES
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.lists import row_list
from qualcoder_lite.ui.kit.panel import (
    Choice,
    Elided,
    Head,
    label,
    line_across,
    link_button,
    paper,
    push_button,
    splitter,
)
from qualcoder_lite.ui.sources.import_draft import Draft, SpeakerDraft, next_doubtful, preview
from qualcoder_lite.ui.sources.import_paint import Doubt, label_room, paint_file, paint_preview

TECHNIQUES = ("interview", "focus_group", "observation", "document")
ENCODINGS = (
    ("utf-8", "UTF-8"), ("cp1252", "Windows-1252"), ("utf-16", "UTF-16"), ("latin-1", "Latin-1"),
    ("mac-roman", "Mac Roman"), ("cp850", "CP850"),
)  # fmt: skip
PLAIN = (".txt", ".md", ".vtt", ".srt")
FILES = 316  # pixels


class ImportPage(QWidget):
    """The page; `run` brings the files in, `read_again` reads one by another encoding."""

    def __init__(
        self,
        tokens: theme.Theme,
        run: Callable[[list[Draft]], object],
        leave: Callable[[], object],
        more: Callable[[], object],
        read_again: Callable[[Draft, str], Draft],
    ) -> None:
        """An empty page."""
        super().__init__()
        self.tokens, self._run, self._leave, self._read_again = tokens, run, leave, read_again
        self.drafts: list[Draft] = []
        self.aliases: list[str] = []
        self.number = self.label_room = 0
        self.files, self.files_model = row_list(
            tokens, theme.TWO_LINE_ROW, paint_file, lambda one: one.path.name
        )
        self.files.selectionModel().currentChanged.connect(lambda index: self._show(index.row()))
        self.head = Head(tokens, _("Files"))
        self.head.add(link_button(tokens, _("Add…"), more))
        self.preview, self.preview_model = row_list(
            tokens,
            32,
            lambda row, line: paint_preview(row, line, self.label_room),
            lambda one: f"{one.label} {one.words}",
        )
        self.preview.setSelectionMode(QListView.SelectionMode.NoSelection)
        whole = splitter(Qt.Orientation.Horizontal, self._left(), self._right())
        whole.setSizes([tokens.px(FILES), 1000])
        whole.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(whole)

    # Building

    def _left(self) -> QWidget:
        left = QWidget()
        paper(left, "panel")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        note = label(
            self.tokens,
            _("The original file is kept whole in the study. No letter is changed."),
            "secondary",
            "ink2",
        )
        note.setWordWrap(True)
        note.setContentsMargins(
            self.tokens.px(12), self.tokens.px(12), self.tokens.px(12), self.tokens.px(12)
        )
        for part in (self.head, self.files, line_across(), note):
            column.addWidget(part)
        column.setStretch(1, 1)
        return left

    def _right(self) -> QWidget:
        right = QWidget()
        paper(right, "page")
        px = self.tokens.px
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        upper = QVBoxLayout()
        upper.setContentsMargins(px(28), px(16), px(28), px(8))
        upper.setSpacing(px(12))
        titles = QHBoxLayout()
        titles.addWidget(label(self.tokens, _("Import sources"), "page"))
        self.name = Elided(self.tokens, "interface", "ink2")
        titles.addWidget(self.name, 1)
        upper.addLayout(titles)
        upper.addLayout(self._fields())
        self.speakers_head = label(self.tokens, _("Who speaks: label → role → informant"), "panel")
        upper.addWidget(self.speakers_head)
        self.table = QGridLayout()
        self.table.setHorizontalSpacing(px(12))
        self.table.setVerticalSpacing(px(8))
        upper.addLayout(self.table)
        self.remarks = label(self.tokens, "", "secondary", "look_again")
        self.remarks.setWordWrap(True)
        upper.addWidget(self.remarks)
        self.preview_head = label(self.tokens, "", "panel")
        upper.addWidget(self.preview_head)
        column.addLayout(upper)
        self.preview.setProperty("ground", "page")
        column.addWidget(self.preview, 1)
        column.addWidget(line_across())
        column.addWidget(self._foot())
        return right

    def _fields(self) -> QGridLayout:
        """What is known of the source, in two lines, so that long codes and places can be read."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.tokens.px(12))
        grid.setVerticalSpacing(self.tokens.px(8))
        self.technique = Choice(self.tokens, [(name, word(name)) for name in TECHNIQUES])
        self.key, self.date, self.place = QLineEdit(), QLineEdit(), QLineEdit()
        self.date.setPlaceholderText("2026-03-13")
        self.encoding = Choice(self.tokens, ENCODINGS)
        self.encoding_label = label(self.tokens, _("Encoding"), "secondary", "ink2")
        fields = (
            (0, 0, label(self.tokens, _("Technique"), "secondary", "ink2"), self.technique),
            (0, 2, label(self.tokens, _("Citation code"), "secondary", "ink2"), self.key),
            (0, 4, label(self.tokens, _("Date"), "secondary", "ink2"), self.date),
            (1, 0, self.encoding_label, self.encoding),
            (1, 2, label(self.tokens, _("Place"), "secondary", "ink2"), self.place),
        )
        for row, column, words, widget in fields:
            grid.addWidget(words, row, column)
            grid.addWidget(widget, row, column + 1)
            widget.setAccessibleName(words.text())
        for column, share in ((1, 3), (3, 4), (5, 2)):
            grid.setColumnStretch(column, share)
        self.technique.activated.connect(lambda _row: self._set("technique", self.technique.currentData()))
        self.key.textEdited.connect(partial(self._set, "key"))
        self.date.textEdited.connect(partial(self._set, "date"))
        self.place.textEdited.connect(partial(self._set, "place"))
        self.encoding.activated.connect(lambda _row: self._decode(self.encoding.currentData()))
        return grid

    def _foot(self) -> QWidget:
        foot = QWidget()
        paper(foot, "panel")
        row = QHBoxLayout(foot)
        edge = self.tokens.px(theme.SPACE_12)
        row.setContentsMargins(self.tokens.px(28), edge, self.tokens.px(28), edge)
        self.sentence = Elided(self.tokens, "interface", "ink2")
        row.addWidget(self.sentence, 1)
        self.next = link_button(self.tokens, _("Next uncertain file"), self.show_next_doubtful)
        row.addWidget(self.next)
        row.addSpacing(edge)
        row.addWidget(push_button(_("Cancel"), self._leave))
        self.go = push_button("", lambda: self._run(self.drafts), default=True)
        row.addWidget(self.go)
        return foot

    # Showing

    def show_drafts(self, drafts: list[Draft], aliases: list[str]) -> None:
        """Show files that were read; aliases are those of informants who are in the study."""
        self.drafts, self.aliases = drafts, aliases
        self.files_model.set_rows(drafts)
        first = next_doubtful(drafts, -1)
        self.files.setCurrentIndex(self.files_model.index(first or 0, 0))
        self._tell()

    def show_next_doubtful(self) -> None:
        """Go to the next file with something to look at."""
        found = next_doubtful(self.drafts, self.number)
        if found is not None:
            self.files.setCurrentIndex(self.files_model.index(found, 0))

    @property
    def draft(self) -> Draft:
        """The file that is shown."""
        return self.drafts[self.number]

    def _show(self, number: int) -> None:
        if not 0 <= number < len(self.drafts):
            return
        self.number = number
        draft = self.draft
        self.name.setText(draft.path.name)
        self.technique.choose(draft.technique)
        for field, words in ((self.key, draft.key), (self.date, draft.date), (self.place, draft.place)):
            field.setText(words)
            field.setEnabled(draft.file is not None)
        plain = draft.path.suffix.lower() in PLAIN and draft.file is not None
        for widget in (self.encoding, self.encoding_label):
            widget.setVisible(plain)
        if draft.file is not None:
            self.encoding.choose(draft.file.document.encoding)
        self._show_speakers()
        self._show_preview()

    def _show_preview(self) -> None:
        draft = self.draft
        lines = preview(draft)
        self.label_room = label_room(lines, self.tokens)
        self.preview_model.set_rows(lines)
        turns = len(draft.file.document.turns) if draft.file else 0
        read_as = n_("read as {number} turn", "read as {number} turns", turns).format(number=turns)
        self.preview_head.setText(_("Preview") + ("  ·  " + read_as if turns else ""))
        remarks = draft.file.document.remarks if draft.file else ()
        said = [_(one.message).format_map(dict(one.parameters)) for one in remarks]
        self.remarks.setText(draft.error or "  ".join(said))
        self.remarks.setVisible(bool(self.remarks.text()))

    def _show_speakers(self) -> None:
        while self.table.count():
            item = self.table.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        speakers = self.draft.speakers
        self.speakers_head.setVisible(bool(speakers))
        heads = (_("Label"), _("Turns"), _("Role"), _("Informant"), _("Reason"))
        for column, words in enumerate(heads if speakers else ()):
            self.table.addWidget(label(self.tokens, words, "secondary", "ink2"), 0, column)
        for row, speaker in enumerate(speakers, 1):
            self._add_speaker(row, speaker)
        self.table.setColumnStretch(4, 1)

    def _add_speaker(self, row: int, speaker: SpeakerDraft) -> None:
        role = Choice(self.tokens, [(one, word(one)) for one in ROLES], speaker.role)
        role.setAccessibleName(_("Role of {label}").format(label=speaker.label))
        role.activated.connect(lambda _row: self._settle(speaker, role=role.currentData()))
        names = list(dict.fromkeys(name for name in (speaker.alias, *self.aliases) if name))
        who = Choice(self.tokens, [(name, name) for name in names] or [("", "—")], speaker.alias)
        who.setEditable(True)
        who.setAccessibleName(_("Informant behind {label}").format(label=speaker.label))
        if speaker.role != "informant":
            who.setEditText("—")
            who.setEnabled(False)
        who.currentTextChanged.connect(lambda alias: self._settle(speaker, alias=alias.strip(), shown=False))
        parts: tuple[QWidget, ...] = (
            label(self.tokens, speaker.label, "panel"),
            label(self.tokens, str(speaker.turns), "interface", "ink2"),
            role,
            who,
            self._reason(speaker),
        )
        for column, widget in enumerate(parts):
            self.table.addWidget(widget, row, column)
        for widget, width in ((role, 176), (who, 200)):
            widget.setFixedWidth(self.tokens.px(width))

    def _reason(self, speaker: SpeakerDraft) -> QWidget:
        """Why the role was inferred; where it is doubtful, with a link that confirms it."""
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        said = _(speaker.reason) if speaker.reason else ""
        if speaker.doubtful:
            row.addWidget(Doubt(self.tokens, _("not certain")))
            row.addWidget(link_button(self.tokens, _("It is right"), lambda: self._settle(speaker)))
        words = Elided(self.tokens, "interface", "ink2")
        words.setText(said)
        row.addWidget(words, 1)
        return whole

    # What the person does

    def _set(self, name: str, value: str) -> None:
        setattr(self.draft, name, value.strip())
        self._tell()

    def _settle(
        self, speaker: SpeakerDraft, role: str | None = None, alias: str | None = None, shown: bool = True
    ) -> None:
        """The person said who a label is, or that the guess is right."""
        speaker.role, speaker.settled = role or speaker.role, True
        speaker.alias = speaker.alias if alias is None else alias
        if shown:
            self._show_speakers()
        self._show_preview()
        self._tell()

    def _decode(self, encoding: str) -> None:
        self.drafts[self.number] = self._read_again(self.draft, encoding)
        self._show(self.number)
        self._tell()

    def _tell(self) -> None:
        """How many files go in, and whether some should be looked at."""
        number = sum(draft.file is not None for draft in self.drafts)
        self.head.count.setText(str(len(self.drafts)))
        self.go.setText(n_("Import {number} file", "Import {number} files", number).format(number=number))
        self.go.setEnabled(number > 0)
        words = n_(
            "{number} source goes in as one step that can be undone.",
            "{number} sources go in as one step that can be undone.",
            number,
        )
        self.sentence.setText(words.format(number=number))
        self.next.setVisible(any(draft.doubts for draft in self.drafts))
        self.files.viewport().update()
