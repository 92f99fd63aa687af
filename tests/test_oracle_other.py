"""Utrecht (spreadsheets, no boundaries) and Drechtsteden (GeoJSON of PDOK with points), against their own files."""

from __future__ import annotations

import csv
import json

import openpyxl
import pandas as pd
import pytest

from wwz.ask.area import find_area

UTRECHT, WIJK = "GM0344", "WK034401"
BUURTEN = ["BU03440113", "BU03440932", "BU03440111"]
DRECHTSTEDEN = {
    "GM0482": "Alblasserdam",
    "GM0505": "Dordrecht",
    "GM0523": "Hardinxveld-Giessendam",
    "GM0531": "Hendrik-Ido-Ambacht",
    "GM0590": "Papendrecht",
    "GM0610": "Sliedrecht",
    "GM0642": "Zwijndrecht",
}
# Figure → column of the spreadsheet, and the newest year in which it is filled.
SHEET = {
    "inwoners": ("a_inw", 2024, "teller"),
    "leeftijd_65plus": ("a_65_oo", 2024, "teller"),
    "leeftijd_0_15": ("a_00_14", 2024, "teller"),
    "huishoudens": ("a_hh", 2024, "teller"),
    "eenpersoons": ("a_1p_hh", 2024, "teller"),
    "woningen": ("a_woning", 2023, "teller"),
    "bijstand": ("a_soz_wb", 2023, "teller"),
    "arbeidsongeschikt": ("a_soz_ao", 2023, "teller"),
    "woz": ("g_wozbag", 2023, "waarde"),
    "koop": ("p_koopw", 2023, "waarde"),
    "corporatie": ("p_wcorpw", 2023, "waarde"),
    "meergezins": ("p_mgezw", 2023, "waarde"),
    "adressendichtheid": ("ste_oad", 2024, "waarde"),
}
NEARBY = {
    "afstand_supermarkt": "Afstand tot grote supermarkt (km)",
    "afstand_levensmiddelen": "Afstand tot ov. dagel. levensmiddelen (km)",
    "afstand_bibliotheek": "Afstand tot bibliotheek (km)",
    "afstand_kinderdagverblijf": "Kinderdagverblijf/Afstand tot kinderdagverblijf (km)",
}


def cell(value) -> float | None:
    """A number as CBS writes it; a dot is unknown."""
    text = str(value).strip().replace(",", ".")
    return None if text in (".", "", "None") else float(text)


@pytest.fixture(scope="module")
def sheets(shared_data) -> dict[int, dict[str, dict[str, object]]]:
    """Year → code → row of the spreadsheet."""
    found = {}
    for year in (2023, 2024):
        book = openpyxl.load_workbook(
            shared_data / "utrecht" / f"CBS-Utrecht-kwb-{year}.xlsx", read_only=True
        )
        header, *rows = book.worksheets[0].iter_rows(values_only=True)
        found[year] = {str(r[0]).strip(): dict(zip(header, r, strict=True)) for r in rows}
    return found


@pytest.fixture(scope="module")
def nearby(shared_data) -> dict[str, dict[str, str]]:
    """Code → row of the StatLine csv."""
    path = shared_data / "utrecht" / "CBS-Utrecht_Nabijheid_voorzieningen__buurt_2023.csv"
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return {
            row["Regioaanduiding/Codering (code)"].strip(): row
            for row in csv.DictReader(handle, delimiter=";")
        }


def all_rows(store, code: str, niveau: str, indicator: str, jaar: int = 0) -> pd.DataFrame:
    return store.ask("tabel", binnen=[code], niveau=niveau, indicatoren=[indicator], jaar=jaar).set_index(
        "gebied"
    )


def check(found, expected, what) -> None:
    if expected is None:
        assert pd.isna(found), what
    else:
        assert found == pytest.approx(expected, abs=1e-9), what


# --- Utrecht -------------------------------------------------------------------------------------------


def test_utrecht_has_its_areas_without_boundaries(utrecht_store, sheets):
    areas = utrecht_store.areas()
    assert set(areas["code"]) == set(sheets[2024])
    assert areas.set_index("code").loc[BUURTEN[0], "naam"] == "Halve Maan-Zuid"
    assert areas["niveau"].value_counts().to_dict() == {"buurt": 111, "wijk": 10, "gemeente": 1}
    assert not utrecht_store.about()["met_grens"]
    assert utrecht_store.about()["bron_grenzen"] == "" and utrecht_store.about()["bron_punten"] == ""


