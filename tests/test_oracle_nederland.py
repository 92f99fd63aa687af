"""The country: figures of 2024 on all buurten, and those of 2020 only where the area is provably the same.

Oracle: the two source files, read here with pyogrio and pandas. A buurt counts as changed when its land differs by more
than 2% and more than 1 hectare.
"""

from __future__ import annotations

import pandas as pd
import pyogrio
import pytest

from wwz.ask.area import find_area

COUNTRY = "NL00"


@pytest.fixture(scope="module")
def now(nederland_data) -> pd.DataFrame:
    """Buurten of 2024."""
    return pyogrio.read_dataframe(
        nederland_data / "buurten2024_kwb_85984NED.gpkg", read_geometry=False
    ).set_index("buurtcode")


@pytest.fixture(scope="module")
def then(nederland_data) -> pd.DataFrame:
    """All areas of 2020."""
    frame = pd.read_parquet(nederland_data / "kwb2020_84799NED.parquet")
    return frame.set_index(frame["WijkenEnBuurten"].str.strip())


@pytest.fixture(scope="module")
def health(nederland_data) -> dict[str, pd.DataFrame]:
    """Health of 2020 per age group."""
    found = {}
    for age in ("18", "65"):
        frame = pd.read_parquet(nederland_data / f"gezondheid2020_50120NED_{age}plus.parquet")
        found[age] = frame.set_index(frame["WijkenEnBuurten"].str.strip())
    return found


@pytest.fixture(scope="module")
def layer(nederland_store, ask):
    """Indicator and level → its figures of all years; of buurten only what is published."""
    known: dict[tuple[str, str], pd.DataFrame] = {}

    def figures(indicator: str, niveau: str = "buurt") -> pd.DataFrame:
        key = (indicator, niveau)
        if key not in known:
            shown = nederland_store.ask("kaartlaag", binnen=[COUNTRY], niveau=niveau, indicator=indicator)
            # What is estimated is another matter: see the tests of the model.
            if niveau == "buurt":
                kinds = f"select gebied, jaar, soort from cijfer_open where indicator = '{indicator}'"
                shown = shown.merge(ask(nederland_store, kinds), on=["gebied", "jaar"], validate="1:1")
                shown = shown[shown["soort"] == "gepubliceerd"]
            known[key] = shown.set_index("gebied")
        return known[key]

    return figures


def of_year(frame: pd.DataFrame, year: int, column: str = "waarde") -> pd.Series:
    return frame.loc[frame["jaar"] == year, column].dropna()


def same(found: pd.Series, expected: pd.Series, **tolerance) -> None:
    pd.testing.assert_series_equal(
        found.astype(float).sort_index(),
        expected.astype(float).sort_index(),
        check_names=False,
        check_index_type=False,
        **(tolerance or {"rtol": 0, "atol": 1e-9}),
    )


# --- 2024 ----------------------------------------------------------------------------------------------


def test_all_buurten_of_2024_are_there(nederland_store, now):
    areas = nederland_store.areas()
    assert set(areas.loc[areas["niveau"] == "buurt", "code"]) == set(now.index)
    assert 14_500 <= len(now) < 14_600
    assert nederland_store.about()["indeling"] == 2024


def test_inhabitants_of_2024_equal_the_source_in_every_buurt(layer, now):
    same(of_year(layer("inwoners"), 2024), now["inwoners"].dropna())


@pytest.mark.parametrize(
    ("indicator", "column"),
    [
        ("afstand_huisarts", "afstandHuisarts"),
        ("afstand_supermarkt", "afstandSupermarkt"),
        ("afstand_school", "afstandSchool"),
        ("koop", "koopwoningen"),
        ("woz", "wozWaarde"),
        ("adressendichtheid", "adressendichtheid"),
    ],
)
def test_published_values_of_2024_equal_the_source(layer, now, indicator, column):
    same(of_year(layer(indicator), 2024), now[column].dropna())


