"""The codes of areas. Since 2022 a wijk or buurt may have letters in it (BU0363AA01)."""

from __future__ import annotations

import re

PATTERN = r"(NL\d{2}|GM\d{4}|WK\d{4}[0-9A-Z]{2}|BU\d{4}[0-9A-Z]{4})"
CODE = re.compile(PATTERN, re.ASCII)
# An area of one's own: with a number from config.toml, with a letter from the ledger; the version may be told.
OWN = re.compile(r"EG[0-9]{4}|EG[A-Z][0-9]{3}(@[1-9][0-9]{0,6})?", re.ASCII)
KEPT = re.compile(r"(EG[A-Z][0-9]{3})(?:@([1-9][0-9]{0,6}))?", re.ASCII)
COUNTRY = "NL00"
# How people write the country where a code is asked.
COUNTRY_WORDS = frozenset({"nl", "nl00", "land", "nederland"})
# What an area can be divided into, from small to large.
DIVISIONS = ("buurt", "wijk", "gemeente")
LEVELS = {"BU": "buurt", "WK": "wijk", "GM": "gemeente", "NL": "land"}


def plural(level: str, number: int = 2) -> str:
    """The word for so many areas of a level: 1 buurt, 2 buurten, 3 gemeenten."""
    return level if number == 1 else {"gemeente": "gemeenten"}.get(level, f"{level}en")


def is_code(text: str) -> bool:
    """Whether the text is the code of a buurt, wijk, gemeente or the country."""
    return bool(CODE.fullmatch(text))


def as_code(text: str) -> str:
    """What was typed or linked as the code of an area, in the way the data write it; the country has several names."""
    return COUNTRY if text.strip().casefold() in COUNTRY_WORDS else text.strip()


def is_buurt(text: str) -> bool:
    """Whether the text is the code of a buurt."""
    return is_code(text) and text.startswith("BU")


def is_part(text: str) -> bool:
    """Whether the text is the code of a buurt or wijk: what an own area can be made of."""
    return is_code(text) and text[:2] in ("BU", "WK")


def is_own(text: str) -> bool:
    """Whether the text is the code of an area of one's own, from config.toml or from the ledger."""
    return bool(OWN.fullmatch(text))


def kept_code(text: str) -> tuple[str, int | None] | None:
    """Code and version (None: the last) of an area that is kept in the ledger; None when the text is no such code."""
    found = KEPT.fullmatch(text)
    return (found[1], int(found[2]) if found[2] else None) if found else None
