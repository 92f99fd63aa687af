"""Files that people really have are read for what they are, or refused with the reason that counts."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from invoer_hulp import CODES, X, Y, built, column, four_buurten, kwb, only_distances, read, squares, texts

from wwz.base.errors import Fout
from wwz.base.settings import Settings
from wwz.build.build import build
from wwz.places import pointimport

# As StatLine writes it with the areas next to each other: titles above, the source below.
ON_ITS_SIDE = """"Nabijheid voorzieningen; voorbeeld 2021"
""
"";"";"Wijken en buurten"
"Onderwerp";"";"Nederland";"Voorbeeld";"Wijk 00";"Noord";"Noord"
{extra}"Gezondheid en welzijn|Huisartsenpraktijk|Afstand tot huisartsenpraktijk";"km";"1,0";"2,5";"0,9";"0,8";"."
"Bron: CBS"
"""
CODE_ROW = '"Regioaanduiding|Codering";"code";"NL00";"GM9901";"WK990100";"BU99010001";"BU99010002"\n'


def test_a_table_on_its_side_is_read_as_if_it_stood_upright(tmp_path):
    (tmp_path / "Nabijheid_2021.csv").write_text(ON_ITS_SIDE.format(extra=CODE_ROW), encoding="utf-8")
    (reading,), report = read(tmp_path)
    assert texts(report) == [] and reading.jaren == {"nabijheid": 2021}
    assert dict(zip(reading.cijfers[0]["gebied"], column([reading], "afstand_huisarts"), strict=True)) == {
        "NL00": "1,0", "GM9901": "2,5", "WK990100": "0,9", CODES[0]: "0,8", CODES[1]: ".",
    }  # fmt: skip
    assert reading.gebieden["naam"].tolist() == ["Nederland", "Voorbeeld", "Wijk 00", "Noord", "Noord"]


def test_codes_as_names_of_columns_and_periods_between_them(tmp_path):
    head = ";".join(["Onderwerp", *CODES[:3]])
    (tmp_path / "a.csv").write_text(f"{head}\nPerioden;2021;2021;2021\nAantalInwoners_5;10;20;30\n")
    (reading,), report = read(tmp_path)
    assert (
        texts(report) == []
        and reading.jaren == {"kwb": 2021}
        and column([reading], "inwoners") == ["10", "20", "30"]
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (ON_ITS_SIDE.format(extra=""), "naast elkaar in kolommen"),
        ('"Onderwerp";"Misdrijven"\n"Regio\'s";"aantal"\n"Nederland";"805559"\n"Aa en Hunze";"582"\n', "alleen met hun naam"),
    ],
)  # fmt: skip
def test_areas_by_their_name_only_are_refused_as_that(tmp_path, text, words):
    (tmp_path / "statline 2024.csv").write_text(text, encoding="utf-8")
    readings, report = read(tmp_path)
    assert not readings and [words in t for t in texts(report, "afgekeurd")] == [True]


def test_the_sentence_is_why_the_file_is_refused_and_not_the_first_remark(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    # A used list with a remark comes first; then a refused table of which one line is too short.
    (folder / "apotheken.csv").write_text(f"naam;x;y\nA;{X};{Y}\nB;;\n")
    (folder / "tabel.csv").write_text("plaats;aantal;jaar\nA;1;2020\nkort\nB;2;2020\n")
    with pytest.raises(Fout) as told:
        build(Settings(), (folder,), database=tmp_path / "wwz.duckdb")
    assert "tabel.csv: Er is geen kolom met codes" in str(told.value)
    assert "aantal kolommen" not in str(told.value) and "apotheken.csv" not in str(told.value)
    assert any("aantal kolommen" in t for t in texts(read(folder)[1], "afgekeurd"))


def test_a_file_whose_layers_are_all_broken_says_that(tmp_path):
    squares().to_file(tmp_path / "buurten_2023.gpkg")
    content = bytearray((tmp_path / "buurten_2023.gpkg").read_bytes())
    at = content.find(b"gpkg_contents")
    content[at + 100 :: 7] = b"\xff" * len(content[at + 100 :: 7])
    (tmp_path / "buurten_2023.gpkg").write_bytes(bytes(content))
    _, report = read(tmp_path)
    (reason,) = report.reasons()
    assert reason.heel and "geen tabel" not in reason.tekst


def test_parts_of_a_shapefile_without_the_shapes_are_reported(tmp_path):
    squares().to_file(tmp_path / "buurten_2023.shp")
    kwb().to_csv(tmp_path / "kwb.csv", index=False)
    assert texts(read(tmp_path)[1], "afgekeurd") == []
    (tmp_path / "buurten_2023.shp").rename(tmp_path / "buurten_2023.SHP")
    assert not any("ontbreekt" in t for t in texts(read(tmp_path)[1]))
    (tmp_path / "buurten_2023.SHP").unlink()
    readings, report = read(tmp_path)
    assert [r.soort for r in readings] == ["cijfers"]
    (told,) = texts(report, "afgekeurd")
    assert "buurten_2023.shp ontbreekt" in told and ".dbf en .shx" in told
    # The same when somebody names only the file that cannot do without.
    assert any("ontbreekt" in t for t in texts(read(tmp_path / "buurten_2023.dbf")[1], "afgekeurd"))


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods", "parquet", "gpkg", "shp"])
def test_text_under_another_name_is_called_text_and_read(tmp_path, ending):
    kwb().to_csv(tmp_path / f"kwb.{ending}", index=False, sep=";")
    readings, report = read(tmp_path)
    assert (
        column(readings, "inwoners") == ["1000", "2000", "500", "1500"] and texts(report, "afgekeurd") == []
    )
    assert any(f"tekstbestand (csv of json) met de naam .{ending}" in t for t in texts(report, "let_op"))
    (tmp_path / f"kwb.{ending}").write_text("Zomaar een briefje\nzonder tabel\n")
    _, report = read(tmp_path)
    (told,) = texts(report, "afgekeurd")
    assert told.startswith(f"Dit is een tekstbestand (csv of json) met de naam .{ending}.")
    (tmp_path / f"kwb.{ending}").write_bytes(b"\x00\x01\x02 geen tekst" * 9)
    assert any("geen echt" in t for t in texts(read(tmp_path)[1], "afgekeurd"))


# --- postcodes with their buurt ------------------------------------------------------------------------

LINK = "PC6;Huisnummer;Buurt2025;Wijk2025;Gemeente2025\n3811AA;1;99010001;990100;9901\n3811 aa;3;99010001;990100;9901\n"
LINK += "3811AA;5;99010002;990100;9901\n3811BB;5;99010002;990100;9901\nonzin;5;99010002;990100;9901\n"


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_the_table_of_postcodes_is_postcode_to_buurt(tmp_path, ending):
    (tmp_path / "pc6hnr20250801_gwb.csv").write_text(LINK)
    if ending != "csv":
        frame = pd.read_csv(tmp_path / "pc6hnr20250801_gwb.csv", sep=";")
        (frame.to_excel if ending == "xlsx" else frame.to_parquet)(tmp_path / f"pc6.{ending}", index=False)
        (tmp_path / "pc6hnr20250801_gwb.csv").unlink()
    (reading,), report = read(tmp_path)
    assert reading.soort == "koppeling" and reading.rijen == 5
    rows = reading.inhoud
    assert rows[["postcode", "buurt", "adressen", "jaar"]].values.tolist() == [
        ["3811AA", CODES[0], 2, 2025], ["3811AA", CODES[1], 1, 2025], ["3811BB", CODES[1], 1, 2025],
    ]  # fmt: skip
    assert any(t.startswith("1 rij heeft geen geldige postcode") for t in texts(report, "afgekeurd"))


def test_every_way_to_write_the_code_of_a_buurt(tmp_path):
    for number, (name, code, year) in enumerate(
        [
            ("Buurt2018", "3630000", 2018),
            ("buurtcode", "BU03630000", 2023),
            ("BU_CODE", "0363AA01", 2023),
            ("Buurt", "03630000", 2023),
        ]
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "postcodes_20231001.csv").write_text(f"postcode;huisnummer;{name}\n1011AB;1;{code}\n")
        (reading,), _ = read(folder)
        assert reading.inhoud["buurt"].tolist() == [f"BU{code.removeprefix('BU').zfill(8)}"]
        assert reading.inhoud["jaar"].tolist() == [year]
    # A list of doctors with their postcode and buurt stays a list of doctors.
    (tmp_path / "huisartsen.csv").write_text("postcode;huisnummer;buurtcode\n1011AB;1;BU03630000\n")
    (reading,), _ = read(tmp_path / "huisartsen.csv")
    assert reading.soort == "punten" and reading.inhoud["huisnummer"].tolist() == ["1"]


def test_postcodes_are_in_the_database_and_tell_in_which_buurt_a_point_without_place_lies(
    tmp_path, monkeypatch
):
    only_distances(monkeypatch)
    folder = four_buurten(tmp_path)
    (folder / "pc6hnr20250801_gwb.csv").write_text(LINK)
    (folder / "apotheken.csv").write_text("naam;postcode;huisnummer\nA;3811AA;9\nB;9999ZZ;1\n")
    ask, report = built(tmp_path, folder)
    rows = ask("select postcode, buurt, jaar, adressen from postcode_buurt order by all")
    assert rows.values.tolist() == [
        ["3811AA", CODES[0], 2025, 2],
        ["3811AA", CODES[1], 2025, 1],
        ["3811BB", CODES[1], 2025, 1],
    ]
    assert ask("select count(*) as n from punt")["n"].tolist() == [0]
    told = texts(report, "afgekeurd")
    assert any("alleen de buurt bekend (Buurt 001)" in t for t in told) and any(
        "(B)" in t and "BAG" in t for t in told
    )


def test_an_upload_of_points_names_what_it_is_instead(tmp_path, voorbeeld_store):
    none = pd.DataFrame({"soort": [], "naam": [], "lat": [], "lon": []})

    def look(name: str, content: str):
        return pointimport.look(voorbeeld_store, Settings(), name, content.encode(), "", none)

    with pytest.raises(Fout, match="postcodes met hun buurt"):
        look("pc6hnr20250801_gwb.csv", LINK)
    with pytest.raises(Fout) as told:
        look("lijst.csv", "plaats;aantal\nA;1\nkort\n")
    assert told.value.zinnen[0].startswith("Er is geen kolom met codes") and len(told.value.zinnen) == 1
    corners = [{"type": "node", "id": 1, "lat": 52.1, "lon": 5.1}]
    with pytest.raises(Fout, match="kenmerken"):
        look("ziekenhuizen.json", json.dumps({"elements": corners}))
