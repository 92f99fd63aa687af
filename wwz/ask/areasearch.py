"""Find areas by what people type: their name, the name people use, a code, with or without the gemeente."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from wwz.knowledge.placenames import all_names

# How well a text fits, best first: the whole name; words of the name; of the name and the gemeente; somewhere in it.
EXACT, WORDS, WITHIN, INSIDE = range(4)
LEVELS = {"land": 0, "eigen": 1, "gemeente": 2, "wijk": 3, "buurt": 4}
NOT_A_WORD = re.compile(r"[\W_]+")
LONGEST = 80


@dataclass(frozen=True)
class Entry:
    """One area that can be found.

    Attributes
    ----------
    naam, over
        As shown: the name, and what and where it is (wijk in Duinmonde).
    names
        Every name it goes by, as `plain` makes it, with a space before it.
    context
        The names of what it lies in, likewise.
    order
        Among areas that fit equally well: level, most inhabitants, name.
    """

    code: str
    naam: str
    over: str
    names: tuple[str, ...]
    context: str
    order: tuple


class AreaIndex:
    """All areas of a database, ready to be searched.

    Parameters
    ----------
    areas
        As `Store.areas` gives them: code, naam, niveau, gemeentenaam, wijknaam, inwoners.
    """

    def __init__(self, areas: pd.DataFrame) -> None:
        spoken = _spoken_names()
        found = sorted((_entry(row, spoken) for row in areas.itertuples()), key=lambda entry: entry.order)
        self._entries = {entry.code: entry for entry in found}

    def __contains__(self, code: object) -> bool:
        return code in self._entries

    def entry(self, code: str) -> Entry:
        """The area with a code; KeyError when there is none."""
        return self._entries[code]

    def find(self, text: str) -> list[Entry]:
        """All areas that fit a text, the best one first; all areas for an empty text."""
        wanted = plain(text[:LONGEST])
        if not wanted:
            return list(self._entries.values()) if not text.strip() else []
        words = [f" {word}" for word in wanted.split()]
        ranked = [(_fit(entry, wanted, words), entry) for entry in self._entries.values()]
        fits = [(fit, entry) for fit, entry in ranked if fit is not None]
        return [entry for _, entry in sorted(fits, key=lambda pair: (pair[0], pair[1].order))]


def plain(text: str) -> str:
    """Text as it is compared: no capitals, accents, hyphens or apostrophes."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
    return NOT_A_WORD.sub(" ", bare).strip()


def _fit(entry: Entry, wanted: str, words: Sequence[str]) -> tuple[int, int, bool] | None:
    """How well an area fits: kind of fit, level, and whether the name starts otherwise; None if it does not."""
    level = entry.order[0]
    best = None
    for name in entry.names:
        if name[1:] == wanted:
            return (EXACT, level, False)
        if all(word in name for word in words):
            starts = name.startswith(f" {wanted}")
            best = min(filter(None, (best, (WORDS, level, not starts))))
    if best:
        return best
    own = " ".join(entry.names)
    if any(word in own for word in words) and all(word in own or word in entry.context for word in words):
        return (WITHIN, level, False)
    return (INSIDE, level, False) if any(wanted in name for name in entry.names) else None


def _entry(row: Any, spoken: dict[str, list[str]]) -> Entry:
    gemeente = row.gemeentenaam if isinstance(row.gemeentenaam, str) else ""
    wijk = row.wijknaam if isinstance(row.wijknaam, str) else ""
    inside = [name for name in (wijk if row.niveau == "buurt" else "", gemeente) if name]
    if row.niveau not in ("wijk", "buurt"):
        inside = []
    shown = [name for name in dict.fromkeys(inside) if name != row.naam]
    level = {"eigen": "eigen gebied"}.get(row.niveau, row.niveau)
    people = row.inwoners if isinstance(row.inwoners, float | int) and row.inwoners == row.inwoners else 0
    return Entry(
        row.code,
        row.naam,
        f"{level} in {', '.join(shown)}" if shown else level,
        _plain_names([*_called(row), row.code], spoken),
        "".join(_plain_names(inside, spoken)),
        (LEVELS.get(row.niveau, len(LEVELS)), -people, row.naam, row.code),
    )


def _called(row: Any) -> list[str]:
    """As it is shown, and as it is called officially: a wijk with its number."""
    return [name for name in (row.naam, getattr(row, "officieel", None)) if isinstance(name, str)]


def _plain_names(names: Iterable[str], spoken: dict[str, list[str]]) -> tuple[str, ...]:
    known = [plain(name) for name in names]
    known += [other for name in known for other in spoken.get(name, ())]
    return tuple(f" {name}" for name in dict.fromkeys(known) if name)


def _spoken_names() -> dict[str, list[str]]:
    """Plain name of a gemeente, as shown or official → all names it goes by."""
    found: dict[str, list[str]] = {}
    for names in all_names():
        bare = [plain(name) for name in names]
        found |= dict.fromkeys(bare, bare)
    return found
