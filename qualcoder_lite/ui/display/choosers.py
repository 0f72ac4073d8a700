"""The choosers over a matrix joined to it: what each says is chosen, and what its menu offers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QLineEdit, QMenu

from qualcoder_lite.analysis.agreement.agreement import Domain
from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.panels.lists import coders_listed
from qualcoder_lite.coding.counting.counted import counted
from qualcoder_lite.coding.vocabulary import parse_date
from qualcoder_lite.i18n import _, n_
from qualcoder_lite.ui.cell.reading import linked_words
from qualcoder_lite.ui.display import filters
from qualcoder_lite.ui.display.cells import CONTENTS
from qualcoder_lite.ui.display.look import Look
from qualcoder_lite.ui.display.tools import Chooser
from qualcoder_lite.ui.kit.form_box import FormBox


class Choosers:
    """The choosers of one workspace."""

    def __init__(self, display: Look) -> None:
        """Nothing is chosen yet."""
        self.display = display
        makers: dict[str, tuple[str, Callable[[QMenu], object]]] = {
            "coder": (_("Coder"), self._fill_coders),
            "content": (_("What cells show"), self._fill_contents),
            "rows": (_("Rows"), self._fill_rows),
            "by": (_("By"), self._fill_by),
            "linked": (_("What stands together"), self._fill_linked),
            "members": (_("Informants or groups"), self._fill_members),
            "coders": (_("Coders"), self._fill_compared),
            "units": (_("Units"), self._fill_units),
            "domain": (_("Domain"), self._fill_domains),
            "filter": (_("Filter"), self._fill_filters),
        }
        tokens = display.desk.tokens
        self.choosers = {name: Chooser(tokens, words, fill) for name, (words, fill) in makers.items()}
        for chooser in self.choosers.values():
            display.page.tools.add(chooser)
        self.choosers["filter"].say(_("+ Filter"))

    def show(self, choice: Choice) -> None:
        """Say what is chosen."""
        kind, content = self.display.place.kind, self.display.place.now.content
        said = {
            "coder": _("Coder: {name}").format(name=choice.coder or "—"),
            "content": _("Cells: {what}").format(what=_(filters.CONTENT_WORDS[content])),
            "rows": _("Rows: {what}").format(what=self._rows_said(choice)),
            "by": _("By: {what}").format(what=self._by_said(choice)),
            "linked": _("Co-occurrence: {what}").format(what=linked_words(choice)),
            "members": _("Compared: {names}").format(names=self._members_said()),
            "coders": _("Coders: {names}").format(names=", ".join(self._compared())),
            "units": _("Units: {what}").format(what=filters.units_words(choice.units, self._compared())),
            "domain": _("Domain: {name}").format(name=self._domain_said(choice)),
        }
        for name, words in said.items():
            self.choosers[name].say(words)
        self.choosers["coder"].setVisible(kind != "agreement")
        self.choosers["content"].setVisible(kind in ("informants", "groups", "triangulation", "comparison"))
        self.choosers["by"].setVisible(kind in ("groups", "triangulation", "emic-etic"))
        self.choosers["linked"].setVisible(kind == "linkage")
        self.choosers["members"].setVisible(kind == "comparison")
        for name in ("coders", "units", "domain"):
            self.choosers[name].setVisible(kind == "agreement")
        self.display.turn.setEnabled(kind not in ("emic-etic", "saturation", "agreement", "comparison"))
        self.display.page.tools.show_chips(
            filters.chips_of(self.display.place.now.choice, self.display.choose)
        )
        self.say_summary()

    def _rows_said(self, choice: Choice) -> str:
        if self.display.place.kind == "informants":
            return filters.rows_words(choice)
        level = choice.level or filters.default_level(self.display.place.kind)
        return {"top": _("top codes"), "indicator": _("indicators"), "all": _("all codes")}[level]

    def _by_said(self, choice: Choice) -> str:
        details = self.display.matrix.details if self.display.matrix else {}
        nothing = _("Whole study") if self.display.place.kind == "emic-etic" else _("techniques")
        name = choice.by or str(details.get("attribute", "")) or nothing
        return _("classes of informants") if name == "class" else name

    def say_summary(self) -> None:
        """Say how much there is."""
        matrix = self.display.matrix
        if matrix is None:
            self.display.page.tools.summary.setText("")
            return
        rows, stale = len(matrix.rows), sum(cell.stale for cell in matrix.written.values())
        said = [n_("{n} row", "{n} rows", rows).format(n=rows)]
        if stale:
            said.append(n_("{n} to review", "{n} to review", stale).format(n=stale))
        if "mark" in matrix.cells:
            blanks = int(matrix.cells["mark"].notna().sum())
            said.append(n_("{n} blank cell marked", "{n} blank cells marked", blanks).format(n=blanks))
        self.display.page.tools.summary.setText(" · ".join(said))
        self.display.page.tools.summary.updateGeometry()

    def _fill_coders(self, menu: QMenu) -> None:
        now = self.display.place.now.choice
        current = now.coder or self.display.coder()
        for name in coders_listed(self.display.desk.study):
            wanted = "" if name == self.display.coder() else name
            run = partial(self.display.choose, replace(now, coder=wanted))
            filters.add_choice(menu, name, name == current, run)

    def _fill_contents(self, menu: QMenu) -> None:
        for name in CONTENTS:
            words = _(filters.CONTENT_WORDS[name])
            filters.add_choice(
                menu, words, self.display.place.now.content == name, partial(self.display.show_content, name)
            )

    def _fill_rows(self, menu: QMenu) -> None:
        if self.display.matrix is not None:
            study = self.display.matrix.counted
            filters.fill_rows(
                menu, study, self.display.place.kind, self.display.place.now.choice, self.display.choose
            )

    def _fill_by(self, menu: QMenu) -> None:
        study = counted(self.display.desk.study)
        filters.fill_by(
            menu, study, self.display.place.kind, self.display.place.now.choice, self.display.choose
        )

    def _fill_linked(self, menu: QMenu) -> None:
        filters.fill_linked(menu, self.display.place.now.choice, self.display.choose)

    def _members_said(self) -> str:
        matrix = self.display.matrix
        if matrix is None or matrix.kind != "comparison":
            return "—"
        return ", ".join(heading.key for heading in matrix.columns)

    def _fill_members(self, menu: QMenu) -> None:
        now = self.display.place.now.choice
        members = now.members or self.display.first_members()
        study = counted(self.display.desk.study)
        filters.fill_members(menu, study, replace(now, members=members), self.display.choose)

    def _compared(self) -> tuple[str, ...]:
        """The coders of the agreement that is shown, else those who were chosen."""
        matrix, chosen = self.display.matrix, self.display.place.now.choice.coders
        shown: tuple[str, ...] = matrix.details.get("coders", ()) if matrix else ()
        return shown or chosen or ("—",)

    def _domains(self) -> tuple[Domain, ...]:
        matrix = self.display.matrix
        return matrix.details.get("domains", ()) if matrix else ()

    def _domain_said(self, choice: Choice) -> str:
        return next((one.name for one in self._domains() if one.key == choice.domain), "—")

    def _fill_compared(self, menu: QMenu) -> None:
        study, choice = counted(self.display.desk.study), self.display.place.now.choice
        filters.fill_coders(menu, study, choice, self._compared(), self.display.choose)

    def _fill_units(self, menu: QMenu) -> None:
        filters.fill_units(menu, self.display.place.now.choice, self._compared(), self.display.choose)

    def _fill_domains(self, menu: QMenu) -> None:
        now = self.display.place.now.choice
        for domain in self._domains():
            run = partial(self.display.choose, replace(now, domain=domain.key))
            filters.add_choice(menu, domain.name, domain.key == now.domain, run)

    def _fill_filters(self, menu: QMenu) -> None:
        study = counted(self.display.desk.study)
        filters.fill_filters(menu, study, self.display.place.now.choice, self.display.choose, self._ask_dates)

    def _ask_dates(self) -> None:
        """Ask since when and until when sources count."""
        now = self.display.place.now.choice
        since, until = QLineEdit(now.filters.since), QLineEdit(now.filters.until)
        for line in (since, until):
            line.setPlaceholderText("2026-03-12")

        def keep() -> bool:
            return self.display.desk.attempt(self._take_dates, since.text(), until.text())

        rows, desk = [(_("Since"), since), (_("Until"), until)], self.display.desk
        FormBox(desk.tokens, _("Only sources of these dates"), rows, keep, desk.window).open(since)

    def _take_dates(self, since: str, until: str) -> None:
        first, last = parse_date(since) or "", parse_date(until) or ""
        now = self.display.place.now.choice
        self.display.choose(replace(now, filters=replace(now.filters, since=first, until=last)))
