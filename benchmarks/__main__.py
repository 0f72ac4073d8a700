"""Print the table of every figure that we promise; exit with 1 where one is not held.

python3 run.py bench                        all, and the tenfold study
python3 run.py bench quick                  without the tenfold study
python3 run.py bench --json FILE            keep the figures, with machine, versions and commit
python3 run.py bench --compare EARLIER.json beside those of an earlier run; exit with 1 where a promised
                                            figure is over 1.5 times its earlier value (and 5 ms more)
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks import growth, large, matrix_view, passages, protected, study, text_view, window
from benchmarks.figures import Earlier, Figure, keep, read_earlier
from benchmarks.study import Row

Table = tuple[str, Callable[[], list[Row]]]
TABLES: tuple[Table, ...] = (
    ("The text view", text_view.rows),
    ("The window: gestures to repaint, with the commit", window.rows),
    ("The panel of passages in the standard study", passages.rows),
    ("Matrices in the standard study", matrix_view.rows),
    ("The standard study: 200 transcripts of 40 kB, 20,000 codings, 40 codes, 100 informants", study.rows),
    ("A study protected with a password beside one without", protected.rows),
)
LARGE: tuple[Table, ...] = (
    ("Ten times as large: import, codings, matrices", partial(study.rows, 10)),
    ("The window with a study ten times as large: 2,000 transcripts, 200,000 codings", large.rows),
    ("The window with the standard study, to be held beside it", large.standard),
    ("The window with much history", large.after_steps),
    ("What the study file grows by", growth.rows),
)


def main(arguments: list[str]) -> int:
    """Measure and print; give the exit status."""
    chosen = options(arguments)
    earlier = read_earlier(chosen.compare) if chosen.compare else None
    tables = TABLES if chosen.how == "quick" else (*TABLES, *LARGE)
    figures = list(measured(tables, earlier))
    if chosen.json:
        keep(figures, chosen.json)
    if earlier:
        for line in earlier.differing():
            print(f"Measured on other ground: {line}")
    worse = [figure for figure in figures if earlier and earlier.worse(figure)]
    return 0 if not worse and all(figure.held for figure in figures) else 1


def options(arguments: list[str]) -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(prog="run.py bench", allow_abbrev=False)
    parser.add_argument("how", nargs="?", choices=("all", "quick"), default="all")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--compare", type=Path, metavar="EARLIER.json")
    return parser.parse_args(arguments)


def measured(tables: tuple[Table, ...], earlier: Earlier | None) -> Iterator[Figure]:
    """Every figure of these tables, printed as soon as its table is measured."""
    for title, rows in tables:
        print(f"\n{title}\n" + "-" * len(title), flush=True)
        for name, value, unit, limit in rows():
            figure = Figure(title, name, value, unit, limit)
            print(line(figure, earlier), flush=True)
            yield figure


def line(figure: Figure, earlier: Earlier | None) -> str:
    """A figure with its promise and, where there is one, its earlier value."""
    words = f"{figure.name:<58} {figure.value:>10.2f} {figure.unit:<3}"
    if earlier:
        ratio = earlier.ratio(figure)
        before = earlier.figures.get((figure.table, figure.name))
        words += "        (new)     " if ratio is None else f"  was {before:>9.2f} × {ratio:<5.2f}"
    if figure.limit is not None:
        words += f"  ≤ {figure.limit:g} {figure.unit}"
    if not figure.held:
        words += "   NOT HELD"
    if earlier and earlier.worse(figure):
        words += "   WORSE"
    return words


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
