"""The program starts on the user's folder, but takes none of its files for a module of Python."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from environment import start, system
from qualcoder_lite.i18n import use_language

ROOT = Path(__file__).parents[2]
MODULES = ("json", "random", "qualcoder_lite", "environment", "sqlite3", "runpy", "sitecustomize")


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folder full of files named like modules; each leaves a mark when it is run."""
    for name in MODULES:
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / f'{name}.run')!r}, 'w').close()\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(start, "PYTHON", Path(sys.executable))
    return tmp_path


def test_no_file_of_the_users_folder_is_run(hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(hostile))
    assert start.run_program(["new", "studi.qcl", "--codebook", "siagian"]) == 0
    assert start.run_program(["export", "studi.qcl", "studi.json"]) == 0
    assert start.run_program(["show", "none.qcl"]) == 1
    assert (hostile / "studi.qcl").is_file()
    assert (hostile / "studi.json").is_file()
    assert list(hostile.glob("*.run")) == []


def test_run_py_takes_no_file_beside_it_for_a_module(hostile: Path) -> None:
    for folder in ("environment", "qualcoder_lite"):
        (hostile / f"{folder}.py").unlink()
        (hostile / folder).mkdir()
    (hostile / "environment" / "__init__.py").touch()
    (hostile / "environment" / "start.py").write_text("def main(words): print(words); return 5\n")
    shutil.copy(ROOT / "run.py", hostile)
    (hostile / "subprocess.py").write_text("raise SystemExit(9)")
    done = subprocess.run([sys.executable, "run.py", "a"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (5, "['a']\n"), done.stderr
    assert list(hostile.glob("*.run")) == []


@pytest.mark.parametrize("version", [(3, 10, 4), (3, 14, 0), (2, 7, 18)])
def test_another_python_is_told_in_one_sentence(version: tuple[int, ...]) -> None:
    pretended = f"import sys, runpy; sys.version_info = {version}; runpy.run_path('run.py', None, '__main__')"
    done = subprocess.run(
        [sys.executable, "-c", pretended], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith("QualCoder Lite needs Python 3.11, 3.12 or 3.13")
    assert len(done.stderr.splitlines()) == 1


def test_run_py_can_be_read_by_an_old_python() -> None:
    tree = ast.parse((ROOT / "run.py").read_text(encoding="ascii"), feature_version=(3, 4))
    newer = (ast.JoinedStr, ast.Starred, ast.FunctionDef, ast.NamedExpr)
    assert [node for node in ast.walk(tree) if isinstance(node, newer)] == []


@pytest.mark.parametrize("word", ["wheels", "--wheels"])
def test_a_folder_of_wheels_must_be_named(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert start.main([word]) == 2
    assert "FOLDER" in capsys.readouterr().err


def test_a_folder_of_wheels_must_be_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert start.main(["--wheels", str(tmp_path / "none"), "show"]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


# Libraries of the system --------------------------------------------------------------------------------


@pytest.fixture
def apt(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A Debian on which some libraries are missing; the commands that were run."""
    ran: list[str] = []
    use_language("en")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(system, "loads", lambda library: not library.startswith("libE"))
    monkeypatch.setattr(system.shutil, "which", lambda _name: "/usr/bin/it")
    monkeypatch.setattr(system, "run_quietly", lambda line: ran.append(line) or 0)
    monkeypatch.delenv("DISPLAY", raising=False)
    return ran


def test_root_is_told_what_is_run_before_it_is_run(
    apt: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system.os, "geteuid", lambda: 0, raising=False)
    line = "apt-get install -y --no-install-recommends libegl1"

    def told(words: str) -> int:
        assert f"apt-get update && {line}" in capsys.readouterr().err or apt
        apt.append(words)
        return 0

    monkeypatch.setattr(system, "run_quietly", told)
    system.install_system_libraries(False)
    assert apt == ["apt-get update", line]


def test_others_are_told_the_exact_line(
    apt: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system.os, "geteuid", lambda: 1000, raising=False)
    system.install_system_libraries(False)
    assert apt == []
    assert "sudo apt-get install -y --no-install-recommends libegl1" in capsys.readouterr().err
