"""How figures add up, on a gemeente of four buurten in two wijken that can be worked out on paper.

    buurt        people  18+   65+   18+ who move with difficulty   65+ who do   clients   GP (km)
    BU99010001     1000   820  200   10% (8 to 12)                  30%          100       0,4
    BU99010002     2000  1640  400    5% (2 to 9)                   20%          secret    1,2
    BU99010101      500   410   20   unknown                        40%           20       2,5
    BU99010102     1500  1230  300   20% (19 to 21)                 unknown      150       unknown

18+ is everyone but the children and three tenths of those of 15 to 25.
"""

from __future__ import annotations

import json

import pandas as pd
import pytest

from wwz.ask.area import find_area, whole
from wwz.base.errors import Fout
from wwz.base.settings import Settings
from wwz.build.build import build
from wwz.build.filling import own_codes
from wwz.knowledge import catalogue
from wwz.store import Store

A, B, C, D = "BU99010001", "BU99010002", "BU99010101", "BU99010102"
FIRST, SECOND, ALL = "WK990100", "WK990101", "GM9901"
KWB = """WijkenEnBuurten;Gemeentenaam_1;Perioden;AantalInwoners_5;k_0Tot15Jaar_8;k_15Tot25Jaar_9;k_65JaarOfOuder_12;\
HuishoudensTotaal_28;WmoClienten_93;WmoClientenRelatief_94;AfstandTotHuisartsenpraktijk_106
BU99010001;Voorbeeld;2023JJ00;1000;150;100;200;450;100;100;0.4
BU99010002;Voorbeeld;2023JJ00;2000;300;200;400;900;.;.;1.2
BU99010101;Voorbeeld;2023JJ00;500;75;50;20;220;20;40;2.5
BU99010102;Voorbeeld;2023JJ00;1500;225;150;300;700;150;100;.
"""
HEALTH = """WijkenEnBuurten;Leeftijd;Marges;Perioden;BeperkingInBewegen_23;MatigVeelRegieOverEigenLeven_27
BU99010001;20300;MW00000;2023JJ00;10.0;90.0
BU99010001;20300;MOG0095;2023JJ00;8.0;85.0
BU99010001;20300;MBG0095;2023JJ00;12.0;93.0
BU99010002;20300;MW00000;2023JJ00;5.0;.
BU99010002;20300;MOG0095;2023JJ00;2.0;.
BU99010002;20300;MBG0095;2023JJ00;9.0;.
BU99010101;20300;MW00000;2023JJ00;.;.
BU99010102;20300;MW00000;2023JJ00;20.0;.
BU99010102;20300;MOG0095;2023JJ00;19.0;.
BU99010102;20300;MBG0095;2023JJ00;21.0;.
BU99010001;80200;MW00000;2023JJ00;30.0;.
BU99010002;80200;MW00000;2023JJ00;20.0;.
BU99010101;80200;MW00000;2023JJ00;40.0;.
BU99010102;80200;MW00000;2023JJ00;.;.
"""
OWN = ("Mijn gebied", (A, C))


