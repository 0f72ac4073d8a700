"""The one hardened door for zip packages and XML: whatever a file claims, reading it stays small and offline.

A package is opened only after its directory was weighed; a member is inflated only up to what it declared
and never beyond the caps; XML is refused when it carries a document type (and with it any entity) or is
nested deeper than DEPTH. Every failure is a UserError that names the file.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, cast

from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import _

if TYPE_CHECKING:
    from lxml import etree

PACKAGE_SIZE = 512 << 20  # bytes of the file itself
MEMBERS = 10_000
DIRECTORY_SIZE = 4 << 20  # bytes of the list of members: read before anything can be counted
TOTAL_SIZE = 2 << 30  # bytes of all members, inflated
MEMBER_SIZE = 256 << 20  # bytes of one member that is read, inflated
TREE_SIZE = 16 << 20  # bytes of XML that becomes one tree in memory, some ten times as large
RATIO = 200  # inflated to packed, of what is larger than RATIO_FROM: honest text stays under 50
RATIO_FROM = 16 << 20
FOLDER_DEPTH = 32
DEPTH = 256  # nested elements: libxml2 itself stops there unless told otherwise
CHUNK = 1 << 16
_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
    "collect_ids": False,
}

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of old Office files and of encrypted new ones
_END = b"PK\x05\x06"
_END64 = b"PK\x06\x06"
_LOCATOR64 = b"PK\x06\x07"


@dataclass(frozen=True)
class Package:
    """An opened zip package whose directory has passed every check; close it, or use `with`."""

    path: Path
    archive: zipfile.ZipFile
    opened: list[IO[bytes]] = field(default_factory=list)  # members, so that none outlives the package

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for member in self.opened:
            member.close()
        self.archive.close()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all members, as the package lists them."""
        return tuple(self.archive.namelist())

    def has(self, name: str) -> bool:
        """Tell whether the package holds a member of that name."""
        return name in self.archive.NameToInfo

    def read(self, name: str, limit: int = MEMBER_SIZE) -> bytes:
        """The bytes of a member. Raises UserError where it is missing, damaged or over `limit` bytes."""
        return b"".join(self.chunks(name, limit))

    def chunks(self, name: str, limit: int = MEMBER_SIZE) -> Iterator[bytes]:
        """The bytes of a member, piece by piece, so that a large one never lies in memory as a whole."""
        try:
            information = self.archive.getinfo(name)
            if information.file_size > limit or _is_bomb(information.file_size, information.compress_size):
                raise too_large(self.path)
            member = self.archive.open(information)
            self.opened.append(member)
            while piece := member.read(CHUNK):
                yield piece
        except KeyError as error:
            raise damaged(self.path) from error
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise damaged(self.path) from error


def open_package(path: Path) -> Package:
    """Open a zip package after weighing it.

    Raises UserError for a file that is missing, unreadable, not a whole zip, protected by a password, over
    the caps, or has a member that leads outside of it.
    """
    archive: zipfile.ZipFile | None = None
    try:
        if not path.is_file():
            raise unreadable(path, _("It is not there, or it is not a file."))
        if path.stat().st_size > PACKAGE_SIZE:
            raise too_large(path)
        with path.open("rb") as stream:
            _check_directory(path, stream)
        archive = zipfile.ZipFile(path)
        _check_members(path, archive.infolist())
    except UserError:
        _close(archive)
        raise
    except OSError as error:
        _close(archive)
        raise unreadable(path, error.strerror or str(error)) from error
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
        _close(archive)
        raise damaged(path) from error
    return Package(path, archive)


def parse_xml(data: bytes, path: Path) -> etree._Element:
    """The root element of an XML text of the file `path`, without document type, entities or network.

    Raises UserError where it is damaged, nested too deeply or has a document type.
    """
    from lxml import etree

    if len(data) > TREE_SIZE:
        raise too_large(path)
    try:
        root = etree.fromstring(data, etree.XMLParser(**_SAFE))
    except (etree.LxmlError, ValueError, LookupError) as error:
        raise damaged(path) from error
    _refuse_document_type(root, path)
    return root


def walk_xml(
    chunks: Iterable[bytes], path: Path, tags: Sequence[str]
) -> Iterator[tuple[str, etree._Element]]:
    """The events `start` and `end` of the elements named in `tags`, while the text is still being read.

    The caller may clear what it has done with, so that memory stays flat. Raises UserError as `parse_xml`.
    """
    from lxml import etree

    parser = etree.XMLPullParser(events=("start", "end"), tag=tags, **_SAFE)
    checked = False
    try:
        for piece in chunks:
            parser.feed(piece)
            for event, element in cast("Iterator[tuple[str, etree._Element]]", parser.read_events()):
                if not checked:
                    _refuse_document_type(element, path)
                    checked = True
                yield event, element
        root = parser.close()
    except (etree.LxmlError, ValueError, LookupError) as error:
        raise damaged(path) from error
    _refuse_document_type(root, path)


