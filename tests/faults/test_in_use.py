"""One study, three programs at once: the window does not freeze, no step is lost, nobody writes beside it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from qualcoder_lite.coding import codes
from qualcoder_lite.coding.vocabulary import CHOICES
from qualcoder_lite.store.backup import backups
from qualcoder_lite.store.copies.manifest import verify
from qualcoder_lite.store.integrity.checking import problems
from qualcoder_lite.store.project import open_study
from tests.faults.attacked import CODED, code_of, place
from tests.faults.attacks import nothing_hidden
from tests.faults.conftest import ROOT
from tests.store.states import rows

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only there a thread is told how long it waited"
)

SECONDS, LONGEST = 25.0, 0.1  # of work; away from the events, beside what a thread waits for a processor
STARTS = 60.0  # seconds that a program may take to start on a busy computer


def started(program: str, study: Path, seconds: float) -> subprocess.Popen[bytes]:
    report = study.with_name(f"{program}.json")
    command = [sys.executable, "-m", "tests.faults.beside", program, str(study), str(report), str(seconds)]
    with study.with_name(program).open("w") as complaints:
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=complaints)


def reported(program: subprocess.Popen[bytes], name: str, study: Path) -> Any:
    with program:
        program.wait(SECONDS + 2 * STARTS)
    complaints = study.with_name(name).read_text(encoding="utf-8")
    assert program.returncode == 0, complaints[-2000:]
    return json.loads(study.with_name(f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.long
def test_a_window_beside_commands_beside_a_reader(tmp_path: Path) -> None:
    place(tmp_path)
    study = tmp_path / "study.qcl"
    with open_study(study, "C1") as project:
        codes.set_details(project, code_of(project), shortcut="3")
    window = started("window", study, SECONDS)
    end = time.monotonic() + STARTS
    while not study.with_name("window.begun").exists():
        assert time.monotonic() < end
        assert window.poll() is None, study.with_name("window").read_text(encoding="utf-8")
        time.sleep(0.05)
    others = {name: started(name, study, SECONDS / 2) for name in ("reader", "commands")}
    seen, statuses = (reported(program, name, study) for name, program in others.items())
    told = reported(window, "window", study)
    print(told, statuses, seen)  # noqa: T201
    assert told["longest"] < LONGEST
    assert told["codings"] > 2 * CODED
    assert told["acknowledged"] == told["codings"] - CODED  # the first ones were there already
    starts = [start for (start,) in rows(study, "SELECT start FROM coding ORDER BY start")]
    assert starts == list(range(told["codings"]))
    assert seen == sorted(seen)
    assert seen[-1] > seen[0]
    assert set(statuses) == {
        *(f"{verb} 0" for verb in ("show", "export", "backup", "check", "matrix")),
        *(f"{verb} 1" for verb in ("undo", "code", "status")),
    }
    for kept in backups(study):
        verify(kept)
    assert problems(study, CHOICES) == []
    nothing_hidden(study)
