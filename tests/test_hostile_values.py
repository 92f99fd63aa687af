"""Numbers and boundaries that cannot be true: unknown, with the reason, and nothing else is lost."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from invoer_hulp import CODES, SIDE, X, Y, built, column, geojson, kwb, read, squares, texts
from shapely.geometry import LineString, MultiPolygon, Polygon, box

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e]")


NUMBERS = [
    ("1000", 1000.0),
    ("1000.0", 1000.0),
    (" 1000 ", 1000.0),
    ("1 000", 1000.0),
    ("1\u00a0000", 1000.0),
    ("1.000.000", None),
    ("1.250", 1250.0),
    ("1.234.567", 1234567.0),
    ("", None),
    (".", None),
    ("x", None),
    ("-99995", None),
    ("-99997", None),
    ("-99999999", None),
    ("-99997.0", None),
    ("-5", None),
    ("NaN", None),
    ("inf", None),
    ("1e400", None),
    ("99999999999", None),
    ("veel", None),
    ("12 34", None),
    ("0x10", None),
    ("10,5", None),
    ("1e3", 1000.0),
]


def test_counts_as_they_are_written(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    codes = [f"BU9901{i:04d}" for i in range(len(NUMBERS))]
    pd.DataFrame(
        {"buurtcode": codes, "jaar": "2023", "AantalInwoners_5": [text for text, _ in NUMBERS]}
    ).to_csv(folder / "a.csv", index=False, sep=";")
    ask, _ = built(tmp_path, folder, only=("meting",))
    found = (
        ask("select gebied, waarde from meting where variabele = 'inwoners'")
        .set_index("gebied")["waarde"]
        .to_dict()
    )
    assert {text: found.get(code) for code, (text, _) in zip(codes, NUMBERS, strict=True)} == dict(NUMBERS)


def test_impossible_values_are_unknown_and_said_so(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    kwb(
        AfstandTotHuisartsenpraktijk_106=["0,4", "1.2", "-3", "9\x1b[2J"],
        BeperkingInHoren_21_18=["101", "-1", "55,5", "0"],
    ).to_csv(folder / "a.csv", index=False, sep=";")
    ask, report = built(tmp_path, folder, only=("meting",))
    found = ask(
        "select gebied, variabele, waarde from meting where variabele in ('afstand_huisarts', 'horen_18')"
    )
    assert {(g, v): w for g, v, w in found.itertuples(index=False)} == {
        (CODES[0], "afstand_huisarts"): 0.4,
        (CODES[1], "afstand_huisarts"): 1.2,
        (CODES[2], "horen_18"): 55.5,
        (CODES[3], "horen_18"): 0.0,
    }
    remarks = ask("select tekst from melding")["tekst"]
    assert remarks.str.contains("Kolom horen_18: 2 keer").any() and remarks.str.contains("geen getal").any()
    assert not any(CONTROL.search(t) for t in remarks)


@pytest.mark.parametrize(
    ("change", "words", "lost"),
    [
        (
            {"Mannen_6": [1000, 2000, 500, 1500], "AantalInwoners_5": [480, 990, 250, 760]},
            "mannen en vrouwen",
            "inwoners",
        ),
        ({"k_65JaarOfOuder_12": [1000, 2000, 500, 1500]}, "de leeftijden", "leeftijd_65plus"),
        (
            {
                "HuishoudensTotaal_28": [1000, 2000, 500, 1500],
                "AantalInwoners_5": [450, 900, 220, 700],
                "Mannen_6": None,
            },
            "de huishoudens",
            "huishoudens",
        ),
        (
            {"percentagePersonen65JaarEnOuder": 80, "percentagePersonen0Tot15Jaar": 40},
            "100 procent",
            "pct_65plus",
        ),
    ],
)
def test_swapped_columns_that_cannot_be_true(tmp_path, change, words, lost):
    folder = tmp_path / "in"
    folder.mkdir()
    kwb(**change).to_csv(folder / "a.csv", index=False)
    ask, _ = built(tmp_path, folder, only=("meting",))
    assert ask("select tekst from melding")["tekst"].str.contains(words).any()
    known = set(ask("select distinct variabele from meting")["variabele"])
    assert lost not in known and "afstand_huisarts" in known


def test_parts_that_differ_only_by_rounding_stay(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    kwb(AantalInwoners_5=[990, 2010, 505, 1490]).to_csv(folder / "a.csv", index=False)
    ask, report = built(tmp_path, folder, only=("meting",))
    assert len(ask("select * from meting where variabele = 'inwoners'")) == 4 and texts(report) == []


BOW_TIE = Polygon([(X, Y), (X + SIDE, Y + SIDE), (X + SIDE, Y), (X, Y + SIDE)])
BELGIUM = box(155_000, 100_000, 156_000, 101_000)


@pytest.mark.parametrize(
    ("shape", "area", "words"),
    [
        (BOW_TIE, 50.0, "1 grens kruiste zichzelf"),
        (Polygon(), None, None),
        (LineString([(X, Y), (X + 1, Y + 1)]), None, "lijn of punt"),
        (Polygon([(X, Y, 3), (X + SIDE, Y, 4), (X + SIDE, Y + SIDE, 5), (X, Y + SIDE, 6)]), 100.0, None),
        (MultiPolygon([box(X, Y, X + 500, Y + 1000), box(X + 600, Y, X + 700, Y + 1000)]), 60.0, None),
        (BELGIUM, None, "niet in Nederland"),
        (box(X, 100_000, X + SIDE, Y + SIDE), None, "buiten Nederland"),
        (Polygon([(X, Y), (X + SIDE, Y), (X + 500, Y)]), None, None),
        (None, None, None),
    ],
)
def test_boundaries_that_are_no_area(tmp_path, shape, area, words):
    frame = squares(aantalInwoners=[10, 20, 30, 40])
    frame.geometry = [shape, *frame.geometry[1:]]
    frame.to_file(tmp_path / "a.gpkg")
    (reading,), report = read(tmp_path)
    found = reading.gebieden.set_index("code")["vlak_ha"]
    assert (pd.isna(found[CODES[0]]) if area is None else found[CODES[0]] == pytest.approx(area)) and found[
        CODES[1]
    ] == pytest.approx(100)
    assert len(column([reading], "inwoners")) == 4
    assert not any(shape.has_z for shape in reading.gebieden["geometry"] if shape is not None)
    assert words is None or any(words in t for t in texts(report))


def _swap(frame):
    frame.geometry = frame.geometry.map(lambda s: Polygon([(y, x) for x, y in s.exterior.coords]))
    return frame


@pytest.mark.parametrize(
    ("frame", "label", "words"),
    [
        (squares(crs="EPSG:4326"), "EPSG:28992", "staan in graden"),
        (squares(), "urn:ogc:def:crs:EPSG::4326", "staan in meters"),
        (_swap(squares(crs="EPSG:4326")), None, "verkeerde volgorde"),
        (_swap(squares()), "EPSG:28992", "verkeerde volgorde"),
        (squares(crs="EPSG:3857"), "EPSG:3857", None),
    ],
)
def test_coordinates_are_read_as_they_are(tmp_path, frame, label, words):
    geojson(tmp_path / "a.geojson", frame, label)
    (reading,), report = read(tmp_path)
    # Web mercator and degrees come back to within a metre or so.
    assert reading.gebieden["midden_x"].tolist() == pytest.approx([155_500, 156_500, 157_500, 158_500], abs=2)
    assert reading.gebieden["midden_y"].tolist() == pytest.approx([463_500] * 4, abs=2)
    assert texts(report, "afgekeurd") == [] and (words is None) == (texts(report) == [])
    assert words is None or words in texts(report, "let_op")[0]


def test_two_systems_in_one_file(tmp_path):
    frame = squares()
    frame.geometry = [*frame.geometry[:2], *squares(crs="EPSG:4326").geometry[2:]]
    geojson(tmp_path / "a.geojson", frame, "EPSG:28992")
    (reading,), _ = read(tmp_path)
    assert reading.gebieden["midden_x"].tolist() == pytest.approx([155_500, 156_500, 157_500, 158_500], abs=2)


def test_shapefile_without_its_system_and_without_its_table(tmp_path):
    squares().to_file(tmp_path / "a2023.shp")
    (tmp_path / "a2023.prj").unlink()
    (reading,), report = read(tmp_path)
    assert reading.gebieden["vlak_ha"].tolist() == pytest.approx([100] * 4) and texts(report) == []
    (tmp_path / "a2023.dbf").unlink()
    readings, report = read(tmp_path)
    assert readings == [] and ".dbf" in texts(report, "afgekeurd")[0]
