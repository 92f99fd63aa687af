"""Numbers and sentences as a Dutch reader expects them, and never more sure than the figures are."""

from __future__ import annotations

import math
import re

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wwz.ask.area import find_area, whole
from wwz.base.paths import SQL
from wwz.knowledge import catalogue
from wwz.words.numbers import (
    dutch,
    is_known,
    people,
    people_range,
    range_text,
    rounded_people,
    says_little,
    value_text,
)
from wwz.words.sentences import headline, margin_text, reading, reliability_reason, story_line

SHARE, DISTANCE, COUNT, WMO = (
    catalogue()[code] for code in ("mobiliteit_18", "afstand_huisarts", "inwoners", "wmo_clienten")
)


def row(**change) -> pd.Series:
    """A row of figures as the database gives it."""
    return pd.Series(
        {
            "waarde": 12.5,
            "teller": 375.4,
            "noemer": 3003.0,
            "onder": 10.0,
            "boven": 15.0,
            "teller_onder": 294.3,
            "teller_boven": 455.7,
            "verborgen": False,
            "geteld": False,
            "jaar": 2022,
            "noemer_jaar": 2022,
            "marge_uit": "gepubliceerd",
            "weinig_mensen": False,
            "wijze": "bron",
            "dekking": 1.0,
            **change,
        }
    )


# --- numbers -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (-0.001, 2, "0,00"),
        (-0.4, 0, "0"),
        (-0.04, 1, "0,0"),
        (1234.5, 1, "1.234,5"),
        (1234567.891, 2, "1.234.567,89"),
        (999, 0, "999"),
        (0, 1, "0,0"),
        (0.04, 1, "0,0"),
        (17_942_942, 0, "17.942.942"),
        (-1234.5, 1, "-1.234,5"),
    ],
)
def test_numbers_have_dutch_signs(value, decimals, text):
    assert dutch(value, decimals) == text


@given(st.floats(0, 1e9), st.integers(0, 3))
def test_dutch_text_reads_back_as_the_number(value, decimals):
    text = dutch(value, decimals)
    assert float(text.replace(".", "").replace(",", ".")) == pytest.approx(value, abs=0.51 * 10**-decimals)
    assert re.fullmatch(r"\d{1,3}(\.\d{3})*(,\d+)?", text)


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (3743, 3700),
        (3750.1, 3800),
        (1_347_683, 1_300_000),
        (87.6, 88),
        (104, 100),
        (99.6, 100),
        (12.4, 12),
        (7.3, 7),
        (0, 0),
    ],
)
def test_computed_people_have_two_digits_that_mean_something(count, expected):
    assert rounded_people(count) == expected


@pytest.mark.parametrize("half", [12.5, 105, 115, 2450, 3750])
def test_the_order_of_adding_up_does_not_change_the_rounding(half):
    assert rounded_people(half - 1e-10) == rounded_people(half) == rounded_people(half + 1e-10)


@pytest.mark.parametrize("half", [0.5, 1.5, 57.5])
def test_a_half_reads_the_same_whatever_the_order_of_the_sum(half):
    assert dutch(half - 1e-10) == dutch(half) == dutch(half + 1e-10)


def test_a_number_in_a_sentence_of_the_build_reads_as_on_a_screen():
    with duckdb.connect() as connection:
        made = [path.read_text(encoding="utf-8") for path in SQL.rglob("*.sql")]
        connection.execute(*(text for text in made if "create macro in_tekst" in text))
        for value, decimals in [(0, 0), (7, 0), (1508, 0), (1_347_683, 0), (12.25, 1), (1234.5, 1)]:
            found = connection.execute("select in_tekst(?, ?)", [value, decimals]).fetchone()
            assert found == (dutch(value, decimals),)


def test_no_sentence_of_the_build_holds_a_bare_count():
    """A count goes through in_tekst: 1.508, and not 1508."""
    bare = re.compile(r"\|\|\s*(?:count\(|\w+::bigint|round\()|count\([^()]*\)\s*\|\|")
    assert {
        path.name: bare.findall(path.read_text(encoding="utf-8"))
        for path in SQL.rglob("*.sql")
        if bare.search(path.read_text(encoding="utf-8"))
    } == {}


@given(st.floats(10, 2e7))
def test_rounding_people_stays_within_five_percent(count):
    rounded = rounded_people(count)
    assert rounded == pytest.approx(count, rel=0.0501)
    assert re.fullmatch(r"\d\d?0*", str(int(rounded))) or int(rounded) < 100


def test_counted_people_stay_as_the_source_has_them():
    assert people(3743, hidden=False, counted=True, minimum=10) == "3.743"
    assert people(3743, hidden=False, counted=False, minimum=10) == "3.700"


@pytest.mark.parametrize("count", [4.0, None, 9.9, float("nan")])
def test_too_few_people_read_as_less_than_the_minimum(count):
    assert people(count, hidden=True, counted=False, minimum=10) == "<10"
    assert people(count, hidden=True, counted=True, minimum=25) == "<25"


