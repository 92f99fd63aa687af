"""Walking routes from a file: recognised, checked, and measured along."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from invoer_hulp import CODES, X, Y, as_many, built, four_buurten, only_distances, read, texts

A = CODES[0]


@pytest.fixture
def town(tmp_path, monkeypatch):
    """Four buurten of a square kilometre in a row (1000, 2000, 500 and 1500 inhabitants; 20% is 65+); a meeting place in A."""
    only_distances(monkeypatch)
    folder = four_buurten(tmp_path)
    (folder / "ontmoeting.csv").write_text(f"naam;x;y\nHonk;{X + 500};{Y + 500}\n")
    return folder


def addresses(folder, rows, **more) -> None:
    frame = pd.DataFrame(rows, columns=["x", "y", "buurtcode", "inwoners"]).assign(**more)
    as_many(frame).to_parquet(folder / "adressen.parquet")


def row_of(ask, buurt: str, meter: int = 1000, group: str = "inwoners") -> pd.Series:
    rows = ask(
        f"select * from bereik_groep where bereik = 'ontmoeting' and meter = {meter} and groep = '{group}' and buurt = '{buurt}'"
    )
    assert len(rows) == 1
    return rows.iloc[0]


def figure(ask, code: str, indicator: str) -> pd.Series:
    return ask(f"select * from cijfer where gebied = '{code}' and indicator = '{indicator}'").iloc[0]


def routes(folder, lines, name: str = "looproutes.gpkg", **columns) -> None:
    gpd.GeoDataFrame(
        columns, geometry=[shapely.LineString(line) for line in lines], crs="EPSG:28992"
    ).to_file(folder / name)


def test_distances_go_along_the_streets(town, tmp_path):
    # One street east along y = 500, and a house whose way goes round: 400 north, 300 east, back 400.
    place = (X + 500, Y + 500)
    around = [place, (X + 500, Y + 900), (X + 800, Y + 900), (X + 800, Y + 540)]
    routes(town, [around, [place, (X + 500, Y + 100)]])
    addresses(town, [(X + 800, Y + 540, A, 1.0), (X + 500, Y + 100, A, 1.0)])
    ask, report = built(tmp_path, town)
    # 400 + 300 + 360 = 1060 by the streets; 303 in a straight line.
    assert row_of(ask, A, 500)["binnen"] == pytest.approx(0.5)
    assert row_of(ask, A, 1000)["binnen"] == pytest.approx(0.5)
    assert (
        row_of(ask, A, 1000)["netwerk"] == 1
        and figure(ask, A, "bereik_ontmoeting_1000")["wijze"] == "adressen_netwerk"
    )
    assert not texts(report, "afgekeurd")


def test_both_sides_of_the_water(town, tmp_path):
    # Two quays without a bridge: the other side is 60 metres away and out of reach.
    routes(town, [[(X, Y + 500), (X + 1000, Y + 500)], [(X, Y + 560), (X + 1000, Y + 560)]])
    addresses(town, [(X + 500, Y + 560, A, 1.0), (X + 600, Y + 500, A, 1.0)])
    ask, report = built(tmp_path, town)
    assert row_of(ask, A, 1000)["binnen"] == pytest.approx(0.5)
    assert any("2 delen zonder verbinding" in t for t in texts(report, "info"))
    # A bridge at the end of the quay makes it 500 + 60 + 500.
    routes(
        town,
        [
            [(X, Y + 500), (X + 1000, Y + 500)],
            [(X, Y + 560), (X + 1000, Y + 560)],
            [(X + 1000, Y + 500), (X + 1000, Y + 560)],
        ],
    )
    ask, _ = built(tmp_path, town)
    assert figure(ask, A, "bereik_ontmoeting_mediaan")["waarde"] == 100
    assert (
        ask(f"select max(klasse) as m from bereik_verdeling where kant = 'midden' and buurt = '{A}'")[
            "m"
        ].iloc[0]
        == 1060
    )


def test_who_lives_off_the_routes_is_measured_in_a_straight_line_and_that_is_said(town, tmp_path):
    routes(town, [[(X + 400, Y + 500), (X + 600, Y + 500)]])
    addresses(town, [(X + 500, Y + 900, A, 1.0)])
    ask, report = built(tmp_path, town)
    row = row_of(ask, A, 1000)
    assert (row["binnen"], row["netwerk"]) == (1, 0) and row["mediaan"] == 520
    assert any("van een looproute" in t for t in texts(report, "let_op"))


def test_motorways_and_faults_in_a_network_are_reported(town, tmp_path):
    routes(
        town,
        [
            [(X, Y + 500), (X + 1000, Y + 500)],
            [(X, Y), (X + 900, Y)],
            [(X + 900, Y + 900), (X + 903, Y + 900)],
        ],
        highway=["footway", "motorway", "path"],
    )
    ask, report = built(tmp_path, town)
    assert ask("select count(*) as n from looplijn")["n"].iloc[0] == 2
    assert any("niet voor voetgangers" in t for t in texts(report, "info")) and any(
        "hangt nergens aan vast" in t for t in texts(report, "let_op")
    )


def test_a_network_with_a_wrong_label_is_read_by_its_numbers(town, tmp_path):
    frame = gpd.GeoDataFrame(
        {"id": [1]}, geometry=[shapely.LineString([(X, Y + 500), (X + 1000, Y + 500)])], crs="EPSG:4326"
    )
    frame.to_file(town / "looproutes.gpkg")
    ask, report = built(tmp_path, town)
    assert ask("select x1, y1 from looplijn").values.tolist() == [[X, Y + 500]]
    assert any("EPSG:4326" in t for t in texts(report, "let_op"))


GRAPHML = """<?xml version='1.0' encoding='utf-8'?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="d0" for="graph" attr.name="crs" attr.type="string"/>
<key id="d1" for="node" attr.name="x" attr.type="string"/><key id="d2" for="node" attr.name="y" attr.type="string"/>
<key id="d3" for="edge" attr.name="geometry" attr.type="string"/><key id="d4" for="edge" attr.name="highway" attr.type="string"/>
<graph edgedefault="directed"><data key="d0">epsg:28992</data>
<node id="1"><data key="d1">155000</data><data key="d2">463500</data></node>
<node id="2"><data key="d1">155500</data><data key="d2">463500</data></node>
<node id="3"/>
<edge source="1" target="2"><data key="d3">LINESTRING (155000 463500, 155250 463600, 155500 463500)</data></edge>
<edge source="2" target="1"/><edge source="2" target="3"/>
<edge source="1" target="2"><data key="d4">motorway</data></edge></graph></graphml>"""


def test_graphml(tmp_path):
    path = tmp_path / "netwerk.graphml"
    path.write_text(GRAPHML)
    readings, report = read(path)
    assert readings[0].inhoud.to_numpy().tolist() == [
        [155000, 463500, 155250, 463600],
        [155250, 463600, 155500, 463500],
        [155500, 463500, 155000, 463500],
    ]
    assert any("1 straat heeft" in t for t in texts(report, "afgekeurd")) and any(
        "1 weg is" in t for t in texts(report, "info")
    )
    path.write_text(GRAPHML.replace("<graphml", "<!DOCTYPE x [<!ENTITY a 'b'>]><graphml", 1))
    readings, report = read(path)
    assert not readings and any("onveilig" in t for t in texts(report, "afgekeurd"))
