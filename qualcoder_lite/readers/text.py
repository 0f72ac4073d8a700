"""Plain text: which letters the bytes stand for, by a ladder that never guesses by statistics.

BOM, then UTF-16 by its zero bytes, then strict UTF-8, then Windows-1252, then Latin-1; the user may name
another. Guessers by statistics misread Windows-1252, so a doubtful reading is reported and can be corrected.
"""

from __future__ import annotations

import codecs
import re
from itertools import islice
from pathlib import Path

from qualcoder_lite.errors import UserError
from qualcoder_lite.i18n import N_, _
from qualcoder_lite.readers.document import Mark, Remark
from qualcoder_lite.readers.opening import empty, text_contents
from qualcoder_lite.readers.transcript import Draft

TEXT_SIZE = 16 << 20  # bytes: some four thousand pages
ENCODINGS = ("utf-8", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "mac-roman", "cp850")
PREVIEW_LINES = 12

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4096  # bytes in which zero bytes are counted
_UNPRINTABLE = re.compile("[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BINARY = {"utf-8": 0.3, "utf-16-le": 0.3, "utf-16-be": 0.3}  # share of unprintable characters in no text
_BINARY_ELSE = 0.03  # every byte is a letter to Windows-1252 and Latin-1, so that little is proof enough
_MOST_MARKS = 100_000
_DOUBTFUL = re.compile("[\x80-\x9f\ufffd]|â€|Ã[\x80-\xbf©¨¶¼±]|Â[ «»°]")
_HEADING = re.compile(r"^(#{1,6})[ \t]+\S.*$", re.MULTILINE)


def read_text(path: Path, encoding: str | None = None) -> Draft:
    """A .txt or .md as it stands: BOM off, line ends `\\n`, nothing else changed.

    Raises UserError where it is unreadable, empty, too large, not a text, or does not fit the named encoding.
    """
    data = text_contents(path, TEXT_SIZE)
    text, found = decoded(data, path, encoding)
    if not text or text.isspace():
        raise empty(path)
    doubtful = doubts(text, found) if encoding is None else ()
    text, remarks = storable(text)
    marks = _headings(text) if path.suffix.lower() == ".md" else ()
    return Draft(text, marks=marks, remarks=remarks + doubtful, encoding=found)


def decoded(data: bytes, path: Path, encoding: str | None = None) -> tuple[str, str]:
    """The text of the bytes with `\\n` line ends, and the encoding by which it was read.

    Raises UserError where the named encoding is unknown or does not fit, or where the bytes are no text.
    """
    found = encoding
    for bom, name in _BOMS:
        if data.startswith(bom) and (encoding is None or _plain(encoding) == name):
            data, found = data[len(bom) :], name
            break
    if found is None:
        found = _encoding_of(data)
    text = _unified(_decode(data, found, path, named=encoding is not None))
    start = text[:_SAMPLE]
    if len(_UNPRINTABLE.findall(start)) > _BINARY.get(found, _BINARY_ELSE) * len(start):
        raise UserError(
            _("{name} could not be read.").format(name=path.name),
            _("It does not hold a text."),
            _("Choose the right file, or another encoding."),
        )
    return text, found


def storable(text: str) -> tuple[str, tuple[Remark, ...]]:
    """The text without what no database and no XML can hold: U+0000 and lone surrogates become U+FFFD."""
    zeros = text.count("\0")
    remarks: tuple[Remark, ...] = ()
    if zeros:
        text = text.replace("\0", "\ufffd")
        message = N_("Zero characters were replaced by � ({number}).")
        remarks += (Remark(message, {"number": zeros}),)
    if not text.isascii() and re.search("[\ud800-\udfff]", text):
        before = text.count("\ufffd")
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        message = N_("Broken characters were replaced by � ({number}).")
        if number := text.count("\ufffd") - before:
            remarks += (Remark(message, {"number": number}),)
    return text, remarks


def preview_encodings(data: bytes) -> list[tuple[str, str]]:
    """The first lines under each encoding that fits the bytes, the proposed one first."""
    found = decoded(data, Path("preview"))[1]
    previews: list[tuple[str, str]] = []
    for name in dict.fromkeys((found, *ENCODINGS)):
        try:
            text, _found = decoded(data, Path("preview"), name)
        except UserError:
            continue
        previews.append((name, "\n".join(text.split("\n", PREVIEW_LINES)[:PREVIEW_LINES])))
    return previews


def doubts(text: str, encoding: str) -> tuple[Remark, ...]:
    """A remark where a text may have been read by the wrong encoding, since nothing in the file names it."""
    if encoding in ("cp1252", "latin-1") or _DOUBTFUL.search(text):
        message = N_("Read as {encoding}: check that accented letters and quotation marks look right.")
        return (Remark(message, {"encoding": encoding}),)
    return ()


def _encoding_of(data: bytes) -> str:
    sample = data[:_SAMPLE]
    half = max(1, len(sample) // 2)
    first, second = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if second > 0.3 and second > 4 * first:
        return "utf-16-le"
    if first > 0.3 and first > 4 * second:
        return "utf-16-be"
    for name in ("utf-8", "cp1252"):
        try:
            data.decode(name, "surrogatepass" if name == "utf-8" else "strict")
        except UnicodeDecodeError:
            continue
        return name
    return "latin-1"


def _decode(data: bytes, encoding: str, path: Path, *, named: bool) -> str:
    if _plain(encoding) not in {_plain(name) for name in (*ENCODINGS, "utf-32-le", "utf-32-be")}:
        raise UserError(
            _("The encoding {encoding} is unknown.").format(encoding=encoding),
            remedy=_("Choose one of {encodings}.").format(encodings=", ".join(ENCODINGS)),
        )
    try:
        return data.decode(encoding, "surrogatepass" if encoding.lower().startswith("utf") else "strict")
    except UnicodeDecodeError as error:
        if named and not encoding.startswith(("utf-16", "utf-32")):
            raise UserError(
                _("{name} could not be read.").format(name=path.name),
                _("It is not written in {encoding}.").format(encoding=encoding),
                _("Choose another encoding."),
            ) from error
    return data.decode(encoding, "replace")


def _plain(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except (LookupError, ValueError):
        return ""


def _unified(text: str) -> str:
    if "\r" in text:
        return text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def _headings(text: str) -> tuple[Mark, ...]:
    found = islice(_HEADING.finditer(text), _MOST_MARKS)
    return tuple(Mark("heading", match.start(), match.end(), len(match[1])) for match in found)
