"""Change against an earlier year: only of what was measured in both, and only where the margin of the difference allows it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from kleuren_hulp import ciede2000, seen

from wwz.ask.area import find_area, whole
from wwz.ask.change import change_reading, comparable_years, rows_of, shown_layer, years_of_change
from wwz.ask.shown import CHANGE
from wwz.ask.trend import over_years, trend, trend_sentence
from wwz.ask.view import View, from_query
from wwz.export.geopackage import layer_frame
from wwz.export.sheet import make_sheet
from wwz.export.webpage import make_html
from wwz.knowledge import load_toml
from wwz.maps.changes import change_classes
from wwz.maps.classes import assign
from wwz.maps.ramps import DARK_DIVERGING, DIVERGING, on_dark

CODE = "leeftijd_65plus"
VIEW = View(laag=CODE, maat=CHANGE, niveau="buurt")
RULES = load_toml("kleuren.toml")


def test_an_estimate_of_a_later_year_is_no_other_year(voorbeeld_store):
    assert comparable_years(voorbeeld_store, CODE) == (2024, 2023)
    assert comparable_years(voorbeeld_store, "mobiliteit_18") == (2022,)
    assert years_of_change(voorbeeld_store, "mobiliteit_18", 0, 0) is None
    for asked in ((0, 0), (2024, 2023), (2023, 0), (1999, 2024)):
        assert years_of_change(voorbeeld_store, CODE, *asked) == (2024, 2023)
    shown = shown_layer(voorbeeld_store, whole(voorbeeld_store), "mobiliteit_18", "buurt", VIEW)
    assert shown.maat == "aandeel"


def test_a_difference_within_its_margin_is_no_change(voorbeeld_store):
    area = find_area(voorbeeld_store, ["GM9901"])
    shown = shown_layer(voorbeeld_store, area, CODE, "buurt", VIEW)
    years = [area.parts("buurt", [CODE], year).set_index("gebied") for year in (2023, 2024)]
    difference = years[1]["waarde"] - years[0]["waarde"]
    half = np.hypot(*(((one["boven"] - one["onder"]) / 2).fillna(0) for one in years))
    clear = shown.values[shown.values.notna() & (shown.values != 0)]
    assert clear.to_dict() == pytest.approx(difference[clear.index].to_dict())
    # Far from the limit the verdict needs no more than the margins; some of both kinds are there.
    assert len(clear) and (shown.values == 0).any()
    assert (difference.abs() > 0.6 * half)[clear.index].all()
    assert (shown.values[difference.index[difference.abs() > 2.1 * half + 0.01]] != 0).all()
    assert (shown.values[difference.index[difference.abs() < 0.4 * half]] == 0).all()
    assert shown.values[difference.index[difference.isna()]].isna().all()


def test_the_table_says_what_the_map_says(voorbeeld_store):
    area = find_area(voorbeeld_store, ["GM9901"])
    shown = shown_layer(voorbeeld_store, area, CODE, "buurt", VIEW)
    rows = rows_of(voorbeeld_store, area, shown, "buurt").set_index("gebied")
    for code, value in shown.values.items():
        text = rows["waarde_tekst"][code]
        if np.isnan(value):
            assert text == "onbekend"
        elif value == 0:
            assert text == "geen duidelijk verschil" and np.isnan(rows["waarde"][code])
        else:
            assert text.endswith(" procentpunt") and text.startswith("+" if value > 0 else "−")
        assert " → " in rows["marge_tekst"][code]
    counts = [int(found.sum()) for found in (shown.values > 0, shown.values < 0, shown.values == 0)]
    assert all(f" {number}" in change_reading(shown) for number in counts)


def test_classes_of_change_are_even_and_keep_apart_what_is_not_clear():
    values = pd.Series([-3.0, -0.4, 0.0, 0.0, 0.4, 1.1, 3.0, None])
    classes = change_classes(values, decimals=1, direction="meer_is_slechter")
    assert assign(values, classes).tolist() == [0, 1, 2, 2, 3, 4, 4, -1]
    assert classes.labels[2] == "geen duidelijk verschil" and classes.counts == (1, 1, 2, 1, 2)
    better = change_classes(values, decimals=1, direction="meer_is_beter")
    assert better.colours == classes.colours[::-1]
    same = change_classes(pd.Series([0.0, 0.0]), decimals=1, direction="neutraal")
    assert same.labels == ("geen duidelijk verschil",) and same.counts == (2,)
    assert change_classes(pd.Series([None], dtype=float), decimals=1, direction="neutraal").labels == ()


@pytest.mark.parametrize("eye", RULES["zien"])
def test_every_eye_tells_less_from_more(eye):
    matrix = RULES["zien"][eye]["matrix"]
    for colours in (DIVERGING, DARK_DIVERGING):
        for place, one in enumerate(colours):
            for other in colours[place + 1 :]:
                far = ciede2000(seen(one, matrix), seen(other, matrix))
                assert far >= RULES["afstand"]["klassen"], (one, other)
    assert [on_dark(colour) for colour in DIVERGING] == list(DARK_DIVERGING)


def test_files_have_the_change_too(voorbeeld_store):
    view = from_query({"gebied": "GM9901", "laag": CODE, "maat": CHANGE, "vanaf": "2023", "niveau": "buurt"})
    assert view.to_query()["vanaf"] == "2023"
    sheet = make_sheet(voorbeeld_store, view)
    assert "verandering 2023–2024" in sheet.subject and "2023 naar" in sheet.finding
    classes, digits = sheet.drawing
    assert set(layer_frame(sheet)["klasse"]) <= {*classes.labels, *(row.label for row in classes.absent)}
    page = make_html(sheet).decode()
    assert "geen duidelijk verschil" in page and "procentpunt" in page


def test_a_trend_needs_two_years_of_the_same(voorbeeld_store):
    area = find_area(voorbeeld_store, ["GM9901"])
    rows = trend(voorbeeld_store, area, CODE)
    assert rows["jaar"].tolist() == [2023, 2024]
    for year, value in zip(rows["jaar"], rows["waarde"], strict=True):
        assert area.figures([CODE], year)["waarde"].iloc[0] == value
    assert trend_sentence(voorbeeld_store, area, CODE).startswith("2023: ")
    assert trend(voorbeeld_store, area, "mobiliteit_18").empty
    assert trend_sentence(voorbeeld_store, area, "mobiliteit_18") == ""
    table, years = over_years(voorbeeld_store, area, CODE)
    assert years == (2023, 2024) and table["2024"].iloc[0] == rows["waarde_tekst"].iloc[1]
    assert over_years(voorbeeld_store, area, "mobiliteit_18")[1] == ()
