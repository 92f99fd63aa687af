"""Maps side by side: which ones, on one scale, and what two of them say together."""

import numpy as np
import pandas as pd
import pytest

from wwz.ask.area import find_area, whole
from wwz.ask.compare import similar_areas
from wwz.ask.comparemaps import HIGH_BOTH, LOW, UNKNOWN, kin, most_panels, pair, series, years_of
from wwz.ask.comparewords import finding, pair_sentence, series_sentence
from wwz.ask.differing import NO_DIFFERENCE, place_of_code, verdicts
from wwz.knowledge import catalogue
from wwz.maps.classes import assign, classes_for_series, counted
from wwz.maps.drawing import classes_of, scale_of

CODE = "mobiliteit_18"


@pytest.fixture(scope="module")
def wijk(voorbeeld_store):
    return find_area(voorbeeld_store, ["WK990102"])


def test_a_series_of_areas_is_this_one_those_like_it_and_those_chosen(voorbeeld_store, wijk):
    similar = list(similar_areas(voorbeeld_store, wijk)["gebied"])
    panels = series(voorbeeld_store, wijk, CODE, "buurt", "gebieden", ["GM9902", "WK990102"])
    assert [panel.area.codes[0] for panel in panels] == ["WK990102", "GM9902", *similar]
    for panel in panels:
        assert panel.layer.whole["waarde"] == panel.area.figures([CODE]).iloc[0]["waarde"]
        inside = set(panel.area.buurten)
        assert panel.niveau != "buurt" or set(panel.layer.values.index) <= inside


def test_without_likeness_the_highest_parts_come(voorbeeld_store):
    region = whole(voorbeeld_store)
    panels = series(voorbeeld_store, region, CODE, "buurt", "gebieden")
    values = region.parts("gemeente", [CODE]).sort_values("waarde", ascending=False)
    assert [panel.area.codes[0] for panel in panels] == list(values["gebied"])
    assert len(panels) <= most_panels()


def test_a_series_of_years_runs_forward_and_of_layers_shares_a_unit(voorbeeld_store, wijk):
    years = series(voorbeeld_store, wijk, "leeftijd_65plus", "buurt", "jaren")
    assert [panel.layer.jaar for panel in years] == sorted(years_of(voorbeeld_store, "leeftijd_65plus"))
    assert len(years) >= 2
    layers = series(voorbeeld_store, wijk, CODE, "buurt", "lagen")
    assert layers[0].layer.indicator.code == CODE
    assert {panel.layer.unit for panel in layers} == {catalogue()[CODE].eenheid}
    assert 2 <= len(layers) <= most_panels()
    assert {catalogue()[code].groep for code in kin(voorbeeld_store, CODE)} == {catalogue()[CODE].groep}


def test_one_scale_means_one_colour_for_one_value(voorbeeld_store, wijk):
    panels = series(voorbeeld_store, wijk, CODE, "buurt", "gebieden")
    scale = scale_of([panel.layer for panel in panels])
    seen = {}
    for panel in panels:
        codes = list(panel.layer.values.index)
        shown, numbers = classes_of(panel.layer, codes, scale)
        assert (shown.breaks, shown.colours) == (scale.breaks, scale.colours)
        assert sum(shown.counts) + shown.missing_count == len(codes)
        for value, number in zip(panel.layer.values, numbers, strict=True):
            if value == value:
                assert number == sum(value >= limit for limit in scale.breaks)
                assert seen.setdefault(value, number) == number
    assert len(set(seen.values())) > 1


def test_layers_of_different_units_do_not_share_a_scale(voorbeeld_store, wijk):
    one, other = (
        series(voorbeeld_store, wijk, code, "buurt", "lagen")[0].layer for code in (CODE, "inkomen")
    )
    with pytest.raises(ValueError, match="one unit"):
        scale_of([one, other])