@pytest.mark.parametrize("nothing", [None, float("nan"), math.inf, -math.inf])
def test_nothing_is_unknown_and_never_zero(nothing):
    assert not is_known(nothing)
    assert people(nothing, hidden=False, counted=True, minimum=10) == "onbekend"
    assert value_text(nothing, SHARE) == value_text(nothing, DISTANCE) == "onbekend"
    assert range_text(nothing, 3.0, SHARE) == range_text(3.0, nothing, SHARE) == ""


def test_zero_is_a_number():
    assert is_known(0) and is_known(0.0)
    assert people(0, hidden=False, counted=True, minimum=10) == "0"
    assert value_text(0.0, SHARE) == "0,0%"


def test_values_carry_their_unit_and_the_decimals_of_the_source():
    assert value_text(12.34, SHARE) == "12,3%"
    assert value_text(0.94, DISTANCE) == "0,9 km"
    assert value_text(68.7, WMO) == "69 per 1.000 inwoners"
    assert value_text(15260, COUNT) == "15.260 inwoners"
    assert value_text(12.34, SHARE, unit=False) == "12,3"


def test_ranges():
    assert (
        range_text(10.04, 15.16, SHARE)
        == margin_text(row(onder=10.04, boven=15.16), SHARE)
        == "10,0 tot 15,2%"
    )
    assert (
        range_text(0.85, 0.95, DISTANCE) == "0,8 tot 0,9 km"
        or range_text(0.85, 0.95, DISTANCE) == "0,8 tot 1,0 km"
    )
    assert range_text(12.31, 12.34, SHARE) == ""


def test_a_range_of_people_is_rounded_and_protected():
    counted = row(teller_onder=300.0, teller_boven=450.0)
    assert people_range(counted, SHARE, 10) == "300 tot 450"
    # A bound below the privacy minimum is no more a number than the figure itself would be.
    assert people_range(row(teller_onder=9.0, teller_boven=60.0), SHARE, 10) == "<10 tot 60"
    assert people_range(row(geteld=True), SHARE, 10) == ""
    assert people_range(row(verborgen=True), SHARE, 10) == ""
    assert people_range(row(teller_onder=None), SHARE, 10) == ""
    assert people_range(row(), DISTANCE, 10) == ""


def test_people_of_a_share_have_its_bounds_and_of_a_model_chance_as_well(voorbeeld_store, ask):
    bounds = "{0}(marge, 100, 375.0, 3000.0, {1})"
    found = ask(
        voorbeeld_store,
        f"""
        select marge, {bounds.format("aantal_onder", 10.0)} as onder, {bounds.format("aantal_boven", 15.0)} as boven
        from (values ('afronding'), ('aanname')) v(marge)
        """,
    ).set_index("marge")
    assert found.loc["afronding"].tolist() == pytest.approx([300, 450])
    # Of a model: 1.645 times the root of 375 x 0.875 is 30 people of chance, on top of 75 to both sides: 81.
    assert found.loc["aanname"].tolist() == pytest.approx([375 - 80.7, 375 + 80.7], abs=0.1)


# --- one in so many ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        (12.5, "1 op de 8"),
        (50.0, "1 op de 2"),
        (10.0, "1 op de 10"),
        (20.5, "1 op de 5"),
        (13.2, "ruim 1 op de 8"),
        (11.9, "bijna 1 op de 8"),
        (35.0, "ruim 1 op de 3"),
        (63.2, "63,2% van de"),
        (1.3, "1,3% van de"),
        (41.0, "41,0% van de"),
        (0.0, "0,0% van de"),
        (100.0, "100,0% van de"),
    ],
)
def test_one_in_so_many(percent, words):
    text = headline("Moerwijk", row(waarde=percent), SHARE, 10)
    assert text == f"In Moerwijk heeft {words} inwoners van 18 jaar en ouder moeite met bewegen"


@given(st.floats(0, 100))
def test_one_in_so_many_is_never_far_from_the_share(percent):
    text = headline("X", row(waarde=percent), SHARE, 10)
    found = re.search(r"(ruim |bijna )?1 op de (\d+)", text)
    if found is None:
        assert f"{dutch(percent, 1)}% van de" in text
        return
    said = 100 / int(found[2])
    assert said == pytest.approx(percent, rel=0.16)
    if found[1]:
        assert (percent > said) == (found[1] == "ruim ")


# --- sentences -----------------------------------------------------------------------------------------


def test_headlines_of_each_kind():
    assert (
        headline("Dorp", row(teller=1520, waarde=1520, geteld=True), COUNT, 10) == "Dorp telt 1.520 inwoners"
    )
    assert headline("Dorp", row(waarde=1.26), DISTANCE, 10) == (
        "In Dorp is de afstand tot een huisartsenpraktijk gemiddeld 1,3 km"
    )
    unknown = headline("Dorp", row(waarde=None), SHARE, 10)
    assert "niet bekend" in unknown and not re.search(r"\d{3}|%", unknown)


