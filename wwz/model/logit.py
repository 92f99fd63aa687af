"""The scale on which shares are estimated, and back."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import pandas as pd

Numbers = TypeVar("Numbers", np.ndarray, pd.Series)


def logit(share: Numbers) -> Numbers:
    """Shares (0-1) → the logit scale."""
    return np.log(share / (1 - share))


def expit(eta: Numbers) -> Numbers:
    """The logit scale → shares (0-1)."""
    return 1 / (1 + np.exp(-eta))
