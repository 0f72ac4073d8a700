"""The pictures of matrices by name: which there are for a kind, and how they are written."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from qualcoder_lite.analysis.matrices.matrix import Matrix
from qualcoder_lite.errors import UserError
from qualcoder_lite.export.formats.svg import write_svg
from qualcoder_lite.export.pictures.bars import TITLES as BARS
from qualcoder_lite.export.pictures.bars import bars
from qualcoder_lite.export.pictures.curve import TITLE as CURVE
from qualcoder_lite.export.pictures.curve import curve
from qualcoder_lite.export.pictures.drawing import Picture
from qualcoder_lite.export.pictures.heat import TITLE as HEAT
from qualcoder_lite.export.pictures.heat import heat_map
from qualcoder_lite.export.pictures.network import TITLE as NETWORK
from qualcoder_lite.export.pictures.network import network
from qualcoder_lite.export.pictures.profiles import TITLE as PROFILES
from qualcoder_lite.export.pictures.profiles import profiles
from qualcoder_lite.export.report import Paint, unknown_suffix
from qualcoder_lite.i18n import _
from qualcoder_lite.outputs import write_out

PICTURE_SUFFIXES = (".svg", ".png")
Draw = Callable[[Matrix], Picture | None]
FREQUENCIES = {
    "frequencies": "codings",
    "frequencies-passages": "passages",
    "frequencies-informants": "informants",
}
PICTURES: dict[str, tuple[str, Draw]] = {
    "heat": (HEAT, heat_map),
    **{name: (BARS[unit], partial(bars, unit=unit)) for name, unit in FREQUENCIES.items()},
    "profiles": (PROFILES, profiles),
    "curve": (CURVE, curve),
    "network": (NETWORK, network),
}
OF_KIND: dict[str, tuple[str, ...]] = {
    "informants": ("heat", *FREQUENCIES, "profiles"),
    "linkage": ("heat", "network", *FREQUENCIES),
    "groups": ("heat", "profiles", *FREQUENCIES),
    "triangulation": ("heat", "profiles", *FREQUENCIES),
    "emic-etic": (*FREQUENCIES,),
    "saturation": ("curve",),
    "comparison": ("profiles", "heat", *FREQUENCIES),
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
    if not known:
        raise UserError(_("This kind of matrix has no pictures."))
    if name not in known:
        raise UserError(
            _("This kind of matrix has no such picture."),
            remedy=_("Choose one of: {names}.").format(names=" ".join(known)),
        )
    picture = PICTURES[name][1](matrix)
    if picture is None and name == "profiles" and matrix.rows:
        raise UserError(
            _("Profiles stand side by side for two to six informants or groups."),
            remedy=_("Choose the comparison of informants, or filter to a few."),
        )
    if picture is None:
        raise UserError(_("There is nothing here that could be drawn."))
    return picture


def pictures_of(matrix: Matrix) -> dict[str, Picture]:
    """The pictures of a matrix that can be drawn, by name."""
    drawn = {name: PICTURES[name][1](matrix) for name in names_for(matrix.kind)}
    return {name: picture for name, picture in drawn.items() if picture is not None}


def write_picture(picture: Picture, path: Path, paint: Paint, overwrite: bool = True) -> None:
    """Write a picture as .svg or .png, in the light theme, which is what gets printed.

    Raises UserError for another suffix, where the folder can't be written, or over a file as `write_out`.
    """
    suffix = path.suffix.lower()
    if suffix not in PICTURE_SUFFIXES:
        raise unknown_suffix(suffix, PICTURE_SUFFIXES)
    if suffix == ".svg":
        write_out(path, lambda temporary: write_svg(picture, temporary), overwrite)
        return
    image = paint(picture)
    write_out(path, lambda temporary: temporary.write_bytes(image), overwrite)
