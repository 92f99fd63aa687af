"""What the BGT says of the way to shop and meeting place: read from its files, one street worked out by hand, and the truth."""

from __future__ import annotations

import json
import zipfile

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from invoer_hulp import X, Y, read, real, texts
from scipy.spatial import cKDTree
from shapely.geometry import box
from stappen_hulp import Bench

from wwz.knowledge import load_toml
from wwz.places import footways
from wwz.sources.bgt import width
from wwz.sources.example import SEED, make_example_region
from wwz.sources.example_region import streets

BUURT, GEMEENTE = "BU99010101", "GM9901"


@pytest.mark.parametrize(
    ("shape", "metres"),
    [
        (box(0, 0, 40, 1.5), 1.5), (box(0, 0, 2, 2), 2.0), (shapely.Point(0, 0).buffer(2), np.pi),
        # A ring of pavement around a block is as wide as the pavement.
        (box(0, 0, 50, 50).difference(box(1.5, 1.5, 48.5, 48.5)), 1.5),
    ],
)  # fmt: skip
def test_a_width_follows_from_surface_and_outline(shape, metres):
    assert width(np.array([shape]))[0] == pytest.approx(metres, rel=0.06)


# ---------------------------------------------------------------- files


def test_the_zip_of_a_village(tmp_path):
    """Otterlo: of 2,444 versions 1,252 hold now; six benches, all of one bronhouder; nine tenths of the pavement is wide."""
    readings, report = read(real("bewijs", "bgt", "otterlo.zip"))
    parts, benches = (next(r for r in readings if r.soort == kind) for kind in ("wegdelen", "meubilair"))
    assert parts.rijen == 1252 and len(benches.inhoud) == 6
    assert set(benches.inhoud["bronhouder"]) == {"P0025"}
    pavement = parts.inhoud[parts.inhoud["soort"] == "voetpad"]
    assert (pavement["breedte"] >= 1.5).mean() == pytest.approx(0.9, abs=0.06)
    assert set(parts.inhoud["soort"]) == {"straat", "voetpad", "ruim", "trap"}
    assert parts.inhoud["x"].between(179_000, 183_000).all() and parts.jaren.keys() == {"bgt"}
    assert not texts(report, "afgekeurd")


def features(*rows: tuple[dict, shapely.Geometry]) -> str:
    found = [
        {"type": "Feature", "properties": {"bronhouder": "G9901", **about}, "geometry": shapely.geometry.mapping(shape)}
        for about, shape in rows
    ]  # fmt: skip
    label = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
    return json.dumps({"type": "FeatureCollection", "crs": label, "features": found})


def test_json_of_pdok_holds_history_and_a_bronhouder_without_benches(tmp_path):
    path = box(X, Y, X + 40, Y + 1.2)
    old = {"functie": "voetpad", "lokaal_id": "G9901.1", "eind_registratie": "2024-01-01T00:00:00Z"}
    now = {"functie": "voetpad", "lokaal_id": "G9901.1", "eind_registratie": None}
    other = {"functie": "transitie", "lokaal_id": "G9901.2", "eind_registratie": None}
    (tmp_path / "wegdeel.json").write_text(
        features((old, box(X, Y, X + 40, Y + 3)), (now, path), (other, path))
    )
    (parts,), _ = read(tmp_path / "wegdeel.json")
    assert parts.rijen == 1 and set(parts.inhoud["breedte"]) == {1.2}
    spot = shapely.Point(X, Y)
    (tmp_path / "meubilair.json").write_text(
        features(
            ({"plus_type": "bank"}, spot), ({"plus_type": "afvalbak"}, spot),
            ({"plus_type": "afvalbak", "bronhouder": "G9902"}, spot), ({"plus_type": "bank", "termination_date": "2020-01-01"}, spot),
        )
    )  # fmt: skip
    (benches,), report = read(tmp_path / "meubilair.json")
    assert len(benches.inhoud) == 1
    assert any("(G9902)" in t and "niet geregistreerd" in t for t in texts(report, "info"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<CityModel>imgeo", "beschadigd"), (b"<!DOCTYPE x><CityModel>imgeo</CityModel>", "DOCTYPE"),
    ],
)  # fmt: skip
def test_a_zip_that_is_no_good_is_refused(tmp_path, content, said):
    with zipfile.ZipFile(tmp_path / "bgt.zip", "w") as archive:
        archive.writestr("bgt_wegdeel.gml", content)
    _, report = read(tmp_path / "bgt.zip")
    assert any(said in t for t in texts(report, "afgekeurd"))
    with zipfile.ZipFile(tmp_path / "anders.zip", "w") as archive:
        archive.writestr("iets.csv", "a;b")
    _, report = read(tmp_path / "anders.zip")
    assert any("zip-bestand. Pak het uit" in t for t in texts(report, "afgekeurd"))


