"""What is noted of a bug: where it happened and of which type, never a word of a study.

Messages of exceptions and values of variables may hold an interview, so neither is written anywhere.
"""

from __future__ import annotations

import faulthandler
import logging
import platform
import sys
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

from qualcoder_lite import __version__
from qualcoder_lite.settings import log_folder

LOG = logging.getLogger("qualcoder_lite")
SIZE, KEPT = 200_000, 3  # bytes of one log file, older files kept


def begin_log() -> None:
    """Write a log and, at a crash of the interpreter, all stacks; do without where nothing can be written."""
    if LOG.handlers:
        return
    LOG.propagate = False
    LOG.addHandler(logging.NullHandler())
    folder = log_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        faulthandler.enable((folder / "crash.log").open("a", encoding="utf-8"))
        handler = RotatingFileHandler(
            folder / "program.log", maxBytes=SIZE, backupCount=KEPT, encoding="utf-8"
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    LOG.addHandler(handler)


def report_of(error: BaseException) -> str:
    """The report of a bug, to copy: versions, types of exceptions, files, lines and functions."""
    system = f"QualCoder Lite {__version__}, Python {platform.python_version()}, {platform.platform()}"
    return "\n".join([system, *_causes(error)])


def _causes(error: BaseException | None) -> list[str]:
    lines: list[str] = []
    while error is not None:
        lines.append(type(error).__name__)
        for frame in traceback.extract_tb(error.__traceback__):
            lines.append(f"  {_within(frame.filename)}:{frame.lineno} {frame.name}")
        error = error.__cause__ or error.__context__
    return lines


def _within(filename: str) -> str:
    """The file without the folders of this person's computer."""
    for root in sys.path:
        if root and filename.startswith(root):
            return filename[len(root) :].lstrip("/\\")
    return Path(filename).name


def note(error: BaseException) -> str:
    """Write the report of a bug into the log and give it."""
    begin_log()
    report = report_of(error)
    LOG.error(report)
    return report
