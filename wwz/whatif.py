"""Doorrekenen: who comes within reach when a voorziening is added, and where would it reach most people?"""

from __future__ import annotations

import re
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from wwz.areas import Area, short_name
from wwz.errors import Fout
from wwz.knowledge import domain
from wwz.numbers import dutch, rounded_people
from wwz.siting import best_sites, covered
from wwz.store import Store

RD, DEGREES = "EPSG:28992", "EPSG:4326"
PLACE = re.compile(r"\s*(\d{1,2}[.,]\d+)\s*[,; ]\s*(\d{1,2}[.,]\d+)\s*")
SITES = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Count:
    """A number of people with its interval."""

    people: float
    low: float
    high: float

    def text(self, minimum: int) -> str:
        """For the screen, and not when there are too few."""
        if self.people < minimum:
            return f"minder dan {minimum}"
        low, high = (dutch(rounded_people(n)) for n in (self.low, self.high))
        return f"ongeveer {dutch(rounded_people(self.people))} (tussen {low} en {high})"


@dataclass(frozen=True)
class Outcome:
    """Before and after.

    Attributes
    ----------
    needed, before, after
        People who need it, have it within reach now, and would have it.
    sites
        The new places: columns nummer, naam (buurt), lat, lon.
    sentence
        The outcome in words; `proof` how good the search was, empty for a place of one's own.
    """

    needed: Count
    before: Count
    after: Count
    sites: pd.DataFrame
    sentence: str
    proof: str = ""


def choices(store: Store) -> dict[str, str]:
    """Randvoorwaarden that can be worked out: code → title. Empty without points of voorzieningen."""
    rows = store.ask("doorrekenen_keuze")
    return dict(zip(rows["code"], rows["titel"], strict=True))


def search(store: Store, area: Area, code: str, doelgroep: str, count: int) -> Outcome:
    """The best places for a number of new voorzieningen.

    Raises
    ------
    Fout
        When nobody in the area needs it, or everybody has it already.
    """
    people, have = _situation(store, area, code, doelgroep)
    lack = people[~have]
    if lack.empty:
        raise Fout(f"In {area.naam} heeft iedereen dit al binnen bereik.")
    found = best_sites(
        lack[["x", "y"]].to_numpy(), lack["mensen"].to_numpy(), lack["bereik_m"].to_numpy(), count
    )
    proof = (
        "Een betere keuze is er niet onder de onderzochte plekken: dat is bewezen."
        if found.gap == 0
        else f"Een betere keuze kan hooguit {dutch(100 * found.gap, 1)}% meer mensen bereiken."
    )
    return _outcome(store, area, code, people, have, found.places, proof)


def place(store: Store, area: Area, code: str, doelgroep: str, where: np.ndarray) -> Outcome:
    """What one new voorziening at a place (RD metres, shape (1, 2)) changes."""
    people, have = _situation(store, area, code, doelgroep)
    return _outcome(store, area, code, people, have, where, "")


def read_place(text: str) -> np.ndarray:
    """A typed place in degrees (52.07, 4.30) as RD metres, shape (1, 2).

    Raises
    ------
    Fout
        When it is not a place in the Netherlands.
    """
    parts = PLACE.fullmatch(text)
    numbers = [float(part.replace(",", ".")) for part in parts.groups()] if parts else [0.0, 0.0]
    if not (50.6 < numbers[0] < 53.8 and 3.0 < numbers[1] < 7.4):
        raise Fout("Typ een plaats in Nederland in graden, zoals 52.07, 4.30.")
    return _to_rd(numbers[:1], numbers[1:])


def middle(store: Store, area: Area, code: str, doelgroep: str, buurt: str) -> np.ndarray:
    """The middle of the people of one buurt, RD metres, shape (1, 2)."""
    people, _ = _situation(store, area, code, doelgroep)
    own = people[people["buurt"] == buurt]
    return np.average(own[["x", "y"]].to_numpy(), axis=0, weights=own["mensen"])[None, :]


def buurten(store: Store, area: Area, code: str, doelgroep: str) -> dict[str, str]:
    """Buurten where somebody needs it: code → name."""
    people, _ = _situation(store, area, code, doelgroep)
    return {b: short_name(n) for b, n in people.drop_duplicates("buurt").set_index("buurt")["naam"].items()}


def existing(store: Store, code: str) -> pd.DataFrame:
    """The voorzieningen there are: columns naam, lat, lon, titel."""
    return store.ask("punten", soorten=list(domain.randvoorwaarden()[code].voorzieningen))


def _situation(store: Store, area: Area, code: str, doelgroep: str) -> tuple[pd.DataFrame, np.ndarray]:
    people = store.ask("woonplekken", buurten=list(area.buurten), randvoorwaarde=code, doelgroep=doelgroep)
    if people.empty:
        raise Fout(f"Van {area.naam} is niet bekend wie dit nodig heeft, of waar mensen wonen. Kies iets anders.")
    there = existing(store, code)
    sites = _to_rd(there["lat"], there["lon"])
    return people, covered(people[["x", "y"]].to_numpy(), sites, people["bereik_m"].to_numpy())


def _outcome(
    store: Store, area: Area, code: str, people: pd.DataFrame, have: np.ndarray, sites: np.ndarray, proof: str
) -> Outcome:
    reached = have | covered(people[["x", "y"]].to_numpy(), sites, people["bereik_m"].to_numpy())
    needed, before, after = (_count(people[mask]) for mask in (np.ones(len(people), bool), have, reached))
    gained = _count(people[reached & ~have])
    minimum = store.about()["minimum"]
    title = domain.randvoorwaarden()[code].titel
    what = "deze plek" if len(sites) == 1 else f"deze {len(sites)} plekken"
    sentence = (
        f"In {area.naam} is dit voor {needed.text(minimum)} mensen noodzakelijk: {title[0].lower()}{title[1:]}. "
        f"Nu hebben {before.text(minimum)} mensen dat. Met {what} komen er {gained.text(minimum)} bij."
    )
    return Outcome(needed, before, after, _named(people, sites), sentence, proof)


def _count(rows: pd.DataFrame) -> Count:
    return Count(*(float(rows[name].sum()) for name in ("mensen", "onder", "boven")))


def _named(people: pd.DataFrame, sites: np.ndarray) -> pd.DataFrame:
    if not len(sites):
        return pd.DataFrame(columns=["nummer", "naam", "lat", "lon"])
    at = cKDTree(people[["x", "y"]].to_numpy()).query(sites)[1]
    shapes = gpd.GeoSeries.from_xy(sites[:, 0], sites[:, 1], crs=RD).to_crs(DEGREES)
    return pd.DataFrame(
        {
            "nummer": range(1, len(sites) + 1),
            "naam": [short_name(name) for name in people["naam"].iloc[at]],
            "lat": shapes.y.round(5).to_numpy(),
            "lon": shapes.x.round(5).to_numpy(),
        }
    )


def _to_rd(lat, lon) -> np.ndarray:
    shapes = gpd.GeoSeries.from_xy(list(lon), list(lat), crs=DEGREES).to_crs(RD)
    return np.column_stack([shapes.x.to_numpy(), shapes.y.to_numpy()])
