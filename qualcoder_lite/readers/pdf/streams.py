"""Streams of a PDF, weighed before any is drawn: a small one must not unpack to more than a text can be.

pdfium itself unpacks up to a gigabyte for one stream. Pictures are not weighed, since no text lies in them.
"""

from __future__ import annotations

import re
import zlib

STREAM_SIZE = 64 << 20  # bytes of one stream, unpacked
TOTAL_SIZE = 256 << 20  # bytes of all
LZW_SIZE = 1 << 20  # bytes of one packed the old way, which this module can't unpack
_STREAM = re.compile(rb"stream\r?\n")
_HEAD = 1024  # bytes before a stream in which its dictionary stands
_PIECE = 1 << 20


def is_bomb(data: bytes) -> bool:
    """Tell whether the streams of a PDF would unpack beyond the caps, or are packed twice."""
    total = 0
    for match in _STREAM.finditer(data):
        if data[match.start() - 3 : match.start()] == b"end":
            continue
        head = data[max(0, match.start() - _HEAD) : match.start()]
        head = head[max(head.rfind(b" obj"), 0) :]
        if b"/Image" in head or b"/DCTDecode" in head or b"/FontFile" in head:
            continue
        packings = len(re.findall(rb"/(?:FlateDecode|Fl|LZWDecode|LZW)\b", head))
        if packings > 1 or (b"/LZW" in head and _length(data, match.end()) > LZW_SIZE):
            return True
        if packings:
            total += _unpacked(data, match.end())
        if total > TOTAL_SIZE:
            return True
    return False


def _length(data: bytes, start: int) -> int:
    end = data.find(b"endstream", start)
    return (len(data) if end < 0 else end) - start


def _unpacked(data: bytes, start: int) -> int:
    """The size of a stream when unpacked, as far as it can be; of a bomb, more than TOTAL_SIZE."""
    unpacker = zlib.decompressobj()
    size, at, pieces = 0, start, memoryview(data)
    try:
        while not unpacker.eof and (unpacker.unconsumed_tail or at < len(data)):
            rest: bytes | memoryview = unpacker.unconsumed_tail
            if not rest:
                rest, at = pieces[at : at + _PIECE], at + _PIECE
            size += len(unpacker.decompress(rest, _PIECE))
            if size > STREAM_SIZE:
                return TOTAL_SIZE + 1
    except zlib.error:
        return size
    return size
