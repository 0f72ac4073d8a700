"""Protecting the open study with a password, changing it, taking it away; asking for it at opening."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.progress import Progress
from qualcoder_lite.store.protection.converting import check_password, protect, unprotect
from qualcoder_lite.store.protection.key import Key, forget, holding, remember
from qualcoder_lite.store.protection.opener import cipher, key_of
from qualcoder_lite.store.protection.unlocking import unlocked
from qualcoder_lite.ui.desk.action import FILE, Action
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.desk.opening import close_study, open_path
from qualcoder_lite.ui.kit.form_box import FormBox
from qualcoder_lite.ui.kit.panel import label


def password_field() -> QLineEdit:
    """A field that does not show what is typed."""
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field


class PasswordBox(FormBox):
    """A box with one or two fields for passwords; what is wrong is told in it. Enter is enough."""

    def __init__(
        self, desk: Desk, title: str, told: str, names: tuple[str, ...], do: str, take: Callable[..., object]
    ) -> None:
        """`names` are those of the fields; `told` stands below them; `do` is the word of the button.

        `take` gets what was typed, and raises UserError for what is wrong with it.
        """
        self.fields = [password_field() for _name in names]
        self._accept = take
        self.told = _sentence(desk, told, "ink2")
        self.why = _sentence(desk, "", "opposed")
        self.why.setMinimumHeight(desk.tokens.px(54))  # words that wrap are told no height before
        self.told.setMinimumHeight(desk.tokens.px(18 * (1 + len(told) // 66)))
        rows: list[tuple[str, QWidget]] = list(zip(names, self.fields, strict=True))
        rows += [("", self.told), ("", self.why)]
        super().__init__(desk.tokens, title, rows, self._take, desk.window, do)
        for field in self.fields:
            field.returnPressed.connect(self.keep)

    def _take(self) -> bool:
        typed = [field.text() for field in self.fields]
        for field in self.fields:  # what is done may close the study: no open box then holds it back
            field.clear()
        try:
            self._accept(*typed)
        except UserError as error:
            self.why.setText(str(error))
            for field, words in zip(self.fields, typed, strict=True):
                field.setText(words)
            return False
        return True


def _sentence(desk: Desk, words: str, tone: str) -> QLabel:
    made = label(desk.tokens, words, "secondary", tone)
    made.setWordWrap(True)
    return made


def ask_to_open(desk: Desk, path: Path, coder: str) -> None:
    """Ask for the password of a study that is to be opened, and open it."""

    def take(password: str) -> None:
        open_with(desk, path, unlocked(path, password), coder)

    told = _("{file} is protected. Its password is needed to open it.").format(file=path.name)
    title = _("Password of {study}").format(study=path.stem)
    PasswordBox(desk, title, told, (_("Password"),), _("Open"), take).open()


def ask(desk: Desk) -> None:
    """Ask twice for a new password of the open study, and protect it. Raises Locked without what encrypts."""
    cipher()
    key = key_of(desk.study.path)

    def take(password: str, again: str) -> None:
        if password or key is None:
            check_password(password, again)
        convert(desk, key, password)

    told = _(
        "The study is encrypted on the disk, with its backups and the key file. A lost password "
        "is final: nobody can open the study then."
    )
    if key is not None:
        told = f"{told} {_('Leave the fields empty to take the password away.')}"
    title = _("Protect {study} with a password").format(study=desk.study.path.stem)
    names = _("New password"), _("The same again")
    PasswordBox(desk, title, told, names, _("Protect"), take).open()


def convert(desk: Desk, key: Key | None, password: str) -> None:
    """Leave the study, protect it anew or no longer beside the window, and open it again in any case."""
    study, coder = desk.study.path, desk.coder
    with holding(key):
        closed = close_study(desk)
        remember(key if closed else None)
    if not closed:
        return

    def work(_progress: Progress) -> tuple[Key | None, list[str]]:
        left = protect(study, password) if password else unprotect(study)
        return (unlocked(study, password) if password else None), left

    def done(made: tuple[Key | None, list[str]]) -> None:
        forget(key)
        open_with(desk, study, made[0], coder, partial(_tell, desk, bool(password), made[1]))

    def failed(error: UserError) -> None:
        forget(key)
        open_with(desk, study, key, coder, partial(desk.tell, str(error)))
        desk.tell(str(error))

    desk.work(_("Protecting the study") if password else _("Taking the password away"), work, done, failed)


def _tell(desk: Desk, protected: bool, left: list[str]) -> None:
    said = _("The study is protected with a password now, and so are its backups.")
    said = said if protected else _("The password was taken away.")
    if left:
        words = _("Left as they were, since they can't be read: {files}")
        said += " " + words.format(files=", ".join(left))
    desk.tell(said)


def open_with(desk: Desk, path: Path, key: Key | None, coder: str, *then: Callable[[], object]) -> None:
    """Open a study whose key is known for as long as that takes; the open study itself keeps it after."""
    remember(key)

    def opened() -> None:
        for each in then:
            each()

    open_path(desk, path, coder, opened, lambda: forget(key))


ROWS = (Action("protect", N_("Protect with a password…"), ask, FILE, 2),)
