"""What is to be expected of a wijk: the line by hand, who says it, and how the agenda is ordered by it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from wwz.agenda import expected
from wwz.agenda.expected import LACKED, MORE, NEEDED, fit
from wwz.agenda.numbers import expected_text
from wwz.agenda.rows import in_order, of_area
from wwz.ask.area import find_area


def test_a_line_without_damping_is_least_squares():
    rng = np.random.default_rng(4)
    x = np.column_stack([np.ones(30), rng.normal(size=(30, 2))])
    people = rng.uniform(500, 5000, 30)
    share = x @ np.array([0.1, 0.02, -0.01]) + rng.normal(0, 0.003, 30)
    line = fit(x, share, people, 0.0)
    root = np.sqrt(people / people.mean())
    beta, rest, *_ = np.linalg.lstsq(x * root[:, None], share * root, rcond=None)
    assert line.beta == pytest.approx(beta)
    assert line.variance == pytest.approx(rest[0] / 27)
    at = np.array([1.0, 0.5, -1.0])
    middle, half = line.at(at)
    normal = np.linalg.inv((x * root[:, None]).T @ (x * root[:, None]))
    assert middle == pytest.approx(at @ beta)
    assert half == pytest.approx(1.645 * np.sqrt(rest[0] / 27 * (at @ normal @ at)))


def test_what_is_expected_is_never_below_nobody():
    line = fit(np.array([[1.0, 0], [1, 1], [1, 2]]), np.array([0.03, 0.02, 0.01]), np.ones(3), 0.0)
    assert line.at(np.array([1.0, 9.0]))[0] == 0


def test_nobody_says_what_is_to_be_expected_of_himself(voorbeeld_store, monkeypatch):
    """The wijk itself may have any number: what is expected of it stays the same."""
    store, wijk = voorbeeld_store, "WK990102"
    area, found = find_area(store, [wijk]), expected.wijken(store)
    asked = [("nultrede", LACKED), ("begeleiding", NEEDED)]
    before = expected.lines(store, area, asked)
    assert all(one is not None and one[0] > 0 for one in before)
    changed = found.mensen.copy()
    changed.loc[changed["gebied"] == wijk, ["zonder", "minst", "nodig"]] *= 10
    monkeypatch.setattr(expected, "wijken", lambda _: expected.Wijken(changed, found.kenmerken))
    assert expected.lines(store, area, asked) == before
    changed.loc[changed["gebied"] != wijk, ["zonder", "minst", "nodig"]] *= 2
    assert expected.lines(store, area, asked)[0][0] == pytest.approx(2 * before[0][0])


def test_what_is_clearly_more_comes_first_and_unknown_never_before_known(voorbeeld_store):
    seen = set()
    for wijk in voorbeeld_store.areas().query("niveau == 'wijk'")["code"].sort_values().iloc[::3]:
        area = find_area(voorbeeld_store, [wijk])
        rows = in_order(voorbeeld_store, area)
        for degree, part in rows.groupby("graad"):
            unknown = ~part["genoeg"] & ~part["begrensd"]
            assert unknown.is_monotonic_increasing, (wijk, degree)
            for _, half in part.groupby(unknown):
                more = half["verschil"] == MORE
                assert (~more).is_monotonic_increasing
                for _, alike in half.groupby(more):
                    assert alike["naar_mensen"].is_monotonic_increasing
            seen |= set(part["verschil"]) if degree == "N" else set()
        shown = of_area(voorbeeld_store, area).rows
        # What is not shown, and what is only desirable, is not laid beside anything.
        assert (shown.loc[shown["graad"] == "W", "verschil"] == "").all()
        hidden = shown["mensen"].isna() & shown["onbekend_nodig"].isna() & (shown["hoe_code"] != "begrensd")
        assert (shown.loc[hidden, "verschil"] == "").all()
    assert MORE in seen and expected.ALIKE in seen


def test_the_difference_in_words():
    row = {
        "verschil": MORE,
        "verwacht": 304.0,
        "verwacht_onder": 251.0,
        "verwacht_boven": 352.0,
        "genoeg": True,
        "begrensd": False,
    }
    assert expected_text(row, 10) == "meer dan verwacht: 300 (250 tot 350)"
    few = {**row, "verwacht": 4.0, "verwacht_onder": 0.0, "verwacht_boven": 8.0}
    assert expected_text(few, 10) == "meer dan verwacht: minder dan 10"
    assert expected_text({**row, "verschil": ""}, 10) == ""
    unknown = {**row, "genoeg": False}
    assert expected_text(unknown, 10) == "meer dan verwacht: 300 (250 tot 350) hebben het nodig"


def test_that_nobody_lacks_it_for_certain_is_not_compared():
    row = {"graad": "N", "genoeg": False, "begrensd": True, "minst": 0.0}
    assert expected._number(row) is None
    assert expected._number({**row, "minst": 40.0}) == (expected.LEAST, 40.0, 40.0, 40.0)


def test_with_few_wijken_nothing_is_expected(voorbeeld_store, monkeypatch):
    monkeypatch.setattr(expected, "wijken", lambda _: expected.Wijken(pd.DataFrame(), pd.DataFrame()))
    area = find_area(voorbeeld_store, ["WK990102"])
    assert expected.lines(voorbeeld_store, area, [("nultrede", LACKED)]) == [None]
