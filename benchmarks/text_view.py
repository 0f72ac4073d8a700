"""How fast the text view answers: first paint, scroll, jump, a coding added or taken away; each to repaint.

Painted into memory, without a screen; every page in a process of its own. A frame at sixty a second is 16 ms.
The text is made up.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt starts

if TYPE_CHECKING:
    from qualcoder_lite.ui.text.page import Page
    from qualcoder_lite.ui.text.view import TextView

Row = tuple[str, float, str, float | None]  # name, figure, unit, promised limit
SIZES = {"40 kB": 40_000, "1 MB": 1_000_000, "5 MB": 5_000_000}
CODINGS = (100, 2_000, 20_000)
NOT_PROMISED = ("40 kB", 20_000)  # one coding on every second character
TEXT = """antrean loket warga petugas surat pindah kota camat layanan berkas “nanti dulu” lama cepat ramah
    sekali kami mereka begitu memang harus menunggu tanda tangan atasan rapat aturan juknis tunjangan kerja
    ide baru undang-undang"""
WINDOW = (888, 640)
TIMES = 80
OPENINGS = 5  # each from nothing but the page


def rows() -> list[Row]:
    """Measure every size with every number of codings."""
    found: list[Row] = []
    for size, characters in SIZES.items():
        for codings in CODINGS:
            command = [sys.executable, "-m", "benchmarks.text_view", str(characters), str(codings)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            limits = (size, codings) != NOT_PROMISED
            for what, figure, unit, limit in json.loads(done.stdout):
                found.append(
                    (f"{size}, {codings:,} codings: {what}", figure, unit, limit if limits else None)
                )
    return found


def make_page(characters: int, codings: int) -> Page:
    """A transcript of so many characters with so many codings of about a hundred characters each."""
    from qualcoder_lite.lines import lines_of
    from qualcoder_lite.ui.text.page import Coding, Page, Turn, speaker_labels

    chance, vocabulary = random.Random(7), TEXT.split()
    parts: list[str] = []
    turns: list[Turn] = []
    length = 0
    while length < characters:
        asks = len(turns) % 2 == 0
        words = " ".join(
            chance.choices(vocabulary, k=chance.randint(5, 14) if asks else chance.randint(20, 90))
        )
        label = "P: " if asks else "A3: "
        start, role = length + len(label), "interviewer" if asks else "informant"
        turns.append(Turn(start, start + len(words), label[:-2], role, label[:-2], 4_000 * len(turns)))
        parts.append(f"{label}{words}\n")
        length += len(parts[-1])
    text = "".join(parts)
    made = []
    for number in range(codings):
        start = chance.randrange(len(text) - 10)
        end = min(len(text), start + 5 + int(chance.lognormvariate(4.6, 0.9)))
        kind, sign = ("emic" if number % 7 == 0 else "etic"), ("+", "-", "0", "±", None)[number % 5]
        key, name = f"S{number % 40}", "Sentralisasi kewenangan pada kota"
        made.append(Coding(chance.randbytes(16), start, end, key, name, 1 + number % 16, kind, sign))
    labels = speaker_labels(text, tuple(turns))
    return Page(text, tuple(turns), tuple(made), (), labels, lines_of())


def measure(characters: int, codings: int) -> list[Row]:
    """The rows of one page in a window of its own."""
    from PySide6.QtWidgets import QApplication

    from qualcoder_lite.ui.kit import theme
    from qualcoder_lite.ui.text.view import TextView

    application = QApplication([])
    theme.dress(application, theme.theme())
    warm = TextView()
    warm.show_page(make_page(5_000, 100))
    warm.grab()
    before = _resident()
    page = make_page(characters, codings)
    view = TextView()
    view.resize(*WINDOW)
    view.show()
    application.processEvents()
    first = statistics.median(_timed(view, partial(view.show_page, page)) for _time in range(OPENINGS))
    application.processEvents()  # numbers the lines of a long text
    jumps = [_timed(view, partial(view.go_to, place, place + 50)) for place in _places(page)]
    found: list[Row] = [("first paint", first, "ms", 50.0)]
    for what, times in (
        ("scroll", _scrolls(view)),
        ("jump", jumps),
        ("add or remove a coding", _changes(view)),
    ):
        found.append((f"{what}, median", statistics.median(times), "ms", 16.0))
        found.append((f"{what}, slowest of 20", statistics.quantiles(times, n=20)[-1], "ms", 33.0))
    return [*found, ("memory of page and view", _resident() - before, "MB", None)]


def _timed(view: TextView, work: Callable[[], None]) -> float:
    """How many milliseconds some work takes until it is painted."""
    start = perf_counter()
    work()
    view.viewport().repaint()
    return (perf_counter() - start) * 1000


def _places(page: Page) -> list[int]:
    """Places to jump to."""
    chance = random.Random(3)
    return [chance.randrange(len(page.text) - 60) for _time in range(TIMES)]


def _scrolls(view: TextView) -> list[float]:
    """Wheel steps down from the top, and up from the end through what was never laid out."""
    bar, times = view.verticalScrollBar(), []
    for start, step in ((0, 84), (bar.maximum(), -84)):
        bar.setValue(start)
        view.viewport().repaint()
        times += [_timed(view, partial(view.scroll_by, step)) for _time in range(TIMES // 2)]
    return times


def _changes(view: TextView) -> list[float]:
    """A coding added and taken away again, at many places."""
    from qualcoder_lite.ui.text.page import Coding

    times = []
    for number, place in enumerate(_places(view.page)[: TIMES // 2]):
        view.go_to(place, place + 50)
        view.viewport().repaint()
        new = Coding(number.to_bytes(16, "big"), place, place + 50, "R1", "Cepat tanggap", 3, polarity="+")
        times.append(_timed(view, partial(view.update_codings, [new])))
        times.append(_timed(view, partial(view.update_codings, [], [new.id])))
    return times


def _resident() -> float:
    """Megabytes that this process holds now; 0 where the system does not tell."""
    if not sys.platform.startswith("linux"):
        return 0.0
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), int(sys.argv[2]))))
