"""What Overpass gives, whichever `out` was asked for: one voorziening each, and never a corner of a building."""

from __future__ import annotations

import json

import geopandas as gpd
import numpy as np
import pytest
import shapely
from invoer_hulp import X, Y, read, texts

from wwz.base.rd import to_degrees, to_rd

CORNERS = [(0, 0), (100, 0), (100, 80), (0, 80), (0, 0)]
HOSPITAL = {"amenity": "hospital", "building": "yes", "name": "W"}


def place(east: float, north: float) -> dict[str, float]:
    lat, lon = to_degrees(np.array([(X + east, Y + north)]))[0]
    return {"lat": float(lat), "lon": float(lon)}


def nodes(corners=CORNERS, first: int = 101) -> list[dict]:
    """The corners of a way as nodes without tags; the last is the first again."""
    return [{"type": "node", "id": first + i, **place(*c)} for i, c in enumerate(corners[:-1])]


def ring(first: int = 101) -> list[int]:
    return [first, first + 1, first + 2, first + 3, first]


def points(tmp_path, elements: list[dict], name: str = "ziekenhuizen.json"):
    """Name → kind and RD place of what is read, and the report."""
    (tmp_path / name).write_text(json.dumps({"version": 0.6, "elements": elements}), encoding="utf-8")
    readings, report = read(tmp_path / name)
    rows = readings[0].inhoud if readings else None
    found = {}
    for row in rows.itertuples() if rows is not None else ():
        east, north = to_rd([row.lat], [row.lon])[0]
        found[row.naam] = (row.soort, round(east - X), round(north - Y))
    assert rows is None or len(found) == len(rows)
    return found, report


WAY = {"type": "way", "id": 10, "tags": HOSPITAL}


@pytest.mark.parametrize(
    ("elements", "middle"),
    [
        ([{**WAY, "nodes": ring()}, *nodes()], (50, 40)),
        ([*nodes(), {**WAY, "nodes": ring()}], (50, 40)),
        ([{**WAY, "nodes": ring(), "geometry": [place(*c) for c in CORNERS]}], (50, 40)),
        ([{**WAY, "center": place(50, 41)}], (50, 41)),
        ([{**WAY, "bounds": dict(zip(("minlat", "minlon"), place(0, 0).values(), strict=True))
           | dict(zip(("maxlat", "maxlon"), place(100, 80).values(), strict=True))}], (50, 40)),
        # An open line: half-way along it.
        ([{**WAY, "geometry": [place(0, 0), place(20, 0), place(80, 0)]}], (40, 0)),
        # A way with its nodes, and the same way once more without its tags.
        ([{**WAY, "nodes": ring()}, *nodes(), {"type": "way", "id": 10, "nodes": ring()}], (50, 40)),
    ],
    ids=["skel", "nodes first", "geom", "center", "bb", "open", "twice"],
)  # fmt: skip
def test_a_building_is_one_voorziening_and_its_corners_are_none(tmp_path, elements, middle):
    found, report = points(tmp_path, elements)
    assert list(found) == ["W"] and not texts(report, "afgekeurd")
    kind, *at = found["W"]
    assert kind == "ziekenhuis" and at == pytest.approx(middle, abs=1)


@pytest.mark.parametrize("inline", [True, False], ids=["geom", "skel"])
def test_a_relation_is_the_surface_that_its_ways_enclose(tmp_path, inline):
    halves = [[(0, 0), (100, 0), (100, 80)], [(100, 80), (0, 80), (0, 0)]]
    hole = [(10, 10), (90, 10), (90, 70), (10, 70), (10, 10)]
    lines = [(201, "outer", halves[0]), (202, "outer", halves[1]), (203, "inner", hole)]
    members, rest = [], []
    for number, role, line in lines:
        if inline:
            members.append(
                {"type": "way", "ref": number, "role": role, "geometry": [place(*c) for c in line]}
            )
        else:
            members.append({"type": "way", "ref": number, "role": role})
            # A corner that two lines share is one node.
            ids = [int(1000 + 10 * east + north) for east, north in line]
            rest += [{"type": "node", "id": n, **place(*c)} for n, c in zip(ids, line, strict=True)]
            rest.append({"type": "way", "id": number, "nodes": ids})
    relation = {"type": "relation", "id": 5, "members": members, "tags": {"type": "multipolygon", **HOSPITAL}}
    found, report = points(tmp_path, [relation, *rest])
    assert list(found) == ["W"] and not texts(report, "afgekeurd")
    east, north = found["W"][1:]
    # In the wing around the court, never in the court itself.
    assert 0 < east < 100 and 0 < north < 80 and not (10 < east < 90 and 10 < north < 70)


