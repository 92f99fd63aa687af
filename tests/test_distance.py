"""Distances against brute force, points drawn in a buurt, and what a build makes of addresses and voorzieningen."""

from __future__ import annotations

from itertools import product

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from invoer_hulp import CODES, HOMES, SIDE, X, Y, as_many, built, four_buurten, kwb, squares, texts
from scipy.spatial import cKDTree
from shapely.geometry import box

from wwz.ask.area import find_area
from wwz.knowledge import domain
from wwz.own.plans import CLOSE, Change
from wwz.places import population
from wwz.places.distance import edge_points, nearest, reaches
from wwz.planning.measured import norms
from wwz.planning.situation import situation
from wwz.store import Store


def brute(places: np.ndarray, facilities: np.ndarray) -> np.ndarray:
    return np.array([min(np.hypot(*(f - p)) for f in facilities) for p in places])


@pytest.mark.parametrize("seed", range(5))
def test_the_nearest_is_the_nearest(seed):
    stream = np.random.default_rng(seed)
    places, facilities = stream.uniform(0, 5000, (300, 2)), stream.uniform(0, 5000, (17, 2))
    assert nearest(places, facilities) == pytest.approx(brute(places, facilities))


def test_chunks_do_not_change_the_answer(monkeypatch):
    stream = np.random.default_rng(7)
    places, facilities = stream.normal(0, 900, (1000, 2)), stream.normal(0, 900, (9, 2))
    whole = nearest(places, facilities)
    monkeypatch.setattr("wwz.places.nearest.CHUNK", 83)
    assert (nearest(places, facilities) == whole).all()


def test_to_the_last_bit_as_scipy_also_far_beyond_the_facilities():
    stream = np.random.default_rng(8)
    facilities = stream.uniform(90_000, 95_000, (40, 2))
    places = np.vstack([stream.uniform(0, 600_000, (2000, 2)), -stream.uniform(0, 9e6, (50, 2)), facilities])
    assert (nearest(places, facilities) == cKDTree(facilities).query(places)[0]).all()
    # One facility is a tree without a size.
    assert (nearest(places, facilities[:1]) == cKDTree(facilities[:1]).query(places)[0]).all()


def test_adversarial_places():
    facilities = np.array([[0, 0], [0, 0], [10, 0], [1e6, 1e6]], dtype=float)
    places = np.array([[0, 0], [5, 0], [10, 0], [-3, 4], [1e6, 1e6 + 1]], dtype=float)
    # On a facility, exactly between two, on the other, and by hand: 3-4-5; far away.
    assert nearest(places, facilities).tolist() == [0, 5, 0, 5, 1]


def test_without_facilities_nobody_is_near():
    assert np.isinf(nearest(np.zeros((3, 2)), np.empty((0, 2)))).all()


def test_points_lie_in_their_buurt_and_are_the_same_every_time():
    ring = shapely.Point(0, 0).buffer(1000).difference(shapely.Point(0, 0).buffer(900))
    points = population.draw("BU00010001", ring, 150)
    assert len(points) == 150
    assert shapely.contains_xy(ring, points[:, 0], points[:, 1]).all()
    assert (points == population.draw("BU00010001", ring, 150)).all()
    assert (points != population.draw("BU00010002", ring, 150)).any()
    # All round, not in one corner.
    assert {(x > 0, y > 0) for x, y in points} == {(a, b) for a in (True, False) for b in (True, False)}


def test_a_buurt_too_narrow_to_draw_in_still_has_a_place():
    needle = shapely.Polygon([(0, 0), (9000, 9000), (9000, 9000.001)])
    assert 1 <= len(population.draw("BU00010001", needle, 20)) <= 20
    assert population.draw("BU00010001", shapely.LineString([(0, 0), (10, 0)]), 20).shape == (1, 2)


def test_a_sliver_between_buurten_is_not_the_edge_of_the_data():
    left, right = shapely.box(0, 0, 1000, 1000), shapely.box(1008, 0, 2000, 1000)
    edge = edge_points(gpd.GeoSeries([left, right]))
    assert np.hypot(*(edge - [1004, 500]).T).min() > 450
    assert np.hypot(*(edge - [0, 500]).T).min() < 60


def test_a_facility_on_a_border_belongs_to_both_sides():
    areas = gpd.GeoDataFrame(
        {"gemeente": ["GM0001", "GM0002", "GM0003"]},
        geometry=[shapely.box(i, 0, i + 1, 1) for i in (0, 1, 5)],
    )
    assert population.gemeenten_with(pd.DataFrame({"x": [1.0], "y": [0.5]}), areas) == {"GM0001", "GM0002"}


