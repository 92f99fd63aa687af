"""The example region: deterministic, a valid map, counts that add up, and figures like the country's."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pyproj
import pytest
import shapely
from scipy.spatial import cKDTree

from wwz.sources.example import write_example_region, write_national_size

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
# Medians over buurten >= 200 inhabitants weighted by inhabitants. Health: RIVM 50120NED, 2020. Bijstand (% of
# inhabitants), 65+ (%), one-person households (%): CBS 84799NED, 2020. WOZ (x 1000 euro), koop (%): CBS
# 85984NED, 2024.
MEDIAN_18 = dict(
    BeperkingInBewegen=8.9, BeperkingInHoren=4.4, BeperkingInZien=5.0, Eenzaam=45.9, Mantelzorger=14.0
)
MEDIAN_18 |= dict(
    MoeiteMetRondkomen=12.1, HoogRisicoOpAngstOfDepressie=6.0, MatigVeelRegieOverEigenLeven=90.6
)
MEDIAN_18 |= dict(ErnstigBeperktVanwegeGezondheid=4.8, ErnstigZeerErnstigEenzaam=10.4)
MEDIAN_65 = dict(BeperkingInBewegen=19.9, Eenzaam=49.1, MoeiteMetRondkomen=6.6, Mantelzorger=14.7)
MEDIAN_KWB = dict(p65=19.4, eenpersoons=33.6, bijstand=1.6, woz=355, koop=63)
# one figure, another, lowest and highest correlation that is believable
CORRELATIONS = """
BeperkingInBewegen bijstand 0.45 0.85
BeperkingInBewegen p65 0.2 0.65
Eenzaam eenpersoons 0.5 0.9
Mantelzorger eenpersoons -0.85 -0.4
MoeiteMetRondkomen bijstand 0.6 0.95
HoogRisicoOpAngstOfDepressie p65 -0.5 0.0
MatigVeelRegieOverEigenLeven bijstand -0.9 -0.45
woz GemiddeldInkomenPerInwoner 0.5 0.95
WmoClientenRelatief p65 0.2 0.75
WmoClientenRelatief GemiddeldInkomenPerInwoner -0.8 -0.2
koop PercentageEengezinswoning 0.3 0.9
"""
COUNTS = """AantalInwoners:5 k_65JaarOfOuder:5 Verweduwd:5 HuishoudensTotaal:5 Eenpersoonshuishoudens:5
PersonenPerSoortUitkeringBijstand:10 Woningvoorraad:1"""
PERCENTAGES = """PercentageEengezinswoning PercentageMeergezinswoning Koopwoningen HuurwoningenTotaal
InBezitWoningcorporatie InBezitOverigeVerhuurders BouwjaarVanaf2000 HuishoudensMetEenLaagInkomen"""
PARTITIONS = """k_0Tot15Jaar k_15Tot25Jaar k_25Tot45Jaar k_45Tot65Jaar k_65JaarOfOuder = AantalInwoners
Ongehuwd Gehuwd Gescheiden Verweduwd = AantalInwoners
Mannen Vrouwen = AantalInwoners
Nederland EuropaExclusiefNederland BuitenEuropa = AantalInwoners
Eenpersoonshuishoudens HuishoudensZonderKinderen HuishoudensMetKinderen = HuishoudensTotaal"""
NESTED = """BeperkingInBewegen<EenOfMeerLichamelijkeBeperkingen SociaalEenzaam<Eenzaam
ErnstigZeerErnstigEenzaam<Eenzaam HoogRisicoOpAngstOfDepressie<MatigHoogRisicoOpAngstOfDepressie"""
TAGS = """shop=supermarket shop=convenience leisure=park highway=bus_stop healthcare=physiotherapist
amenity=doctors amenity=pharmacy amenity=community_centre amenity=library amenity=hospital amenity=bench
amenity=social_facility"""
# Migration background changed its division in 2022.
OLD_ORIGIN = """WestersTotaal NietWestersTotaal Marokko NederlandseAntillenEnAruba Suriname Turkije
OverigNietWesters"""


def _stem(column: str) -> str:
    return re.sub(r"_\d+$", "", column)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("voorbeeld")
    write_example_region(target)
    return target


@pytest.fixture(scope="module")
def buurten(folder) -> gpd.GeoDataFrame:
    return gpd.read_file(folder / "buurten_2024.gpkg", layer="buurten")


@pytest.fixture(scope="module")
def kwb(folder) -> pd.DataFrame:
    table = pd.read_csv(folder / "kwb_2023.csv", dtype={"WijkenEnBuurten": str})
    table = table.loc[:, ~table.columns.map(_stem).duplicated()].rename(columns=_stem)
    return table.assign(code=table["WijkenEnBuurten"].str.strip()).set_index("code")


@pytest.fixture(scope="module")
def health(folder) -> pd.DataFrame:
    table = pd.read_csv(folder / "gezondheid_2022.csv", dtype={"Leeftijd": str}).rename(columns=_stem)
    return table.assign(code=table["WijkenEnBuurten"].str.strip())


@pytest.fixture(scope="module")
def joined(kwb, health) -> pd.DataFrame:
    """Buurten of 200 inhabitants and more with the 18+ outcomes, and those of 65+ with suffix ``_65``."""
    value = health[health["Marges"] == "MW00000"].set_index("code")
    outcomes = value.loc[:, "ErvarenGezondheidGoedZeerGoed":]
    frame = kwb[kwb.index.str.startswith("BU") & (kwb["AantalInwoners"] >= 200)]
    frame = frame.join(outcomes[value["Leeftijd"] == "20300"])
    frame = frame.join(outcomes[value["Leeftijd"] == "80200"].add_suffix("_65"))
    people = frame["AantalInwoners"]
    return frame.assign(
        p65=100 * frame["k_65JaarOfOuder"] / people,
        bijstand=100 * frame["PersonenPerSoortUitkeringBijstand"] / people,
        eenpersoons=100 * frame["Eenpersoonshuishoudens"] / frame["HuishoudensTotaal"],
        woz=frame["GemiddeldeWoningwaarde"],
        koop=frame["Koopwoningen"],
    )


def _weighted_quantile(values: pd.Series, weights: pd.Series, at: float) -> float:
    order = values.sort_values().index
    share = weights[order].cumsum() / weights.sum()
    return float(values[order].iloc[int(np.searchsorted(share.to_numpy(), at))])


def test_marker_says_it_is_fictitious(folder):
    marker = json.loads((folder / "wwz_voorbeeld.json").read_text(encoding="utf-8"))
    assert marker["fictief"] is True
    assert marker["naam"].startswith("Voorbeeldregio")
    assert "bestaat niet" in marker["toelichting"]


def test_two_runs_give_the_same_data(folder, tmp_path):
    write_example_region(tmp_path)
    for name in ("kwb_2023.csv", "gezondheid_2022.csv", "nabijheid_2023.csv", "voorzieningen.geojson"):
        assert (folder / name).read_bytes() == (tmp_path / name).read_bytes(), name
    one, two = (pd.read_parquet(f / "adressen.parquet") for f in (folder, tmp_path))
    pd.testing.assert_frame_equal(one, two)
    one, two = (gpd.read_file(f / "buurten_2024.gpkg", layer="buurten") for f in (folder, tmp_path))
    assert shapely.equals_exact(one.geometry.values, two.geometry.values, 0).all()
    pd.testing.assert_frame_equal(one.drop(columns="geometry"), two.drop(columns="geometry"))
    one, two = (pd.read_excel(f / "kwb_2024.xlsx", dtype=str) for f in (folder, tmp_path))
    pd.testing.assert_frame_equal(one, two)


def test_another_seed_gives_another_region(folder, tmp_path):
    write_example_region(tmp_path, seed=7)
    assert (folder / "kwb_2023.csv").read_bytes() != (tmp_path / "kwb_2023.csv").read_bytes()


def test_map_is_a_valid_coverage_at_sea(buurten):
    assert buurten.crs.to_epsg() == 28992
    assert buurten.geometry.is_valid.all()
    assert shapely.coverage_is_valid(shapely.get_parts(buurten.geometry.values))
    assert (shapely.get_num_geometries(buurten.geometry.values) == 1).all(), "a buurt in pieces"
    vertices = shapely.get_num_coordinates(buurten.geometry.values)
    assert np.median(vertices) <= 40 and vertices.max() <= 120
    west, south, east, north = buurten.total_bounds
    assert (
        west > 0 and east < 60_000 and south > 440_000 and north < 510_000
    )  # west of the Dutch coast, inside RD
    assert (buurten.area.round(-4) / 1e4 - buurten["oppervlakteTotaalInHa"]).abs().max() <= 1


def test_layers_nest(folder, buurten):
    wijken = gpd.read_file(folder / "buurten_2024.gpkg", layer="wijken")
    gemeenten = gpd.read_file(folder / "buurten_2024.gpkg", layer="gemeenten")
    assert len(gemeenten) == 4 and 18 <= len(wijken) <= 25 and len(buurten) == 160
    assert (buurten["buurtcode"].str[2:8] == buurten["wijkcode"].str[2:]).all()
    assert (wijken["wijkcode"].str[2:6] == wijken["gemeentecode"].str[2:]).all()
    assert set(gemeenten["gemeentecode"]) == {f"GM990{i}" for i in range(1, 5)}
    assert set(buurten["wijkcode"]) == set(wijken["wijkcode"])
    for layer in (wijken, gemeenten):
        assert layer.area.sum() == pytest.approx(buurten.area.sum(), rel=1e-9)
    assert buurten["buurtnaam"].str.contains("'").any() and buurten["buurtnaam"].str.contains("&").any()
    assert (buurten["jrstatcode"] == "2024" + buurten["buurtcode"]).all()


def test_one_water_buurt_and_an_empty_land_buurt(buurten, kwb):
    water = buurten[buurten["water"] == "JA"]
    assert len(water) == 1
    assert kwb.loc[water["buurtcode"], "AantalInwoners"].eq(0).all()
    empty = kwb[kwb.index.str.startswith("BU") & (kwb["AantalInwoners"] == 0)].index
    assert len(set(empty) - set(water["buurtcode"])) >= 1
    dry = buurten[(buurten["water"] == "NEE") & (buurten["aantalInwoners"] == 0)]
    assert (dry["percentagePersonen65JaarEnOuder"] == -99997).all()


def test_inhabitants(kwb):
    gemeenten = kwb[kwb.index.str.startswith("GM")]
    assert 235_000 <= gemeenten["AantalInwoners"].sum() <= 265_000
    assert 120_000 <= gemeenten["AantalInwoners"].max() <= 140_000


@pytest.mark.parametrize("count", COUNTS.split())
def test_parts_add_up_within_rounding(kwb, count):
    column, step = count.split(":")[0], int(count.split(":")[1])
    values = kwb[column].astype(float)
    small = values[~values.index.str.startswith("GM")]
    assert (small % step == 0).all()
    levels = (("BU", 8, "WK"), ("WK", 6, "GM"))
    for child, length, parent in levels:
        rows = values[values.index.str.startswith(child)]
        keys = parent + rows.index.str[2:length]
        total, number = rows.groupby(keys).sum(), rows.groupby(keys).count()
        slack = (number + (parent == "WK")) * step / 2 if step > 1 else 0
        assert ((total - values[total.index]).abs() <= slack).all(), (column, parent)
    if step == 5:
        assert (values[values.index.str.startswith("GM")] % 5 != 0).any(), "gemeenten are exact, not rounded"


@pytest.mark.parametrize("line", PARTITIONS.splitlines())
def test_groups_add_up_exactly_for_gemeenten(kwb, line):
    parts, whole = line.split(" = ")
    gemeenten = kwb[kwb.index.str.startswith("GM")]
    assert (gemeenten[parts.split()].sum(axis=1) == gemeenten[whole]).all()


@pytest.mark.parametrize(("age", "low", "high"), [("20300", 0.06, 0.12), ("80200", 0.08, 0.12)])
def test_share_withheld(kwb, health, age, low, high):
    inhabited = kwb.index[kwb.index.str.startswith("BU") & (kwb["AantalInwoners"] > 0)]
    rows = (
        health[(health["Leeftijd"] == age) & (health["Marges"] == "MW00000")].set_index("code").loc[inhabited]
    )
    assert low <= rows["BeperkingInBewegen"].isna().mean() <= high


def test_income_and_wmo_are_withheld_for_small_buurten(kwb):
    buurt = kwb[kwb.index.str.startswith("BU")]
    small = buurt["AantalInwoners"] < 95
    assert small.sum() >= 8
    assert (
        buurt.loc[small, ["GemiddeldInkomenPerInwoner", "GemGestandaardiseerdInkomenVanHuish"]]
        .isna()
        .all(axis=None)
    )
    assert buurt.loc[buurt["AantalInwoners"] < 45, "WmoClienten"].isna().all()
    assert buurt.loc[~small, "GemiddeldInkomenPerInwoner"].notna().mean() > 0.95
    filled = buurt[buurt["WmoClienten"].notna() & (buurt["AantalInwoners"] > 500)]
    rate = 1000 * filled["WmoClienten"] / filled["AantalInwoners"]
    assert (rate - filled["WmoClientenRelatief"]).abs().max() < 8  # per 1000 inhabitants, both rounded


def test_health_layout(health):
    assert set(health["Leeftijd"]) == {"20300", "80200"} and set(health["Perioden"]) == {"2022JJ00"}
    assert health["ID"].is_unique and health["WijkenEnBuurten"].str.len().eq(10).all()
    wide = health.pivot(index=["Leeftijd", "code"], columns="Marges", values="Eenzaam")
    assert set(wide) == {"MW00000", "MOG0095", "MBG0095"}
    full = wide.dropna()
    assert len(full) + wide.isna().all(axis=1).sum() == len(wide)
    assert ((full["MOG0095"] < full["MW00000"]) & (full["MW00000"] < full["MBG0095"])).all()


def test_shares_are_shares(kwb, health):
    shares = health.loc[:, "ErvarenGezondheidGoedZeerGoed":"MoeiteMetRondkomen"]
    assert shares.min(axis=None) >= 0 and shares.max(axis=None) <= 100
    percentages = kwb[PERCENTAGES.split()]
    assert percentages.min(axis=None) >= 0 and percentages.max(axis=None) <= 100
    assert (kwb["Koopwoningen"] + kwb["HuurwoningenTotaal"]).dropna().between(99, 101).all()


@pytest.mark.parametrize("pair", NESTED.split())
def test_parts_stay_below_their_whole(joined, pair):
    part, whole = pair.split("<")
    known = joined[[part, whole]].dropna()
    assert (known[part] <= known[whole]).all()


@pytest.mark.parametrize(("name", "national"), [*MEDIAN_KWB.items(), *MEDIAN_18.items()])
def test_median_near_national(joined, name, national):
    median = _weighted_quantile(joined[name].dropna(), joined["AantalInwoners"], 0.5)
    assert median == pytest.approx(national, rel=0.12)


@pytest.mark.parametrize(("name", "national"), MEDIAN_65.items())
def test_median_65_near_national(joined, name, national):
    median = _weighted_quantile(joined[f"{name}_65"].dropna(), joined["AantalInwoners"], 0.5)
    assert median == pytest.approx(national, rel=0.12)


@pytest.mark.parametrize("line", CORRELATIONS.strip().splitlines())
def test_correlations(joined, line):
    one, other, low, high = line.split()
    assert float(low) <= joined[one].corr(joined[other]) <= float(high)


@pytest.mark.parametrize("at", [0.25, 0.75])
def test_quartiles_near_real_national_table(nederland_data, joined, at):
    people = pd.read_parquet(nederland_data / "kwb2020_84799NED.parquet").rename(columns=_stem)
    real = pd.read_parquet(nederland_data / "gezondheid2020_50120NED_18plus.parquet").rename(columns=_stem)
    real = real.set_index(real["WijkenEnBuurten"].str.strip())
    people = people.set_index(people["WijkenEnBuurten"].str.strip())["AantalInwoners"]
    people = people[people.index.str.startswith("BU") & (people >= 200)]
    for name in MEDIAN_18:
        theirs = real[name].reindex(people.index).dropna().astype(float)
        ours = _weighted_quantile(joined[name].dropna(), joined["AantalInwoners"], at)
        assert ours == pytest.approx(_weighted_quantile(theirs, people, at), rel=0.12), name


def test_kwb_2023_is_a_typed_dataset(folder):
    raw = pd.read_csv(folder / "kwb_2023.csv", dtype=str, keep_default_na=False)
    assert raw["WijkenEnBuurten"].str.len().eq(10).all() and "GM9901    " in set(raw["WijkenEnBuurten"])
    assert set(raw["Perioden"]) == {"2023JJ00"}
    numbered = [c for c in raw.columns if c not in ("ID", "WijkenEnBuurten", "Perioden")]
    assert all(re.search(r"_\d+$", c) for c in numbered) and len(set(numbered)) == len(numbered)
    assert set(raw["SoortRegio_2"].str.strip()) == {"Gemeente", "Wijk", "Buurt"}
    assert not raw.isin(["NaN", "nan", "None", "<NA>", "inf"]).any(axis=None)


def test_columns_have_the_stems_of_statline(nederland_data, folder):
    real = {_stem(c) for c in pd.read_parquet(nederland_data / "kwb2020_84799NED.parquet").columns}
    ours = [c for c in pd.read_csv(folder / "kwb_2023.csv", nrows=1).columns]
    assert real - {_stem(c) for c in ours} <= set(OLD_ORIGIN.split())
    real_health = pd.read_parquet(nederland_data / "gezondheid2020_50120NED_18plus.parquet").columns
    assert list(pd.read_csv(folder / "gezondheid_2022.csv", nrows=1).columns) == list(real_health)


def test_kwb_2024_is_the_first_release(folder):
    sheet = openpyxl.load_workbook(folder / "kwb_2024.xlsx").active
    rows = list(sheet.iter_rows(values_only=True))
    header, body = rows[0], rows[1:]
    kinds = [row[4] for row in body]
    assert sheet.title == "kwb-2024" and len(header) == 121
    assert kinds.count("Gemeente") == 4 and kinds.count("Buurt") == 160
    at = {name: i for i, name in enumerate(header)}
    assert all(len(row[at["gwb_code_10"]]) == 10 for row in body)
    for name in ("g_wozbag", "a_wmo_t", "g_ink_pi", "a_soz_wb", "g_afs_hp", "a_woning"):
        assert {row[at[name]] for row in body} == {"."}, name
    assert all(isinstance(row[at["a_inw"]], int) for row in body)
    assert not any(value is None or value in ("nan", "NaN") for row in body for value in row)
    small = [row for row in body if row[at["a_inw"]] == 0]
    assert small and all(row[at["g_hhgro"]] == "." for row in small)


def test_nearby_is_a_statline_export(folder):
    raw = (folder / "nabijheid_2023.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(raw.decode("utf-8-sig").splitlines(), delimiter=";"))
    header, body = lines[0], lines[1:]
    assert len(header) == 115 and {len(line) for line in body} == {115}
    assert header[0] == "Wijken en buurten" and header[3] == "Regioaanduiding/Codering (code)"
    assert all(len(line[3]) == 10 for line in body)
    cells = {cell for line in body for cell in line[5:]}
    assert "       ." in cells
    assert all(re.fullmatch(r" *(\.|\d+,\d)", cell) and len(cell) == 8 for cell in cells)


@pytest.mark.skipif(not (SHARED / "utrecht").is_dir(), reason="no ../shared/data: real exports absent")
def test_headers_equal_the_real_ones(folder):
    utrecht = SHARED / "utrecht/CBS-Utrecht_Nabijheid_voorzieningen__buurt_2023.csv"
    real, ours = (p.read_text(encoding="utf-8-sig") for p in (utrecht, folder / "nabijheid_2023.csv"))
    assert ours.splitlines()[0] == real.splitlines()[0]
    sheets = [
        openpyxl.load_workbook(p, read_only=True).active
        for p in (SHARED / "utrecht/CBS-Utrecht-kwb-2024.xlsx", folder / "kwb_2024.xlsx")
    ]
    first, second = (next(sheet.iter_rows(values_only=True)) for sheet in sheets)
    assert first == second


def test_addresses_lie_in_their_buurt(folder, buurten, kwb):
    points = pd.read_parquet(folder / "adressen.parquet")
    assert list(points.columns) == [
        "x", "y", "buurtcode", "inwoners", "identificatie", "gebruiksdoel", "oppervlakte", "status", "pand_identificatie",
    ]  # fmt: skip
    assert 100_000 <= len(points) <= 130_000
    assert (folder / "adressen.parquet").stat().st_size < 6_000_000
    shape = buurten.set_index("buurtcode").geometry
    some = points.iloc[::25]
    inside = shapely.dwithin(shape.loc[some["buurtcode"]].values, shapely.points(some["x"], some["y"]), 0.2)
    assert inside.all()
    total = points.groupby("buurtcode")["inwoners"].sum()
    published = kwb.loc[total.index, "AantalInwoners"]  # rounded to 5
    assert (total - published).abs().max() <= 3
    empty = kwb.index[kwb.index.str.startswith("BU") & (kwb["AantalInwoners"] == 0)]
    assert not set(empty) & set(total.index)


def test_distances_follow_from_the_points(folder, kwb):
    """Measured again from the written files, with another method."""
    points = pd.read_parquet(folder / "adressen.parquet")
    spots = json.loads((folder / "voorzieningen.geojson").read_text(encoding="utf-8"))["features"]
    shops = [f["geometry"]["coordinates"] for f in spots if f["properties"].get("shop") == "supermarket"]
    to_rd = pyproj.Transformer.from_crs(4326, 28992, always_xy=True)
    metres = np.column_stack(to_rd.transform(*np.array(shops).T))
    points["km"] = cKDTree(metres).query(points[["x", "y"]].to_numpy())[0] * 1.3 / 1000
    mean = points.assign(w=points["km"] * points["inwoners"]).groupby("buurtcode")[["w", "inwoners"]].sum()
    mean = mean["w"] / mean["inwoners"]
    published = kwb.loc[mean.index, "AfstandTotGroteSupermarkt"].dropna()
    assert len(published) > 140
    assert (mean[published.index] - published).abs().max() <= 0.06
    lines = csv.reader(
        (folder / "nabijheid_2023.csv").read_text(encoding="utf-8-sig").splitlines(), delimiter=";"
    )
    table = pd.DataFrame(list(lines)[1:]).set_index(3)
    header = next(csv.reader((folder / "nabijheid_2023.csv").open(encoding="utf-8-sig"), delimiter=";"))
    column = table[
        header.index("Detailhandel/Winkels dagelijkse boodschappen/Afstand tot grote supermarkt (km)")
    ]
    other = pd.to_numeric(column.str.strip().str.replace(",", "."), errors="coerce").dropna()
    both = published.index.intersection(other.index)
    assert len(both) > 140 and (other[both] - mean[both]).abs().max() <= 0.06


def test_facilities_are_where_people_are(folder, buurten):
    spots = gpd.read_file(folder / "voorzieningen.geojson")
    assert spots.crs.to_epsg() == 4326 and spots["osm_id"].is_unique
    for tag in TAGS.split():
        key, value = tag.split("=")
        assert (spots[key] == value).any(), tag
    assert 40 <= (spots["shop"] == "supermarket").sum() <= 90
    land = buurten.geometry.union_all().buffer(30)
    assert spots.to_crs(28992).within(land).all()


def test_national_size_is_many_distinct_regions(tmp_path):
    write_national_size(tmp_path, buurten=480, addresses=60_000)
    shape = gpd.read_file(tmp_path / "buurten_2024.gpkg")
    assert len(shape) == 480 and shape["buurtcode"].is_unique and shape["gemeentecode"].nunique() == 12
    assert shapely.coverage_is_valid(shape.geometry.values)
    kwb = pd.read_parquet(tmp_path / "kwb_2023.parquet")
    buurt = kwb[kwb["SoortRegio_2"].str.strip() == "Buurt"]
    assert set(buurt["WijkenEnBuurten"].str.strip()) == set(shape["buurtcode"])
    points = pd.read_parquet(tmp_path / "adressen.parquet")
    assert len(points) == pytest.approx(60_000, rel=0.03)
    assert set(points["buurtcode"]) <= set(shape["buurtcode"])
    people = [
        part["k_65JaarOfOuder_12"].to_numpy() for _, part in buurt.groupby(np.arange(len(buurt)) // 160)
    ]
    assert not np.array_equal(people[0], people[1]), "the same people twice"
    assert len(pd.read_parquet(tmp_path / "gezondheid_2022.parquet")) == 6 * len(kwb)
    assert (
        len(json.loads((tmp_path / "voorzieningen.geojson").read_text(encoding="utf-8"))["features"]) > 2000
    )
