"""The classes of one layer on one set of areas; the same for the screen and for every file made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from wwz.ask.absent import NO_FIGURE
from wwz.ask.differing import NO_DIFFERENCES
from wwz.ask.layer import Layer
from wwz.ask.shown import CHANGE
from wwz.maps.absent import absent_rows
from wwz.maps.changes import change_classes
from wwz.maps.classes import Classes, assign, classes_for_series, counted, one_class


def classes_of(
    shown: Layer, codes: Sequence[str], classes: Classes | None = None
) -> tuple[Classes, np.ndarray]:
    """Classes of a layer, counted for the areas drawn, and the class of each of them.

    Parameters
    ----------
    shown
        The layer; its classes are made of all years together, so that a colour keeps its meaning.
    codes
        Areas with a boundary, in the order they are drawn.
    classes
        A scale shared with other maps, from `scale_of`; by default the layer's own.

    Returns
    -------
    tuple of Classes and numpy.ndarray of int
        The classes, with what is said of areas without a number; and per code its class, or why it has none.
    """
    classes = scale_of([shown]) if classes is None else classes
    numbers = assign(shown.values.reindex(list(codes)), classes, shown.absent)
    return counted(classes, numbers, shown.minimum), numbers


def scale_of(layers: Sequence[Layer]) -> Classes:
    """One scale for a series of maps, such as one sheet per wijk or one map per year.

    Parameters
    ----------
    layers
        At least one; all in the same unit, and with the same direction (is more worse?).

    Raises
    ------
    ValueError
        If the layers cannot share a scale.
    """
    kinds = {(layer.unit, layer.indicator.richting, layer.maat == CHANGE) for layer in layers}
    if len(kinds) != 1:
        raise ValueError(f"layers of one scale have one unit and direction, not {sorted(kinds)}")
    unit, direction, of_change = kinds.pop()
    numbers, decimals = [layer.pooled for layer in layers], max(layer.decimals for layer in layers)
    if of_change:
        scale = change_classes(pd.concat(numbers, ignore_index=True), decimals=decimals, direction=direction)
    elif all(layer.flat for layer in layers):
        scale = one_class(
            pd.concat(numbers, ignore_index=True), decimals=decimals, unit=unit, label=NO_DIFFERENCES
        )
    else:
        ramp = "neutraal" if direction == "neutraal" else "behoefte"
        scale = classes_for_series(numbers, decimals=decimals, unit=unit, direction=direction, ramp=ramp)
    # Of a bound every value is an edge. The first class says so for all: bovengrens < 60%, 60–70%.
    words = {layer.woord for layer in layers}
    if len(words) == 1 and (word := words.pop()):
        scale = replace(scale, labels=(*(f"{word} {label}" for label in scale.labels[:1]), *scale.labels[1:]))
    reasons = [
        reason
        for layer in layers
        for reason in layer.absent.reindex(layer.values.index[layer.values.isna()]).fillna(NO_FIGURE)
    ]
    return replace(scale, absent=absent_rows(reasons, layers[0].minimum))