def test_every_norm_in_metres_is_measured():
    measured = {r.code: r.meters for r in reaches()}
    ruled = {code for rule in domain.meetregels() if rule.regel == "bereik" for code in rule.randvoorwaarden}
    assert ruled == {code for code, condition in domain.randvoorwaarden().items() if condition.norm_m}
    for rule in domain.meetregels():
        for code, name in product(rule.randvoorwaarden, rule.indicatoren if rule.regel == "bereik" else ()):
            assert domain.randvoorwaarden()[code].norm_m in measured[name.removeprefix("bereik_")]


@pytest.fixture
def town(tmp_path):
    """Four buurten of a square kilometre in a row; a meeting place in the middle of the first."""
    folder = four_buurten(tmp_path)
    at = gpd.GeoSeries.from_xy([X + SIDE / 2], [Y + SIDE / 2], crs="EPSG:28992").to_crs("EPSG:4326")
    pd.DataFrame({"naam": ["Het Honk"], "lat": at.y, "lon": at.x}).to_csv(
        folder / "ontmoeting.csv", index=False
    )
    return folder


def addresses(folder, rows) -> None:
    frame = as_many(pd.DataFrame(rows, columns=["x", "y", "buurtcode", "inwoners"]))
    frame.to_parquet(folder / "adressen.parquet")


def reach(ask, meter: int = 1000) -> pd.DataFrame:
    return ask(
        f"select * from bereik_buurt where bereik = 'ontmoeting' and meter = {meter} order by buurt"
    ).set_index("buurt")


def test_addresses_count_with_their_people(town, tmp_path):
    # Without stedelijkheid the detour is 1.3: 1,000 metres along the street are 769 in a straight line.
    middle = (X + SIDE / 2, Y + SIDE / 2)
    addresses(
        town,
        [
            (middle[0] + 760, middle[1], CODES[1], 3.0),
            (middle[0] + 780, middle[1], CODES[1], 1.0),
            (middle[0], middle[1] + 400, CODES[0], 2.0),
            (X + 2.5 * SIDE, Y + 500, CODES[2], 1.0),
        ],
    )
    ask, report = built(tmp_path, town)
    rows = reach(ask)
    assert rows.loc[CODES[0], "binnen"] == 1
    assert rows.loc[CODES[1], "binnen"] == pytest.approx(0.75)
    assert rows.loc[CODES[2], "binnen"] == 0
    assert rows.loc[CODES[0], "mediaan"] == pytest.approx(400 * 1.3, abs=1)
    assert set(rows["herkomst"]) == {"adressen", "benadering"}  # the fourth buurt has no addresses
    assert not [t for t in texts(report, "afgekeurd") if "adres" in t]
    people = ask(
        f"select * from cijfer where indicator = 'bereik_ontmoeting_1000' and gebied = '{CODES[1]}'"
    ).iloc[0]
    assert people["teller"] == pytest.approx(0.75 * 2000)
    assert people["soort"] == "geschat" and people["onder"] <= 75 <= people["boven"]


def test_a_larger_detour_lets_nobody_come_nearer(town, tmp_path):
    ask, _ = built(tmp_path, town, only=("bereik_buurt",))
    rows = ask("select * from bereik_buurt")
    assert (rows["binnen_weinig"] <= rows["binnen"]).all() and (rows["binnen"] <= rows["binnen_veel"]).all()
    assert set(rows["herkomst"]) == {"benadering"}


def test_drawn_points_come_close_to_the_true_share(town, tmp_path):
    ask, _ = built(tmp_path, town, only=("bereik_buurt",))
    # The part of the square kilometre within 500 / 1.3 metres of its middle.
    true = np.pi * (500 / 1.3) ** 2 / SIDE**2
    assert reach(ask, 500).loc[CODES[0], "binnen"] == pytest.approx(true, abs=0.08)


def test_near_the_edge_the_margin_says_that_there_may_be_more_outside(town, tmp_path):
    # Both addresses are out of reach; only the second lies near the edge of the data.
    addresses(town, [(X + 1.5 * SIDE + 40, Y + 500, CODES[1], 1.0), (X + 3.9 * SIDE, Y + 500, CODES[3], 1.0)])
    ask, _ = built(tmp_path, town, only=("bereik_buurt",))
    inner, outer = reach(ask, 100).loc[CODES[1]], reach(ask, 500).loc[CODES[3]]
    assert (inner["binnen"], inner["rand"]) == (0, 0)
    assert (outer["binnen"], outer["rand"]) == (0, 1)


