"""Tables that the catalogues of CBS and RIVM have and we do not know yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wwz.errors import Fout
from wwz.fetch.items import Workplace, rules
from wwz.fetch.odata3 import JSON
from wwz.fetch.plan import table_numbers
from wwz.fetch.trouble import Onbruikbaar

CATALOGUES = ("cbs", "rivm")
FEED, CATALOGUE = "/ODataFeed", "/ODataCatalog/Tables"


@dataclass(frozen=True)
class NewTable:
    """A table in a catalogue."""

    familie: str
    tabel: str
    titel: str
    versie: str


def newer_tables(place: Workplace) -> list[NewTable]:
    """Ask the catalogues for tables with the title of a family and a number we do not have.

    Raises
    ------
    Fout
        When a catalogue cannot be reached.
    """
    found = []
    for familie, spec in rules()["familie"].items():
        if spec["dienst"] in CATALOGUES:
            known = set(table_numbers(familie).values())
            rows = _catalogue(place, spec["dienst"], spec["titel"])
            found += [
                NewTable(
                    familie, row["Identifier"], str(row["Title"]).strip(), str(row.get("Modified", ""))[:10]
                )
                for row in rows
                if row["Identifier"] not in known
            ]
    return found


def _catalogue(place: Workplace, dienst: str, title: str) -> list[dict[str, Any]]:
    base = place.address(dienst)
    if FEED not in base:
        raise Fout(
            f"Bij {base} is de lijst van tabellen niet te vinden. Controleer [bronnen] in config.toml."
        )
    place.client.progress.say(f"Zijn er nieuwe tabellen: {title}?")
    question = {**JSON, "$filter": f"substringof('{title}',Title)", "$select": "Identifier,Title,Modified"}
    return place.client.get(base.split(FEED)[0] + CATALOGUE, question, _check).body["value"]


def _check(body: Any) -> None:
    rows = body.get("value") if isinstance(body, dict) else None
    if not isinstance(rows, list) or not all(
        isinstance(r, dict) and {"Identifier", "Title"} <= r.keys() for r in rows
    ):
        raise Onbruikbaar("stuurde geen lijst van tabellen")
