"""A map of values with its legend, for any screen that has values per area."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from wwz.maps.classes import Classes, assign, counted
from wwz.maps.geometry import GeometryFile
from wwz.ui.shared.kaart import MapEvent, MapLayer, Position, show_map
from wwz.ui.shared.legends import legend


def value_map(
    file: GeometryFile,
    values: pd.Series,
    classes: Classes,
    title: str,
    *,
    minimum: int,
    reasons: pd.Series | None = None,
    key: str,
    height: int,
    attribution: str,
    selected: str = "",
    on_click: Callable[[str], None] | None = None,
    position: Position | None = None,
    together: str = "",
    tell_position: bool = True,
) -> MapEvent:
    """Draw values on a map, with the legend and the number of areas in each class below it.

    Parameters
    ----------
    file
        The boundaries, from `wwz.boundaries.boundaries`.
    values
        Area code → value, in the unit of the classes; an area that is not in it has no figure.
    minimum
        The privacy minimum.
    reasons
        Area code → why it would have no number (`wwz.maps.absent`); by default it is not known.
    classes
        From `wwz.maps.classes.make_classes` or `classes_for_series`.
    title
        What is shown, with year and unit: the name of the map for a screen reader.
    key, height, attribution, on_click, position, together, tell_position
        As for `wwz.maps.kaart.show_map`.
    selected
        Code of the area with the accent outline; may be empty.
    """
    numbers = assign(values.reindex(list(file.codes)), classes, reasons)
    classes = counted(classes, numbers, minimum)
    event = show_map(
        MapLayer(file, numbers, classes.colours, classes.labels, title, classes.absent),
        selected=[selected] if selected else [],
        attribution=attribution,
        height=height,
        on_click=on_click,
        position=position,
        together=together,
        tell_position=tell_position,
        key=key,
    )
    legend(classes, title)
    return event
