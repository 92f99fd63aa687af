"""Names of areas as people say them."""

from __future__ import annotations

import re

WIJK_NUMBER = re.compile(r"^Wijk \d{2} (?=[^(])")


def short_name(naam: str) -> str:
    """The name without the number that CBS puts before some wijken (Wijk 01 West → West)."""
    return WIJK_NUMBER.sub("", naam)