def squares() -> str:
    """Four squares of about 1 km beside each other, in degrees."""
    features = []
    for i, code in enumerate((A, B, C, D)):
        west, east = 5.0 + 0.015 * i, 5.0 + 0.015 * (i + 1)
        ring = [[west, 52.0], [east, 52.0], [east, 52.01], [west, 52.01], [west, 52.0]]
        names = {
            "buurtcode": code,
            "buurtnaam": f"Buurt {'ABCD'[i]}",
            "gemeentenaam": "Voorbeeld",
            "jaar": 2023,
        }
        features.append(
            {"type": "Feature", "properties": names, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        )
    return json.dumps({"type": "FeatureCollection", "features": features})


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("vier")
    (folder / "cijfers.csv").write_text(KWB, encoding="utf-8")
    (folder / "gezondheid.csv").write_text(HEALTH, encoding="utf-8")
    (folder / "grenzen.geojson").write_text(squares(), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def store(folder, tmp_path_factory):
    target = tmp_path_factory.mktemp("uit") / "wwz.duckdb"
    build(Settings(gebieden=(OWN,), schatten=False), (folder,), database=target)
    store = Store(target)
    yield store
    store.close()


@pytest.fixture(scope="module")
def figure(store):
    def ask(codes, indicator: str) -> pd.Series:
        rows = find_area(store, [codes] if isinstance(codes, str) else list(codes)).figures([indicator])
        assert len(rows) == 1
        return rows.iloc[0]

    return ask


def unknown(row: pd.Series) -> bool:
    return row["soort"] == "onbekend" and row[["teller", "waarde", "onder", "boven"]].isna().all()


# --- the rule of each kind of figure -------------------------------------------------------------------


def test_the_file_is_read_as_it_is_written(figure):
    assert [figure(code, "inwoners")["teller"] for code in (A, B, C, D)] == [1000, 2000, 500, 1500]
    assert [figure(code, "mobiliteit_18")["noemer"] for code in (A, B, D)] == [820, 1640, 1230]
    assert [figure(code, "mobiliteit_18")["teller"] for code in (A, B, D)] == pytest.approx([82, 82, 246])
    assert unknown(figure(C, "mobiliteit_18")) and unknown(figure(B, "wmo_clienten"))


def test_counts_are_summed(figure):
    assert [figure(code, "inwoners")["teller"] for code in (FIRST, SECOND, ALL)] == [3000, 2000, 5000]
    assert figure(ALL, "huishoudens")["teller"] == 2270
    assert figure(ALL, "inwoners")["soort"] == "gepubliceerd"
    assert figure((A, D), "inwoners")["teller"] == 2500


def test_shares_are_weighted_by_their_own_denominator(figure):
    row = figure(FIRST, "mobiliteit_18")
    assert (row["teller"], row["noemer"]) == (pytest.approx(164), 2460)
    assert row["waarde"] == pytest.approx(100 * 164 / 2460)
    old = figure(FIRST, "mobiliteit_65")
    assert (old["teller"], old["noemer"]) == (pytest.approx(140), 600)
    assert old["waarde"] == pytest.approx(100 * 140 / 600)
    assert row["soort"] == old["soort"] == "geschat"
    assert figure(ALL, "leeftijd_65plus")["waarde"] == pytest.approx(100 * 920 / 5000)


def test_distances_are_weighted_by_inhabitants_and_are_not_a_number_of_people(figure):
    row = figure(FIRST, "afstand_huisarts")
    assert row["waarde"] == pytest.approx((0.4 * 1000 + 1.2 * 2000) / 3000)
    assert pd.isna(row["teller"])


def test_per_thousand_counts_the_same_areas_above_and_below_the_line(figure):
    row = figure((A, C, D), "wmo_clienten")
    assert (row["teller"], row["noemer"], row["waarde"]) == (270, 3000, pytest.approx(90))


def test_what_the_source_turns_around_is_turned_with_its_margin(figure):
    row = figure(A, "regie_18")
    assert (row["onder"], row["waarde"], row["boven"]) == pytest.approx((7, 10, 15))


# --- coverage ------------------------------------------------------------------------------------------


def test_too_little_coverage_is_unknown(figure):
    # 1.500 of 2.000, 3.500 of 5.000, 3.000 of 5.000 and 3.500 of 5.000 inhabitants live where there is a figure.
    assert unknown(figure(SECOND, "mobiliteit_18"))
    assert unknown(figure(ALL, "mobiliteit_65"))
    assert unknown(figure(ALL, "wmo_clienten"))
    assert unknown(figure(ALL, "afstand_huisarts"))
    assert unknown(figure((A, C), "mobiliteit_18"))


def test_enough_coverage_counts_and_says_how_much(figure):
    row = figure(ALL, "mobiliteit_18")
    assert row["waarde"] == pytest.approx(100 * 410 / 3690)
    assert row["dekking"] == pytest.approx(0.9)
    both = figure((A, B, D, C), "mobiliteit_18")
    assert both["waarde"] == pytest.approx(row["waarde"]) and both["dekking"] == pytest.approx(0.9)


def test_exactly_four_fifths_is_enough(figure):
    row = figure((B, C), "mobiliteit_18")
    assert row["waarde"] == pytest.approx(5) and row["dekking"] == pytest.approx(0.8)


def test_an_unknown_buurt_is_never_counted_as_zero(figure):
    assert figure(ALL, "mobiliteit_18")["waarde"] > 100 * 410 / 4100


# --- margins and reliability ---------------------------------------------------------------------------


def test_published_margins_are_added_up_with_their_weights(figure):
    row = figure(ALL, "mobiliteit_18")
    assert row["onder"] == pytest.approx((8 * 820 + 2 * 1640 + 19 * 1230) / 3690)
    assert row["boven"] == pytest.approx((12 * 820 + 9 * 1640 + 21 * 1230) / 3690)
    assert row["marge_uit"] == "gepubliceerd"


def test_an_assumed_margin_narrows_from_buurt_to_wijk_but_not_further_than_assumed(figure):
    buurt, wijk = figure(A, "mobiliteit_65"), figure(FIRST, "mobiliteit_65")
    assert (buurt["onder"], buurt["boven"]) == pytest.approx((24, 36))
    middle = 100 * 140 / 600
    assert (wijk["onder"], wijk["boven"]) == pytest.approx((0.88 * middle, 1.12 * middle))
    assert buurt["marge_uit"] == wijk["marge_uit"] == "aanname"
    own = figure((A, B), "mobiliteit_65")
    assert (own["onder"], own["boven"]) == pytest.approx((wijk["onder"], wijk["boven"]))


@pytest.mark.parametrize(
    ("code", "indicator", "word"),
    [
        (A, "inwoners", "hoog"),
        (D, "mobiliteit_18", "hoog"),  # 5% either way, 1.230 people
        (A, "mobiliteit_18", "matig"),  # 20% either way
        (A, "mobiliteit_65", "matig"),  # 20% either way, 200 people
        (B, "mobiliteit_18", "laag"),  # 70% either way
        (C, "mobiliteit_65", "laag"),  # 20 people
        (C, "mobiliteit_18", "onbekend"),
    ],
)
def test_reliability_in_a_word(figure, code, indicator, word):
    found = figure(code, indicator)["betrouwbaarheid"]
    assert (found if isinstance(found, str) else "onbekend") == word


@pytest.mark.parametrize("name", ["voorbeeld_store", "denhaag_store", "drechtsteden_store"])
@pytest.mark.parametrize("niveau", ["buurt", "wijk", "gemeente"])
def test_every_interval_holds_its_value_and_is_possible(name, niveau, request):
    store = request.getfixturevalue(name)
    codes = list(whole(store).codes)
    rows = store.ask("tabel", binnen=codes, niveau=niveau, indicatoren=list(catalogue()), jaar=0)
    shown = rows[rows["waarde"].notna()]
    assert len(shown) > 20
    known = shown[shown["onder"].notna()]
    assert (known["onder"] <= known["waarde"] + 1e-9).all() and (
        known["waarde"] <= known["boven"] + 1e-9
    ).all()
    assert (known["onder"] >= 0).all() and (shown["waarde"] >= 0).all()
    shares = shown[[catalogue()[c].regel == "aandeel" for c in shown["indicator"]]]
    most = [catalogue()[c].per for c in shares["indicator"]]
    assert (shares["waarde"] <= most).all() and (shares["boven"].fillna(0) <= most).all()


def test_own_areas_have_possible_intervals_too(voorbeeld_store):
    areas = voorbeeld_store.areas()
    codes = list(areas.loc[areas["niveau"] == "buurt", "code"])
    for start in range(0, len(codes), 40):
        rows = find_area(voorbeeld_store, codes[start : start + 7]).figures(list(catalogue()))
        known = rows[rows["waarde"].notna() & rows["onder"].notna()]
        assert len(known) > 10
        assert (known["onder"] <= known["waarde"] + 1e-9).all() and (
            known["waarde"] <= known["boven"] + 1e-9
        ).all()
        assert (known["onder"] >= 0).all()
        assert (known.loc[known["eenheid"] == "%", "boven"] <= 100).all()


# --- privacy -------------------------------------------------------------------------------------------


def test_a_computed_count_below_the_minimum_is_hidden(figure):
    row = figure(C, "mobiliteit_65")  # 40% of 20 people: 8
    assert row["verborgen"] and pd.isna(row["teller"]) and row["waarde"] == 40
    assert figure((A, C), "mobiliteit_65")["teller"] == pytest.approx(68)


def test_the_minimum_comes_from_the_settings(folder, tmp_path):
    build(Settings(minimum=0), (folder,), database=tmp_path / "x.duckdb")
    store = Store(tmp_path / "x.duckdb")
    row = find_area(store, [C]).figures(["mobiliteit_65"]).iloc[0]
    store.close()
    assert not row["verborgen"] and row["teller"] == pytest.approx(8)


# --- areas themselves ----------------------------------------------------------------------------------


def test_an_own_area_of_the_settings_equals_the_same_buurten_by_hand(store, figure):
    code = own_codes(["Mijn gebied"])["Mijn gebied"]
    named = find_area(store, [code])
    assert (named.naam, named.niveau, named.buurten) == ("Mijn gebied", "eigen", (A, C))
    for indicator in ("inwoners", "mobiliteit_65", "leeftijd_65plus", "afstand_huisarts", "wmo_clienten"):
        one, other = figure(code, indicator), figure((A, C), indicator)
        for column in ("teller", "noemer", "waarde", "onder", "boven", "dekking"):
            same_gap = pd.isna(one[column]) and pd.isna(other[column])
            assert same_gap or one[column] == pytest.approx(other[column]), (indicator, column)
    assert unknown(figure(code, "mobiliteit_18"))


def test_every_kind_of_code_gives_its_buurten(store):
    assert find_area(store, [A]).buurten == (A,)
    assert find_area(store, [FIRST]).buurten == (A, B)
    assert find_area(store, [ALL]).buurten == (A, B, C, D)
    assert find_area(store, [SECOND, A, C]).buurten == (A, C, D)


def test_parts_are_the_areas_inside(store):
    rows = find_area(store, [FIRST]).parts("buurt", ["inwoners", "mobiliteit_18"])
    assert sorted(set(rows["gebied"])) == [A, B] and len(rows) == 4
    assert list(find_area(store, [A]).parts("gemeente", ["inwoners"])["gebied"]) == [ALL]


def test_an_unknown_code_is_named_in_the_message(store):
    with pytest.raises(Fout) as found:
        find_area(store, [A, "BU00000000", "GM9999"])
    assert "BU00000000" in str(found.value) and "GM9999" in str(found.value) and A not in str(found.value)
    with pytest.raises(Fout):
        find_area(store, [])


def test_names_of_unions(store):
    assert find_area(store, [A, B]).naam == "Buurt A en Buurt B"
    assert find_area(store, [A, B, C]).naam == "Buurt A, Buurt B en Buurt C"
    assert find_area(store, [A, B, C, D]).naam == "Buurt A, Buurt B, Buurt C en 1 andere"
    assert find_area(store, [A, B], "Noord").naam == "Noord"
    assert find_area(store, [A, A]).naam == "Buurt A"


def test_whole_is_the_one_gemeente_or_the_region(store, drechtsteden_store):
    assert (whole(store).codes, whole(store).naam, whole(store).niveau) == ((ALL,), "Voorbeeld", "gemeente")
    region = whole(drechtsteden_store)
    assert len(region.codes) == 7 and region.kind == "regio" and len(region.buurten) == 358


def test_the_sum_of_shares_is_not_the_mean_of_shares(figure):
    assert figure(FIRST, "mobiliteit_18")["waarde"] != pytest.approx((10 + 5) / 2)


def test_a_counted_share_needs_both_numbers_of_one_year(tmp_path):
    """People of 65 and older of 2023 over the inhabitants of 2022 is no published share of 2023."""
    (tmp_path / "in").mkdir()
    head = "WijkenEnBuurten;buurtnaam;Gemeentenaam_1;Perioden;AantalInwoners_5;k_65JaarOfOuder_12\n"
    for year, people in ((2022, "400"), (2023, ".")):
        text = f"{head}{A};Dorp;Voorbeeld;{year}JJ00;{people};100\n{B};Veld;Voorbeeld;{year}JJ00;1000;200\n"
        (tmp_path / "in" / f"kwb_{year}.csv").write_text(text, encoding="utf-8")
    build(Settings(schatten=False), (tmp_path / "in",), database=tmp_path / "x.duckdb")
    store = Store(tmp_path / "x.duckdb")
    rows = find_area(store, [A]).figures(["leeftijd_65plus"], 2023)
    older = find_area(store, [A]).figures(["leeftijd_65plus"], 2022)
    store.close()
    assert older["waarde"].iloc[0] == 25
    assert pd.isna(rows["waarde"].iloc[0])


def test_the_code_of_an_own_area_is_its_name_not_its_place_in_the_list():
    few, more = own_codes(["Zuid", "Noord"]), own_codes(["Centrum", "Noord", "Zuid"])
    assert {name: more[name] for name in few} == few and len(set(more.values())) == 3
    many = own_codes([f"Gebied {i}" for i in range(900)])
    assert len(set(many.values())) == 900
