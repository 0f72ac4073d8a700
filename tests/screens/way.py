"""Where the hands are among matrices and claims, and what is in the study there."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QScrollArea, QWidget
from sqlalchemy import select

from qualcoder_lite.analysis.cells.written import Written, read_cells
from qualcoder_lite.analysis.conclusions.claims import ClaimRow, read_claims
from qualcoder_lite.analysis.conclusions.member_checks import CheckLine, member_checks
from qualcoder_lite.coding.counting.counted import Counted, counted
from qualcoder_lite.coding.counting.references import pair, reference
from qualcoder_lite.store.project import Project
from qualcoder_lite.store.schema import Coding
from qualcoder_lite.ui.cell.field import CellField
from qualcoder_lite.ui.cell.panel import CellPanel
from qualcoder_lite.ui.cell.passages import PassageList
from qualcoder_lite.ui.cell.reading import Passage
from qualcoder_lite.ui.conclusions.connect import Conclusions
from qualcoder_lite.ui.desk.desk import Desk
from qualcoder_lite.ui.display.connect import Display
from tests.screens.hands import Hands

Key = Qt.Key


@dataclass
class Way:
    """The hands, and what they meant to do, to be found in the study in the end."""

    hands: Hands
    chosen: list[bytes] = field(default_factory=list)  # codings of the cell, in the researcher's order
    emic: str = ""
    etic: str = ""

    @property
    def desk(self) -> Desk:
        """The study as it lies open."""
        return self.hands.window.desk

    @property
    def display(self) -> Display:
        """The workspace of matrices."""
        return self.desk.part(Display)

    @property
    def conclusions(self) -> Conclusions:
        """The workspace of claims."""
        return self.desk.part(Conclusions)

    @property
    def panel(self) -> CellPanel:
        """The panel of the cell."""
        return self.display.cell.panel

    @property
    def study(self) -> Project:
        """The study."""
        return self.desk.study

    @property
    def counted(self) -> Counted:
        """The study as it counts."""
        return counted(self.study)

    def code(self, key: str) -> bytes:
        """The id of a code."""
        return {line.key: line.id for line in self.desk.codes}[key]

    def person(self, alias: str) -> bytes:
        """The id of an informant."""
        return {line.alias: line.id for line in self.desk.people}[alias]

    def written(self, who: str, code: str) -> Written:
        """What the study has of a cell of an informant and a code."""
        key = pair(reference("informant", self.person(who)), reference("code", self.code(code)))
        return read_cells(self.study, {key})[key]

    def checks(self) -> list[CheckLine]:
        """The member checks in the study."""
        return member_checks(self.study)

    def claim(self, number: str) -> ClaimRow:
        """A claim as it is in the study."""
        return next(one for one in read_claims(self.study, self.counted) if one.number == number)

    def go(self, tab: int) -> None:
        """Click the tab of a workspace."""
        tabs = self.hands.window.menu_row.tabs
        self.hands.click(tabs, tabs.tabRect(tab).center())
        self.hands.rest()

    def click_cell(self, row: str, column: str) -> None:
        """Click a cell of the matrix by the keys of its heads."""
        view = self.display.view
        line = next(at for at, one in enumerate(view.lines) if one.head.key == row)
        across = next(at for at, one in enumerate(view.columns) if column in (one.head.key, one.field))
        index = view.table.index(line, across)
        view.scrollTo(index)
        self.hands.click(view.viewport(), view.visualRect(index).center())
        self.hands.rest()

    def see(self, part: QWidget) -> None:
        """Scroll what a part stands in until it is to be seen."""
        area = part.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(part)
        self.hands.application.processEvents()
        assert not part.visibleRegion().isEmpty(), "it is not to be seen"

    def write(self, name: str, words: str) -> CellField:
        """Type anew into a field of the panel."""
        field = self.panel.fields[name]
        self.see(field)
        self.hands.clear(field)
        self.hands.type(words)
        return field

    def row_place(self, passages: PassageList, row: int, x: int = 120) -> QPoint:
        """A place on the first line of a passage of a list."""
        self.see(passages)
        index = passages.rows.index(row)
        passages.scrollTo(index)
        self.hands.application.processEvents()
        return QPoint(x, passages.visualRect(index).top() + 14)

    def click_passage(self, passages: PassageList, words: str) -> Passage:
        """Click a passage of a list by words of it."""
        row, found = next((at, one) for at, one in enumerate(passages.rows.rows) if words in one.quote)
        self.hands.click(passages.viewport(), self.row_place(passages, row))
        return found

    def show_kind(self, kind: str) -> None:
        """Click a kind of matrix, also where it stands in the menu at the end."""
        kinds = self.display.page.kinds
        if kinds.buttons[kind].isVisible():
            self.hands.click(kinds.buttons[kind])
        else:
            self.hands.choose_from(kinds.more, kinds.buttons[kind].text())
        self.hands.rest()
        assert self.display.place.kind == kind

    def click_token(self, words: CellField, token: str) -> None:
        """Click a token in a field."""
        self.see(words)
        cursor = words.textCursor()
        cursor.setPosition(words.toPlainText().index(token) + len(token) // 2)
        self.hands.click(words.viewport(), words.cursorRect(cursor).center())
        self.hands.rest()

    def click_label(self, key: str, near: str) -> None:
        """Click the label of a code in the margin, beside words of the text."""
        view = self.desk.text
        high = self.hands.words(near)[0].y()
        wanted = [label for label in view.side().labels if label.coding.key == key]
        label = min(wanted, key=lambda one: abs(one.top - high))
        self.hands.click(view.viewport(), QPoint(view.columns.label + 12, label.top + 9))
        assert view.active is not None
        assert view.active.id == label.coding.id

    def everything(self) -> tuple[object, ...]:
        """All that the study has written: cells, claims, member checks, codings."""
        return everything(self.study)


def everything(project: Project) -> tuple[object, ...]:
    """All that a study has written: cells, claims, member checks, codings."""
    with project.read() as connection:
        codings = connection.execute(select(Coding).order_by(Coding.id)).all()
    claims = read_claims(project, counted(project))
    return read_cells(project), claims, member_checks(project), codings
