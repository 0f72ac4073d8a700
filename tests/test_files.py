"""Files are written whole or not at all; folders that others share are recognised."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from qualcoder_lite import files
from qualcoder_lite.errors import UserError
from qualcoder_lite.files import clear_leftovers, file_system, is_shared, reason, write_whole
from qualcoder_lite.i18n import use_language


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# Writing whole ------------------------------------------------------------------------------------------


def test_a_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"

    def write(temporary: Path) -> None:
        assert temporary.suffix == ".docx"
        assert temporary.parent == tmp_path
        temporary.write_text("whole")
        assert not path.exists()

    write_whole(path, write)
    assert path.read_text() == "whole"
    assert names(tmp_path) == ["report.docx"]


@pytest.mark.parametrize("error", [ZeroDivisionError(), KeyboardInterrupt(), UserError("refused")])
def test_a_failure_leaves_the_older_file_and_nothing_beside(tmp_path: Path, error: BaseException) -> None:
    path = tmp_path / "table.csv"
    path.write_text("older")

    def fail(temporary: Path) -> None:
        temporary.write_text("half")
        temporary.with_name(temporary.name + "-journal").touch()
        raise error

    with pytest.raises(type(error)):
        write_whole(path, fail)
    assert path.read_text() == "older"
    assert names(tmp_path) == ["table.csv"]


def test_an_error_of_the_disk_is_told(tmp_path: Path) -> None:
    def fail(_temporary: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    for language, words in (("en", "table.csv can't be written. The disk is full."), ("id", "table.csv")):
        use_language(language)
        with pytest.raises(UserError, match=words):
            write_whole(tmp_path / "table.csv", fail)
    assert names(tmp_path) == []


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="none is not there"):
        write_whole(tmp_path / "none" / "table.csv", Path.touch)
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="file is not there"):
        write_whole(tmp_path / "file" / "table.csv", Path.touch)


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="too long"):
        write_whole(tmp_path / ("x" * 252 + ".csv"), Path.touch)


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "table.csv").mkdir()
    with pytest.raises(UserError, match="It is a folder"):
        write_whole(tmp_path / "table.csv", lambda temporary: temporary.write_text("x"))
    assert names(tmp_path) == ["table.csv"]


def test_the_rights_of_an_older_file_stay(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.touch(mode=0o600)
    write_whole(path, lambda temporary: temporary.write_text("x"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_new_file_has_the_usual_rights(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    write_whole(tmp_path / "new.csv", lambda temporary: temporary.write_text("x"))
    assert (tmp_path / "new.csv").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    link = tmp_path / "table.csv"
    link.symlink_to(tmp_path / "there" / "table.csv")
    write_whole(link, lambda temporary: temporary.write_text("x"))
    assert link.is_symlink()
    assert (tmp_path / "there" / "table.csv").read_text() == "x"


def test_two_that_write_the_same_file_leave_one_of_them_whole(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    texts = [letter * 200_000 for letter in "abcd"]

    def write(text: str) -> None:
        for _again in range(10):
            write_whole(path, lambda temporary: temporary.write_text(text))

    threads = [threading.Thread(target=write, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        assert not path.exists() or path.read_text() in texts
    assert names(tmp_path) == ["table.csv"]


def test_what_is_written_is_on_the_disk_before_it_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    kinds = {stat.S_IFREG: "file", stat.S_IFDIR: "folder"}
    sync, replace = os.fsync, Path.replace
    monkeypatch.setattr(
        os, "fsync", lambda handle: (done.append(kinds[stat.S_IFMT(os.fstat(handle).st_mode)]), sync(handle))
    )
    monkeypatch.setattr(Path, "replace", lambda path, to: (done.append("replace"), replace(path, to)))
    write_whole(tmp_path / "table.csv", lambda temporary: temporary.write_text("x"))
    assert done == ["file", "replace", "folder"]


def test_only_what_a_killed_program_left_of_this_file_is_cleared(tmp_path: Path) -> None:
    left = [".study.0123abcd.qcl", ".study.0123abcd.qcl-journal", "..study.0123abcd.qcl.lock"]
    others = [
        ".study.qcl.lock",
        ".study.0123abcd.docx",
        ".study.0123abcg.qcl",
        "study.0123abcd.qcl",
        ".study2.0123abcd.qcl",
    ]
    for name in [*left, *others]:
        (tmp_path / name).touch()
    clear_leftovers(tmp_path, "study.qcl")
    assert set(left) <= set(names(tmp_path))
    clear_leftovers(tmp_path, "study.qcl", alone=True)
    assert names(tmp_path) == sorted(others)


def dead_process() -> int:
    """The number of a process that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


