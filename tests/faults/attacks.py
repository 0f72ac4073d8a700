"""What must hold after each kill, by action. For a new action: a work in `attacked`, a row in `ATTACKS`."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from qualcoder_lite.coding.importing.repairing import repair
from qualcoder_lite.coding.vocabulary import CHOICES
from qualcoder_lite.export.whole_study import write_study
from qualcoder_lite.store.backup import backup, backups, folder_of
from qualcoder_lite.store.copies.manifest import read, verify
from qualcoder_lite.store.copies.restoring import restore
from qualcoder_lite.store.creating import new_study
from qualcoder_lite.store.integrity.checking import problems
from qualcoder_lite.store.project import Project, open_study, read_study
from qualcoder_lite.store.schema import SCHEMA
from qualcoder_lite.store.undo import history, redo, undo
from tests.faults import attacked_window
from tests.faults.attacked import BATCH, CODED, EXPORTS, NAMES, OLD, OLD_SCHEMAS, ROWS
from tests.store.states import State, rows, state_of


@dataclass(frozen=True)
class Attack:
    """A work of `attacked`, how many things it tells to be done, and the check of its folder after a kill.

    `check` gets the folder, how many things were told, and the folder as it was before.
    """

    name: str
    told: int
    check: Callable[[Path, int, Path], None]


def opened_again(*studies: Path) -> None:
    """The studies open as the window opens them, the check finds nothing, and one file is left of each."""
    for study in studies:
        open_study(study).close()
        assert problems(study, CHOICES) == []
    nothing_hidden(*studies)


def nothing_hidden(*studies: Path) -> None:
    """No log, no lock, nothing unfinished lies beside studies."""
    names = [path.name for study in studies for path in study.parent.iterdir()]
    assert [name for name in names if name.startswith(".") or ".qcl-" in name] == []


def steps(study: Path) -> int:
    return int(rows(study, "SELECT count(*) FROM step")[0][0])


def nothing_half(study: Path, before: Path, told: int, most: int = 1) -> None:
    """Every step that was told is there, at most `most` more, and all together undo to what was before."""
    new = steps(study) - steps(before)
    assert told <= new <= told + most, (told, new)
    with open_study(study) as project:
        found = state_of(study)
        for way, state in ((undo, state_of(before)), (redo, found)):
            for _each in range(new):
                assert way(project) is not None
            assert state_of(study) == state


def starts(study: Path) -> list[int]:
    return [start for (start,) in rows(study, "SELECT start FROM coding ORDER BY start")]


def after_code(folder: Path, told: int, before: Path) -> None:
    opened_again(folder / "study.qcl")
    nothing_half(folder / "study.qcl", before / "study.qcl", told)
    found = starts(folder / "study.qcl")
    assert found == list(range(len(found)))
    assert len(found) - CODED in (told, told + 1)


def after_bring_in(folder: Path, told: int, before: Path) -> None:
    study = folder / "study.qcl"
    opened_again(study)
    nothing_half(study, before / "study.qcl", told)
    [(sources,)] = rows(study, "SELECT count(*) FROM source_text")
    assert (sources - 1) % BATCH == 0
    assert (sources - 1) // BATCH in (told, told + 1)


def after_table(folder: Path, told: int, before: Path) -> None:
    opened_again(folder / "study.qcl")
    nothing_half(folder / "study.qcl", before / "study.qcl", told)
    assert len(starts(folder / "study.qcl")) in ((CODED + ROWS,) if told else (CODED, CODED + ROWS))


def after_back_and_forth(folder: Path, told: int, before: Path) -> None:
    study = folder / "study.qcl"
    opened_again(study)
    ways = [*[-1] * CODED, *[1] * CODED] * 2
    possible = {CODED + sum(ways[:number]) for number in (told, told + 1)}
    assert len(starts(study)) in possible
    with open_study(study) as project:
        while redo(project):
            pass
    assert state_of(study) == state_of(before / "study.qcl")
    [(events,)] = rows(study, "SELECT count(*) FROM step_event")
    assert events >= told


def after_export(folder: Path, told: int, before: Path) -> None:
    study = folder / "study.qcl"
    assert study.read_bytes() == (before / "study.qcl").read_bytes()
    for number, name in enumerate(EXPORTS):
        path = folder / "out" / name
        if path.exists() and path.read_bytes() != b"old":
            is_whole_export(path)
        else:
            assert number >= told
    with read_study(study) as project:
        for name in EXPORTS:
            write_study(project, folder / "out" / name)
    assert sorted(path.name for path in (folder / "out").iterdir()) == sorted(EXPORTS)
    assert list((folder / "tmp").iterdir()) == []
    opened_again(study)


def is_whole_export(path: Path) -> None:
    if path.suffix == ".json":
        assert len(json.loads(path.read_text(encoding="utf-8"))["codings"]) == CODED
    elif path.suffix == ".csv":
        assert len(path.read_text(encoding="utf-8-sig").splitlines()) == CODED + 1
    else:
        with zipfile.ZipFile(path) as package:
            assert package.testzip() is None


def after_copy(folder: Path, told: int, before: Path) -> None:
    study = folder / "study.qcl"
    assert len(backups(study)) - 1 in (told, told + 1)
    all_backups_whole(study)
    backup(study)
    only_whole_backups(study)
    opened_again(study)


def all_backups_whole(study: Path) -> None:
    for kept in backups(study):
        assert read(kept) is not None
        verify(kept)


def only_whole_backups(study: Path) -> None:
    """Nothing lies in the folder of backups but whole backups, each with its manifest and its key file."""
    stems = [kept.stem for kept in backups(study)]
    expected = {f"{stem}{ending}" for stem in stems for ending in (".qcl", ".json", ".kunci.json")}
    assert {path.name for path in folder_of(study).iterdir()} == expected
    for stem in stems:
        names = json.loads((folder_of(study) / f"{stem}.kunci.json").read_text(encoding="utf-8"))
        assert names == NAMES


def keys(study: Path) -> set[str]:
    return {key for (key,) in rows(study, "SELECT key FROM code")}


def after_put_back(folder: Path, told: int, before: Path) -> None:
    """The study is the backup or what it was just before; each code told is in it or in what was kept."""
    study = folder / "study.qcl"
    opened_again(study)
    first = backups(study)[-1]
    fresh = keys(study) - keys(first)
    assert len(fresh) <= 1
    assert fresh or state_of(study) == state_of(first)
    everywhere = set[str]().union(*map(keys, [study, *backups(study)]))
    assert {f"N{number}" for number in range(1, (told + 1) // 2 + 1)} <= everywhere
    all_backups_whole(study)
    assert restore(study, first).backup == first
    assert state_of(study) == state_of(first)
    only_whole_backups(study)
    opened_again(study)


def after_save(folder: Path, told: int, before: Path) -> None:
    """What was repaired is whole or not there, the broken one as it was; nothing of it stays elsewhere."""
    assert (folder / "broken.qcl").read_bytes() == (before / "broken.qcl").read_bytes()
    targets = [folder / "old" / f"new{number}.qcl" for number in range(4)]
    for number, target in enumerate(targets):
        assert target.exists() or number >= told
        if not target.exists():
            repair(folder / "broken.qcl", target)
    opened_again(*targets)
    for target in targets:
        with read_study(target) as project:
            assert len(history(project)) == len(repaired_history(folder / "broken.qcl"))
    assert list((folder / "tmp").iterdir()) == []


@cache
def repaired_history(broken: Path) -> list[str]:
    with TemporaryDirectory() as folder:
        repair(broken, Path(folder, "r.qcl"))
        with read_study(Path(folder, "r.qcl")) as project:
            return [line.text for line in history(project)]


def after_shrink(folder: Path, told: int, before: Path) -> None:
    study = folder / "study.qcl"
    opened_again(study)
    assert state_of(study) == state_of(before / "study.qcl")
    compacted = steps(study) - steps(before / "study.qcl")
    assert compacted in (told, told + 1)
    with open_study(study) as project:
        assert (undo(project) is None) == (compacted > 0)
    all_backups_whole(study)
    backup(study)
    only_whole_backups(study)


def after_migrate(folder: Path, told: int, before: Path) -> None:
    """Each older study is as before or up to date, and comes up to date now. (They have faults.)"""
    for number, schema in enumerate(OLD_SCHEMAS):
        old = folder / "old" / f"o{number}.qcl"
        for kept in backups(old):
            verify(kept)
        assert number >= told or rows(old, "PRAGMA user_version") == [(SCHEMA,)]
        open_study(old).close()
        assert (state_of(old), problems(old, CHOICES)) == migrated(schema)
        backup(old)
        assert {path.suffix for path in folder_of(old).iterdir()} == {".qcl", ".json"}
        assert len(list(folder_of(old).iterdir())) == 2 * len(backups(old))
    nothing_hidden(folder / "old" / "o0.qcl")


@cache
def migrated(schema: str) -> tuple[State, list[str]]:
    """What is in an older study once it is brought up to date in peace, and what the check finds then."""
    with TemporaryDirectory() as folder:
        old = Path(folder, "old.qcl")
        old.write_bytes((OLD / f"{schema}.qcl").read_bytes())
        open_study(old).close()
        return state_of(old), problems(old, CHOICES)


def after_begin(folder: Path, told: int, before: Path) -> None:
    made = [folder / "old" / f"new{number}.qcl" for number in range(4)]
    for number, path in enumerate(made):
        assert path.exists() or number >= told
        if path.exists():
            assert rows(path, "SELECT count(*) FROM code") == [(47,)]
        else:
            new_study(path)
    opened_again(*made)


def after_window(folder: Path, told: int, before: Path) -> None:
    """What the window had told is there, at most one step more, and all that it wrote can be taken back."""
    study = folder / "study.qcl"
    opened_again(study)
    found = found_in(study)
    possible = [attacked_window.state_after(number) for number in (told, told + 1)]
    assert found in possible, (told, found)
    with open_study(study, "C1") as project:
        for _each in range(written_steps(project, before)):
            assert undo(project) is not None
        assert state_of(study) == state_of(before / "study.qcl")


def written_steps(project: Project, before: Path) -> int:
    """How many steps are done now that the study had not before."""
    [(done,)] = rows(project.path, "SELECT count(*) FROM step WHERE NOT undone")
    return int(done) - steps(before / "study.qcl")


def found_in(study: Path) -> dict[str, object]:
    """What is in a study, as `attacked_window.state_after` tells it."""
    cells = rows(study, "SELECT emic_summary FROM cell WHERE emic_summary <> ''")
    sources = rows(study, "SELECT key FROM source WHERE key LIKE 'W%' ORDER BY id")
    return {
        "code": [start for (start,) in rows(study, "SELECT start FROM coding ORDER BY id")],
        "cell": [words for (words,) in cells],
        "bring_in": [key for (key,) in sources],
        "memo": [words for (words,) in rows(study, "SELECT text FROM memo ORDER BY id")],
    }


ATTACKS = (
    Attack("code", 60, after_code),
    Attack("visit", 8, after_code),
    Attack("bring_in", 8, after_bring_in),
    Attack("import_by_verb", 4, after_bring_in),
    Attack("table_by_verb", 1, after_table),
    Attack("back_and_forth", 4 * CODED, after_back_and_forth),
    Attack("export", len(EXPORTS), after_export),
    Attack("copy", 8, after_copy),
    Attack("put_back", 8, after_put_back),
    Attack("save_what_is_left", 4, after_save),
    Attack("shrink", 4, after_shrink),
    Attack("migrate", len(OLD_SCHEMAS), after_migrate),
    Attack("begin", 4, after_begin),
)
WINDOW = Attack("window", len(attacked_window.STEPS), after_window)
