"""Words of the field, explained where they stand: the same texts as the list Begrippen."""

from __future__ import annotations

import re
from functools import cache
from html import escape

from wwz.knowledge import domain

LESS = "<"
# So common that underlining them everywhere would hide the others.
COMMON = {
    "buurt",
    "wijk",
    "gemeente",
    "voorziening",
    "onbekend",
    "gemeten",
    "deels",
    "voldoet",
    "opgave",
    "beperking",
    "eis",
    "norm",
    "versie",
}


@cache
def _known() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern that finds every term, and the explanation of each in small letters."""
    texts = {term.term.split(" (")[0]: term.uitleg for term in domain.begrippen().values()}
    words = sorted((word for word in texts if word.lower() not in COMMON), key=len, reverse=True)
    # A number that is too small to show has the privacy minimum behind the sign, and config.toml sets that.
    found = [r"<\d+" if word == LESS else re.escape(word) for word in words]
    pattern = rf"(?<![\w<-])({'|'.join(found)})(?:en|s|n)?(?![\w-])"
    return re.compile(pattern, re.IGNORECASE), {word.lower(): text for word, text in texts.items()}


def explained(text: str) -> str:
    """A text as HTML, in which each term has its explanation the first time it occurs."""
    pattern, texts = _known()
    parts, place, seen = [], 0, set()
    for found in pattern.finditer(text):
        word = LESS if found[1].startswith(LESS) else found[1].lower()
        if word in seen:
            continue
        seen.add(word)
        parts.append(
            f'{escape(text[place : found.start()])}<abbr title="{escape(texts[word])}">{escape(found[0])}</abbr>'
        )
        place = found.end()
    return "".join(parts) + escape(text[place:])


def explanation(text: str) -> str:
    """The explanation of the first word in a short label that is a term; empty if there is none."""
    texts = _known()[1]
    return next((texts[word] for word in text.lower().split() if word in texts), "")