def test_codes_with_letters_are_real_buurten(layer, now):
    letters = now.index[now.index.str[2:].str.contains("[A-Z]")]
    assert len(letters) > 400 and "BU0363AA01" in letters
    found = of_year(layer("inwoners"), 2024)
    same(found.reindex(letters).dropna(), now.loc[letters, "inwoners"].dropna())


def test_amsterdam_adds_up_over_its_buurten_with_letters(nederland_store, now):
    buurten = find_area(nederland_store, ["GM0363"]).buurten
    assert set(buurten) == set(now.index[now["gm"] == "GM0363"])
    rows = find_area(nederland_store, list(buurten)).figures(["inwoners"], 2024)
    assert rows["teller"].iloc[0] == now.loc[now["gm"] == "GM0363", "inwoners"].sum()


@pytest.mark.parametrize(
    ("niveau", "file", "code"),
    [("gemeente", "gemeenten_2024.geojson", "gemeentecode"), ("wijk", "wijken_2024.geojson", "wijkcode")],
)
def test_published_totals_win_from_sums(layer, nederland_data, niveau, file, code):
    frame = pyogrio.read_dataframe(nederland_data / file, read_geometry=False)
    expected = frame.dropna(subset="aantal_inwoners").groupby(code)["aantal_inwoners"].max()
    found = of_year(layer("inwoners", niveau), 2024)
    common = found.index.intersection(expected.index)
    assert len(common) > (340 if niveau == "gemeente" else 3_300)
    same(found[common], expected[common])


def test_national_sums_of_2024(nederland_store, now):
    figures = find_area(nederland_store, [COUNTRY]).figures(
        ["inwoners", "leeftijd_65plus", "afstand_supermarkt"], 2024
    )
    rows = figures.set_index("indicator")
    assert rows.loc["inwoners", "teller"] == now["inwoners"].sum()
    # The published number of inhabitants on 1 January 2024; buurten are rounded to 5 and some are secret.
    assert rows.loc["inwoners", "teller"] == pytest.approx(17_942_942, rel=1e-4)
    both = now.dropna(subset=["inwoners", "inwoners65plus"])
    assert rows.loc["leeftijd_65plus", "waarde"] == pytest.approx(
        100 * both["inwoners65plus"].sum() / both["inwoners"].sum(), abs=1e-3
    )
    near = now.dropna(subset=["inwoners", "afstandSupermarkt"])
    assert rows.loc["afstand_supermarkt", "waarde"] == pytest.approx(
        (near["afstandSupermarkt"] * near["inwoners"]).sum() / near["inwoners"].sum(), abs=1e-9
    )


def test_a_counted_share_never_mixes_two_years(layer, nederland_store, now):
    # Where the inhabitants of 2024 are secret there is no share of 2024: those of 2020 are other people.
    secret = now.index[now["inwoners"].isna() & now["inwoners65plus"].notna()]
    assert len(secret)
    shares = of_year(layer("leeftijd_65plus"), 2024)
    assert sorted(shares.index.intersection(secret)) == []
    row = find_area(nederland_store, [COUNTRY]).figures(["leeftijd_65plus"], 2024).iloc[0]
    assert row["noemer_jaar"] == 2024


# --- 2020 ----------------------------------------------------------------------------------------------


def test_the_published_country_of_2020(nederland_store, then, health):
    codes = [
        "inwoners",
        "leeftijd_65plus",
        "huishoudens",
        "bijstand",
        "mobiliteit_18",
        "regie_18",
        "eenzaam_65",
    ]
    rows = find_area(nederland_store, [COUNTRY]).figures(codes, 2020).set_index("indicator")
    kwb = then.loc["NL00"]
    assert rows.loc["inwoners", "teller"] == kwb["AantalInwoners_5"] == 17_407_585
    assert rows.loc["huishoudens", "teller"] == kwb["HuishoudensTotaal_28"]
    assert rows.loc["leeftijd_65plus", "teller"] == kwb["k_65JaarOfOuder_12"]
    assert rows.loc["bijstand", "teller"] == kwb["PersonenPerSoortUitkeringBijstand_83"]
    adults, old = health["18"].loc["NL01"], health["65"].loc["NL01"]
    assert rows.loc["mobiliteit_18", "waarde"] == adults["BeperkingInBewegen_23"]
    assert rows.loc["regie_18", "waarde"] == pytest.approx(100 - adults["MatigVeelRegieOverEigenLeven_27"])
    assert rows.loc["eenzaam_65", "waarde"] == old["Eenzaam_28"]
    grown_ups = kwb["AantalInwoners_5"] - kwb["k_0Tot15Jaar_8"] - 0.3 * kwb["k_15Tot25Jaar_9"]
    assert rows.loc["mobiliteit_18", "teller"] == pytest.approx(
        adults["BeperkingInBewegen_23"] / 100 * grown_ups
    )
    assert set(rows["soort"]) == {"gepubliceerd"}


