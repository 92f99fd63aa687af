"""Who has a voorziening within reach, worked out by hand: the ladder, 65+, medians, doelgroepen, own areas, walking routes."""

from __future__ import annotations

import math

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from invoer_hulp import CODES, X, Y, as_many, built, four_buurten, kwb, read, texts

from wwz.ask import reach
from wwz.ask.area import find_area
from wwz.knowledge import load_toml
from wwz.own import given
from wwz.own.eisen import norms
from wwz.places import population
from wwz.sources.reading import Report, Table
from wwz.sources.squares import read_grid
from wwz.store import Store

RULES = load_toml("afstand.toml")["meten"]
# Without stedelijkheid: metres over the street per metre in a straight line.
DETOUR = 1.3
A, B, C, D = CODES


@pytest.fixture
def town(tmp_path):
    """Four buurten of a square kilometre in a row (1000, 2000, 500 and 1500 inhabitants; 20% is 65+); a meeting place in A."""
    folder = four_buurten(tmp_path)
    (folder / "ontmoeting.csv").write_text(f"naam;x;y\nHonk;{X + 500};{Y + 500}\n")
    return folder


def addresses(folder, rows, **more) -> None:
    frame = pd.DataFrame(rows, columns=["x", "y", "buurtcode", "inwoners"]).assign(**more)
    as_many(frame).to_parquet(folder / "adressen.parquet")


def row_of(ask, buurt: str, meter: int = 1000, group: str = "inwoners") -> pd.Series:
    rows = ask(
        f"select * from bereik_groep where bereik = 'ontmoeting' and meter = {meter} and groep = '{group}' and buurt = '{buurt}'"
    )
    assert len(rows) == 1
    return rows.iloc[0]


def figure(ask, code: str, indicator: str) -> pd.Series:
    return ask(f"select * from cijfer where gebied = '{code}' and indicator = '{indicator}'").iloc[0]


def far(metres: float) -> float:
    """An x that lies so many metres over the street east of the meeting place."""
    return X + 500 + metres / DETOUR


# --- addresses -----------------------------------------------------------------------------------------


def test_65_plus_are_counted_apart(town, tmp_path):
    # Near live 8 people of whom 1 is old; far away 2 of whom both are.
    addresses(town, [(far(300), Y + 500, A, 8.0), (far(620), Y + 500, A, 2.0)], inwoners_65plus=[1.0, 2.0])
    ask, _ = built(tmp_path, town)
    assert row_of(ask, A, 400)["binnen"] == pytest.approx(0.8)
    assert row_of(ask, A, 400, "65plus")["binnen"] == pytest.approx(1 / 3)
    old = figure(ask, A, "bereik_ontmoeting_500_65")
    assert (old["teller"], old["noemer"], old["soort"]) == (pytest.approx(200 / 3), 200, "geschat")


def test_the_median_weighs_people_not_addresses(town, tmp_path):
    # Three addresses nearby with one person each, one far away with ten: half of the people live far away.
    addresses(
        town,
        [
            (far(100), Y + 500, A, 1.0),
            (far(200), Y + 500, A, 1.0),
            (far(300), Y + 500, A, 1.0),
            (far(600), Y + 500, A, 10.0),
        ],
    )
    ask, _ = built(tmp_path, town)
    assert figure(ask, A, "bereik_ontmoeting_mediaan")["waarde"] == 600
    # The margin is that of the detour: 1.2 and 1.4 in place of 1.3.
    row = figure(ask, A, "bereik_ontmoeting_mediaan")
    assert (row["onder"], row["boven"]) == (550, 650)


def medians(ask, buurten) -> dict[str, float]:
    store = Store(ask.path)
    rows = (
        find_area(store, buurten)
        .figures(["bereik_ontmoeting_mediaan", "bereik_ontmoeting_mediaan_65"])
        .set_index("indicator")["waarde"]
    )
    store.close()
    return rows.to_dict()


