"""How far people live from voorzieningen, measured from points. Everything is in metres on EPSG:28992."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from wwz.base.paths import SQL
from wwz.knowledge import domain, load_toml
from wwz.own.points import Change
from wwz.places import dwellings, footways, population
from wwz.places.facilities import settle
from wwz.places.nearest import nearest
from wwz.places.surfaces import from_wkb, inside
from wwz.places.tally import Places, Streets, Tally, tally
from wwz.places.walkways import Walkways, walkways
from wwz.sources.reading import Report
from wwz.workbench import Workbench

# The kind of meetregel that rests on what is measured here, and how its indicators begin.
RULE, PREFIX = "bereik", "bereik_"
QUESTIONS = SQL / "distance"
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
    # Where one of these is, the list of points goes that far; empty: any of the voorzieningen.
    kern: tuple[str, ...] = ()
    # Without points of each of these nothing is measured.
    nodig: tuple[str, ...] = ()

    def is_known(self, points: pd.DataFrame) -> bool:
        """Whether there are points of the kinds that are needed to measure this."""
        there = set(points["soort"])
        return there.issuperset(self.nodig) and not there.isdisjoint(self.voorzieningen)


@cache
def reaches() -> tuple[Reach, ...]:
    """Everything in afstand.toml, with the norms of the randvoorwaarden added.

    Raises
    ------
    KeyError
        When a meetregel is about a reach that afstand.toml does not measure.
    """
    rows = {row["code"]: row for row in load_toml("afstand.toml")["bereik"]}
    metres = {code: set(row["meters"]) for code, row in rows.items()}
    for code, metre in _shipped_norms():
        metres[code].add(metre)
    return tuple(
        Reach(
            code,
            row["titel"],
            tuple(row["voorzieningen"]),
            tuple(sorted(metres[code])),
            (row["kern"],) if "kern" in row else (),
            tuple(row.get("nodig", ())),
        )
        for code, row in rows.items()
    )


def _shipped_norms() -> Iterator[tuple[str, int]]:
    """Code in afstand.toml and metres of every randvoorwaarde that a reach decides."""
    conditions = domain.randvoorwaarden()
    for rule in domain.meetregels():
        if rule.regel == RULE:
            codes = (name.removeprefix(PREFIX) for name in rule.indicatoren)
            yield from product(codes, (conditions[code].norm_m for code in rule.randvoorwaarden))


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
    bench.load("afstandregel", pd.DataFrame([_rules()]))
    bench.load("woonplaats", pd.DataFrame(load_toml("afstand.toml")["woonplaats"]))
    norms = norms_in_force(bench)
    limits = reach_table(norms)
    bench.load("bereik", limits)
    bench.load("bereik_gemiddelde", _mean_table())
    bench.load("randvoorwaarde_bereik", norms)
    bench.run(QUESTIONS / "10_schema.sql")
    buurten = population.buurten(bench)
    _squares_of_buurten(bench, buurten)
    dwellings.of_buurten(bench, buurten)
    settle(bench, buurten, changes, report)
    points, edges = bench.read(QUESTIONS / "voorzieningen.sql"), bench.read(QUESTIONS / "randen.sql")
    drawn = bench.read(QUESTIONS / "vlakken.sql")
    wanted = [reach for reach in reaches() if reach.is_known(points)]
    if not wanted:
        return
    people = population.places(bench, buurten, points, report)
    bench.append("woonplek", people)
    footways.measure(bench, people, _walked_to(points), buurten)
    routes = walkways(bench, people, report)
    streets = _streets(bench)
    known = _Known(people, buurten, streets)
    for reach in wanted:
        there = points[points["soort"].isin(reach.voorzieningen)]
        here, where = known.around(there[there["soort"].isin(reach.kern or reach.voorzieningen)])
        if here.any():
            shapes = drawn.loc[drawn["soort"].isin(reach.voorzieningen), "vlak"]
            metres, net = measured_to(
                people.loc[here, ["x", "y"]].to_numpy(),
                here,
                _ends(there, edges, reach),
                from_wkb(shapes.to_numpy()),
                routes,
            )
            own = sorted(limits.loc[limits["code"] == reach.code, "meter"])
            bench.offer("herkomst_buurt", known.origins(here))
            keep(bench, tally(where, metres, net, streets, own), reach.code, len(there))


def _walked_to(points: pd.DataFrame) -> list[np.ndarray]:
    """Places of each kind that people walk to as a randvoorwaarde has it: shops and meeting places."""
    codes = load_toml("looproutes.toml")["meten"]["naar"]
    kinds = [reach.voorzieningen for reach in reaches() if reach.code in codes]
    return [points.loc[points["soort"].isin(kind), ["x", "y"]].to_numpy() for kind in kinds]


def _squares_of_buurten(bench: Workbench, buurten: gpd.GeoDataFrame) -> None:
    """The squares of which CBS tells the distances, each with the buurt in which its middle lies."""
    squares = bench.read(QUESTIONS / "vierkanten_bereik.sql")
    if len(squares):
        squares["buurt"] = population.inside(squares[["x", "y"]].to_numpy(), buurten, population.SQUARE_M)
        bench.append("vierkant_buurt", squares[squares["buurt"].notna()])


def keep(bench: Workbench, counted: Tally, code: str, facilities: int) -> None:
    """Shares, medians and distributions of one reach, from what was counted, into the new database."""
    bench.offer("geteld_klasse", counted.classes)
    bench.run(QUESTIONS / "20_klassen.sql", bereik=code)
    bench.offer("geteld_binnen", counted.within)
    bench.run(QUESTIONS / "30_groepen.sql", bereik=code, voorzieningen=facilities)


def _streets(bench: Workbench) -> Streets:
    rows = bench.read(QUESTIONS / "omwegen.sql")
    rules = rows.iloc[0]
    return Streets(
        rows, float(rules["netwerk_ruimer"]), float(rules["netwerk_krapper"]), float(rules["klasse_m"])
    )


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
            "toets_marge",
            "toets_km",
            "toets_minstens",
            "gemeenten_in_bron",
        )
    }


def norms_in_force(bench: Workbench) -> pd.DataFrame:
    """The norms that hold here, by randvoorwaarde: a municipality may have set its own (sql/distance)."""
    return bench.read(QUESTIONS / "normen.sql")


def reach_table(norms: pd.DataFrame) -> pd.DataFrame:
    """Every distance to measure; `norms` (bereik, meter): what the randvoorwaarden ask here."""
    own = set(norms[["bereik", "meter"]].itertuples(index=False, name=None))
    rows = [
        (r.code, r.titel, "|".join(r.voorzieningen), m)
        for r in reaches()
        for m in sorted({*r.meters, *(metres for code, metres in own if code == r.code)})
    ]
    return pd.DataFrame(rows, columns=["code", "titel", "voorzieningen", "meter"])


def _mean_table() -> pd.DataFrame:
    """Which mean distance of CBS stands in where there are no points, from how many metres, and whether it tests the points."""
    rules = load_toml("afstand.toml")
    rows = [
        (row["code"], indicator, row["gemiddelde_vanaf"], order, row["code"] in rules["meten"]["toets"])
        for row in rules["bereik"]
        for order, indicator in enumerate(row.get("gemiddelde", []))
    ]
    return pd.DataFrame(rows, columns=["bereik", "indicator", "vanaf", "rang", "toets"])


class _Known:
    """The places where people live (in order of buurt) and a list of points goes that far, with the edge of it.

    Most kinds of voorzieningen are known in the same gemeenten: then the edge is measured once.
    """

    def __init__(self, people: pd.DataFrame, buurten: gpd.GeoDataFrame, streets: Streets) -> None:
        self._people, self._buurten = people, buurten
        self._nr = pd.Index(streets.buurten["buurt"]).get_indexer(people["buurt"]).astype(np.int32)
        self._found: dict[frozenset[str], tuple[np.ndarray, Places]] = {}

    def around(self, facilities: pd.DataFrame) -> tuple[np.ndarray, Places]:
        """Which places count for these facilities (bool per place), and those places."""
        gemeenten = frozenset(population.gemeenten_with(facilities, self._buurten))
        if gemeenten not in self._found:
            self._found[gemeenten] = self._look(gemeenten)
        return self._found[gemeenten]

    def origins(self, here: np.ndarray) -> pd.DataFrame:
        """Columns nr and herkomst: what the places of every buurt are."""
        nr = self._nr[here]
        first = np.flatnonzero(np.diff(nr, prepend=-1))
        return pd.DataFrame({"nr": nr[first], "herkomst": self._people["herkomst"].to_numpy()[here][first]})

    def _look(self, gemeenten: frozenset[str]) -> tuple[np.ndarray, Places]:
        inside = self._buurten["gemeente"].isin(gemeenten)
        here = self._people["buurt"].isin(self._buurten.loc[inside, "code"]).to_numpy() & (self._nr >= 0)
        known = self._people[here]
        weights = [known[name].to_numpy(float) for name in ("gewicht", "gewicht_65")]
        if known.empty:
            return here, Places(self._nr[here], *weights, rand=np.empty(0))
        edge = edge_points(self._buurten.geometry[inside.to_numpy()])
        return here, Places(self._nr[here], *weights, rand=nearest(known[["x", "y"]].to_numpy(), edge))


def _ends(there: pd.DataFrame, edges: pd.DataFrame, reach: Reach) -> np.ndarray:
    """Where people walk to, shape (k, 2): the voorzieningen, and places along the edge of those that are a surface."""
    along = edges[edges["soort"].isin(reach.voorzieningen)]
    return pd.concat([there, along], ignore_index=True)[["x", "y"]].to_numpy()


def measured_to(
    places: np.ndarray, here: np.ndarray, ends: np.ndarray, surfaces: np.ndarray, routes: Walkways | None
) -> tuple[np.ndarray, np.ndarray | None]:
    """Metres to the nearest, and which of these are along walking routes (None: none is).

    Parameters
    ----------
    places
        Where the people live who are asked for, shape (n, 2), RD metres.
    here
        Which of all places these are (bool), for the routes.
    ends
        Where they walk to, shape (k, 2): also places along the edge of every surface.
    surfaces
        Polygons: who lives inside one has nothing to walk, along routes neither.
    """
    straight = nearest(places, ends)
    metres, net = routes.distances(here, ends, straight) if routes else (straight, None)
    metres[inside(places, surfaces)] = 0.0
    return metres, net


def edge_points(shapes: gpd.GeoSeries) -> np.ndarray:
    """Points along the outer edge of areas: beyond it a nearer voorziening may lie that is not in the data."""
    whole = shapely.union_all(shapely.buffer(np.asarray(shapes), CLOSE_GAPS_M, join_style="mitre"))
    rings = shapely.get_exterior_ring(shapely.get_parts(whole))
    return shapely.get_coordinates(shapely.segmentize(rings, EDGE_STEP_M))
