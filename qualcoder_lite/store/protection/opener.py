"""The one way to open a database, plain or protected, by whatever name and for whatever reason."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _
from qualcoder_lite.store.access.address import sqlite_address
from qualcoder_lite.store.protection.key import PLAIN, Key, known, new_key, sign_of

PAGE = 8192  # bytes: larger ones cost less to encrypt, smaller ones less to write
_CIPHER = "sqlcipher3.dbapi2"


class Locked(UserError):
    """The refusal of a protected study whose password nobody has given."""


class WrongPassword(Locked):
    """The refusal of a password that does not open the study."""


def errors(*more: type[Exception]) -> tuple[type[Exception], ...]:
    """What a database raises, by SQLite's module and, once it is in use, by SQLCipher's; and others."""
    found = sys.modules.get(_CIPHER)
    ours: tuple[type[Exception], ...] = (sqlite3.DatabaseError, *more)
    return ours if found is None else (*ours, found.DatabaseError)


def can_protect() -> bool:
    """Tell whether the optional part that encrypts is installed."""
    try:
        cipher()
    except UserError:
        return False
    return True


def cipher() -> ModuleType:
    """The module that encrypts. Raises Locked where this optional part is not installed."""
    try:
        from sqlcipher3 import dbapi2
    except ImportError:
        raise Locked(
            _("The part of the program that encrypts is not installed."),
            remedy=_("Install it with: pip install “qualcoder-lite[encryption]”."),
        ) from None
    return cast(ModuleType, dbapi2)


def is_protected(path: Path) -> bool:
    """Tell whether a study or a key file is protected with a password."""
    return sign_of(path) is not None


def key_of(path: Path) -> Key | None:
    """The key of a file; nothing for a plain one. Raises Locked where the password was not given."""
    sign = sign_of(path)
    if sign is None:
        return None
    key = known(sign[0])
    if key is None:
        require_part(path)
        raise Locked(
            _("{file} is protected with a password.").format(file=path.name),
            remedy=_("Give its password."),
            missing="password",
        )
    return key


def require_part(path: Path) -> None:
    """Raise Locked where the optional part is missing that a protected file needs."""
    if not can_protect():
        raise Locked(
            _("{file} is encrypted, or it is not a study.").format(file=path.name),
            _("The part of the program that encrypts is not installed."),
            _("Install it with: pip install “qualcoder-lite[encryption]”."),
        )


def made_key(password: str) -> Key:
    """A new key for a file that is to be protected. Raises Locked where the part that does it is missing."""
    cipher()
    return new_key(password)


def module_for(key: Key | None) -> ModuleType:
    """The module that opens databases with this key, or plain ones."""
    return sqlite3 if key is None else cipher()


def raw(address: str, path: Path, key: Key | None = None, **options: Any) -> sqlite3.Connection:
    """A connection to a database at an address of SQLite's; `path` is the same file.

    A file that is still empty needs the key that it is to have; else the file tells. Raises Locked.
    """
    key = key or key_of(path)
    connection = module_for(key).connect(address, uri=True, **options)
    if key is not None:
        _use(connection, key)
    return cast(sqlite3.Connection, connection)


def between(path: Path, target: Path, key: Key | None) -> sqlite3.Connection:
    """A connection to a file, to which an empty one with another key or none is attached as `new`."""
    before = key_of(path)
    address = sqlite_address(path.absolute(), "rw")
    connection = cipher().connect(address, uri=True, isolation_level=None)
    if before is not None:
        _use(connection, before)
    connection.execute("PRAGMA temp_store=MEMORY")
    secret = "" if key is None else secret_of(key)
    connection.execute("ATTACH ? AS new KEY ?", (sqlite_address(target.absolute(), "rwc"), secret))
    for pragma in PRAGMAS if key is not None else ():
        connection.execute(f"PRAGMA new.{pragma}").fetchall()
    return cast(sqlite3.Connection, connection)


def _use(connection: Any, key: Key) -> None:
    """Give a new connection its key, ready made, so that SQLCipher derives none; it is to print nothing."""
    connection.execute("PRAGMA cipher_log_level=NONE").fetchall()
    connection.execute(f'PRAGMA key="{secret_of(key)}"').fetchall()
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").fetchall()


def secret_of(key: Key) -> str:
    """A key as SQLCipher takes it: no password, but the key and the salt themselves."""
    return f"x'{key.secret.hex()}{key.salt.hex()}'"


PRAGMAS = (
    f"cipher_plaintext_header_size={PLAIN}",
    f"cipher_page_size={PAGE}",
    "cipher_hmac_algorithm=HMAC_SHA256",
)


def failing_pages(connection: sqlite3.Connection) -> list[int]:
    """The pages of a protected study that are not as they were written, by the sum that each bears."""
    found = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    return [int(words.rsplit(" ", 1)[-1]) for (words,) in found if words.rsplit(" ", 1)[-1].isdigit()]