def test_the_median_of_an_area_is_not_the_mean_of_medians(town, tmp_path):
    # A (1000 people): half at 100 and half at 200 metres. B (2000 people): a quarter at 800, the rest at 1300.
    addresses(
        town,
        [
            (far(100), Y + 500, A, 1.0), (far(200), Y + 500, A, 1.0),
            (far(800), Y + 500, B, 1.0), (far(1300), Y + 500, B, 3.0),
            (X + 2500, Y + 500, C, 1.0), (X + 3500, Y + 500, D, 1.0),
        ],
    )  # fmt: skip
    ask, _ = built(tmp_path, town)
    assert figure(ask, A, "bereik_ontmoeting_mediaan")["waarde"] == 100
    assert figure(ask, B, "bereik_ontmoeting_mediaan")["waarde"] == 1300
    # Together 500 at 100, 500 at 200, 500 at 800 and 1500 at 1300: half of the 3000 live within 800.
    assert medians(ask, [A, B])["bereik_ontmoeting_mediaan"] == 800
    assert figure(ask, "WK990100", "bereik_ontmoeting_mediaan")["waarde"] == 800
    assert medians(ask, [A])["bereik_ontmoeting_mediaan"] == 100


def test_shares_add_up_over_areas(town, tmp_path):
    addresses(
        town,
        [
            (far(300), Y + 500, A, 1.0),
            (far(1300), Y + 500, B, 1.0),
            (far(900), Y + 500, B, 3.0),
            (X + 2500, Y + 500, C, 1.0),
            (X + 3500, Y + 500, D, 1.0),
        ],
    )
    ask, _ = built(tmp_path, town)
    # 1000 of A, three quarters of the 2000 of B.
    assert figure(ask, "WK990100", "bereik_ontmoeting_1000")["teller"] == pytest.approx(2500)
    assert figure(ask, "GM9901", "bereik_ontmoeting_1000")["waarde"] == pytest.approx(100 * 2500 / 5000)
    store = Store(ask.path)
    own = find_area(store, [B, C]).figures(["bereik_ontmoeting_1000"]).iloc[0]
    store.close()
    assert (own["teller"], own["noemer"]) == (pytest.approx(1500), 2500)


def test_a_detour_of_the_municipality_itself(town, tmp_path):
    addresses(town, [(X + 500 + 700, Y + 500, A, 1.0)])
    stedelijk = kwb().assign(MateVanStedelijkheid_115=[1, 1, 1, 1])
    stedelijk.to_csv(town / "kwb_2023.csv", index=False)
    ask, _ = built(tmp_path, town, only=("bereik_buurt",))
    assert ask("select distinct factor from buurt_omweg")["factor"].tolist() == [1.25]
    assert row_of(ask, A)["binnen"] == 1
    ask, _ = built(tmp_path, town, only=("bereik_buurt",), omweg=(("zeer_sterk", 1.5),))
    assert row_of(ask, A)["binnen"] == 0


# --- squares of 100 metres -----------------------------------------------------------------------------


def grid(rows, name: str = "vk100_2023.csv") -> pd.DataFrame:
    return pd.DataFrame(
        rows, columns=["crs28992res100m", "aantal_inwoners", "aantal_inwoners_65_jaar_en_ouder"]
    )


def test_reading_squares():
    report = Report()
    table = Table(
        "vk100.csv",
        "",
        grid([("E1550N4630", "25", "10"), ("E0001N4567", "-99997", "-99997"), ("onzin", "1", "1")]),
    )
    found = read_grid(table, report).inhoud
    # The code is the corner in the south-west, in hundreds of metres; the middle lies 50 metres further.
    assert found[["x", "y"]].astype(float).values.tolist() == [[155_050, 463_050], [150, 456_750]]
    assert (
        found["inwoners"].iloc[0] == 25
        and pd.isna(found["inwoners"].iloc[1])
        and pd.isna(found["vanaf_65"].iloc[1])
    )
    assert any("geheim" in t for t in texts(report, "info")) and any(
        "zonder code als E0812N4550: 1" in t for t in texts(report, "afgekeurd")
    )


def test_squares_of_another_size_are_refused(tmp_path):
    path = tmp_path / "vk500.csv"
    path.write_text("crs28992res500m,aantal_inwoners\nE1550N4630,25\n")
    _, report = read(path)
    assert any("500 meter" in t for t in texts(report, "afgekeurd"))


