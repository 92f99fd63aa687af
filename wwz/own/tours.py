"""A rondleiding: screens in an order, each with a title and a note, kept under a name and shared by a link.

What a stop shows is the link of a screen, nothing more: whoever may not see something there, does not see it here.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from wwz.base import permission
from wwz.base.errors import Fout
from wwz.own.ledger import Change, Entry, Field, Kind, Shelf

LONGEST_NAME, LONGEST_TITLE, LONGEST_NOTE, LONGEST_LINK = 80, 90, 400, 8000
MOST_TOURS, MOST_STOPS = 200, 40
CODE = re.compile(r"r-[0-9a-f]{8}", re.ASCII)
GONE = "Deze rondleiding is er niet meer. Kies een andere, of maak een nieuwe."
TOUR = Kind("rondleiding", "rondleiding", ("code",), {"naam": Field(langst=LONGEST_NAME)})
STOP = Kind(
    "stop",
    "stop van een rondleiding",
    ("code", "stop"),
    {
        "scherm": Field(langst=40),
        "link": Field(langst=LONGEST_LINK),
        "titel": Field(langst=LONGEST_TITLE),
        "notitie": Field(langst=LONGEST_NOTE),
        "plek": Field(int),
    },
)
SHELF = Shelf(TOUR, "rondleidingen")
STOPS = Shelf(STOP, "stops van rondleidingen")


@dataclass(frozen=True)
class Stop:
    """One screen.

    Attributes
    ----------
    scherm, link
        The name of the screen, and what is on it as the query of a link.
    titel, notitie
        What the room reads; the note may be empty.
    id, plek, versie
        Its key, its place among the others (smallest first), and the version that somebody saw.
    """

    scherm: str
    link: str
    titel: str
    notitie: str = ""
    id: str = ""
    plek: int = 0
    versie: int = 0


@dataclass(frozen=True)
class Tour:
    """A rondleiding with its stops in order; `versie` of its name."""

    code: str
    naam: str
    stops: tuple[Stop, ...]
    versie: int


def is_code(text: str) -> bool:
    """Whether it can be the code of a rondleiding."""
    return bool(CODE.fullmatch(text))


def kept(database: Path) -> list[Tour]:
    """All rondleidingen, by name."""
    stops: dict[str, list[Entry]] = {}
    for entry in STOPS.state(database):
        stops.setdefault(entry.sleutel[0], []).append(entry)
    found = [_tour(entry, stops.get(entry.sleutel[0], [])) for entry in SHELF.state(database)]
    return sorted(found, key=lambda tour: (tour.naam.casefold(), tour.code))


def names(database: Path) -> dict[str, str]:
    """Code → name of all rondleidingen, by name."""
    found = [(entry.sleutel[0], (entry.werd or {})["naam"]) for entry in SHELF.state(database)]
    return dict(sorted(found, key=lambda one: (one[1].casefold(), one[0])))


def find(database: Path, code: str) -> Tour | None:
    """One of them; None when there is none."""
    there = SHELF.state(database) if is_code(code) else []
    entry = next((entry for entry in there if entry.sleutel == (code,)), None)
    return _tour(entry, _of(database, code)) if entry else None


def begin(database: Path, naam: str, first: Stop, wie: str = "") -> str:
    """Make a rondleiding of one stop; gives its code.

    Raises
    ------
    Fout
        With everything that is wrong with it, or when it may not be done.
    """
    who = permission.need("rondleiding")
    code, naam = f"r-{secrets.token_hex(4)}", naam.strip()

    def make(there: list[Entry]) -> list[Change]:
        names = [entry.werd["naam"] for entry in there if entry.werd]
        _refuse({
            **_wrong_name(naam, names),
            **_wrong_stop(first),
            f"Er zijn al {MOST_TOURS} rondleidingen. Verwijder er eerst een.": len(names) >= MOST_TOURS,
        })  # fmt: skip
        return [Change(TOUR, (code,), {"naam": naam}), _change(code, _new_id(), first, 1)]

    SHELF.book(database).revise(TOUR, make, wie or who.naam)
    return code


def rename(database: Path, tour: Tour, naam: str, wie: str = "") -> None:
    """Give it another name.

    Raises
    ------
    Botsing
        When somebody else renamed it since.
    Fout
        When the name cannot be, or it may not be done.
    """
    who, naam = permission.need("rondleiding"), naam.strip()
    _refuse(_wrong_name(naam, [name for code, name in names(database).items() if code != tour.code]))
    change = Change(TOUR, (tour.code,), {"naam": naam}, versie=tour.versie)
    SHELF.book(database).add([change], wie or who.naam)


def remove(database: Path, code: str, wie: str = "") -> None:
    """Take it away with its stops; a link to it then says that it is gone."""
    who = permission.need("rondleiding")

    def gone(there: list[Entry]) -> list[Change]:
        if not any(entry.sleutel == (code,) for entry in there):
            raise Fout(GONE)
        return [Change(TOUR, (code,), None), *(Change(STOP, e.sleutel, None) for e in _of(database, code))]

    SHELF.book(database).revise(TOUR, gone, wie or who.naam, "Verwijderd")


def add_stop(database: Path, code: str, stop: Stop, wie: str = "") -> None:
    """Put a screen at the end.

    Raises
    ------
    Fout
        When the stop cannot be, there are too many, the rondleiding is gone, or it may not be done.
    """

    def add(there: list[Entry]) -> list[Change]:
        tour = find(database, code)
        if tour is None:
            raise Fout(GONE)
        full = f"Een rondleiding kan hooguit {MOST_STOPS} stops hebben. Haal er eerst een weg."
        _refuse({**_wrong_stop(stop), full: len(there) >= MOST_STOPS})
        last = max((entry.werd["plek"] for entry in there if entry.werd), default=0)
        return [_change(code, _new_id(), stop, last + 1)]

    _revise(database, code, add, wie)


def change_stop(database: Path, code: str, stop: Stop, wie: str = "") -> None:
    """Keep another title or note of a stop (`stop`: as it was seen, with the new words).

    Raises
    ------
    Botsing
        When somebody else changed it since.
    Fout
        When it cannot be kept.
    """
    who = permission.need("rondleiding")
    _refuse(_wrong_stop(stop))
    change = _change(code, stop.id, stop, stop.plek, versie=stop.versie)
    STOPS.book(database).add([change], wie or who.naam)


def move_stop(database: Path, code: str, stop_id: str, step: int, wie: str = "") -> None:
    """Change places with the stop before (-1) or after (1) it; at either end nothing happens."""

    def swap(there: list[Entry]) -> list[Change]:
        stops = _in_order(there)
        at = next((number for number, stop in enumerate(stops) if stop.id == stop_id), -1)
        if at < 0 or not 0 <= at + step < len(stops):
            return []
        one, other = stops[at], stops[at + step]
        return [_change(code, one.id, one, other.plek), _change(code, other.id, other, one.plek)]

    _revise(database, code, swap, wie)


def remove_stop(database: Path, code: str, stop_id: str, wie: str = "") -> None:
    """Take a stop away."""
    _revise(
        database,
        code,
        lambda there: [Change(STOP, e.sleutel, None) for e in there if e.sleutel[1] == stop_id],
        wie,
    )


def _revise(database: Path, code: str, make: Callable[[list[Entry]], Iterable[Change]], wie: str) -> None:
    """Change the stops of one rondleiding, while nobody else does."""
    who = permission.need("rondleiding")

    def mine(there: list[Entry]) -> list[Change]:
        return list(make([entry for entry in there if entry.sleutel[0] == code and entry.werd]))

    STOPS.book(database).revise(STOP, mine, wie or who.naam)


def _of(database: Path, code: str) -> list[Entry]:
    return [entry for entry in STOPS.state(database) if entry.sleutel[0] == code]


def _tour(entry: Entry, stops: list[Entry]) -> Tour:
    return Tour(entry.sleutel[0], (entry.werd or {})["naam"], tuple(_in_order(stops)), entry.versie)


def _in_order(entries: Iterable[Entry]) -> list[Stop]:
    return sorted(map(_stop, entries), key=lambda stop: (stop.plek, stop.id))


def _stop(entry: Entry) -> Stop:
    said = entry.werd or {}
    words = (said["scherm"], said["link"], said["titel"], said["notitie"])
    return Stop(*words, id=entry.sleutel[1], plek=said["plek"], versie=entry.versie)


def _change(code: str, stop_id: str, stop: Stop, plek: int, versie: int | None = None) -> Change:
    content = {
        "scherm": stop.scherm, "link": stop.link, "titel": stop.titel.strip(), "notitie": stop.notitie.strip(), "plek": plek,
    }  # fmt: skip
    return Change(STOP, (code, stop_id), content, versie=versie)


def _new_id() -> str:
    return secrets.token_hex(4)


def _wrong_name(naam: str, others: Iterable[str]) -> dict[str, bool]:
    return {
        "Geef de rondleiding een naam.": not naam,
        f"De naam is te lang: schrijf hooguit {LONGEST_NAME} tekens.": len(naam) > LONGEST_NAME,
        f"Er is al een rondleiding met de naam {naam}. Kies een andere naam.": naam in others,
    }


def _wrong_stop(stop: Stop) -> dict[str, bool]:
    return {
        "Geef de stop een titel.": not stop.titel.strip(),
        f"De titel is te lang: schrijf hooguit {LONGEST_TITLE} tekens.": len(stop.titel.strip()) > LONGEST_TITLE,
        f"De notitie is te lang: schrijf hooguit {LONGEST_NOTE} tekens.": len(stop.notitie.strip()) > LONGEST_NOTE,
    }  # fmt: skip


def _refuse(wrong: dict[str, bool]) -> None:
    if told := [sentence for sentence, is_wrong in wrong.items() if is_wrong]:
        raise Fout(*told)
