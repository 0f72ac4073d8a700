"""Files on disk: writing whole or not at all, folders that are shared, the samples and templates we ship."""

from __future__ import annotations

import errno
import glob
import os
import re
import secrets
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory, gettempdir

from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _

PACKAGE = Path(__file__).parent
ABANDONED = 3600  # seconds after which an unfinished file has surely lost its writer
FOLDER = "qualcoder-lite-"  # how the folders for what is on its way begin; then comes the process
_UNFINISHED = "[0-9a-f]" * 16, "[0-9a-f]" * 8  # process and chance; earlier versions named no process
LONGEST_STEM = 200  # bytes: with our endings and SQLite's a name then stays within the 255 of usual disks
_CAN_NOT_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EBADF)
CLOUD_FOLDERS = (
    "dropbox", "onedrive", "google drive", "googledrive", "my drive", "drive saya", "icloud drive",
    "mobile documents", "cloudstorage", "nextcloud", "owncloud", "pcloud", "pclouddrive", "box sync",
    "megasync", "syncthing", "seafile", "yandex.disk", "proton drive",
)  # fmt: skip
NETWORK_SYSTEMS = (
    "9p", "afpfs", "afs", "cifs", "davfs", "ncpfs", "nfs", "nfs4", "prl_fs", "smb3", "smbfs", "vboxsf",
    "webdav", "fuse.davfs2", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "fuse.vmhgfs-fuse",
)  # fmt: skip


def samples_folder() -> Path:
    """The folder of the sample study: inside an installed package, beside it in a checkout."""
    inside = PACKAGE / "samples"
    return inside if inside.is_dir() else PACKAGE.parent / "samples"


def templates_folder() -> Path:
    """The folder of the codebooks that we ship."""
    return PACKAGE / "templates"


def reason(error: OSError) -> str:
    """What an error of the system means, as a sentence for the user."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return _("The disk is full.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return _("The file or its folder can only be read.")
    if error.errno == errno.ENAMETOOLONG:
        return _("Its name is too long.")
    if error.errno == errno.EISDIR:
        return _("It is a folder.")
    if error.errno == errno.EIO:
        return _("Its disk or folder does not answer.")
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return _("It is not there, or it is not a file.")
    return f"{error.strerror}." if error.strerror else type(error).__name__


def shortened(stem: str, longest: int) -> str:
    """The beginning of a file's name that takes at most so many bytes, cut between letters."""
    return stem.encode("utf-8", "surrogateescape")[:longest].decode("utf-8", "ignore")


def write_whole(
    path: Path, write: Callable[[Path], object], overwrite: bool = True, *, private: bool = False
) -> None:
    """Let `write` make a file beside `path` and put it in place when it is whole and on the disk.

    Without `overwrite`, only where no file is there, even if one appears meanwhile.
    What a killed program left of this file is cleared first.
    A new private file is its owner's alone, from its first byte on; an older file at `path` keeps its rights.
    Raises UserError where the folder is missing or can't be written; `path` is then as it was.
    """
    path = path.resolve()  # a link stays a link
    if not path.parent.is_dir():
        raise UserError(
            _("The folder {folder} is not there.").format(folder=path.parent),
            remedy=_("Make the folder first, or choose another."),
        )
    stem = shortened(path.stem, LONGEST_STEM)
    temporary = path.with_name(f".{stem}.{os.getpid():08x}{secrets.token_hex(4)}{path.suffix}")
    clear_leftovers(path.parent, glob.escape(path.name))
    try:
        try:
            rights = 0o600 if private or path.exists() else 0o666  # never more than what it will have
            os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, rights))
            write(temporary)
            _put_in_place(temporary, path, overwrite)
        finally:
            for left in path.parent.glob(f"{glob.escape(temporary.name)}*"):  # a database leaves its log too
                left.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(
            _("{file} can't be written.").format(file=path.name),
            reason(error),
            _("If it is open in another program, close it there; otherwise choose another folder."),
        ) from error


def _put_in_place(temporary: Path, path: Path, overwrite: bool) -> None:
    """Replace `path` by a file that is on the disk, with the rights that `path` had; then the folder too."""
    if path.exists():
        _take_rights(temporary, path.stat())
    with temporary.open("r+b") as file:
        os.fsync(file.fileno())
    if overwrite:
        temporary.replace(path)
    else:
        _put_where_none_is(temporary, path)
    sync_folder(path.parent)


