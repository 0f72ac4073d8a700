"""Subtitles, WebVTT and SRT: what is said, line by line; numbers and times become times of the turns.

A voice tag `<v Bu Sari>` becomes a label before its line. Notes stay in the text, outside of the turns. A
.txt that holds subtitles keeps its text as it is, and its turns are found in place.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from qualcoder_lite.archives import damaged
from qualcoder_lite.i18n import N_
from qualcoder_lite.readers.document import Remark, TurnRange
from qualcoder_lite.readers.opening import empty, text_contents
from qualcoder_lite.readers.text import TEXT_SIZE, decoded, doubts, storable
from qualcoder_lite.readers.times import milliseconds
from qualcoder_lite.readers.transcript import Draft
from qualcoder_lite.readers.writing import Writing

_TIME = r"\d{1,3}:\d{2}(?::\d{2})?[.,]\d{1,3}"
_TIMING = re.compile(rf"[ \t]*({_TIME})[ \t]*-->[ \t]*{_TIME}(?:[ \t]+\w+:\S*)*[ \t]*")
_VOICE = re.compile(r"<v(?:\.[^\s>]{0,80})?[ \t]{1,9}([^<>\n]{1,80})>")
_TAG = re.compile(
    r"</?(?:c|i|b|u|v|ruby|rt|lang|font)(?:[.\s][^<>\n]{0,200})?>|<\d[\d:.]*>|\{\\an?\d[^}\n]{0,40}\}",
    re.IGNORECASE,
)
_SPOKEN_IN_PLACE = re.compile(rf"^[ \t]*{_VOICE.pattern}(?P<speech>[^\n]*)$", re.MULTILINE)
_FIRST_OF_SRT = re.compile(rf"\s*\d+[ \t]*\n{_TIMING.pattern}")


@dataclass
class _Lines:
    """The subtitles as far as they are read."""

    out: Writing = field(default_factory=Writing)
    times: dict[int, int] = field(default_factory=dict)
    labels: dict[str, None] = field(default_factory=dict)
    notes: list[tuple[int, int]] = field(default_factory=list)


def read_subtitles(path: Path, encoding: str | None = None) -> Draft:
    """A .vtt or .srt as text, one line of a cue to a line, with the time of each line.

    Raises UserError where it is unreadable, empty, or holds no subtitles.
    """
    raw, found = decoded(text_contents(path, TEXT_SIZE), path, encoding)
    if not raw or raw.isspace():
        raise empty(path)
    doubtful = doubts(raw, found) if encoding is None else ()
    raw, replaced = storable(raw)
    remarks = replaced + doubtful
    if not any(True for _found in re.finditer(rf"^{_TIMING.pattern}$", raw, re.MULTILINE)):
        raise damaged(path)
    lines, styled = _Lines(), False
    web = path.suffix.lower() == ".vtt" or raw.startswith("WEBVTT")
    for kind, line, time in _sorted_lines(raw.split("\n"), web):
        styled = styled or kind == "style"
        if kind == "note":
            _write_note(line, lines)
        elif kind == "speech":
            _write_speech(line, time, web, lines)
    text = lines.out.text()
    if not text or text.isspace():
        raise empty(path)
    if styled:
        remarks += (Remark(N_("The settings of how subtitles look were left out.")),)
    return Draft(
        text,
        remarks=remarks,
        encoding=found,
        closed=tuple(lines.notes),
        times=lines.times,
        labels=tuple(lines.labels),
        recorded=True,
    )


def with_subtitles_in_place(draft: Draft) -> Draft:
    """The draft of a plain text; where it holds subtitles, with the turns of its voice tags and its times."""
    text = draft.text
    if not text.startswith("WEBVTT") and not _FIRST_OF_SRT.match(text):
        return draft
    times: dict[int, int] = {}
    closed: list[tuple[int, int]] = []
    start, time = 0, None
    for line in text.split("\n"):
        if match := _TIMING.fullmatch(line):
            time = milliseconds(match[1])
        if time is not None:
            times[start] = time
        if match or line.strip().isdigit() or line.startswith(("WEBVTT", "NOTE")):
            closed.append((start, start + len(line) + 1))
        start += len(line) + 1
    voices = [match for match in _SPOKEN_IN_PLACE.finditer(text) if _TAG.sub("", match["speech"]).strip()]
    turns = tuple(_turn_in_place(match, times) for match in voices)
    closed = sorted([*closed, *((match.start(), match.end()) for match in voices)])
    labels = tuple(dict.fromkeys(turn.label for turn in turns))
    return replace(draft, turns=turns, closed=tuple(closed), times=times, labels=labels, recorded=True)


def _turn_in_place(match: re.Match[str], times: dict[int, int]) -> TurnRange:
    speech = match["speech"].rstrip().removesuffix("</v>")
    start = match.start("speech") + len(speech) - len(speech.lstrip())
    end = match.start("speech") + len(speech.rstrip())
    return TurnRange(start, end, " ".join(match[1].split()), times.get(match.start()))


def _sorted_lines(lines: list[str], web: bool) -> Iterator[tuple[str, str, int | None]]:
    """Each line that is kept: as `speech` with its time, as `note`, or as `style`, which is left out."""
    block = "head" if web else ""
    time: int | None = None
    for index, line in enumerate(lines):
        if match := _TIMING.fullmatch(line):
            time, block = milliseconds(match[1]), "cue"
        elif not line.strip():
            block = ""
        elif _is_identifier(lines, index, block):
            continue
        elif web and block in ("", "head") and (kind := _kind_of_block(line, index)):
            block = kind
            yield ("note" if kind == "head" else kind), line, None
        elif block in ("note", "head", "style"):
            yield ("note" if block == "head" else block), line, None
        else:
            yield "speech", line, time


def _is_identifier(lines: list[str], index: int, block: str) -> bool:
    """Tell whether a line is the number or name of the cue whose times come next."""
    following = lines[index + 1] if index + 1 < len(lines) else ""
    line = lines[index].strip()
    is_name = block == "" and " " not in line and any(one.isdigit() for one in line)
    return bool(_TIMING.fullmatch(following)) and (line.isdigit() or is_name)


def _kind_of_block(line: str, index: int) -> str:
    if index == 0:
        return "head"
    if line == "NOTE" or line.startswith(("NOTE ", "NOTE\t")):
        return "note"
    return "style" if line.strip() in ("STYLE", "REGION") else ""


def _write_note(line: str, lines: _Lines) -> None:
    words = re.sub(r"^(?:WEBVTT|NOTE)(?:[ \t]+(?:-[ \t]*)?|$)", "", line)
    if words.strip():
        start = lines.out.begin_block()
        lines.out.write(words)
        lines.notes.append((start, lines.out.length))


def _write_speech(line: str, time: int | None, web: bool, lines: _Lines) -> None:
    """Write what is said in a line; each voice in it begins a line of its own."""
    first, *voiced = _VOICE.split(line) if web else [line]
    pieces = [("", first), *zip(voiced[::2], voiced[1::2], strict=True)]
    for voice, piece in pieces:
        words = _TAG.sub("", piece)
        words = html.unescape(words) if web else words
        words = words.replace("\r", " ").replace("\0", "\ufffd")
        if not words.strip() and len(pieces) > 1:
            continue
        start = lines.out.begin_block()
        label = " ".join(html.unescape(voice).split())
        if label:
            lines.labels[label] = None
            words = f"{label}: {words.lstrip()}"
        lines.out.write(words)
        if time is not None:
            lines.times[start] = time
