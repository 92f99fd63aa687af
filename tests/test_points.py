"""Points come in: whatever shape they have, recognised or refused, and never silently used."""

from __future__ import annotations

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from invoer_hulp import CODES, X, Y, built, four_buurten, only_distances, read, real, squares, texts

from wwz.base.errors import Fout
from wwz.base.rd import to_degrees, to_rd
from wwz.places.facilities import country, in_place, without_doubles
from wwz.sources.coordinates import degrees, place_in
from wwz.sources.reading import Report

# The middle of the first square, by an independent transformation.
LAT, LON = (
    gpd.GeoSeries.from_xy([X + 500], [Y + 500], crs="EPSG:28992")
    .to_crs("EPSG:4326")
    .get_coordinates()
    .iloc[0][["y", "x"]]
)


def points_in(tmp_path, content: str, name: str = "huisartsen.csv"):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    readings, report = read(path)
    return (readings[0].inhoud if readings else None), report


def one(tmp_path, content: str, name: str = "huisartsen.csv") -> tuple[float, float]:
    rows, _ = points_in(tmp_path, content, name)
    assert len(rows) == 1
    return rows["lat"].iloc[0], rows["lon"].iloc[0]


NEAR = pytest.approx((LAT, LON), abs=2e-5)


@pytest.mark.parametrize(
    "content",
    [
        f"naam,lat,lon\nA,{LAT},{LON}\n",
        f"naam;lat;lon\nA;{str(LAT).replace('.', ',')};{str(LON).replace('.', ',')}\n",
        f"naam;breedtegraad;lengtegraad\nA;{LAT};{LON}\n",
        f"naam;lat;lon\nA;{LON};{LAT}\n",
        f"naam;x;y\nA;{X + 500};{Y + 500}\n",
        f"naam;x;y\nA;{Y + 500};{X + 500}\n",
        "naam;X-coördinaat;Y-coördinaat\nA;155.500,0;463.500,0\n",
        f"naam;lat;lon\nA;{X + 500};{Y + 500}\n",
        f"naam;locatie\nA;{LAT}, {LON}\n",
        f"naam;wkt\nA;POINT ({LON} {LAT})\n",
    ],
    ids=[
        "degrees",
        "comma",
        "dutch names",
        "swapped",
        "rd",
        "rd swapped",
        "rd with dots",
        "rd under degrees",
        "one cell",
        "wkt",
    ],
)
def test_every_way_to_write_a_place(tmp_path, content):
    assert one(tmp_path, content) == NEAR


def test_degrees_minutes_and_seconds():
    # 52 + 9/60 + 36/3600 by hand.
    assert degrees("52°09'36\"N") == pytest.approx(52.16)
    assert degrees("4° 18.6' O") == pytest.approx(4.31)
    assert degrees("81 234,5") == 81234.5
    assert pd.isna(degrees("onbekend")) and pd.isna(degrees(""))


def test_a_typed_place():
    assert place_in("52.0705, 4.3007") == place_in("4,3007; 52,0705") == (52.0705, 4.3007)
    for wrong in ("", "Rotterdam", "48.85, 2.35", "0, 0", "52.1"):
        with pytest.raises(Fout, match="geen plek in Nederland"):
            place_in(wrong)


def test_what_was_done_to_coordinates_is_said(tmp_path):
    _, swapped = points_in(tmp_path, f"naam;lat;lon\nA;{LON};{LAT}\n")
    assert any("verwisseld" in t for t in texts(swapped, "let_op"))
    _, comma = points_in(tmp_path, f"naam;lat;lon\nA;{str(LAT).replace('.', ',')};{LON}\n")
    assert any("als tekst" in t for t in texts(comma, "info"))
    _, plain = points_in(tmp_path, f"naam;lat;lon\nA;{LAT};{LON}\n")
    assert not texts(plain)


def test_unreadable_and_foreign_places_are_refused(tmp_path):
    rows, report = points_in(
        tmp_path, f"naam;lat;lon\nGoed;{LAT};{LON}\nParijs;48.85;2.35\nNul;0;0\nLeeg;;\nTekst;hier;daar\n"
    )
    assert rows["naam"].tolist() == ["Goed"]
    assert [t.split(" punten ")[0] for t in texts(report, "afgekeurd")] == ["2", "2"]


def test_spreadsheet_with_rd(tmp_path):
    path = tmp_path / "apotheken.xlsx"
    pd.DataFrame({"Naam": ["A"], "X": [X + 500], "Y": [Y + 500]}).to_excel(path, index=False)
    readings, _ = read(path)
    assert (readings[0].inhoud["lat"].iloc[0], readings[0].inhoud["lon"].iloc[0]) == NEAR
    assert readings[0].inhoud["soort"].tolist() == ["apotheek"]


