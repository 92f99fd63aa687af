"""Where people live, as points: addresses where they are given, else squares of 100 metres, else points drawn in a buurt."""

from __future__ import annotations

import zlib

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from wwz.base.paths import SQL
from wwz.knowledge import load_toml
from wwz.sources.reading import Report
from wwz.workbench import Workbench

QUESTIONS = SQL / "distance"
RD = "EPSG:28992"
ADDRESSES, SQUARES, DRAWN = "adressen", "vierkanten", "benadering"
COLUMNS = ["buurt", "x", "y", "gewicht", "gewicht_65", "herkomst"]
SQUARE_M = 100
# A narrow buurt fills little of its box; after so many rounds its own representative point stands in.
MOST_ROUNDS = 200
MOST_NAMES = 3


def buurten(bench: Workbench) -> gpd.GeoDataFrame:
    """All buurten with a boundary: columns code, naam, gemeente, water, grof, woningen and geteld (missing: unknown), geometry.

    Where there are no buurten, it is the wijk or gemeente; it then is `grof`: too large to draw people in.
    """
    rows = bench.read(QUESTIONS / "buurten.sql")
    shapes = shapely.from_wkb([bytes(b) for b in rows["grens"]])
    return gpd.GeoDataFrame(
        rows[["code", "naam", "gemeente", "water", "grof", "woningen", "geteld"]],
        geometry=shapely.make_valid(shapes),
        crs=RD,
    )


def places(
    bench: Workbench, areas: gpd.GeoDataFrame, facilities: pd.DataFrame, report: Report
) -> pd.DataFrame:
    """Points where people live: for each buurt the best that is known.

    Parameters
    ----------
    bench
        The new database; its tables `adres` and `vierkant` may be empty.
    areas
        As `buurten` gives them.
    facilities
        Columns x and y. Buurten in gemeenten without any are left out.
    report
        Takes which buurten have too few addresses.

    Returns
    -------
    pandas.DataFrame
        In order of buurt. Columns buurt, x, y, gewicht, gewicht_65 and herkomst (adressen, vierkanten or benadering). The weights of one
        buurt say how its inhabitants (and its 65+) are divided over its points; they are not numbers of people.
    """
    rules = load_toml("afstand.toml")["meten"]
    addresses = enough(_addresses(bench, areas), areas, rules["adressen_minimaal"], report)
    compare_homes(addresses, areas, rules["adressen_factor"], rules["adressen_verschil"], report)
    wanted = areas[areas["gemeente"].isin(gemeenten_with(facilities, areas)) & ~areas["water"]]
    rest = wanted[~wanted["code"].isin(addresses["buurt"].unique())]
    squares = grid_points(bench.read(QUESTIONS / "vierkanten.sql"), rest, rules)
    rest = rest[~rest["code"].isin(squares["buurt"].unique())]
    rest = rest[~rest["grof"]]
    drawn = [
        _drawn(code, draw(code, shape, rules["punten_per_buurt"]))
        for code, shape in zip(rest["code"], rest.geometry, strict=True)
        if shape is not None and not shape.is_empty
    ]
    found = pd.concat([addresses, squares, *drawn], ignore_index=True)
    return found.sort_values("buurt", kind="stable", ignore_index=True)


def _addresses(bench: Workbench, areas: gpd.GeoDataFrame) -> pd.DataFrame:
    """Addresses in a buurt on screen; those that do not name one go to the buurt they lie in."""
    rows = bench.read(QUESTIONS / "adressen.sql")
    nameless = rows["buurt"].isna()
    if nameless.any():
        rows.loc[nameless, "buurt"] = inside(rows.loc[nameless, ["x", "y"]].to_numpy(), areas)
        rows = rows[rows["buurt"].notna()]
    return rows.assign(herkomst=ADDRESSES)[COLUMNS]


def enough(addresses: pd.DataFrame, areas: gpd.GeoDataFrame, least: float, report: Report) -> pd.DataFrame:
    """Addresses of the buurten where they can stand for everybody's home.

    A list of pharmacies has postcodes and house numbers too; the home of a whole buurt it is not.

    Parameters
    ----------
    addresses
        With a column buurt.
    areas
        Columns code, naam and woningen (how many homes the buurt has).
    least
        Part of the homes that the list must have.
    report
        Takes the buurten that have fewer.
    """
    counts = addresses["buurt"].value_counts()
    homes = areas.set_index("code")["woningen"].reindex(counts.index).to_numpy(float)
    short = counts.index[~(counts.to_numpy() >= least * homes)]
    if len(short):
        names = list(areas.loc[areas["code"].isin(short), "naam"])
        more = f" en {len(names) - MOST_NAMES} andere" if len(names) > MOST_NAMES else ""
        report.warn(
            ADDRESSES,
            f"Te weinig adressen om te weten waar mensen wonen in: {', '.join(names[:MOST_NAMES])}{more}. Er zijn er minder "
            f"dan {100 * least:.0f}% van de woningen. Deze adressen zijn daar niet als woning gebruikt.",
            len(names),
        )
    return addresses[~addresses["buurt"].isin(short)]


