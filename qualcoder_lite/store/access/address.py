"""The address under which SQLite finds a file."""

from __future__ import annotations

import os
from pathlib import PurePath
from urllib.parse import quote


def sqlite_address(path: PurePath, mode: str) -> str:
    """The URI of an absolute path for SQLite; `mode` is `ro` or `rw`.

    `Path.as_uri` puts the server of a Windows share into the place of an authority, which SQLite refuses.
    Here every character that may mean something in a URI is written as a number, slashes as well, so that
    SQLite takes the path letter by letter as the system knows it: drives, shares, `#`, `?`, `%`, blanks.
    """
    return f"file:{quote(os.fsencode(path), safe='')}?mode={mode}"
