"""How much of the way to shop and meeting place has a footpath that is wide enough, and whether there is a bench along it.

Without walking routes the way is a straight line from a home, of which only what runs along a street counts. What it finds
missing is missing; that the rest is there, it does not say.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from wwz.base.paths import SQL
from wwz.knowledge import domain, load_toml
from wwz.places import population
from wwz.workbench import Workbench

QUESTIONS = SQL / "distance"
RULE, WIDTH = "looproute", "breedte"
WALKED = ("voetpad", "ruim")


@dataclass(frozen=True)
class Ways:
    """Points along the ways of homes.

    Attributes
    ----------
    places
        Shape (n, 2), RD metres; `home` the row of the home that each belongs to, `way` which of its ways.
    """

    places: np.ndarray
    home: np.ndarray
    way: np.ndarray


def measure(
    bench: Workbench, people: pd.DataFrame, ends: Sequence[np.ndarray], buurten: gpd.GeoDataFrame
) -> None:
    """Fill `looproute_buurt`, where parts of streets are known.

    Parameters
    ----------
    people
        Where people live (population.places), in order of buurt.
    ends
        Per kind of place people walk to, its places: shape (m, 2), RD metres.
    buurten
        As `population.buurten` gives them.
    """
    parts = bench.read(QUESTIONS / "stoepen.sql")
    ends = [places for places in ends if len(places)]
    if parts.empty or not ends or people.empty:
        return
    rules = load_toml("looproutes.toml")["meten"]
    homes = _some(people[_along(people, parts, rules)], rules["woningen_per_buurt"])
    if homes.empty:
        return
    ways = _ways(homes[["x", "y"]].to_numpy(), ends, rules)
    streets = _near(ways.places, parts[["x", "y"]].to_numpy(), rules["opzij_m"])
    without = _without_bench(bench, homes, ways, buurten, rules)
    for metres in _widths():
        wide = parts["soort"].isin(WALKED) & (parts["breedte"] >= metres)
        walkable = streets & _near(ways.places, parts.loc[wide, ["x", "y"]].to_numpy(), rules["opzij_m"])
        found = _counted(homes, ways, streets, walkable, without, rules)
        bench.append("looproute_buurt", found.assign(breedte=metres, jaar=parts["jaar"].max()))


def _widths() -> list[float]:
    rules = [rule for rule in domain.meetregels() if rule.regel == RULE]
    return sorted({float(rule.parameters[WIDTH]) for rule in rules if rule.parameters})


def _along(people: pd.DataFrame, parts: pd.DataFrame, rules: dict[str, Any]) -> np.ndarray:
    """Which homes lie where streets are known: a file of one village says nothing of the next."""
    return _near(people[["x", "y"]].to_numpy(), parts[["x", "y"]].to_numpy(), 4 * rules["opzij_m"])


def _some(people: pd.DataFrame, count: int) -> pd.DataFrame:
    """So many homes of each buurt by chance, the same every time: whoever has more people is taken more often."""
    chosen = []
    for code, rows in people.groupby("buurt", sort=False):
        stream = np.random.default_rng(zlib.crc32(str(code).encode()))
        weight = rows["gewicht"].to_numpy(float)
        if weight.sum() > 0:
            chosen.append(rows.index.to_numpy()[stream.choice(len(rows), count, p=weight / weight.sum())])
    return people.loc[np.concatenate(chosen)].reset_index(drop=True) if chosen else people.iloc[:0]


def _ways(homes: np.ndarray, ends: Sequence[np.ndarray], rules: dict[str, Any]) -> Ways:
    """The first stretch of the straight way to the nearest place of each kind."""
    steps = np.arange(0, rules["eerste_m"] + 1, rules["stap_m"])
    places, home, way = [], [], []
    for number, there in enumerate(ends):
        far, nearest = cKDTree(there).query(homes)
        part = np.divide(
            steps[None, :], far[:, None], out=np.zeros((len(homes), len(steps))), where=far[:, None] > 0
        )
        at = homes[:, None, :] + part[:, :, None] * (there[nearest] - homes)[:, None, :]
        on = steps[None, :] <= far[:, None]
        places.append(at[on])
        home.append(np.nonzero(on)[0])
        way.append(np.full(int(on.sum()), number))
    return Ways(np.concatenate(places), np.concatenate(home), np.concatenate(way))


def _near(places: np.ndarray, others: np.ndarray, metres: float) -> np.ndarray:
    """Which places have another one within so many metres, shape (n,), bool."""
    if not len(others):
        return np.zeros(len(places), dtype=bool)
    return np.isfinite(cKDTree(others).query(places, distance_upper_bound=metres)[0])


def _without_bench(
    bench: Workbench, homes: pd.DataFrame, ways: Ways, buurten: gpd.GeoDataFrame, rules: dict[str, Any]
) -> np.ndarray:
    """Per home whether one of its ways has no bench at all (1 or 0); missing where benches are not registered."""
    known = benches(bench.read(QUESTIONS / "banken.sql")[["x", "y"]].to_numpy(), rules["samen_m"])
    people = bench.read(QUESTIONS / "gemeente_inwoners.sql").set_index("gemeente")["inwoners"]
    gemeente = buurten.set_index("code")["gemeente"]
    there = pd.Series(population.inside(known, buurten)).map(gemeente).value_counts()
    kept = (there / people * 1000 >= rules["banken_per_1000"]).reindex(people.index, fill_value=False)
    near = _near(ways.places, known, rules["bank_rond_m"])
    each = ways.home * (ways.way.max() + 1) + ways.way
    points = np.bincount(each)
    none = (np.bincount(each, near) == 0) & (points * rules["stap_m"] >= rules["bank_weg_m"])
    owner = np.arange(len(points)) // (ways.way.max() + 1)
    lacking = np.bincount(owner, none, len(homes)) > 0
    registered = homes["buurt"].map(gemeente).map(kept).fillna(False).to_numpy(bool)
    return np.where(registered, lacking.astype(float), np.nan)


def benches(places: np.ndarray, together: float) -> np.ndarray:
    """Each bench once: those of two lists that lie together are one.

    Parameters
    ----------
    places
        Shape (n, 2), RD metres.
    together
        Metres.
    """
    if not len(places):
        return places
    again = {second for _, second in cKDTree(places).query_pairs(together)}
    return places[[at for at in range(len(places)) if at not in again]]


def _counted(
    homes: pd.DataFrame, ways: Ways, streets: np.ndarray, walkable: np.ndarray, without: np.ndarray,
    rules: dict[str, Any],
) -> pd.DataFrame:  # fmt: skip
    """Per buurt what the homes lack of which enough of the way is known."""
    points = np.bincount(ways.home, streets, len(homes))
    part = np.divide(
        np.bincount(ways.home, walkable, len(homes)), points, out=np.ones(len(homes)), where=points > 0
    )
    rows = pd.DataFrame(
        {
            "buurt": homes["buurt"], "smal": (1 - part > rules["deel"]).astype(float), "zonder_bank": without, "route": part,
        }
    )[points >= rules["punten_minimaal"]]  # fmt: skip
    rows["zonder"] = rows[["smal", "zonder_bank"]].max(axis=1)
    found = rows.groupby("buurt").agg(
        woningen=("smal", "size"), smal=("smal", "mean"), zonder_bank=("zonder_bank", "mean"), zonder=("zonder", "mean"),
        route=("route", "mean"),
    )  # fmt: skip
    enough = found[found["woningen"] >= rules["woningen_per_buurt"] / 2]
    return enough.reset_index()
