"""The menus over a matrix: coder, content, level, rows, filters; each changes the choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from qualcoder_lite.analysis.agreement.agreement import Domain, domain_figures
from qualcoder_lite.analysis.matrices.choice import Choice
from qualcoder_lite.analysis.matrices.filtering import ONLY, Filters, describe_filters
from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.analysis.matrices.rows import group_lines, techniques_of, values_of
from qualcoder_lite.analysis.terms import SIGN_WORDS, word
from qualcoder_lite.coding.counting.counted import Counted
from qualcoder_lite.coding.counting.frames import EVIDENCE
from qualcoder_lite.coding.counting.references import reference
from qualcoder_lite.i18n import N_, _, language, n_
from qualcoder_lite.ui.cell.reading import linked_words

Choose = Callable[[Choice], object]
CONTENT_WORDS = {
    "emic_summary": N_("Emic"),
    "etic_reading": N_("Etic"),
    "theory": N_("Theory"),
    "conclusion": N_("Conclusion"),
    "quotes": N_("Quotes"),
    "counts": N_("Counts alone"),
}
NEAR = (1, 2, 3, 5)  # turns between two codings that are offered
STATUSES = ("unjudged", "aligned", "partial", "gap", "emic_only", "etic_only")
STATES = ("agree", "partial", "oppose", "silent")
FIELDS = (
    "groups", "informants", "sources", "techniques", "polarities", "evidence", "codes", "states", "only",
)  # fmt: skip
DATES = ("since", "until")
MANY = 6  # values of an attribute that is offered as a group


def add_choice(
    menu: QMenu, words: str, chosen: bool, run: Callable[[], object], enabled: bool = True
) -> QAction:
    """One of several values, ticked where it is chosen."""
    action = menu.addAction(words, run)
    action.setCheckable(True)
    action.setChecked(chosen)
    action.setEnabled(enabled)
    return action


# What the rows and columns are ---------------------------------------------------------------------------


def grouping_names(study: Counted) -> list[str]:
    """The attributes by which one can group."""
    return [name for _row, name in study.frames.attributes if 2 <= len(values_of(study, name)) <= MANY]


def rows_words(choice: Choice) -> str:
    """What the rows of an informant matrix are."""
    known = {
        "": _("informants by group"),
        "class": _("classes of informants"),
        "technique": _("techniques"),
        "source": _("sources"),
    }
    return known.get(choice.rows, choice.rows)


def fill_rows(menu: QMenu, study: Counted, kind: str, choice: Choice, choose: Choose) -> None:
    """What stands in the rows, at which level and in which order."""
    if kind == "informants":
        for name in ("", "class", *grouping_names(study), "technique", "source"):
            words = rows_words(replace(choice, rows=name))
            wanted = replace(choice, rows=name, opened=())
            add_choice(menu, words, choice.rows == name, partial(choose, wanted))
        menu.addSeparator()
    for level in _levels(kind):
        words = {"top": _("Top codes"), "indicator": _("Indicators"), "all": _("All codes")}[level]
        now = choice.level or default_level(kind)
        add_choice(menu, words, now == level, partial(choose, replace(choice, level=level, opened=())))
    menu.addSeparator()
    for perspective in ("etic", "emic"):
        words = _("Codes from theory") if perspective == "etic" else _("Codes in the informants’ words")
        other = replace(choice, perspective=perspective, opened=())
        add_choice(menu, words, choice.perspective == perspective, partial(choose, other))
    menu.addSeparator()
    _fill_order(menu.addMenu(_("Order of the rows")), study, kind, choice, choose)
    by_frequency = replace(choice, by_frequency=not choice.by_frequency)
    add_choice(menu, _("Columns by codings"), choice.by_frequency, partial(choose, by_frequency))


def _fill_order(menu: QMenu, study: Counted, kind: str, choice: Choice, choose: Choose) -> None:
    """By what rows are sorted: several, the first chosen first; each says its place."""
    add_choice(
        menu, _("In the order of the study"), not choice.sort, partial(choose, replace(choice, sort=()))
    )
    menu.addSeparator()
    named = {"key": _("By key"), "name": _("By name"), "-codings": _("By codings, most first")}
    if kind == "informants":
        named |= {"group": _("By class or technique")} | {
            name: name for _row, name in study.frames.attributes
        }
    for name, words in named.items():
        chosen = name in choice.sort
        sort = tuple(one for one in choice.sort if one != name) if chosen else (*choice.sort, name)
        place = f"{choice.sort.index(name) + 1}. " if chosen else ""
        add_choice(menu, place + words, chosen, partial(choose, replace(choice, sort=sort)))


def _levels(kind: str) -> tuple[str, ...]:
    return ("top", "indicator") if kind == "linkage" else ("top", "indicator", "all")


def default_level(kind: str) -> str:
    """The level that a kind has of itself."""
    return {"triangulation": "indicator", "saturation": "indicator", "emic-etic": "all"}.get(kind, "top")


def fill_by(menu: QMenu, study: Counted, kind: str, choice: Choice, choose: Choose) -> None:
    """By what groups are made."""
    if kind == "triangulation":
        add_choice(menu, _("techniques"), not choice.by, lambda: choose(replace(choice, by="")))
    if kind == "emic-etic":
        add_choice(menu, _("Whole study"), not choice.by, lambda: choose(replace(choice, by="")))
    for name in ("class", *grouping_names(study)):
        run = partial(choose, replace(choice, by=name))
        add_choice(menu, _group_words(name), choice.by == name, run)


def fill_linked(menu: QMenu, choice: Choice, choose: Choose) -> None:
    """The rules by which two codings stand together."""
    rules = [("overlap", 1), ("turn", 1), *(("near", turns) for turns in NEAR)]
    for name, turns in rules:
        wanted = replace(choice, linked=name, turns=turns)
        now = (choice.linked, choice.turns if choice.linked == "near" else 1) == (name, turns)
        add_choice(menu, linked_words(wanted), now, partial(choose, wanted))


def fill_members(menu: QMenu, study: Counted, choice: Choice, choose: Choose) -> None:
    """Whom to compare: up to six informants, or up to six groups of one kind."""
    kinds = {member.split(":", 1)[0] for member in choice.members}
    people = [(reference("informant", row.id), row.alias) for row in study.frames.informants]
    lists = [(menu, people)]
    for name in ("class", *grouping_names(study)):
        groups = [(g.heading.reference, g.heading.name) for g in group_lines(study, name)]
        lists.append((QMenu(_group_words(name), menu), groups))
    for under, named in lists:
        for member, words in named:
            wanted = _members_with(choice.members, member, [one for one, _words in named], kinds)
            enabled = 2 <= len(wanted) <= MANY
            run = partial(choose, replace(choice, members=wanted))
            add_choice(under, words, member in choice.members, run, enabled)
    menu.addSeparator()
    for under, _named in lists[1:]:
        menu.addMenu(under)


def _group_words(name: str) -> str:
    """By what a group is made: an attribute by its name, or the class."""
    return _("classes of informants") if name == "class" else name


def _members_with(
    now: tuple[str, ...], member: str, all_of_kind: list[str], kinds: set[str]
) -> tuple[str, ...]:
    """One more to compare, or one less; one of another kind brings all of its kind."""
    if member in now:
        return tuple(one for one in now if one != member)
    return (*now, member) if member.split(":", 1)[0] in kinds else tuple(all_of_kind[:MANY])


# Agreement of coders -------------------------------------------------------------------------------------


BASES = {"sources": N_("all units of the sources"), "used": N_("only units that anyone used")}


def units_words(units: str, coders: tuple[str, ...]) -> str:
    """What is compared between coders."""
    known = {"turns": _("turns"), "sentences": _("sentences")}
    return known.get(units) or _("passages of {coder}").format(coder=coders[0])


def fill_coders(menu: QMenu, study: Counted, choice: Choice, now: tuple[str, ...], choose: Choose) -> None:
    """Whom to compare of those who have coded: two at least."""
    frames = study.frames
    for name in (frames.coders[at] for at in np.unique(frames.codings.coder[study.counts])):
        wanted = tuple(one for one in now if one != name) if name in now else (*now, name)
        run = partial(choose, replace(choice, coders=wanted))
        add_choice(menu, name, name in now, run, len(wanted) > 1)


def fill_units(menu: QMenu, choice: Choice, coders: tuple[str, ...], choose: Choose) -> None:
    """Turns, sentences, or the passages of one of the coders, who then stands first."""
    for units in ("turns", "sentences"):
        run = partial(choose, replace(choice, units=units))
        add_choice(menu, units_words(units, coders), choice.units == units, run)
    for name in coders:
        first = (name, *(one for one in coders if one != name))
        run = partial(choose, replace(choice, units="passages", coders=first))
        chosen = choice.units == "passages" and name == coders[0]
        add_choice(menu, units_words("passages", first), chosen, run)
    menu.addSeparator()
    for basis, words in BASES.items():
        run = partial(choose, replace(choice, basis=basis))
        add_choice(menu, _(words), choice.basis == basis, run)


def domain_words(domain: Domain) -> str:
    """What a domain gives: its units and all coefficients; undefined stays undefined."""
    number = len(domain.units)
    units = n_("{n} unit", "{n} units", number).format(n=number)
    return " · ".join((f"{domain.name}: {units}", *domain_figures(domain)))


def domain_note(matrix: Matrix) -> str:
    """The value of the chosen domain, for below a matrix of agreement; nothing of other kinds."""
    domains: tuple[Domain, ...] = matrix.details.get("domains", ()) if matrix.kind == "agreement" else ()
    return next((domain_words(one) for one in domains if one.key == matrix.choice.domain), "")


# Filters -------------------------------------------------------------------------------------------------


def fill_filters(
    menu: QMenu, study: Counted, choice: Choice, choose: Choose, ask_dates: Callable[[], object]
) -> None:
    """A submenu for each thing by which one can narrow a matrix; `ask_dates` asks for the dates."""
    for field, words in (
        ("groups", _("Group")),
        ("informants", _("Informant")),
        ("sources", _("Source")),
        ("techniques", _("Technique")),
        ("codes", _("Codes")),
        ("polarities", _("Polarity")),
        ("evidence", _("Kind of evidence")),
        ("states", _("State")),
        ("only", _("Only…")),
    ):
        under = menu.addMenu(words)
        for title, values in _parts(study, field):
            part = under.addMenu(title) if title else under
            for value, said in values:
                _toggle(part, choice, field, value, said, choose)
    menu.addAction(_("Dates…"), ask_dates)
    menu.addSeparator()
    add_choice(
        menu,
        _("Interviewer turns too"),
        choice.interviewer,
        lambda: choose(replace(choice, interviewer=not choice.interviewer)),
    )
    if choice.filters != Filters():
        menu.addAction(_("Remove all filters"), lambda: choose(replace(choice, filters=Filters())))


def _parts(study: Counted, field: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The values of a filter, those in a submenu of their own under its title."""
    if field == "groups":
        return _groups_by_attribute(study)
    return _codes_by_top(study) if field == "codes" else [("", list(_values(study, field)))]


