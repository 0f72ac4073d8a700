"""Carries out commands one after the other, each in a process of its own that needs no start.

Reads a JSON list of words per line: the folder first, then the words of the command. Answers with its status,
what it complained of, the memory it took in bytes and its seconds of work.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from pathlib import Path

from qualcoder_lite.__main__ import main
from qualcoder_lite.cli import verbs  # noqa: F401 - loaded once for all
from qualcoder_lite.export import whole_study  # noqa: F401

LONGEST = 30  # seconds after which a command is ended
MOST = 8 << 30  # bytes of addresses, so that a command which eats memory ends before the computer does


def carry_out(folder: str, words: list[str]) -> int:
    """Run one command in a child of its own; its words go into files."""
    signal.alarm(LONGEST)
    resource.setrlimit(resource.RLIMIT_AS, (MOST, MOST))
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(Path(folder, name), os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    return main(words)


def serve() -> None:
    """Answer line by line until there are no more."""
    for line in sys.stdin:
        folder, *words = json.loads(line)
        child = os.fork()
        if child == 0:
            status = 99
            try:
                status = carry_out(folder, words)
                sys.stderr.flush()
            finally:
                os._exit(status)
        _child, ended, used = os.wait4(child, 0)
        said = Path(folder, "err").read_text(encoding="utf-8")
        seconds = used.ru_utime + used.ru_stime
        answer = [os.waitstatus_to_exitcode(ended), said, used.ru_maxrss * 1024, seconds]
        print(json.dumps(answer), flush=True)  # noqa: T201


if __name__ == "__main__":
    serve()
