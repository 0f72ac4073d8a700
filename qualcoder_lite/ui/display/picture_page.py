"""The page of a picture: which one, how large, and buttons that save it; beside or instead of the matrix."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from qualcoder_lite.errors import UserError
from qualcoder_lite.export.pictures.drawing import Picture
from qualcoder_lite.export.pictures.kinds import PICTURES, names_for, picture_of
from qualcoder_lite.i18n import _
from qualcoder_lite.ui.display.filters import add_choice
from qualcoder_lite.ui.display.layout import as_shown
from qualcoder_lite.ui.display.look import Look
from qualcoder_lite.ui.display.tools import Chooser
from qualcoder_lite.ui.kit import icons, theme
from qualcoder_lite.ui.kit.panel import flat_button, link_button, paper
from qualcoder_lite.ui.picture.view import STEP, PictureView


class PicturePage(QWidget):
    """A row of tools over the picture."""

    def __init__(self, tokens: theme.Theme, fill: Callable[[QMenu], object]) -> None:
        """`fill` gives the menu of pictures."""
        super().__init__()
        self.view, self.chooser = PictureView(tokens), Chooser(tokens, _("Which picture"), fill)
        view = self.view
        self.whole = link_button(tokens, _("The whole picture"), view.show_whole)
        self.smaller = flat_button(tokens, "minus", _("Smaller"), lambda: view.enlarge(1 / STEP))
        self.larger = flat_button(tokens, "plus", _("Larger"), lambda: view.enlarge(STEP))
        self.save = {
            name: QPushButton(icons.icon("download", tokens), name.upper()) for name in ("png", "svg")
        }
        for name, button in self.save.items():
            button.setToolTip(_("Save the picture as {form}").format(form=name.upper()))
            button.setAccessibleName(button.toolTip())
        row = QHBoxLayout()
        row.setContentsMargins(
            tokens.px(theme.SPACE_12), tokens.px(4), tokens.px(theme.SPACE_12), tokens.px(4)
        )
        row.setSpacing(tokens.px(6))
        for part in (self.chooser, self.smaller, self.larger, self.whole):
            row.addWidget(part)
        row.addStretch(1)
        for button in self.save.values():
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(view, 1)
        paper(self, "page")


class Pictures:
    """The picture of the matrix that is shown: it is drawn anew whenever the matrix is."""

    def __init__(self, display: Look) -> None:
        """No picture yet."""
        self.display = display
        self.page = PicturePage(display.desk.tokens, self._fill)
        display.page.pages.addWidget(self.page)
        self.page.view.place_chosen.connect(partial(display.desk.attempt, self.to_cell))
        self.page.view.pointed.connect(display.desk.say_place)
        for name, button in self.page.save.items():
            button.clicked.connect(lambda _on=False, name=name: display.desk.do(f"picture_{name}"))

    @property
    def shown(self) -> bool:
        """Whether pictures are shown instead of the cells."""
        return self.display.place.pictured

    @property
    def name(self) -> str:
        """Which picture is shown."""
        names = names_for(self.display.place.kind)
        return self.display.place.now.picture or next(iter(names), "")

    def drawn(self) -> Picture:
        """The picture that is chosen, of the matrix as it is now. Raises UserError where there is none."""
        if self.display.matrix is None:
            raise UserError(_("There is nothing here that could be drawn."))
        return picture_of(as_shown(self.display.matrix, self.display.view.lines), self.name)

    def refresh(self) -> None:
        """Draw the picture of the matrix where pictures are shown; say why where there is none."""
        if not self.shown or self.display.matrix is None:
            return
        names = names_for(self.display.place.kind)
        self.page.chooser.say(_("Picture: {name}").format(name=_(PICTURES[self.name][0])) if names else "—")
        try:
            self.page.view.show_picture(self.drawn())
        except UserError as error:
            others = partial(self.choose, names[0]) if names and self.name != names[0] else None
            self.display.page.hint.say(str(error), _("Show another picture") if others else "", others)
            self.display.page.pages.setCurrentWidget(self.display.page.hint)
            return
        self.display.page.pages.setCurrentWidget(self.page)

    def switch(self, shown: bool) -> None:
        """Show pictures, or the cells."""
        self.display.place.pictured = shown
        self.display.page.picture.setChecked(shown)
        if self.display.matrix is not None:
            self.display.page.show_matrix()
        self.refresh()
        self.focus()
        self.display.desk.enable()

    def focus(self) -> None:
        """Give the keys to what is shown."""
        (self.page.view if self.shown else self.display.view).setFocus()

    def choose(self, name: str) -> None:
        """Show another picture of the matrix."""
        self.display.place.now.picture = name
        self.refresh()
        self.focus()

    def _fill(self, menu: QMenu) -> None:
        for name in names_for(self.display.place.kind):
            add_choice(menu, _(PICTURES[name][0]), name == self.name, partial(self.choose, name))

    def to_cell(self, first: str, second: str) -> None:
        """Show the cell of a mark instead of the picture."""
        self.switch(False)
        if self._choose_interview(first) or self.display.show_pair(first, second):
            self.display.show_panel()
        else:
            self.display.desk.tell(_("This cell stands in none of the matrices as they are chosen now."))
        self.display.desk.enable()

    def _choose_interview(self, first: str) -> bool:
        """Choose the row of an interview in a matrix of saturation, which has no cells to write in."""
        matrix, view = self.display.matrix, self.display.view
        if matrix is None or matrix.kind != "saturation":
            return False
        found = [at for at, line in enumerate(view.lines) if matrix.rows[line.row].reference == first]
        for at in found[:1]:
            view.setCurrentIndex(view.table.index(at, 0))
        return bool(found)
