"""Where people live, as points: addresses where they are given, otherwise points drawn in each buurt."""

from __future__ import annotations

import zlib

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from wwz.knowledge import load_toml
from wwz.paths import SQL
from wwz.store import Workbench

QUESTIONS = SQL / "distance"
RD = "EPSG:28992"
ADDRESSES, DRAWN = "adressen", "benadering"
# A narrow buurt fills little of its box; after so many rounds its own representative point stands in.
MOST_ROUNDS = 200


def buurten(bench: Workbench) -> gpd.GeoDataFrame:
    """All buurten with a boundary: columns code, gemeente, water, geometry."""
    rows = bench.read(QUESTIONS / "buurten.sql")
    shapes = shapely.from_wkb([bytes(b) for b in rows["grens"]])
    return gpd.GeoDataFrame(rows[["code", "gemeente", "water"]], geometry=shapely.make_valid(shapes), crs=RD)


def places(bench: Workbench, areas: gpd.GeoDataFrame, facilities: pd.DataFrame) -> pd.DataFrame:
    """Points where people live.

    Parameters
    ----------
    bench
        The new database; its table `adres` may be empty.
    areas
        As `buurten` gives them.
    facilities
        Columns x and y. Buurten in gemeenten without any are left out.

    Returns
    -------
    pandas.DataFrame
        Columns buurt, x, y, gewicht and herkomst (adressen or benadering). The weights of one buurt say how its
        inhabitants are divided over its points; they are not numbers of people.
    """
    addresses = bench.read(QUESTIONS / "adressen.sql").assign(herkomst=ADDRESSES)
    gemeenten = gemeenten_with(facilities, areas)
    rest = areas[
        areas["gemeente"].isin(gemeenten) & ~areas["code"].isin(set(addresses["buurt"])) & ~areas["water"]
    ]
    count = load_toml("afstand.toml")["meten"]["punten_per_buurt"]
    drawn = [
        _frame(code, draw(code, shape, count))
        for code, shape in zip(rest["code"], rest.geometry, strict=True)
        if shape is not None and not shape.is_empty
    ]
    return pd.concat([addresses, *drawn], ignore_index=True)


def _frame(code: str, points: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame(
        {"buurt": code, "x": points[:, 0], "y": points[:, 1], "gewicht": 1.0, "herkomst": DRAWN}
    )


def draw(code: str, shape: shapely.Geometry, count: int) -> np.ndarray:
    """Points spread evenly over a buurt, the same every time.

    Parameters
    ----------
    code
        Seeds the draw, so that one buurt does not depend on the others.
    shape
        Polygon or multipolygon in metres.

    Returns
    -------
    numpy.ndarray, shape (count, 2); a single point when the shape has no surface.
    """
    stream = np.random.default_rng(zlib.crc32(code.encode()))
    if shape.area == 0:
        return shapely.get_coordinates(shapely.point_on_surface(shape))
    shapely.prepare(shape)
    west, south, east, north = shape.bounds
    found = np.empty((0, 2))
    for _ in range(MOST_ROUNDS):
        tries = stream.uniform((west, south), (east, north), (2 * count, 2))
        found = np.vstack([found, tries[shapely.contains_xy(shape, tries[:, 0], tries[:, 1])]])
        if len(found) >= count:
            return found[:count]
    return np.vstack([found, shapely.get_coordinates(shapely.point_on_surface(shape))])


def gemeenten_with(facilities: pd.DataFrame, areas: gpd.GeoDataFrame) -> set[str]:
    """Codes of the gemeenten in which at least one facility lies."""
    shapes = np.asarray(areas.geometry)
    points = shapely.points(facilities["x"].to_numpy(), facilities["y"].to_numpy())
    _, at = shapely.STRtree(shapes).query(points, predicate="intersects")
    return set(areas["gemeente"].iloc[np.unique(at)])
