"""Lines as straight pieces."""

from __future__ import annotations

import numpy as np
import shapely


def pieces_of(lines: np.ndarray) -> np.ndarray:
    """Lines and multilines as straight pieces, shape (n, 4).

    Lines are connected wherever they share a corner. Where they only cross, as at a bridge, they are not.
    """
    parts = shapely.get_parts(lines)
    parts = parts[shapely.get_type_id(parts) == 1]
    corners, line = shapely.get_coordinates(parts, return_index=True)
    if len(corners) < 2:
        return np.empty((0, 4))
    joined = line[1:] == line[:-1]
    return np.column_stack([corners[:-1][joined], corners[1:][joined]])
