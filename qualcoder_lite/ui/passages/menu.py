"""The menus of the passages' filters: what can be asked, what can be changed in a chip, kept queries."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from qualcoder_lite.analysis.search.saved_queries import KeptQuery
from qualcoder_lite.analysis.terms import SIGN_MARKS, SIGN_WORDS, word
from qualcoder_lite.coding.counting.frames import EVIDENCE, SIGNS, Frames
from qualcoder_lite.i18n import _, n_
from qualcoder_lite.ui.passages.asked import RELATION_WORDS, RELATIONS, Asked, Filter, bare, codes_in
from qualcoder_lite.ui.passages.asking import Asking

NEAR = (0, 1, 2, 3, 5, 10)  # turns
Values = Iterable[tuple[str, str]]  # what is kept, and its words


def filter_menu(asking: Asking, frames: Frames) -> QMenu:
    """What can be asked more."""
    menu = QMenu(asking.panel)
    menu.addAction(_("Code…"), asking.ask_code)
    for kind, title, values in _kinds(frames):
        _values(asking, menu.addMenu(title), kind, values)
    attributes = menu.addMenu(_("Attribute"))
    for row, name in frames.attributes:
        present = dict.fromkeys(one.attributes[name] for one in frames.informants if one.attributes.get(name))
        values = [(value, value) for value in present]
        if values:
            _values(asking, attributes.addMenu(name.replace("&", "&&")), "attribute", values, row.hex())
    attributes.setEnabled(not attributes.isEmpty())
    _coders(asking, menu.addMenu(_("Coder")), frames)
    menu.addAction(_("Chosen quotes"), partial(asking.add, {"starred": True}))
    menu.addAction(_("With a memo"), partial(asking.add, {"memo": True}))
    menu.addAction(_("Words…"), asking.ask_words)
    menu.addSeparator()
    for kind in RELATIONS:
        menu.addAction(_(RELATION_WORDS[kind]), partial(asking.ask_relation, kind))
    menu.addSeparator()
    _joins(asking, menu)
    return menu


def _kinds(frames: Frames) -> list[tuple[str, str, Values]]:
    present = dict.fromkeys(one.technique for one in frames.sources)
    classes = dict.fromkeys(one.class_ for one in frames.informants)
    signs = [(sign, f"{SIGN_MARKS[sign]} {_(SIGN_WORDS[sign])}".strip()) for sign in SIGNS]
    return [
        ("polarity", _("Polarity"), signs),
        ("informant", _("Informant"), [(one.id.hex(), one.alias) for one in frames.informants]),
        ("class", _("Class of informants"), [(name, word(name)) for name in classes]),
        ("source", _("Source"), [(one.id.hex(), one.key) for one in frames.sources]),
        ("technique", _("Technique"), [(name, word(name)) for name in present]),
        ("evidence", _("Kind of evidence"), [(name, word(name)) for name in EVIDENCE]),
    ]


def _values(asking: Asking, menu: QMenu, kind: str, values: Values, attribute: str = "") -> None:
    menu.setStyleSheet("QMenu { menu-scrollable: 1; }")
    for value, words in values:
        ticked = asking.asked.has(kind, value, attribute)
        run = partial(asking.change, Asked.toggle, kind, value, attribute)
        _tick(menu, words.replace("&", "&&"), ticked, run)
    menu.setEnabled(not menu.isEmpty())


def _tick(menu: QMenu, words: str, ticked: bool, run: Callable[[], object]) -> None:
    action = menu.addAction(words, run)
    action.setCheckable(True)
    action.setChecked(ticked)


def _coders(asking: Asking, menu: QMenu, frames: Frames) -> None:
    asked = asking.asked
    working = _("Who works now")
    _tick(menu, working, not asked.coders, partial(asking.set_coders, []))
    for name in frames.coders:
        chosen = [one for one in asked.coders if one != name]
        wanted = chosen if name in asked.coders else [*asked.coders, name]
        _tick(menu, name, name in asked.coders, partial(asking.set_coders, wanted))
    _tick(
        menu,
        _("All coders"),
        asked.coders == list(frames.coders),
        partial(asking.set_coders, list(frames.coders)),
    )


def _joins(asking: Asking, menu: QMenu) -> None:
    asked = asking.asked
    _tick(menu, _("All filters must hold"), asked.join == "all", partial(asking.set_join, "all"))
    _tick(menu, _("Any one filter is enough"), asked.join == "any", partial(asking.set_join, "any"))
    _tick(menu, _("Follow the codebook"), asked.follows, asking.toggle_follow)
    menu.addAction(_("Clear the filters"), asking.clear)


def chip_menu(asking: Asking, frames: Frames, one: Filter) -> QMenu:
    """What can be changed in one filter."""
    menu, plain, codes = QMenu(asking.panel), bare(one), codes_in(one)
    if codes is not None:
        _tick(menu, _("With the codes below"), codes.get("below", True), partial(asking.toggle_below, codes))
        menu.addAction(_("Or another code…"), partial(asking.ask_other_code, codes))
    if "near" in plain:
        for turns in NEAR:
            ticked, run = plain.get("turns", 1) == turns, partial(asking.set_turns, plain, turns)
            _tick(menu, _away(turns), ticked, run)
    for kind, _title, values in _kinds(frames):
        if kind in one:
            _values(asking, menu, kind, values)
    menu.addSeparator()
    _tick(menu, _("The contrary"), "not" in one, partial(asking.change, Asked.negate, one))
    menu.addAction(_("Remove the filter"), partial(asking.change, Asked.remove, one))
    return menu


def _away(turns: int) -> str:
    if not turns:
        return _("In the same turn")
    text = n_("{number} turn away at most", "{number} turns away at most", turns)
    return text.format(number=turns)


def kept_menu(asking: Asking, kept: list[KeptQuery], parent: QWidget) -> QMenu:
    """The queries that were kept, and keeping this one."""
    menu = QMenu(parent)
    for one in kept:
        menu.addAction(one.name.replace("&", "&&"), partial(asking.show_kept, one))
    if kept:
        menu.addSeparator()
    menu.addAction(_("Keep this query…"), asking.ask_keep)
    if kept:
        renaming, removing = menu.addMenu(_("Rename")), menu.addMenu(_("Remove"))
        for one in kept:
            renaming.addAction(one.name.replace("&", "&&"), partial(asking.ask_rename, one))
            removing.addAction(one.name.replace("&", "&&"), partial(asking.remove_kept, one))
    return menu
