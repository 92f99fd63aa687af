"""Texts made harmless for the program that opens them."""

from __future__ import annotations

FORMULA_STARTS = ("=", "+", "-", "@")
# How we write a workbook: a text stays a text, whatever it looks like.
WORKBOOK = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def clean(text: object) -> str:
    """Without control characters, which no office format may hold."""
    return "".join(letter if letter.isprintable() else " " for letter in str(text)).strip()


def neutral(text: object) -> str:
    """A text that no spreadsheet takes for a formula."""
    shown = clean(text)
    return f"'{shown}" if shown.startswith(FORMULA_STARTS) else shown


def as_written(text: str) -> str:
    """What was written, of a text that `neutral` made harmless."""
    bare = text.removeprefix("'")
    return bare if bare.startswith(FORMULA_STARTS) else text
