"""People counted by buurt and distance, against counting them one by one."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from wwz.places import tally as module
from wwz.places.tally import UNREACHABLE, Places, Streets, tally

LIMITS = [100, 400, 1000]


@pytest.fixture(params=[(200_000, 8_000_000), (50, 8_000_000), (50, 10)])
def sizes(request, monkeypatch):
    monkeypatch.setattr(module, "BLOCK", request.param[0])
    monkeypatch.setattr(module, "MOST_CELLS", request.param[1])


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
    edge = places.rand * factor[nr]
    for row in found.within.itertuples():
        weight = np.where(nr == row.nr, places.gewicht if row.groep == "inwoners" else places.gewicht_65, 0)
        assert row.binnen == weight[middle <= row.meter].sum()
        assert row.veel == weight[least <= row.meter].sum()
        assert row.rand == weight[(edge <= row.meter) & (least > row.meter)].sum()
        assert row.totaal == weight.sum() and row.net == weight[net].sum()
    klasse = np.where(
        np.isinf(middle), UNREACHABLE, np.floor(np.where(np.isinf(middle), 0, middle) / 10 + 0.5) * 10
    )
    for row in found.classes["midden"].itertuples():
        assert row.gewicht == places.gewicht[(nr == row.nr) & (klasse == row.klasse)].sum()
    assert all(side["gewicht"].sum() == places.gewicht.sum() for side in found.classes.values())