def test_squares_of_the_full_release_tell_how_far_shops_are(tmp_path):
    """Columns as CBS writes them; a secret is missing and the year is in the name."""
    path = tmp_path / "cbs_vk100_2021_vol.csv"
    path.write_text(
        "crs28992res100m,aantal_inwoners,aantal_inwoners_65_jaar_en_ouder,dichtstbijzijnde_grote_supermarkt_afstand_in_km,"
        "grote_supermarkt_aantal_binnen_1_km,dichtstbijzijnde_winkels_ov_dagel_levensm_afst_in_km,"
        "winkels_ov_dagel_levensm_aantal_binnen_1_km\n"
        "E1550N4630,25,5,0.9,1,0.2,2\nE1551N4630,-99997,-99997,-99997,-99997,-99997,-99997\n",
        encoding="utf-8",
    )
    (squares,), _ = read(path)
    row = squares.inhoud.iloc[0]
    assert row[["km_supermarkt", "km_winkel", "aantal_supermarkt", "aantal_winkel", "jaar"]].to_list() == [
        0.9,
        0.2,
        1,
        2,
        2021,
    ]
    assert squares.inhoud.iloc[1][["km_supermarkt", "aantal_winkel"]].isna().all()


def test_squares_tell_where_people_live(town, tmp_path):
    # In A 30 people around the meeting place and 10 in the far corner; in B one secret square near A and 22.5 people far off.
    rows = [
        (f"E{(X + 500) // 100}N{(Y + 500) // 100}", 30, 6), (f"E{X // 100}N{Y // 100}", 10, -99997),
        (f"E{(X + 1000) // 100}N{(Y + 500) // 100}", -99997, -99997), (f"E{(X + 1900) // 100}N{(Y + 500) // 100}", 22.5, 0),
    ]  # fmt: skip
    grid(rows).to_csv(town / "vk100_2023.csv", index=False)
    ask, _ = built(tmp_path, town)
    assert row_of(ask, A, 500)["herkomst"] == "vierkanten" and row_of(ask, C, 500)["herkomst"] == "benadering"
    # The corner lies 636 to 707 metres away in a straight line: 10 of the 40 live outside 500 metres.
    assert row_of(ask, A, 500)["binnen"] == pytest.approx(30 / 40)
    # Of the 65+ the secret square counts as 2.5.
    assert row_of(ask, A, 500, "65plus")["binnen"] == pytest.approx(6 / 8.5)
    # The secret square of B has 2.5 people, and lies 500 to 600 metres away: 650 to 780 over the street.
    assert row_of(ask, B, 1000)["binnen"] == pytest.approx(2.5 / 25)
    assert figure(ask, A, "bereik_ontmoeting_500")["wijze"] == "vierkanten"


def test_a_square_over_a_border_belongs_to_one_buurt():
    areas = gpd.GeoDataFrame(
        {"code": ["L", "R"]}, geometry=[shapely.box(0, 0, 1000, 1000), shapely.box(1000, 0, 2000, 1000)]
    )
    squares_ = pd.DataFrame(
        {"x": [950.0, 1050.0, 1000.0, 2060.0, 2200.0], "y": 500.0, "inwoners": 8.0, "vanaf_65": 2.0}
    )
    points = population.grid_points(squares_, areas, RULES)
    # On the border the first; half out of everything the nearest; farther away none.
    assert points.groupby("buurt")["gewicht"].sum().to_dict() == {"L": 16, "R": 16}
    assert points.groupby("buurt")["gewicht_65"].sum().to_dict() == {"L": 4, "R": 4}
    # Four points a square, in the middle of its quarters.
    first = points[["x", "y"]].to_numpy()[:4] - (950, 500)
    assert sorted(map(tuple, first.tolist())) == [(-25, -25), (-25, 25), (25, -25), (25, 25)]


# --- the last step: a mean -----------------------------------------------------------------------------


