"""The scripts, each in a window of its own: on a virtual screen where this computer has one, else without."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.screens.scripts import DRAGGING, SCRIPTS

ROOT = Path(__file__).parents[2]
PATIENCE = 240  # seconds


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("script", list(SCRIPTS))
def test_a_way_through_the_window(script: str, language: str, tmp_path: Path) -> None:
    command = [sys.executable, "-X", "faulthandler", "-m", "tests.screens", script, language, str(tmp_path)]
    screen = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_FATAL_WARNINGS": "0"}
    virtual = shutil.which("Xvfb") and shutil.which("xvfb-run")
    if script in DRAGGING and not virtual:
        pytest.skip("nothing is dragged without a screen")
    if virtual:
        command = ["xvfb-run", "-a", "-s", "-screen 0 1440x900x24", *command]
        screen |= {"QT_QPA_PLATFORM": "xcb"}
    done = subprocess.run(
        command, cwd=ROOT, env=screen, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.stdout.endswith("done\n"), done.stderr[-4000:]
    assert not virtual or done.stderr == ""  # nothing went wrong on the way either
