"""What stands around the map on paper: title, marks, legend, scale bar, north arrow and sources."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrow, Rectangle

from wwz.maps.inks import ACCENT, BODY, EDGE, FICTIVE, INK, OCHRE, SOFT, WHITE
from wwz.maps.letters import width_of, wrap
from wwz.maps.ramps import POINT_COLOURS
from wwz.words.numbers import dutch

if TYPE_CHECKING:
    from wwz.maps.picture import Picture

# Which of the other figures a sign stands for: the gemeente, the country.
SIGNS = ("▸", "▹")
SCALE_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)
PAGE_MARGIN, INNER_MARGIN = 0.5, 0.05  # inches; a picture inside a page has a page around it
LOGO_WIDE, LOGO_HIGH = 1.7, 0.62  # inches at most


@dataclass
class Frame:
    """A page: sizes in inches from the top left, type in points times `scale` and never under `least` points."""

    figure: Figure
    scale: float
    landscape: bool
    margin: float = PAGE_MARGIN
    least: float = 0.0

    def points(self, points: float) -> float:
        """How large letters are here that are so large on A4."""
        return max(points * self.scale, self.least)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in inches."""
        width, height = self.figure.get_size_inches()
        return float(width), float(height)

    def text(self, x: float, y: float, text: str, points: float, colour: str = BODY, **look) -> None:
        """Write at a place, the top of the text at `y`."""
        width, height = self.size
        self.figure.text(
            x / width,
            1 - y / height,
            text,
            fontsize=self.points(points),
            color=colour,
            va="top",
            parse_math=False,
            **look,
        )

    def wrapped(self, x: float, y: float, text: str, points: float, room: float, **look) -> float:
        """Write over several lines; gives the height used."""
        lines = wrap(text, self.points(points), room, bold=look.get("weight") == "bold")
        self.text(x, y, "\n".join(lines), points, linespacing=1.02, **look)
        return len(lines) * self.points(points) * 1.3 / 72

    def logo(self, picture: np.ndarray, right: float, y: float) -> float:
        """The logo of the municipality, its top right at a place; gives its width."""
        high, wide = picture.shape[:2]
        factor = min(LOGO_WIDE * self.scale / wide, LOGO_HIGH * self.scale / high)
        axes = self.axes(right - wide * factor, y, wide * factor, high * factor)
        axes.imshow(picture, aspect="auto", interpolation="lanczos")
        return wide * factor

    def box(self, x: float, y: float, width: float, height: float, **look) -> None:
        """A rectangle, its top left at a place."""
        across, down = self.size
        corner = (x / across, 1 - (y + height) / down)
        patch = Rectangle(corner, width / across, height / down, transform=self.figure.transFigure, **look)
        self.figure.add_artist(patch)

    def dot(self, x: float, y: float, colour: str) -> None:
        """A dot, its middle at a place."""
        width, height = self.size
        axes = self.figure.add_axes((x / width - 0.01, 1 - y / height - 0.01, 0.02, 0.02))
        axes.set_axis_off()
        axes.set_aspect("equal")
        axes.set_xlim(-1, 1)
        axes.set_ylim(-1, 1)
        axes.add_patch(Circle((0, 0), 0.7, color=colour))

    def axes(self, x: float, y: float, width: float, height: float) -> Axes:
        """Empty axes for the map."""
        across, down = self.size
        axes = self.figure.add_axes((x / across, 1 - (y + height) / down, width / across, height / down))
        axes.set_axis_off()
        return axes

    def measure(self, axes: Axes, bounds) -> None:
        """Fit the map, then draw the scale bar and the north arrow (north is up in EPSG:28992)."""
        west, south, east, north = bounds
        place = axes.get_position()
        across, down = self.size
        wide, high = place.width * across, place.height * down
        metres_per_inch = 1.04 * max((east - west) / wide, (north - south) / high)
        half_x, half_y = metres_per_inch * wide / 2, metres_per_inch * high / 2
        axes.set_xlim((west + east) / 2 - half_x, (west + east) / 2 + half_x)
        axes.set_ylim((south + north) / 2 - half_y, (south + north) / 2 + half_y)
        fitting = [step for step in SCALE_STEPS if step * 1000 / metres_per_inch <= 1.6 * self.scale]
        length = fitting[-1] if fitting else SCALE_STEPS[0]
        inches = length * 1000 / metres_per_inch
        x, y = place.x0 * across, (1 - place.y0) * down + 0.16 * self.scale
        self.box(x, y, inches / 2, 0.06 * self.scale, facecolor=BODY, edgecolor=BODY)
        self.box(x + inches / 2, y, inches / 2, 0.06 * self.scale, facecolor=WHITE, edgecolor=BODY)
        label = f"{length:g}".replace(".", ",") + " km"
        self.text(x + inches + 0.08, y - 0.05 * self.scale, label, 9)
        self._north(x + inches + 0.75 * self.scale, y + 0.1 * self.scale)

    def _north(self, x: float, y: float) -> None:
        width, height = self.size
        self.figure.add_artist(
            FancyArrow(
                x / width, 1 - y / height, 0, 0.22 * self.scale / height, width=0.0001, head_width=0.1 * self.scale / width,
                head_length=0.14 * self.scale / height, color=BODY, transform=self.figure.transFigure,
                length_includes_head=True,
            )
        )  # fmt: skip
        self.text(x + 0.08 * self.scale, y - 0.18 * self.scale, "N", 9, weight="bold")