def test_without_points_a_mean_distance_stands_in_and_knows_its_place(town, tmp_path):
    ask, _ = built(tmp_path, town)
    row = figure(ask, B, "bereik_huisarts_1000")
    assert (row["wijze"], row["soort"]) == ("gemiddelde", "geschat") and row["onder"] < row["waarde"] < row[
        "boven"
    ]
    assert (
        figure(ask, A, "bereik_huisarts_1000")["waarde"]
        > row["waarde"]
        > figure(ask, C, "bereik_huisarts_1000")["waarde"]
    )
    assert ask("select count(*) as n from bereik_uit_gemiddelde where meter <= 100")["n"].iloc[0] == 0
    assert (
        ask("select count(*) as n from cijfer where indicator like 'bereik_huisarts%_65'")["n"].iloc[0] == 0
    )
    store = Store(ask.path)
    found = reach.overview(store, find_area(store, ["GM9901"]), "huisarts", 1000)
    store.close()
    everybody = found.groups.set_index("groep").loc["inwoners"]
    assert everybody["m100"] == "onbekend" and everybody["m1000"].endswith("%")
    assert any("te grof" in note and "100 meter" in note for note in found.notes)


def test_points_go_before_a_mean(town, tmp_path):
    (town / "huisartsen.csv").write_text(f"naam;x;y\nDokter;{X + 500};{Y + 500}\n")
    ask, _ = built(tmp_path, town)
    assert set(
        ask(
            "select distinct wijze from cijfer where indicator = 'bereik_huisarts_1000' and gebied like 'BU%'"
        )["wijze"]
    ) == {"benadering"}


# --- doelgroepen ---------------------------------------------------------------------------------------


def test_a_doelgroep_within_reach_is_its_size_times_the_share_of_its_age(town, tmp_path):
    addresses(
        town,
        [(far(300), Y + 500, A, 3.0), (far(620), Y + 500, A, 1.0), (far(900), Y + 500, B, 1.0)],
        inwoners_65plus=[1.0, 1.0, 1.0],
    )
    ask, _ = built(tmp_path, town)
    sizes = ask("select doelgroep, buurt, mensen from doelgroep_buurt").set_index(["doelgroep", "buurt"])[
        "mensen"
    ]
    store = Store(ask.path)
    rows = store.ask("bereik_groepen", buurten=[A, B], bereik="ontmoeting")
    store.close()
    at_500 = rows[rows["meter"] == 500].set_index("groep")
    # Of A three quarters of everybody and half of the 65+ live within 500 metres; of B nobody.
    expected = {"lvb": 0.75 * sizes["lvb", A], "ouderen-1": 0.5 * sizes["ouderen-1", A]}
    for group, people in expected.items():
        if people >= 10:
            assert at_500.loc[group, "teller"] == pytest.approx(people)
        else:
            assert at_500.loc[group, "verborgen"] and pd.isna(at_500.loc[group, "teller"])
        assert at_500.loc[group, "noemer"] == pytest.approx(sizes[group, A] + sizes[group, B])
    at_1000 = rows[rows["meter"] == 1000].set_index("groep")
    assert at_1000.loc["lvb", "aandeel"] == pytest.approx(1)
    assert (
        at_1000.loc["lvb", "teller_onder"] < at_1000.loc["lvb", "teller"] < at_1000.loc["lvb", "teller_boven"]
    )


def test_a_list_that_is_far_from_complete_is_said(town, tmp_path):
    # According to CBS every buurt has a huisarts within 1.2 kilometres on average; the only point lies far in the east.
    kwb(AfstandTotHuisartsenpraktijk_106=[0.4, 1.2, 0.5, 0.8]).to_csv(town / "kwb_2023.csv", index=False)
    (town / "huisartsen.csv").write_text(f"naam;x;y\nDokter;{X + 3900};{Y + 500}\n")
    ask, _ = built(tmp_path, town)
    assert ask("select bereik from bereik_onvolledig")["bereik"].tolist() == ["huisarts"]
    assert (
        ask("select tekst from melding where bestand = 'punten'")["tekst"].str.contains("niet volledig").all()
    )
    store = Store(ask.path)
    assert reach.overview(store, find_area(store, ["GM9901"]), "huisarts", 1000).doubts
    assert not reach.overview(store, find_area(store, ["GM9901"]), "ontmoeting", 1000).doubts
    store.close()


