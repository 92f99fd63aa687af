"""What a map shows: a layer of areas with its legend, and what lies over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wwz.ask.absent import NO_FIGURE
from wwz.maps.absent import Absent
from wwz.maps.geometry import GeometryFile
from wwz.maps.inks import BORDER
from wwz.maps.marks import Tick
from wwz.words.numbers import UNKNOWN

_MOST_CLASSES = 10


@dataclass(frozen=True)
class Legend:
    """What the legend in the frame of a map says beside colours and labels.

    Parameters
    ----------
    unit
        The unit; the labels of the classes go without it.
    counts
        How many areas each class has.
    ticks, note
        Other figures on the bar, and a remark.
    """

    unit: str
    counts: Sequence[int]
    ticks: Sequence[Tick] = ()
    note: str = ""


@dataclass(frozen=True)
class MapLayer:
    """What the areas show.

    Parameters
    ----------
    geometry
        Boundary file of the level.
    classes
        Class of each area, in the order of ``geometry.codes``; below zero why it has none.
    colours, labels
        One per class, as in :class:`wwz.maps.classes.Classes`.
    title
        Title of the layer, also the map's name for a screen reader.
    absent
        What is said of areas without a number, as in :class:`wwz.maps.classes.Classes`.
    texts
        What is said of each area to who points at it, one line after another: texts in the order of ``geometry.codes``. Without
        them it is the label of the class.
    legend
        What stands under the map, in its frame; None where the page has a legend of its own.
    """

    geometry: GeometryFile
    classes: np.ndarray
    colours: Sequence[str]
    labels: Sequence[str]
    title: str
    absent: Sequence[Absent] = (Absent(NO_FIGURE, UNKNOWN),)
    texts: Sequence[Sequence[str]] = ()
    legend: Legend | None = None

    def __post_init__(self) -> None:
        if len(self.classes) != len(self.geometry.codes):
            raise ValueError(f"{len(self.classes)} classes for {len(self.geometry.codes)} areas")
        if len(self.colours) != len(self.labels) or len(self.colours) > _MOST_CLASSES:
            raise ValueError(f"{len(self.colours)} colours and {len(self.labels)} labels")
        known = [*(row.reason for row in self.absent), *range(len(self.colours))]
        if not np.isin(self.classes, known).all():
            raise ValueError("a class without a colour")


@dataclass(frozen=True)
class Outline:
    """Boundaries without a fill, such as wijken over buurten; ``weight`` in pixels."""

    geometry: GeometryFile
    colour: str = BORDER
    weight: float = 1.2


@dataclass(frozen=True)
class Points:
    """Voorzieningen of one kind; ``rows`` has columns ``lat``, ``lon`` (degrees) and ``naam``."""

    kind: str
    title: str
    colour: str
    rows: pd.DataFrame


@dataclass(frozen=True)
class TileLayerSpec:
    """A background map from another host: only with the municipality's consent (``config.toml``)."""

    url: str
    attribution: str
    max_zoom: int = 18
