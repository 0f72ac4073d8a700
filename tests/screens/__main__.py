"""Run one script: `python -m tests.screens SCRIPT LANGUAGE FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.screens.scripts import SCRIPTS

if __name__ == "__main__":
    SCRIPTS[sys.argv[1]](Path(sys.argv[3]), sys.argv[2])
    sys.stdout.write("done\n")