def _groups_by_attribute(study: Counted) -> list[tuple[str, list[tuple[str, str]]]]:
    """A value alone, such as 26, says nothing: each stands under the name of its attribute."""
    classes = dict.fromkeys(row.class_ for row in study.frames.informants)
    parts = [
        (name, [(f"{name}={value}", value) for value in values_of(study, name)])
        for name in grouping_names(study)
    ]
    return [*parts, (_group_words("class"), [(f"class={name}", word(name)) for name in classes])]


def _codes_by_top(study: Counted) -> list[tuple[str, list[tuple[str, str]]]]:
    """Codes under their top code, which stands first; then the informants' own words."""
    frames = study.frames
    names = [(code.key, code.name(language())) for code in frames.codes]
    said = [f"{key} {name}" if name != key else key for key, name in names]
    parts: list[tuple[str, list[tuple[str, str]]]] = []
    emic: list[tuple[str, str]] = []
    for number, code in enumerate(frames.codes):
        if code.perspective == "emic":
            emic.append((code.key, said[number]))
        elif code.parent < 0:
            below = [i for i in np.flatnonzero(study.below[number]).tolist() if i != number]
            values = [(frames.codes[i].key, said[i]) for i in (number, *below)]
            parts.append((said[number] if below else "", values))
    return parts + ([(_("Codes in the informants’ words"), emic)] if emic else [])