@pytest.mark.skipif(os.name != "posix", reason="only there a process is asked for")
def test_what_a_dead_process_left_is_cleared_at_once_and_a_living_ones_file_stays(tmp_path: Path) -> None:
    dead, alive = (f".a.{process:08x}0123abcd.csv" for process in (dead_process(), os.getpid()))
    for name in (dead, f"{dead}-journal", alive):
        (tmp_path / name).touch()
    write_whole(tmp_path / "a.csv", lambda temporary: temporary.write_text("x"))
    assert names(tmp_path) == sorted([alive, "a.csv"])
    old = time.time() - 2 * files.ABANDONED
    os.utime(tmp_path / alive, times=(old, old))
    write_whole(tmp_path / "a.csv", lambda temporary: temporary.write_text("x"))
    assert names(tmp_path) == ["a.csv"]


@pytest.mark.skipif(os.name != "posix", reason="only there a process is asked for")
def test_in_a_shared_folder_only_age_tells_that_a_writer_is_dead(tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    left = folder / f".a.{dead_process():08x}0123abcd.csv"  # the number may be of another computer
    left.touch()
    write_whole(folder / "a.csv", lambda temporary: temporary.write_text("x"))
    assert names(folder) == sorted([left.name, "a.csv"])


def test_a_temporary_folder_of_a_dead_process_is_cleared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    dead, alive, old = (
        tmp_path / f"{files.FOLDER}{process:08x}-{name}"
        for process, name in ((dead_process(), "dead"), (os.getpid(), "alive"), (os.getpid(), "old"))
    )
    for folder in (dead, alive, old):
        folder.mkdir()
        (folder / "rows").write_text("what was said")
    os.utime(old, times=(time.time() - 2 * files.ABANDONED,) * 2)
    with files.temporary_folder() as mine:
        assert mine.is_dir()
        assert stat.S_IMODE(mine.stat().st_mode) & 0o077 == 0
        kept = {alive, mine} if os.name == "posix" else {alive, dead, mine}
        assert set(tmp_path.iterdir()) == kept
    assert not mine.exists()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "The disk is full."),
        (errno.EDQUOT, "The disk is full."),
        (errno.EROFS, "can only be read"),
        (errno.EACCES, "can only be read"),
        (errno.EISDIR, "It is a folder."),
        (errno.EIO, "does not answer"),
        (errno.EMFILE, "Too many open files"),
    ],
)
def test_errors_of_the_system_have_a_reason(number: int, words: str) -> None:
    assert words in reason(OSError(number, os.strerror(number)))


def test_an_error_without_a_number_has_a_reason_too() -> None:
    assert reason(OSError("broken")) == "OSError"


# Shared folders -----------------------------------------------------------------------------------------

