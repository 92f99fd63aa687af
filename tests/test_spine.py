"""All figures of an area on a line each: what differs clearly, where it stands, and nothing that is hidden."""

import numpy as np
import pytest

from wwz.ask.area import find_area, whole
from wwz.ask.spine import BY_DIFFERENCE, COUNTRY, GEMEENTE, HIGHER, LOWER, against, spine

CODE = "leeftijd_65plus"


def wijken(store):
    return list(store.areas().query("niveau == 'wijk'")["code"])


def test_a_figure_stands_where_it_lies_between_the_lowest_and_the_highest_area(voorbeeld_store):
    store = voorbeeld_store
    values = {}
    for code in wijken(store):
        row = find_area(store, [code]).figures([CODE, "inwoners"]).set_index("indicator")
        # Only areas with enough people to say something of.
        if row.loc["inwoners", "waarde"] >= 100 and not np.isnan(row.loc[CODE, "waarde"]):
            values[code] = row.loc[CODE, "waarde"]
    low, high = min(values.values()), max(values.values())
    for code in list(values)[:3]:
        line = spine(store, find_area(store, [code]), GEMEENTE).set_index("indicator").loc[CODE]
        assert line["plek"] == pytest.approx((values[code] - low) / (high - low))
        quarters = np.quantile(list(values.values()), [0.25, 0.5, 0.75])
        assert line[["kwart", "midden", "driekwart"]].tolist() == pytest.approx(
            list((quarters - low) / (high - low))
        )


def test_what_differs_is_said_from_this_area_and_clear_differences_come_first(voorbeeld_store):
    store = voorbeeld_store
    area = find_area(store, wijken(store)[:1])
    rows = spine(store, area, GEMEENTE, BY_DIFFERENCE)
    gemeente = find_area(store, [store.areas().set_index("code").loc[area.codes[0], "gemeente"]])
    there = gemeente.figures(list(rows["indicator"])).set_index("indicator")
    here = area.figures(list(rows["indicator"])).set_index("indicator")
    clear = rows["verschil"].isin([HIGHER, LOWER])
    assert clear.any() and not clear.sort_values(ascending=False, kind="stable").ne(clear).any()
    for row in rows[clear].itertuples():
        above = here.loc[row.indicator, "waarde"] > there.loc[row.indicator, "waarde"]
        assert row.verschil == (HIGHER if above else LOWER), row.indicator


def test_a_gemeente_and_a_region_are_compared_with_the_country_only(voorbeeld_store):
    gemeente = find_area(
        voorbeeld_store, [voorbeeld_store.areas().query("niveau == 'gemeente'")["code"].iloc[0]]
    )
    assert (
        against(voorbeeld_store, gemeente) == against(voorbeeld_store, whole(voorbeeld_store)) == (COUNTRY,)
    )
    assert len(spine(voorbeeld_store, whole(voorbeeld_store), COUNTRY))


def test_what_is_hidden_has_no_line(voorbeeld_store):
    """A buurt of few people: no figure that a map does not show, and no place that tells it."""
    store = voorbeeld_store
    small = store.areas().query("niveau == 'buurt'").sort_values("inwoners")["code"].head(4)
    for code in small:
        area = find_area(store, [code])
        shown = area.figures(list(spine(store, whole(store), COUNTRY)["indicator"])).set_index("indicator")[
            "waarde"
        ]
        rows = spine(store, area, GEMEENTE)
        hidden = set(shown[shown.isna()].index)
        assert not hidden.intersection(rows["indicator"] if len(rows) else [])


def test_one_gemeente_is_called_by_its_name(denhaag_store):
    assert whole(denhaag_store).naam == "Den Haag"
