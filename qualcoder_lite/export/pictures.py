"""The pictures of matrices by name: which there are for a kind, and how they are written."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from qualcoder_lite.analysis.matrix import Matrix
from qualcoder_lite.errors import UserError
from qualcoder_lite.export.drawing import Picture
from qualcoder_lite.export.picture_bars import bars
from qualcoder_lite.export.picture_curve import curve
from qualcoder_lite.export.picture_heat import heat_map
from qualcoder_lite.export.picture_profiles import profiles
from qualcoder_lite.i18n import N_, _

Draw = Callable[[Matrix], Picture | None]
PICTURES: dict[str, tuple[str, Draw]] = {
    "heat": (N_("Heat map"), heat_map),
    "codings": (N_("Code frequencies: codings"), partial(bars, unit="codings")),
    "passages": (N_("Code frequencies: passages"), partial(bars, unit="passages")),
    "informants": (N_("Code frequencies: informants"), partial(bars, unit="informants")),
    "profiles": (N_("Profiles side by side"), profiles),
    "curve": (N_("Saturation curve"), curve),
}
BARS = ("codings", "passages", "informants")
OF_KIND: dict[str, tuple[str, ...]] = {
    "informants": ("heat", *BARS, "profiles"),
    "linkage": ("heat", *BARS),
    "groups": ("heat", "profiles", *BARS),
    "triangulation": ("heat", "profiles", *BARS),
    "emic-etic": BARS,
    "saturation": ("curve",),
    "comparison": ("profiles", "heat", *BARS),
}
"""The pictures that a kind of matrix may have, the one that says most of it first."""


def names_for(kind: str) -> tuple[str, ...]:
    """The names of the pictures of a kind, the usual one first; empty where it has none."""
    return OF_KIND.get(kind, ())


def picture_of(matrix: Matrix, name: str = "") -> Picture:
    """A picture of a matrix by its name, else the usual one of its kind.

    Raises UserError where the kind has no such picture, or nothing is there to be drawn.
    """
    known = names_for(matrix.kind)
    wanted = name or next(iter(known), "")
    if wanted not in known:
        raise UserError(
            _("This kind of matrix has no such picture."),
            remedy=_("Choose one of: {names}.").format(names=" ".join(known) or "—"),
        )
    picture = PICTURES[wanted][1](matrix)
    if picture is None:
        raise UserError(_("There is nothing here that could be drawn."))
    return picture
