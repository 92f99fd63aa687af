"""What a legend says beside its classes, and that a colour means the same wherever one looks."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from wwz.ask.area import find_area
from wwz.ask.beside import Beside, beside
from wwz.ask.layer import layer, table_rows
from wwz.ask.told import told
from wwz.maps.classes import Classes, make_classes
from wwz.maps.drawing import scale_of
from wwz.maps.marks import along, reach_note, reaching, ticks

FOUR = Classes((10.0, 20.0, 40.0), ("#1", "#2", "#3", "#4"), ("a", "b", "c", "d"), (1, 1, 1, 1))


@pytest.mark.parametrize(
    ("value", "place"),
    [(15, 1.5), (30, 2.5), (20, 2.06), (19.99, 1.94), (5, 0.5), (-500, 0.06), (50, 3.5), (9000, 3.94)],
)
def test_a_figure_lies_in_its_class_as_far_as_it_is(value, place):
    assert along(value, FOUR) == pytest.approx(place / 4)


def test_classes_of_single_values_have_no_inside():
    two = make_classes(pd.Series([1.0, 1.0, 2.0]), decimals=0, unit="", direction="neutraal", ramp="neutraal")
    assert two.single and (along(1, two), along(2, two)) == (0.25, 0.75)
    none = make_classes(
        pd.Series([], dtype=float), decimals=0, unit="", direction="neutraal", ramp="neutraal"
    )
    assert ticks([Beside("land", 3.0, "Nederland 3")], none) == ()


def test_a_margin_that_passes_a_limit_reaches_another_colour():
    bounds = pd.DataFrame(
        {"onder": [11.0, 9.0, 10.0, np.nan, 12.0, 1.0], "boven": [19.0, 12.0, 20.0, 50.0, 25.0, 99.0]}
    )
    digits = np.array([1, 1, 1, 1, 1, -1])
    found = reaching(digits, bounds, FOUR)
    assert found.tolist() == [False, True, False, False, True, False]
    assert reach_note(found, digits) == "Bij 2 van de 5 gebieden past door de marge ook een andere kleur"
    assert reach_note(found & False, digits) == ""


def test_classes_are_those_of_the_gemeente_whichever_wijk_is_chosen(voorbeeld_store):
    areas = voorbeeld_store.areas()
    wijken = areas.query("niveau == 'wijk'").groupby("gemeente").head(2)
    code = "leeftijd_65plus"

    def breaks(codes, schaal="gemeente"):
        area = find_area(voorbeeld_store, codes)
        return scale_of([layer(voorbeeld_store, area, code, "buurt", "aandeel", 0, schaal)]).breaks

    of_gemeente = {gemeente: breaks([gemeente]) for gemeente in wijken["gemeente"].unique()}
    assert len(set(of_gemeente.values())) > 1
    for wijk, gemeente in zip(wijken["code"], wijken["gemeente"], strict=True):
        assert breaks([wijk]) == of_gemeente[gemeente]
    everywhere = {breaks([wijk], "land") for wijk in wijken["code"]}
    assert len(everywhere) == 1


def test_the_gemeente_and_the_country_are_beside_the_classes_and_numbers_of_people_are_not(voorbeeld_store):
    wijk = find_area(voorbeeld_store, [voorbeeld_store.areas().query("niveau == 'wijk'")["code"].iloc[0]])
    gemeente = find_area(
        voorbeeld_store, [voorbeeld_store.areas().set_index("code")["gemeente"][wijk.codes[0]]]
    )
    year = layer(voorbeeld_store, wijk, "leeftijd_65plus", "buurt", "aandeel", 0).jaar
    found = beside(voorbeeld_store, wijk, "leeftijd_65plus", year, "aandeel")
    assert [one.kind for one in found] == ["gemeente", "land"]
    assert found[0].waarde == gemeente.figures(["leeftijd_65plus"], year)["waarde"].iloc[0]
    assert found[0].tekst.startswith(f"{gemeente.naam} ")
    assert beside(voorbeeld_store, wijk, "leeftijd_65plus", year, "aantal") == ()
    assert beside(voorbeeld_store, wijk, "inwoners", year, "aandeel") == ()


def test_who_points_at_an_area_reads_what_the_table_says(voorbeeld_store):
    area = find_area(voorbeeld_store, [voorbeeld_store.areas().query("niveau == 'gemeente'")["code"].iloc[0]])
    shown = layer(voorbeeld_store, area, "mobiliteit_18", "buurt", "aandeel", 0)
    rows = table_rows(voorbeeld_store, area, shown, "buurt")
    codes = [*rows["gebied"], "BU00000000"]
    values, people, margins = told(rows, shown.indicator, codes)
    assert list(values[:-1]) == list(rows["waarde_tekst"]) and values[-1] == ""
    for row, count, margin in zip(rows.to_dict("records"), people, margins, strict=False):
        assert count.removesuffix(" mensen") in (row["mensen_tekst"], "")
        assert margin in (f"marge {row['marge_tekst']}", "")
