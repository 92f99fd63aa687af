"""Every reader, on small real files and on the real data where it is present."""

from __future__ import annotations

import json
import re
import zipfile

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
from invoer_hulp import CODES, column, geojson, kwb, read, real, squares, texts


@pytest.mark.parametrize("ending", ["parquet", "csv", "xlsx", "json"])
def test_same_figures_from_every_kind_of_file(tmp_path, ending):
    path = tmp_path / f"tabel.{ending}"
    frame = kwb()
    if ending == "parquet":
        frame.to_parquet(path)
    elif ending == "csv":
        frame.to_csv(path, index=False, sep=";", decimal=",")
    elif ending == "xlsx":
        frame.to_excel(path, index=False, sheet_name="KWB")
    else:
        path.write_text(
            json.dumps(
                {
                    "odata.metadata": "https://opendata.cbs.nl/…/85618NED/$metadata",
                    "value": frame.to_dict("records"),
                }
            ),
            encoding="utf-8",
        )
    readings, report = read(tmp_path)
    assert [r.soort for r in readings] == ["cijfers"] and texts(report) == []
    assert [float(v) for v in column(readings, "inwoners")] == [1000, 2000, 500, 1500]
    assert [str(v).replace(",", ".") for v in column(readings, "afstand_huisarts")] == [
        "0.4",
        "1.2",
        "2.5",
        "0.8",
    ]
    assert list(readings[0].gebieden["code"]) == CODES
    assert readings[0].jaren == {"kwb": 2023}


@pytest.mark.parametrize("crs", ["EPSG:28992", "EPSG:4326"])
@pytest.mark.parametrize("ending", ["gpkg", "geojson", "shp"])
def test_boundaries_in_both_systems(tmp_path, ending, crs):
    path = tmp_path / f"buurten2023.{ending}"
    if ending == "geojson":
        geojson(path, squares(crs=crs), crs)
    else:
        squares(crs=crs).to_file(path)
    (reading,), report = read(tmp_path)
    assert reading.soort == "grenzen" and texts(report) == []
    assert reading.gebieden["vlak_ha"].round(1).tolist() == [100.0] * 4
    assert reading.gebieden["midden_x"].round(0).tolist() == [155_500, 156_500, 157_500, 158_500]


def test_sheet_with_titles_above_the_table_and_a_second_sheet_with_notes(tmp_path):
    with pd.ExcelWriter(tmp_path / "cijfers 2023.xlsx", engine="openpyxl") as writer:
        kwb().to_excel(writer, sheet_name="Cijfers", index=False, startrow=4)
        writer.sheets["Cijfers"]["A1"] = "Kerncijfers wijken en buurten"
        writer.sheets["Cijfers"].merge_cells("A1:F1")
        writer.sheets["Cijfers"]["B3"] = "Bevolking"
        pd.DataFrame(
            {"Begrip": ["Inwoners", "Wijk"], "Uitleg": ["mensen", "deel van een gemeente"]}
        ).to_excel(writer, sheet_name="Uitleg", index=False)
    readings, report = read(tmp_path)
    assert [float(v) for v in column(readings, "inwoners")] == [1000, 2000, 500, 1500]
    assert texts(report, "afgekeurd") == [] and any("Uitleg" in t for t in texts(report, "info"))


def test_text_with_titles_above_the_table_and_a_line_break_in_a_column_name(tmp_path):
    frame = kwb().rename(
        columns={"Mannen_6": 'Mannen\n"stand 1 januari"', "AantalInwoners_5": "Aantal inwoners (aantal)"}
    )
    table = frame.to_csv(index=False, sep=";")
    (tmp_path / "kwb2023.csv").write_text(f"Kerncijfers wijken en buurten\n;;\n{table}", encoding="utf-8")
    readings, report = read(tmp_path)
    assert (
        column(readings, "inwoners") == ["1000", "2000", "500", "1500"] and texts(report, "afgekeurd") == []
    )