class Blank(Frame):
    """A frame that draws nothing: what is written on it only takes room."""

    def text(self, *_, **__) -> None:
        """Nothing."""

    def box(self, *_, **__) -> None:
        """Nothing."""

    def dot(self, *_) -> None:
        """Nothing."""


def draw_frame(frame: Frame, picture: Picture) -> Axes:
    """Title above, sources below, legend and reading beside or under the map; gives the axes of the map."""
    width, height = frame.size
    y = _head(frame, picture)
    room = width - 2 * frame.margin
    notes = [line for note in picture.notes for line in wrap(note, frame.points(8), room)]
    bottom = height - frame.margin - 0.17 * frame.scale * len(notes)
    for number, line in enumerate(notes):
        frame.text(frame.margin, bottom + 0.17 * frame.scale * number, line, 8, SOFT)
    below = bottom - 0.42 * frame.scale
    if frame.landscape:
        beside = 2.75 * frame.scale
        x = width - frame.margin - beside + 0.2
        used = _legend(frame, picture, x, y, beside - 0.2)
        if picture.words:
            frame.wrapped(x, y + used + 0.15 * frame.scale, picture.words, 9.5, beside - 0.2)
        return frame.axes(frame.margin, y, room - beside, below - y)
    half = room / 2 if picture.words else room
    under = _room_under(frame, picture, half)
    _legend(frame, picture, frame.margin, bottom - under, half - 0.2)
    if picture.words:
        frame.wrapped(frame.margin + half, bottom - under, picture.words, 10, half)
    return frame.axes(frame.margin, y, room, below - under - y)


def _room_under(frame: Frame, picture: Picture, half: float) -> float:
    """Height that the legend and the reading take under the map."""
    blank = Blank(frame.figure, frame.scale, frame.landscape, frame.margin, frame.least)
    legend = _legend(blank, picture, 0, 0, half - 0.2)
    words = blank.wrapped(0, 0, picture.words, 10, half) if picture.words else 0.0
    return max(legend, words) + 0.1 * frame.scale


def _head(frame: Frame, picture: Picture) -> float:
    """Marks, title and subtitle, with the logo at the right; gives where the map may begin."""
    width, _ = frame.size
    room = width - 2 * frame.margin
    if picture.logo is not None:
        room -= frame.logo(picture.logo, width - frame.margin, frame.margin) + 0.3
    y = frame.margin + _marks(frame, picture, width)
    if picture.title:
        y += frame.wrapped(frame.margin, y, picture.title, 18, room, colour=INK, weight="bold")
        y += frame.wrapped(frame.margin, y + 0.04, picture.sub, 11.5, room, colour=SOFT) + 0.18
    return max(y, frame.margin + LOGO_HIGH * frame.scale + 0.15) if picture.logo is not None else y


def _marks(frame: Frame, picture: Picture, width: float) -> float:
    if not picture.marks:
        return 0.0
    x, high = frame.margin, 0.24 * frame.scale
    for mark in picture.marks:
        wide = width_of(mark, 9 * frame.scale, bold=True) + 0.16 * frame.scale
        frame.box(
            x,
            frame.margin,
            wide,
            high,
            facecolor=FICTIVE if mark == "Fictief" else OCHRE,
            edgecolor="none",
        )
        frame.text(x + 0.08 * frame.scale, frame.margin + 0.05 * frame.scale, mark, 9, WHITE, weight="bold")
        x += wide + 0.1
    return high + 0.1