def test_points_that_a_list_misses_widen_what_cannot_be_tested(town, tmp_path):
    """According to CBS a huisarts is half as far as the list says: then a meeting place of that list may be so too."""
    (town / "ontmoeting.csv").unlink()
    kwb(AfstandTotHuisartsenpraktijk_106=[0.3, 0.7, 1.2, 1.7]).to_csv(town / "kwb_2023.csv", index=False)
    rows = f"huisarts;Dokter;{X + 500};{Y + 500}\nontmoeting;Honk;{X + 500};{Y + 500}\n"
    (town / "lijst.csv").write_text("soort;naam;x;y\n" + rows)
    question = "select m.* from bereik_marge m where bereik = 'ontmoeting' and meter = 100 and groep = 'inwoners' and buurt = "
    ask, report = built(tmp_path, town)
    factor = ask("select factor from bereik_volledigheid where bereik = 'ontmoeting'")["factor"].iloc[0]
    tested = ask("select km_punten, km_cbs from bereik_getoetst where bereik = 'huisarts'").iloc[0]
    assert (
        1.3
        < factor
        == pytest.approx(
            tested["km_punten"] / (tested["km_cbs"] * (1 + RULES["toets_marge"]) + RULES["toets_km"])
        )
    )
    widened = ask(f"{question}'{A}'").iloc[0]
    # The source line of all that rests on points says how complete they are, beside which distances of CBS.
    name = ask("select naam from gebied where niveau = 'gemeente'")["naam"].iloc[0]
    line = ask("select bronregel('punten', (select jaar from indeling_op_scherm)) as regel from regel")[
        "regel"
    ].iloc[0]
    assert line.endswith(
        f"; volledigheid van de kaart naast de afstanden van het CBS (apotheek, huisarts, supermarkt): {name} {100 / factor:.0f}%"
    )
    assert "% dichterbij" in ask("select tekst from melding where bestand = 'punten'")["tekst"].str.cat()
    # Two lists say nothing of each other.
    (town / "lijst.csv").write_text("soort;naam;x;y\n" + rows.splitlines(keepends=True)[0])
    (town / "ontmoeting.csv").write_text(f"naam;x;y\nHonk;{X + 500};{Y + 500}\n")
    ask, _ = built(tmp_path, town)
    narrow = ask(f"{question}'{A}'").iloc[0]
    assert widened["binnen"] == narrow["binnen"] and widened["binnen_onder"] == narrow["binnen_onder"]
    assert widened["binnen_boven"] > narrow["binnen_boven"]
    assert ask("select count(*) as n from bereik_volledigheid where bereik = 'ontmoeting'")["n"].iloc[0] == 0
    # Of what nothing can be said, no percentage is named.
    assert ask("select count(*) as n from volledigheid")["n"].iloc[0] == 0


def test_of_many_gemeenten_the_source_line_names_the_least_complete(voorbeeld_store, ask):
    behind = ask(
        voorbeeld_store, "select gemeente, max(achter) as achter from bereik_volledigheid group by gemeente"
    )
    names = ask(voorbeeld_store, "select code, naam from gebied where niveau = 'gemeente'").set_index("code")[
        "naam"
    ]
    part = (100 / behind.set_index("gemeente")["achter"]).round().astype(int)
    assert len(part) > RULES["gemeenten_in_bron"]
    least = part.index[part == part.min()].map(names).min()
    (text,) = ask(voorbeeld_store, "select tekst from volledigheid where bron = 'punten'")["tekst"]
    assert text.endswith(
        f": in {(part == 100).sum()} van {len(part)} gemeenten 100%, het laagst in {least} {part.min()}%"
    )


def test_a_list_of_one_kind_says_nothing_of_all_kinds_together(town, tmp_path):
    """Libraries alone do not tell where one can walk in; with the town hall and a meeting place they do."""
    rows = "soort;naam;x;y\n" + f"bibliotheek;Boek;{X + 500};{Y + 500}\n"
    (town / "lijst.csv").write_text(rows)
    ask, _ = built(tmp_path, town)
    count = "select count(*) as n from bereik_groep where bereik = 'inloop'"
    assert ask(count)["n"].iloc[0] == 0
    (town / "lijst.csv").write_text(rows + f"gemeentehuis;Loket;{X + 2500};{Y + 500}\n")
    ask, _ = built(tmp_path, town)
    assert ask(count)["n"].iloc[0] > 0


def lacking(ask, code: str) -> pd.DataFrame:
    return ask(f"select * from tekort_gemeten where randvoorwaarde = '{code}' order by buurt").set_index(
        "buurt"
    )


