"""Small maps beside each other on one scale: real canvases, no frame each, the boundaries fetched once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wwz.maps.absent import absent_state, encoded
from wwz.maps.classes import Classes
from wwz.maps.geometry import GeometryFile
from wwz.ui.shared.component import component, text_of
from wwz.ui.shared.look import current_look

_component = component(
    "wwz_small_maps",
    '<div class="wwz-kaartjes" lang="nl"></div>',
    "smallmaps.js",
    css=text_of("smallmaps.css"),
)


@dataclass(frozen=True)
class SmallMap:
    """One small map.

    Attributes
    ----------
    title, value
        Above and below the map, as plain text.
    file
        Boundaries; None where there are none.
    numbers
        Class per area in the order of `file.codes`; below zero why it has none.
    """

    title: str
    value: str
    file: GeometryFile | None
    numbers: np.ndarray


def small_maps(maps: Sequence[SmallMap], classes: Classes, name: str, *, key: str) -> None:
    """Show the maps; each is an image with its title, its value and what it is as text alternative.

    Parameters
    ----------
    classes
        The scale they share.
    name
        What they show, with year and unit; part of the text alternative.
    key
        Unique on the page.
    """
    look = current_look()
    _component(
        key=key,
        data={
            "name": name,
            "colours": look.colours(classes.colours),
            "labels": list(classes.labels),
            "absent": absent_state(classes.absent, dark=look.dark),
            "dark": look.dark,
            "maps": [_encoded(one) for one in maps],
        },
    )


def _encoded(one: SmallMap) -> dict[str, str]:
    return {
        "title": one.title,
        "value": one.value,
        "url": one.file.url_path if one.file else "",
        "classes": encoded(one.numbers),
    }
