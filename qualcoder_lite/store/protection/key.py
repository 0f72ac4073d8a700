"""The key of a protected study: made of a password, known while the study is open, forgotten after.

A protected study is a database of SQLCipher whose first 96 bytes, SQLite's own header, stay readable, so that
what the header tells (the schema, the change counter) is told without the key. In the 20 bytes that SQLite
reserves in it, from byte 72 on, stand the salt (16 bytes), `QLE` and one byte n: the key is
scrypt(password in UTF-8, salt, N = 2^n, r = 8, p = 1), 32 bytes. All copies of a study bear the same salt, so
that by it the key of each is found.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from qualcoder_lite.store.access.open_here import close_when_free, is_open_here, number_of

PLAIN = 96  # bytes of the header that stay readable
COST = 15  # N = 2^15: a third of what OWASP's cheat sheet on storing passwords asks of scrypt (p = 3), since
# it is to be done at every opening
DEAREST = 20  # a file that asks for more does harm
_AT, _SALT, _MARK = 72, 16, b"QLE"


class Key(NamedTuple):
    """The key itself (32 bytes), and what the file tells of it: the salt (16 bytes) and the cost."""

    secret: bytes
    salt: bytes
    cost: int


_SIGNS: dict[tuple[int, int], tuple[bytes, int] | None] = {}  # of files, while they are open here
_KNOWN: dict[bytes, tuple[Key, int]] = {}  # by salt, with how many rely on it: connections are made anywhere


def new_key(password: str) -> Key:
    """A key for a file that is to be protected."""
    return derive(password, secrets.token_bytes(_SALT), COST)


def derive(password: str, salt: bytes, cost: int) -> Key:
    """The key that a password gives. The form in which an accent was typed does not matter (NFC)."""
    words = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    n = 1 << min(cost, DEAREST)
    secret = hashlib.scrypt(words, salt=salt, n=n, r=8, p=1, maxmem=(n << 10) + (1 << 24), dklen=32)
    return Key(secret, salt, cost)


def sign_of(path: Path) -> tuple[bytes, int] | None:
    """The salt and the cost that a file bears; nothing where it is not protected, not there, or no file."""
    if not path.is_file():
        return None
    number = number_of(path)
    if number not in _SIGNS or not is_open_here(path):
        try:
            file = path.open("rb", buffering=0)
        except OSError:
            return None
        try:
            _SIGNS[number] = sign_in(file.read(_AT + 20)[_AT:])
        finally:
            close_when_free(file)
    return _SIGNS[number]


def sign_in(sign: bytes) -> tuple[bytes, int] | None:
    """The same, of the 20 bytes from byte 72 on."""
    return (sign[:_SALT], sign[19]) if sign[_SALT:19] == _MARK else None


def sign(path: Path, key: Key | None) -> None:
    """Write the salt and the cost into the header of a file that nobody has open."""
    with path.open("r+b") as file:
        file.seek(_AT)
        file.write(bytes(20) if key is None else key.salt + _MARK + bytes([key.cost]))


def known(salt: bytes) -> Key | None:
    """The key that goes with a salt, while it is known."""
    found = _KNOWN.get(salt)
    return found[0] if found else None


def remember(key: Key | None) -> None:
    """Know a key until as many have forgotten it as have remembered it."""
    if key is not None:
        _KNOWN[key.salt] = key, (_KNOWN[key.salt][1] if key.salt in _KNOWN else 0) + 1


def forget(key: Key | None) -> None:
    """Forget a key, unless others rely on it."""
    if key is not None and key.salt in _KNOWN:
        number = _KNOWN[key.salt][1] - 1
        if number > 0:
            _KNOWN[key.salt] = key, number
        else:
            del _KNOWN[key.salt]


@contextmanager
def holding(*keys: Key | None) -> Iterator[None]:
    """Know keys for a while."""
    for key in keys:
        remember(key)
    try:
        yield
    finally:
        for key in keys:
            forget(key)