def test_a_list_that_is_far_from_complete_does_not_decide_the_agenda(town, tmp_path):
    kwb(AfstandTotGroteSupermarkt_107=[0.4, 0.5, 0.5, 0.8]).to_csv(town / "kwb_2023.csv", index=False)
    (town / "supermarkten.csv").write_text(f"naam;x;y\nKeten;{X + 3900};{Y + 500}\n")
    ask, _ = built(tmp_path, town)
    # The mean of CBS decides; over 100 metres it says nothing, so that stays unknown.
    assert set(lacking(ask, "winkels-1000")["hoe"]) == {"gemiddelde"} and lacking(ask, "winkels-100").empty
    # One in the middle of each buurt is a complete list.
    rows = [f"Keten;{X + 500 + 1000 * i};{Y + 500}\n" for i in range(4)]
    (town / "supermarkten.csv").write_text("naam;x;y\n" + "".join(rows))
    ask, _ = built(tmp_path, town)
    assert set(lacking(ask, "winkels-100")["hoe"]) == {"benadering"}


def test_metres_and_not_the_name_say_whether_a_mean_decides(town, tmp_path):
    kwb(AfstandTotGroteSupermarkt_107=[0.4, 0.5, 0.5, 0.8]).to_csv(town / "kwb_2023.csv", index=False)
    database = tmp_path / "uit" / "wwz.duckdb"
    database.parent.mkdir()
    norms.history(database).add(
        norms.changes(database, {"winkels-100": 800, "winkels-1000": 200}), "raad", "besluit"
    )
    ask, _ = built(tmp_path, town)
    assert lacking(ask, "winkels-1000").empty and set(lacking(ask, "winkels-100").index) == set(CODES)


def test_older_doelgroepen_lack_what_65_plus_lack(town, tmp_path):
    # Within 1,000 metres live 8 of the 10 people of A, and 1 of its 3 people of 65 and older.
    addresses(town, [(far(300), Y + 500, A, 8.0), (far(1100), Y + 500, A, 2.0)], inwoners_65plus=[1.0, 2.0])
    ask, _ = built(tmp_path, town)
    row = lacking(ask, "ontmoeting-1000").loc[A]
    assert (row["aandeel"], row["aandeel_65"]) == (pytest.approx(0.2), pytest.approx(2 / 3))
    assert row["onder_65"] <= row["aandeel_65"] <= row["boven_65"]
    found = ask(
        f"select doelgroep, mensen * mz as nodig, zonder from gemis_met(['{A}'], [], [], [], [], []) where randvoorwaarde = 'ontmoeting-1000'"
    ).set_index("doelgroep")
    for group, lack in (("ouderen-3", 2 / 3), ("lg", 0.2)):
        rows = found.loc[[group]]
        assert len(rows) and rows["zonder"].tolist() == pytest.approx((rows["nodig"] * lack).tolist())


def test_a_statement_that_is_taken_back_no_longer_counts():
    said = [
        given.checked(A, "winkels-1000", status, None, "wie", "waarom", "2025-01-01")
        for status in ("knelpunt", "onbekend")
    ]
    assert given.parameters(said[:1])["o_gebied"] == [A]
    # So the measured figure holds again.
    assert given.current(said) == [] and given.parameters(said)["o_gebied"] == []


def test_half_that_may_not_come_there_at_all_has_no_upper_bound():
    halves = pd.DataFrame({"groep": ["inwoners"], "onder": [310], "waarde": [480], "boven": [pd.NA]})
    assert reach._half(halves, reach.kinds()["ontmoeting"]).endswith(
        "binnen 480 meter (310 of meer). Dat is de mediaan."
    )


SHOPS_1_KM = "Aantal grote supermarkten/Binnen 1 km (aantal)"
OTHERS_1_KM = "Aantal overige dagelijkse levensmiddelen/Binnen 1 km (aantal)"


def beyond(km: float, shape: float = 3.0) -> float:
    """Share that lives further than 1 kilometre, by hand: a Weibull distribution around a mean."""
    return math.exp(-((math.gamma(1 + 1 / shape) / km) ** shape))