MOUNTS = """\
rootfs / rootfs rw 0 0
/dev/sda1 / ext4 rw 0 0
server:/data /mnt/data nfs4 rw 0 0
/dev/sdb1 /mnt/data/local ext4 rw 0 0
//server/share /mnt/kantor\\040bersama cifs rw 0 0
me@host: /home/a/host fuse.sshfs rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/a/study.qcl", "ext4"),
        ("/mnt/data/study.qcl", "nfs4"),
        ("/mnt/database/study.qcl", "ext4"),
        ("/mnt/data/local/study.qcl", "ext4"),
        ("/mnt/kantor bersama/a/study.qcl", "cifs"),
        ("/home/a/host/study.qcl", "fuse.sshfs"),
    ],
)
def test_the_file_system_of_a_path_is_that_of_the_nearest_disk(path: str, kind: str) -> None:
    assert file_system(Path(path), MOUNTS) == kind


def test_without_a_list_of_disks_the_kind_is_unknown() -> None:
    assert file_system(Path("/home/a"), "") == ""


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "9p", "fuse.sshfs", "vboxsf"])
def test_a_network_disk_is_shared(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = str(tmp_path).replace(" ", "\\040")
    monkeypatch.setattr(files, "_mounts", lambda: f"/dev/sda / ext4 rw\nserver {disk} {kind} rw\n")
    assert is_shared(tmp_path / "study.qcl")
    assert not is_shared(Path("/study.qcl"))


@pytest.mark.parametrize(
    "folder", ["Dropbox", "OneDrive - Universitas", "Google Drive", "Drive Saya", "Nextcloud", "iCloud Drive"]
)
def test_a_folder_of_a_cloud_service_is_shared(tmp_path: Path, folder: str) -> None:
    inside = tmp_path / folder / "studi"
    inside.mkdir(parents=True)
    assert is_shared(inside / "study.qcl")
    assert not is_shared(tmp_path / "study.qcl")


def test_a_link_into_a_shared_folder_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "Dropbox")
    assert is_shared(tmp_path / "link" / "study.qcl")


def test_the_list_of_disks_of_a_mac_reads_like_that_of_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    class Listed:
        stdout = "/dev/disk1 on / (apfs, local)\n//a@server/b on /Volumes/kantor bersama (smbfs, nodev)\n"

    def unreadable(*_arguments: object, **_options: object) -> str:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "read_text", unreadable)
    monkeypatch.setattr(files.subprocess, "run", lambda *_arguments, **_options: Listed())
    assert file_system(Path("/Volumes/kantor bersama/study.qcl"), files._mounts()) == "smbfs"
    assert file_system(Path("/Users/a/study.qcl"), files._mounts()) == "apfs"


def test_samples_and_templates_are_there() -> None:
    assert any(files.samples_folder().iterdir())
    assert any(files.templates_folder().iterdir())


# Rights, names and disks ----------------------------------------------------------------------------------


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_private_file_is_private_from_its_first_byte(tmp_path: Path) -> None:
    path = tmp_path / "names.json"

    def write(temporary: Path) -> None:
        assert rights(temporary) == 0o600
        temporary.write_text("x")

    write_whole(path, write, private=True)
    assert rights(path) == 0o600
    path.chmod(0o640)
    write_whole(path, write, private=True)
    assert rights(path) == 0o640


def test_what_replaces_a_private_file_is_never_open_to_others(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.touch(mode=0o600)

    def write(temporary: Path) -> None:
        assert rights(temporary) == 0o600

    write_whole(path, write)
    assert rights(path) == 0o600


def test_a_group_that_can_not_be_kept_gets_no_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "shared.qcl"
    path.touch()
    path.chmod(0o664)
    older = os.stat_result((*path.stat()[:5], path.stat().st_gid + 1, *path.stat()[6:]))

    def refuse(*_arguments: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "chown", refuse)
    files._take_rights(path, older)
    assert rights(path) == 0o604


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP, errno.ENOSYS])
def test_a_folder_that_can_not_be_synced_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    real = os.fsync

    def sync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(number, os.strerror(number))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", sync)
    write_whole(tmp_path / "a.csv", lambda temporary: temporary.write_text("x"))
    assert (tmp_path / "a.csv").read_text() == "x"


def test_a_folder_on_a_disk_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def sync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", sync)
    with pytest.raises(UserError, match="does not answer"):
        write_whole(tmp_path / "a.csv", lambda temporary: temporary.write_text("x"))


@pytest.mark.parametrize("stem", ["x" * 240, "é" * 120, "访" * 80, "𝄞" * 60])
def test_a_name_as_long_as_the_system_bears_is_written(tmp_path: Path, stem: str) -> None:
    path = tmp_path / f"{stem}.csv"

    def write(temporary: Path) -> None:
        temporary.write_text("x")
        temporary.with_name(temporary.name + "-journal").touch()

    write_whole(path, write)
    assert names(tmp_path) == [path.name]
    left = tmp_path / f".{files.shortened(stem, files.LONGEST_STEM)}.0123abcd.csv"
    left.touch()
    clear_leftovers(tmp_path, path.name, alone=True)
    assert names(tmp_path) == [path.name]