@pytest.mark.parametrize("indicator", SHEET)
@pytest.mark.parametrize("code", [*BUURTEN, WIJK, UTRECHT])
def test_utrecht_figures_equal_the_sheets(utrecht_store, sheets, indicator, code):
    column, year, field = SHEET[indicator]
    row = find_area(utrecht_store, [code]).figures([indicator]).iloc[0]
    assert row["jaar"] == year
    check(row[field], cell(sheets[year][code][column]), (indicator, code))
    assert str(year) in row["bron"]


def test_the_older_year_stays_available(utrecht_store, sheets):
    for code in BUURTEN:
        row = find_area(utrecht_store, [code]).figures(["inwoners"], 2023).iloc[0]
        assert row["teller"] == cell(sheets[2023][code]["a_inw"])


def changed(sheets) -> set[str]:
    """Buurten whose row of 2024 says they are not those of 2023."""
    return {
        code
        for code, row in sheets[2024].items()
        if str(row["ind_wbi"]).strip() != "1" or row["regio"] != sheets[2023].get(code, {}).get("regio")
    }


def test_every_buurt_of_utrecht_and_its_dots(utrecht_store, sheets):
    moved = changed(sheets)
    dots = 0
    for indicator, (column, year, field) in SHEET.items():
        found = all_rows(utrecht_store, UTRECHT, "buurt", indicator)[field]
        assert len(found) == 111
        for code, value in found.items():
            expected = cell(sheets[year][code][column])
            if year == 2023 and code in moved:
                assert pd.isna(value), (indicator, code)
                continue
            empty = cell(sheets[year][code]["a_inw"]) == 0 and field == "teller" and not value > 0
            dots += expected is None
            if not empty:
                check(value, expected, (indicator, code))
    assert dots > 20


def test_utrecht_distances_are_those_of_the_csv(utrecht_store, nearby, sheets):
    moved = changed(sheets)
    for indicator, title in NEARBY.items():
        column = next(name for name in nearby[UTRECHT] if name.endswith(title))
        for niveau in ("gemeente", "wijk", "buurt"):
            rows = all_rows(utrecht_store, UTRECHT, niveau, indicator)
            assert set(rows["jaar"]) == {2023}
            for code, value in rows["waarde"].items():
                if code not in moved:
                    check(value, cell(nearby[code][column]), (indicator, code))


def test_what_is_empty_in_the_release_is_unknown_and_not_zero(utrecht_store):
    indicators = utrecht_store.ask("indicatoren").set_index("code")["jaren"]
    for code in (
        "afstand_huisarts",
        "afstand_apotheek",
        "afstand_ziekenhuis",
        "wmo_clienten",
    ):
        assert list(indicators[code]) == [], code


def test_what_no_file_holds_is_only_ever_an_estimate(utrecht_store):
    rows = all_rows(utrecht_store, UTRECHT, "buurt", "mobiliteit_18")
    assert set(rows["soort"]) <= {"geschat", "onbekend"}


# --- Drechtsteden --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pdok(shared_data) -> dict[str, dict]:
    """Code → properties of the buurt."""
    content = json.loads((shared_data / "drechtsteden" / "buurten2023.geojson").read_text(encoding="utf-8"))
    return {f["properties"]["buurtcode"]: f["properties"] for f in content["features"]}


def known(value) -> float | None:
    return None if value is None or float(value) <= -99990 else float(value)


def test_drechtsteden_has_seven_gemeenten_with_their_names(drechtsteden_store, pdok):
    areas = drechtsteden_store.areas().set_index("code")
    gemeenten = areas[areas["niveau"] == "gemeente"]
    assert gemeenten["naam"].to_dict() == DRECHTSTEDEN
    assert set(areas.index[areas["niveau"] == "buurt"]) == set(pdok)


def test_a_water_buurt_is_marked_and_has_nobody(drechtsteden_store, pdok):
    water = [code for code, row in pdok.items() if row["water"] == "JA"]
    areas = drechtsteden_store.areas().set_index("code")
    assert list(areas.index[(areas["niveau"] == "buurt") & areas["water"]]) == water and len(water) == 1
    row = all_rows(drechtsteden_store, water[0], "buurt", "inwoners").iloc[0]
    check(row["teller"], known(pdok[water[0]]["aantalInwoners"]), "water")


