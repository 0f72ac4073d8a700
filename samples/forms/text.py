"""Transcripts as plain texts and subtitles."""

from __future__ import annotations

from itertools import pairwise

from forms.master import Master, words


def text_file(master: Master, separator: str, stamps: bool = False) -> list[str]:
    """The lines of a plain transcript, with times `[00:12:31]` before the labels where asked."""
    lines = [*master.titles, *(f"{key:<14} : {value}" for key, value in master.header), ""]
    for (label, speech), (start, _) in zip(master.turns(), times(master), strict=True):
        lines.append(f"{f'[{clock(start)}] ' if stamps else ''}{label}{separator}{speech}")
    return lines


def kasi_text(master: Master) -> bytes:
    """UTF-8, a time before each label."""
    return ("\n".join(text_file(master, ": ", stamps=True)) + "\n").encode()


def staff_text(master: Master) -> bytes:
    """As an old Windows editor saves it: cp1252 with curly quotes, CR LF."""
    return ("\r\n".join(text_file(master, ": ")) + "\r\n").encode("cp1252")


def trader_text(master: Master) -> bytes:
    """UTF-8, the initials T and J."""
    return ("\n".join(text_file(master, " : ")) + "\n").encode()


def subtitles(master: Master) -> bytes:
    """WebVTT: notice and header in a NOTE, each turn one cue with a voice."""
    name = master.value("Nama").removesuffix(" (samaran)")
    note = ["NOTE", *master.titles, *(f"{key} : {value}" for key, value in master.header)]
    blocks = ["WEBVTT", "\n".join(note)]
    cues = zip(master.turns(), times(master), strict=True)
    for number, ((label, speech), (start, end)) in enumerate(cues, 1):
        voice = name if label == "I" else master.value("Pewawancara")
        blocks.append(f"{number}\n{clock(start)}.000 --> {clock(end)}.000\n<v {voice}>{speech}</v>")
    return ("\n\n".join(blocks) + "\n").encode()


def times(master: Master) -> list[tuple[int, int]]:
    """Start and end of every turn in seconds: the interview's minutes shared out by words."""
    counts = [words(speech) + 4 for _, speech in master.turns()]
    whole = int(dict(master.header).get("Durasi", "1 menit").split()[0]) * 60 - 10
    starts = [5 + whole * sum(counts[:index]) // sum(counts) for index in range(len(counts) + 1)]
    return [(start, max(start + 1, after - 1)) for start, after in pairwise(starts)]


def clock(seconds: int) -> str:
    """`00:12:31`."""
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