# ---------------------------------------------------------------- one street by hand


def street(tmp_path, benches=((100, 5), (300, 5), (800, 5)), parts=(), people=1000.0) -> pd.DataFrame:
    """One home, 400 metres from a shop along a street: its pavement is 2 m wide for 100 metres, and then 1.2."""
    bench = Bench(tmp_path / "straat.duckdb")
    along = [(x, 0.0, 5.0, "straat") for x in range(0, 401, 10)]
    along += [(x, 3.0, 2.0 if x <= 100 else 1.2, "voetpad") for x in range(0, 401, 10)]
    rows = pd.DataFrame([*along, *parts], columns=["x", "y", "breedte", "soort"])
    bench.load("stoep", rows.assign(x=rows["x"] + X, y=rows["y"] + Y, bronhouder="G9901", jaar=2024))
    places = pd.DataFrame(benches, columns=["x", "y"], dtype="float64")
    bench.load("bank", places.assign(x=places["x"] + X, y=places["y"] + Y, bronhouder="G9901"))
    bench.load(
        "punt", pd.DataFrame({"soort": ["bankje"], "x": [X + 104.0], "y": [Y + 5.0]}).iloc[: len(places)]
    )
    bench.load("gebied", pd.DataFrame({"code": [BUURT], "gemeente": [GEMEENTE], "kleinste": [True]}))
    bench.load("inwoners_nu", pd.DataFrame({"gebied": [BUURT], "jaar": [2024], "inwoners": [people]}))
    bench.load(
        "looproute_buurt",
        pd.DataFrame(
            columns=["buurt", "breedte", "woningen", "smal", "zonder_bank", "zonder", "route", "jaar"]
        ).astype({"buurt": "str", **dict.fromkeys(["breedte", "smal", "zonder_bank", "zonder", "route"], "float64"), "woningen": "int64", "jaar": "int64"}),
    )  # fmt: skip
    homes = pd.DataFrame({"buurt": [BUURT], "x": [float(X)], "y": [float(Y)], "gewicht": [2.0]})
    area = gpd.GeoDataFrame(
        {"code": [BUURT], "gemeente": [GEMEENTE]}, geometry=[box(X - 500, Y - 500, X + 1500, Y + 500)]
    )
    footways.measure(bench, homes, [np.array([[X + 400.0, Y]]), np.empty((0, 2))], area)
    question = tmp_path / "vraag.sql"
    question.write_text("select * from looproute_buurt", encoding="utf-8")
    found = bench.read(question).set_index("breedte")
    bench.close()
    return found


def test_the_part_of_the_way_with_a_wide_pavement(tmp_path):
    found = street(tmp_path)
    # Every 20 metres, 21 places; the wide pavement is within 25 metres of those up to 120: 7 of 21.
    assert found.loc[0.9, ["route", "smal", "zonder_bank", "zonder"]].to_list() == [1, 0, 0, 0]
    assert found.loc[1.5, "route"] == pytest.approx(7 / 21) and found.loc[1.5, "smal"] == 1
    assert found["woningen"].to_list() == 2 * [load_toml("looproutes.toml")["meten"]["woningen_per_buurt"]]


def test_stairs_are_no_pavement_and_a_woonerf_is(tmp_path):
    stairs = [(x, 0.0, 4.0, "trap") for x in range(110, 401, 10)]
    assert street(tmp_path, parts=stairs).loc[1.5, "route"] == pytest.approx(7 / 21)
    other = tmp_path / "erf"
    other.mkdir()
    wide = [(x, 0.0, 4.0, "ruim") for x in range(110, 401, 10)]
    assert street(other, parts=wide).loc[1.5, "route"] == 1