def test_a_part_with_tags_of_its_own_counts_by_those_tags_only(tmp_path):
    corners = nodes()
    corners[0]["tags"] = {"entrance": "main"}
    corners[1]["tags"] = {"amenity": "pharmacy", "name": "P"}
    found, report = points(tmp_path, [{**WAY, "nodes": ring()}, *corners])
    assert {name: kind for name, (kind, _, _) in found.items()} == {"W": "ziekenhuis", "P": "apotheek"}
    assert not texts(report, "afgekeurd")


def test_a_node_without_tags_is_never_a_voorziening(tmp_path):
    found, report = points(
        tmp_path, [{"type": "node", "id": 1, **place(0, 0)}, {"type": "node", "id": 2, **place(500, 0)}]
    )
    assert found == {} and any("kenmerken" in t and "out body" in t for t in texts(report, "afgekeurd"))
    named = {"type": "node", "id": 3, **place(900, 0), "tags": {"name": "N"}}
    found, report = points(tmp_path, [{"type": "node", "id": 1, **place(0, 0)}, named])
    # A name and nothing else: the file says what it is; and what is left out is said.
    assert found["N"][0] == "ziekenhuis" and any("1 los punt" in t for t in texts(report, "afgekeurd"))
    loose = gpd.GeoDataFrame(
        {"@id": ["node/1", "node/2"], "name": [None, "N"]}, geometry=[shapely.Point(5.1, 52.1), shapely.Point(5.2, 52.1)], crs=4326
    )  # fmt: skip
    loose.to_file(tmp_path / "ziekenhuizen.geojson")
    (reading,), _ = read(tmp_path / "ziekenhuizen.geojson")
    assert reading.inhoud["naam"].tolist() == ["N"]


def test_healthcare_without_amenity(tmp_path):
    tags = {
        "A": "pharmacy",
        "C": "doctor",
        "D": "hospital",
        "E": "physiotherapist",
        "F": "centre",
        "G": "dentist",
    }
    found, report = points(
        tmp_path,
        [{"type": "node", "id": i, **place(i * 100, 0), "tags": {"healthcare": value, "name": name}} for i, (name, value) in enumerate(tags.items())],
        "apotheken.json",
    )  # fmt: skip
    assert {name: kind for name, (kind, _, _) in found.items()} == {
        "A": "apotheek", "C": "huisarts", "D": "ziekenhuis", "E": "fysiotherapeut", "F": "apotheek",
    }  # fmt: skip
    assert any("Van 1 punt is de soort" in t for t in texts(report, "afgekeurd"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"elements": [], "remark": "runtime error: Query timed out"}, "Query timed out"),
        ({"elements": [{"type": "way", "id": 1, "tags": HOSPITAL}]}, "out center"),
        ({"elements": [{"type": "node", "id": [1], "lat": "x", "lon": {}, "tags": HOSPITAL}]}, "out center"),
        ({"elements": [{"type": "way", "id": 1, "nodes": [None, {}], "geometry": [None, 3], "tags": HOSPITAL}]}, "out center"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_called_what_it_is(tmp_path, content, words):
    (tmp_path / "ziekenhuizen.json").write_text(json.dumps(content), encoding="utf-8")
    readings, report = read(tmp_path)
    assert not readings and [t for t in texts(report, "afgekeurd") if words in t]


def test_xml_of_openstreetmap_is_called_that(tmp_path):
    (tmp_path / "export.osm").write_text(
        '<?xml version="1.0"?>\n<osm version="0.6" generator="Overpass API"></osm>'
    )
    assert ["out:json" in t for t in texts(read(tmp_path)[1], "afgekeurd")] == [True]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("basisscholen.csv", "school"), ("Basisschool.csv", "school"), ("cafés.csv", "horeca"), ("cafe\u0301s 2024.csv", "horeca"),
        ("Eetcafés.csv", "horeca"), ("Alzheimer cafés.csv", None), ("zitbanken.csv", "bankje"), ("parkbankjes.csv", "bankje"),
        ("crèches.csv", "kinderopvang"), ("buurthuizen.csv", "ontmoeting"), ("dorpshuizen.csv", "ontmoeting"), ("bakkers.csv", "dagwinkel"),
        ("schouwburgen.csv", "theater"), ("apotheken.csv", "apotheek"), ("fysiotherapeuten.csv", "fysiotherapeut"), ("bibliotheken.csv", "bibliotheek"),
        ("zwembaden.csv", "zwembad"), ("warenhuizen.csv", "warenhuis"), ("ziekenhuizen.csv", "ziekenhuis"), ("kinderdagverblijven.csv", "kinderopvang"),
        ("banken.csv", None),
    ],
)  # fmt: skip
def test_plurals_and_accents_in_the_name_of_a_file(tmp_path, name, kind):
    (tmp_path / name).write_text(f"naam;x;y\nA;{X};{Y}\n", encoding="utf-8")
    readings, _ = read(tmp_path)
    assert [s for r in readings for s in r.inhoud["soort"]] == ([kind] if kind else [])
