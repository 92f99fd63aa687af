"""The stored accuracy of the model: the thresholds of the issue, the coverage, and (slowly) a refit."""

from __future__ import annotations

import os
import re

import numpy as np
import pandas as pd
import pytest
from scipy import optimize

from wwz.base.settings import Settings
from wwz.build.build import build
from wwz.cli.main import main
from wwz.model import crossing, regression, spread
from wwz.model.logit import expit, logit
from wwz.model.step import make_step
from wwz.model.tables import MODEL, recipe
from wwz.model.training import from_store
from wwz.model.valideer import accuracy_table, stored

# Least R² on held-out gemeenten without background traits: alone, anchored to the gemeente, to the wijk.
LEAST = {
    "mobiliteit": (0.84, 0.89, 0.94),
    "horen": (0.75, 0.86, 0.93),
    "zien": (0.78, 0.87, 0.94),
    "ernstig_beperkt": (0.86, 0.91, 0.94),
    "angst_depressie": (0.86, 0.93, 0.96),
    "eenzaam": (0.84, 0.92, 0.96),
    "rondkomen": (0.86, 0.93, 0.96),
}


@pytest.mark.parametrize("layer", LEAST)
def test_accuracy_on_gemeenten_the_model_has_not_seen(layer):
    table = accuracy_table(stored("nauwkeurigheid")).set_index(["trede", "indicator"])
    row = table.loc[("volledig", f"{layer}_18")]
    assert row["buurten"] > 10_000
    found = (row["alleen"], row["aan_gemeente"], row["aan_wijk"])
    assert all(value >= least for value, least in zip(found, LEAST[layer], strict=True))
    assert row["basis_65plus"] < 0.4 < row["alleen"]
    # Anchored to the wijk an estimate must beat the figure of the wijk for every buurt in it.
    assert 0.5 < row["basis_wijk"] < row["aan_wijk"] - 0.1


def test_less_knowledge_is_less_accurate():
    """Each step down the ladder loses accuracy, and says so."""
    table = accuracy_table(stored("nauwkeurigheid")).groupby("trede")["alleen"].median()
    steps = ["herkomst", "volledig", "bevolking", "leeftijd", "alleen_65plus"]
    assert list(table[steps]) == sorted(table[steps], reverse=True)


# The same for the people of 65 and over; the buurten are small there, and the published figures less certain.
LEAST_65 = {
    "mobiliteit": (0.76, 0.83, 0.90),
    "horen": (0.52, 0.71, 0.84),
    "zien": (0.72, 0.84, 0.92),
    "ernstig_beperkt": (0.72, 0.81, 0.87),
    "angst_depressie": (0.72, 0.85, 0.91),
    "eenzaam": (0.74, 0.85, 0.90),
    "rondkomen": (0.78, 0.87, 0.92),
}


@pytest.mark.parametrize("layer", LEAST_65)
def test_accuracy_for_people_of_65_and_over(layer):
    row = (
        accuracy_table(stored("nauwkeurigheid"))
        .set_index(["trede", "indicator"])
        .loc[("volledig", f"{layer}_65")]
    )
    found = (row["alleen"], row["aan_gemeente"], row["aan_wijk"])
    assert all(value >= least for value, least in zip(found, LEAST_65[layer], strict=True))


def test_background_traits_are_not_worth_it():
    """Anchored, background hardly helps: that is why it is off."""
    table = accuracy_table(stored("nauwkeurigheid")).set_index(["trede", "indicator"])
    gain = table.loc["herkomst"] - table.loc["volledig"]
    assert gain["aan_wijk"].median() < 0.01 and gain["aan_gemeente"].median() < 0.02


def test_ninety_percent_intervals_cover_ninety_percent():
    """Every layer, anchor and trede: overall, in each class by size and by density, strictly.

    Strictly: neither the estimate nor the width of the interval has seen the gemeente.
    """
    rows = stored("dekking").query("buurten >= 50")
    assert set(rows["trede"]) == {step["code"] for step in recipe()["trede"]}
    assert rows.groupby("trede").size().min() >= 24 * 3 * 11
    outside = rows[~(rows["dekking"].between(0.87, 0.93) & rows["streng"].between(0.87, 0.93))]
    assert outside.empty, outside.to_string()


def _places(size, density, gemeente) -> spread.Places:
    return spread.Places(size, density, gemeente, np.ones(len(size), bool))


def test_the_spread_gives_each_class_its_own_width():
    """Raking on made-up errors: the wanted part lies within, in both directions."""
    rng = np.random.default_rng(3)
    places = _places(rng.integers(1, 4, 9000), rng.integers(1, 3, 9000), np.arange(9000))
    error = np.abs(rng.normal(0, 1, 9000)) * places.size * np.where(places.density == 1, 2.0, 0.5)
    inside = error <= spread.half_width(spread.spread_factors(error, places, 0.9), places)
    for classes in (places.size, places.density):
        for number in np.unique(classes):
            assert inside[classes == number].mean() == pytest.approx(0.9, abs=0.01)


