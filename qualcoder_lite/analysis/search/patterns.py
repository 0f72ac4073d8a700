"""Regular expressions over texts, in a process of their own that can be stopped: some take for ever.

Python's own matching can neither be interrupted nor timed, and holds everything else up meanwhile.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence

from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _

SECONDS = 10.0  # for all texts together
MOST = 50_000  # hits
_SEARCHING = """
import json, re, sys
asked = json.loads(sys.stdin.buffer.read())
pattern = re.compile(asked["pattern"], re.IGNORECASE | re.MULTILINE)
left, found = asked["most"], []
for text in asked["texts"]:
    spans = []
    for match in pattern.finditer(text):
        if match.end() > match.start() and left > 0:
            spans.append(match.span())
            left -= 1
    found.append(spans)
sys.stdout.buffer.write(json.dumps(found).encode())
"""


def pattern_hits(pattern: str, texts: Sequence[str], seconds: float = SECONDS) -> list[list[tuple[int, int]]]:
    """Where an expression matches in each text: code points, end exclusive; empty matches are left out.

    Small and capital letters are alike, `^` and `$` are the ends of lines. Raises UserError where it is no
    expression, or takes longer than so many seconds.
    """
    check_pattern(pattern)
    asked = json.dumps({"pattern": pattern, "texts": list(texts), "most": MOST}).encode()
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", _SEARCHING],
            input=asked,
            capture_output=True,
            timeout=seconds,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise UserError(
            _("The search with this expression takes too long and was stopped."),
            _("Repeats inside repeats, such as (a+)+, can take for ever."),
            _("Write the expression more simply."),
        ) from error
    return [[(start, end) for start, end in spans] for spans in json.loads(done.stdout)]


def check_pattern(pattern: str) -> None:
    """Raise UserError where this is no regular expression, or nothing."""
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise UserError(
            _("This is no regular expression: {reason}.").format(reason=error),
            remedy=_("Put a backslash before signs that are meant as they stand, such as . ( ) [ ] * + ?."),
        ) from error
    if not pattern.strip():
        raise UserError(_("There are no words to search for."))
