"""The classes of one layer on one set of areas; the same for the screen and for every file made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from wwz.ask.layer import Layer
from wwz.maps.classes import Classes, assign, classes_for_series, counted
from wwz.words.numbers import missing_label


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
        The classes, with what is said of areas without a figure; and per code its class (-1 without a figure).
    """
    classes = scale_of([shown]) if classes is None else classes
    numbers = assign(shown.values.reindex(list(codes)), classes)
    return replace(counted(classes, numbers), missing_label=_why_missing([shown], codes)), numbers


def _why_missing(layers: Sequence[Layer], codes: Sequence[str] | None = None) -> str:
    """What the legend says of areas without a figure, on maps of these layers together."""
    return missing_label(
        hidden=any(_hides(layer, codes) for layer in layers),
        protected=any(layer.beschermd for layer in layers),
    )


def _hides(layer: Layer, codes: Sequence[str] | None) -> bool:
    """Whether an area has a figure that is not shown: it is among the values, without a number."""
    hidden = layer.values.index[layer.values.isna()]
    return len(hidden) > 0 if codes is None else bool(hidden.isin(codes).any())


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
    kinds = {(layer.unit, layer.indicator.richting) for layer in layers}
    if len(kinds) != 1:
        raise ValueError(f"layers of one scale have one unit and direction, not {sorted(kinds)}")
    unit, direction = kinds.pop()
    scale = classes_for_series(
        [layer.pooled for layer in layers],
        decimals=max(layer.decimals for layer in layers),
        unit=unit,
        direction=direction,
        ramp="neutraal" if direction == "neutraal" else "behoefte",
    )
    return replace(scale, missing_label=_why_missing(layers))
