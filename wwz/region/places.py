"""Which gemeenten make a region: a list that is known, one that was fetched from CBS, one of the municipality, or chosen by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from wwz.ask.area import Area, find_area
from wwz.base.codes import as_code
from wwz.base.counted import counted
from wwz.base.dates import dutch_day
from wwz.base.errors import Fout
from wwz.fetch.choice import fetch_folder
from wwz.fetch.items import rules
from wwz.fetch.regions import known_regions
from wwz.knowledge.regions import regels, regios
from wwz.own.region import chosen
from wwz.store import Store, remembered
from wwz.words.numbers import is_known

BY_HAND = "zelf gekozen"
FETCHED = "cbs:"
MEASURES = ("inwoners", "woningen", "corporatie")


@dataclass(frozen=True)
class Plaats:
    """A region as it can be chosen.

    Attributes
    ----------
    gemeenten
        Codes of all its gemeenten, also those that are not in the data.
    centrum
        Gemeenten that arranged care and shelter for the others, as far as known.
    herkomst
        Where the list comes from, with its year.
    """

    code: str
    naam: str
    soort: str
    gemeenten: tuple[str, ...]
    centrum: tuple[str, ...] = ()
    herkomst: str = ""


def known(store: Store) -> list[Plaats]:
    """Every region of which at least two gemeenten are in the data: of the municipality first, then the lists."""
    own = [
        Plaats(
            r.id,
            r.naam,
            "eigen regio",
            r.gemeenten,
            r.centrum,
            f"Vastgelegd door {r.wie} op {dutch_day(r.wanneer)}",
        )
        for r in chosen.regios(store.path)
    ]
    lists = [
        Plaats(r.code, r.naam, r.soort, r.gemeenten, r.centrum, f"Indeling van {r.jaar}")
        for r in regios().values()
    ]
    found = [place for place in (*own, *lists, *_fetched(store)) if len(_present(store, place.gemeenten)) > 1]
    same = {frozenset(place.gemeenten): place for place in reversed(found)}
    return [place for place in found if same[frozenset(place.gemeenten)] is place]


def _fetched(store: Store) -> list[Plaats]:
    year = rules()["standaard_jaar"]
    return [
        Plaats(f"{FETCHED}{r.code}", r.naam, r.soort, r.gemeenten, (), f"CBS, Gebieden in Nederland {year}")
        for r in known_regions(fetch_folder(store.path), year)
    ]


@remembered
def gemeenten(store: Store) -> pd.DataFrame:
    """The gemeenten in the data, by code: naam, and inwoners (people; 0 where that is unknown)."""
    areas = store.areas()
    found = areas[areas["niveau"] == "gemeente"].set_index("code")[["naam", "inwoners"]]
    return found.assign(inwoners=found["inwoners"].astype("float64").fillna(0))


def _present(store: Store, codes: Sequence[str]) -> tuple[str, ...]:
    there = gemeenten(store).index
    return tuple(code for code in codes if code in there)


def of_gemeenten(store: Store, codes: Sequence[str]) -> Plaats:
    """A region by its gemeenten; it has the name of a known one with the same gemeenten.

    Raises
    ------
    Fout
        When a code is no gemeente in the data, or there are too few or too many.
    """
    wanted = tuple(dict.fromkeys(as_code(code) for code in codes))
    for place in known(store):
        if set(_present(store, place.gemeenten)) == set(wanted):
            return place
    most = regels()["meeste_gemeenten"]
    if not 2 <= len(wanted) <= most:
        raise Fout(
            f"Een regio heeft 2 tot {most} gemeenten. Dit zijn er {len(wanted)}. Kies een andere regio."
        )
    if unknown := [code for code in wanted if code not in _present(store, wanted)]:
        raise Fout(
            f"{', '.join(unknown)} is geen gemeente in de gegevens. Zie: python -m wwz gebieden --niveau gemeente."
        )
    area = find_area(store, wanted)
    return Plaats("", area.naam, BY_HAND, wanted, (), "Gekozen op het scherm of in de opdracht")


def by_name(store: Store, text: str) -> Plaats:
    """A region by its code or name.

    Raises
    ------
    Fout
        When there is none, or more than one; the sentence names what there is.
    """
    places, plain = known(store), text.strip().casefold()
    found = [
        p for p in places if plain in (p.code.casefold(), p.naam.casefold(), f"{p.soort} {p.naam}".casefold())
    ]
    if len(found) == 1:
        return found[0]
    names = (
        ", ".join(f"{p.naam} ({p.soort})" for p in (found or places)) or "er is geen regio in deze gegevens"
    )
    start = "Meer dan een regio heet" if found else "Er is geen regio die zo heet:"
    raise Fout(f"{start} {text!r}. Kies uit: {names}. Of noem de gemeenten met --gemeenten.")


def around(store: Store, area: Area) -> Plaats | None:
    """The region that an area is or lies in: that of its gemeenten, or else the first known one that holds them."""
    here = _gemeenten_of(store, area)
    if len(here) > 1:
        if len(here) > regels()["meeste_gemeenten"]:
            return None
        return of_gemeenten(store, here)
    return next((p for p in known(store) if set(here) <= set(p.gemeenten)), None)


@remembered
def _gemeenten_of(store: Store, area: Area) -> tuple[str, ...]:
    areas = store.areas().set_index("code")
    inside = areas.loc[areas.index.intersection(list(area.buurten))]
    codes = inside["gemeente"].where(inside["niveau"] != "gemeente", inside.index.to_series())
    return tuple(sorted(set(codes.dropna())))


@dataclass(frozen=True)
class Regio:
    """A region in these data.

    Attributes
    ----------
    area
        Its gemeenten that are in the data, as one area.
    namen
        Code → name of those.
    afwezig
        How many of its gemeenten are not in the data.
    """

    plaats: Plaats
    area: Area
    namen: dict[str, str]
    afwezig: int

    @property
    def store(self) -> Store:
        """The database it is in."""
        return self.area.store

    @property
    def naam(self) -> str:
        """Its name."""
        return self.plaats.naam

    @property
    def codes(self) -> tuple[str, ...]:
        """Its gemeenten that are in the data."""
        return tuple(self.namen)

    @property
    def sleutel(self) -> str:
        """What its process and agreements are kept under: its gemeenten, whatever it is called."""
        return ",".join(sorted(self.plaats.gemeenten))

    @property
    def let_op(self) -> str:
        """What a reader must know about gemeenten that are not in the data; empty when all are."""
        return counted(
            "{n} [gemeente|gemeenten] van {naam} [staat|staan] niet in deze gegevens. Alles hier gaat over de andere.",
            self.afwezig, naam=self.naam,
        ) if self.afwezig else ""  # fmt: skip


def region(store: Store, plaats: Plaats) -> Regio:
    """A region with the gemeenten that are in the data.

    Raises
    ------
    Fout
        When fewer than two are.
    """
    present = _present(store, plaats.gemeenten)
    if len(present) < 2:
        raise Fout(
            f"Van {plaats.naam} staan te weinig gemeenten in de gegevens. Lees de gegevens van de hele regio in."
        )
    there = gemeenten(store).loc[list(present)].sort_values(["inwoners", "naam"], ascending=[False, True])
    names = {str(code): str(naam) for code, naam in there["naam"].items()}
    area = find_area(store, tuple(names), plaats.naam)
    return Regio(plaats, area, names, len(plaats.gemeenten) - len(present))


def measured(regio: Regio) -> dict[str, dict[str, float]]:
    """Per gemeente how many inhabitants, dwellings and corporatiewoningen; what is unknown is absent."""
    found = _measured(regio.area)
    return {code: found.get(code, {}) for code in regio.codes}


@remembered
def _measured(area: Area) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for row in area.parts("gemeente", MEASURES).itertuples():
        if is_known(row.teller) and row.teller > 0:
            found.setdefault(str(row.gebied), {})[str(row.indicator)] = float(row.teller)
    return found
