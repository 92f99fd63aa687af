"""Why an area has no number: it is not known, it is about too few people, the municipality protects its count, or it is water."""

from __future__ import annotations

import numpy as np
import pandas as pd

# They take the place of the number of a class on a map.
NO_FIGURE, TOO_FEW, PROTECTED, WATER = -1, -2, -3, -4


def reasons_of(rows: pd.DataFrame, water: frozenset[str] = frozenset()) -> pd.Series:
    """Why an area would have no number.

    Parameters
    ----------
    rows
        One row per area, with columns gebied and verborgen, and where it can happen beschermd.
    water
        Codes of areas that are water: where nobody lives, no number is missing.

    Returns
    -------
    pandas.Series of int
        Area code → NO_FIGURE, TOO_FEW, PROTECTED or WATER. Of an area that has a number it says nothing.
    """
    hidden = rows["verborgen"].fillna(False).astype(bool).to_numpy()
    held = (
        rows["beschermd"].fillna(False).astype(bool).to_numpy()
        if "beschermd" in rows
        else np.zeros(len(rows), bool)
    )
    found = pd.Series(np.select([held, hidden], [PROTECTED, TOO_FEW], NO_FIGURE), index=rows["gebied"])
    dry = found[(found != NO_FIGURE) | ~found.index.isin(water)]
    return pd.concat([dry, pd.Series(WATER, index=sorted(water.difference(dry.index)), dtype=found.dtype)])
