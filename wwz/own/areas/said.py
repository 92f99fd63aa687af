"""What the municipality says of an area of its own: what is there, its centre, its measures, and the norms it goes by."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wwz.base import permission
from wwz.base.errors import Fout
from wwz.knowledge import serviceareas
from wwz.own import ledger
from wwz.own.ledger import Field, Kind, Shelf
from wwz.sources.reading import clean

LONGEST, MOST_MEASURES = 400, 40
SOUTH, NORTH, WEST, EAST = 50.6, 53.8, 3.0, 7.4

ONDERDEEL = Kind(
    "gebied_onderdeel",
    "onderdeel van een woonservicegebied",
    ("gebied", "onderdeel"),
    {"status": Field(langst=20), "toelichting": Field(langst=LONGEST, verplicht=False)},
)
ZONE = Kind(
    "gebied_zone",
    "centrale zone",
    ("gebied",),
    {"naam": Field(langst=80), "lat": Field(float), "lon": Field(float), "straal": Field(int)},
)
MAATREGEL = Kind(
    "gebied_maatregel",
    "maatregel in een effectenarena",
    ("gebied", "id"),
    {
        "titel": Field(langst=LONGEST),
        "onderdeel": Field(langst=40, verplicht=False),
        "effecten": Field(list, langst=20),
        "investeert": Field(list, langst=20),
    },
)
NORM = Kind(
    "gebied_norm",
    "norm van een woonservicegebied",
    ("onderdeel", "bereik"),
    {"meter": Field(int), "procent": Field(float), "wie": Field(langst=20)},
)
SHELVES = (
    Shelf(ONDERDEEL, "onderdelen"),
    Shelf(ZONE, "centrale zones"),
    Shelf(MAATREGEL, "maatregelen"),
    Shelf(NORM, "normen van woonservicegebieden"),
)
_ONDERDELEN, _ZONES, _MAATREGELEN, _NORMEN = SHELVES


@dataclass(frozen=True)
class Said:
    """What somebody said of one onderdeel: its status, why, who and when (ISO)."""

    status: str
    toelichting: str
    wie: str
    wanneer: str


@dataclass(frozen=True)
class Zone:
    """The heart of an area: its name, where it is (degrees), and its radius in metres."""

    naam: str
    lat: float
    lon: float
    straal: int


@dataclass(frozen=True)
class Maatregel:
    """One measure: what is done, for which onderdeel (may be empty), at which effects it aims, and who pays."""

    id: str
    titel: str
    onderdeel: str
    effecten: tuple[str, ...]
    investeert: tuple[str, ...]


def statuses(database: Path, gebied: str) -> dict[str, Said]:
    """What was said of the onderdelen of an area, by code."""
    return {
        e.sleutel[1]: Said(e.werd["status"], e.werd.get("toelichting") or "", e.wie, e.wanneer)
        for e in _ONDERDELEN.state(database)
        if e.sleutel[0] == gebied and e.werd and e.werd["status"] in serviceareas.STATUSES
    }


def say(
    database: Path,
    gebied: str,
    said: Sequence[tuple[str, str, str]],
    wie: str,
    *,
    gezien: int | None = None,
) -> int:
    """Write down (onderdeel, status, toelichting); all of it as one act. Gives how many.

    Parameters
    ----------
    gezien
        As in `Ledger.add`.

    Raises
    ------
    Botsing
        When somebody else said something of the same since.
    Fout
        With everything that is wrong.
    """
    permission.need("gebied")
    known = serviceareas.onderdelen()
    wrong = [] if wie.strip() else ["Vul uw naam of organisatie in."]
    for code, status, why in said:
        if code not in known:
            wrong.append(f"Het onderdeel {clean(code, 40)!r} bestaat niet.")
        elif status not in serviceareas.STATUSES:
            wrong.append(
                f"{known[code].titel}: kies uit {', '.join(serviceareas.STATUSES)}, en niet {clean(status, 40)!r}."
            )
        elif status != serviceareas.UNKNOWN and not why.strip():
            wrong.append(f"{known[code].titel}: schrijf erbij waar het uit blijkt.")
    if wrong:
        raise Fout(*wrong)
    changes = [
        ledger.Change(
            ONDERDEEL, (gebied, code), {"status": status, "toelichting": clean(why.strip(), LONGEST)}
        )
        for code, status, why in said
    ]
    if changes:
        _ONDERDELEN.book(database).add(changes, wie.strip(), gezien=gezien)
    return len(changes)


def zone(database: Path, gebied: str) -> Zone | None:
    """The centre of an area; None when there is none."""
    found = [e.werd for e in _ZONES.state(database) if e.sleutel == (gebied,) and e.werd]
    return Zone(**found[0]) if found else None


def set_zone(database: Path, gebied: str, new: Zone, wie: str, *, gezien: int | None = None) -> None:
    """Write the centre of an area down.

    Parameters
    ----------
    gezien
        As in `Ledger.add`.

    Raises
    ------
    Botsing
        When somebody else put it elsewhere since.
    Fout
        When it does not lie in the Netherlands, or its radius is out of bounds.
    """
    who = permission.need("gebied")
    rule = serviceareas.section("zone")
    if not (SOUTH < new.lat < NORTH and WEST < new.lon < EAST):
        raise Fout("Deze plek ligt niet in Nederland. Wijs een plek op de kaart aan.")
    if not rule["straal_minst"] <= new.straal <= rule["straal_meest"]:
        raise Fout(f"Kies een straal van {rule['straal_minst']} tot {rule['straal_meest']} meter.")
    said = {
        "naam": clean(new.naam.strip(), 80) or "Centrale zone",
        "lat": round(new.lat, 5),
        "lon": round(new.lon, 5),
        "straal": new.straal,
    }
    _ZONES.book(database).add([ledger.Change(ZONE, (gebied,), said)], wie.strip() or who.naam, gezien=gezien)


def measures(database: Path, gebied: str) -> list[Maatregel]:
    """The measures of an area, the oldest first."""
    return [
        Maatregel(
            e.sleutel[1], e.werd["titel"], e.werd.get("onderdeel") or "", tuple(e.werd["effecten"]), tuple(e.werd["investeert"])
        )
        for e in sorted(_MAATREGELEN.state(database), key=lambda e: e.nummer)
        if e.sleutel[0] == gebied and e.werd
    ]  # fmt: skip


def add_measure(database: Path, gebied: str, new: Maatregel, wie: str) -> None:
    """Write a measure down; as `add_measures`."""
    add_measures(database, gebied, [new], wie)


def add_measures(database: Path, gebied: str, new: Sequence[Maatregel], wie: str) -> None:
    """Write measures down as one act: all of them, or none; their ids are made here.

    Raises
    ------
    Fout
        Without a title, an effect or a payer; with what does not exist; when there are too many.
    """
    who = permission.need("gebied")
    wrong = [text for one in new for text in _wrong(one)]
    there = len(measures(database, gebied))
    if there + len(new) > MOST_MEASURES:
        many = "Haal er eerst een weg." if len(new) == 1 else "Kies er minder, of haal er eerst een paar weg."
        wrong.append(f"Er zijn al {there} maatregelen, en meer dan {MOST_MEASURES} kan niet. {many}")
    if wrong:
        raise Fout(*dict.fromkeys(wrong))
    changes = [
        ledger.Change(
            MAATREGEL,
            (gebied, f"m-{secrets.token_hex(6)}"),
            {
                "titel": clean(one.titel.strip(), LONGEST), "onderdeel": one.onderdeel,
                "effecten": list(one.effecten), "investeert": list(one.investeert),
            },
        )
        for one in new
    ]  # fmt: skip
    _MAATREGELEN.book(database).add(changes, wie.strip() or who.naam)


def _wrong(new: Maatregel) -> list[str]:
    effects, parties = serviceareas.effects(), serviceareas.titles("partij")
    return [
        text
        for is_wrong, text in (
            (not new.titel.strip(), "Schrijf op wat u gaat doen."),
            (not new.effecten, "Kies minstens één effect waar de maatregel aan bijdraagt."),
            (not new.investeert, "Kies wie de maatregel betaalt of uitvoert."),
            (any(code not in effects for code in new.effecten), "Een van de effecten bestaat niet."),
            (any(code not in parties for code in new.investeert), "Een van de partijen bestaat niet."),
            (bool(new.onderdeel) and new.onderdeel not in serviceareas.onderdelen(), "Dit onderdeel bestaat niet."),
        )
        if is_wrong
    ]  # fmt: skip


def drop_measure(database: Path, gebied: str, id: str, wie: str, *, gezien: int | None = None) -> None:
    """Take a measure away, unless somebody else changed it since (`gezien`, as in `Ledger.add`)."""
    who = permission.need("gebied")
    _MAATREGELEN.book(database).add(
        [ledger.Change(MAATREGEL, (gebied, id), None)], wie.strip() or who.naam, "Verwijderd", gezien=gezien
    )


def norms(database: Path) -> dict[tuple[str, str], serviceareas.Norm]:
    """The norms that hold, by onderdeel and kind of voorziening: as shipped, or as the municipality set them."""
    found = {(one.code, norm.code): norm for one in serviceareas.onderdelen().values() for norm in one.bereik}
    for e in _NORMEN.state(database):
        if e.sleutel in found and e.werd:
            code = found[e.sleutel].code
            found[e.sleutel] = serviceareas.Norm(code, e.werd["meter"], e.werd["procent"], e.werd["wie"])
    return found


def set_norm(
    database: Path, onderdeel: str, new: serviceareas.Norm, wie: str, *, gezien: int | None = None
) -> None:
    """Set a norm.

    Parameters
    ----------
    gezien
        As in `Ledger.add`.

    Raises
    ------
    Botsing
        When somebody else set it since.
    Fout
        When there is no such norm, or its numbers are out of bounds.
    """
    who = permission.need("gebied")
    now = norms(database)
    if (onderdeel, new.code) not in now:
        raise Fout("Deze norm bestaat niet. Kies een onderdeel dat met een afstand wordt gemeten.")
    if new.meter not in serviceareas.metres(new.code):
        known = ", ".join(map(str, serviceareas.metres(new.code)))
        raise Fout(f"Van deze afstand is niets gemeten. Kies uit: {known} meter.")
    if not 1 <= new.procent <= 100:
        raise Fout("Kies een deel van 1 tot 100 procent.")
    if new.wie not in serviceareas.GROUPS:
        raise Fout(f"Kies voor wie de norm geldt: {', '.join(serviceareas.GROUPS)}.")
    said = {"meter": new.meter, "procent": float(new.procent), "wie": new.wie}
    _NORMEN.book(database).add(
        [ledger.Change(NORM, (onderdeel, new.code), said)], wie.strip() or who.naam, gezien=gezien
    )
