"""An extract of OpenStreetMap is read as an answer of Overpass is: points, buildings and parks, and nothing of the rest."""

from __future__ import annotations

import osmium
import pytest
from invoer_hulp import read, texts
from osmium.osm.mutable import Node, Relation, Way

LAT, LON = 52.05, 4.3


@pytest.fixture
def extract(tmp_path):
    """A shop, a bench without corners, a nursing home as a building, a park of two ways, a road, and a loose corner."""
    path = tmp_path / "stad.osm.pbf"
    corners = [(0, 0), (0, 0.002), (0.002, 0.002), (0.002, 0)]
    with osmium.SimpleWriter(str(path)) as writer:
        for number, (north, east) in enumerate(corners, 1):
            writer.add_node(Node(id=number, location=(LON + east, LAT + north), version=1))
        writer.add_node(
            Node(id=9, location=(LON, LAT), version=1, tags={"shop": "supermarket", "name": "De Mand"})
        )
        writer.add_node(Node(id=10, location=(LON, LAT), version=1, tags={"highway": "crossing"}))
        writer.add_node(Node(id=11, location=(LON, LAT), version=1, tags={"emergency": "defibrillator"}))
        home = {"amenity": "social_facility", "social_facility": "nursing_home", "name": "Huize Rust"}
        writer.add_way(Way(id=20, nodes=[1, 2, 3, 4, 1], version=1, tags=home))
        writer.add_way(Way(id=21, nodes=[1, 2, 3], version=1, tags={"highway": "footway"}))
        writer.add_way(Way(id=22, nodes=[3, 4, 1], version=1))
        # Day care that is no social facility is nothing we know.
        writer.add_node(Node(id=12, location=(LON, LAT), version=1, tags={"social_facility": "day_care"}))
        members = [("w", 21, "outer"), ("w", 22, "outer")]
        writer.add_relation(
            Relation(id=30, members=members, version=1, tags={"leisure": "park", "type": "multipolygon"})
        )
    return path


def test_an_extract_gives_voorzieningen(extract):
    readings, report = read(extract)
    rows = readings[0].inhoud.set_index("soort")
    assert sorted(rows.index) == ["aed", "groen", "supermarkt", "zorglocatie"]
    assert rows.loc["supermarkt", "naam"] == "De Mand" and rows.loc["supermarkt", "lat"] == pytest.approx(LAT)
    # A building lies in its middle; a park keeps its edge, although it is drawn in two pieces.
    home = rows.loc["zorglocatie"]
    assert (home["lat"], home["lon"]) == pytest.approx((LAT + 0.001, LON + 0.001), abs=1e-6)
    assert isinstance(rows.loc["groen", "rand"], str)
    assert readings[0].licentie == "ODbL 1.0" and not report.reasons()


def test_a_broken_extract_is_told_in_a_sentence(extract, tmp_path):
    short = tmp_path / "kapot.osm.pbf"
    short.write_bytes(extract.read_bytes()[:-40])
    extract.unlink()
    readings, report = read(short)
    assert not readings and any("beschadigd" in text for text in texts(report, "afgekeurd"))


def test_an_extract_without_voorzieningen_is_told(tmp_path):
    path = tmp_path / "leeg.osm.pbf"
    with osmium.SimpleWriter(str(path)) as writer:
        writer.add_node(Node(id=1, location=(LON, LAT), version=1, tags={"highway": "crossing"}))
    readings, report = read(path)
    assert not readings and any("geen voorzieningen" in text for text in texts(report, "afgekeurd"))
