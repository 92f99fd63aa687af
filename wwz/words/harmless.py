"""Texts made harmless for the program that opens them."""

from __future__ import annotations

FORMULA_STARTS = ("=", "+", "-", "@")


def clean(text: object) -> str:
    """Without control characters, which no office format may hold."""
    return "".join(letter if letter.isprintable() else " " for letter in str(text)).strip()


def neutral(text: object) -> str:
    """A text that no spreadsheet takes for a formula."""
    shown = clean(text)
    return f"'{shown}" if shown.startswith(FORMULA_STARTS) else shown
