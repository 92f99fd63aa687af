"""Areas side by side: what counts as a difference, what is similar, and need against distance."""

import numpy as np
import pandas as pd
import pytest

from wwz.ask.area import find_area, whole
from wwz.ask.compare import NO_DIFFERENCE, comparable_codes, difference, left_out, side_by_side, similar_areas
from wwz.ask.quadrant import FIRST, UNCLEAR, quadrant
from wwz.ui.vergelijken.chart import need_against_distance, ranked_dots


def row(waarde, onder=np.nan, boven=np.nan):
    return {"waarde": waarde, "onder": onder, "boven": boven}


@pytest.mark.parametrize(
    ("here", "there", "word"),
    [
        (row(10, 9, 11), row(13, 12, 14), "hoger"),
        (row(10, 9, 11), row(7, 6, 8), "lager"),
        (row(10, 9, 11), row(12, 10.5, 13), NO_DIFFERENCE),
        (row(10, 9, 11), row(11), NO_DIFFERENCE),
        (row(10, 9, 11), row(11.1), "hoger"),
        (row(10), row(9), "lager"),
        (row(10), row(10), NO_DIFFERENCE),
        (row(np.nan), row(9), "onbekend"),
        (row(10), row(np.nan), "onbekend"),
    ],
)
def test_a_difference_within_the_interval_is_no_clear_difference(here, there, word):
    assert difference(here, there) == word


def test_difference_turns_round_with_the_areas():
    one, other = row(10, 9, 11), row(13, 12, 14)
    assert (difference(one, other), difference(other, one)) == ("hoger", "lager")


def test_side_by_side_is_ranked_and_has_the_figures_of_the_query(voorbeeld_store):
    area = find_area(voorbeeld_store, ["WK990102"])
    rows = side_by_side(voorbeeld_store, area, "mobiliteit_18", ["WK990201", "GM9902"])
    assert rows["waarde"].dropna().is_monotonic_decreasing
    assert rows["accent"].sum() == 1
    assert {"dit gebied", "groter gebied", "vergelijkbaar"} <= set(rows["rol"])
    here = rows[rows["accent"]].iloc[0]
    asked = area.figures(["mobiliteit_18"]).iloc[0]
    assert (
        here[["waarde", "onder", "boven", "soort"]].tolist()
        == asked[["waarde", "onder", "boven", "soort"]].tolist()
    )
    assert here["verschil"] == "" and (rows.loc[~rows["accent"], "verschil"] != "").all()
    assert "Haverstede" in set(rows["naam"])


def test_an_area_stands_in_the_comparison_once(voorbeeld_store):
    area = find_area(voorbeeld_store, ["WK990102"])
    similar = similar_areas(voorbeeld_store, area)["gebied"].iloc[0]
    rows = side_by_side(voorbeeld_store, area, "mobiliteit_18", [similar, "WK990102", similar])
    assert not rows["naam"].duplicated().any()


def test_similar_areas_are_nearest_in_the_four_characteristics(voorbeeld_store):
    """Worked out again with plain loops: distance in standard deviations, adressendichtheid by its logarithm."""
    area = find_area(voorbeeld_store, ["WK990102"])
    codes = ["leeftijd_65plus", "corporatie", "adressendichtheid", "inkomen"]
    parts = whole(voorbeeld_store).parts("wijk", codes)
    people = voorbeeld_store.areas().set_index("code")["inwoners"]
    table = {}
    for one in parts.itertuples():
        value = np.log(one.waarde) if one.indicator == "adressendichtheid" else one.waarde
        table.setdefault(one.gebied, {})[one.indicator] = value
    table = {
        code: values
        for code, values in table.items()
        if people[code] >= 200 and all(v == v for v in values.values())
    }
    spread = {c: np.std([values[c] for values in table.values()]) for c in codes}
    own = table.pop("WK990102")
    far = {code: sum(((v[c] - own[c]) / spread[c]) ** 2 for c in codes) for code, v in table.items()}
    assert list(similar_areas(voorbeeld_store, area)["gebied"]) == sorted(far, key=far.get)[:5]


def test_a_characteristic_that_is_not_published_does_not_count(nederland_store):
    # Kerncijfers of 2020 and 2024 as they are here have no dwellings per wijk.
    area = find_area(nederland_store, ["WK051838"])
    similar = similar_areas(nederland_store, area)
    assert len(similar) == 5 and similar["corporatie"].isna().all()
    own = area.figures(["leeftijd_65plus"])["waarde"].iloc[0]
    assert (similar["leeftijd_65plus"] - own).abs().max() < 2
    assert left_out(similar) == "Niet bekend, en daarom niet meegeteld: corporatiewoningen."
    assert not any("corporatie" in why for why in similar["waarom"])


def test_similar_areas_say_why(voorbeeld_store):
    similar = similar_areas(voorbeeld_store, find_area(voorbeeld_store, ["WK990102"]))
    assert similar["waarom"].str.contains("hier").all()
    for word in ("65 jaar en ouder", "corporatiewoningen", "adressen", "inkomen"):
        assert similar["waarom"].str.contains(word).all()


def test_sums_are_not_compared(voorbeeld_store):
    codes = comparable_codes(voorbeeld_store)
    assert "inwoners" not in codes and "mobiliteit_18" in codes


def test_quadrants_follow_the_figures_of_the_whole_area(voorbeeld_store):
    area = find_area(voorbeeld_store, ["GM9901"])
    found = quadrant(voorbeeld_store, area, "mobiliteit_65", "afstand_supermarkt", "buurt")
    whole_area = area.figures(["mobiliteit_65", "afstand_supermarkt"]).set_index("indicator")["waarde"]
    assert (found.y_middle, found.x_middle) == (whole_area["mobiliteit_65"], whole_area["afstand_supermarkt"])
    for one in found.rows.itertuples():
        if one.onder <= found.y_middle <= one.boven:
            assert one.vak == UNCLEAR
            continue
        assert ("meer behoefte" in one.vak) == (one.y > found.y_middle)
        assert ("verder weg" in one.vak) == (one.x > found.x_middle)
    assert {FIRST, UNCLEAR} < set(found.rows["vak"])
    inhabited = area.parts("buurt", ["inwoners"])
    assert len(found.rows) + found.missing == int((~inhabited["water"]).sum())


def test_hostile_names_are_text_in_the_charts(voorbeeld_store):
    area = find_area(voorbeeld_store, ["GM9901"])
    bad = "<img src=x onerror=alert(1)>"
    rows = side_by_side(voorbeeld_store, area, "mobiliteit_18").assign(naam=bad)
    assert "<img" not in ranked_dots(rows, "%").to_json().replace("\\u003c", "<")
    found = quadrant(voorbeeld_store, area, "mobiliteit_65", "afstand_supermarkt", "buurt")
    hostile = type(found)(found.rows.assign(naam=bad), found.x_middle, found.y_middle, found.missing)
    assert "<img" not in need_against_distance(hostile, "x", "y", "").to_json().replace("\\u003c", "<")


def test_chart_survives_unknown_figures(voorbeeld_store):
    rows = side_by_side(voorbeeld_store, find_area(voorbeeld_store, ["GM9901"]), "mobiliteit_18")
    rows.loc[:, ["waarde", "onder", "boven"]] = np.nan
    assert isinstance(rows, pd.DataFrame)
    assert len(ranked_dots(rows, "%").data) == 0
