"""People counted by buurt and distance, against counting them one by one."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from wwz.places import cells
from wwz.places import tally as module
from wwz.places.cells import UNREACHABLE
from wwz.places.tally import Places, Streets, tally

LIMITS = [100, 400, 1000]


@pytest.fixture(params=[(200_000, 8_000_000), (50, 8_000_000), (50, 10)])
def sizes(request, monkeypatch):
    monkeypatch.setattr(module, "BLOCK", request.param[0])
    monkeypatch.setattr(cells, "MOST_CELLS", request.param[1])


def half_within(metres: np.ndarray, weight: np.ndarray) -> float:
    """The first class (10 metres, rounded half up) within which half of the weight is."""
    rounded = np.floor(metres / 10 + 0.5) * 10
    enough = [m for m in np.unique(rounded) if weight[rounded <= m].sum() >= weight.sum() / 2]
    return enough[0] if np.isfinite(enough[0]) else np.nan


@pytest.mark.parametrize("walked", [False, True])
def test_counted_as_one_by_one(sizes, walked):
    stream = np.random.default_rng(3)
    factor = stream.choice([1.05, 1.3], 9)
    buurten = pd.DataFrame(
        {"factor": factor, "ruimer": (factor + 0.1) / factor, "krapper": np.maximum(1, factor - 0.1) / factor}
    )
    nr = np.sort(stream.integers(0, 9, 600))
    places = Places(
        nr, stream.integers(1, 5, 600) * 1.0, stream.integers(0, 2, 600) * 1.0, stream.uniform(0, 900, 600)
    )
    metres = np.where(stream.random(600) < 0.1, np.inf, stream.uniform(0, 1500, 600))
    net = stream.random(600) < 0.5 if walked else np.zeros(600, bool)
    found = tally(places, metres, net if walked else None, Streets(buurten, 1.05, 0.95, 10), LIMITS)
    middle = np.where(net, metres, metres * factor[nr])
    least = middle * np.where(net, 0.95, buurten["krapper"].to_numpy()[nr])
    most = middle * np.where(net, 1.05, buurten["ruimer"].to_numpy()[nr])
    edge = places.rand * factor[nr]
    for row in found.within.itertuples():
        weight = np.where(nr == row.nr, places.gewicht if row.groep == "inwoners" else places.gewicht_65, 0)
        assert row.binnen == weight[middle <= row.meter].sum()
        assert row.weinig == weight[most <= row.meter].sum()
        assert row.veel == weight[least <= row.meter].sum()
        assert row.rand == weight[(edge <= row.meter) & (least > row.meter)].sum()
        assert (
            row.mediaan == half_within(middle, weight)
            or np.isnan([row.mediaan, half_within(middle, weight)]).all()
        )
        assert row.punten == (weight > 0).sum()
        assert row.totaal == weight.sum() and row.net == weight[net].sum()
    sides = {"midden": middle, "laag": np.minimum(least, edge), "hoog": most}
    rows = found.classes.to_pandas()
    assert not rows.duplicated(["nr", "klasse"]).any()
    for side, distance in sides.items():
        klasse = np.where(
            np.isinf(distance),
            UNREACHABLE,
            np.floor(np.where(np.isinf(distance), 0, distance) / 10 + 0.5) * 10,
        )
        for row in rows.itertuples():
            here = (nr == row.nr) & (klasse == row.klasse)
            assert getattr(row, side) == places.gewicht[here].sum()
            assert getattr(row, f"{side}_65") == places.gewicht_65[here].sum()
        assert (
            rows[side].sum() == places.gewicht.sum() and rows[f"{side}_65"].sum() == places.gewicht_65.sum()
        )
