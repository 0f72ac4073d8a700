"""Times, dates and numbers as people of the language now spoken write them."""

from __future__ import annotations

import datetime

from qualcoder_lite.i18n import _, language


def clock(when: datetime.datetime) -> str:
    """A time of day: 12.03 in Indonesian, 12:03 in English."""
    return when.strftime("%H.%M" if language() == "id" else "%H:%M")


def day(when: datetime.date) -> str:
    """A date: 13-03-2026 in Indonesian, 13 Mar 2026 in English."""
    return when.strftime("%d-%m-%Y" if language() == "id" else "%d %b %Y")


def iso_day(iso: str | None) -> str:
    """A stored date as people write it; what is not one stays as it is."""
    try:
        return day(datetime.date.fromisoformat(iso or ""))
    except ValueError:
        return iso or ""


def moment(when: datetime.datetime, now: datetime.datetime) -> str:
    """How long ago something was, roughly: today with its time, yesterday, else the date."""
    days = (now.date() - when.date()).days
    if days == 0:
        return _("today {time}").format(time=clock(when))
    return _("yesterday") if days == 1 else day(when.date())


def stamp(milliseconds: int) -> str:
    """A moment of the history: date and time."""
    when = datetime.datetime.fromtimestamp(milliseconds / 1000)
    return f"{day(when.date())} {clock(when)}"