def test_a_story_says_how_many_people_and_how_sure():
    line = story_line(row(), SHARE, 10)
    assert (line.getal, line.marge) == ("ongeveer 380 mensen", "290 tot 460")
    assert line.sentence.endswith(": ongeveer 380 mensen (290 tot 460).") and "Dorp" not in line.sentence
    hidden = story_line(row(teller=None, verborgen=True), SHARE, 10)
    assert "mensen" not in hidden.getal and hidden.marge == ""
    counted = story_line(row(teller=205, geteld=True), catalogue()["leeftijd_65plus"], 10)
    assert counted.getal == "205 mensen"


def test_two_sentences_about_the_map():
    extremes = pd.DataFrame(
        {"naam": ["Moerwijk", "Duinzicht"], "waarde": [23.2, 4.1], "erbuiten": [False, False]}
    )
    people_of = {"teller": 55127.4, "teller_onder": 42404.0, "teller_boven": 63609.0}
    text = reading("Den Haag", row(waarde=13.0, noemer=424057.0, **people_of), extremes, SHARE, 10)
    assert text == (
        "In Den Haag gaat het om ongeveer 55.000 mensen (42.000 tot 64.000): 13,0% van de inwoners van 18 jaar en ouder. "
        "Het aandeel is het hoogst in Moerwijk (23,2%) en het laagst in Duinzicht (4,1%)."
    )
    alone = reading("Den Haag", row(waarde=None), extremes.iloc[:0], SHARE, 10)
    assert alone == "Voor Den Haag als geheel is dit cijfer onbekend."


def test_a_distance_is_big_or_small():
    extremes = pd.DataFrame({"naam": ["Ver", "Dichtbij"], "waarde": [4.2, 0.3], "erbuiten": [True, False]})
    text = reading("Streek", row(waarde=1.1, teller=None), extremes, DISTANCE, 10)
    assert "gemiddeld 1,1 km" in text
    assert "De afstand is het grootst in Ver (4,2 km) en het kleinst in Dichtbij (0,3 km)." in text
    # A small area lies further still: it leads the table, so the sentence says why it is not named.
    assert text.endswith("Gebieden met weinig mensen tellen daarin niet mee.")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"waarde": None}, "geen cijfer"),
        ({"marge_uit": "gepubliceerd"}, "van de bron"),
        ({"marge_uit": "aanname"}, "aanname"),
        ({"marge_uit": "afronding"}, "afronden"),
        ({"marge_uit": None}, "niet bekend"),
        ({"weinig_mensen": True}, "weinig mensen"),
        ({"wijze": "opgeteld", "dekking": 0.83}, "83% van de inwoners"),
        ({"noemer_jaar": 2019}, "inwoners van 2019"),
    ],
)
def test_reliability_gives_its_reason(change, words):
    assert words in reliability_reason(row(**change), SHARE)


def test_reliability_does_not_name_what_is_not_there():
    text = reliability_reason(row(), SHARE)
    assert "weinig" not in text and "%" not in text and "2022" not in text


@pytest.mark.parametrize("name", ["voorbeeld_store", "denhaag_store"])
def test_every_figure_makes_whole_dutch_sentences(name, request):
    store = request.getfixturevalue(name)
    minimum = store.about()["minimum"]
    smallest = store.areas().query("niveau == 'buurt'").sort_values("inwoners")["code"].head(5)
    # A layer of a bound is a question of its own: of the whole area they are all asked.
    others = [code for code, indicator in catalogue().items() if indicator.thema != "grenzen"]
    asked = [(whole(store), list(catalogue())), *((find_area(store, [code]), others) for code in smallest)]
    for area, codes in asked:
        for _, figures in area.figures(codes).iterrows():
            indicator = catalogue()[figures["indicator"]]
            sentences = (
                headline(area.naam, figures, indicator, minimum) + ".",
                story_line(figures, indicator, minimum).sentence,
                reading(area.naam, figures, pd.DataFrame(columns=["naam", "waarde"]), indicator, minimum),
                reliability_reason(figures, indicator),
            )
            for sentence in sentences:
                assert sentence.endswith(".") and "nan" not in sentence and "None" not in sentence, sentence
                assert "  " not in sentence and "inf " not in sentence, sentence
                assert not re.search(r"\d\.\d(?!\d\d)", sentence), sentence


def test_bounds_that_leave_nearly_everything_open_say_so():
    assert says_little(0.0, 0.93) == says_little(0.05, 1.0) == "; dat zegt nog weinig"
    assert says_little(0.0, 0.85) == says_little(0.2, 1.0) == says_little(float("nan"), 0.95) == ""
