"""The page on which a new study is described: title, file, who codes, the codebook to begin with."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.kit.panel import label, paper, push_button

BOOKS = (
    (
        "siagian",
        N_("Codebook by Siagian"),
        N_("9 top codes and 38 indicators of professionalism, in two languages"),
    ),
    (
        "replication",
        N_("Codebook of the article"),
        N_("The same codes in the article's wording, with its 16 claims"),
    ),
    ("none", N_("No codebook yet"), N_("Codes come while reading, or from a file later")),
    ("file", N_("A codebook file"), N_(".json, .xlsx or .csv")),
)
WIDTH, FIELD = 720, 420


@dataclass(frozen=True)
class Wish:
    """What was described; `codebook` is a shipped one, none, or the path of a file."""

    title: str
    path: Path
    coder: str
    codebook: str
    password: str = ""


class NewStudy(QWidget):
    """The page; `make` gets what was described."""

    def __init__(
        self,
        tokens: theme.Theme,
        folder: Path,
        coder: str,
        make: Callable[[Wish], object],
        leave: Callable[[], object],
    ) -> None:
        """A page that proposes a file in a folder."""
        super().__init__()
        self.tokens, self._folder, self._make = tokens, folder, make
        self._named = False  # the person chose the file: the title no longer names it
        paper(self, "page")
        self.title, self.file, self.coder = QLineEdit(), QLineEdit(), QLineEdit(coder)
        self.password, self.again = QLineEdit(), QLineEdit()
        self.book_file = ""
        inner = QWidget()
        inner.setMaximumWidth(tokens.px(WIDTH))
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, tokens.px(48), 0, tokens.px(theme.SPACE_24))
        column.setSpacing(tokens.px(theme.SPACE_8))
        column.addWidget(label(tokens, _("New study"), "page"))
        column.addSpacing(tokens.px(theme.SPACE_8))
        self._add_field(column, _("Title"), self.title)
        self._add_field(column, _("File"), self.file, push_button(_("Choose…"), self._choose_file))
        column.addLayout(self._person())
        column.addSpacing(tokens.px(theme.SPACE_8))
        column.addWidget(label(tokens, _("Codebook to begin with"), "panel"))
        self.books = {name: self._add_book(column, name, title, under) for name, title, under in BOOKS}
        self.books["siagian"].setChecked(True)
        self.why = label(tokens, "", "interface", "opposed")
        self.why.setWordWrap(True)
        column.addWidget(self.why)
        column.addLayout(self._foot(leave))
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addWidget(inner, 1000)
        row.addStretch(1)
        self.title.textEdited.connect(lambda _words: self._propose())
        self.file.textEdited.connect(lambda _words: setattr(self, "_named", True))
        self._propose()
        self._first = self._described()

    @property
    def is_begun(self) -> bool:
        """Tell whether the person has written or chosen anything."""
        return self._described() != self._first

    def _described(self) -> tuple[str, ...]:
        books = [name for name, button in self.books.items() if button.isChecked()]
        return (self.title.text(), self.file.text(), self.coder.text(), *books, self.book_file)

    def _add_field(
        self, column: QVBoxLayout, words: str, field: QLineEdit, beside: QWidget | None = None
    ) -> None:
        head = label(self.tokens, words, "secondary", "ink2")
        head.setBuddy(field)
        field.setAccessibleName(words)
        field.setMinimumWidth(self.tokens.px(FIELD))
        column.addWidget(head)
        row = QHBoxLayout()
        row.addWidget(field, 1)
        if beside is not None:
            row.addWidget(beside)
        column.addLayout(row)

    def _person(self) -> QHBoxLayout:
        """Who codes, and a password, which need not be given."""
        row = QHBoxLayout()
        row.setSpacing(self.tokens.px(theme.SPACE_12))
        for words, field in (
            (_("Who codes"), self.coder),
            (_("Password (optional)"), self.password),
            (_("The same again"), self.again),
        ):
            column = QVBoxLayout()
            self._add_field(column, words, field)
            field.setMinimumWidth(0)
            row.addLayout(column, 1)
        for field in (self.password, self.again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        return row

    def _add_book(self, column: QVBoxLayout, name: str, title: str, under: str) -> QRadioButton:
        button = QRadioButton(_(title))
        button.setAccessibleDescription(_(under))
        words = label(self.tokens, _(under), "secondary", "ink2")
        words.setContentsMargins(self.tokens.px(22), 0, 0, self.tokens.px(theme.SPACE_4))
        column.addWidget(button)
        column.addWidget(words)
        if name == "file":
            button.clicked.connect(self._choose_book)
        return button

    def _foot(self, leave: Callable[[], object]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, self.tokens.px(theme.SPACE_16), 0, 0)
        row.addWidget(push_button(_("Make the study"), self.make, default=True))
        self.cancel = push_button(_("Cancel"), leave)
        row.addWidget(self.cancel)
        row.addStretch(1)
        return row

    def _propose(self) -> None:
        """Name the file by the title until the person names it."""
        if not self._named:
            stem = re.sub(r"[^\w]+", "-", self.title.text().strip().lower()).strip("-") or _("study")
            self.file.setText(str(self._folder / f"{stem[:60]}.qcl"))

    def _choose_file(self) -> None:
        kinds = _("Studies (*.qcl)")
        name, _kind = QFileDialog.getSaveFileName(self, _("File of the study"), self.file.text(), kinds)
        if name:
            self._named = True
            self.file.setText(name if name.lower().endswith(".qcl") else f"{name}.qcl")

    def _choose_book(self) -> None:
        kinds = _("Codebooks (*.json *.xlsx *.csv)")
        name, _kind = QFileDialog.getOpenFileName(self, _("A codebook file"), str(self._folder), kinds)
        self.book_file = name or self.book_file
        if self.book_file:
            self.books["file"].setText(_("Codebook file: {name}").format(name=Path(self.book_file).name))
        else:
            self.books["none"].setChecked(True)

    def make(self) -> None:
        """Hand on what was described."""
        book = next(name for name, button in self.books.items() if button.isChecked())
        path = Path(self.file.text().strip())
        if path.exists():
            self.why.setText(_("{file} is there already. Choose another name.").format(file=path.name))
            return
        password = self.password.text()
        if password or self.again.text():
            from qualcoder_lite.store.protection.converting import check_password

            try:
                check_password(password, self.again.text())
            except UserError as error:
                self.why.setText(str(error))
                return
        title = self.title.text().strip()
        book = self.book_file if book == "file" else book
        self._make(Wish(title, path, self.coder.text().strip(), book, password))

    def keyPressEvent(self, event) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
        """Enter makes the study."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.make()
        else:
            super().keyPressEvent(event)
