"""Protecting a study with a password, changing the password, taking it away: the study and all beside it.

The study itself is written anew beside, whole, and takes its place in one move; so does every backup and
key file. Where that is killed midway, the next opening goes on (`bring_along`): what is beside a protected
study is protected with the same key. For that a study whose password was changed keeps the key before,
inside itself. Where the password is taken away the study comes last.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from qualcoder_lite.errors import UserError
from qualcoder_lite.files import clear_leftovers, write_whole
from qualcoder_lite.i18n import _
from qualcoder_lite.store import connection as connecting
from qualcoder_lite.store.access.logs import mark_apart, recover
from qualcoder_lite.store.backup import NAMES, backups, names_of
from qualcoder_lite.store.copies import manifest
from qualcoder_lite.store.integrity.sealing import seal
from qualcoder_lite.store.lock import Lock
from qualcoder_lite.store.protection.key import Key, holding, sign, sign_of
from qualcoder_lite.store.protection.names import read_protected_names, write_protected_names
from qualcoder_lite.store.protection.opener import (
    between,
    errors,
    is_protected,
    key_of,
    made_key,
    raw,
)

SHORTEST = 8  # characters of a password
EARLIER = "earlier_key"  # the fact that keeps a key which the study had before


def check_password(password: str, again: str) -> None:
    """Raise UserError for a new password that is too short, or typed differently the second time."""
    if len(password) < SHORTEST:
        raise UserError(
            _("A password has at least {number} characters.").format(number=SHORTEST),
            remedy=_("Several words that nobody would guess are best."),
        )
    if password != again:
        raise UserError(_("The two passwords are not the same."), remedy=_("Nothing was changed."))


def protect(study: Path, password: str) -> list[str]:
    """Protect a study with a password, or change it; give the names of files that stay as they were.

    The present key must be known. Raises UserError where the password is too short, the study is open or
    damaged, or the disk refuses: the study is then as it was.
    """
    check_password(password, password)
    key = made_key(password)
    with _alone(study) as before, holding(key):
        _rewrite(study, key, before)
        return bring_along(study)


def unprotect(study: Path) -> list[str]:
    """Take the password away; give the names of files beside it that stay as they were. See `protect`."""
    with _alone(study) as before:
        if before is None:
            raise UserError(_("{file} is not protected with a password.").format(file=study.name))
        with _knowing_earlier(study):
            left = _convert_all(study, None)
            _rewrite(study, None, None)
        return left


@contextmanager
def _alone(study: Path) -> Iterator[Key | None]:
    """The study, whole and ours alone; gives its key."""
    connecting.schema_of(study)
    key = key_of(study)
    if manifest.is_backup(study):
        raise UserError(_("{file} is a backup and stays as it is.").format(file=study.name))
    lock = Lock(study)
    try:
        with holding(key):
            clear_leftovers(study.parent, glob.escape(study.name))
            recover(study)
            connecting.check_whole(study)
            yield key
    finally:
        lock.release()


def bring_along(study: Path) -> list[str]:
    """Protect what lies beside a protected study with its key; give the names of what can't be."""
    key = key_of(study)
    if key is not None:
        clear_leftovers(study.parent, glob.escape(study.stem + NAMES))
    if key is None or not _others(study, key):
        return []
    with _knowing_earlier(study):
        return _convert_all(study, key)


def _others(study: Path, key: Key | None) -> list[Path]:
    """The files beside a study that bear another key than this one, or none."""
    salt = None if key is None else key.salt
    return [path for path in _beside(study) if (sign_of(path) or (None,))[0] != salt]


def _beside(study: Path) -> Iterator[Path]:
    """Backups, key files, and what was put aside, as far as they are there."""
    kept = backups(study)
    aside = study.parent.glob(f"{glob.escape(study.stem[:60])}.aside-*.qcl")
    names = (study.with_name(study.stem + NAMES), *map(names_of, kept))
    yield from (path for path in (*names, *aside, *kept) if path.is_file())


