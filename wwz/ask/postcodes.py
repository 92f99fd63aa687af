"""Find areas by a postcode: the buurten it lies in, and what share of it lies in each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wwz.store import Store
from wwz.words.numbers import dutch

SHAPE = re.compile(r"\s*(\d{4})\s?([a-z]{0,2})\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """What is known of a postcode.

    Attributes
    ----------
    postcode
        As people write it: 2525 AB, or 2525.
    buurten
        Code of each buurt in the data → what part of the postcode lies there, in words; empty where all of it does.
    zin
        Why there are none; empty when there are.
    """

    postcode: str
    buurten: dict[str, str]
    zin: str = ""


def postcode_in(text: str) -> str:
    """The postcode that a text is, as it stands in the data (2525AB, 2525); empty when it is something else."""
    found = SHAPE.fullmatch(text)
    return found[1] + found[2].upper() if found else ""


def find_postcode(store: Store, postcode: str) -> Found:
    """Where a postcode lies, most of it first. `postcode` as `postcode_in` gives it."""
    written = f"{postcode[:4]} {postcode[4:]}".strip()
    rows = store.ask("zoek_postcode", postcode=postcode)
    here = rows[rows["bekend"].astype(bool)]
    if len(here):
        alone = len(rows) == 1
        return Found(
            written,
            {row.code: "" if alone else f"{_share(row.deel)} van {written}" for row in here.itertuples()},
        )
    if len(rows):
        return Found(written, {}, f"Postcode {written} ligt buiten de gebieden die hier zijn ingelezen.")
    if not store.ask("heeft_postcodes")["er_zijn"].iloc[0]:
        return Found(
            written,
            {},
            "Op postcode is hier nog niet te zoeken: de tabel van het CBS met postcodes is niet ingelezen.",
        )
    return Found(written, {}, f"Postcode {written} bestaat niet in deze gegevens.")


def _share(part: float) -> str:
    return "minder dan 1%" if part < 0.01 else f"{dutch(100 * part)}%"
