"""Running one command: language, answer, errors, exit status."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from qualcoder_lite import bug_report, i18n, settings
from qualcoder_lite.cli.answer import BUG, DONE, REFUSED
from qualcoder_lite.cli.parser import parser
from qualcoder_lite.cli.terminal import complain, say, say_data
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.progress import Cancelled

if TYPE_CHECKING:
    from qualcoder_lite.export.pictures.drawing import Picture


HINTS = {
    "by": N_("Name the column with --by."),
    "coder": N_("Name one with --coder."),
    "force": N_("Or add --force to replace it."),
    "password": N_("In a script it comes from a file: --password-file FILE."),
    "members": N_("Name them, for example: --members A1,A3."),
}
"""What to write here where a choice is missing; the window has its own ways to make it."""


def run(arguments: Sequence[str], paint: Callable[[Picture], bytes]) -> int:
    """Carry out one command; give its exit status. `paint` gives a picture as a PNG."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    i18n.use_language(_language_of(arguments))
    try:
        chosen = parser().parse_args(arguments, Namespace(paint=paint))
    except SystemExit as leaving:
        return int(leaving.code or 0)
    try:
        return _answer(chosen)
    except UserError as error:
        hint = HINTS.get(error.missing, "")
        complain(f"{error} {_(hint)}" if hint else str(error))
        return REFUSED
    except (Cancelled, KeyboardInterrupt):
        complain(_("Stopped; nothing was changed."))
        return REFUSED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # who reads us has left
        return DONE
    except Exception as error:  # noqa: BLE001 - all else is a bug of ours, told as such
        if damage := _damage_of(chosen):
            complain(damage)
            return REFUSED
        complain(_("This is a bug of the program; your study is as it was."))
        for line in bug_report.note(error).splitlines():
            complain(line)
        return BUG


def _damage_of(chosen: Namespace) -> str:
    """What is wrong with the study of a command that failed; nothing where it is whole."""
    from qualcoder_lite.coding.vocabulary import CHOICES
    from qualcoder_lite.store.integrity.checking import problems

    study = getattr(chosen, "study", None)
    with suppress(Exception):  # the failure itself is told then
        return " ".join(problems(study, CHOICES)[-3:]) if study is not None and study.exists() else ""
    return ""


def _language_of(arguments: Sequence[str]) -> str:
    """The language asked for, before anything can be said wrongly; else the person's, else the computer's."""
    for index, argument in enumerate(arguments):
        value = argument.partition("=")[2] or "".join(arguments[index + 1 : index + 2])
        if argument.startswith("--language") and value in i18n.LANGUAGES:
            return value
    return settings.read().language or i18n.system_language()


def _answer(chosen: Namespace) -> int:
    from qualcoder_lite.cli.protecting import unlocking
    from qualcoder_lite.cli.verbs import VERBS

    with unlocking(chosen):
        answer = VERBS[chosen.verb](chosen)
    if chosen.json:
        say_data(answer.data)
    else:
        for line in answer.lines:
            say(line)
    for complaint in answer.complaints:
        complain(complaint)
    return answer.status
