"""What the panel of passages is asked: filters as conditions of a query, changed one gesture at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from qualcoder_lite.i18n import N_

Filter = dict[str, Any]
RELATION_WORDS = {
    "overlapping": N_("Overlapping another code…"),
    "within": N_("Inside another code…"),
    "near": N_("Near another code…"),
}
RELATIONS = tuple(RELATION_WORDS)
VALUES = {"attribute": "values"}  # where the values of a kind of filter stand, if not under its own name


@dataclass
class Asked:
    """The filters, in order; how they are joined (`all` or `any`); the coders, empty: who works now.

    While `follows`, the codes chosen in the codebook are the filter `followed`.
    """

    filters: list[Filter] = field(default_factory=list)
    join: str = "all"
    coders: list[str] = field(default_factory=list)
    follows: bool = True
    followed: Filter | None = None

    def condition(self) -> Filter:
        """The filters as one condition; without any, all codings."""
        return {self.join if self.filters else "all": self.filters}

    def kept(self) -> Filter:
        """What is kept of a query under a name: plain JSON."""
        return deepcopy({"join": self.join, "filters": self.filters, "coders": self.coders})

    def follow(self, codes: Sequence[bytes]) -> bool:
        """Ask for the codes that were chosen in the codebook; tell whether that changed what is asked."""
        if not self.follows or not codes:
            return False
        wanted: Filter = {"code": [code.hex() for code in codes]}
        if self.followed is None or not any(one is self.followed for one in self.filters):
            self.followed = wanted
            self.filters.insert(0, wanted)
            return True
        changed = self.followed["code"] != wanted["code"]
        self.followed.update(wanted)
        return bool(changed)

    def add(self, new: Filter) -> None:
        """Ask for something more."""
        self.filters.append(new)

    def remove(self, gone: Filter) -> None:
        """Ask for something less."""
        self.filters = [one for one in self.filters if one is not gone]

    def clear(self) -> None:
        """Ask for everything."""
        self.filters, self.join, self.coders, self.followed = [], "all", [], None

    def negate(self, one: Filter) -> None:
        """Ask for the contrary, or back."""
        place = next(number for number, other in enumerate(self.filters) if other is one)
        self.filters[place] = one.get("not", {"not": one})
        if one is self.followed:
            self.followed = None

    def toggle(self, kind: str, value: str, attribute: str = "") -> None:
        """Ask for one more value of a kind, or no longer; the filter goes with its last value."""
        name = VALUES.get(kind, kind)
        one = next((one for one in self.filters if has_values_of(one, kind, attribute)), None)
        if one is None:
            one = {kind: [], name: []} if not attribute else {kind: attribute, name: []}
            self.filters.append(one)
        one[name] = [v for v in one[name] if v != value] if value in one[name] else [*one[name], value]
        if not one[name]:
            self.remove(one)

    def has(self, kind: str, value: str, attribute: str = "") -> bool:
        """Whether a value is asked for."""
        found = (one for one in self.filters if has_values_of(one, kind, attribute))
        return any(value in one[VALUES.get(kind, kind)] for one in found)


def has_values_of(one: Filter, kind: str, attribute: str = "") -> bool:
    """Whether a filter asks for values of a kind (of an attribute)."""
    return kind in one and (not attribute or one[kind] == attribute)


def asked_again(kept: Mapping[str, Any]) -> Asked:
    """What was kept under a name; it does not follow the codebook."""
    plain = deepcopy(dict(kept))
    if "filters" not in plain:  # a condition alone
        return Asked([plain], follows=False)
    return Asked(plain["filters"], plain.get("join", "all"), plain.get("coders", []), follows=False)


def bare(one: Filter) -> Filter:
    """The filter without its not."""
    plain: Filter = one.get("not", one)
    return plain


def codes_in(one: Filter) -> Filter | None:
    """The condition on codes in a filter: itself, or what it stands in a relation to."""
    plain = bare(one)
    if "code" in plain:
        return plain
    relation = next((name for name in RELATIONS if name in plain), None)
    inner = plain[relation] if relation else {}
    return inner if "code" in inner else None
