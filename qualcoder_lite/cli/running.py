"""Running one command: language, answer, errors, exit status."""

from __future__ import annotations

import json
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qualcoder_lite import bug_report, i18n, settings
from qualcoder_lite.cli.parser import parser
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _
from qualcoder_lite.progress import Cancelled, Progress, silent, throttled

if TYPE_CHECKING:
    from qualcoder_lite.export.pictures.drawing import Picture

DONE, REFUSED, USAGE, PARTLY, BUG = 0, 1, 2, 3, 70
WIDTH = 28  # of the progress bar, in letters


@dataclass(frozen=True)
class Answer:
    """What a verb says: lines for people, data for programs, complaints for stderr, the exit status."""

    lines: Sequence[str]
    data: Any
    complaints: Sequence[str] = field(default_factory=tuple)
    status: int = DONE


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
        print(_one_line(str(error)), file=sys.stderr)
        return REFUSED
    except (Cancelled, KeyboardInterrupt):
        print(_("Stopped; nothing was changed."), file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # who reads us has left
        return DONE
    except Exception as error:  # noqa: BLE001 - all else is a bug of ours, told as such
        if damage := _damage_of(chosen):
            print(_one_line(damage), file=sys.stderr)
            return REFUSED
        print(_("This is a bug of the program; your study is as it was."), file=sys.stderr)
        print(bug_report.note(error), file=sys.stderr)
        return BUG


def _damage_of(chosen: Namespace) -> str:
    """What is wrong with the study of a command that failed; nothing where it is whole."""
    from qualcoder_lite.coding.vocabulary import CHOICES
    from qualcoder_lite.store.checking import problems

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
    from qualcoder_lite.cli.verbs import VERBS

    answer = VERBS[chosen.verb](chosen)
    if chosen.json:
        print(json.dumps(answer.data, ensure_ascii=False, indent=1))
    else:
        for line in answer.lines:
            print(line)
    for complaint in answer.complaints:
        print(_one_line(complaint), file=sys.stderr)
    return answer.status


def _one_line(words: str) -> str:
    """A complaint on one line, whatever the names in it hold."""
    return " ".join(words.splitlines())


def bar() -> Progress:
    """A progress bar on stderr where that is a terminal."""
    if not sys.stderr.isatty():
        return silent

    def report(done: int, total: int, label: str = "") -> None:
        filled = WIDTH * done // total if total else WIDTH
        end = "\n" if done >= total else ""
        line = f"\r{'█' * filled}{'░' * (WIDTH - filled)} {done}/{total} {label[:40]:<40}"
        print(line, end=end, file=sys.stderr, flush=True)

    return throttled(report)
