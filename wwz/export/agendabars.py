"""The bars of the wijkagenda as a picture: of everybody who needs something, who certainly lacks it and who may."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from wwz.export.agendasheet import parts_of_bars
from wwz.knowledge import load_toml
from wwz.maps.inks import BODY, EDGE, INK, RULE, SOFT, WHITE
from wwz.maps.letters import family, width_of, wrap
from wwz.words.numbers import is_known

# In inches: the picture, the column of names, that of the bars, and the height of a row and of the legend.
WIDE, NAMES, BARS, ROW, LEGEND = 7.0, 2.7, 2.4, 0.47, 0.36
NAME, NUMBER, SMALL = 8.8, 9.5, 7.8  # points
LINE = 0.125  # inches from one line of text to the next
DPI = 220
HEAD = "Mensen zonder"
STRIPED = "misschien"


def draw_bars(rows: pd.DataFrame) -> bytes:
    """A PNG.

    Parameters
    ----------
    rows
        As `wwz.agenda.balance.balance` gives them, at least one.
    """
    with mpl.rc_context({"font.family": list(family()), "hatch.linewidth": 1.6, "text.parse_math": False}):
        figure = Figure((WIDE, len(rows) * ROW + LEGEND), facecolor=WHITE)
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, WIDE)
        axes.set_ylim(len(rows) * ROW + LEGEND, 0)
        axes.axis("off")
        _legend(axes)
        for number, row in enumerate(rows.itertuples()):
            _row(axes, row, LEGEND + number * ROW)
        target = io.BytesIO()
        figure.savefig(target, dpi=DPI, format="png", metadata={"Software": None})
    return target.getvalue()


def _legend(axes: Axes) -> None:
    at = 0.02
    for name, (words, _) in parts_of_bars().items():
        _piece(axes, name, at, 0.08, 0.2, 0.14)
        axes.text(at + 0.26, 0.15, words, size=SMALL, color=BODY, va="center")
        at += 0.42 + width_of(words, SMALL)
    axes.text(NAMES + BARS + 0.12, 0.15, HEAD, size=SMALL, color=BODY, va="center", weight="bold")


def _row(axes: Axes, row: Any, top: float) -> None:
    """Its name and for how many it is needed, the bar, and how many lack it with the margin."""
    axes.plot((0, WIDE), (top, top), color=RULE, linewidth=0.6)
    lines = [(line, NAME, "bold", INK) for line in wrap(row.titel, NAME, NAMES - 0.1, bold=True)]
    _lines(axes, 0.02, top, [*lines, (row.nodig_tekst, SMALL, "normal", SOFT)])
    at = NAMES
    for part in parts_of_bars():
        size = getattr(row, part)
        if is_known(size) and size > 0:
            _piece(axes, part, at, top + (ROW - 0.19) / 2, size * BARS, 0.19)
            at += size * BARS
    right = NAMES + BARS + 0.12
    margin = wrap(row.kort_marge, SMALL, WIDE - right)
    number = (row.mensen_tekst, NUMBER, "bold", INK)
    _lines(axes, right, top, [number, *((line, SMALL, "normal", SOFT) for line in margin)])


def _lines(axes: Axes, left: float, top: float, lines: Sequence[tuple[str, float, str, str]]) -> None:
    """Lines of text below each other, in the middle of a row; each with its size, weight and colour."""
    first = top + (ROW - LINE * len(lines)) / 2
    for number, (text, size, weight, colour) in enumerate(lines):
        axes.text(
            left, first + (number + 0.5) * LINE, text, size=size, weight=weight, color=colour, va="center"
        )


def _piece(axes: Axes, part: str, left: float, top: float, wide: float, high: float) -> None:
    """A piece of a bar; what may be is striped, so that it is told from what is certain without colours too."""
    colours = load_toml("kleuren.toml")["deel"]
    striped = {"hatch": "////", "hatchcolor": colours["misschien_streep"]} if part == STRIPED else {}
    axes.add_patch(
        Rectangle((left, top), wide, high, facecolor=colours[part], edgecolor=EDGE, linewidth=0.6, **striped)
    )