def test_a_sheet_that_claims_to_be_endless_is_read_for_what_is_in_it(tmp_path):
    kwb().to_excel(tmp_path / "echt.xlsx", index=False)
    with (
        zipfile.ZipFile(tmp_path / "echt.xlsx") as real_book,
        zipfile.ZipFile(tmp_path / "vals.xlsx", "w") as false_book,
    ):
        for item in real_book.namelist():
            part = real_book.read(item)
            if item.endswith("sheet1.xml"):
                part = re.sub(rb'<dimension ref="[^"]+"', b'<dimension ref="A1:XFD1048576"', part)
                assert b"XFD1048576" in part
            false_book.writestr(item, part)
    readings, report = read(tmp_path / "vals.xlsx")
    assert [float(v) for v in column(readings, "inwoners")] == [1000, 2000, 500, 1500] and texts(report) == []


def test_formulas_count_with_their_stored_result(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    kwb().to_excel(tmp_path / "a.xlsx", index=False)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book.active["D2"] = "=500+500"
    book.save(tmp_path / "a.xlsx")
    readings, report = read(tmp_path)
    # No program has calculated it, so the result is not in the file: unknown, and said so.
    assert column(readings, "inwoners")[0] == "" and any("formules" in t for t in texts(report, "let_op"))


def test_health_table_splits_by_age_and_keeps_margins(tmp_path):
    pd.DataFrame(
        {
            "WijkenEnBuurten": [CODES[0]] * 6,
            "Perioden": "2024JJ00",
            "Leeftijd": ["20300"] * 3 + ["80200"] * 2 + ["10000"],
            "Marges": ["MW00000", "MOG0095", "MBG0095", "MW00000", "MOG0095", "MW00000"],
            "BeperkingInHoren_21": [5.1, 4.0, 6.2, 12.0, 10.0, 99.0],
        }
    ).to_csv(tmp_path / "50150NED.csv", index=False)
    (reading,), report = read(tmp_path)
    assert reading.jaren == {"gezondheid": 2024}
    young, old = reading.cijfers
    assert dict(zip(young["maat"], young["horen_18"], strict=True)) == {
        "waarde": "5.1",
        "onder": "4.0",
        "boven": "6.2",
    }
    assert dict(zip(old["maat"], old["horen_65"], strict=True)) == {"waarde": "12.0", "onder": "10.0"}
    assert any("18+ en 65+" in t for t in texts(report, "info"))


def test_health_without_an_age_group_is_refused(tmp_path):
    pd.DataFrame(
        {"WijkenEnBuurten": CODES, "Perioden": "2022JJ00", "BeperkingInHoren_18": [5.1, 4, 3, 2]}
    ).to_csv(tmp_path / "g.csv", index=False)
    readings, report = read(tmp_path)
    assert readings == [] and "18+ of 65+" in texts(report, "afgekeurd")[0]


def test_wmo_table_counts_only_the_total(tmp_path):
    pd.DataFrame(
        {
            "Wijken": ["WK990100"] * 3,
            "TypeMaatwerkvoorziening": ["A019507", "T001024", "T001024"],
            "Perioden": ["2025JJ00", "2025JJ00", "2025HJ01"],
            "WmoClienten_5": [30, 90, 85],
        }
    ).to_csv(tmp_path / "wmo.csv", index=False)
    readings, report = read(tmp_path)
    assert column(readings, "wmo_clienten") == ["90"]
    assert any("heel jaar" in t for t in texts(report, "afgekeurd"))


def test_land_part_counts_when_an_area_has_a_row_for_its_water(tmp_path):
    land, water = (
        squares(CODES[:1], water="NEE", aantalInwoners=900),
        squares(CODES[:1], water="JA", aantalInwoners=-99997),
    )
    water.geometry = water.geometry.translate(0, 5000)
    frame = gpd.GeoDataFrame(pd.concat([water, land], ignore_index=True), crs=land.crs)
    frame.to_file(tmp_path / "buurten2023.gpkg")
    (reading,), report = read(tmp_path)
    assert [float(v) for v in column([reading], "inwoners")] == [900.0] and texts(report, "afgekeurd") == []
    assert reading.gebieden["midden_y"].tolist() == [463_500]


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        ("naam;lat;lon\nA;52,1;5,2\nB;5,3;52,2\nC;0;0\n", "csv"),
        (
            json.dumps(
                [
                    {"name": "A", "lat": "52.1", "lng": "5.2"},
                    {"name": "B", "lat": "5.3", "lng": "52.2"},
                    {"name": "C", "lat": 0, "lng": 0},
                ]
            ),
            "json",
        ),
    ],
)
def test_points_from_text(tmp_path, content, ending):
    (tmp_path / f"huisartsen.{ending}").write_text(content, encoding="utf-8")
    (reading,), report = read(tmp_path)
    assert reading.soort == "punten" and set(reading.inhoud["soort"]) == {"huisarts"}
    assert reading.inhoud["lat"].tolist() == [52.1, 52.2] and reading.inhoud["lon"].tolist() == [5.2, 5.3]
    assert any("verwisseld" in t for t in texts(report, "let_op")) and any(
        "niet in Nederland" in t for t in texts(report, "afgekeurd")
    )


