"""A map as a picture for paper: the same classes and colours as on the screen, with all a reader needs around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import matplotlib as mpl
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.path import Path

from wwz.maps.absent import LOOKS
from wwz.maps.classes import Classes
from wwz.maps.frame import INNER_MARGIN, PAGE_MARGIN, Frame, draw_frame
from wwz.maps.inks import ACCENT, AROUND, AROUND_LINE, BODY, EDGE, INK, WATER_PLANE, WHITE
from wwz.maps.letters import family
from wwz.maps.marks import Tick
from wwz.maps.papernames import write_names
from wwz.maps.ramps import POINT_COLOURS

SIZES = {
    "A4": (8.27, 11.69),
    "A3": (11.69, 16.54),
    "dia": (5.35, 12.33),
    "rapport": (4.2, 6.9),
    "profiel": (4.6, 5.0),
    "wand": (3.0, 6.2),
}
SCALES = {"A4": 1.0, "A3": 1.41, "dia": 1.3, "rapport": 0.85, "profiel": 0.85, "wand": 1.0}
# Points; on the wall of a work session that is 18 pixels, which the last row can read.
LEAST = {"wand": 9.2}


@dataclass(frozen=True)
class Picture:
    """Everything that is drawn.

    Attributes
    ----------
    title, sub, marks, notes
        Headline, what it is about, words in a box beside it, and small lines below.
    shapes, digits, classes
        Areas in metres (code, naam, geometry), the class of each (below zero why it has none) and the classes.
    legend_title
        What the classes count, with the unit.
    outlines, outline_text
        Thicker borders or None, and what they are.
    marked, marked_text
        Codes with a dashed outline, and what that means.
    selected
        Code with an outline in the accent colour; may be empty.
    points
        Title of a kind of voorziening → coordinates in metres, shape (n, 2).
    words
        The reading of the map, beside the legend; may be empty.
    logo
        Pixels of the logo, shape (rows, columns, 4), or None.
    around
        What lies around the areas (code, empty for water, and geometry), or None.
    ticks, legend_note
        Other figures on the bar of classes, and a remark about the classes.
    """

    title: str
    sub: str
    marks: Sequence[str]
    notes: Sequence[str]
    shapes: gpd.GeoDataFrame
    digits: np.ndarray
    classes: Classes
    legend_title: str
    outlines: gpd.GeoDataFrame | None
    marked: Sequence[str]
    marked_text: str
    selected: str
    points: dict[str, np.ndarray]
    words: str = ""
    logo: np.ndarray | None = None
    outline_text: str = ""
    around: gpd.GeoDataFrame | None = None
    ticks: Sequence[Tick] = ()
    legend_note: str = ""


def draw(picture: Picture, paper: str = "A4", landscape: bool = True) -> Figure:
    """The picture as a matplotlib figure of the size of the paper.

    Parameters
    ----------
    paper
        A4, A3, dia for a slide, or rapport for inside a report.
    landscape
        Landscape or portrait.
    """
    short, long = SIZES[paper]
    size = (long, short) if landscape else (short, long)
    figure = Figure(figsize=size, facecolor=WHITE)
    FigureCanvasAgg(figure)
    with mpl.rc_context({"font.family": list(family()), "hatch.linewidth": 0.5, "text.parse_math": False}):
        frame = Frame(
            figure,
            SCALES[paper],
            landscape,
            PAGE_MARGIN if picture.title else INNER_MARGIN,
            LEAST.get(paper, 0.0),
        )
        axes = draw_frame(frame, picture)
        _surroundings(axes, picture, frame.scale)
        _areas(axes, picture, frame.scale)
        _lines(axes, picture, frame.scale)
        _dots(axes, picture, frame.scale)
        frame.measure(axes, picture.shapes.total_bounds)
        write_names(axes, picture.shapes, picture.outlines, frame.points(8), frame.scale)
    return figure


def _surroundings(axes: Axes, picture: Picture, scale: float) -> None:
    if picture.around is None:
        return
    for water in (False, True):
        shapes = picture.around.geometry[(picture.around["code"] == "") == water].to_numpy()
        look = {
            "facecolor": WATER_PLANE if water else AROUND,
            "edgecolor": WATER_PLANE if water else AROUND_LINE,
        }
        axes.add_collection(PathCollection(_paths(shapes), linewidth=0.5 * scale, zorder=0.5, **look))


def _areas(axes: Axes, picture: Picture, scale: float) -> None:
    shapes = picture.shapes.geometry.to_numpy()
    for number in (*LOOKS, *range(len(picture.classes.colours))):
        chosen = _paths(shapes[picture.digits == number])
        # A hatching is drawn for each path anew, and that is slow: one path of all areas that have it.
        if number < 0 and chosen:
            chosen = [Path.make_compound_path(*chosen)]
        colour = LOOKS[number].fill if number < 0 else picture.classes.colours[number]
        look = {"hatch": LOOKS[number].hatch, "hatchcolor": LOOKS[number].ink} if number < 0 else {}
        axes.add_collection(
            PathCollection(chosen, facecolor=colour, edgecolor=EDGE, linewidth=0.35 * scale, zorder=1, **look)
        )


def _lines(axes: Axes, picture: Picture, scale: float) -> None:
    def edges(frame: gpd.GeoDataFrame, **look) -> None:
        axes.add_collection(PathCollection(_paths(frame.geometry.to_numpy()), facecolor="none", **look))

    if picture.outlines is not None:
        edges(picture.outlines, edgecolor=INK, linewidth=1.1 * scale, zorder=2)
    if len(picture.marked):
        dashed = picture.shapes[picture.shapes["code"].isin(list(picture.marked))]
        edges(dashed, edgecolor=BODY, linewidth=1.3 * scale, linestyle=(0, (3, 2)), zorder=3)
    if picture.selected:
        one = picture.shapes[picture.shapes["code"] == picture.selected]
        edges(one, edgecolor=ACCENT, linewidth=2.4 * scale, zorder=4)


def _dots(axes: Axes, picture: Picture, scale: float) -> None:
    for number, places in enumerate(picture.points.values()):
        colour = POINT_COLOURS[number % len(POINT_COLOURS)]
        axes.scatter(
            places[:, 0],
            places[:, 1],
            s=14 * scale,
            color=colour,
            edgecolors=WHITE,
            linewidths=0.5,
            zorder=5,
        )


def _paths(shapes: np.ndarray) -> list[Path]:
    """A path for each polygon with its holes; the rings turn opposite ways, so that a hole stays open."""
    if not len(shapes):
        return []
    parts, of_shape = shapely.get_parts(shapely.orient_polygons(shapes), return_index=True)
    rings, of_part = shapely.get_rings(parts, return_index=True)
    points, of_ring = shapely.get_coordinates(rings, return_index=True)
    starts = np.append(True, of_ring[1:] != of_ring[:-1])
    codes = np.full(len(points), Path.LINETO, Path.code_type)
    codes[starts] = Path.MOVETO
    codes[np.append(starts[1:], True)] = Path.CLOSEPOLY
    owner = of_shape[of_part][of_ring]
    cuts = np.flatnonzero(owner[1:] != owner[:-1]) + 1
    return [Path(*both) for both in zip(np.split(points, cuts), np.split(codes, cuts), strict=True)]
