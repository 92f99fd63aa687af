"""The stored accuracy of the model: the thresholds of the issue, the coverage, and (slowly) a refit."""

from __future__ import annotations

import os

import numpy as np
import pandas as pd
import pytest

from wwz.cli import main
from wwz.model import regression, spread
from wwz.model.tables import MODEL
from wwz.model.valideer import accuracy_table, stored
from wwz.settings import Settings

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
    assert (row["alleen"], row["aan_gemeente"], row["aan_wijk"]) >= LEAST[layer]
    assert row["aan_gemeente"] >= LEAST[layer][1] and row["aan_wijk"] >= LEAST[layer][2]
    assert row["basis_65plus"] < 0.4 < row["alleen"]


def test_less_knowledge_is_less_accurate():
    """Each step down the ladder loses accuracy, and says so."""
    table = accuracy_table(stored("nauwkeurigheid")).groupby("trede")["alleen"].median()
    steps = ["herkomst", "volledig", "bevolking", "leeftijd", "alleen_65plus"]
    assert list(table[steps]) == sorted(table[steps], reverse=True)


@pytest.mark.parametrize("trede", ["rijk", "volledig", "wonen", "bevolking", "leeftijd"])
def test_ninety_percent_intervals_cover_ninety_percent(trede):
    """Overall, in each class by size, and in each class by density; the margins of all layers and anchors."""
    rows = stored("dekking").query("trede == @trede and buurten >= 200")
    assert len(rows) > 24 * 3 * 9
    assert rows["dekking"].between(0.87, 0.93).all()
    # Also when the widths were set without the gemeente itself, apart from a few layers in the largest cities.
    assert rows["streng"].between(0.87, 0.93).mean() > 0.95


def test_the_spread_gives_each_class_its_own_width():
    """Raking on made-up errors: the wanted part lies within, in both directions."""
    rng = np.random.default_rng(3)
    size, density = rng.integers(1, 4, 9000), rng.integers(1, 3, 9000)
    error = np.abs(rng.normal(0, 1, 9000)) * size * np.where(density == 1, 2.0, 0.5)
    factors = spread.spread_factors(error, size, density, np.ones(9000, bool), 0.9)
    inside = error <= spread.half_width(factors, size, density)
    for classes in (size, density):
        for number in np.unique(classes):
            assert inside[classes == number].mean() == pytest.approx(0.9, abs=0.01)


def test_fit_finds_the_coefficients_that_made_the_data():
    rng = np.random.default_rng(5)
    z = rng.normal(0, 1, (4000, 2))
    truth = np.array([-2.0, 0.5, -0.3, 0.1, 0.2, -0.05])
    phi = regression.terms(z, squares=True)
    share = regression.expit(phi @ truth)
    found = regression.fit(phi, share, rng.uniform(50, 5000, 4000), damping=1e-6)
    assert found == pytest.approx(truth, abs=1e-6)


def test_valideer_prints_the_stored_table_and_says_so(capsys):
    assert main(["valideer"]) == 0
    text = capsys.readouterr().out
    assert "bij het ijken is bewaard" in text and "zijn zelf schattingen" in text and "mobiliteit_18" in text
    assert main(["valideer", "--trede", "bestaat_niet"]) == 2


@pytest.mark.skipif(os.environ.get("WWZ_LANGZAAM") != "1", reason="ijken duurt minuten; zet WWZ_LANGZAAM=1")
def test_a_refit_gives_the_stored_coefficients(shared_data):
    from wwz.model.ijk import fit_ladder

    found = fit_ladder(shared_data / "nederland", Settings(), print)
    for name in ("kenmerken", "coefficienten", "nauwkeurigheid", "spreiding"):
        old, new = pd.read_csv(MODEL / f"{name}.csv"), getattr(found, name).reset_index(drop=True)
        pd.testing.assert_frame_equal(old, new, check_exact=False, rtol=1e-3, atol=1e-6)
