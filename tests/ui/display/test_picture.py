"""Pictures of matrices: the numbers that they show, and files that are whole pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.frequencies import UNITS, frequencies
from qualcoder_lite.analysis.matrices.kinds import matrix_of
from qualcoder_lite.coding.counting.references import STUDY
from qualcoder_lite.coding.sample_study import RESEARCHER, build_sample
from qualcoder_lite.errors import UserError
from qualcoder_lite.export.formats.svg import svg
from qualcoder_lite.export.pictures.drawing import Box, Dot, Line, Picture, Words
from qualcoder_lite.export.pictures.kinds import (
    FREQUENCIES,
    OF_KIND,
    names_for,
    picture_of,
    write_picture,
)
from qualcoder_lite.export.pictures.letters import width_of
from qualcoder_lite.store.project import Project, read_study
from qualcoder_lite.ui.kit import theme
from qualcoder_lite.ui.picture.paint import image_of, png_of

EVERY = [(kind, name) for kind, names in OF_KIND.items() for name in names]
TOO_MANY = ("informants", "profiles")  # the sample has more informants than stand side by side


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pictures") / "sample.qcl"
    build_sample(path)
    return path


@pytest.fixture
def sample(shipped: Path) -> Iterator[Project]:
    with read_study(shipped) as project:
        yield project


def drawn(project: Project, kind: str, name: str) -> Picture:
    chosen = Choice(coder=RESEARCHER)
    if kind == "comparison":
        everyone = matrix_of(project, "informants", chosen)
        people = [one.reference for one in (*everyone.rows, *everyone.columns) if one.kind == "informant"]
        chosen = Choice(coder=RESEARCHER, members=tuple(people[:3]))
    return picture_of(matrix_of(project, kind, chosen), name)


@pytest.mark.parametrize(("kind", "name"), [one for one in EVERY if one != TOO_MANY])
def test_every_picture_is_drawn_within_its_page_on_the_screen_and_as_svg(
    sample: Project, qapp: QApplication, kind: str, name: str
) -> None:
    theme.dress(qapp, theme.theme())
    picture = drawn(sample, kind, name)
    written = ElementTree.fromstring(svg(picture))
    words = [one.text for one in written.iter("{http://www.w3.org/2000/svg}text")]
    assert words == [mark.text for mark in picture.marks if isinstance(mark, Words)]
    for mark in picture.marks:
        if isinstance(mark, Box):
            assert mark.x >= 0
            assert mark.x + mark.width <= picture.width
            assert mark.y + mark.height <= picture.height
    image = image_of(picture, "dark", 72)
    assert image.size().width() == round(picture.width)
    assert len({image.pixel(x, x % image.height()) for x in range(image.width())}) > 1


def test_a_heat_map_has_the_number_of_each_cell(sample: Project) -> None:
    matrix = matrix_of(sample, "informants", Choice(coder=RESEARCHER))
    picture = picture_of(matrix, "heat")
    shown = sorted(int(w.text) for w in picture.marks if isinstance(w, Words) and w.ground)
    assert shown == sorted(number for number in matrix.cells["codings"].tolist() if number)


def test_the_network_has_a_line_for_each_pair_with_passages_and_always_the_same(
    sample: Project, shipped: Path
) -> None:
    picture = drawn(sample, "linkage", "network")
    matrix = matrix_of(sample, "linkage", Choice(coder=RESEARCHER))
    passages, width = matrix.cells["passages"].tolist(), len(matrix.columns)
    places = {
        (matrix.rows[at // width].reference, matrix.columns[at % width].reference): number
        for at, number in enumerate(passages)
        if number
    }
    lines = [mark for mark in picture.marks if isinstance(mark, Line) and mark.said]
    assert {line.place for line in lines} == set(places)
    assert [line.width for line in lines] == sorted((line.width for line in lines), reverse=True)
    assert all(f": {places[line.place]} co-coded" in line.said for line in lines)
    alone = Counter(mark.place for mark in picture.marks if isinstance(mark, Dot) and mark.said)
    assert alone == Counter((one.reference, STUDY) for one in (*matrix.rows, *matrix.columns))
    assert any("no co-coded passage" in note for note in picture.notes)
    with read_study(shipped) as again:
        assert drawn(again, "linkage", "network") == picture


def laid(words: Words) -> tuple[float, float, float, float]:
    wide = width_of(words.text, words.size)
    left = words.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[words.anchor] * wide
    return left, left + wide, words.y - 3, words.y + 3


@pytest.mark.parametrize("level", ["top", "indicator"])
@pytest.mark.parametrize("kind", ["linkage", "saturation"])
def test_no_words_lie_on_others(sample: Project, kind: str, level: str) -> None:
    name = {"linkage": "network", "saturation": "curve"}[kind]
    picture = picture_of(matrix_of(sample, kind, Choice(coder=RESEARCHER, level=level)), name)
    places = [laid(mark) for mark in picture.marks if isinstance(mark, Words)]
    for one, other in combinations(places, 2):
        assert one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]


def test_words_of_a_hundred_interviews_lie_apart(sample: Project) -> None:
    matrix = matrix_of(sample, "saturation", Choice(coder=RESEARCHER, level="top"))
    many = replace(matrix, rows=matrix.rows * 20, cells=pd.concat([matrix.cells] * 20))
    places = [laid(mark) for mark in picture_of(many, "curve").marks if isinstance(mark, Words)]
    assert len(places) > 60
    for one, other in combinations(places, 2):
        assert one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]


def test_a_crowded_network_has_thinner_lines_and_numbers_on_the_strongest(sample: Project) -> None:
    matrix = matrix_of(sample, "linkage", Choice(coder=RESEARCHER, level="indicator"))
    crowded = replace(matrix, cells=matrix.cells.assign(passages=range(len(matrix.cells))))
    picture = picture_of(crowded, "network")
    lines = [mark for mark in picture.marks if isinstance(mark, Line) and mark.said]
    numbers = [int(mark.text) for mark in picture.marks if isinstance(mark, Words) and mark.text.isdecimal()]
    assert len(lines) == len(matrix.cells) - 1
    assert sum(line.width for line in lines) < 40 * 8
    assert max(numbers) == len(matrix.cells) - 1
    assert min(numbers) >= len(matrix.cells) - 40
    assert "40 strongest" in " ".join(picture.notes)


def test_numbers_of_the_curve_lie_off_its_lines(sample: Project) -> None:
    picture = drawn(sample, "saturation", "curve")
    lines = [mark for mark in picture.marks if isinstance(mark, Line) and len(mark.points) > 2]
    numbers = [mark for mark in picture.marks if isinstance(mark, Words) and mark.text.isdecimal()]
    for number in (one for one in numbers if one.size == "key"):
        left, right, top, bottom = laid(number)
        for line in lines:
            xs, ys = zip(*line.points, strict=True)
            crossed = [float(np.interp(x, xs, ys)) for x in np.linspace(left, right, 9)]
            assert all(y < top or y > bottom for y in crossed)


@pytest.mark.parametrize("unit", UNITS)
def test_bars_have_the_numbers_of_their_codes(sample: Project, unit: str) -> None:
    matrix = matrix_of(sample, "informants", Choice(coder=RESEARCHER))
    found = frequencies(matrix, unit)
    assert [one.number for one in found] == [sum(one.signs) for one in found]
    name = next(name for name, counted in FREQUENCIES.items() if counted == unit)
    assert [row[1] for row in picture_of(matrix, name).rows] == [one.number for one in found]
    if unit == "codings":
        rows = matrix.cells.groupby("row" if matrix.rows[0].kind == "code" else "column")["codings"].sum()
        assert all(one.number <= total for one, total in zip(found, rows.tolist(), strict=True))


def test_the_files_are_whole_pictures(sample: Project, qapp: QApplication, tmp_path: Path) -> None:
    theme.dress(qapp, theme.theme())
    picture = drawn(sample, "informants", "heat")
    for name in ("a.png", "a.svg"):
        write_picture(picture, tmp_path / name, png_of)
    assert QImage(str(tmp_path / "a.png")).size() == image_of(picture).size()
    assert QSvgRenderer(str(tmp_path / "a.svg")).isValid()


def test_a_kind_without_such_a_picture_says_what_it_has(sample: Project) -> None:
    assert names_for("agreement") == ()
    with pytest.raises(UserError, match="no pictures"):
        drawn(sample, "agreement", "heat")
    with pytest.raises(UserError, match="curve"):
        drawn(sample, "saturation", "heat")
    with pytest.raises(UserError, match="two to six"):
        drawn(sample, *TOO_MANY)
