"""How far people live from voorzieningen, measured from points. Everything is in metres on EPSG:28992."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

from wwz.knowledge import domain, load_toml
from wwz.own.points import Change
from wwz.paths import SQL
from wwz.places import population
from wwz.places.facilities import settle
from wwz.places.walkways import Walkways, walkways
from wwz.sources.reading import Report
from wwz.store import Workbench

BEFORE = "36_bereik.sql"
QUESTIONS = SQL / "distance"
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


def measure(
    bench: Workbench,
    report: Report,
    changes: Sequence[Change] = (),
    detours: Mapping[str, float] | None = None,
) -> None:
    """Measure every reach that has points, into the table `bereik_groep` of the new database.

    A buurt is measured only where its gemeente has at least one such voorziening: elsewhere the list of points
    probably does not go that far, and no list is no answer.

    Parameters
    ----------
    report
        Takes what was wrong with points and walking routes.
    changes
        Points that the municipality added, moved or took away.
    detours
        Detour by degree of urbanity (config.toml, afstand.omweg); what is absent comes from afstand.toml.
    """
    bench.load("omweg", _detours(detours or {}))
    bench.load("meetregel", pd.DataFrame([_rules()]))
    bench.load("woonplaats", pd.DataFrame(load_toml("afstand.toml")["woonplaats"]))
    # The norms that hold here: a municipality may have set its own (wwz/eisen).
    norms = bench.read(QUESTIONS / "normen.sql").set_index("code")["norm_m"].astype(int).to_dict()
    bench.load("bereik", _reach_table(norms))
    bench.load("bereik_gemiddelde", _mean_table())
    bench.load("randvoorwaarde_bereik", _condition_table(norms))
    bench.run(QUESTIONS / "10_schema.sql")
    buurten = population.buurten(bench)
    settle(bench, buurten, changes, report)
    points = bench.read(QUESTIONS / "voorzieningen.sql")
    wanted = [reach for reach in reaches() if points["soort"].isin(reach.voorzieningen).any()]
    if not wanted:
        return
    people = population.places(bench, buurten, points, report)
    bench.append("woonplek", people)
    routes = walkways(bench, people, report)
    known = _Known(people, buurten)
    for reach in wanted:
        there = points[points["soort"].isin(reach.voorzieningen)]
        frame = _measured(there, known, routes)
        if len(frame):
            bench.offer("afstand_punt", frame)
            bench.run(QUESTIONS / "20_tellen.sql", bereik=reach.code, voorzieningen=len(there))


def _detours(given: Mapping[str, float]) -> pd.DataFrame:
    rows = pd.DataFrame(load_toml("afstand.toml")["omweg"])
    return rows.assign(factor=[float(given.get(r.naam, r.factor)) for r in rows.itertuples()])


def _rules() -> Mapping[str, Any]:
    rules = load_toml("afstand.toml")["meten"]
    return {
        name: rules[name]
        for name in (
            "omweg_marge",
            "netwerk_marge",
            "omweg_standaard",
            "klasse_m",
            "mensen_per_woning",
            "onvolledig_factor",
            "onvolledig_km",
        )
    }


def _reach_table(norms: Mapping[str, int]) -> pd.DataFrame:
    own = {(reach_of(domain.randvoorwaarden()[code].voorzieningen), metres) for code, metres in norms.items()}
    rows = [
        (r.code, r.titel, "|".join(r.voorzieningen), m)
        for r in reaches()
        for m in sorted({*r.meters, *(metres for code, metres in own if code == r.code)})
    ]
    return pd.DataFrame(rows, columns=["code", "titel", "voorzieningen", "meter"])


def _mean_table() -> pd.DataFrame:
    """Which mean distance of CBS stands in where there are no points, and from how many metres."""
    rows = [
        (row["code"], indicator, row["gemiddelde_vanaf"], order)
        for row in load_toml("afstand.toml")["bereik"]
        for order, indicator in enumerate(row.get("gemiddelde", []))
    ]
    return pd.DataFrame(rows, columns=["bereik", "indicator", "vanaf", "rang"])


def _condition_table(norms: Mapping[str, int]) -> pd.DataFrame:
    """Which measurement decides which randvoorwaarde."""
    conditions = domain.randvoorwaarden()
    rows = [(code, reach_of(conditions[code].voorzieningen), metres) for code, metres in norms.items()]
    return pd.DataFrame(rows, columns=["randvoorwaarde", "bereik", "meter"])


class _Known:
    """The places where people live and a list of points goes that far, with how far each is from the edge of it.

    Most kinds of voorzieningen are known in the same gemeenten: then the edge is measured once.
    """

    def __init__(self, people: pd.DataFrame, buurten: gpd.GeoDataFrame) -> None:
        self._people, self._buurten = people, buurten
        self._found: dict[frozenset[str], tuple[np.ndarray, pd.DataFrame]] = {}

    def around(self, facilities: pd.DataFrame) -> tuple[np.ndarray, pd.DataFrame]:
        """Which places count for these facilities (bool per place), and those places with `rand` in metres."""
        gemeenten = frozenset(population.gemeenten_with(facilities, self._buurten))
        if gemeenten not in self._found:
            self._found[gemeenten] = self._look(gemeenten)
        return self._found[gemeenten]

    def _look(self, gemeenten: frozenset[str]) -> tuple[np.ndarray, pd.DataFrame]:
        inside = self._buurten["gemeente"].isin(gemeenten)
        here = self._people["buurt"].isin(self._buurten.loc[inside, "code"]).to_numpy()
        known = self._people[here]
        if known.empty:
            return here, known.assign(rand=np.inf)
        edge = edge_points(self._buurten.geometry[inside.to_numpy()])
        return here, known.assign(rand=nearest(known[["x", "y"]].to_numpy(), edge))


def _measured(there: pd.DataFrame, known: _Known, routes: Walkways | None) -> pd.DataFrame:
    """Rows buurt, gewicht, gewicht_65, herkomst, meter (to the nearest), net (along walking routes) and rand (to the
    edge of what is known)."""
    here, places = known.around(there)
    facilities = there[["x", "y"]].to_numpy()
    straight = nearest(places[["x", "y"]].to_numpy(), facilities)
    meter, net = routes.distances(here, facilities, straight) if routes and len(places) else (straight, False)
    return places[["buurt", "gewicht", "gewicht_65", "herkomst", "rand"]].assign(meter=meter, net=net)


def edge_points(shapes: gpd.GeoSeries) -> np.ndarray:
    """Points along the outer edge of areas: beyond it a nearer voorziening may lie that is not in the data."""
    whole = shapely.union_all(shapely.buffer(np.asarray(shapes), CLOSE_GAPS_M, join_style="mitre"))
    rings = shapely.get_exterior_ring(shapely.get_parts(whole))
    return shapely.get_coordinates(shapely.segmentize(rings, EDGE_STEP_M))