def test_missing_codes_are_unknown_in_drechtsteden(drechtsteden_store, pdok):
    missing = 0
    for indicator, column in (("inwoners", "aantalInwoners"), ("huishoudens", "aantalHuishoudens")):
        for gemeente in DRECHTSTEDEN:
            for code, value in all_rows(drechtsteden_store, gemeente, "buurt", indicator)["teller"].items():
                expected = known(pdok[code][column])
                missing += expected is None
                check(value, expected, (indicator, code))
    for indicator, column in (
        ("leeftijd_65plus", "percentagePersonen65JaarEnOuder"),
        ("eenpersoons", "percentageEenpersoonshuishoudens"),
        ("adressendichtheid", "omgevingsadressendichtheid"),
    ):
        for gemeente in DRECHTSTEDEN:
            for code, value in all_rows(drechtsteden_store, gemeente, "buurt", indicator)["waarde"].items():
                expected = known(pdok[code][column])
                missing += expected is None
                check(value, expected, (indicator, code))
    assert missing > 50


def test_a_percentage_per_age_becomes_people(drechtsteden_store, pdok):
    compared = 0
    for gemeente in DRECHTSTEDEN:
        rows = all_rows(drechtsteden_store, gemeente, "buurt", "leeftijd_65plus")
        for code, row in rows[rows["waarde"].notna()].iterrows():
            share, people = (
                known(pdok[code]["percentagePersonen65JaarEnOuder"]),
                known(pdok[code]["aantalInwoners"]),
            )
            assert row["teller"] == pytest.approx(share * people / 100, abs=0.5)
            assert not row["geteld"]
            # A whole percentage may be half a percentage off.
            assert row["onder"] <= share <= row["boven"] and row["boven"] - row["onder"] <= 1 + 1e-9
            compared += 1
    assert compared > 250


def test_older_people_of_a_gemeente_are_the_sum_of_its_buurten(drechtsteden_store, pdok):
    for gemeente in DRECHTSTEDEN:
        rows = [r for r in pdok.values() if r["gemeentecode"] == gemeente]
        pairs = [(known(r["percentagePersonen65JaarEnOuder"]), known(r["aantalInwoners"])) for r in rows]
        pairs = [(share, people) for share, people in pairs if share is not None and people is not None]
        old, everyone = sum(s * p / 100 for s, p in pairs), sum(p for _, p in pairs)
        row = find_area(drechtsteden_store, [gemeente]).figures(["leeftijd_65plus"]).iloc[0]
        assert row["teller"] == pytest.approx(old, rel=1e-9)
        assert row["waarde"] == pytest.approx(100 * old / everyone, rel=1e-9)
        assert row["soort"] == "geschat"


def test_inhabitants_of_each_gemeente_are_the_sum_of_its_buurten(drechtsteden_store, pdok):
    for gemeente in DRECHTSTEDEN:
        expected = sum(
            known(r["aantalInwoners"]) or 0 for r in pdok.values() if r["gemeentecode"] == gemeente
        )
        assert find_area(drechtsteden_store, [gemeente]).figures(["inwoners"])["teller"].iloc[0] == expected


def test_points_are_counted_by_kind(drechtsteden_store, shared_data):
    folder = shared_data / "drechtsteden"
    files = {
        "bibliotheek": ["bibliotheken"],
        "sport": ["sportaccommodaties"],
        "theater": ["theaters"],
        "treinstation": ["treinhaltes_mll", "treinstations"],
        "ziekenhuis": ["ziekenhuizen_poliklinieken"],
        "zwembad": ["zwemlocaties"],
    }
    expected = {}
    for kind, names in files.items():
        expected[kind] = 0
        for name in names:
            features = json.loads((folder / f"{name}.geojson").read_text(encoding="utf-8"))["features"]
            expected[kind] += len({tuple(f["geometry"]["coordinates"][:2]) for f in features})
    found = drechtsteden_store.ask("voorzieningen").set_index("soort")["aantal"].to_dict()
    assert found == expected
    points = drechtsteden_store.ask("punten", soorten=["bibliotheek"])
    assert len(points) == expected["bibliotheek"]
    assert points["lat"].between(51.7, 51.9).all() and points["lon"].between(4.5, 4.9).all()