def osm(tmp_path, features) -> tuple[pd.DataFrame | None, Report]:
    body = [{"type": "Feature", "geometry": g, "properties": p} for g, p in features]
    return points_in(
        tmp_path, json.dumps({"type": "FeatureCollection", "features": body}), "uittreksel.geojson"
    )


def at(dx: float = 0) -> dict:
    return {"type": "Point", "coordinates": [LON + dx, LAT]}


def test_osm_tags_decide_the_kind_and_the_rest_is_named(tmp_path):
    rows, report = osm(
        tmp_path,
        [
            (at(), {"name": "Markt", "shop": "supermarket"}),
            (at(0.01), {"name": "Samen", "amenity": "doctors;pharmacy"}),
            (at(0.02), {"name": "Dicht", "disused:shop": "supermarket"}),
            (at(0.03), {"name": "Weg", "amenity": "library", "opening_hours": "closed"}),
            (at(0.04), {"name": "Iets", "amenity": "vending_machine"}),
            (at(0.05), {"name": "Halen", "shop": "outpost"}),
        ],
    )
    assert rows.set_index("naam")["soort"].to_dict() == {"Markt": "supermarkt", "Samen": "huisarts"}
    said = " ".join(texts(report, "afgekeurd"))
    assert (
        "2 punten zijn gesloten" in said
        and "1 punt is alleen een afhaalpunt" in said
        and "Van 1 punt is de soort" in said
    )


def test_a_surface_becomes_a_point_inside_it(tmp_path):
    # A U-shape: its centroid lies outside it.
    ring = [(0, 0), (3, 0), (3, 3), (2, 3), (2, 1), (1, 1), (1, 3), (0, 3), (0, 0)]
    shape = shapely.Polygon([(LON + x / 1000, LAT + y / 1000) for x, y in ring])
    rows, report = osm(tmp_path, [(shapely.geometry.mapping(shape), {"name": "Park", "leisure": "park"})])
    assert shape.contains(shapely.Point(rows["lon"].iloc[0], rows["lat"].iloc[0]))
    assert any("als vlak" in t for t in texts(report, "info"))


def test_overpass_json(tmp_path):
    elements = [
        {"type": "node", "id": 1, "lat": LAT, "lon": LON, "tags": {"amenity": "pharmacy", "name": "A"}},
        {
            "type": "way",
            "id": 2,
            "center": {"lat": LAT + 0.01, "lon": LON},
            "tags": {"amenity": "library", "name": "B"},
        },
    ]
    rows, _ = points_in(tmp_path, json.dumps({"version": 0.6, "elements": elements}), "overpass.json")
    assert rows.set_index("naam")["soort"].to_dict() == {"A": "apotheek", "B": "bibliotheek"}
    assert rows["lat"].tolist() == pytest.approx([LAT, LAT + 0.01])


def test_a_column_names_the_kind(tmp_path):
    rows, report = points_in(
        tmp_path,
        f"naam;soort;lat;lon\nA;Huisartsen;{LAT};{LON}\nB;buurthuis;{LAT};{LON}\nC;kerk;{LAT};{LON}\n",
        "lijst.csv",
    )
    assert rows["soort"].tolist() == ["huisarts", "ontmoeting"]
    assert any("soort voorziening onbekend" in t for t in texts(report, "afgekeurd"))


# --- in place, and not twice ---------------------------------------------------------------------------


def frame(rows) -> pd.DataFrame:
    places = to_degrees(np.array([(x, y) for _, x, y in rows], float))
    return pd.DataFrame(
        {
            "soort": "huisarts",
            "naam": [n for n, _, _ in rows],
            "lat": places[:, 0],
            "lon": places[:, 1],
            "bestand": "b.csv",
        }
    )


def areas(water=()) -> gpd.GeoDataFrame:
    return squares().rename(columns={"buurtcode": "code"}).assign(water=[c in water for c in CODES])


