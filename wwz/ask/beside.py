"""What a map shows in its legend beside the classes: the figure of the gemeente and that of the country."""

from __future__ import annotations

from dataclasses import dataclass

from wwz.ask.area import Area
from wwz.ask.layer import around, national
from wwz.knowledge import catalogue
from wwz.knowledge.bounds import REGEL
from wwz.store import Store, remembered
from wwz.words.numbers import is_known, value_text

COUNTRY = "Nederland"


@dataclass(frozen=True)
class Beside:
    """A figure that a map shows in its legend: whose, how much, and in words with the year if that is another one."""

    kind: str
    waarde: float
    tekst: str


@remembered
def beside(store: Store, area: Area, code: str, jaar: int, maat: str) -> tuple[Beside, ...]:
    """The figure of the gemeente around an area, or else of the area itself, and that of the country.

    Empty for numbers of people, of which a gemeente always has more than its buurten, and for changes.
    """
    indicator = catalogue()[code]
    if indicator.regel in ("som", REGEL) or maat != "aandeel":
        return ()
    larger = [area, *around(store, area)][-1]
    found = []
    rows = larger.figures([code], jaar)
    if len(rows) and is_known(rows["waarde"].iloc[0]):
        value = float(rows["waarde"].iloc[0])
        found.append(Beside("gemeente", value, f"{larger.naam} {value_text(value, indicator)}"))
    country = national(store, [code])
    if len(country) and area.niveau != "land" and is_known(country["waarde"].iloc[0]):
        value, year = float(country["waarde"].iloc[0]), int(country["jaar"].iloc[0])
        when = f" ({year})" if year != jaar else ""
        found.append(Beside("land", value, f"{COUNTRY} {value_text(value, indicator)}{when}"))
    return tuple(found)