def test_points_that_name_their_buurt_are_points_and_not_areas(tmp_path):
    frame = squares(CODES[:2], amenity="library").drop(columns="jaar")
    frame.geometry = frame.geometry.centroid
    frame.to_file(tmp_path / "plekken.gpkg")
    (reading,), _ = read(tmp_path)
    assert reading.soort == "punten" and reading.inhoud["soort"].tolist() == ["bibliotheek"] * 2


def test_real_den_haag_equals_the_source_to_the_digit():
    source = real("denhaag", "denhaag_kwb2019_rivm2020.gpkg")
    (reading,), report = read(source)
    raw = pyogrio.read_dataframe(source, read_geometry=False)
    code = next(c for c in raw if raw[c].astype(str).str.strip().str.fullmatch(r"BU0518\w{4}").all())
    for prefix, variable in (
        ("AantalInwoners_", "inwoners"),
        ("k_65JaarOfOuder_", "leeftijd_65plus"),
        ("WmoClienten_", "wmo_clienten"),
        ("AfstandTotHuisartsenpraktijk_", "afstand_huisarts"),
    ):
        name = next(c for c in raw if c.startswith(prefix))
        expected = dict(zip(raw[code].str.strip(), raw[name], strict=True))
        found = dict(zip(reading.cijfers[0]["gebied"], reading.cijfers[0][variable], strict=True))
        assert len(found) == 114
        assert {k: v for k, v in found.items() if pd.notna(v)} == {
            k: v for k, v in expected.items() if pd.notna(v)
        }
    assert texts(report, "afgekeurd") == []


def test_real_utrecht_has_no_code_or_figure_lost():
    readings, report = read(real("utrecht"))
    assert sorted(r.rijen for r in readings) == [122, 122, 123] and texts(report, "afgekeurd") == []
    assert {frozenset(r.jaren.items()) for r in readings} == {
        frozenset({("kwb", 2023)}),
        frozenset({("kwb", 2024)}),
        frozenset({("nabijheid", 2023)}),
    }


def test_real_drechtsteden_reads_all_points_and_areas():
    readings, _ = read(real("drechtsteden"))
    points = {
        r.inhoud["soort"].iloc[0]: len(r.inhoud)
        for r in readings
        if r.soort == "punten" and r.bestand != "treinstations.geojson"
    }
    assert points["bibliotheek"] == 19 and points["ziekenhuis"] == 17
    assert next(r.rijen for r in readings if r.soort == "grenzen") == 358