def test_sea_abroad_water_and_outside():
    sea, abroad = to_rd([52.2], [3.6])[0], to_rd([51.2], [4.4])[0]  # off the coast of Zuid-Holland; Antwerpen
    report = Report()
    kept = in_place(
        frame(
            [
                ("land", X + 500, Y + 500),
                ("water", X + 1500, Y + 500),
                ("zee", *sea),
                ("Antwerpen", *abroad),
                ("naast", X - 900, Y),
                ("ver", X - 32_000, Y),
            ]
        ),
        areas(water=(CODES[1],)),
        report,
    )
    assert kept["naam"].tolist() == ["land", "naast"]
    said = texts(report, "afgekeurd")
    assert len(said) == 3 and any("in zee of in het buitenland (zee, Antwerpen)" in t for t in said)
    assert any("in het water (water)" in t for t in said) and any("30 km buiten" in t for t in said)
    assert any("buiten het gebied, op hooguit 30 km (naast)" in t for t in texts(report, "info"))


def test_the_outline_holds_the_corners_of_the_country_and_not_its_neighbours():
    inside = {
        "Vaals": (50.77, 6.02),
        "Delfzijl": (53.33, 6.92),
        "Cadzand": (51.37, 3.41),
        "Terschelling": (53.39, 5.3),
        "Winterswijk": (51.97, 6.72),
    }
    outside = {
        "Antwerpen": (51.22, 4.4),
        "Luik": (50.63, 5.57),
        "Oldenburg": (53.14, 8.21),
        "Noordzee": (52.3, 3.5),
        "Keulen": (50.94, 6.96),
        "Knokke": (51.35, 3.288),
        "Essen (België)": (51.4675, 4.468),
        "Gronau": (52.212, 7.024),
        "Maaseik": (51.098, 5.789),
        "3 km voor Scheveningen": (52.128, 4.235),
    }
    for name, (lat, lon) in inside.items():
        assert country().contains(shapely.Point(to_rd([lat], [lon])[0])), name
    for name, (lat, lon) in outside.items():
        assert not country().contains(shapely.Point(to_rd([lat], [lon])[0])), name


def test_every_buurt_of_the_country_lies_inside_the_outline(nederland_data):
    buurten = gpd.read_file(nederland_data / "buurten2024_kwb_85984NED.gpkg").to_crs("EPSG:28992")
    middle = shapely.get_coordinates(shapely.point_on_surface(np.asarray(buurten.geometry)))
    lost = buurten.loc[~shapely.contains_xy(country(), middle[:, 0], middle[:, 1])]
    assert len(buurten) > 14_000 and lost.empty, lost.iloc[:, :4]


def test_doubles_within_25_metres():
    report = Report()
    rows = frame([("A", 0, 0), ("a ", 24, 0), (None, 0, 20), ("B", 10, 0), ("A", 0, 26)]).assign(
        lat=lambda f: f["lat"]
    )
    rows = rows.assign(
        **dict(
            zip(
                ("lat", "lon"),
                to_degrees(
                    np.array([(X, Y), (X + 24, Y), (X, Y + 20), (X + 10, Y), (X + 40, Y + 26)], float)
                ).T,
                strict=True,
            )
        )
    )
    kept = without_doubles(rows, report)
    # The second is the first, spelled otherwise; the third has no name; B is another practice; the last lies too far.
    assert kept["naam"].tolist() == ["A", "B", "A"]
    assert any("2 punten staan er dubbel" in t for t in texts(report, "let_op"))
    assert any("andere naam (B)" in t for t in texts(report, "info"))
    other = rows.assign(soort=["huisarts", "apotheek", "bankje", "sport", "groen"])
    assert len(without_doubles(other, Report())) == 5


# --- postcodes -----------------------------------------------------------------------------------------


@pytest.fixture
def town(tmp_path, monkeypatch):
    only_distances(monkeypatch)
    folder = four_buurten(tmp_path)
    return folder


def test_postcode_and_number_find_their_address(town, tmp_path):
    (town / "bag.csv").write_text(
        f"postcode;huisnummer;x;y\n3811 AA;1;{X + 100};{Y + 100}\n3811 AA;3;{X + 300};{Y + 100}\n3811 AB;2A;{X + 1500};{Y + 500}\n"
    )
    (town / "apotheken.csv").write_text(
        "naam;postcode;huisnummer\nEen;3811aa;3\nTwee;3811AB;2a\nMidden;3811 AA;99\nNergens;9999ZZ;1\n"
    )
    ask, report = built(tmp_path, town)
    found = ask("select naam, x, y from punt order by naam").set_index("naam")
    assert found.loc["Een"].tolist() == pytest.approx([X + 300, Y + 100], abs=2)
    assert found.loc["Twee"].tolist() == pytest.approx([X + 1500, Y + 500], abs=2)
    assert found.loc["Midden"].tolist() == pytest.approx([X + 200, Y + 100], abs=2)
    assert "Nergens" not in found.index
    assert any("Nergens" in t and "BAG" in t for t in texts(report, "afgekeurd"))
    assert any("Midden" in t and "midden van" in t for t in texts(report, "let_op"))
    # Three addresses are not the homes of three thousand people.
    assert ask("select distinct herkomst from bereik_groep")["herkomst"].tolist() == ["benadering"]
    assert any("Te weinig adressen" in t and "Buurt 001, Buurt 002" in t for t in texts(report, "let_op"))


