"""Heat maps: the numbers that they show, and files that are whole pictures."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from qualcoder_lite.analysis.kinds import matrix_of
from qualcoder_lite.analysis.matrix import Choice
from qualcoder_lite.coding import codings
from qualcoder_lite.store.project import open_study
from qualcoder_lite.ui import theme
from qualcoder_lite.ui.matrix_picture import Heat, heat_of, picture_of, size_of, write_picture
from tests.ui.window import SAID, make_study

TEXT = "\n".join(SAID) + "\n"


@pytest.fixture
def heat(tmp_path: Path, qapp: QApplication) -> Heat:
    theme.dress(qapp, theme.theme())
    made = make_study(tmp_path / "a.qcl")
    with open_study(tmp_path / "a.qcl", coder="C1") as project:
        for words in ("Lancar.", "Rapat tiap Senin"):
            start = TEXT.index(words)
            codings.apply(
                project, made.ids["source", "A1"], start, start + len(words), made.ids["code", "R1"]
            )
        found = heat_of(matrix_of(project, "informants", Choice()))
    assert found is not None
    return found


def test_a_heat_map_has_the_number_of_each_cell_and_the_mark_of_each_blank(heat: Heat) -> None:
    assert heat.columns == ("R", "S")
    assert heat.numbers[0] == (2, None)
    assert heat.marks[0][1] == "·"


def test_the_largest_number_is_darkest_and_a_blank_is_grey(heat: Heat) -> None:
    tokens = theme.theme()
    image = picture_of(heat, tokens)
    left, top = 16 + 190 + 5, 16 + 30 + 5
    assert image.pixelColor(left * 2, top * 2) == tokens.accent
    assert image.pixelColor((left + 44) * 2, top * 2) == tokens.blank


def test_the_files_are_whole_pictures(heat: Heat, tmp_path: Path) -> None:
    for name in ("a.png", "a.svg"):
        write_picture(heat, tmp_path / name)
    assert QImage(str(tmp_path / "a.png")).size() == size_of(heat) * 2
    assert QSvgRenderer(str(tmp_path / "a.svg")).isValid()


def test_a_kind_without_counted_cells_has_none(tmp_path: Path) -> None:
    make_study(tmp_path / "b.qcl")
    with open_study(tmp_path / "b.qcl", coder="C1") as project:
        assert heat_of(matrix_of(project, "saturation", Choice())) is None
