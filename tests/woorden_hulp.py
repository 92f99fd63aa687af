"""One word for one thing: what never stands on a screen or in a file, and how to find it."""

from __future__ import annotations

import re

# Codes and abbreviations of doelgroepen; a second word for a randvoorwaarde or for dementia; a thousand without its point;
# and the official name of a town that people call otherwise.
NEVER = re.compile(
    r"(?<![\w-])(LG|ZG|LVB|MVB|PG|ouderen[ -][1-4][abc]?|dg_\w+|voorwaarden?|geheugen(?:problemen|verlies|stoornis\w*)|"
    r"\d{4,} ?(?:meter|m)|'s-Gravenhage|'s-Hertogenbosch)(?![\w-])",
    re.IGNORECASE,
)


def one_name(text: str) -> list[str]:
    """What should not be in the text, each with the words around it."""
    return [text[max(0, found.start() - 30) : found.end() + 30] for found in NEVER.finditer(text)]