def _refuse_document_type(root: etree._Element, path: Path) -> None:
    """Raise where a document type was declared: nothing that it could bring is wanted here."""
    if root.getroottree().docinfo.internalDTD is not None:
        raise UserError(
            _("{name} was not read.").format(name=path.name),
            _("It declares a document type (DTD), which can hide harmful contents."),
            _("Open it in the program that made it and save it again."),
        )


def _check_directory(path: Path, stream: IO[bytes]) -> None:
    """Weigh the list of members by the record at the end of the file, before `zipfile` reads it whole."""
    head = stream.read(len(_OLE))
    if head == _OLE:
        raise locked(path)
    size = stream.seek(0, 2)
    stream.seek(max(0, size - (1 << 16) - 42))
    tail = stream.read()
    at = tail.rfind(_END)
    if head[:2] != b"PK" or at < 0 or len(tail) < at + 22:
        raise damaged(path)
    members, weight = struct.unpack_from("<HI", tail, at + 10)
    locator = at - 20
    if locator >= 0 and tail.startswith(_LOCATOR64, locator):
        members, weight = _directory_of_large_package(stream, tail, locator)
    if members > MEMBERS or weight > DIRECTORY_SIZE:
        raise too_large(path)


def _directory_of_large_package(stream: IO[bytes], tail: bytes, locator: int) -> tuple[int, int]:
    """The number of members and the weight of their list by the 64-bit records; of bad ones: too many."""
    (offset,) = struct.unpack_from("<Q", tail, locator + 8)
    stream.seek(min(offset, 1 << 62))
    record = stream.read(56)
    if len(record) < 56 or not record.startswith(_END64):
        return MEMBERS + 1, 0
    members, weight = struct.unpack_from("<QQ", record, 32)
    return int(members), int(weight)


def _check_members(path: Path, members: list[zipfile.ZipInfo]) -> None:
    """Refuse a package for what its members claim to be."""
    total = sum(member.file_size for member in members)
    packed = path.stat().st_size
    if len(members) > MEMBERS or total > TOTAL_SIZE or _is_bomb(total, packed):
        raise too_large(path)
    for member in members:
        if member.flag_bits & 0x1:
            raise locked(path)
        if _leads_outside(member) or member.filename.count("/") > FOLDER_DEPTH:
            raise UserError(
                _("{name} was not read.").format(name=path.name),
                _("A part of it points outside of the file."),
                _("Open it in the program that made it and save it again."),
            )


def _is_bomb(inflated: int, packed: int) -> bool:
    return inflated > RATIO_FROM and inflated > RATIO * max(1, packed)


def _leads_outside(member: zipfile.ZipInfo) -> bool:
    name = member.orig_filename.replace("\\", "/")
    linked = stat.S_ISLNK(member.external_attr >> 16)
    return linked or name.startswith("/") or name[1:2] == ":" or "\0" in name or ".." in name.split("/")


def _close(archive: zipfile.ZipFile | None) -> None:
    if archive is not None:
        archive.close()


def damaged(path: Path) -> UserError:
    """The refusal of a file that is cut off or is not what its name says."""
    return UserError(
        _("{name} could not be read.").format(name=path.name),
        _("It is damaged, incomplete or of another kind than its name says."),
        _("Open it in the program that made it and save it again."),
    )


def unreadable(path: Path, reason: str) -> UserError:
    """The refusal of a file that the computer does not give us."""
    return UserError(
        _("{name} could not be opened.").format(name=path.name),
        reason,
        _("Check that it exists, that you may read it and that no other program holds it."),
    )


def too_large(path: Path) -> UserError:
    """The refusal of a file that is, or would become, larger than any study needs."""
    return UserError(
        _("{name} was not read.").format(name=path.name),
        _("It is, or would unpack to, far more than a text for a study."),
        _("Split it into smaller files, or save it again without pictures."),
    )


def locked(path: Path) -> UserError:
    """The refusal of a file behind a password, or of the old Office format under a new name."""
    return UserError(
        _("{name} could not be read.").format(name=path.name),
        _("It is protected by a password, or in the old Word format under a new name."),
        _("Open it in Word, take the password off and save it as .docx."),
    )
