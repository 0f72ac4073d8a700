"""A bug is noted by its types and places; no word of a study gets into a report or a log."""

from __future__ import annotations

import subprocess
import sys

from qualcoder_lite import bug_report
from qualcoder_lite.settings import log_folder

SECRET = "informan bercerita rahasia"
BUG = f"""
from qualcoder_lite import bug_report
def innermost(words):
    raise KeyError(words)
def outer(words):
    try:
        innermost(words)
    except KeyError as error:
        raise ValueError(words) from error
bug_report.begin_log()
bug_report.begin_log()
try:
    outer({SECRET!r})
except ValueError as error:
    for _again in range(REPEATED):
        print(bug_report.note(error))
"""


def told(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )


def outer(words: str) -> None:
    try:
        innermost(words)
    except KeyError as error:
        raise ValueError(words) from error


def innermost(words: str) -> None:
    raise KeyError(words)


def report() -> str:
    try:
        outer(SECRET)
    except ValueError as error:
        return bug_report.report_of(error)
    raise AssertionError


def test_a_report_names_types_and_places_only() -> None:
    text = report()
    assert text.startswith("QualCoder Lite ")
    for word in ("ValueError", "KeyError", "test_bug_report.py", " outer", " innermost"):
        assert word in text
    assert "rahasia" not in text
    assert str(log_folder().home()) not in text


def test_a_bug_is_written_into_the_log_without_a_word_of_the_study() -> None:
    done = told(BUG.replace("REPEATED", "1"))
    assert done.stderr == ""
    log = (log_folder() / "program.log").read_text(encoding="utf-8")
    assert log.count("innermost") == 1
    assert "KeyError" in log
    assert "rahasia" not in log + done.stdout


def test_the_log_does_not_grow_without_end() -> None:
    told(BUG.replace("REPEATED", "6000"))
    sizes = [path.stat().st_size for path in log_folder().glob("program.log*")]
    assert len(sizes) == bug_report.KEPT + 1
    assert max(sizes) <= bug_report.SIZE


def test_a_crash_of_the_interpreter_leaves_its_stacks() -> None:
    crash = "import faulthandler\ndef deep():\n    faulthandler._sigsegv()\nbug_report.begin_log()\ndeep()\n"
    assert told(f"from qualcoder_lite import bug_report\n{crash}").returncode != 0
    assert " in deep" in (log_folder() / "crash.log").read_text(encoding="utf-8")


def test_without_a_folder_for_it_the_program_does_without_a_log() -> None:
    folder = log_folder()
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists():
        folder.rename(folder.with_name("before"))
    folder.touch()
    done = told(BUG.replace("REPEATED", "1"))
    folder.unlink()
    assert "innermost" in done.stdout
    assert done.stderr == ""
