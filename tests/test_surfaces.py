"""Who lives inside a park is there already: oracles made by hand, through the build and through Doorrekenen."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from invoer_hulp import CODES, X, Y, as_many, built, four_buurten
from shapely.geometry import box

from wwz.ask.area import find_area
from wwz.own.plans import CLOSE, Change
from wwz.places.distance import measured_to
from wwz.places.surfaces import from_wkb, inside, pairs
from wwz.planning.measured import norms
from wwz.planning.situation import situation
from wwz.store import Store

SQUARE = box(0, 0, 1000, 1000)
FAR_SQUARE = box(1500, 0, 1600, 100)
WITH_HOLE = SQUARE.difference(box(600, 600, 800, 800))


def metres_to(parks: list[shapely.Polygon], home: tuple[float, float]) -> float:
    """As measured, with points at every 10 metres of the edges."""
    surfaces, places = np.array(parks), np.array([home], dtype=float)
    ends = shapely.get_coordinates(shapely.segmentize(surfaces, 10))
    return measured_to(places, np.array([True]), ends, surfaces, None)[0][0]


@pytest.mark.parametrize(
    ("parks", "home", "metres"),
    [
        ([SQUARE], (500, 500), 0),
        ([SQUARE], (1, 999), 0),
        ([SQUARE], (1100, 500), 100),
        ([SQUARE], (1000, 505), 0),  # on the border, between two points of it
        ([SQUARE], (0, 0), 0),
        ([WITH_HOLE], (500, 500), 0),
        ([WITH_HOLE], (700, 700), 100),  # a house block in the park is not the park
        ([WITH_HOLE], (600, 705), 0),
        ([SQUARE, FAR_SQUARE], (500, 500), 0),
        ([FAR_SQUARE, SQUARE], (1550, 50), 0),
        ([SQUARE, FAR_SQUARE], (1300, 50), 200),
        ([WITH_HOLE, box(650, 650, 750, 750)], (700, 700), 0),  # another park fills the hole
        ([shapely.MultiPolygon([SQUARE, FAR_SQUARE])], (1550, 50), 0),
    ],
)
def test_metres_by_hand(parks, home, metres):
    assert metres_to(parks, home) == pytest.approx(metres)


@pytest.mark.parametrize("seed", range(4))
def test_every_home_against_every_surface(seed, monkeypatch):
    monkeypatch.setattr("wwz.places.surfaces.CHUNK", 70)
    stream = np.random.default_rng(seed)
    middles, homes = stream.uniform(0, 1000, (12, 2)), stream.uniform(0, 1000, (300, 2))
    discs = np.array(shapely.buffer(shapely.points(middles), stream.uniform(10, 200, 12)))
    parks = np.array([disc.difference(disc.centroid.buffer(8)) for disc in discs])
    true = shapely.intersects(shapely.points(homes)[:, None], parks[None, :])
    found = np.zeros_like(true)
    found[pairs(homes, parks)] = True
    assert (found == true).all()
    assert (inside(homes, parks) == true.any(axis=1)).all()


def test_nothing_drawn_and_nobody_home():
    none = from_wkb(np.empty(0, dtype=object))
    assert not inside(np.zeros((3, 2)), none).any()
    assert [len(part) for part in pairs(np.zeros((3, 2)), none)] == [0, 0]
    assert not len(inside(np.empty((0, 2)), np.array([SQUARE])))


def test_a_knot_in_an_outline_is_still_a_surface():
    bow_tie = shapely.Polygon([(0, 0), (100, 100), (100, 0), (0, 100)])
    surfaces = from_wkb(np.array([shapely.to_wkb(bow_tie)], dtype=object))
    assert inside(np.array([[10.0, 50.0], [50.0, 10.0]]), surfaces).tolist() == [
        True,
        False,
    ]


# The first buurt is a park with a block of houses in it; the third has a park of 400 metres.
PARKS = {
    "Groot": box(X, Y, X + 1000, Y + 1000).difference(box(X + 600, Y + 600, X + 800, Y + 800)),
    "Klein": box(X + 2500, Y + 200, X + 2900, Y + 600),
}
DEEP, BLOCK, BORDER = (X + 300, Y + 300), (X + 700, Y + 700), (X + 1000, Y + 512)
BESIDE, SMALL = (X + 1100, Y + 500), (X + 2700, Y + 400)
HOMES = {DEEP: CODES[0], BLOCK: CODES[0], BORDER: CODES[0], BESIDE: CODES[1], SMALL: CODES[2]}


@pytest.fixture
def town(tmp_path):
    """Four buurten in a row with two parks, and five homes."""
    folder = four_buurten(tmp_path)
    parks = gpd.GeoDataFrame({"naam": list(PARKS)}, geometry=list(PARKS.values()), crs="EPSG:28992")
    parks.assign(soort="groen").to_file(folder / "parken.gpkg")
    rows = pd.DataFrame(
        [(*home, code, 1.0) for home, code in HOMES.items()], columns=["x", "y", "buurtcode", "inwoners"]
    )
    as_many(rows).to_parquet(folder / "adressen.parquet")
    return folder


def within(ask, meter: int) -> dict[str, float]:
    rows = ask(f"select buurt, binnen from bereik_buurt where bereik = 'groen' and meter = {meter}")
    return rows.set_index("buurt")["binnen"].to_dict()


def metres(there, found: np.ndarray) -> dict[tuple[float, float], float]:
    """Metres of each home."""
    return {home: found[np.hypot(*(there.places - home).T).argmin()] for home in HOMES}


def test_a_home_in_a_park_has_it_within_reach(town, tmp_path):
    ask, _ = built(tmp_path, town, only=("bereik_buurt",))
    # 100 metres in a straight line are 130 over the street.
    near, farther = within(ask, 100), within(ask, 400)
    assert near[CODES[0]] == pytest.approx(2 / 3) and (near[CODES[1]], near[CODES[2]]) == (0, 1)
    assert (farther[CODES[0]], farther[CODES[1]], farther[CODES[2]]) == (1, 1, 1)
    assert ask("select count(*) as n from punt_vlak")["n"].iloc[0] == 2


def test_closing_a_park_takes_it_from_who_lives_in_it(town, tmp_path):
    ask, _ = built(tmp_path, town)
    store = Store(ask.path)
    try:
        norm = next(n for n in norms(store) if n.bereik == "groen" and n.meter == 100)
        there = situation(find_area(store, CODES[:3]), norm)
        assert metres(there, there.now) == pytest.approx(
            {DEEP: 0, BLOCK: 100, BORDER: 0, BESIDE: 100, SMALL: 0}
        )
        assert sorted(there.nearby["naam"]) == ["Groot", "Klein"]
        sites = there.sites.set_index("naam")
        close = {n: Change(CLOSE, "groen", sites.loc[n, "lat"], sites.loc[n, "lon"]) for n in PARKS}
        assert metres(there, there.distances([close["Groot"]])) == pytest.approx(
            {
                DEEP: 2200,
                BLOCK: np.hypot(1800, 100),
                BORDER: np.hypot(1500, 12),
                BESIDE: 1400,
                SMALL: 0,
            }
        )
        assert metres(there, there.distances([close["Klein"]])) == pytest.approx(
            {DEEP: 0, BLOCK: 100, BORDER: 0, BESIDE: 100, SMALL: 1700}
        )
        assert np.isinf(there.distances(list(close.values()))).all()
        # The only home in the small park lies 200 metres from its edge.
        assert situation(find_area(store, [CODES[2]]), norm).nearby["naam"].tolist() == ["Klein"]
    finally:
        store.close()


def test_along_walking_routes_a_home_in_a_park_has_nothing_to_walk(town, tmp_path):
    # From deep in the park a street of 700 metres goes to the block of houses: 600 of it to the edge of the block.
    street = shapely.LineString([DEEP, (X + 300, Y + 500), (X + 700, Y + 500), BLOCK])
    gpd.GeoDataFrame(geometry=[street], crs="EPSG:28992").to_file(town / "looproutes.gpkg")
    ask, _ = built(tmp_path, town)
    near = within(ask, 100)
    assert near[CODES[0]] == 1 and (near[CODES[1]], near[CODES[2]]) == (0, 1)
    store = Store(ask.path)
    try:
        norm = next(n for n in norms(store) if n.bereik == "groen" and n.meter == 100)
        there = situation(find_area(store, CODES[:3]), norm)
        found = metres(there, there.now)
        assert (found[DEEP], found[BLOCK], found[SMALL]) == pytest.approx((0, 100, 0))
        assert metres(there, there.net)[DEEP] and metres(there, there.net)[BLOCK]
    finally:
        store.close()
