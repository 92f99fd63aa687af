"""Tables that the catalogues of CBS and RIVM have and we do not know yet."""

from __future__ import annotations

from dataclasses import dataclass

from wwz.fetch.catalogue import titled
from wwz.fetch.items import Workplace, rules
from wwz.fetch.plan import table_numbers


@dataclass(frozen=True)
class NewTable:
    """A table in a catalogue."""

    familie: str
    tabel: str
    titel: str
    versie: str


def newer_tables(place: Workplace) -> list[NewTable]:
    """Ask the catalogues for tables titled like those of a family, with a number we do not have.

    Raises
    ------
    Fout
        When a catalogue cannot be reached.
    """
    found = []
    for familie, spec in rules()["familie"].items():
        if "zoek" in spec:
            place.client.progress.say(f"Zijn er nieuwe tabellen: {spec['titel']}?")
            known = set(table_numbers(familie).values())
            found += [
                NewTable(
                    familie, row["Identifier"], str(row["Title"]).strip(), str(row.get("Modified", ""))[:10]
                )
                for row in titled(place, spec["dienst"], spec["zoek"])
                if row["Identifier"] not in known
            ]
    return found
