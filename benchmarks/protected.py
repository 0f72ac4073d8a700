"""A study protected with a password beside the same one without: what encryption costs.

Both are done in turns, and of each the fastest counts, so that what else the machine does weighs on neither.
Without the optional part that encrypts there is nothing to measure.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from sqlalchemy import select

from benchmarks.study import Row

TURNS = 3
FILES, LINES, CODINGS = 100, 400, 50
SAID = "P: Bagaimana pelayanan di sini?\nA1: Kami menunggu perintah dari kota, lalu warga menunggu lagi.\n"
PASSWORD = "kata sandi rekaan"
FACTOR = 1.3  # so many times as long may a protected study take
OPENING = 150.0  # milliseconds by which it may open later: the key is made on purpose at some cost

Times = dict[str, float]


def rows() -> list[Row]:
    """Measure on copies of the sample study; milliseconds and factors."""
    from qualcoder_lite.coding.sample_study import build_sample
    from qualcoder_lite.store.protection.converting import protect
    from qualcoder_lite.store.protection.opener import can_protect

    if not can_protect():
        return []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain, protected = folder / "plain.qcl", folder / "protected.qcl"
        build_sample(plain)
        shutil.copy(plain, protected)
        protect(protected, PASSWORD)
        texts = _texts(folder / "texts")
        before, after = _fastest(plain, texts), _fastest(protected, texts)
    later = after.pop("opened") - before.pop("opened")
    found: list[Row] = [("opened later, its password given", later, "ms", OPENING)]
    return found + [(f"{what}, protected", after[what] / before[what], "×", FACTOR) for what in before]


def _texts(folder: Path) -> list[Path]:
    folder.mkdir()
    made = [folder / f"W{number}.txt" for number in range(FILES)]
    for path in made:
        path.write_text(SAID * LINES, encoding="utf-8")
    return made


def _fastest(study: Path, texts: list[Path]) -> Times:
    best: Times = {}
    for turn in range(TURNS):
        copied = Path(shutil.copy(study, study.with_name(f"{study.stem}-{turn}.qcl")))
        for what, took in _measure(copied, texts):
            best[what] = min(took, best.get(what, took))
    return best


def _measure(study: Path, texts: list[Path]) -> Iterator[tuple[str, float]]:
    """What a day does with a study, and how many milliseconds each of it takes."""
    from qualcoder_lite.analysis.matrices.choice import Choice
    from qualcoder_lite.analysis.matrices.kinds import matrix_of
    from qualcoder_lite.analysis.panels.reading import read_source
    from qualcoder_lite.coding import codings, sources
    from qualcoder_lite.coding.sample_study import RESEARCHER
    from qualcoder_lite.store.backup import backup
    from qualcoder_lite.store.project import open_study
    from qualcoder_lite.store.schema import Code, Source

    begin = perf_counter()
    with _unlocked(study):
        project = open_study(study, RESEARCHER)
        yield "opened", _since(begin)
        with project:
            speakers = {"P": "interviewer", "A1": "A1"}
            begin = perf_counter()
            sources.import_files(project, texts, technique="interview", speakers=speakers)
            yield f"import of {FILES} texts of {len(SAID) * LINES // 1000} kB", _since(begin)
            with project.read() as connection:
                source = connection.scalar(select(Source.id).where(Source.key == "W1"))
                code = connection.scalar(select(Code.id).where(Code.key == "R1"))
            assert source is not None
            assert code is not None
            begin = perf_counter()
            read_source(project, source, RESEARCHER)
            yield "a source opened", _since(begin)
            begin = perf_counter()
            for number in range(CODINGS):
                start = number * len(SAID) + SAID.index("Kami")
                codings.apply(project, source, start, start + 20, code)
            yield f"{CODINGS} codings", _since(begin)
            begin = perf_counter()
            matrix_of(project, "informants", Choice(coder=RESEARCHER))
            yield "matrix of informants", _since(begin)
            begin = perf_counter()
            backup(study)
            yield "backup", _since(begin)


@contextmanager
def _unlocked(study: Path) -> Iterator[None]:
    """The key of a protected study is made and known, as at the window."""
    from qualcoder_lite.store.protection.key import holding
    from qualcoder_lite.store.protection.opener import is_protected
    from qualcoder_lite.store.protection.unlocking import unlocked

    with holding(unlocked(study, PASSWORD) if is_protected(study) else None):
        yield


def _since(begin: float) -> float:
    return (perf_counter() - begin) * 1000
