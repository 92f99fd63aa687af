"""The fairest thing to compare an anchored estimate with: the published figure of the wijk, for every buurt in it."""

from __future__ import annotations

from typing import Any

import numpy as np

from wwz.model.crossing import explained
from wwz.model.training import Training

STEP = "wijkcijfer"


def wijk_figure(data: Training, indicator: str, rules: dict[str, Any]) -> dict[str, Any]:
    """How much of the differences between buurten the figure of their wijk explains, without any model.

    Returns
    -------
    dict
        A row of nauwkeurigheid.csv: trede, indicator, anker, r2 (weighted with inhabitants, as that of the model) and buurten; nothing is said of a
        margin.
    """
    share, people = data.cijfers[indicator].to_numpy(float), data.people(indicator)
    wijk = data.omringend[indicator].reindex(data.buurten["wijk"]).to_numpy(float)
    rows = np.isfinite(share) & np.isfinite(wijk) & (people > 0)
    rows &= data.buurten["inwoners"].to_numpy() >= rules["toetsen_vanaf"]
    weight = data.buurten["inwoners"].to_numpy(float)[rows]
    return {
        "trede": STEP,
        "indicator": indicator,
        "anker": "wijk",
        "r2": explained(share[rows], wijk[rows], weight),
        "halve_breedte": np.nan,
        "dekking": np.nan,
        "buurten": int(rows.sum()),
    }
