"""A process to be killed: works on a study without end, and says what it has done once it is done."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

from sqlalchemy import func, select

from qualcoder_lite.coding import codes, codings, sources
from qualcoder_lite.store.backup import backup, backups
from qualcoder_lite.store.compacting import compact
from qualcoder_lite.store.copies.restoring import restore
from qualcoder_lite.store.creating import new_study
from qualcoder_lite.store.project import open_study
from qualcoder_lite.store.schema import Code, Coding, Source
from qualcoder_lite.store.undo import redo, undo

BATCH = 3  # files of one import


def say(words: object) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def code(study: Path, _files: Path) -> None:
    """One coding after the other, each on the next character of the first source."""
    with open_study(study) as project:
        with project.read() as connection:
            source = connection.scalars(select(Source.id).order_by(Source.id)).first()
            key = connection.scalars(select(Code.id)).first()
            length = connection.scalars(select(Source.characters)).first()
        assert source is not None
        assert key is not None
        for start in range(length or 0):
            codings.apply(project, source, start, start + 1, key)
            say(start + 1)


def bring_in(study: Path, files: Path) -> None:
    """The same batch of files again and again, each time as one step, as the command line does."""
    paths = sorted(files.glob("*.txt"))[:BATCH]
    with open_study(study, write_ahead=False) as project:
        for number in itertools.count(1):
            sources.import_files(project, paths)
            say(number)


def migrate(study: Path, _files: Path) -> None:
    """Opening brings an older study up to date."""
    with open_study(study):
        say(1)


def copy(study: Path, _files: Path) -> None:
    """Backups without end."""
    for number in itertools.count(1):
        backup(study)
        say(number)


def put_back(study: Path, _files: Path) -> None:
    """A new code, then the first backup put back, again and again; says the number of each code."""
    first = backups(study)[-1]
    for number in itertools.count(1):
        with open_study(study) as project:
            codes.add(project, f"N{number}")
        say(number)
        restore(study, first)


def shrink(study: Path, _files: Path) -> None:
    """Compaction without end."""
    for number in itertools.count(1):
        compact(study)
        say(number)


def back_and_forth(study: Path, _files: Path) -> None:
    """Undo all and redo all, again and again; says how many codings there are after each."""
    with open_study(study) as project:
        for way in itertools.cycle((undo, redo)):
            while way(project) is not None:
                with project.read() as connection:
                    say(connection.scalar(select(func.count()).select_from(Coding)))


def begin(study: Path, _files: Path) -> None:
    """New studies without end."""
    for number in itertools.count(1):
        new_study(study.with_name(f"new-{number}.qcl"))
        say(number)


if __name__ == "__main__":
    say("ready")
    globals()[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
