"""Now and the fair share of every gemeente, as two dots with a line between them."""

from __future__ import annotations

import html

import plotly.graph_objects as go

from wwz.region.spread import Spreiding
from wwz.region.words import amount, difference
from wwz.ui.shared.palette import ACCENT, BODY, CLEAR, INK, TRACK, TRACK_LINE, WHITE

ROW, SIZE = 52, 14
LETTERS = 34


def dots(made: Spreiding) -> go.Figure:
    """A row per gemeente: its name at the left and the difference at the right, above its two dots."""
    shares, places = made.aandelen, list(range(len(made.aandelen)))
    figure = go.Figure()
    for place, share in zip(places, shares, strict=True):
        figure.add_scatter(
            x=[share.nu, share.eerlijk], y=[place, place], mode="lines", line={"color": TRACK_LINE, "width": 4},
            hoverinfo="skip", showlegend=False,
        )  # fmt: skip
        _beside(figure, place, f"<b>{_short(share.deel.naam)}</b>", "left")
        _beside(figure, place, f"<b>{difference(made.reeks, share.deel, share.verschil)}</b>", "right")
    for name, values, symbol, colour in (
        ("nu", [s.nu for s in shares], "circle", ACCENT),
        ("eerlijk deel", [s.eerlijk for s in shares], "diamond", INK),
    ):
        figure.add_scatter(
            x=values, y=places, mode="markers", name=name,
            marker={"symbol": symbol, "size": SIZE, "color": colour, "line": {"color": WHITE, "width": 1}},
            customdata=[f"{html.escape(s.deel.naam)}, {name}: {amount(made.reeks, v)} mensen" for s, v in zip(shares, values, strict=True)],
            hovertemplate="%{customdata}<extra></extra>",
        )  # fmt: skip
    font = {"family": '"Source Sans", sans-serif', "size": 14, "color": BODY}
    return figure.update_layout(
        height=ROW * len(shares) + 90, margin={"l": 10, "r": 10, "t": 30, "b": 48}, font=font, dragmode=False,
        separators=",.", paper_bgcolor=CLEAR, plot_bgcolor=CLEAR, hovermode="closest",
        hoverlabel={"bgcolor": WHITE, "bordercolor": INK, "font": font},
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "itemclick": False, "itemdoubleclick": False},
        xaxis={"fixedrange": True, "gridcolor": TRACK, "rangemode": "tozero", "tickformat": ",.0f", "title": {"text": "mensen", "standoff": 12},
               "zeroline": False},
        yaxis={"fixedrange": True, "visible": False, "range": [len(shares) - 0.5, -0.75]},
    )  # fmt: skip


def _beside(figure: go.Figure, place: int, text: str, side: str) -> None:
    figure.add_annotation(
        text=text, x=0 if side == "left" else 1, xref="paper", xanchor=side, y=place, yanchor="bottom", yshift=8,
        showarrow=False, font={"color": BODY, "size": 14},
    )  # fmt: skip


def _short(name: str) -> str:
    return html.escape(name if len(name) <= LETTERS else f"{name[: LETTERS - 1]}…", quote=False)