def test_few_gemeenten_give_a_wider_interval():
    """Nine gemeenten of equal size count as nine; one that holds nearly everything counts as one."""
    ones = np.ones(900, int)
    equal = _places(ones, ones, np.arange(900) % 9)
    # t at 8 degrees of freedom and 95%, over the normal 95%: from a table.
    assert spread.growth(equal, 1, 0.9) == pytest.approx(1.8595 / 1.6449, abs=1e-3)
    lopsided = _places(ones, ones, np.where(np.arange(900) < 880, 0, np.arange(900)))
    assert spread.growth(lopsided, 1, 0.9) > 3


def test_a_gemeente_does_not_set_its_own_width():
    """Large gemeenten are left out alone, every other one in some group; nobody twice."""
    gemeente = np.concatenate([np.full(100, 7), np.full(61, 2), np.repeat(np.arange(20, 50), 3)])
    groups = crossing.leave_out(gemeente)
    assert sorted(np.concatenate(groups)) == list(range(len(gemeente)))
    assert [set(gemeente[group]) for group in groups[:2]] == [{2}, {7}]
    for group in groups:
        rest = np.delete(gemeente, group)
        assert not set(gemeente[group]) & set(rest)


def test_a_rising_fit_is_the_best_of_all_that_rise():
    """Against a general-purpose optimiser, on data that would rather fall."""
    rng = np.random.default_rng(8)
    z = rng.normal(0, 1, (400, 2))
    phi = regression.terms(z, squares=True)
    share = expit(phi @ np.array([-1.0, -0.2, 0.3, 0.25, 0.1, 0.05]) + rng.normal(0, 0.2, 400))
    people = rng.uniform(50, 500, 400)
    step = np.array([0.2, 0.0])
    slopes = (regression.terms(z + step, True) - regression.terms(z - step, True)) / 2
    found = regression.fit(phi, share, people, 1e-9, slopes)
    assert (slopes @ regression.fit(phi, share, people, 1e-9) < 0).any()
    assert (slopes @ found >= 0).all()
    weight = people * share * (1 - share)

    def loss(beta):
        return float(np.average((phi @ beta - logit(share)) ** 2, weights=weight))

    other = optimize.minimize(
        loss,
        np.zeros(6),
        method="SLSQP",
        constraints={"type": "ineq", "fun": lambda beta: slopes @ beta},
        options={"maxiter": 500, "ftol": 1e-12},
    )
    assert loss(found) == pytest.approx(other.fun, rel=1e-3)


def test_fit_finds_the_coefficients_that_made_the_data():
    rng = np.random.default_rng(5)
    z = rng.normal(0, 1, (4000, 2))
    truth = np.array([-2.0, 0.5, -0.3, 0.1, 0.2, -0.05])
    phi = regression.terms(z, squares=True)
    share = expit(phi @ truth)
    found = regression.fit(phi, share, rng.uniform(50, 5000, 4000), damping=1e-6)
    assert found == pytest.approx(truth, abs=1e-6)


def test_valideer_prints_the_stored_table_and_says_so(capsys):
    assert main(["valideer"]) == 0
    text = capsys.readouterr().out
    assert "bij het ijken is bewaard" in text and "zijn zelf schattingen" in text
    # By the names and numbers of the screen: no codes, no points in numbers.
    assert "Moeite met bewegen, 18 jaar en ouder" in text and "Zeer sterk stedelijk" in text
    assert not re.search(r"\d\.\d{1,2}\b|[a-z]_\d|streng|-0,00", text)
    assert main(["valideer", "--trede", "bestaat_niet"]) == 2


def test_the_stored_coefficients_are_those_of_the_national_tables(nederland_store):
    """One step and two layers, fitted again: all digits that are written."""
    known, data = recipe(), from_store(nederland_store)
    trede = next(step for step in known["trede"] if step["code"] == "rijk")
    scales = pd.read_csv(MODEL / "kenmerken.csv").set_index("kenmerk")
    step = make_step(trede, data, scales, known)
    stored_rows = pd.read_csv(MODEL / "coefficienten.csv").query("trede == 'rijk'")
    for indicator in ("mobiliteit_18", "eenzaam_65"):
        rows, share, people = crossing.training_rows(step, indicator, known["model"])
        found = regression.fit(
            step.phi[rows],
            share[rows],
            people[rows],
            known["model"]["demping"],
            step.rising(indicator, known),
        )
        assert found == pytest.approx(stored_rows[indicator].to_numpy(), rel=1e-5, abs=1e-6)


@pytest.mark.skipif(os.environ.get("WWZ_LANGZAAM") != "1", reason="ijken duurt minuten; zet WWZ_LANGZAAM=1")
def test_a_refit_gives_the_stored_coefficients(nederland_data):
    from wwz.model.ijk import fit_ladder

    found = fit_ladder(nederland_data, Settings(), print, lambda *made: build(*made[:2], database=made[2]))
    for name in ("kenmerken", "coefficienten", "nauwkeurigheid", "spreiding"):
        old, new = pd.read_csv(MODEL / f"{name}.csv"), getattr(found, name).reset_index(drop=True)
        pd.testing.assert_frame_equal(old, new, check_exact=False, rtol=1e-3, atol=1e-6)