def _take_rights(path: Path, older: os.stat_result) -> None:
    """Give a file the rights of an older one; where its group can't be kept, the group gets none."""
    rights = stat.S_IMODE(older.st_mode)
    if os.name == "posix" and path.stat().st_gid != older.st_gid:
        try:
            os.chown(path, -1, older.st_gid)
        except OSError:
            rights &= ~stat.S_IRWXG
    path.chmod(rights)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the system and the kind of disk can do that.

    Some disks of networks and FUSE refuse to; what they hold is then as safe as they make it.
    """
    if os.name != "posix":
        return
    try:
        opened = os.open(folder, os.O_RDONLY)
    except PermissionError:  # a folder may be written and not read
        return
    try:
        os.fsync(opened)
    except OSError as error:
        if error.errno not in _CAN_NOT_SYNC:
            raise
    finally:
        os.close(opened)


def _put_where_none_is(temporary: Path, path: Path) -> None:
    """Put a file in place in one move that fails where there is one. Raises UserError then."""
    try:
        os.link(temporary, path)
    except FileExistsError as error:
        raise there_already(path) from error
    except OSError as error:  # a disk without links, such as FAT
        if path.exists():
            raise there_already(path) from error
        temporary.rename(path)


def there_already(path: Path) -> UserError:
    """The refusal to write over a file."""
    return UserError(
        _("{file} is there already.").format(file=path.name),
        remedy=_("Choose another name."),
        missing="force",
    )


def clear_leftovers(folder: Path, name: str, *, alone: bool = False) -> None:
    """Remove what killed programs left here of files with this name, a pattern, that `write_whole` wrote.

    A program that lives may be writing one just now: its file stays, unless the caller is `alone`, and nobody
    else may write such a file.
    """
    stem, _dot, suffix = name.rpartition(".")
    stem = shortened(stem, LONGEST_STEM)
    for unfinished in _UNFINISHED:
        for pattern in (f".{stem}.{unfinished}.{suffix}*", f"..{stem}.{unfinished}.{suffix}.*"):
            for left in folder.glob(pattern):
                if alone or _is_abandoned(left):
                    with suppress(OSError):
                        left.unlink()


def is_being_written(path: Path) -> bool:
    """Tell whether there is an unfinished file of this name, of a program that may live."""
    stem = glob.escape(shortened(path.stem, LONGEST_STEM))
    found = [*path.parent.glob(f".{stem}.{_UNFINISHED[0]}{path.suffix}")]
    return any(not _is_abandoned(one) for one in found)


def _is_abandoned(left: Path) -> bool:
    """Tell whether the writer of an unfinished file is dead: by its process on this computer, or its age."""
    with suppress(OSError):
        if time.time() - left.stat().st_mtime >= ABANDONED:
            return True
    named = re.findall(r"\.([0-9a-f]{8})[0-9a-f]{8}\.", left.name)
    return bool(named) and not _may_live(int(named[-1], 16)) and not is_shared(left)


def _may_live(process: int) -> bool:
    """Tell whether a process of this computer may still run; where the system does not tell, it may."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # another person's
        return True
    return True


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder for what is on its way, which may hold what was said: none of it stays for long."""
    for left in Path(gettempdir()).glob(f"{FOLDER}{'[0-9a-f]' * 8}-*"):
        with suppress(OSError):  # another person's, or gone meanwhile
            dead = not _may_live(int(left.name[len(FOLDER) :][:8], 16))
            if dead or time.time() - left.stat().st_mtime >= ABANDONED:
                rmtree(left, ignore_errors=True)
    with TemporaryDirectory(prefix=f"{FOLDER}{os.getpid():08x}-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def is_shared(path: Path) -> bool:
    """Tell whether a file lies on a network disk or in a folder that a cloud service synchronises."""
    whole = path.resolve()
    in_cloud = any(part.lower().startswith(CLOUD_FOLDERS) for part in whole.parts)
    return in_cloud or _on_network(whole)


def _on_network(path: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        return path.drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == 4
    return file_system(path, _mounts()) in NETWORK_SYSTEMS


def _mounts() -> str:
    """The list of mounted disks, one a line: device, folder, kind; empty where the system gives none."""
    try:
        return Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        pass
    try:
        listed = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=True, timeout=2).stdout
    except (OSError, subprocess.SubprocessError):
        return ""
    return re.sub(r"(?m)^(.*?) on (.*) \((\w+).*$", _like_linux, listed)


def _like_linux(line: re.Match[str]) -> str:
    return " ".join(part.replace(" ", "\\040") for part in line.groups())


def file_system(path: Path, mounts: str) -> str:
    """The kind of the file system that holds this path, by a list like /proc/mounts; empty where unknown."""
    holding: dict[int, str] = {}
    for line in mounts.splitlines():
        _device, point, kind, *_rest = [*line.split(), "", "", ""]
        if point and path.is_relative_to(_unescaped(point)):
            holding[len(point)] = kind
    return holding[max(holding)] if holding else ""


def _unescaped(point: str) -> str:
    """A folder of the list, in which white space stands as an octal number."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), point)
