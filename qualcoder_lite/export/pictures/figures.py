"""A picture in a report: a page of its own behind the first table, as large as it may be printed."""

from __future__ import annotations

from dataclasses import replace

from qualcoder_lite.errors import UserError
from qualcoder_lite.export.formats.word_xml import figure_scale
from qualcoder_lite.export.pictures.drawing import Picture
from qualcoder_lite.export.report import Figure, Paint, Part, Report, Table
from qualcoder_lite.i18n import _

READABLE = 0.5  # of its size: words of 9 points then have 4.5


def with_figure(report: Report, chapter: int, picture: Picture, paint: Paint) -> Report:
    """The report of a matrix with a picture of it, numbered in a chapter; `paint` gives it as a PNG.

    Raises UserError where nobody could read it on a page.
    """
    if max(figure_scale(picture, wide) for wide in (True, False)) < READABLE:
        raise UserError(
            _("The picture is too large for a page."),
            remedy=_("Filter the matrix to fewer rows, or save the picture as SVG."),
        )
    figure = Figure(f"{picture.title}: {report.title}", picture, paint, chapter)
    wide = figure_scale(picture, True) > figure_scale(picture, False)
    tables = (any(isinstance(block, Table) for block in part.blocks) for part in report.parts)
    at = next((number for number, has in enumerate(tables, 1) if has), len(report.parts))
    parts = (*report.parts[:at], Part((figure,), wide), *report.parts[at:])
    return replace(report, parts=parts)
