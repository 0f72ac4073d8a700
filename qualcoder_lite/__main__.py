"""The program: without a verb the window, with a verb the command line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from qualcoder_lite.cli.parser import VERBS
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _

if TYPE_CHECKING:
    from qualcoder_lite.export.pictures.drawing import Picture


def main(arguments: list[str] | None = None) -> int:
    """Run the window or one command; give the exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    if wants_window(given):
        from qualcoder_lite.ui.window.app import run as run_window

        return run_window(given)
    from qualcoder_lite.cli.running import run as run_command

    return run_command(given, _paint)


def _paint(picture: Picture) -> bytes:
    """A picture as a PNG, by Qt, which the command line itself does not know."""
    try:
        from qualcoder_lite.ui.picture.paint import paint_alone
    except ImportError as error:
        raise UserError(
            _("Qt, which paints PNG, can’t be loaded on this computer."),
            remedy=_("Choose a name that ends in one of: {suffixes}.").format(suffixes=".svg"),
        ) from error
    return paint_alone(picture)


def wants_window(arguments: list[str]) -> bool:
    """Tell whether these arguments ask for the window: none, a study, or the sample."""
    words = _words(arguments)
    if "--help" in arguments or "-h" in arguments or "--version" in arguments:
        return False
    return not any(word in VERBS for word in words[:2]) and all(word.endswith(".qcl") for word in words[:1])


def _words(arguments: list[str]) -> list[str]:
    """The arguments that are neither options nor their values."""
    values = [
        False,
        *(
            argument in ("--coder", "--language", "--password-file", "--new-password-file")
            for argument in arguments
        ),
    ]
    given = zip(arguments, values, strict=False)
    return [argument for argument, is_value in given if not (is_value or argument.startswith("-"))]


if __name__ == "__main__":
    sys.exit(main())