def test_addresses_are_homes_in_the_buurt_they_lie_in(town, tmp_path):
    # The first buurt has 450 households: half of them is enough. The second has 900.
    rows = [f"3811 AA;{n};{X + 100 + n};{Y + 100}" for n in range(1, 226)]
    rows += [f"3811 AB;{n};{X + 1100 + n};{Y + 100}" for n in range(1, 226)]
    (town / "bag.csv").write_text("postcode;huisnummer;x;y\n" + "\n".join(rows))
    (town / "apotheken.csv").write_text("naam;postcode;huisnummer\nEen;3811aa;3\n")
    ask, report = built(tmp_path, town)
    steps = ask("select distinct buurt, herkomst from bereik_groep").set_index("buurt")["herkomst"].to_dict()
    assert steps == {code: "adressen" if code == CODES[0] else "benadering" for code in CODES}
    assert any("Te weinig adressen" in t and "in: Buurt 002." in t for t in texts(report, "let_op"))


# --- real files ----------------------------------------------------------------------------------------


def test_the_jumbo_file():
    readings, report = read(real("punten", "supermarkten_jumbo.json"))
    points = readings[0].inhoud
    raw = json.loads(real("punten", "supermarkten_jumbo.json").read_text())["stores"]
    pickup = sum(shop["locationType"].lower().replace(" ", "") in ("pup", "pickuppoint") for shop in raw)
    assert pickup and len(points) == len(raw) - pickup and set(points["soort"]) == {"supermarkt"}
    assert any(f"{pickup} punten zijn alleen een afhaalpunt" in t for t in texts(report, "afgekeurd"))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("parkeergarages.csv", None), ("groentewinkels.csv", None), ("tankstations.csv", None), ("politiestations.csv", None),
        ("Metrostation.csv", None), ("transport.csv", None), ("haltes.csv", "ov_halte"), ("OV-haltes.csv", "ov_halte"),
        ("treinhaltes.csv", "treinstation"), ("parken_2024.csv", "groen"), ("Sporthallen.csv", "sport"), ("buurtApotheken.csv", "apotheek"),
    ],
)  # fmt: skip
def test_the_beginning_of_a_word_in_the_name_tells_the_kind(tmp_path, name, kind):
    rows, _ = points_in(tmp_path, f"naam;lat;lon\nA;{LAT};{LON}\n", name)
    assert (rows["soort"].tolist() if rows is not None else []) == ([kind] if kind else [])


def test_tags_of_osm_go_before_the_name_of_the_file(tmp_path):
    tags = [
        {"amenity": "vending_machine"}, {"leisure": "garden"}, {"leisure": "park", "access": "private"}, {"amenity": "social_facility"},
        {"railway": "station", "station": "subway"}, {"leisure": "park"}, {"amenity": "social_facility", "social_facility": "day_care"},
    ]  # fmt: skip
    body = [
        {"type": "Feature", "geometry": at(i / 100), "properties": {"name": str(i), **t}}
        for i, t in enumerate(tags)
    ]
    rows, _ = points_in(
        tmp_path, json.dumps({"type": "FeatureCollection", "features": body}), "apotheken.geojson"
    )
    assert rows.set_index("naam")["soort"].to_dict() == {"5": "groen", "6": "dagbesteding"}


@pytest.mark.parametrize(
    ("column", "text", "open_"),
    [
        ("status", "Permanent gesloten", False), ("status", "tijdelijk gesloten", False), ("status", "gesloten per 1-1-2020", False),
        ("status", "gesloten per 1-1-2999", True), ("openingstijden", "ma-vr 9-17, za gesloten", True), ("einddatum", "31-12-2020", False),
        ("einddatum", "31/12/2020", False), ("einddatum", "2020-12-31", False), ("einddatum", "31-12-2999", True),
    ],
)  # fmt: skip
def test_closed_in_words_and_by_date(tmp_path, column, text, open_):
    rows, _ = points_in(
        tmp_path,
        f"naam;lat;lon;{column}\nA;{LAT};{LON};{text}\nB;{LAT};{LON};\n",
    )
    assert rows["naam"].tolist() == (["A", "B"] if open_ else ["B"])
