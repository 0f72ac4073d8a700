"""The pictures of matrices by name: which there are for a kind, and how they are written."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from qualcoder_lite.analysis.matrix import Matrix
from qualcoder_lite.errors import UserError
from qualcoder_lite.export.drawing import Picture
from qualcoder_lite.export.picture_bars import TITLES as BARS
from qualcoder_lite.export.picture_bars import bars
from qualcoder_lite.export.picture_curve import TITLE as CURVE
from qualcoder_lite.export.picture_curve import curve
from qualcoder_lite.export.picture_heat import TITLE as HEAT
from qualcoder_lite.export.picture_heat import heat_map
from qualcoder_lite.export.picture_profiles import TITLE as PROFILES
from qualcoder_lite.export.picture_profiles import profiles
from qualcoder_lite.i18n import _

Draw = Callable[[Matrix], Picture | None]
PICTURES: dict[str, tuple[str, Draw]] = {
    "heat": (HEAT, heat_map),
    **{unit: (title, partial(bars, unit=unit)) for unit, title in BARS.items()},
    "profiles": (PROFILES, profiles),
    "curve": (CURVE, curve),
}
OF_KIND: dict[str, tuple[str, ...]] = {
    "informants": ("heat", *BARS, "profiles"),
    "linkage": ("heat", *BARS),
    "groups": ("heat", "profiles", *BARS),
    "triangulation": ("heat", "profiles", *BARS),
    "emic-etic": (*BARS,),
    "saturation": ("curve",),
    "comparison": ("profiles", "heat", *BARS),
}
"""The pictures that a kind of matrix may have, the one that says most of it first."""


def names_for(kind: str) -> tuple[str, ...]:
    """The names of the pictures of a kind, the usual one first; empty where it has none."""
    return OF_KIND.get(kind, ())


def picture_of(matrix: Matrix, name: str) -> Picture:
    """A picture of a matrix by its name.

    Raises UserError where the kind has no such picture, or nothing is there to be drawn.
    """
    known = names_for(matrix.kind)
    if name not in known:
        raise UserError(
            _("This kind of matrix has no such picture."),
            remedy=_("Choose one of: {names}.").format(names=" ".join(known) or "—"),
        )
    picture = PICTURES[name][1](matrix)
    if picture is None:
        raise UserError(_("There is nothing here that could be drawn."))
    return picture