def _convert_all(study: Path, key: Key | None) -> list[str]:
    left = []
    for path in _others(study, key):
        try:
            if path.name.endswith(NAMES):
                _rewrite_names(path, key)
            else:
                _rewrite_copy(path, key)
        except errors(UserError, OSError, ValueError):
            left.append(path.name)
    return left


def _rewrite_copy(path: Path, key: Key | None) -> None:
    """A backup or what was put aside; a backup that is not as it was made stays so."""
    noted = manifest.read(path)
    if noted is not None:
        manifest.verify(path)
    _rewrite(path, key, None)
    if noted is not None:
        fresh = replace(manifest.describe(path, noted.before_restoring), made=noted.made)
        manifest.write(replace(fresh, program=noted.program), path)


def _rewrite_names(path: Path, key: Key | None) -> None:
    text = read_protected_names(path) if is_protected(path) else path.read_text(encoding="utf-8-sig")

    def write(temporary: Path) -> None:
        if key is None:
            temporary.write_text(text, encoding="utf-8")
        else:
            write_protected_names(temporary, text, key)

    with _wiping(path):
        write_whole(path, write, private=True)


def _rewrite(path: Path, key: Key | None, earlier: Key | None) -> None:
    """Write a study anew with another key or none, and let it take its place."""
    with _wiping(path):
        write_whole(path, lambda temporary: _exported(path, temporary, key, earlier), private=True)


def _exported(study: Path, temporary: Path, key: Key | None, earlier: Key | None) -> None:
    with connecting.told(study):
        _copy_rows(study, temporary, key, earlier)
        if key is not None:
            sign(temporary, key)
        mark_apart(temporary)
        seal(temporary)
        connecting.check_whole(temporary)


def _copy_rows(study: Path, temporary: Path, key: Key | None, earlier: Key | None) -> None:
    """Copy a database into an empty file by SQLCipher, which alone can do so between keys."""
    with closing(between(study, temporary, key)) as connection:
        schema, application = (
            connection.execute(f"PRAGMA main.{name}").fetchone()[0]
            for name in ("user_version", "application_id")
        )
        connection.execute("SELECT sqlcipher_export('new')").fetchall()
        connection.execute(f"PRAGMA new.user_version={schema}")
        connection.execute(f"PRAGMA new.application_id={application}")
        if key is None:
            connection.execute("DELETE FROM new.fact WHERE name LIKE ?", (f"{EARLIER}%",))
        elif earlier is not None:
            fact = f"{EARLIER}_{earlier.salt.hex()}", f"{earlier.secret.hex()} {earlier.cost}"
            connection.execute("INSERT OR REPLACE INTO new.fact VALUES (?, ?)", fact)
        connection.execute("DETACH new")


@contextmanager
def _knowing_earlier(study: Path) -> Iterator[None]:
    """Know the keys that a protected study had before."""
    with closing(raw(connecting.reading_uri(study), study)) as connection:
        found = connection.execute(
            "SELECT name, value FROM fact WHERE name LIKE ?", (f"{EARLIER}%",)
        ).fetchall()
    keys = []
    for name, value in found:
        secret, cost = value.split()
        keys.append(Key(bytes.fromhex(secret), bytes.fromhex(name.rsplit("_", 1)[1]), int(cost)))
    with holding(*keys):
        yield


@contextmanager
def _wiping(path: Path) -> Iterator[None]:
    """Overwrite the clear file that another takes the place of, unless it has a second name elsewhere.

    A disk that writes elsewhere than before, as those without moving parts do, may keep it nevertheless.
    """
    if is_protected(path):
        yield
        return
    with path.resolve().open("r+b") as before:
        yield
        found = os.fstat(before.fileno())
        if found.st_nlink == 0:
            with suppress(OSError):  # a full disk: the name is gone in any case
                for start in range(0, found.st_size, 1 << 20):
                    before.write(bytes(min(1 << 20, found.st_size - start)))
                os.fsync(before.fileno())
