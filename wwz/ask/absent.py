"""Why an area has no number: it is not known, it is about too few people, or the municipality protects its count."""

from __future__ import annotations

import numpy as np
import pandas as pd

# They take the place of the number of a class on a map.
NO_FIGURE, TOO_FEW, PROTECTED = -1, -2, -3


def reasons_of(rows: pd.DataFrame) -> pd.Series:
    """Why an area would have no number.

    Parameters
    ----------
    rows
        One row per area, with columns gebied and verborgen, and where it can happen beschermd.

    Returns
    -------
    pandas.Series of int
        Area code → NO_FIGURE, TOO_FEW or PROTECTED. Of an area that has a number it says nothing.
    """
    hidden = rows["verborgen"].fillna(False).astype(bool).to_numpy()
    held = (
        rows["beschermd"].fillna(False).astype(bool).to_numpy()
        if "beschermd" in rows
        else np.zeros(len(rows), bool)
    )
    return pd.Series(np.select([held, hidden], [PROTECTED, TOO_FEW], NO_FIGURE), index=rows["gebied"])
