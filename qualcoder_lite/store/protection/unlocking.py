"""Trying a password at a protected file."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from qualcoder_lite.errors import Damaged, UserError
from qualcoder_lite.i18n import _
from qualcoder_lite.store import connection as connecting
from qualcoder_lite.store.protection.key import Key, derive, holding, sign_of
from qualcoder_lite.store.protection.opener import WrongPassword, errors, raw, require_part


def unlocked(path: Path, password: str) -> Key:
    """The key that a password gives, tried at the file. Raises WrongPassword where it does not open it."""
    sign = sign_of(path)
    if sign is None:
        raise UserError(_("{file} is not protected with a password.").format(file=path.name))
    require_part(path)
    key = derive(password, *sign)
    try:
        with holding(key), closing(raw(connecting.reading_uri(path), path)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except errors() as error:
        meaning = connecting.translated(error, path)
        if not isinstance(meaning, Damaged):
            raise meaning from error
        raise WrongPassword(
            _("This password does not open {file}.").format(file=path.name),
            remedy=_("Nothing was changed. Mind capitals and the layout of the keyboard."),
        ) from None
    return key
