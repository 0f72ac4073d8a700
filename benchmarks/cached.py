"""Large studies of the benchmarks, made once by the program itself and kept in the user's cache folder."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import platformdirs

MAKERS = (
    "benchmarks/standard_study.py",
    "benchmarks/study.py",
    "benchmarks/cached.py",
    "qualcoder_lite/store/schema.py",
    "qualcoder_lite/store/journal_tables.py",
)


def study(scale: int, steps: int = 0) -> Path:
    """A study `scale` times the standard one, with so many steps in its history; made where it is not kept.

    It is to be copied before it is changed.
    """
    path = _folder() / f"study-{scale}-{steps}.qcl"
    if not path.exists():
        with tempfile.TemporaryDirectory(dir=path.parent) as name:
            made = Path(name) / "study.qcl"
            if steps:
                shutil.copy(study(scale), made)
                _add_steps(made, steps)
            else:
                for part in ("texts", "code"):
                    command = [sys.executable, "-m", "benchmarks.study", part, name, str(scale)]
                    subprocess.run(command, check=True, capture_output=True)
            made.replace(path)
    return path


def _folder() -> Path:
    """Where studies of this shape are kept: others are made where what makes them has changed."""
    root, digest = Path(__file__).parents[1], hashlib.sha256()
    for name in MAKERS:
        digest.update((root / name).read_bytes())
    folder = platformdirs.user_cache_path("qualcoder-lite-benchmarks") / digest.hexdigest()[:12]
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _add_steps(path: Path, steps: int) -> None:
    """Add so many steps to a closed study: a real one, starring a coding and taking its star, repeated.

    Each is a line of the history and a changed row, as the action writes them; a hundred thousand commits
    would take an hour. The program opens the study once, so that it is sealed again.
    """
    from qualcoder_lite.coding.codings import set_starred
    from qualcoder_lite.coding.counting.frames import read_frames
    from qualcoder_lite.store.project import open_study

    with open_study(path) as project:
        with project.read() as connection:
            codings = [bytes(each) for each in read_frames(connection).codings.id]
        for starred in (True, False):
            set_starred(project, codings[:1], starred)
    with closing(sqlite3.connect(path)) as database, database:
        last = database.execute("SELECT max(id) FROM step").fetchone()[0]
        changes = 'INSERT INTO row_change (step_id, "table", row, other) SELECT ?, "table", ?, other'
        for number in range(steps):
            like, step = last - 1 + number % 2, last + 1 + number
            coding = codings[1 + number // 2 % (len(codings) - 1)]
            database.execute(
                "INSERT INTO step (id, message, parameters, coder, at, undone, compacted) "
                "SELECT ?, message, parameters, coder, at, undone, compacted FROM step WHERE id = ?",
                (step, like),
            )
            database.execute(f"{changes} FROM row_change WHERE step_id = ?", (step, coding, like))
    with open_study(path):
        pass