def test_classes_for_series_hold_for_every_map_and_any_order():
    options = {"decimals": 0, "unit": "%", "direction": "meer_is_slechter", "ramp": "behoefte"}
    low, high = pd.Series([1.0, 2, 3, 4, np.nan]), pd.Series([50.0, 60, 70, 80])
    classes = classes_for_series([low, high], **options)
    assert classes == classes_for_series([high, low], **options)
    assert assign(low, classes).max() < assign(high, classes).min()
    assert (sum(classes.counts), classes.missing_count) == (8, 1)
    one = counted(classes, assign(low, classes), 10)
    assert (sum(one.counts), one.missing_count, one.breaks) == (4, 1, classes.breaks)
    assert classes_for_series([], **options).labels == ()


def test_two_years_say_per_area_whether_it_changed(voorbeeld_store):
    region = whole(voorbeeld_store)
    found = pair(voorbeeld_store, region, "wijk", ("leeftijd_65plus", 2023), ("leeftijd_65plus", 2024))
    assert found.years and (found.left.jaar, found.right.jaar) == (2023, 2024)
    then = region.parts("wijk", ["leeftijd_65plus"], 2023).set_index("gebied")
    now = region.parts("wijk", ["leeftijd_65plus"], 2024).set_index("gebied")
    assert len(found.rows) == len(then)
    for row in found.rows.itertuples():
        assert (row.links, row.rechts) == pytest.approx(
            (then["waarde"][row.gebied], now["waarde"][row.gebied]), nan_ok=True
        )
        here = place_of_code(row.gebied, "wijk")
        both = [{**frame.loc[row.gebied].to_dict(), **here} for frame in (then, now)]
        assert [row.oordeel] == verdicts(voorbeeld_store, both[:1], both[1:])
    words = pair_sentence(found, "wijk")
    assert words.startswith("Van 2023 naar 2024:") and NO_DIFFERENCE in words


def test_two_layers_point_at_what_is_high_on_both(voorbeeld_store):
    found = pair(
        voorbeeld_store, find_area(voorbeeld_store, ["GM9901"]), "buurt", (CODE, 0), ("eenzaam_18", 0)
    )
    assert not found.years
    rows = found.rows.dropna(subset=["links", "rechts"])
    # A quarter of the areas, with the ties at the limit: counted by hand.
    for side in ("links", "rechts"):
        ranked = found.rows[side].dropna().sort_values(ascending=False)
        quarter = ranked.iloc[int(np.ceil(len(ranked) / 4)) - 1]
        rows = rows.assign(**{f"hoog_{side}": rows[side] >= quarter})
    both = set(rows.loc[rows["hoog_links"] & rows["hoog_rechts"], "gebied"])
    assert both == set(found.rows.loc[found.rows["oordeel"] == HIGH_BOTH, "gebied"])
    neither = set(rows.loc[~rows["hoog_links"] & ~rows["hoog_rechts"], "gebied"])
    assert neither == set(found.rows.loc[found.rows["oordeel"] == LOW, "gebied"])
    unknown = found.rows[found.rows["links"].isna() | found.rows["rechts"].isna()]
    assert (unknown["oordeel"] == UNKNOWN).all()
    assert str(len(both)) in pair_sentence(found, "buurt")


def test_the_headline_says_against_what_and_no_more_than_the_margins_allow():
    rows = pd.DataFrame(
        {
            "naam": ["Hier", "Stad", "Regio", "Nederland", "Lijkt erop"],
            "rol": ["dit gebied", "groter gebied", "groter gebied", "groter gebied", "vergelijkbaar"],
            "verschil": ["", "lager", "lager", NO_DIFFERENCE, "hoger"],
        }
    )
    text = finding(rows, "Hier", catalogue()[CODE])
    assert text == (
        "Hier: moeite met bewegen (18 jaar en ouder) hoger dan in Stad en Regio, niet duidelijk anders dan in Nederland"
    )
    assert finding(rows.head(1), "Hier", catalogue()[CODE]) == "Hoe staat Hier ervoor?"


def test_the_words_of_a_series_name_the_highest_and_the_lowest(voorbeeld_store, wijk):
    panels = series(voorbeeld_store, wijk, CODE, "buurt", "gebieden")
    values = {panel.title: panel.layer.whole["waarde"] for panel in panels}
    text = series_sentence(panels)
    assert f"Het hoogst is {max(values, key=values.get)}" in text
    assert f"het laagst {min(values, key=values.get)}" in text
