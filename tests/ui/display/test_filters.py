"""Filters and the order of rows: what they leave of a matrix, and what the blanks then say."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qualcoder_lite.coding import cells, sources
from qualcoder_lite.coding.counting.references import STUDY, reference
from qualcoder_lite.coding.people import informants
from qualcoder_lite.ui.kit.form_box import FormBox
from qualcoder_lite.ui.window.main_window import MainWindow
from tests.ui.driving import Made, settle, shown
from tests.ui.matrices import cell_at, display, offered, said


def test_a_filter_narrows_the_matrix_and_its_chip_takes_it_away(window: MainWindow, qtbot: QtBot) -> None:
    wiring = display(window)
    offered(window, "filter", "Group", "kelompok", "ASN")
    assert any(line.head.key == "A1" for line in wiring.view.lines)
    assert all(line.head.key != "M1" for line in wiring.view.lines)
    chip = wiring.page.tools.chip_row.itemAt(0).widget()
    assert "ASN" in chip.words
    wiring.clear_filters()
    assert any(line.head.key == "M1" for line in wiring.view.lines)


def test_the_filter_of_codes_offers_indicators_below_their_top_code(window: MainWindow, made: Made) -> None:
    def heads() -> list[str]:
        return [column.head.key for column in display(window).view.columns if column.head.key]

    offered(window, "filter", "Codes", "R", "R1")
    assert display(window).place.now.choice.filters.codes == ("R1",)
    assert heads() == ["R"]
    offered(window, "filter", "Codes", "R", "R")
    assert display(window).place.now.choice.filters.codes == ("R1", "R")


@pytest.mark.parametrize("kind", ["informants", "groups", "comparison", "emic-etic"])
def test_what_is_only_filtered_away_is_not_called_without_evidence(
    window: MainWindow, made: Made, qapp: QApplication, kind: str
) -> None:
    person = reference("informant", made.ids["informant", "A1"])
    other = person if kind in ("informants", "comparison") else STUDY
    code = reference("code", made.ids["code", "R"])
    cells.write(window.desk.study, other, code, emic_summary="Loket saling lempar.")
    settle(window, qapp)
    wiring = display(window)
    wiring.show_kind(kind)
    settle(window, qapp)
    assert "(…)" not in wiring.page.legend.accessibleName()
    offered(window, "filter", "Technique", "Document")
    row = next(i for i, line in enumerate(wiring.view.lines) if line.head.key in ("A1", "R"))
    told = [cell_at(window, row, column).said for column in range(len(wiring.view.columns))]
    assert any(words.startswith("(…), left out by the filter") for words in told)
    assert not any("no evidence" in words for words in told)
    assert "(…) left out by the filter" in wiring.page.legend.accessibleName()


def test_sources_are_narrowed_by_their_dates(window: MainWindow, made: Made, qapp: QApplication) -> None:
    sources.set_details(window.desk.study, made.ids["source", "A1"], date="2026-03-12")
    settle(window, qapp)
    offered(window, "filter", "Dates…")
    box = shown(qapp, FormBox)
    dict(box.rows)["Since"].setText("2026-04-01")
    box.keep()
    assert "left out by the filter" in said(window, "A1", "R")
    offered(window, "filter", "Dates…")
    box = shown(qapp, FormBox)
    dict(box.rows)["Since"].setText("2026-03-01")
    dict(box.rows)["Until"].setText("kemarin")
    box.keep()
    assert "is not a date" in window.news.sentence.text()
    box.end()  # what was refused stays in its box until one lets it go
    chip = display(window).page.tools.chip_row.itemAt(0).widget()
    assert "2026-04-01" in chip.words


def test_rows_are_sorted_by_several_things_in_the_order_in_which_they_were_chosen(
    window: MainWindow, made: Made, qapp: QApplication
) -> None:
    people = [
        {"alias": alias, "class": "main", "kelompok": group}
        for alias, group in (("B1", "ASN"), ("B2", "Masyarakat"))
    ]
    informants.import_table(window.desk.study, people)
    settle(window, qapp)
    offered(window, "rows", "Order of the rows", "kelompok")
    offered(window, "rows", "Order of the rows", "By codings, most first")
    keys = [line.head.key for line in display(window).view.lines if line.kind == "row"]
    assert keys == ["A1", "B1", "M1", "B2", "D1"]
    assert display(window).place.now.choice.sort == ("kelompok", "-codings")
