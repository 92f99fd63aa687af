"""Names on a map on paper: those of the larger areas first, none over another, and none much wider than its own area."""

from __future__ import annotations

import geopandas as gpd
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Bbox
from shapely import Point
from shapely.geometry.base import BaseGeometry

from wwz.maps.inks import BODY, WHITE
from wwz.maps.letters import width_of, wrap

# So few areas get their name wherever it is free, also beyond their border.
FEW = 25
# Of the larger areas and of the smaller ones: more names than this nobody reads.
MOST = 80
ROOM = 0.9  # inches for a line
WIDER = 1.15  # how much wider than its area a name may be
DOTS = 72
# Between two names, in lines of type: with less they read as one.
GAP = 0.5
# Where a name does not fit in the middle of its area, it may stand so many lines higher or lower in it.
ASIDE = (0.0, 1.0, -1.0, 2.0, -2.0)


def write_names(
    axes: Axes, shapes: gpd.GeoDataFrame, outlines: gpd.GeoDataFrame | None, points: float, scale: float
) -> None:
    """Write names in axes that show their final part of the map.

    Parameters
    ----------
    shapes, outlines
        The areas, and the larger ones over them or None: naam and geometry.
    points
        Size of the letters; larger areas are bold.
    scale
        Of the page (`wwz.maps.picture.SCALES`).
    """
    taken: list[Bbox] = []
    if outlines is not None and len(outlines) > 1:
        _write(axes, outlines, points, scale, taken, bold=True)
    _write(axes, shapes, points, scale, taken, bold=False)


def _write(
    axes: Axes, shapes: gpd.GeoDataFrame, points: float, scale: float, taken: list[Bbox], *, bold: bool
) -> None:
    few = len(shapes) <= FEW and not bold
    for place in shapes.area.sort_values(ascending=False, kind="stable").index[:MOST]:
        shape = shapes.geometry[place]
        west, south, east, north = shape.bounds
        (left, low), (right, high) = (
            axes.transData.transform([(west, south), (east, north)]) / axes.figure.dpi
        )
        room = ROOM * scale if few else min(ROOM * scale, (right - left) * WIDER)
        lines = wrap(str(shapes["naam"][place]), points, room, bold)
        wide, tall = max(width_of(line, points, bold) for line in lines), len(lines) * points * 1.2 / DOTS
        if not few and (wide > (right - left) * WIDER or tall > (high - low) * WIDER):
            continue
        spot = _free(axes, shape, wide, tall, points / DOTS, taken)
        if spot is None:
            continue
        text = axes.text(
            *spot, "\n".join(lines), fontsize=points, color=BODY, ha="center", va="center", zorder=6,
            parse_math=False, weight="bold" if bold else "normal",
        )  # fmt: skip
        text.set_path_effects([withStroke(linewidth=2 * scale, foreground=WHITE)])


def _free(
    axes: Axes, shape: BaseGeometry, wide: float, tall: float, line: float, taken: list[Bbox]
) -> tuple[float, float] | None:
    """Where in an area a name of this size (inches) is clear of all others, and takes that place; none where it is nowhere."""
    middle, dpi = shape.representative_point(), axes.figure.dpi
    x, y = axes.transData.transform((middle.x, middle.y)) / dpi
    gap = GAP * line
    for lines in ASIDE:
        high = y + lines * line
        spot = tuple(axes.transData.inverted().transform((x * dpi, high * dpi)))
        box = Bbox.from_bounds(x - (wide + gap) / 2, high - (tall + gap) / 2, wide + gap, tall + gap)
        if (not lines or shape.contains(Point(spot))) and not any(box.overlaps(other) for other in taken):
            taken.append(box)
            return spot
    return None
