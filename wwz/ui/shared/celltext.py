"""What stands in the cell of a table: a value in Dutch, escaped, and the pill that says how it is known."""

from __future__ import annotations

import html
import math
from functools import lru_cache

import numpy as np
import pandas as pd

from wwz.words.numbers import UNKNOWN, dutch, whole_or_half

MISSING = UNKNOWN
# The words a tag can be about; each has its own colours in table.css. Any other tag is grey.
TAG_WORDS = (
    "gepubliceerd",
    "gemeten",
    "geschat",
    "opgegeven",
    "begrensd",
    "aanname",
    "onbekend",
    "hoog",
    "matig",
    "laag",
)


def dutch_text(value: object) -> str:
    """A value as plain Dutch text: ``1.234``, ``0,5``, ``ja``."""
    if isinstance(value, bool | np.bool_):
        return "ja" if value else "nee"
    if isinstance(value, float | np.floating):
        if not math.isfinite(value):
            return MISSING
        return whole_or_half(value)
    if isinstance(value, int | np.integer):
        return dutch(value)
    return str(value)


def shown_text(value: object) -> str:
    """What a cell says: the value in Dutch, or that it is unknown."""
    if type(value) is str:
        return value
    return MISSING if pd.isna(value) else dutch_text(value)


def escaped(value: object) -> str:
    """What a cell says, as HTML."""
    return html.escape(shown_text(value), quote=True)


@lru_cache(maxsize=1000)
def tag_look(text: str) -> str:
    """The known word in a tag (``gepubliceerd 2020`` → ``gepubliceerd``), or ``anders``."""
    return next((word for word in text.lower().split() if word in TAG_WORDS), "anders")


def pill(text: str, place: str = "") -> str:
    """A small label, as HTML; empty without a text. `place`: more classes."""
    return f'<span class="wwz-tag wwz-tag-{tag_look(text)} {place}">{escaped(text)}</span>' if text else ""
