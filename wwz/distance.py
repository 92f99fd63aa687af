"""How far people live from voorzieningen, measured from points. Everything is in metres on EPSG:28992."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from wwz import population
from wwz.knowledge import domain, load_toml
from wwz.paths import SQL
from wwz.store import Workbench

BEFORE = "36_bereik.sql"
QUESTIONS = SQL / "distance"
RD, DEGREES = "EPSG:28992", "EPSG:4326"
# Queries at once: large enough for all cores, small enough for a small server (10 mln points stay below 1 GB).
CHUNK = 1_000_000
# Generalised buurten leave slivers; widening closes them, so that they are not taken for the edge of the data.
CLOSE_GAPS_M = 25
EDGE_STEP_M = 50


@dataclass(frozen=True)
class Reach:
    """What is measured: to the nearest of these kinds of voorzieningen, within these metres."""

    code: str
    titel: str
    voorzieningen: tuple[str, ...]
    meters: tuple[int, ...]


@cache
def reaches() -> tuple[Reach, ...]:
    """Everything in afstand.toml, with the norms of the randvoorwaarden added.

    Raises
    ------
    KeyError
        When a randvoorwaarde is about voorzieningen that afstand.toml does not measure.
    """
    rows = {row["code"]: row for row in load_toml("afstand.toml")["bereik"]}
    metres = {code: set(row["meters"]) for code, row in rows.items()}
    for condition in domain.randvoorwaarden().values():
        if condition.norm_m:
            metres[reach_of(condition.voorzieningen)].add(condition.norm_m)
    return tuple(
        Reach(code, row["titel"], tuple(row["voorzieningen"]), tuple(sorted(metres[code])))
        for code, row in rows.items()
    )


def reach_of(voorzieningen: tuple[str, ...]) -> str:
    """The code in afstand.toml that measures exactly these kinds of voorzieningen."""
    codes = {frozenset(row["voorzieningen"]): row["code"] for row in load_toml("afstand.toml")["bereik"]}
    return codes[frozenset(voorzieningen)]


def nearest(places: np.ndarray, facilities: np.ndarray) -> np.ndarray:
    """Straight-line distance from each place to the nearest facility.

    Parameters
    ----------
    places, facilities
        Shape (n, 2) and (m, 2), RD metres.

    Returns
    -------
    numpy.ndarray of float, shape (n,)
        Metres; infinite when there is no facility.
    """
    if not len(facilities):
        return np.full(len(places), np.inf)
    tree = cKDTree(facilities)
    found = np.empty(len(places))
    for start in range(0, len(places), CHUNK):
        found[start : start + CHUNK] = tree.query(places[start : start + CHUNK], workers=-1)[0]
    return found


def measure(bench: Workbench) -> None:
    """Measure every reach that has points, into the table `bereik_buurt` of the new database.

    A buurt is measured only where its gemeente has at least one such voorziening: elsewhere the list of points
    probably does not go that far, and no list is no answer.
    """
    bench.load("omweg", pd.DataFrame(load_toml("afstand.toml")["omweg"]))
    bench.load("meetregel", pd.DataFrame([_rules()]))
    bench.load("bereik", _reach_table())
    bench.load("randvoorwaarde_bereik", _condition_table())
    bench.run(QUESTIONS / "10_schema.sql")
    points = _facilities(bench)
    wanted = [reach for reach in reaches() if points["soort"].isin(reach.voorzieningen).any()]
    if not wanted:
        return
    buurten = population.buurten(bench)
    people = population.places(bench, buurten, points)
    bench.append("woonplek", people)
    for reach in wanted:
        there = points[points["soort"].isin(reach.voorzieningen)]
        for frame in _measured(reach, there, people, buurten):
            bench.offer("afstand_punt", frame)
            bench.run(QUESTIONS / "20_tellen.sql", bereik=reach.code, voorzieningen=len(there))


def _rules() -> Mapping[str, Any]:
    rules = load_toml("afstand.toml")["meten"]
    return {name: rules[name] for name in ("omweg_marge", "benadering_marge", "omweg_standaard")}


def _reach_table() -> pd.DataFrame:
    rows = [(r.code, r.titel, "|".join(r.voorzieningen), m) for r in reaches() for m in r.meters]
    return pd.DataFrame(rows, columns=["code", "titel", "voorzieningen", "meter"])


def _condition_table() -> pd.DataFrame:
    """Which measurement decides which randvoorwaarde."""
    rows = [
        (c.code, reach_of(c.voorzieningen), c.norm_m) for c in domain.randvoorwaarden().values() if c.norm_m
    ]
    return pd.DataFrame(rows, columns=["randvoorwaarde", "bereik", "meter"])


def _facilities(bench: Workbench) -> pd.DataFrame:
    """Columns soort, x, y."""
    rows = bench.read(QUESTIONS / "voorzieningen.sql")
    shapes = gpd.GeoSeries(gpd.points_from_xy(rows["lon"], rows["lat"]), crs=DEGREES).to_crs(RD)
    return rows.assign(x=shapes.x.to_numpy(), y=shapes.y.to_numpy())


def _measured(
    reach: Reach, there: pd.DataFrame, people: pd.DataFrame, buurten: gpd.GeoDataFrame
) -> Iterator[pd.DataFrame]:
    """Rows buurt, gewicht, herkomst, meter (to the nearest) and rand (to the edge of what is known)."""
    gemeenten = population.gemeenten_with(there, buurten)
    inside = buurten["gemeente"].isin(gemeenten)
    known = people[people["buurt"].isin(buurten.loc[inside, "code"])]
    if known.empty:
        return
    places = known[["x", "y"]].to_numpy()
    edge = edge_points(buurten.geometry[inside.to_numpy()])
    yield known[["buurt", "gewicht", "herkomst"]].assign(
        meter=nearest(places, there[["x", "y"]].to_numpy()), rand=nearest(places, edge)
    )


def edge_points(shapes: gpd.GeoSeries) -> np.ndarray:
    """Points along the outer edge of areas: beyond it a nearer voorziening may lie that is not in the data."""
    whole = shapely.union_all(shapely.buffer(np.asarray(shapes), CLOSE_GAPS_M, join_style="mitre"))
    rings = shapely.get_exterior_ring(shapely.get_parts(whole))
    return shapely.get_coordinates(shapely.segmentize(rings, EDGE_STEP_M))
