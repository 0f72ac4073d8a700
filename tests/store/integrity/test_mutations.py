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
from qualcoder_lite.store.project import read_study

SHORT, LONG, PAGE = 25, 500, 4096
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


KINDS: tuple[Damage, ...] = (flip, flip, zero_a_page, cut, overwrite, swap_pages)


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


def test_every_damage_that_changes_an_export_is_found(
    sample: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    long = request.config.getoption("--long")
    seed = random.SystemRandom().randrange(1 << 32)
    chance = random.Random(seed)
    whole, original, places = sample.read_bytes(), exported(sample), places_of_codings(sample)
    assert len(places) == 132
    assert problems(sample, CHOICES) == []
    path, target = tmp_path / "damaged.qcl", tmp_path / "repaired.qcl"
    for turn in range(LONG if long else SHORT):
        data = bytearray(whole)
        kind = KINDS[turn % len(KINDS)]
        kind(data, chance)
        path.write_bytes(data)
        said = (seed, turn, kind.__name__)
        assert found(path) or exported(path) == original, said
        target.unlink(missing_ok=True)
        repair(path, target)
        assert path.read_bytes() == data, said
        intact = {row for row, held in places.items() if all(data[a:b] == whole[a:b] for a, b in held)}
        assert intact <= saved(target), (said, len(intact - saved(target)))
        assert problems(target, CHOICES) == [], said


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


def test_a_damaged_study_is_repaired_from_a_copy(sample: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(sample, tmp_path / "s.qcl"))
    before = path.read_bytes()
    repair(path, tmp_path / "t.qcl")
    assert path.read_bytes() == before
    assert exported(tmp_path / "t.qcl") == exported(sample)
    with pytest.raises(UserError, match="can't be made"):
        repair(path, tmp_path / "t.qcl")
