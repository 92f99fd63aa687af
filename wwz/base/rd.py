"""From degrees to RD metres and back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from pyproj import Transformer

RD, DEGREES = "EPSG:28992", "EPSG:4326"


def to_rd(lat: Sequence[float], lon: Sequence[float]) -> np.ndarray:
    """Degrees as RD metres, shape (n, 2)."""
    x, y = _transformer(DEGREES, RD).transform(np.asarray(lon, dtype=float), np.asarray(lat, dtype=float))
    return np.column_stack([x, y])


def to_degrees(places: np.ndarray) -> np.ndarray:
    """RD metres, shape (n, 2), as latitude and longitude, shape (n, 2), to about a metre."""
    lon, lat = _transformer(RD, DEGREES).transform(places[:, 0], places[:, 1])
    return np.column_stack([lat, lon]).round(5)


@cache
def _transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)
