"""Areas side by side: what counts as a difference, what is similar, and need against distance."""

import numpy as np
import pandas as pd
import pytest

from wwz.ask.area import find_area, whole
from wwz.ask.compare import comparable_codes, left_out, side_by_side, similar_areas
from wwz.ask.differing import NO_DIFFERENCE, place_of, place_of_code, verdicts
from wwz.ask.quadrant import FIRST, UNCLEAR, quadrant
from wwz.knowledge import load_toml
from wwz.ui.vergelijken.chart import need_against_distance, ranked_dots


def row(waarde, onder=np.nan, boven=np.nan, **more):
    return {"waarde": waarde, "onder": onder, "boven": boven, **more}


@pytest.mark.parametrize(
    ("here", "there", "word"),
    [
        (row(10, 9, 11), row(13, 12, 14), "hoger"),
        (row(10, 9, 11), row(7, 6, 8), "lager"),
        # Halves of 1 and 1.5: the difference may be off by the root of 1 + 2.25, which is 1.80.
        (row(10, 9, 11), row(11.79, 10.29, 13), NO_DIFFERENCE),
        # The margins still touch, and the difference is there.
        (row(10, 9, 11), row(11.81, 10.31, 13), "hoger"),
        # Of each only the side counts where the other lies: 1 and 1, not 3 and 2.
        (row(10, 7, 11), row(11.5, 10.5, 13.5), "hoger"),
        (row(10, 9, 11), row(11), NO_DIFFERENCE),
        (row(10, 9, 11), row(11.1), "hoger"),
        (row(10), row(9), "lager"),
        (row(10), row(10), NO_DIFFERENCE),
        (row(np.nan), row(9), "onbekend"),
        (row(10), row(np.nan), "onbekend"),
    ],
)
def test_a_difference_is_there_when_it_is_larger_than_its_own_margin(voorbeeld_store, here, there, word):
    assert verdicts(voorbeeld_store, [here], [there]) == [word]


def test_difference_turns_round_with_the_areas(voorbeeld_store):
    one, other = row(10, 9, 11), row(13, 12, 14)
    assert verdicts(voorbeeld_store, [one, other], [other, one]) == ["hoger", "lager"]


def test_two_haagse_wijken_whose_margins_touch_do_differ(denhaag_store):
    """Schildersbuurt 27.1% (23.9-30.4) beside Moerwijk 21.9% (19.2-24.5): by hand the margin is 3.25² + 2.63², less what they share."""
    one, other = (find_area(denhaag_store, [code]) for code in ("WK051829", "WK051836"))
    found = [{**area.figures(["mobiliteit_18"]).iloc[0].to_dict(), **place_of(area)} for area in (one, other)]
    assert found[1]["boven"] > found[0]["onder"]
    assert verdicts(denhaag_store, found[:1], found[1:]) == ["lager"]


def test_what_two_areas_of_one_gemeente_share_falls_away(voorbeeld_store):
    """Also with an error that is wholly shared but for a part: the known part of knowledge, worked out by hand."""
    shared = {
        (r["marge_uit"], n): r["gemeente"]
        for r in load_toml("onzekerheid.toml")["gedeelde_fout"]
        for n in r["niveaus"]
    }
    part = shared["aanname", "wijk"]
    assert 0 < part < 1
    margin = np.sqrt(2 - 2 * part)
    about = row(10, 9, 11, marge_uit="aanname", **place_of_code("WK990101", "wijk"))
    near = [
        row(v, v - 1, v + 1, marge_uit="aanname", **place_of_code("WK990102", "wijk"))
        for v in (10 + 0.99 * margin, 10 + 1.01 * margin)
    ]
    assert verdicts(voorbeeld_store, [about] * 2, near) == [NO_DIFFERENCE, "hoger"]
    far = [{**near[1], **place_of_code("WK990201", "wijk")}, {**near[1], "marge_uit": "afronding"}]
    assert verdicts(voorbeeld_store, [about] * 2, far) == [NO_DIFFERENCE, NO_DIFFERENCE]


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
    about = {**area.figures(["mobiliteit_65"]).iloc[0].to_dict(), **place_of(area)}
    for one in found.rows.itertuples():
        beside = {
            **found.rows.loc[one.Index].to_dict(),
            "waarde": one.y,
            **place_of_code(one.gebied, "buurt"),
        }
        if verdicts(voorbeeld_store, [about], [beside]) == [NO_DIFFERENCE]:
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
