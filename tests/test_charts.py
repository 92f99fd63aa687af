"""The charts as plotly gets them, and their sentences."""

import json
import re

import pandas as pd
import pytest

from wwz.ui.shared.charts import CONFIG, age_bars, compare_bars, describe
from wwz.ui.shared.palette import ON_DARK, dark_figure, large_figure

HOSTILE = '<a href="https://elders.example">klik</a>'


def areas(*rows):
    columns = ["naam", "waarde", "onder", "boven", "tekst", "accent"]
    return pd.DataFrame([row + (False,) * (6 - len(row)) for row in rows], columns=columns)


@pytest.fixture
def rows():
    return areas(
        ("Moerwijk", 22.0, 20.2, 24.4, "22%", True),
        ("Den Haag", 12.0, 11.0, 13.0, "12%"),
        ("Nederland", 23.0, None, None, "23%"),
        ("Elders", 30.5, 29.0, 32.0, "30,5%"),
        ("Leeg", None, None, None, None),
    )


def shown(figure):
    return [note.text for note in figure.layout.annotations]


def test_bars_and_whiskers_follow_the_figures(rows):
    track, bars = compare_bars(rows, "%").data
    assert [bar.orientation for bar in (track, bars)] == ["h", "h"]
    assert list(bars.x[:4]) == [22.0, 12.0, 23.0, 30.5]
    assert pd.isna(bars.x[4])
    assert list(bars.error_x.array) == pytest.approx([2.4, 1.0, 0, 1.5, 0])
    assert list(bars.error_x.arrayminus) == pytest.approx([1.8, 1.0, 0, 1.5, 0])


def test_whiskers_fit_and_start_at_zero(rows):
    low, high = compare_bars(rows, "%").layout.xaxis.range
    assert low == 0
    assert high >= 32.0


def test_the_area_it_is_about_stands_out_in_more_than_colour(rows):
    figure = compare_bars(rows, "%")
    colours = figure.data[1].marker.color
    assert colours[0] not in colours[1:]
    assert len(set(colours[1:])) == 1
    assert "<b>Moerwijk</b>" in shown(figure)
    assert "Den Haag" in shown(figure)


def test_unknown_is_said_and_hatched(rows):
    figure = compare_bars(rows, "%")
    assert shown(figure).count("<b>onbekend</b>") == 1
    shapes = figure.data[0].marker.pattern.shape
    assert [bool(shape) for shape in shapes] == [False, False, False, False, True]


def test_all_unknown_still_draws():
    figure = compare_bars(areas(("A", None, None, None, None), ("B", None, None, None, None)), "%")
    assert shown(figure).count("<b>onbekend</b>") == 2


def test_hover_gives_bounds_in_dutch_with_the_decimals_of_the_value(rows):
    people = areas(("Moerwijk", 3712.0, 3401.3, 4003.9, "3.712", True))
    assert list(compare_bars(people, "mensen").data[1].customdata) == [
        "Moerwijk: 3.712 (tussen 3.401 en 4.004 mensen)"
    ]
    assert list(compare_bars(rows, "%").data[1].customdata)[2:4] == [
        "Nederland: 23%",
        "Elders: 30,5% (tussen 29,0% en 32,0%)",
    ]


def test_figures_use_dutch_separators_and_no_background(rows):
    layout = compare_bars(rows, "%", "Vergeleken").layout
    assert layout.separators == ",."
    assert "0)" in layout.paper_bgcolor.replace(" ", "")[-4:]
    assert "Source Sans" in layout.font.family
    assert CONFIG["displayModeBar"] is False
    json.dumps(CONFIG)


def test_names_and_titles_are_never_markup():
    rows = areas((HOSTILE, 1.0, 0.5, 1.5, HOSTILE, True))
    ages = pd.DataFrame({"naam": [HOSTILE], "groep": [HOSTILE], "waarde": [1.0], "tekst": [HOSTILE]})
    for figure in (compare_bars(rows, "%", HOSTILE), age_bars(ages, HOSTILE)):
        sent = figure.to_json()
        assert "elders.example" in sent
        assert "<a" not in sent
        assert "\\u003ca" not in sent


def test_long_names_wrap_for_a_phone(rows):
    rows.loc[1, "naam"] = "vergelijkbare wijken buiten de vier grote steden van het land"
    figure = compare_bars(rows, "%")
    lines = next(text for text in shown(figure) if text.startswith("vergelijkbare")).split("<br>")
    assert len(lines) == 2
    assert max(map(len, lines)) <= 34


def test_scale_enlarges_text_and_height(rows):
    small, large = compare_bars(rows, "%", "T"), compare_bars(rows, "%", "T", scale=1.5)
    assert large.layout.height == pytest.approx(1.5 * small.layout.height)
    assert large.layout.annotations[0].font.size == 1.5 * small.layout.annotations[0].font.size


