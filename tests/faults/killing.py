"""Kills work at a given moment. All is loaded once; each work is done in a child that needs no start.

Reads a JSON list per line: the name of a work, its folder, the seconds of work before the kill (null for
none). Answers with the child's status (-9: it was killed) and the seconds that it worked. What the child has
told to be done stands in `told` in the folder, a letter each, brought to the disk before it goes on.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass
from pathlib import Path

from qualcoder_lite.cli import verbs  # noqa: F401 - loaded once for all
from qualcoder_lite.coding.vocabulary import CHOICES  # noqa: F401
from qualcoder_lite.export import whole_study  # noqa: F401
from qualcoder_lite.store import migrating  # noqa: F401
from tests.faults import attacked, attacked_window

LONGEST = 60  # seconds after which a work that ends not by itself is ended


@dataclass
class Told:
    """Tells by a pipe that the work has begun, and by a file what is done."""

    pipe: int
    file: int

    def begun(self) -> None:
        os.write(self.pipe, b".")

    def done(self) -> None:
        os.write(self.file, b".")
        os.fsync(self.file)


def work(name: str, folder: Path, pipe: int) -> None:
    """Carry out a work, as somebody whose settings and temporary files lie in the folder."""
    for variable in ("HOME", *(f"XDG_{kind}_HOME" for kind in ("CONFIG", "DATA", "STATE", "CACHE"))):
        os.environ[variable] = str(folder / "home")
    tempfile.tempdir = str(folder / "tmp")
    for number, file in ((1, "printed"), (2, "complaints")):
        os.dup2(os.open(folder / file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    tell = Told(pipe, os.open(folder / "told", os.O_WRONLY | os.O_CREAT | os.O_APPEND))
    if name == "window":
        attacked_window.window(folder, tell)
    else:
        tell.begun()
        getattr(attacked, name)(folder, tell)


def in_a_child(name: str, folder: Path, pipe: int) -> int:
    """The process of a child that carries out a work."""
    child = os.fork()
    if child:
        return child
    status = 97
    try:
        work(name, folder, pipe)
        status = 0
    except BaseException:  # noqa: BLE001 - that is what would be wrong
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def killed(name: str, folder: Path, after: float | None) -> tuple[int, float]:
    """Let a work be done and kill it so many seconds after it has begun; its status and its seconds."""
    begun, tell = os.pipe()
    child = in_a_child(name, folder, tell)
    os.close(tell)
    select.select([begun], [], [], LONGEST)
    os.read(begun, 1)
    start = time.monotonic()
    ended, _nothing, _more = select.select([begun], [], [], LONGEST if after is None else after)
    if not ended:  # else nobody holds the other end any more
        os.kill(child, signal.SIGKILL)
    _child, status = os.waitpid(child, 0)
    os.close(begun)
    return os.waitstatus_to_exitcode(status), time.monotonic() - start


def serve() -> None:
    """Answer line by line until there are no more."""
    for line in sys.stdin:
        name, folder, after = json.loads(line)
        print(json.dumps(killed(name, Path(folder), after)), flush=True)  # noqa: T201


if __name__ == "__main__":
    serve()
