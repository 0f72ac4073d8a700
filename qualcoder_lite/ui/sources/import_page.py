"""Bringing files in: what each was read as, and who speaks, to be confirmed before anything is written."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from qualcoder_lite.analysis.terms import word
from qualcoder_lite.i18n import _, n_
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
from qualcoder_lite.ui.sources.import_draft import Draft, next_doubtful, set_key
from qualcoder_lite.ui.sources.import_names import Names
from qualcoder_lite.ui.sources.import_paint import label_room, paint_file, paint_preview
from qualcoder_lite.ui.sources.import_preview import encoding_samples, preview
from qualcoder_lite.ui.sources.import_speakers import Speakers

TECHNIQUES = ("interview", "focus_group", "observation", "document")
ENCODINGS = (
    ("utf-8", "UTF-8"), ("cp1252", "Windows-1252"), ("utf-16", "UTF-16"), ("latin-1", "Latin-1"),
    ("mac-roman", "Mac Roman"), ("cp850", "CP850"),
)  # fmt: skip
PLAIN = (".txt", ".md", ".vtt", ".srt")
FILES, PREVIEW = 316, 132  # pixels: of the list of files; of the preview at least
_LIST, _DATE = 420, 104  # pixels: of the list of encodings; of a date at least


class Upper(QScrollArea):
    """What is settled of a file: as high as it needs, and to be scrolled where there is no room."""

    def __init__(self, inner: QWidget, column: QVBoxLayout) -> None:
        """An area on its content, laid out in a column; it follows the keys."""
        super().__init__()
        self._inner, self._column = inner, column
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)
        inner.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._inner.isAncestorOf(now):
            self.ensureWidgetVisible(now, 8, 8)

    def sizeHint(self) -> QSize:
        """All of the content, at the width that there is."""
        width = max(self.viewport().width(), self._column.minimumSize().width())
        return QSize(width, self._column.totalHeightForWidth(width))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another content has another height."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.updateGeometry()
        return super().eventFilter(watched, event)


class ImportPage(QWidget):
    """The page; `run` brings the files in, `read_again` reads one by another encoding."""

    def __init__(
        self,
        tokens: theme.Theme,
        run: Callable[[list[Draft]], object],
        leave: Callable[[], object],
        more: Callable[[], object],
        read_again: Callable[[Draft, str], Draft],
        key_file: str = "",
    ) -> None:
        """An empty page; `key_file` is what the file of real names beside the study is called."""
        super().__init__()
        self.tokens, self._run, self._leave, self._read_again = tokens, run, leave, read_again
        self.drafts: list[Draft] = []
        self.aliases: list[str] = []
        self.number = self.label_room = 0
        self._sampled: Path | None = None  # whose encodings are listed
        self.files, self.files_model = row_list(
            tokens, theme.TWO_LINE_ROW, paint_file, lambda one: one.path.name
        )
        self.files.selectionModel().currentChanged.connect(lambda index: self._show(index.row()))
        self.head = Head(tokens, _("Files"))
        self.more = link_button(tokens, _("Add…"), more)
        self.head.add(self.more)
        self.speakers = Speakers(tokens, self._settled)
        self.names = Names(tokens, key_file, self._settled)
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
            _("The original file is kept whole in the study, unless names in it are replaced."),
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
        inner = QWidget()
        paper(inner, "page")
        upper = QVBoxLayout(inner)
        upper.setContentsMargins(px(28), px(16), px(28), px(8))
        upper.setSpacing(px(12))
        titles = QHBoxLayout()
        titles.addWidget(label(self.tokens, _("Import sources"), "page"))
        self.name = Elided(self.tokens, "interface", "ink2")
        titles.addWidget(self.name, 1)
        upper.addLayout(titles)
        upper.addLayout(self._fields())
        upper.addWidget(self.names)
        upper.addWidget(self.speakers)
        self.remarks = label(self.tokens, "", "secondary", "look_again")
        self.remarks.setWordWrap(True)
        upper.addWidget(self.remarks)
        self.upper = Upper(inner, upper)
        column.addWidget(self.upper)
        self.preview_head = label(self.tokens, "", "panel")
        self.preview_head.setContentsMargins(px(28), px(8), px(28), px(8))
        column.addWidget(self.preview_head)
        self.preview.setMinimumHeight(px(PREVIEW))
        self.preview.setAccessibleName(_("Preview"))
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
        self.date.setMinimumWidth(self.tokens.px(_DATE))
        self.encoding = Choice(self.tokens, ENCODINGS)
        self.encoding.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.encoding.view().setMinimumWidth(self.tokens.px(_LIST))
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
        self.key.textEdited.connect(self._set_key)
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
        self.cancel = push_button(_("Cancel"), self._leave)
        row.addWidget(self.cancel)
        self.go = push_button("", lambda: self._run(self.drafts), default=True)
        row.addWidget(self.go)
        return foot

    # Showing

    def show_drafts(self, drafts: list[Draft], aliases: list[str], number: int | None = None) -> None:
        """Show files that were read, first the one of a number where given, else one to look at.

        `aliases` are those of informants who are in the study.
        """
        self.drafts, self.aliases = drafts, aliases
        self.files_model.set_rows(drafts)
        first = next_doubtful(drafts, -1) if number is None else number
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
        if draft.file is not None and plain:
            self._show_encodings(draft)
        self.names.show_draft(draft)
        self.speakers.show_draft(draft, self.aliases)
        self._show_preview()
        self.upper.verticalScrollBar().setValue(0)
        self._order_keys()

    def _show_encodings(self, draft: Draft) -> None:
        """The encodings that fit the file, each with words that tell whether it is the right one."""
        file = draft.file
        if file is None:
            return
        if self._sampled != draft.path:
            self._sampled = draft.path
            names, samples = dict(ENCODINGS), encoding_samples(file.data)
            self.encoding.clear()
            for name, sample in samples or [(name, "") for name, _words in ENCODINGS]:
                words = names.get(name, name.upper())
                self.encoding.addItem(f"{words}   {sample}" if sample else words, name)
        if self.encoding.findData(file.document.encoding) < 0:
            self.encoding.addItem(file.document.encoding, file.document.encoding)
        self.encoding.choose(file.document.encoding)

    def _order_keys(self) -> None:
        """Tab goes through all fields in the order in which they are seen."""
        order: list[QWidget] = [self.more, self.files, self.technique, self.key, self.date, self.encoding]
        order += [self.place, *self.names.fields(), *self.speakers.fields()]
        order += [self.preview, self.next, self.cancel, self.go]
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)

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

    # What the person does

    def _set(self, name: str, value: str) -> None:
        setattr(self.draft, name, value.strip())
        self._tell()

    def _set_key(self, key: str) -> None:
        set_key(self.draft, key)
        self._settled()

    def _settled(self) -> None:
        """The person settled something: show what follows from it."""
        if self.key.text().strip() != self.draft.key:
            self.key.setText(self.draft.key)
        self.speakers.refresh()
        self.names.refresh()
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