def test_no_figure_of_2020_where_the_land_changed(layer, nederland_store, now, then):
    land = pd.DataFrame({"toen": then["OppervlakteLand_111"], "nu": now["oppervlakteLandHa"]}).dropna()
    change = (land["nu"] - land["toen"]).abs()
    changed = set(land.index[(change > 1) & (change > 0.02 * land["toen"])])
    gone = set(now.index) - set(then.index)
    assert len(changed) > 500 and len(gone) > 1_000
    years = nederland_store.ask("indicatoren").set_index("code")["jaren"]
    old = [code for code, found in years.items() if 2020 in list(found)]
    assert len(old) > 25
    for indicator in old:
        shown = set(of_year(layer(indicator), 2020).index)
        assert not shown & changed, indicator
        assert not shown & gone, indicator


def test_amsterdam_has_no_buurt_of_2020(layer, now):
    amsterdam = now.index[now["gm"] == "GM0363"]
    assert len(amsterdam) > 400
    for indicator in ("mobiliteit_18", "mobiliteit_65", "eenzaam_18", "inwoners", "afstand_supermarkt"):
        shown = layer(indicator)
        assert not (set(shown.index[shown["jaar"] == 2020]) & set(amsterdam)), indicator


@pytest.mark.parametrize(
    ("indicator", "age", "column"),
    [
        ("mobiliteit_18", "18", "BeperkingInBewegen_23"),
        ("mobiliteit_65", "65", "BeperkingInBewegen_23"),
        ("horen_18", "18", "BeperkingInHoren_21"),
        ("rondkomen_65", "65", "MoeiteMetRondkomen_38"),
    ],
)
def test_what_is_shown_of_2020_equals_the_source(layer, health, indicator, age, column):
    found = of_year(layer(indicator), 2020)
    assert len(found) > 9_000
    same(found, health[age][column].astype(float).reindex(found.index))


def test_counts_of_2020_equal_the_source(layer, then):
    for indicator, column in (("inwoners", "AantalInwoners_5"), ("leeftijd_65plus", "k_65JaarOfOuder_12")):
        found = of_year(layer(indicator), 2020, "teller")
        assert len(found) > 10_000
        same(found, then[column].reindex(found.index))


# --- 2022 and the newest year --------------------------------------------------------------------------


def test_wmo_of_2022_stays_at_the_level_it_was_published(layer, nederland_data):
    frame = pyogrio.read_dataframe(nederland_data / "gemeenten_2022.geojson", read_geometry=False).set_index(
        "gemeentecode"
    )
    found = of_year(layer("wmo_clienten", "gemeente"), 2022)
    assert len(found) > 300
    same(found, frame["wmo_per_1000"].reindex(found.index))
    assert layer("wmo_clienten").empty


def test_each_figure_has_its_own_newest_year(nederland_store):
    newest = nederland_store.ask("indicatoren").set_index("code")["nieuwste"]
    assert newest[["inwoners", "afstand_huisarts", "mobiliteit_18", "wmo_clienten"]].tolist() == [
        2024,
        2024,
        2020,
        2022,
    ]
    row = find_area(nederland_store, ["GM0518"]).figures(["mobiliteit_18"]).iloc[0]
    assert row["jaar"] == 2020 and "2020" in row["bron"]
