"""Times of a recording in milliseconds; dates and clock times as headers write them in two languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

_STAMP = re.compile(r"(?:(\d{1,2})[:.])?(\d{1,3})[:.](\d{2})(?!\d)(?:[.,-](\d{1,3}))?")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february pebruari feb peb",
            "maret march mar",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agu agt ags aug",
            "september sep sept",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY_MONTH = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?[ \t/-]+(?:of )?{_MONTH}[ \t/,-]*(\d{{4}}|\d{{2}})\b", re.I
)
_MONTH_DAY = re.compile(rf"\b{_MONTH}[ \t]+(\d{{1,2}})(?:st|nd|rd|th)?,?[ \t]+(\d{{4}})\b", re.I)
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NUMERIC = re.compile(
    r"(?<!\d)(\d{1,2})[ ]?[-/.][ ]?(\d{1,2})[ ]?[-/.][ ]?(\d{4}|\d{2})(?!\d|[-/.]\d)"
)  # nothing more behind it: the day in O/01/10-03-2026 is not 01/10-03
_PACKED = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{4})(?!\d)")
_CLOCK = re.compile(r"(?<![\d.:])([01]?\d|2[0-4])[.:]([0-5]\d)(?![.]?\d)[ ]?([ap]\.?m\b)?", re.I)


def milliseconds(stamp: str) -> int | None:
    """The milliseconds of a stamp: h:mm:ss or mm:ss, a fraction after `.`, `,` or `-`; else None."""
    match = _STAMP.search(stamp)
    if match is None:
        return None
    hours, minutes, seconds, fraction = match.groups()
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int((fraction or "0").ljust(3, "0"))


def date_of(header: Mapping[str, str]) -> str | None:
    """The day of a header as an ISO date: of its date, else of a date inside its citation code; else None."""
    for key in ("tanggal", "kode"):
        if key in header and (found := iso_date(header[key])):
            return found
    return None


def time_of(header: Mapping[str, str]) -> str | None:
    """The time at which an interview began, `HH:MM`, by a header; else None."""
    return clock_time(header.get("waktu", "")) or clock_time(header.get("tanggal", ""))


def place_of(header: Mapping[str, str]) -> str | None:
    """The place of a header, whichever of its two words was used; else None."""
    return header.get("tempat") or header.get("lokasi")


def iso_date(words: str) -> str | None:
    """The first day in some words (`Kamis, 12 Maret 2026`, `12-03-2026`, `12/03/26`, `12032026`); else None.

    Numbers alone are day, month, year; two digits of a year stand for 1970 to 2069.
    """
    if match := _DAY_MONTH.search(words):
        return _day(match[3], _MONTHS[match[2].lower()], match[1])
    if match := _MONTH_DAY.search(words):
        return _day(match[3], _MONTHS[match[1].lower()], match[2])
    if match := _ISO.search(words):
        return _day(match[1], match[2], match[3])
    if match := _NUMERIC.search(words) or _PACKED.search(words):
        return _day(match[3], match[2], match[1])
    return None


def clock_time(words: str) -> str | None:
    """The first time of day named in some words (`09.15 - 10.02 WIB`, `9:15 pm`) as `HH:MM`; else None."""
    match = _CLOCK.search(words)
    if match is None:
        return None
    hour = int(match[1])
    half = (match[3] or "").lower()[:1]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour % 24:02}:{match[2]}"


def _day(year: str, month: str | int, day: str) -> str | None:
    full = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 70 else 1900)
    try:
        return date(full, int(month), int(day)).isoformat()
    except ValueError:
        return None
