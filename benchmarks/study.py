"""What a whole study costs: import, codings, undo, matrices, excerpts, memory. One process per row group."""

from __future__ import annotations

import gc
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.standard_study import (
    CODINGS,
    INFORMANTS,
    TRANSCRIPTS,
    codebook,
    codings,
    write_texts,
    write_words,
)

Row = tuple[str, float, str, float | None]
"""A figure: name, value, unit, promised limit."""
MATRICES = {
    "informants": 100,
    "linkage": 150,
    "groups": 100,
    "triangulation": 100,
    "emic-etic": 100,
    "saturation": 100,
    "agreement": 100,
}
TENFOLD = 1000  # milliseconds that we promise for each matrix of a study ten times as large
TWICE = 20  # of the transcripts, which a second coder codes as well


def rows(scale: int = 1) -> list[Row]:
    """Every figure of a study `scale` times the standard one; limits are promised for the standard one."""
    with tempfile.TemporaryDirectory() as name:
        found: list[Row] = []
        for part in ("words", "texts", "code", "read", "write"):
            command = [sys.executable, "-m", "benchmarks.study", part, name, str(scale)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            found += [tuple(row) for row in json.loads(done.stdout.splitlines()[-1])]
    return [(label, value, unit, _limit(label, limit, scale)) for label, value, unit, limit in found]


def _limit(label: str, limit: float | None, scale: int) -> float | None:
    """What is promised: all limits for the standard study, matrices also for the larger one."""
    if scale == 1:
        return limit
    return TENFOLD if label.startswith("matrix") else None


def seconds(work: Callable[[], object]) -> float:
    """How long this takes, once."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def peak() -> Row:
    """The most memory that this process has used."""
    return (
        "  peak memory of the above",
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "MB",
        300,
    )


def words(folder: Path, scale: int) -> list[Row]:
    """Import as .docx."""
    return _import(folder / "words.qcl", write_words(folder / "words", TRANSCRIPTS * scale), "docx", 8)


def texts(folder: Path, scale: int) -> list[Row]:
    """Import as text; the study goes on to the other parts."""
    return _import(folder / "study.qcl", write_texts(folder / "texts", TRANSCRIPTS * scale), "text", 3)


def _import(study: Path, paths: list[Path], form: str, limit: float) -> list[Row]:
    from qualcoder_lite.coding.sources import import_files
    from qualcoder_lite.store.creating import new_study
    from qualcoder_lite.store.project import open_study

    new_study(study)
    with open_study(study) as project:
        taken = seconds(lambda: import_files(project, paths))
    return [(f"import of {len(paths)} transcripts as {form}", taken, "s", limit), peak()]


def code(folder: Path, scale: int) -> list[Row]:
    """The codebook, all codings as one step, its undo and redo."""
    from qualcoder_lite.coding.codings import import_table
    from qualcoder_lite.coding.counting.frames import read_frames
    from qualcoder_lite.coding.tables import codebooks
    from qualcoder_lite.store.project import open_study
    from qualcoder_lite.store.undo import redo, undo

    book = folder / "codebook.json"
    book.write_text(json.dumps({"title": "Benchmark", "codes": codebook()}), encoding="utf-8")
    with open_study(folder / "study.qcl") as project:
        codebooks.load(project, str(book))
        with project.read() as connection:
            sources = [(source.key, source.characters) for source in read_frames(connection).sources]
        table = codings(sources, CODINGS * scale)
        number = f"{len(table):,} codings"
        found = [
            (f"{number} from a table, one step", seconds(lambda: import_table(project, table)), "s", 2),
            (f"undo of {number}", seconds(lambda: undo(project)), "s", 2),
            (f"redo of {number}", seconds(lambda: redo(project)), "s", 2),
        ]
        _grouped(project, INFORMANTS * scale)
        found.append(peak())
    with open_study(folder / "study.qcl", "Second") as project:
        import_table(project, codings(sources[:TWICE], 100 * TWICE))
    return found


def _grouped(project: Any, informants: int) -> None:
    """Give half of the informants each of two groups."""
    from qualcoder_lite.coding.people.informants import import_table

    rows = [{"alias": f"I{n + 1:03}", "kelompok": "ASN" if n % 2 else "Warga"} for n in range(informants)]
    import_table(project, rows)


def read(folder: Path, _scale: int) -> list[Row]:
    """Each matrix: study just opened (all is read), after a coding was changed, and again (all is kept)."""
    import pandas as pd

    from qualcoder_lite.analysis.matrices.choice import Choice
    from qualcoder_lite.analysis.matrices.kinds import EVERY_KIND
    from qualcoder_lite.coding.codings import set_starred
    from qualcoder_lite.coding.counting.frames import read_frames
    from qualcoder_lite.store.project import RESEARCHER, open_study

    pd.DataFrame({"warm": [1]})  # its import is no part of a matrix
    gc.collect()
    gc.freeze()  # as the window does when it is up
    found: list[Row] = []
    for kind, limit in MATRICES.items():
        with open_study(folder / "study.qcl") as project:
            choice = Choice(coder="" if kind == "agreement" else RESEARCHER)
            first = seconds(lambda: EVERY_KIND[kind](project, choice))  # noqa: B023 - called at once
            with project.read() as connection:
                coding = read_frames(connection).codings.id[0]
            changed = []
            for number in range(5):
                set_starred(project, [coding], number % 2 == 0)
                changed.append(seconds(lambda: EVERY_KIND[kind](project, choice)))  # noqa: B023
            again = seconds(lambda: EVERY_KIND[kind](project, choice))  # noqa: B023
        found.append((f"matrix {kind}, study just opened", first * 1000, "ms", limit))
        found.append((f"matrix {kind}, after a coding was changed", median(changed) * 1000, "ms", limit))
        found.append((f"matrix {kind}, again", again * 1000, "ms", limit))
    return [*found, peak()]


def write(folder: Path, _scale: int) -> list[Row]:
    """All excerpts to Word."""
    from qualcoder_lite.analysis.search.excerpts import Wanted, excerpts
    from qualcoder_lite.export.reports.excerpts import write_excerpts
    from qualcoder_lite.store.project import read_study

    with read_study(folder / "study.qcl") as project:
        taken = seconds(lambda: write_excerpts(project, excerpts(project, Wanted()), folder / "all.docx"))
    return [("all excerpts to Word", taken, "s", 5), peak()]


if __name__ == "__main__":
    part, folder, scale = sys.argv[1:]
    print(json.dumps(globals()[part](Path(folder), int(scale))))
