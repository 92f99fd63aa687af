"""Who stands on top, and how sure that is: small areas do not come there by chance."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from wwz.ask.area import find_area
from wwz.ask.layer import layer, table_rows
from wwz.ask.ranking import TOP, _chance_text, chances, ranked


def rows(values, halves, people) -> pd.DataFrame:
    value, half = np.array(values, float), np.array(halves, float)
    return pd.DataFrame(
        {
            "waarde": value,
            "onder": value - half,
            "boven": value + half,
            "noemer": np.array(people, float),
            "weinig_mensen": np.array(people) < 100,
        }
    )


def test_fifteen_people_in_a_park_are_not_on_top():
    rng = np.random.default_rng(2)
    frame = rows([*rng.normal(20, 4, 40), 33.0], [1.5] * 41, [3000] * 40 + [15])
    chance = chances(frame, 100, TOP)
    assert frame["waarde"].idxmax() == 40 and chance[40] < 0.5
    shown = ranked(frame, 100)
    assert shown["waarde"].iloc[0] != 33.0
    assert shown["waarde"].iloc[0] == frame["waarde"].iloc[:40].max()
    # Sure figures of many people: the five highest, and nobody else.
    sure = chances(rows(np.arange(30), [0.01] * 30, [10**6] * 30), 100, TOP)
    assert (sure.iloc[-5:] > 0.99).all() and (sure.iloc[:-5] < 0.01).all()


def test_chances_are_of_five_areas_and_the_same_every_time():
    rng = np.random.default_rng(5)
    frame = rows(rng.normal(20, 3, 60), [4.0] * 60, rng.integers(200, 4000, 60))
    chance = chances(frame, 100, TOP)
    assert chance.sum() == pytest.approx(TOP)
    pd.testing.assert_series_equal(chance, chances(frame, 100, TOP))


def test_areas_that_do_not_differ_beyond_chance_are_equally_likely():
    chance = chances(rows([20.0] * 10, [4.0] * 10, [500] * 10), 100, TOP)
    assert chance.to_numpy() == pytest.approx(TOP / 10, abs=0.05)


def test_what_is_unknown_has_no_chance():
    frame = rows([10.0, np.nan, 12.0], [1, np.nan, 1], [500, 500, 500])
    assert np.isnan(chances(frame, 100, TOP)[1])
    shown = ranked(frame, 100)
    assert np.isnan(shown["waarde"].iloc[-1]) and shown["kans_tekst"].iloc[-1] == ""


@pytest.mark.parametrize(
    ("chance", "told"), [(0.004, "minder dan 1%"), (0.006, "1%"), (0.575, "58%"), (0.575 - 1e-12, "58%"), (1.0, "100%")]
)  # fmt: skip
def test_a_chance_is_rounded_as_every_number(chance, told):
    assert _chance_text(chance) == told


def test_the_table_of_the_map_says_it(voorbeeld_store):
    area = find_area(voorbeeld_store, ["GM9901"])
    shown = table_rows(
        voorbeeld_store, area, layer(voorbeeld_store, area, "mobiliteit_18", "buurt", "aandeel", 0), "buurt"
    )
    assert shown["kans"].round(1).fillna(0).is_monotonic_decreasing and shown["kans"].sum() == pytest.approx(
        TOP, abs=0.1
    )
    assert len(shown) == len(area.parts("buurt", ["mobiliteit_18"]))
