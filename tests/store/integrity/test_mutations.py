"""Random damage: whatever changes an export is found, and codings whose bytes are intact are saved."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from qualcoder_lite.coding.importing.repairing import repair
from qualcoder_lite.coding.sample_study import build_sample
from qualcoder_lite.coding.vocabulary import CHOICES
from qualcoder_lite.errors import UserError
from qualcoder_lite.export.formats.json_file import study_json
from qualcoder_lite.store.integrity.checking import problems
from qualcoder_lite.store.integrity.page_sums import roots
from qualcoder_lite.store.integrity.pages import Pages
from qualcoder_lite.store.project import open_study, read_study

SHORT, LONG, BATCH, PAGE = 1, 21, 24, 4096  # batches of so many mutations: 504 in the long suite
Damage = Callable[[bytearray, random.Random], None]


def flip(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def zero_a_page(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) // PAGE) * PAGE
    data[at : at + PAGE] = bytes(PAGE)


def cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(PAGE, len(data)) :]


def overwrite(data: bytearray, chance: random.Random) -> None:
    length = chance.choice((1, 16, 512, 3 * PAGE))
    at = chance.randrange(len(data) - length)
    data[at : at + length] = chance.randbytes(length)


def swap_pages(data: bytearray, chance: random.Random) -> None:
    one, other = (chance.randrange(len(data) // PAGE) * PAGE for _each in range(2))
    first, second = data[one : one + PAGE], data[other : other + PAGE]
    data[one : one + PAGE], data[other : other + PAGE] = second, first


def move_pages(data: bytearray, chance: random.Random) -> None:
    """Some pages stand elsewhere, and those between move up."""
    number, pages = chance.choice((1, 2, 5)), len(data) // PAGE
    at, to = (chance.randrange(pages - number) * PAGE for _each in range(2))
    moved = data[at : at + number * PAGE]
    del data[at : at + number * PAGE]
    data[to:to] = moved


def zero_a_run(data: bytearray, chance: random.Random) -> None:
    length = chance.choice((1, 8, 100, 1000, 20_000))
    at = chance.randrange(len(data) - length)
    data[at : at + length] = bytes(length)


def flip_in_the_head(data: bytearray, chance: random.Random) -> None:
    """In the head of the file, or in the first page, where the list of tables begins."""
    data[chance.randrange(chance.choice((100, 100, PAGE)))] ^= 1 << chance.randrange(8)


def flip_in_the_head_of_a_page(data: bytearray, chance: random.Random) -> None:
    """Its kind, its number of rows, where they are."""
    at = chance.randrange(1, len(data) // PAGE) * PAGE + chance.randrange(24)
    data[at] = chance.choice((0, 0xFF, data[at] ^ (1 << chance.randrange(8))))


KINDS: tuple[Damage, ...] = (
    flip, flip, zero_a_page, zero_a_run, cut, overwrite, swap_pages, move_pages, flip_in_the_head,
    flip_in_the_head_of_a_page,
)  # fmt: skip


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample study, closed."""
    path = tmp_path_factory.mktemp("sample") / "sample.qcl"
    build_sample(path)
    return path


def exported(path: Path) -> object:
    """The whole study as `export .json` gives it; nothing where it can't be exported."""
    with suppress(Exception), read_study(path) as project:
        return study_json(project)
    return None


def places_of_codings(path: Path) -> dict[bytes, list[tuple[int, int]]]:
    """For each coding the stretches of the file that hold its row."""
    places: dict[bytes, list[tuple[int, int]]] = {}
    whole = path.read_bytes()
    with Pages(path) as pages:
        for number in pages.tree(roots(pages)["coding"]):
            for cell in pages.cells(number):
                start = whole.index(cell.here, (number - 1) * PAGE)
                head = cell.here[0]
                row = cell.here[head : head + 16]
                places[row] = [(start - 4, start + len(cell.here))]
    return places


def batches() -> list[object]:
    long = [pytest.param(batch, marks=[pytest.mark.long]) for batch in range(SHORT, LONG)]
    return [*range(SHORT), *long]


@pytest.mark.parametrize("batch", batches())
def test_every_damage_that_changes_an_export_is_found(sample: Path, tmp_path: Path, batch: int) -> None:
    """And what is intact is saved. The number of a mutation is its seed."""
    whole, original, places = sample.read_bytes(), exported(sample), places_of_codings(sample)
    assert len(places) == 132
    assert problems(sample, CHOICES) == []
    path, target = tmp_path / "damaged.qcl", tmp_path / "repaired.qcl"
    for number in range(batch * BATCH, (batch + 1) * BATCH):
        chance, data, kind = random.Random(number), bytearray(whole), KINDS[number % len(KINDS)]
        kind(data, chance)
        path.write_bytes(data)
        said = (number, kind.__name__)
        noticed, changed = found(path) != [], exported(path) != original
        assert noticed or not changed, said
        target.unlink(missing_ok=True)
        repair(path, target)
        assert path.read_bytes() == data, said
        intact = {row for row, held in places.items() if all(data[a:b] == whole[a:b] for a, b in held)}
        assert intact <= saved(target), (said, len(intact - saved(target)))
        assert problems(target, CHOICES) == [], said
        print(f"{number} {kind.__name__}: changes an export {changed}, found {noticed}, intact {len(intact)}")  # noqa: T201


def found(path: Path) -> list[str]:
    """What the check tells of a file."""
    try:
        return problems(path, CHOICES)
    except UserError as error:
        return [str(error)]


def saved(path: Path) -> set[bytes]:
    """The ids of the codings of a study."""
    from qualcoder_lite.store.connection import looking_into

    with looking_into(path) as connection:
        return {row for (row,) in connection.execute("SELECT id FROM coding")}


def test_a_head_that_speaks_of_a_later_version_is_damage_where_the_seal_is_broken(
    sample: Path, tmp_path: Path
) -> None:
    path = tmp_path / "s.qcl"
    data = bytearray(sample.read_bytes())
    data[63] ^= 1 << 5
    path.write_bytes(data)
    for door in (open_study, read_study):
        with pytest.raises(UserError, match="damaged"):
            door(path)
    repair(path, tmp_path / "t.qcl")
    assert exported(tmp_path / "t.qcl") == exported(sample)


def test_a_damaged_study_is_repaired_from_a_copy(sample: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(sample, tmp_path / "s.qcl"))
    before = path.read_bytes()
    repair(path, tmp_path / "t.qcl")
    assert path.read_bytes() == before
    assert exported(tmp_path / "t.qcl") == exported(sample)
    with pytest.raises(UserError, match="can't be made"):
        repair(path, tmp_path / "t.qcl")
