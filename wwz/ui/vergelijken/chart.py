"""Charts of the comparison: ranked dots with intervals, and need against distance. In Dutch, without a network."""

import html
import textwrap

import pandas as pd
import plotly.graph_objects as go

from wwz.ask.compare import AROUND, CHOSEN, HERE, SIMILAR
from wwz.ask.quadrant import FIRST, UNCLEAR, Quadrant
from wwz.ui.shared.palette import ACCENT, BODY, CLEAR, INK, NEED, OWN, SOFT, TRACK, WHITE

LOOKS = {
    HERE: (ACCENT, "circle"),
    AROUND: (INK, "diamond"),
    SIMILAR: (NEED, "circle"),
    CHOSEN: (OWN, "square"),
}
MOST_NAMES = 6
TWO_LINES = 40  # pixels
LONGEST_LINE = 24  # characters of a name beside the dots: on a phone the dots need the room
ROOM_X, ROOM_Y = 0.16, 0.06  # of the axes, around a name
FONT = '"Source Sans", sans-serif'


def ranked_dots(rows: pd.DataFrame, unit: str, pitch: int = 29) -> go.Figure:
    """One dot with its interval per area, the highest on top; the interval of the area itself as a band.

    Parameters
    ----------
    rows
        As `wwz.compare.side_by_side` gives them.
    unit
        For the axis.
    pitch
        Height of a row in pixels.
    """
    places = list(range(len(rows)))
    figure = go.Figure()
    for role, (colour, symbol) in LOOKS.items():
        part = rows[(rows["rol"] == role) & rows["waarde"].notna()]
        if part.empty:
            continue
        above = (part["boven"] - part["waarde"]).fillna(0)
        below = (part["waarde"] - part["onder"]).fillna(0)
        figure.add_scatter(
            x=part["waarde"].tolist(), y=part.index.tolist(), mode="markers", name=role,
            marker={"color": colour, "symbol": symbol, "size": 13, "line": {"color": WHITE, "width": 1}},
            error_x={"type": "data", "symmetric": False, "array": above.tolist(), "arrayminus": below.tolist(),
                     "color": colour, "thickness": 2, "width": 5},
            customdata=[_safe(_words(row)) for row in part.itertuples()], hovertemplate="%{customdata}<extra></extra>",
        )  # fmt: skip
    _band(figure, rows)
    labels = [f"{_lines(row.naam, row.accent)}  <b>{_safe(row.kort)}</b>" for row in rows.itertuples()]
    # A name of two lines needs room for both.
    pitch = max(pitch, TWO_LINES) if any("<br>" in label for label in labels) else pitch
    _style(figure)
    figure.update_layout(height=len(rows) * pitch + 75, margin={"l": 0, "r": 10, "t": 30, "b": 40})
    figure.update_yaxes(
        tickvals=places, ticktext=labels, range=[len(rows) - 0.4, -0.6], showgrid=True, gridcolor=TRACK
    )
    figure.update_xaxes(title=_safe(unit), rangemode="tozero")
    return figure


def _band(figure: go.Figure, rows: pd.DataFrame) -> None:
    here = rows[rows["accent"].astype(bool) & rows["onder"].notna() & rows["boven"].notna()]
    for row in here.itertuples():
        figure.add_vrect(
            x0=row.onder, x1=row.boven, fillcolor=ACCENT, opacity=0.1, line_width=0, layer="below"
        )


def need_against_distance(
    found: Quadrant, x_title: str, y_title: str, selected: str, height: int = 480
) -> go.Figure:
    """Every area as a dot; the lines are the figures of the whole area, and the corner that asks attention is tinted."""
    rows = found.rows
    figure = go.Figure()
    top, right = float(rows["y"].max()) * 1.08, float(rows["x"].max()) * 1.08
    figure.add_shape(
        type="rect", x0=found.x_middle, x1=right, y0=found.y_middle, y1=top, fillcolor=ACCENT, opacity=0.07, line_width=0, layer="below"
    )  # fmt: skip
    colours = [ACCENT if part == FIRST else NEED for part in rows["vak"]]
    symbols = ["circle-open" if part == UNCLEAR else "circle" for part in rows["vak"]]
    lines = [2 if part == UNCLEAR else 1 for part in rows["vak"]]
    sizes = [18 if code == selected else 11 for code in rows["gebied"]]
    figure.add_scatter(
        x=rows["x"].tolist(), y=rows["y"].tolist(), mode="markers", showlegend=False,
        marker={"color": colours, "size": sizes, "symbol": symbols, "line": {"width": lines, "color": [NEED if part == UNCLEAR else WHITE for part in rows["vak"]]}},
        customdata=[_safe(f"{row.naam}: {row.y_tekst}, {row.x_tekst}") for row in rows.itertuples()],
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    figure.add_vline(x=found.x_middle, line={"color": SOFT, "dash": "dash", "width": 1.5})
    figure.add_hline(y=found.y_middle, line={"color": SOFT, "dash": "dash", "width": 1.5})
    for row in _named(found, right, top):
        figure.add_annotation(
            x=row.x,
            y=row.y,
            text=_safe(row.naam),
            showarrow=False,
            yshift=14,
            font={"size": 13, "color": BODY},
        )
    _style(figure)
    figure.update_layout(height=height, margin={"l": 10, "r": 10, "t": 20, "b": 50})
    figure.update_xaxes(title=_safe(x_title), range=[0, right])
    figure.update_yaxes(title=_safe(y_title), range=[0, top], showgrid=True, gridcolor=TRACK)
    return figure


def _named(found: Quadrant, right: float, top: float) -> list:
    """The areas that ask attention most, without names that would stand over each other."""
    first = found.rows[found.rows["vak"] == FIRST]
    order = first.assign(ver=first["x"] / found.x_middle * first["y"] / found.y_middle).sort_values(
        "ver", ascending=False
    )
    named: list = []
    for row in order.itertuples():
        near = (
            abs(row.x - other.x) < ROOM_X * right and abs(row.y - other.y) < ROOM_Y * top for other in named
        )
        if len(named) < MOST_NAMES and not any(near):
            named.append(row)
    return named


def _style(figure: go.Figure) -> None:
    font = {"family": FONT, "size": 14, "color": BODY}
    figure.update_layout(
        font=font, separators=",.", dragmode=False, hovermode="closest", paper_bgcolor=CLEAR,
        plot_bgcolor=CLEAR, hoverlabel={"bgcolor": WHITE, "bordercolor": INK, "font": font},
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "itemclick": False, "itemdoubleclick": False},
    )  # fmt: skip
    figure.update_xaxes(fixedrange=True, zeroline=False, gridcolor=TRACK, automargin=True)
    figure.update_yaxes(fixedrange=True, zeroline=False, automargin=True)


def _words(row) -> str:
    return f"{row.naam}: {row.tekst}" + (
        f" (tussen {row.marge.replace(' tot ', ' en ')})" if row.marge else ""
    )


def _lines(name: str, accent: bool) -> str:
    return "<br>".join(_bold(line, accent) for line in textwrap.wrap(name, LONGEST_LINE))


def _bold(text: str, accent: bool) -> str:
    return f"<b>{_safe(text)}</b>" if accent else _safe(text)


def _safe(text: object) -> str:
    return html.escape(str(text), quote=False)