def _values(study: Counted, field: str) -> Iterable[tuple[str, str]]:
    frames = study.frames
    known: dict[str, Iterable[tuple[str, str]]] = {
        "informants": ((row.alias, row.alias) for row in frames.informants),
        "sources": ((row.key, row.key) for row in frames.sources),
        "techniques": ((name, word(name)) for name in techniques_of(study)),
        "polarities": ((sign, _(words)) for sign, words in SIGN_WORDS.items()),
        "evidence": ((name, word(name)) for name in EVIDENCE),
        "states": ((name, word(name)) for name in dict.fromkeys((*STATUSES, *STATES))),
        "only": ((name, _(words)) for name, words in ONLY.items()),
    }
    return known[field]


def _toggle(menu: QMenu, choice: Choice, field: str, value: str, words: str, choose: Choose) -> None:
    now: tuple[str, ...] = getattr(choice.filters, field)
    wanted = tuple(one for one in now if one != value) if value in now else (*now, value)

    def run() -> None:
        choose(replace(choice, filters=changed(choice.filters, field, wanted)))

    add_choice(menu, words, value in now, run)


def changed(filters: Filters, field: str, value: Any) -> Filters:
    """The filters with another value of one field."""
    fields: dict[str, Any] = {field: value}
    return replace(filters, **fields)


def chips_of(choice: Choice, choose: Choose) -> list[tuple[str, Callable[[], object]]]:
    """Each filter in words, with what takes it away."""
    found: list[tuple[str, Callable[[], object]]] = []
    for field in FIELDS:
        value = getattr(choice.filters, field)
        if value:
            words = "; ".join(describe_filters(changed(Filters(), field, value)))
            without = replace(choice, filters=changed(choice.filters, field, ()))
            found.append((words, partial(choose, without)))
    dates = {name: getattr(choice.filters, name) for name in DATES}
    if any(dates.values()):
        words = "; ".join(describe_filters(Filters(**dates)))
        without = replace(choice, filters=replace(choice.filters, since="", until=""))
        found.append((words, partial(choose, without)))
    return found
