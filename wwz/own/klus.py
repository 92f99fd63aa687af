"""Who takes up a job of the wijkagenda, and by when: an entry of the ledger per area, kind of job and randvoorwaarde."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wwz.base import permission
from wwz.base.dates import typed_day
from wwz.base.errors import Fout
from wwz.own.ledger import Change, Field, Kind, Shelf

LONGEST = 100
KIND = Kind(
    "klus",
    "klus uit de wijkagenda",
    ("gebied", "soort", "randvoorwaarde"),
    {
        "eigenaar": Field(langst=LONGEST, verplicht=False),
        "datum": Field(langst=10, verplicht=False),
        "klaar": Field(bool, verplicht=False),
    },
)
SHELF = Shelf(KIND, "klussen uit de wijkagenda")


@dataclass(frozen=True)
class Klus:
    """What is agreed on one job.

    Attributes
    ----------
    eigenaar, datum, klaar
        Who does it (may be empty), the day (ISO; may be empty), and whether it is done.
    versie
        Which version of it somebody saw; 0: nothing was agreed yet.
    """

    eigenaar: str = ""
    datum: str = ""
    klaar: bool = False
    versie: int = 0


def of_area(database: Path, gebied: str) -> dict[tuple[str, str], Klus]:
    """What is agreed in one area, by kind of job and randvoorwaarde.

    Raises
    ------
    Fout
        When it cannot be read.
    """
    return {
        (entry.sleutel[1], entry.sleutel[2]): Klus(
            entry.werd.get("eigenaar") or "",
            entry.werd.get("datum") or "",
            bool(entry.werd.get("klaar")),
            entry.versie,
        )
        for entry in SHELF.state(database)
        if entry.werd and entry.sleutel[0] == gebied
    }


def of_link(database: Path, link: Sequence[str]) -> dict[tuple[str, str], Klus]:
    """The same of the area worked in (`link`: what it is made of); where several are added up, nothing is agreed."""
    return of_area(database, link[0]) if len(link) == 1 else {}


def checked(eigenaar: str, datum: date | str | None, klaar: bool = False, versie: int = 0) -> Klus:
    """What somebody filled in.

    Parameters
    ----------
    datum
        A day, or its text (1-3-2027 or 2027-03-01); may be empty.

    Raises
    ------
    Fout
        With a sentence for everything that is wrong.
    """
    wrong, day = [], ""
    if len(eigenaar.strip()) > LONGEST:
        wrong.append(f"De naam is te lang: schrijf hooguit {LONGEST} tekens.")
    try:
        day = typed_day(str(datum or ""))
    except Fout as fout:
        wrong += fout.zinnen
    if wrong:
        raise Fout(*wrong)
    return Klus(eigenaar.strip(), day, klaar, versie)


def keep(database: Path, gebied: str, soort: str, randvoorwaarde: str, klus: Klus, wie: str = "") -> None:
    """Write down what is agreed.

    Raises
    ------
    Botsing
        When somebody else changed it since the version of `klus`.
    Fout
        When it may not be done, or cannot be kept.
    """
    permission.need("klus")
    content = {"eigenaar": klus.eigenaar, "datum": klus.datum, "klaar": klus.klaar}
    change = Change(KIND, (gebied, soort, randvoorwaarde), content, versie=klus.versie)
    SHELF.book(database).add([change], wie)