def compare_homes(
    addresses: pd.DataFrame, areas: gpd.GeoDataFrame, factor: float, least: float, report: Report
) -> None:
    """Say in which buurten the addresses are far more or fewer than the homes that CBS counted.

    Parameters
    ----------
    addresses
        With a column buurt; buurten without any are not compared.
    areas
        Columns code, naam and geteld (homes, or households where those are unknown).
    factor, least
        They must differ by more than this factor, and by more than so many homes: CBS rounds.
    report
        Takes the buurten, with both numbers.
    """
    counts = addresses["buurt"].value_counts()
    rows = areas[areas["code"].isin(counts.index) & areas["geteld"].notna()]
    have, counted = rows["code"].map(counts).to_numpy(float), rows["geteld"].to_numpy(float)
    apart = (np.maximum(have, counted) > factor * np.minimum(have, counted)) & (
        np.abs(have - counted) > least
    )
    if not apart.any():
        return
    told = [
        f"{naam} ({a:.0f} adressen, {w:.0f} woningen)"
        for naam, a, w in zip(rows["naam"][apart], have[apart], counted[apart], strict=True)
    ]
    more = f" en {len(told) - MOST_NAMES} andere" if len(told) > MOST_NAMES else ""
    report.warn(
        ADDRESSES,
        f"De adressen en de woningen volgens het CBS lopen ver uiteen in: {', '.join(told[:MOST_NAMES])}{more}. Kijk of alle woningen in de "
        "lijst staan, en of er niets anders in staat. Deze adressen zijn wel gebruikt.",
        len(told),
    )


def grid_points(grid: pd.DataFrame, areas: gpd.GeoDataFrame, rules: dict[str, float]) -> pd.DataFrame:
    """Squares of 100 metres as points, spread over each square.

    Parameters
    ----------
    grid
        Columns x and y (RD metres, the middle of the square), inwoners and vanaf_65; missing is secret, not nobody.
    areas
        The buurten that still need points.
    rules
        [meten] of afstand.toml.

    Returns
    -------
    pandas.DataFrame
        Columns as in `places`. A square belongs to the buurt in which its middle lies, or else to the nearest within
        half its diagonal.
    """
    grid = grid.assign(buurt=inside(grid[["x", "y"]].to_numpy(), areas, SQUARE_M * 2**-0.5))
    grid = grid[grid["buurt"].notna()].reset_index(drop=True)
    # A secret square has one to four people; of its 65+ there are never more than its people.
    people = grid["inwoners"].astype(float).fillna(rules["geheim_inwoners"])
    old = np.minimum(grid["vanaf_65"].astype(float).fillna(rules["geheim_inwoners"]), people)
    side = int(round(rules["punten_per_vierkant"] ** 0.5))
    steps = ((np.arange(side) + 0.5) / side - 0.5) * SQUARE_M
    spread = np.array([(dx, dy) for dx in steps for dy in steps])
    at = np.repeat(np.arange(len(grid)), len(spread))
    shift = np.tile(spread, (len(grid), 1))
    return pd.DataFrame(
        {
            "buurt": grid["buurt"].to_numpy()[at],
            "x": grid["x"].to_numpy(float)[at] + shift[:, 0],
            "y": grid["y"].to_numpy(float)[at] + shift[:, 1],
            "gewicht": people.to_numpy()[at] / len(spread),
            "gewicht_65": old.to_numpy()[at] / len(spread),
            "herkomst": SQUARES,
        }
    )


def inside(places_rd: np.ndarray, areas: gpd.GeoDataFrame, near: float = 0.0) -> np.ndarray:
    """Code of the buurt in which each place lies.

    Parameters
    ----------
    places_rd
        Shape (n, 2), RD metres.
    areas
        Columns code and geometry.
    near
        Metres: a place outside every buurt goes to the nearest within this distance.

    Returns
    -------
    numpy.ndarray of object, shape (n,)
        None where there is none. On a border the first code counts.
    """
    codes = np.full(len(places_rd), None, dtype=object)
    if not len(places_rd) or not len(areas):
        return codes
    tree = shapely.STRtree(np.asarray(areas.geometry))
    names, points = areas["code"].to_numpy(), shapely.points(places_rd)
    which, at = tree.query(points, predicate="intersects")
    # From the last to the first: where two share a border the first one stays.
    codes[which[::-1]] = names[at[::-1]]
    left = np.flatnonzero(pd.isna(codes))
    if near and len(left):
        which, at = tree.query_nearest(points[left], max_distance=near, all_matches=False)
        codes[left[which]] = names[at]
    return codes


def _drawn(code: str, points: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "buurt": code,
            "x": points[:, 0],
            "y": points[:, 1],
            "gewicht": 1.0,
            "gewicht_65": 1.0,
            "herkomst": DRAWN,
        }
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
