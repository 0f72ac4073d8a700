"""The environment is made once, said before, and every refusal of the world is one sentence."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from environment import install
from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import use_language

Ran = list[list[str]]


@pytest.fixture
def ran(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ran:
    """Lock files and an environment in a folder of their own; the commands of pip that would be run."""
    use_language("en")
    commands: Ran = []

    def pretend(command: list[str]) -> subprocess.CompletedProcess[str]:
        commands.append(list(command))
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(install, "ENVIRONMENT", tmp_path)
    monkeypatch.setattr(install, "make_command", lambda: None)
    monkeypatch.setattr(install, "STAMP", tmp_path / "installed")
    monkeypatch.setattr(install, "LOCK", tmp_path / "a.lock")
    monkeypatch.setattr(install, "TEST_LOCK", tmp_path / "b.lock")
    monkeypatch.setattr(install, "run_told", pretend)
    monkeypatch.setattr(install, "make_venv", lambda: None)
    (tmp_path / "a.lock").write_text("# packages\nalembic==1.2 \\\n    --hash=sha256:00\n")
    (tmp_path / "b.lock").write_text('colorama==0.4 ; sys_platform == "win32" \\\n    --hash=sha256:00\n')
    return commands


def pip_says(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pip fail with these words."""
    monkeypatch.setattr(
        install, "run_told", lambda command: subprocess.CompletedProcess(command, 1, "", words)
    )


def test_what_will_be_done_is_said_and_done_once(ran: Ran, capsys: pytest.CaptureFixture[str]) -> None:
    install.make_environment(testing=False)
    said = capsys.readouterr().out
    assert "1 package will be installed" in said
    assert "alembic 1.2" in said
    [command] = ran
    assert command[1] == "-I"
    assert {"--require-hashes", "--only-binary", str(install.LOCK)} <= set(command)
    assert str(install.TEST_LOCK) not in command
    install.make_environment(testing=False)
    assert ran == [command]
    assert capsys.readouterr().out == ""


def test_a_changed_lock_file_is_installed(ran: Ran) -> None:
    install.make_environment(testing=False)
    install.LOCK.write_text("alembic==1.3 \\\n    --hash=sha256:01\n")
    install.make_environment(testing=False)
    assert len(ran) == 2


def test_an_environment_that_failed_is_made_again(ran: Ran, monkeypatch: pytest.MonkeyPatch) -> None:
    install.make_environment(testing=False)
    install.LOCK.write_text("alembic==1.3 \\\n    --hash=sha256:01\n")
    pip_says("ERROR: something", monkeypatch)
    with pytest.raises(UserError, match="something"):
        install.make_environment(testing=False)
    assert not install.STAMP.exists()


def test_a_folder_of_wheels_is_the_only_source(ran: Ran, tmp_path: Path) -> None:
    install.make_environment(testing=False, wheels=tmp_path)
    assert ran[0][-3:] == ["--no-index", "--find-links", str(tmp_path)]


@pytest.mark.parametrize(("platform", "named"), [("linux", []), ("win32", ["colorama 0.4"])])
def test_packages_of_other_systems_are_not_named(
    ran: Ran, platform: str, named: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert install.packages(testing=True) == ["alembic 1.2", *named]


REFUSALS = {
    "WARNING: Retrying … NewConnectionError\nERROR: No matching distribution found": "without a network",
    "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device": "disk is full",
    "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.": "not the one",
    "ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: 'x'": "only be read",
    "ERROR: something new\n": "ERROR: something new",
    "": "can't be installed",
}


@pytest.mark.parametrize("words", REFUSALS)
@pytest.mark.parametrize("language", ["en", "id"])
def test_what_pip_says_is_told_in_one_line(
    ran: Ran, words: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pip_says(words, monkeypatch)
    use_language(language)
    with pytest.raises(UserError) as caught:
        install.make_environment(testing=False)
    assert "\n" not in str(caught.value)
    assert language == "id" or REFUSALS[words] in str(caught.value)


def test_a_folder_of_wheels_that_lacks_one_is_told(
    ran: Ran, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pip_says("ERROR: No matching distribution found for alembic==1.2", monkeypatch)
    with pytest.raises(UserError, match="does not hold all packages"):
        install.make_environment(testing=False, wheels=tmp_path)


@pytest.mark.parametrize(("number", "words"), [(errno.EROFS, "only be read"), (errno.ENOSPC, "disk is full")])
def test_a_clone_that_can_not_be_written_is_told(
    ran: Ran, number: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(install, "make_venv", refuse)
    with pytest.raises(UserError, match=words):
        install.make_environment(testing=False)


def test_a_python_that_can_not_make_environments_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    use_language("en")
    monkeypatch.setattr(install, "ENVIRONMENT", tmp_path / "v")
    monkeypatch.setattr(install, "runs", lambda *_command: False)
    monkeypatch.setattr(install, "install_packages", asked.append)
    with pytest.raises(UserError, match="python3-venv"):
        install.make_venv()
    assert asked == [["python3-venv"]]


@pytest.mark.skipif(sys.platform == "win32", reason="there the command is another file")
def test_the_environment_has_the_command_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "lingkungan kerja"
    subprocess.run([sys.executable, "-I", "-m", "venv", "--without-pip", str(folder)], check=True)
    monkeypatch.setattr(install, "ENVIRONMENT", folder)
    monkeypatch.setattr(install, "PYTHON", folder / "bin" / "python")
    install.make_command()
    (tmp_path / "qualcoder_lite.py").write_text("raise SystemExit(9)")
    found = [folder / "bin" / "python", "-I", "-c", "import qualcoder_lite as it; print(it.__file__)"]
    done = subprocess.run(found, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert Path(done.stdout.strip()) == install.ROOT / "qualcoder_lite" / "__init__.py"
    install.PYTHON.unlink()
    install.PYTHON.write_text('#!/bin/sh\necho "$#" "$@"\n')
    install.PYTHON.chmod(0o755)
    said = subprocess.check_output([folder / "bin" / "qualcoder-lite", "show", "studi satu.qcl"], text=True)
    assert said == "5 -I -m qualcoder_lite show studi satu.qcl\n"
