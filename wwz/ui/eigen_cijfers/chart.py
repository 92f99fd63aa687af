"""Dots: what the municipality counts against the estimate with its margin, a line per area."""

from __future__ import annotations

import html

import pandas as pd
import plotly.graph_objects as go

from wwz.ui.shared.palette import ACCENT, BODY, CLEAR, INK, NEED, TRACK, WHITE

MOST = 15
ROW = 30
LETTERS = 26


def dots(rows: pd.DataFrame) -> go.Figure:
    """The areas where count and estimate differ most.

    Parameters
    ----------
    rows
        Columns naam, aantal, schatting, onder and boven (people), in the order to show; rows with a missing number
        are left out.
    """
    shown = drawn(rows)
    names = [
        html.escape(n if len(n) <= LETTERS else f"{n[: LETTERS - 1]}…", quote=False) for n in shown["naam"]
    ]
    places = list(range(len(shown)))
    figure = go.Figure()
    figure.add_scatter(
        x=shown["schatting"].tolist(),
        y=places,
        mode="markers",
        name="schatting met marge",
        marker={"color": NEED, "size": 9, "symbol": "line-ns-open", "line": {"width": 3}},
        error_x={
            "type": "data", "symmetric": False, "array": (shown["boven"] - shown["schatting"]).tolist(),
            "arrayminus": (shown["schatting"] - shown["onder"]).tolist(), "color": NEED, "thickness": 2, "width": 4,
        },
        hovertemplate="schatting: ongeveer %{x:,.2r} mensen<extra></extra>",
    )  # fmt: skip
    figure.add_scatter(
        x=shown["aantal"].tolist(),
        y=places,
        mode="markers",
        name="opgegeven",
        marker={"color": ACCENT, "size": 11, "line": {"color": WHITE, "width": 1}},
        hovertemplate="opgegeven: %{x:,.0f} mensen<extra></extra>",
    )
    axis = {"fixedrange": True, "gridcolor": TRACK, "automargin": True, "zeroline": False}
    font = {"family": '"Source Sans", sans-serif', "size": 14, "color": BODY}
    return figure.update_layout(
        height=ROW * max(1, len(shown)) + 120,
        margin={"l": 10, "r": 10, "t": 10, "b": 10},
        legend={
            "orientation": "h",
            "y": 1.0,
            "yanchor": "bottom",
            "x": 0,
            "itemclick": False,
            "itemdoubleclick": False,
        },
        dragmode=False,
        separators=",.",
        font=font,
        paper_bgcolor=CLEAR,
        plot_bgcolor=CLEAR,
        xaxis=axis
        | {"rangemode": "tozero", "tickformat": ",.0f", "title": {"text": "mensen", "standoff": 8}},
        yaxis=axis | {"tickvals": places, "ticktext": names, "autorange": "reversed"},
        hoverlabel={"bgcolor": WHITE, "bordercolor": INK, "font": font},
    )


def drawn(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that can be drawn."""
    return rows.dropna(subset=["aantal", "schatting", "onder", "boven"]).head(MOST)
