"""Passwords at the command line: from a file or the terminal, never from an argument, which others see."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getpass
from pathlib import Path

from qualcoder_lite.cli.answer import Answer
from qualcoder_lite.errors import UserError
from qualcoder_lite.files import reason
from qualcoder_lite.i18n import _


@contextmanager
def unlocking(chosen: Namespace) -> Iterator[None]:
    """Know the keys of the protected files that a verb names: its study, else the backup to put back."""
    from qualcoder_lite.store.protection.key import holding, sign_of

    named = (getattr(chosen, "study", None), getattr(chosen, "backup", None))
    locked = [path for path in named if isinstance(path, Path) and sign_of(path) is not None]
    if not locked:
        yield
        return
    from qualcoder_lite.store.protection.opener import require_part
    from qualcoder_lite.store.protection.unlocking import unlocked

    require_part(locked[0])
    password = read_password(chosen.password_file, _("Password of {file}: ").format(file=locked[0].name))
    signs = {sign_of(path): path for path in locked}
    with holding(*(unlocked(path, password) for path in signs.values())):
        yield


def read_password(file: Path | None, prompt: str) -> str:
    """A password from the first line of a file, else from the terminal. Raises UserError without one."""
    if file is not None:
        try:
            with file.open(encoding="utf-8-sig") as lines:
                return lines.readline().rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise UserError(_("{file} can't be read.").format(file=file.name)) from error
        except OSError as error:
            raise UserError(_("{file} can't be read.").format(file=file.name), reason(error)) from error
    if not sys.stdin.isatty():
        raise UserError(
            _("The study is protected with a password."), remedy=_("Give its password with: --password-file.")
        )
    return getpass(prompt)


def new_password(file: Path | None) -> str:
    """A new password, asked for twice where a person types it."""
    from qualcoder_lite.store.protection.converting import check_password

    password = read_password(file, _("New password: "))
    check_password(password, getpass(_("The same again: ")) if file is None else password)
    return password


def encrypt(chosen: Namespace) -> Answer:
    """A study protected with a password, or with another than before."""
    from qualcoder_lite.store.protection.converting import protect
    from qualcoder_lite.store.protection.opener import is_protected

    changed = is_protected(chosen.study)
    file = chosen.new_password_file if changed else chosen.new_password_file or chosen.password_file
    left = protect(chosen.study, new_password(file))
    said = _("The password was changed.") if changed else _("Protected with a password: {file}")
    lines = [
        said.format(file=chosen.study),
        _("Whoever loses the password loses the study: nobody can open it."),
    ]
    return Answer(lines, {"study": str(chosen.study), "left": left}, _left(left))


def decrypt(chosen: Namespace) -> Answer:
    """A study without its password."""
    from qualcoder_lite.store.protection.converting import unprotect

    left = unprotect(chosen.study)
    said = _("No longer protected: {file}").format(file=chosen.study)
    return Answer([said], {"study": str(chosen.study), "left": left}, _left(left))


def _left(names: list[str]) -> list[str]:
    if not names:
        return []
    return [_("Left as they were, since they can't be read: {files}").format(files=", ".join(names))]