@pytest.mark.parametrize(
    ("benches", "people", "lacking"),
    [
        # Two of them are one, with the one of volunteers: two left, along the way.
        (((100, 5), (103, 5), (800, 5)), 1000.0, 0.0),
        # None within 125 metres of a way of 400 metres.
        (((800, 5), (900, 5), (1000, 5), (1100, 5)), 1000.0, 1.0),
        # Two benches for 2,000 people: nobody keeps a list here.
        (((800, 5), (900, 5)), 2000.0, None),
        ((), 1000.0, None),
    ],
)  # fmt: skip
def test_no_bench_along_the_whole_way_unless_nobody_registers_them(
    tmp_path, monkeypatch, benches, people, lacking
):
    if lacking == 1.0 or lacking is None:
        monkeypatch.setattr(footways, "benches", lambda places, together: places[places[:, 0] > X + 500])
    row = street(tmp_path, benches, people=people).loc[0.9]
    assert pd.isna(row["zonder_bank"]) if lacking is None else row["zonder_bank"] == lacking
    assert row["zonder"] == (lacking or 0)


def test_benches_of_two_lists_are_one_where_they_lie_together():
    places = np.array([[0.0, 0.0], [9.0, 0.0], [30.0, 0.0], [200.0, 0.0]])
    assert footways.benches(places, 10).tolist() == [[0, 0], [30, 0], [200, 0]]
    assert len(footways.benches(places[:0], 10)) == 0


# ---------------------------------------------------------------- the truth of the example region


def true_share(region, drawn: streets.Streets, wide: float, benches: bool) -> pd.Series:
    """Per buurt the share of homes with more than a fifth of their way without such a pavement, or 125 metres from any bench.

    Measured anew, to the lines of the streets themselves, and with every bench there is.
    """
    stream = np.random.default_rng(1)
    homes = region.addresses.groupby("buurt").sample(12, replace=True, random_state=stream)
    homes = homes[region.buurten["gemeentecode"].isin(["GM9901", "GM9902"]).to_numpy()[homes["buurt"]]]
    middle, half = (drawn.parts[list(names)].to_numpy() for names in (("x", "y"), ("dx", "dy")))
    lines = shapely.linestrings(np.stack([middle - half, middle + half], axis=1))
    paved = ((drawn.parts["functie"] == "voetpad") & (drawn.parts["breedte"] >= wide)).to_numpy()
    osm = region.facilities.query("soort == 'bank'")[["x", "y"]]
    seats = cKDTree(np.concatenate([osm, drawn.benches[["x", "y"]]]))
    at = homes[["x", "y"]].to_numpy()
    miss, known, gap = np.zeros(len(at)), np.zeros(len(at)), np.zeros(len(at), dtype=bool)
    for kinds in (["supermarkt", "buurtwinkel"], ["buurthuis"]):
        ends = region.facilities.loc[region.facilities["soort"].isin(kinds), ["x", "y"]].to_numpy()
        far, which = cKDTree(ends).query(at)
        for metres in range(0, 501, 20):
            here = metres <= far
            spots = at + np.minimum(metres / np.maximum(far, 1), 1)[:, None] * (ends[which] - at)
            points = shapely.points(spots[here])
            road = np.isin(np.arange(len(points)), shapely.STRtree(lines).query(points, "dwithin", 25)[0])
            good = np.isin(
                np.arange(len(points)), shapely.STRtree(lines[paved]).query(points, "dwithin", 25)[0]
            )
            known[here] += road
            miss[here] += road & ~good
            gap[here] |= (seats.query(spots[here])[0] > 125) & (far[here] >= 250)
    lack = (miss > 0.2 * known) | (gap & benches)
    return pd.Series(lack[known >= 3]).groupby(homes["buurt"].to_numpy()[known >= 3]).mean()


def test_the_truth_lies_above_what_is_at_least_lacking(voorbeeld_store, ask):
    region = make_example_region()
    drawn = streets.draw_streets(region, SEED)
    rows = ask(
        voorbeeld_store,
        "select buurt, randvoorwaarde, onder from begrensd where hoe_onder = 'route' and randvoorwaarde like 'ruimte-%'",
    )
    for condition, wide, benches in (("ruimte-rollator", 0.9, True), ("ruimte-rolstoel", 1.5, False)):
        truth = true_share(region, drawn, wide, benches)
        truth.index = region.buurten["buurtcode"].to_numpy()[truth.index]
        both = (
            rows[rows["randvoorwaarde"] == condition]
            .set_index("buurt")
            .join(truth.rename("echt"), how="inner")
        )
        assert len(both) > 25 and (both["echt"] >= both["onder"]).mean() >= 0.9
