"""The line from now to 2050 with its band."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from wwz.maps import inks
from wwz.maps.inks import see_through
from wwz.ui.shared.palette import ACCENT, BODY, CLEAR, INK, NEED, SOFT, TRACK, WHITE

HEIGHT = 300
BAND = see_through(inks.BAND, 0.22)


def line_with_band(rows: pd.DataFrame, base: pd.DataFrame, unit: str) -> go.Figure:
    """One line with the interval around it, and the base scenario as a dashed line where it differs.

    Parameters
    ----------
    rows, base
        Columns jaar, teller, onder and boven, in `unit`; missing is unknown.
    unit
        What is counted, such as ``mensen``.
    """
    figure = go.Figure()
    known = rows.dropna(subset=["teller"])
    figure.add_scatter(
        x=[*known["jaar"], *known["jaar"][::-1]],
        y=[*known["boven"], *known["onder"][::-1]],
        mode="lines",
        fill="toself",
        fillcolor=BAND,
        line={"width": 0},
        hoverinfo="skip",
        name="marge",
    )
    if not known["teller"].reset_index(drop=True).equals(base["teller"].dropna().reset_index(drop=True)):
        figure.add_scatter(
            x=base["jaar"], y=base["teller"], mode="lines", name="basis",
            line={"color": SOFT, "dash": "dot", "width": 2}, hovertemplate="basis: %{y:,.0f}<extra></extra>",
        )  # fmt: skip
    figure.add_scatter(
        x=known["jaar"],
        y=known["teller"],
        mode="lines+markers",
        name=unit,
        line={"color": NEED, "width": 3},
        marker={"color": INK, "size": 8},
        hovertemplate=f"%{{x}}: ongeveer %{{y:,.2r}} {unit}<extra></extra>",
    )
    return figure.update_layout(**_look(known, unit))


def _look(known: pd.DataFrame, unit: str) -> dict[str, Any]:
    font = {"family": '"Source Sans", sans-serif', "size": 14, "color": BODY}
    axis = {"fixedrange": True, "gridcolor": TRACK, "zeroline": False, "automargin": True}
    top = float(known["boven"].max()) if len(known) else 1.0
    return {
        "height": HEIGHT,
        "margin": {"l": 10, "r": 10, "t": 10, "b": 10},
        "showlegend": False,
        "dragmode": False,
        "separators": ",.",
        "font": font,
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "xaxis": axis | {"tickvals": list(known["jaar"]), "title": {"text": "jaar"}},
        "yaxis": axis | {"range": [0, top * 1.08], "tickformat": ",.0f", "title": {"text": unit}},
        "hoverlabel": {"bgcolor": WHITE, "bordercolor": ACCENT, "font": font},
    }
