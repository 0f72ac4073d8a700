"""Files on disk: writing whole or not at all, folders that are shared, the samples and templates we ship."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _

PACKAGE = Path(__file__).parent
CLOUD_FOLDERS = (
    "dropbox", "onedrive", "google drive", "googledrive", "my drive", "drive saya", "icloud drive",
    "mobile documents", "cloudstorage", "nextcloud", "owncloud", "pcloud", "pclouddrive", "box sync",
    "megasync", "syncthing", "seafile", "yandex.disk", "proton drive",
)  # fmt: skip
NETWORK_SYSTEMS = (
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "afpfs",
    "fuse.sshfs",
    "davfs",
    "webdav",
    "9p",
    "afs",
    "ncpfs",
)


def samples_folder() -> Path:
    """The folder of the sample study: inside an installed package, beside it in a checkout."""
    inside = PACKAGE / "samples"
    return inside if inside.is_dir() else PACKAGE.parent / "samples"


def templates_folder() -> Path:
    """The folder of the codebooks that we ship."""
    return PACKAGE / "templates"


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` make a file beside `path` and put it in place when it is whole and on the disk.

    Raises UserError where the folder is missing or can't be written; `path` is then as it was.
    """
    if not path.parent.is_dir():
        raise UserError(
            _("The folder {folder} is not there.").format(folder=path.parent),
            remedy=_("Make the folder first, or choose another."),
        )
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=path.suffix, dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        try:
            write(temporary)
            _to_disk(temporary)
            temporary.chmod(0o666 & ~_umask())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(
            _("{file} can't be written.").format(file=path.name),
            error.strerror or "",
            _("If it is open in another program, close it there; otherwise choose another folder."),
        ) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _to_disk(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def is_shared(path: Path) -> bool:
    """Tell whether a file lies on a network disk or in a folder that a cloud service synchronises."""
    whole = path.resolve()
    in_cloud = any(part.lower().startswith(CLOUD_FOLDERS) for part in whole.parts)
    return in_cloud or _on_network(whole)


def _on_network(path: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        return path.drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == 4
    return _file_system(path) in NETWORK_SYSTEMS


def _file_system(path: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """The name of the file system that holds this path; nothing where this system does not list them."""
    try:
        lines = [line.split() for line in mounts.read_text().splitlines()]
    except OSError:
        return ""
    holding = [(len(point), kind) for _device, point, kind, *_rest in lines if path.is_relative_to(point)]
    return max(holding, default=(0, ""))[1]