def test_a_gemeente_without_a_list_is_unknown_not_far(town, tmp_path):
    # The last two buurten become another gemeente, where no meeting place is known.
    other = [c if i < 2 else c.replace("9901", "9902") for i, c in enumerate(CODES)]
    kwb(WijkenEnBuurten=other).to_csv(town / "kwb_2023.csv", index=False)
    squares(codes=other).to_file(town / "buurten_2023.gpkg")
    ask, _ = built(tmp_path, town)
    assert set(reach(ask).index) == set(other[:2])
    known = ask("select buurt from tekort_gemeten where randvoorwaarde = 'ontmoeting-1000'")
    assert set(known["buurt"]) == set(other[:2])


def test_unusable_addresses_are_reported_and_left_out(town, tmp_path):
    addresses(
        town,
        [(X + 500, Y + 500, CODES[0], 1.0), (5.1, 52.0, CODES[0], 1.0), (X + 500, Y + 500, "GM9901", 1.0)],
    )
    ask, report = built(tmp_path, town, only=("bereik_buurt",))
    assert ask("select count(*) as n from adres")["n"].tolist() == [HOMES]
    assert any(f"{2 * HOMES:,} adressen".replace(",", ".") in t for t in texts(report, "afgekeurd"))


def test_a_park_that_an_earlier_file_has_as_a_point_keeps_its_outline(town, tmp_path):
    # A park of 400 metres around the middle of the second buurt; a list that is read first has its middle.
    middle = (X + SIDE + 500, Y + 500)
    park = gpd.GeoDataFrame({"naam": ["Het Park"], "soort": ["groen"]}, crs="EPSG:28992",
        geometry=[box(middle[0] - 200, middle[1] - 200, middle[0] + 200, middle[1] + 200)])  # fmt: skip
    park.to_file(town / "vlakken.gpkg")
    (town / "a_parken.csv").write_text(f"naam;soort;x;y\nHet Park;groen;{middle[0] + 5};{middle[1]}\n")
    addresses(town, [(middle[0] - 250, middle[1] - 150, CODES[1], 1.0)])
    ask, report = built(tmp_path, town, only=("bereik_buurt",))
    points = ask("select naam, x, bestand from punt where soort = 'groen'")
    # One park, where the first list has it; 50 metres (65 over the street) from the edge and 292 from the middle.
    assert points["bestand"].tolist() == ["a_parken.csv"]
    assert points["x"].iloc[0] == pytest.approx(middle[0] + 5, abs=0.5)
    within = ask("select * from bereik_buurt where bereik = 'groen' and meter = 100").set_index("buurt")
    assert within.loc[CODES[1], "binnen"] == 1 and set(within["voorzieningen"]) == {1}
    assert any("dubbel" in t for t in texts(report, "let_op"))


def test_a_park_is_reached_at_its_edge_and_stays_one_voorziening(town, tmp_path):
    # A park of a square kilometre is the whole second buurt; the homes of the first lie 10 metres west of it.
    park = gpd.GeoDataFrame(
        {"naam": ["Het Park"]}, geometry=[box(X + SIDE, Y, X + 2 * SIDE, Y + SIDE)], crs="EPSG:28992"
    )
    park.assign(soort="groen").to_file(town / "parken.gpkg")
    addresses(town, [(X + SIDE - 10, Y + 512, CODES[0], 2.0), (X + 2 * SIDE + 900, Y + 500, CODES[2], 1.0)])
    ask, _ = built(tmp_path, town)
    within = ask(
        "select buurt, binnen, voorzieningen from bereik_buurt where bereik = 'groen' and meter = 100"
    ).set_index("buurt")
    assert within.loc[CODES[0], "binnen"] == 1
    assert within.loc[CODES[2], "binnen"] == 0  # 900 metres east of it
    assert set(within["voorzieningen"]) == {1}
    points = ask("select naam, x, y from punt where soort = 'groen'")
    assert points["naam"].tolist() == ["Het Park"]  # one on the map, in the park
    assert X + SIDE < points["x"].iloc[0] < X + 2 * SIDE
    # Working out plans starts from the same distances, and a park that closes takes its edge with it.
    store = Store(ask.path)
    try:
        norm = next(n for n in norms(store) if n.bereik == "groen" and n.meter == 100)
        there = situation(find_area(store, [CODES[0]]), norm)
        assert len(there.sites) == 1 and there.now.max() <= 30
        assert there.nearby["naam"].tolist() == ["Het Park"]
        site = there.sites.iloc[0]
        assert np.isinf(there.distances([Change(CLOSE, "groen", site["lat"], site["lon"])])).all()
    finally:
        store.close()