def test_of_two_kinds_of_shop_the_nearer_counts_and_not_the_first(town, tmp_path):
    kwb(
        AfstandTotGroteSupermarkt_107=[2.0, 0.9, 1.5, 1.5],
        AfstandTotOvDagelLevensmiddelen_111=[0.9, 2.0, 1.5, None],
    ).to_csv(town / "kwb_2023.csv", index=False)
    ask, _ = built(tmp_path, town)
    rows = lacking(ask, "winkels-1000")
    assert rows["aandeel"].tolist() == pytest.approx([beyond(0.9), beyond(0.9), beyond(1.5), beyond(1.5)])
    assert rows["waarde"].tolist() == [0.9, 0.9, 1.5, 1.5]
    assert rows["indicator"].tolist()[:2] == ["afstand_levensmiddelen", "afstand_supermarkt"]
    # Who lacks both is at least the product, if the two lie where they lie by chance.
    assert rows.loc[CODES[2], "onder"] < rows.loc[CODES[3], "onder"]
    assert (rows["onder"] <= rows["aandeel"]).all() and (rows["aandeel"] <= rows["boven"]).all()
    assert figure(ask, A, "bereik_winkels_1000")["waarde"] == pytest.approx(100 * (1 - beyond(0.9)))
    assert figure(ask, A, "bereik_supermarkt_1000")["waarde"] == pytest.approx(100 * (1 - beyond(2.0)))


def test_no_shop_within_a_kilometre_means_that_nobody_has_one(town, tmp_path):
    """What CBS counts within 1 km is a hard limit: with 0.6 shops on average at least 40% have none."""
    figures = {SHOPS_1_KM: [0.0, 0.4, 0.0, 3.0], OTHERS_1_KM: [0.0, 0.2, None, 2.0]}
    kwb(
        AfstandTotGroteSupermarkt_107=[1.1, 0.8, 1.1, 0.5],
        AfstandTotOvDagelLevensmiddelen_111=[1.2, 0.9, 1.1, 0.5],
        **figures,
    ).to_csv(town / "kwb_2023.csv", index=False)
    ask, _ = built(tmp_path, town)
    rows = lacking(ask, "winkels-1000")
    assert rows.loc[CODES[0], ["onder", "aandeel", "boven"]].tolist() == [1, 1, 1]
    assert rows.loc[CODES[1], "aandeel"] == pytest.approx(0.4)
    assert rows.loc[CODES[1], "onder"] == pytest.approx(0.3)
    # Of the other kind it is not known how many there are: then it is no limit.
    assert rows.loc[CODES[2], "aandeel"] == pytest.approx(beyond(1.1))
    assert rows.loc[CODES[3], "aandeel"] == pytest.approx(beyond(0.5))
    assert figure(ask, A, "bereik_winkels_1000")["waarde"] == 0
    assert figure(ask, C, "bereik_supermarkt_1000")["waarde"] == 0


def test_in_utrecht_the_shares_are_those_made_by_hand(utrecht_store, shared_data, ask):
    """Every buurt from CBS's own file: the nearer of the two, and never more within reach than CBS counts."""
    table = pd.read_csv(next((shared_data / "utrecht").glob("*.csv")), sep=";", dtype=str)
    code = next(c for c in table if c.endswith("Codering (code)"))
    names = (
        "Afstand tot grote supermarkt (km)",
        "Afstand tot ov. dagel. levensmiddelen (km)",
        SHOPS_1_KM,
        OTHERS_1_KM,
    )
    columns = [next(c for c in table if c.endswith(name)) for name in names]
    given = table.set_index(table[code].str.strip())[columns].set_axis(
        ["km", "km_ander", "in", "in_ander"], axis=1
    )
    given = given.apply(lambda one: pd.to_numeric(one.str.strip().str.replace(",", "."), errors="coerce"))
    given = given[given.index.str.startswith("BU")].dropna()
    wanted = [
        max(beyond(min(row.km, row.km_ander)), 1 - (row["in"] + row.in_ander)) for _, row in given.iterrows()
    ]
    rows = ask(utrecht_store, "select * from tekort_gemeten where randvoorwaarde = 'winkels-1000'")
    found = rows.set_index("buurt").loc[given.index]
    assert len(given) > 90
    assert found["aandeel"].tolist() == pytest.approx(wanted)
    nobody = (given["in"] + given["in_ander"]) == 0
    assert nobody.any() and (found.loc[nobody, "onder"] == 1).all()
