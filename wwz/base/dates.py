"""Dates as people read them."""

from __future__ import annotations

from datetime import date, datetime

from wwz.base.errors import Fout

MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()


def dutch_date(moment: datetime) -> str:
    """A date in words: 23 november 2026."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def short_day(text: str) -> str:
    """A day or moment (ISO) as the day that people type: 01-03-2027; what is none stays as it was written."""
    return _told(text, "%d-%m-%Y")


def short_moment(text: str) -> str:
    """A moment (ISO) as people write it: 30-11-2026 om 09:05; what is none stays as it was written."""
    return _told(text, "%d-%m-%Y om %H:%M")


def _told(text: str, shape: str) -> str:
    try:
        return datetime.fromisoformat(text).strftime(shape)
    except ValueError:
        return text


def typed_day(text: str) -> str:
    """A day as people type it (1-3-2027, or 2027-03-01) as the calendar writes it (ISO); empty stays empty.

    Raises
    ------
    Fout
        When it is no day.
    """
    if not text.strip():
        return ""
    parts = text.strip().split("-")
    if len(parts) == len("dmj") and len(parts[0]) < len("jjjj"):
        parts = [parts[2], parts[1].zfill(2), parts[0].zfill(2)]
    try:
        return date.fromisoformat("-".join(parts)).isoformat()
    except ValueError as error:
        raise Fout(f"De datum {text[:20]!r} is niet te lezen. Schrijf bijvoorbeeld 1-3-2027.") from error


def dutch_day(text: str) -> str:
    """A day of the calendar (ISO) in words: 1 maart 2027."""
    return dutch_date(datetime.fromisoformat(text))
