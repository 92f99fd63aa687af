"""The classes of one layer on one set of areas; the same for the screen and for every file made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from wwz.figures import Layer
from wwz.maps.classes import Classes, assign, make_classes


def classes_of(shown: Layer, codes: Sequence[str]) -> tuple[Classes, np.ndarray]:
    """Classes of a layer, counted for the areas drawn, and the class of each of them.

    Parameters
    ----------
    shown
        The layer; its classes are made of all years together, so that a colour keeps its meaning.
    codes
        Areas with a boundary, in the order they are drawn.

    Returns
    -------
    tuple of Classes and numpy.ndarray of int
        The classes, and per code its class (-1 where there is no figure).
    """
    classes = make_classes(
        shown.pooled,
        decimals=shown.decimals,
        unit=shown.unit,
        direction=shown.indicator.richting,
        ramp="neutraal" if shown.indicator.richting == "neutraal" else "behoefte",
    )
    digits = assign(shown.values.reindex(list(codes)), classes)
    counts = tuple(int((digits == number).sum()) for number in range(len(classes.colours)))
    return replace(classes, counts=counts, missing_count=int((digits < 0).sum())), digits