def _legend(frame: Frame, picture: Picture, x: float, y: float, room: float) -> float:
    """Classes, then what lies over them; gives the height used."""
    top = y
    y += frame.wrapped(x, y, picture.legend_title, 10.5, room, weight="bold") + 0.06
    step, classes = 0.25 * frame.scale, picture.classes
    places = []
    for colour, label, count in zip(classes.colours, classes.labels, classes.counts, strict=True):
        places.append(y)
        y += _row(frame, x, y, label, dutch(count), step, facecolor=colour, edgecolor=EDGE)
    _signs(frame, picture, x, places)
    for row in classes.absent:
        look = {
            "facecolor": row.look.fill,
            "edgecolor": EDGE,
            "hatch": row.look.hatch,
            "hatchcolor": row.look.ink,
        }
        y += _row(frame, x, y, row.label, dutch(row.count), step, **look)
    frame.text(x, y + 0.02, "Achter elke klasse: het aantal gebieden.", 8.5, SOFT)
    y += 0.22 * frame.scale
    for number, tick in enumerate(picture.ticks):
        y += frame.wrapped(x, y, f"{SIGNS[number % len(SIGNS)]} {tick.text}", 9.5, room)
    if picture.legend_note:
        y += frame.wrapped(x, y, f"{picture.legend_note}.", 8.5, room, colour=SOFT)
    y += 0.05 * frame.scale if picture.ticks or picture.legend_note else 0
    for text, look in _borders(picture):
        frame.box(x, y + 0.03, 0.3 * frame.scale, 0.16 * frame.scale, facecolor=WHITE, **look)
        y += _label(frame, x, y, text, room, step)
    for title, colour in zip(picture.points, cycle(POINT_COLOURS), strict=False):
        frame.dot(x + 0.15 * frame.scale, y + 0.12 * frame.scale, colour)
        y += _label(frame, x, y, title, room, step)
    return y - top


def _signs(frame: Frame, picture: Picture, x: float, places: list[float]) -> None:
    """A sign beside the class where each of the other figures lies."""
    high = 0.17 * frame.scale
    for number, tick in enumerate(picture.ticks):
        row = min(int(tick.at * len(places)), len(places) - 1)
        y = places[row] + 0.03 + (tick.at * len(places) - row) * high
        frame.text(
            x + 0.31 * frame.scale,
            y - 0.08 * frame.scale,
            SIGNS[number % len(SIGNS)].replace("▸", "◂").replace("▹", "◃"),
            8,
        )


def _borders(picture: Picture) -> list[tuple[str, dict]]:
    """What each kind of border means, and how it is drawn."""
    shapes = picture.shapes
    chosen = [str(naam) for naam in shapes["naam"][shapes["code"] == picture.selected]]
    rows = [
        (picture.outline_text, {"edgecolor": INK, "linewidth": 1.1}),
        (picture.marked_text, {"edgecolor": BODY, "linestyle": "--"}),
        (f"Gekozen: {chosen[0]}" if chosen else "", {"edgecolor": ACCENT, "linewidth": 2}),
    ]
    return [(text, look) for text, look in rows if text]


def _label(frame: Frame, x: float, y: float, text: str, room: float, step: float) -> float:
    """A text beside its sign, over more lines if need be; gives the height used."""
    used = frame.wrapped(x + 0.4 * frame.scale, y + 0.03, text, 9.5, room - 0.4 * frame.scale)
    return max(step, used + 0.08 * frame.scale)


def _row(frame: Frame, x: float, y: float, label: str, count: str, step: float, **look) -> float:
    """A class with its colour and its count, the label over more lines if need be; gives the height used."""
    frame.box(x, y + 0.03, 0.3 * frame.scale, 0.17 * frame.scale, linewidth=0.5, **look)
    room = 1.8 * frame.scale - width_of(count, 10 * frame.scale)
    used = frame.wrapped(x + 0.4 * frame.scale, y + 0.03, label, 10, room)
    frame.text(x + 2.3 * frame.scale, y + 0.03, count, 10, SOFT, ha="right")
    return max(step, used + 0.05 * frame.scale)
