"""What goes out is of one state of the study, whatever is done beside meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.kinds import matrix_of, recount_if_changed
from qualcoder_lite.coding import codes, sources
from qualcoder_lite.coding.counting.counted import counted
from qualcoder_lite.export.reports.matrices import write_matrix
from qualcoder_lite.export.whole_study import write_study
from qualcoder_lite.store.creating import new_study
from qualcoder_lite.store.project import Project, open_study
from qualcoder_lite.store.schema import Code, Source
from tests.export.conftest import fill
from tests.export.filling import Filling
from tests.export.reading import everything


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Project]:
    """The study as a window has it open: steps are done beside reading."""
    path = tmp_path / "w" / "contoh.qcl"
    path.parent.mkdir()
    new_study(path, "Studi rekaan")
    with open_study(path, coder="Ani", write_ahead=True) as project:
        with project.change("fill") as session:
            fill(Filling(session))
        yield project


def beside(step: Callable[[], object]) -> None:
    """Do a step in another thread, as the window does while a file is written."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(step).result()


def row(project: Project, kind: type[Code | Source], key: str) -> bytes:
    frames = counted(project).frames
    return next(row.id for row in (frames.codes if kind is Code else frames.sources) if row.key == key)


@pytest.mark.parametrize("suffix", [".docx", ".csv"])
def test_a_step_between_two_parts_of_an_export_does_not_show_in_it(
    window: Project, tmp_path: Path, suffix: str
) -> None:
    last, code, done = row(window, Source, "D1"), row(window, Code, "R1"), []

    def step() -> None:
        sources.edit_text(window, last, [(0, 0, "KEMUDIAN. ")])
        codes.rename(window, code, "R99")
        counted(window)

    def progress(_done: int, _total: int, _label: str) -> None:
        if not done:
            beside(step)
            done.append(True)

    write_study(window, tmp_path / f"before{suffix}", progress)
    assert done
    written = everything(tmp_path / f"before{suffix}")
    assert "KEMUDIAN" not in written
    assert "R99" not in written
    write_study(window, tmp_path / f"after{suffix}")
    assert "R99" in everything(tmp_path / f"after{suffix}")


def test_what_another_thread_counted_later_does_not_show_within_one_state(window: Project) -> None:
    code = row(window, Code, "R1")
    with window.read():
        before = counted(window)
        beside(lambda: (codes.rename(window, code, "R99"), counted(window)))
        assert [one.key for one in counted(window).frames.codes] == [one.key for one in before.frames.codes]
    assert "R99" in [one.key for one in counted(window).frames.codes]


def test_a_matrix_counted_before_a_step_is_written_as_the_study_is_now(
    window: Project, tmp_path: Path
) -> None:
    matrix = matrix_of(window, "informants", Choice(coder="Ani"))
    assert recount_if_changed(window, matrix) is matrix
    codes.rename(window, row(window, Code, "R"), "R99")
    write_matrix(window, matrix, tmp_path / "m.csv")
    assert "R99" in everything(tmp_path / "m.csv")


def test_no_step_is_done_by_the_thread_that_reads_one_state(window: Project) -> None:
    code = row(window, Code, "R1")
    with window.read(), pytest.raises(RuntimeError, match="reads one state"):
        codes.rename(window, code, "R99")
    codes.rename(window, code, "R99")
