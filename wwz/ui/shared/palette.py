"""Colours of the charts, and how any chart is dressed for a dark room."""

from __future__ import annotations

import json

import plotly.graph_objects as go

from wwz.maps import inks
from wwz.maps.inks import ACCENT, BODY, CLEAR, INK, NEED, OWN, SOFT, TRACK, TRACK_LINE, WHITE

__all__ = [
    "ACCENT", "BODY", "INK", "NEED", "CLEAR", "ON_DARK", "OWN", "PAPER_DARK", "RAMP", "SOFT", "TRACK", "TRACK_LINE", "WHITE",
    "dark_figure", "large_figure",
]  # fmt: skip
# From light to dark; the second colour is that of text on it.
RAMP = (
    ("#BFDEDD", BODY),
    ("#86BFC1", BODY),
    (inks.BAND, BODY),
    (NEED, WHITE),
    (INK, WHITE),
    ("#06262F", WHITE),
)
# A colour of a chart, and the one that does the same on a dark screen. Fills that carry text stay what they are.
ON_DARK = inks.ON_DARK
PAPER_DARK = ON_DARK[WHITE]


_PIXELS = {"size", "thickness", "yshift", "xshift", "height", "l", "r", "t", "b"}


def large_figure(figure: go.Figure, factor: float) -> go.Figure:
    """The same chart with letters, rows and lines `factor` times as large; its width stays that of the page."""
    return go.Figure(_enlarged(json.loads(figure.to_json()), factor))


def _enlarged(part: object, factor: float, within: str = "") -> object:
    if isinstance(part, list):
        return [_enlarged(value, factor, within) for value in part]
    if not isinstance(part, dict):
        return part
    grown = {}
    for name, value in part.items():
        # The width of a line is in pixels; that of a bar is a share of the axis.
        pixels = name in _PIXELS or (name == "width" and within in ("line", "error_x", "error_y"))
        if pixels and isinstance(value, int | float):
            grown[name] = value * factor
        elif pixels and isinstance(value, list):
            grown[name] = [one * factor for one in value]
        else:
            grown[name] = _enlarged(value, factor, name)
    return grown


def dark_figure(figure: go.Figure) -> go.Figure:
    """The same chart in the colours of a dark screen."""
    return go.Figure(_recoloured(json.loads(figure.to_json())))


def _recoloured(part: object) -> object:
    if isinstance(part, dict):
        # Segments with text inside keep their colours: text and fill were chosen together.
        if part.get("type") == "bar" and "insidetextanchor" in part:
            return part
        return {name: _recoloured(value) for name, value in part.items()}
    if isinstance(part, list):
        return [_recoloured(value) for value in part]
    return ON_DARK.get(part.upper(), part) if isinstance(part, str) and part.startswith("#") else part
