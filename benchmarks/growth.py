"""What a study file grows by with each kind of action: its rows and its journal, in bytes."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.standard_study import transcript
from benchmarks.study import Row

if TYPE_CHECKING:
    from qualcoder_lite.store.project import Project

TIMES = 200  # of each action; a page more or less is then no matter
TEXTS = 20  # imported and edited


def rows() -> list[Row]:
    """What an action of each kind adds: to the pages in use, and of that to the row images of the journal."""
    with tempfile.TemporaryDirectory() as name:
        return [
            row
            for kind, (file, journal) in _measure(Path(name)).items()
            for row in _said(kind, file, journal)
        ]


def _said(kind: str, file: float, journal: float) -> list[Row]:
    return [(f"{kind}: the file", file, "B", None), (f"{kind}: of it row images", journal, "B", None)]


def _measure(folder: Path) -> dict[str, tuple[float, float]]:
    from qualcoder_lite.coding import codes
    from qualcoder_lite.coding.sources import import_files
    from qualcoder_lite.store.creating import new_study
    from qualcoder_lite.store.project import open_study

    study = folder / "growth.qcl"
    new_study(study)
    with open_study(study, "C1") as project:
        texts = []
        for number in range(TEXTS + 1):
            texts.append(folder / f"W{number:04}.txt")
            texts[-1].write_text(transcript(number), encoding="utf-8")
        first = import_files(project, texts[:1], technique="interview").imported[0].id
        code, other = codes.add(project, "K1"), codes.add(project, "K2")
        found = {}
        for kind, times, action in _actions(project, first, code, other, texts[1:]):
            before = _sizes(project)
            for number in range(times):
                action(number)
            after = _sizes(project)
            found[kind] = ((after[0] - before[0]) / times, (after[1] - before[1]) / times)
    return found


def _actions(
    project: Project, source: bytes, code: bytes, other: bytes, texts: list[Path]
) -> list[tuple[str, int, Callable[[int], object]]]:
    """Each kind of action, how often it is done, and how it is done the n-th time."""
    from qualcoder_lite.coding import cells, codes, codings, memos
    from qualcoder_lite.coding.counting.references import reference
    from qualcoder_lite.coding.sources import edit_text, import_files

    made: list[bytes] = []
    words = "Catatan tentang antrean yang panjang di loket. " * 4
    pair = (reference("code", code), reference("source", source))
    return [
        (
            "words coded",
            TIMES,
            lambda n: made.append(codings.apply(project, source, 200 + 100 * n, 280 + 100 * n, code)),
        ),
        ("another code for them", TIMES, lambda n: codings.set_code(project, [made[n]], other)),
        ("a memo of 190 characters", TIMES, lambda _n: memos.add_about(project, "code", code, words)),
        (
            "a cell of 190 characters rewritten",
            TIMES,
            lambda n: cells.write(project, *pair, emic_summary=f"{n} {words}"),
        ),
        ("a code renamed", TIMES, lambda n: codes.rename(project, other, f"K2x{n}")),
        ("a text of 40 kB imported", TEXTS, lambda n: import_files(project, [texts[n]])),
        (
            "a text with 200 codings edited",
            TEXTS,
            lambda _n: edit_text(project, source, [(150, 0, "0123456789")]),
        ),
    ]


def _sizes(project: Project) -> tuple[int, int]:
    """Bytes of the pages in use, and of the row images in the journal."""
    with project.read() as connection:
        ask = connection.exec_driver_sql
        pages = ask("PRAGMA page_count").scalar_one() - ask("PRAGMA freelist_count").scalar_one()
        images = ask("SELECT coalesce(sum(length(CAST(other AS BLOB))), 0) FROM row_change").scalar_one()
        return pages * ask("PRAGMA page_size").scalar_one(), images
