"""Dates as people read them."""

from __future__ import annotations

from datetime import datetime

MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()


def dutch_date(moment: datetime) -> str:
    """A date in words: 23 november 2026."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def dutch_day(text: str) -> str:
    """A day of the calendar (ISO) in words: 1 maart 2027."""
    return dutch_date(datetime.fromisoformat(text))
