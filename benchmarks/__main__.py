"""Print the table of every figure that we promise; exit with 1 where one is not held.

python3 run.py bench            all, and the tenfold study
python3 run.py bench quick      without the tenfold study
"""

from __future__ import annotations

import sys

from benchmarks import matrix_view, passages, study, text_view, window
from benchmarks.study import Row


def main(arguments: list[str]) -> int:
    """Measure and print; give the exit status."""
    held = show("The text view", text_view.rows())
    held &= show("The window: gestures to repaint, with the commit", window.rows())
    held &= show("The panel of passages in the standard study", passages.rows())
    held &= show("Matrices in the standard study", matrix_view.rows())
    held &= show(
        "The standard study: 200 transcripts of 40 kB, 20,000 codings, 40 codes, 100 informants", study.rows()
    )
    if "quick" not in arguments:
        held &= show("Ten times as large (only its matrices are promised)", study.rows(10))
    return 0 if held else 1


def show(title: str, rows: list[Row]) -> bool:
    """Print one table; tell whether every promise in it is held."""
    print(f"\n{title}\n" + "-" * len(title), flush=True)
    held = True
    for name, value, unit, limit in rows:
        promise = "" if limit is None else f"  ≤ {limit:g} {unit}"
        broken = limit is not None and value > limit
        held &= not broken
        print(f"{name:<58} {value:>10.2f} {unit:<3}{promise}{'   NOT HELD' if broken else ''}", flush=True)
    return held


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
