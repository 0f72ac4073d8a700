"""What is killed: each function works in a folder that `place` has made, and tells what is done."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Protocol

from sqlalchemy import select

from qualcoder_lite.__main__ import main
from qualcoder_lite.coding import codes, codings, sources
from qualcoder_lite.coding.importing.repairing import repair
from qualcoder_lite.coding.people import key_file
from qualcoder_lite.coding.tables import codebooks
from qualcoder_lite.store.backup import backup, backups
from qualcoder_lite.store.compacting import compact
from qualcoder_lite.store.copies.restoring import restore
from qualcoder_lite.store.creating import new_study
from qualcoder_lite.store.project import Project, open_study
from qualcoder_lite.store.schema import Code, Source
from qualcoder_lite.store.undo import redo, undo


class Telling(Protocol):
    """What a work tells: that it has begun, which is told for all but the window, and each thing done."""

    def begun(self) -> None: ...
    def done(self) -> None: ...


CODED, LETTERS, BATCH = 12, 2_000, 3  # codings that are there, letters of the source, files of one import
ROWS = 200  # of a table
EXPORTS = ("e.json", "e.csv", "e.xlsx", "e.docx")
OLD = Path(__file__).parent.parent / "projects"
OLD_SCHEMAS = ("0001", "0002", "0003", "0001", "0002")
NAMES = {"A1": "Rekaan Satu", "A2": "Rekaan Dua"}


def place(folder: Path) -> None:
    """Make what the works need: a study with history, key file and backup, files, tables, older studies."""
    study = folder / "study.qcl"
    new_study(study, coder="C1")
    files = folder / "files"
    files.mkdir()
    (folder / "L1.txt").write_text("a" * LETTERS, encoding="utf-8")
    for number in range(BATCH):
        spoken = "".join(f"P: Pertanyaan {n}?\nI: Jawaban {n} yang cukup panjang.\n" for n in range(100))
        (files / f"W{number}.txt").write_text(spoken, encoding="utf-8")
    with open_study(study, "C1") as project:
        code = codes.add(project, "R")
        sources.import_files(project, [folder / "L1.txt"])
        for start in range(CODED):
            codings.apply(project, source_of(project), start, start + 1, code)
    key_file.write_names(key_file.key_path(study), NAMES)
    (folder / "codings.csv").write_text(
        "source,start,end,code\n" + "".join(f"L1,{n},{n + 2},R\n" for n in range(CODED, CODED + ROWS)),
        encoding="utf-8",
    )
    backup(study)
    (folder / "out").mkdir()
    (folder / "old").mkdir()
    for number, schema in enumerate(OLD_SCHEMAS):
        shutil.copy(OLD / f"{schema}.qcl", folder / "old" / f"o{number}.qcl")
    broken = bytearray(study.read_bytes())
    broken[-4096 * 3 : -4096 * 2] = bytes(4096)
    (folder / "broken.qcl").write_bytes(broken)


def source_of(project: Project) -> bytes:
    with project.read() as connection:
        return connection.scalars(select(Source.id).order_by(Source.id)).one()


def code_of(project: Project) -> bytes:
    with project.read() as connection:
        return connection.scalars(select(Code.id)).one()


def code(folder: Path, tell: Telling) -> None:
    """One coding after the other, each on the next character."""
    with open_study(folder / "study.qcl", "C1") as project:
        source, key = source_of(project), code_of(project)
        for start in range(CODED, CODED + 60):
            codings.apply(project, source, start, start + 1, key)
            tell.done()


def visit(folder: Path, tell: Telling) -> None:
    """Open, code, leave, again and again: each time the study becomes one sealed file."""
    for start in range(CODED, CODED + 8):
        with open_study(folder / "study.qcl", "C1") as project:
            codings.apply(project, source_of(project), start, start + 1, code_of(project))
        tell.done()


def bring_in(folder: Path, tell: Telling) -> None:
    """A batch of files, as the window does."""
    with open_study(folder / "study.qcl", "C1") as project:
        for _again in range(8):
            sources.import_files(project, sorted((folder / "files").iterdir()))
            tell.done()


def import_by_verb(folder: Path, tell: Telling) -> None:
    """A batch of files, as the command line does."""
    for _again in range(4):
        verb("import", folder / "study.qcl", *sorted((folder / "files").iterdir()))
        tell.done()


def table_by_verb(folder: Path, tell: Telling) -> None:
    """A table of codings: all or none."""
    verb("code", folder / "study.qcl", folder / "codings.csv", "--coder", "C1")
    tell.done()


def back_and_forth(folder: Path, tell: Telling) -> None:
    """Undo all codings and redo them."""
    with open_study(folder / "study.qcl", "C1") as project:
        for way in (undo, redo, undo, redo):
            for _each in range(CODED):
                assert way(project) is not None
                tell.done()


def export(folder: Path, tell: Telling) -> None:
    """The whole study over older files, by every suffix."""
    for name in EXPORTS:
        (folder / "out" / name).write_text("old")
    for name in EXPORTS:
        verb("export", folder / "study.qcl", folder / "out" / name, "--force")
        tell.done()


def copy(folder: Path, tell: Telling) -> None:
    """Backups."""
    for _again in range(8):
        backup(folder / "study.qcl")
        tell.done()


def put_back(folder: Path, tell: Telling) -> None:
    """A new code, then the first backup put back, again and again."""
    first = backups(folder / "study.qcl")[-1]
    for number in range(1, 5):
        with open_study(folder / "study.qcl", "C1") as project:
            codes.add(project, f"N{number}")
        tell.done()
        restore(folder / "study.qcl", first)
        tell.done()


def save_what_is_left(folder: Path, tell: Telling) -> None:
    """Repairs of one broken study into new ones."""
    for number in range(4):
        repair(folder / "broken.qcl", folder / "old" / f"new{number}.qcl")
        tell.done()


def shrink(folder: Path, tell: Telling) -> None:
    """Compaction, again and again."""
    for _again in range(4):
        compact(folder / "study.qcl")
        tell.done()


def migrate(folder: Path, tell: Telling) -> None:
    """Opening brings older studies up to date."""
    for number in range(len(OLD_SCHEMAS)):
        open_study(folder / "old" / f"o{number}.qcl").close()
        tell.done()


def begin(folder: Path, tell: Telling) -> None:
    """New studies with a codebook."""
    for number in range(4):
        new_study(
            folder / "old" / f"new{number}.qcl",
            coder="C1",
            fill=lambda project: codebooks.load(project, "siagian"),
        )
        tell.done()


def verb(*words: object) -> None:
    status = main([str(word) for word in words])
    assert status == 0, (status, words)
