"""What is printed: nothing that a title, a text or a file name holds ever steers the terminal."""

from __future__ import annotations

import json
import sys
from typing import Any

from qualcoder_lite.progress import Progress, silent, throttled

WIDTH = 28  # of the progress bar, in letters
_CONTROLS = [*range(0x20), *range(0x7F, 0xA0)]  # C0 and C1
_DIRECTIONS = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]  # of writing: overrides and isolates
_LINES = [0x2028, 0x2029]
_HARMLESS = dict.fromkeys(map(ord, "\t\n"))
_SHOWN = {
    number: f"\\u{number:04x}" for number in (*_CONTROLS, *_DIRECTIONS, *_LINES) if number not in _HARMLESS
}


def harmless(words: str) -> str:
    """Words with every character that steers a terminal or the direction of writing shown as `\\u001b`.

    In JSON these stand only inside of strings, where that means the same character: it stays valid.
    """
    return words.translate(_SHOWN)


def one_line(words: str) -> str:
    """Harmless words on one line, whatever the names in them hold."""
    return harmless(" ".join(words.splitlines()))


def say(words: str) -> None:
    """Print a line on stdout."""
    print(one_line(words))


def complain(words: str) -> None:
    """Print a line on stderr."""
    print(one_line(words), file=sys.stderr)


def say_data(data: Any) -> None:
    """Print data as JSON on stdout."""
    print(harmless(json.dumps(data, ensure_ascii=False, indent=1)))


def bar() -> Progress:
    """A progress bar on stderr where that is a terminal."""
    if not sys.stderr.isatty():
        return silent

    def report(done: int, total: int, label: str = "") -> None:
        filled = WIDTH * done // total if total else WIDTH
        end = "\n" if done >= total else ""
        line = f"{'█' * filled}{'░' * (WIDTH - filled)} {done}/{total} {label[:40]:<40}"
        print("\r" + one_line(line), end=end, file=sys.stderr, flush=True)

    return throttled(report)
