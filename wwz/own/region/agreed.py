"""Scenarios of a verdeling that were kept, and what was agreed for every gemeente and year."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from wwz.base import permission
from wwz.base.errors import Fout
from wwz.own.ledger import Change, Entry, Field, Kind, Shelf

LONGEST, MOST, MOST_COMPARED = 80, 300, 3
SCENARIO = Kind(
    "regioscenario",
    "scenario van een verdeling",
    ("id",),
    {
        "naam": Field(langst=LONGEST),
        "gemeenten": Field(list, langst=60),
        "groep": Field(langst=40),
        "hoe": Field(langst=20),
        "jaar": Field(int),
        "sleutel": Field(langst=20),
        "gewichten": Field(langst=200),
        "grens": Field(int),
        "jaren": Field(int),
    },
)
KIND = Kind(
    "regioafspraak",
    "afgesproken aantal van een gemeente",
    ("groep", "gemeente", "jaar"),
    {"aantal": Field(int), "besluit": Field(langst=200)},
)
SCENARIOS = Shelf(SCENARIO, "scenario's van een verdeling")
SHELF = Shelf(KIND, "afgesproken aantallen")


@dataclass(frozen=True)
class Scenario:
    """A verdeling under a name: what was chosen; the outcome is worked out again from the numbers of now.

    Attributes
    ----------
    gemeenten
        Those of the region when it was kept.
    hoe, jaar
        Which numbers: opgegeven, geschat or fictief, and of which year.
    gewichten
        Of a mix: (key, per cent).
    grens, jaren
        By how many people a gemeente changes in a year at most, and in how many years.
    """

    id: str
    naam: str
    gemeenten: tuple[str, ...]
    groep: str
    hoe: str
    jaar: int
    sleutel: str
    gewichten: tuple[tuple[str, int], ...]
    grens: int
    jaren: int
    wie: str = ""
    wanneer: str = ""


def scenarios(database: Path, gemeenten: Sequence[str] = (), groep: str = "") -> list[Scenario]:
    """Kept scenarios, the newest first; of one group, and of a region that shares gemeenten with these."""
    found = [_scenario(entry) for entry in reversed(SCENARIOS.state(database))]
    return [
        s
        for s in found
        if groep in ("", s.groep) and (not gemeenten or len(set(gemeenten) & set(s.gemeenten)) > 1)
    ]


def _scenario(entry: Entry) -> Scenario:
    said = dict(entry.werd or {})
    pairs = [part.split("=") for part in said.pop("gewichten").split(",") if part]
    said["gemeenten"] = tuple(said["gemeenten"])
    weights = tuple((key, int(weight)) for key, weight in pairs)
    return Scenario(entry.sleutel[0], **said, gewichten=weights, wie=entry.wie, wanneer=entry.wanneer[:10])


def keep(database: Path, scenario: Scenario, wie: str, *, gezien: int | None = None) -> str:
    """Keep a scenario under its name; one of this group with that name is replaced. Gives its id.

    Parameters
    ----------
    gezien
        As in `Ledger.add`.

    Raises
    ------
    Botsing
        When somebody else kept another scenario under that name since.
    Fout
        Without a name; when there are too many; when it may not be done.
    """
    permission.need("regio")
    name = " ".join(scenario.naam.split())[:LONGEST]
    if not name:
        raise Fout("Geef het scenario een naam.")
    there = scenarios(database)
    same = [s.id for s in there if s.naam.casefold() == name.casefold() and s.groep == scenario.groep]
    if not same and len(there) >= MOST:
        raise Fout(f"Er zijn al {MOST} scenario's. Haal er eerst een weg.")
    code = same[0] if same else f"v-{secrets.token_hex(4)}"
    said = {field: getattr(scenario, field) for field in SCENARIO.velden}
    said |= {
        "naam": name, "gemeenten": list(scenario.gemeenten),
        "gewichten": ",".join(f"{key}={weight}" for key, weight in scenario.gewichten),
    }  # fmt: skip
    SCENARIOS.book(database).add([Change(SCENARIO, (code,), said)], wie, gezien=gezien)
    return code


def remove(database: Path, code: str, wie: str, *, gezien: int | None = None) -> None:
    """Take a scenario away, unless somebody else changed it since (`gezien`, as in `Ledger.add`)."""
    permission.need("regio")
    SCENARIOS.book(database).add([Change(SCENARIO, (code,), None)], wie, "Weggehaald", gezien=gezien)


def agreements(database: Path, groep: str) -> dict[tuple[str, int], int]:
    """What was agreed: gemeente and year → people."""
    return {
        (entry.sleutel[1], int(entry.sleutel[2])): (entry.werd or {})["aantal"]
        for entry in SHELF.state(database)
        if entry.sleutel[0] == groep
    }


def agree(
    database: Path,
    groep: str,
    numbers: Mapping[tuple[str, int], int],
    besluit: str,
    wie: str,
    *,
    gezien: int | None = None,
) -> int:
    """Write down what every gemeente has in a year, as was decided; gives how many numbers.

    Parameters
    ----------
    gezien
        As in `Ledger.add`.

    Raises
    ------
    Botsing
        When somebody else wrote another number down since.
    Fout
        Without a decision, or with a number below zero; when it may not be done.
    """
    permission.need("regio")
    if not besluit.strip():
        raise Fout("Schrijf op waar dit is besloten, bijvoorbeeld: regionale tafel, 12 mei 2026.")
    if not numbers or any(people < 0 for people in numbers.values()):
        raise Fout("Geef voor iedere gemeente en ieder jaar een aantal van nul of meer.")
    changes = [
        Change(KIND, (groep, gemeente, str(jaar)), {"aantal": people, "besluit": besluit.strip()[:200]})
        for (gemeente, jaar), people in numbers.items()
    ]
    SHELF.book(database).add(changes, wie, besluit, gezien=gezien)
    return len(changes)