def ages(parts):
    return pd.DataFrame(
        [
            (name, group, value, f"{value}")
            for name, values in parts.items()
            for group, value in values.items()
        ],
        columns=["naam", "groep", "waarde", "tekst"],
    )


def test_age_bars_are_shares_of_their_own_area():
    figure = age_bars(ages({"A": {"jong": 30, "oud": 10}, "B": {"jong": 100, "oud": 300}}))
    assert [bar.name for bar in figure.data] == ["jong", "oud"]
    assert [list(bar.x) for bar in figure.data] == [[75.0, 25.0], [25.0, 75.0]]
    assert len({bar.marker.color for bar in figure.data}) == 2


def test_an_area_with_an_unknown_part_gets_no_bar():
    figure = age_bars(
        ages({"A": {"jong": 30, "oud": None}, "B": {"jong": 1, "oud": 3}, "C": {"jong": 0, "oud": 0}})
    )
    assert [list(bar.y) for bar in figure.data] == [[1], [1]]
    assert shown(figure).count("<b>onbekend</b>") == 2


def test_only_texts_that_fit_stand_in_the_bar():
    figure = age_bars(ages({"A": {"jong": 95, "oud": 5}}))
    assert [list(bar.text) for bar in figure.data] == [["95"], [""]]


@pytest.mark.parametrize("count", [1, 2, 5, 6])
def test_every_group_has_its_own_colour(count):
    figure = age_bars(ages({"A": {f"groep {n}": 10 for n in range(count)}}))
    assert len({bar.marker.color for bar in figure.data}) == count


def test_too_many_groups_is_an_error():
    with pytest.raises(ValueError, match="7"):
        age_bars(ages({"A": {f"groep {n}": 10 for n in range(7)}}))


def test_description_compares_with_the_interval(rows):
    assert describe(rows, "%") == (
        "Moerwijk: 22% (tussen 20% en 24%). Dat is hoger dan Den Haag (12%), ongeveer gelijk aan Nederland (23%)"
        " en lager dan Elders (30,5%). Onbekend is het voor Leeg."
    )


def test_description_lists_like_dutch_does(rows):
    rows = areas(
        ("A", 9.0, 8.0, 10.0, "9%", True), ("B", 1.0, None, None, "1%"), ("C", 2.0, None, None, "2%")
    )
    assert describe(rows, "%") == "A: 9% (tussen 8% en 10%). Dat is hoger dan B (1%) en C (2%)."


def test_description_of_an_unknown_area_makes_no_comparison():
    rows = areas(("A", None, None, None, None, True), ("B", 1.0, None, None, "1%"))
    assert describe(rows, "%") == "Voor A is dit onbekend. Ter vergelijking: B (1%)."


def test_description_of_a_hidden_number_does_not_call_it_unknown():
    rows = areas(
        ("A", None, None, None, "<10", True), ("B", None, None, None, "<10"), ("C", None, None, None, None)
    )
    assert describe(rows, "mensen") == "A: <10. B: <10. Onbekend is het voor C."


def test_description_without_an_area_gives_the_extremes(rows):
    assert describe(rows.iloc[1:4], "%") == "Het hoogst is Elders (30,5%), het laagst Den Haag (12%)."


def test_description_of_nothing_says_so(rows):
    assert describe(rows.iloc[:0], "%") == "Er zijn geen gegevens om te vergelijken."
    assert describe(rows.iloc[4:], "%") == "Onbekend is het voor Leeg."


def test_a_projected_chart_has_larger_letters_rows_and_lines(rows):
    small = compare_bars(rows, "%")
    large = large_figure(small, 2)
    assert large.layout.font.size == 2 * small.layout.font.size
    assert large.layout.height == 2 * small.layout.height
    assert large.data[1].error_x.thickness == 2 * small.data[1].error_x.thickness
    assert large.data[1].width == small.data[1].width  # a share of the row, not pixels
    assert [one for one in large.data[1].x if one] == list(small.data[1].x[:4])


def test_a_chart_in_a_dark_room_keeps_its_figures_and_turns_its_colours(rows):
    light = compare_bars(rows, "%")
    dark = dark_figure(light)
    assert [one for one in dark.data[1].x if one] == list(light.data[1].x[:4])
    used = {text.upper() for text in re.findall(r"#[0-9A-Fa-f]{6}", dark.to_json())}
    assert not used & {"#16262B", "#0B4250", "#ECE8DE", "#1F6D78"}
    assert {ON_DARK["#16262B"], ON_DARK["#ECE8DE"]} <= used
