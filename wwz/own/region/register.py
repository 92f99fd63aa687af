"""The register of definitions: what each group means here, and which gemeente agreed to that, and when.

A definition has a mark that changes with its words. An agreement and a number name the mark they are about, so that what was
agreed or counted before a change is about another definition, by itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wwz.base import permission
from wwz.base.codes import is_code
from wwz.base.dates import short_day
from wwz.base.errors import Fout
from wwz.knowledge.regions import Groep, groepen
from wwz.own.ledger import Change, Entry, Field, Kind, Shelf
from wwz.words.numbers import dutch

LONGEST = 1000
KIND = Kind(
    "regiodefinitie",
    "definitie van een aandachtsgroep",
    ("groep",),
    {"definitie": Field(langst=LONGEST), "peildag": Field(langst=5), "bron": Field(langst=400)},
)
AGREED = Kind(
    "regioakkoord",
    "akkoord van een gemeente met een definitie",
    ("groep", "gemeente"),
    {"kenmerk": Field(langst=40), "datum": Field(langst=10), "namens": Field(langst=200)},
)
SHELF = Shelf(KIND, "definities")
AGREEMENTS = Shelf(AGREED, "akkoorden")


@dataclass(frozen=True)
class Definitie:
    """What a group means in this region.

    Attributes
    ----------
    peildag
        Month-day of the measuring date: 01-01.
    vastgesteld
        Whether somebody settled it; else it is our proposal.
    wie, wanneer
        Who settled it (ISO day); empty for a proposal.
    """

    groep: str
    definitie: str
    peildag: str
    bron: str
    vastgesteld: bool = False
    wie: str = ""
    wanneer: str = ""

    @property
    def kenmerk(self) -> str:
        """Tells these words apart from all others: what a number and an agreement are about."""
        words = "\n".join((self.groep, self.definitie, self.peildag))
        return f"{self.groep}-{hashlib.sha256(words.encode()).hexdigest()[:6]}"


@dataclass(frozen=True)
class Akkoord:
    """A gemeente agreed to a definition (its mark), on a day (ISO), in the name of somebody."""

    groep: str
    gemeente: str
    kenmerk: str
    datum: str
    namens: str


def definities(database: Path) -> dict[str, Definitie]:
    """What every group means now; our proposal where nothing was settled."""
    settled = {entry.sleutel[0]: entry for entry in SHELF.state(database)}
    return {
        code: _definition(settled[code]) if code in settled else _proposal(group)
        for code, group in groepen().items()
    }


def _proposal(group: Groep) -> Definitie:
    return Definitie(group.code, group.definitie, group.peildag, group.opvragen)


def _definition(entry: Entry) -> Definitie:
    return Definitie(
        *entry.sleutel, **(entry.werd or {}), vastgesteld=True, wie=entry.wie, wanneer=entry.wanneer[:10]
    )


def settle(
    database: Path,
    groep: str,
    definitie: str,
    peildag: str,
    bron: str,
    wie: str,
    waarom: str = "",
    *,
    gezien: int | None = None,
) -> Definitie:
    """Settle what a group means; who agreed to other words has to agree again.

    Parameters
    ----------
    gezien
        As in `Ledger.add`.

    Raises
    ------
    Botsing
        When somebody else settled other words since.
    Fout
        With everything that is wrong with it; when it may not be done.
    """
    permission.need("regiodefinitie")
    known_group(groep)
    new = Definitie(groep, " ".join(definitie.split()), peildag.strip(), " ".join(bron.split()))
    wrong = {
        "Schrijf op wie er meetellen.": not new.definitie,
        "Schrijf op waar het aantal vandaan komt.": not new.bron,
        "De peildag is een dag en maand, zoals 01-01 (maand-dag).": not _is_day(new.peildag),
        f"De definitie is te lang (hooguit {dutch(LONGEST)} tekens).": len(new.definitie) > LONGEST,
    }
    if any(wrong.values()):
        raise Fout(*[text for text, is_wrong in wrong.items() if is_wrong])
    said = {name: getattr(new, name) for name in KIND.velden}
    SHELF.book(database).add([Change(KIND, (groep,), said)], wie, waarom, gezien=gezien)
    return definities(database)[groep]


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(f"2024-{text}").strftime("%m-%d") == text
    except ValueError:
        return False


def known_group(code: str) -> Groep:
    """A group by its code.

    Raises
    ------
    Fout
        When there is no such group; the sentence names them all.
    """
    found = groepen().get(code)
    if found is None:
        raise Fout(f"{code!r} is geen groep. Kies uit: {', '.join(groepen())}.")
    return found


def akkoorden(database: Path) -> list[Akkoord]:
    """Every agreement that stands, also to words that were changed since."""
    return [Akkoord(*entry.sleutel, **(entry.werd or {})) for entry in AGREEMENTS.state(database)]


def agree(
    database: Path,
    groep: str,
    gemeenten: Sequence[str],
    datum: str,
    namens: str,
    wie: str,
    *,
    gezien: int | None = None,
) -> int:
    """Write down that gemeenten agreed to a definition as it is now; gives how many.

    Parameters
    ----------
    gezien
        As in `Ledger.add`: what they agreed to must be what was on screen.

    Raises
    ------
    Botsing
        When somebody else wrote another agreement of the same gemeente down since.
    Fout
        When somebody else settled other words since; when it is no group, gemeente or day, or it may not be done.
    """
    permission.need("regio")
    known_group(groep)
    _check_gemeenten(gemeenten)
    definition = definities(database)[groep]
    if not definition.vastgesteld:
        raise Fout("Stel de definitie eerst vast. Daarna kunnen de gemeenten ermee akkoord gaan.")
    if gezien is not None and _settled_after(database, groep, gezien):
        raise Fout(
            f"{definition.wie} wijzigde de definitie op {short_day(definition.wanneer)} ook. Er is geen akkoord bewaard: lees haar, en bewaar het "
            "akkoord dan opnieuw."
        )
    try:
        day = date.fromisoformat(datum)
    except ValueError:
        raise Fout(f"{datum!r} is geen datum. Schrijf hem als 2026-05-12.") from None
    if day > date.today():
        raise Fout("De datum van het akkoord ligt in de toekomst. Vul de dag in waarop het is gegeven.")
    said = {"kenmerk": definition.kenmerk, "datum": datum, "namens": namens.strip()[:200] or "de gemeente"}
    changes = [Change(AGREED, (groep, code), said) for code in gemeenten]
    AGREEMENTS.book(database).add(changes, wie, f"Akkoord met {definition.kenmerk}", gezien=gezien)
    return len(changes)


def _settled_after(database: Path, groep: str, gezien: int) -> bool:
    return any(entry.sleutel == (groep,) and entry.nummer > gezien for entry in SHELF.state(database))


def withdraw(
    database: Path, groep: str, gemeente: str, wie: str, waarom: str, *, gezien: int | None = None
) -> None:
    """Take an agreement back, unless somebody else wrote another down since (`gezien`, as in `Ledger.add`).

    The number of that gemeente is shown apart from then on.
    """
    permission.need("regio")
    AGREEMENTS.book(database).add([Change(AGREED, (groep, gemeente), None)], wie, waarom, gezien=gezien)


def _check_gemeenten(codes: Sequence[str]) -> None:
    wrong = [code for code in codes if not (is_code(code) and code.startswith("GM"))]
    if wrong or not codes:
        raise Fout(f"{', '.join(wrong) or '(leeg)'} is geen gemeente. Kies een gemeente uit de regio.")
