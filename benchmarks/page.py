"""Write docs/performance.md and its pictures from kept figures: `python -m benchmarks.page FIGURES.json`.

The page is made from nothing else, so that it can't say what was not measured.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from qualcoder_lite.export.formats.svg import write_svg
from qualcoder_lite.export.pictures.drawing import EDGE, GAP, LINE, Box, Mark, Picture, Words, finished
from qualcoder_lite.export.pictures.letters import width_of
from qualcoder_lite.files import write_whole

DOCS = Path(__file__).parents[1] / "docs"
LONG, BAR = 420.0, 9.0  # points: the longest bar, and how high each is
TONES = ("accent", "ambivalent")
LARGE = "The window with a study ten times as large: 2,000 transcripts, 200,000 codings"
STANDARD = "The window with the standard study, to be held beside it"
HISTORY = "The window with much history"
STEPS = ("1,000", "100,000")
ABOUT = """# Performance

This page is made by `python3 -m benchmarks.page FIGURES.json` from what `python3 run.py bench --json
FIGURES.json` measured; it is not edited by hand. Measured on {day} at commit {commit}: {processor},
{cores} cores, {system}, Python {python}, Qt {qt}, SQLite {sqlite}, painted into memory, without a
screen, commits to the disk included.

*Promised* is the limit that the benchmarks hold a figure to; a figure that misses it says so. Of
repeated measurements of the large studies the best one counts, since what else the machine does is no
part of the program.

## What grows with the study

The standard study has 200 transcripts of 40 kB, 20,000 codings and 100 informants; the large one ten
times of each.

![Actions in the standard study and in one ten times as large](performance/size.svg)

## What grows with the history

The same actions in the standard study after 1,000 and after 100,000 more steps.

![Actions after 1,000 and after 100,000 steps](performance/steps.svg)
"""

Values = dict[str, float]


def main(path: Path) -> None:
    """Write the page and its pictures."""
    data = json.loads(path.read_text(encoding="utf-8"))
    figures = data["figures"]
    folder = DOCS / "performance"
    folder.mkdir(exist_ok=True)
    sizes = [_table(figures, STANDARD), _table(figures, LARGE)]
    write_svg(pairs("size", "Milliseconds", ("standard", "ten times"), sizes), folder / "size.svg")
    words = tuple(f"after {steps} steps" for steps in STEPS)
    write_svg(pairs("steps", "Milliseconds", words, _by_steps(figures)), folder / "steps.svg")
    text = page(data)
    write_whole(DOCS / "performance.md", lambda temporary: temporary.write_text(text, encoding="utf-8"))


def page(data: dict[str, Any]) -> str:
    """The whole page: what it was measured on, pictures, every table."""
    day = f"{date.fromisoformat(data['at'][:10]):%d %B %Y}".lstrip("0")
    parts = [ABOUT.format(**data | {"day": day, "commit": data["commit"][:10]})]
    for table in dict.fromkeys(each["table"] for each in data["figures"]):
        parts.append(f"\n## {table}\n\n| figure | measured | promised |\n|---|---:|---:|\n")
        parts += [_row(each) for each in data["figures"] if each["table"] == table]
    return "".join(parts)


def _row(figure: dict[str, Any]) -> str:
    value, unit, limit = figure["value"], figure["unit"], figure["limit"]
    promised = "" if limit is None else f"≤ {limit:g} {unit}" + (", missed" if value > limit else "")
    return f"| {figure['name'].strip()} | {value:,.1f} {unit} | {promised} |\n"


def _table(figures: Sequence[dict[str, Any]], table: str) -> Values:
    """The times in a table by name."""
    return {
        each["name"]: each["value"] for each in figures if each["table"] == table and each["unit"] == "ms"
    }


def _by_steps(figures: Sequence[dict[str, Any]]) -> list[Values]:
    """The times after few steps and after many."""
    found = _table(figures, HISTORY)
    starts = [f"after {steps} steps: " for steps in STEPS]
    return [{n.removeprefix(one): v for n, v in found.items() if n.startswith(one)} for one in starts]


def pairs(name: str, title: str, words: Sequence[str], series: Sequence[Values]) -> Picture:
    """Bars of each name beside each other, one of each series, with their numbers."""
    wide = max(width_of(each) for each in series[0])
    most = max(value for each in series for value in each.values())
    left, marks = EDGE + wide + GAP, list[Mark]()
    for at, said in enumerate(words):
        marks.append(Box(left + 150 * at, EDGE, BAR, BAR, TONES[at]))
        marks.append(Words(said, left + 150 * at + BAR + GAP, EDGE + BAR / 2))
    y = EDGE + 2 * LINE
    for each in series[0]:
        marks.append(Words(each, left - GAP, y + BAR, anchor="end"))
        for at, values in enumerate(series):
            long = LONG * values[each] / most
            marks.append(Box(left, y + at * BAR, max(long, 0.5), BAR - 1, TONES[at]))
            number = f"{values[each]:,.1f} ms"
            marks.append(Words(number, left + long + 4, y + at * BAR + BAR / 2, "small", "ink2"))
        y += 2 * BAR + GAP
    return finished(name, title, marks, y, ())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
