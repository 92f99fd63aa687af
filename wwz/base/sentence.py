"""Words on their way into a sentence."""

from __future__ import annotations

from collections.abc import Iterable


def capital(text: str) -> str:
    """A text as it begins a sentence; the other letters stay as they are."""
    return text[:1].upper() + text[1:]


def listed(words: Iterable[str]) -> str:
    """Words as they are named one after the other: 'a, b en c'."""
    *first, last = list(words) or [""]
    return " en ".join(filter(None, (", ".join(first), last)))


def sentences(text: str) -> tuple[str, ...]:
    """A text in its sentences, each with its full stop; a point within a number is no end."""
    return tuple(f"{part.rstrip('.')}." for part in text.split(". ") if part)
