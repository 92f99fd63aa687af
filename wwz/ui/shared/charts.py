"""Two small charts, in Dutch, that need no network and read on a phone.

Names come from the data, and plotly takes some HTML in its texts: every text is escaped here. A chart is always shown
through `show_chart`, with the same in words.
"""

import html
import textwrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from wwz.ui.shared import projection
from wwz.ui.shared.celltext import MISSING
from wwz.ui.shared.chartwords import describe, in_words, value_of
from wwz.ui.shared.palette import (
    ACCENT,
    BODY,
    CLEAR,
    INK,
    NEED,
    RAMP,
    SOFT,
    TRACK,
    TRACK_LINE,
    WHITE,
    dark_figure,
    large_figure,
)

__all__ = [
    "ACCENT",
    "BODY",
    "INK",
    "NEED",
    "SOFT",
    "TRACK",
    "age_bars",
    "compare_bars",
    "describe",
    "show_chart",
]

CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "displaylogo": False,
    "doubleClick": False,
    "scrollZoom": False,
    "showTips": False,
    "typesetMath": False,
    "locale": "nl",
    "locales": {"nl": {"dictionary": {}, "format": {"decimal": ",", "thousands": "."}}},
}
_LETTERS = 34  # that fit beside a value in 320 pixels
_INSIDE = 12.0  # per cent of the bar that a text needs


def show_chart(figure: go.Figure, description: str, *, key: str) -> None:
    """Show a chart with its description, which screen readers get for the chart."""
    shown = large_figure(figure, projection.CHART_SCALE) if projection.is_on() else figure
    shown = dark_figure(shown) if projection.is_dark() else shown
    st.plotly_chart(shown, theme=None, config=CONFIG, alt=description, key=key)
    st.html(f'<p lang="nl" class="wwz-bron">{_safe(description)}</p>')


def compare_bars(rows: pd.DataFrame, unit: str, title: str = "", scale: float = 1.0) -> go.Figure:
    """One thin bar per area, with its name, its value and the interval as whiskers.

    Parameters
    ----------
    rows
        Columns ``naam``, ``waarde``, ``onder``, ``boven`` (in `unit`; missing is unknown), ``tekst`` (the value as to
        show it, such as ``<10`` for one that is missing because it may not be shown) and ``accent`` (bool, the area it is about); in the order to show.
    unit
        ``%`` or a word, such as ``mensen``.
    title
        Heading above the chart; none if empty.
    scale
        Enlarges text and rows, for projection.
    """
    known = rows["waarde"].notna()
    top = float(rows[["waarde", "boven"]].max(axis=None)) if known.any() else 1.0
    top = top or 1.0
    labels = [_wrapped(name) for name in rows["naam"]]
    pitch = (64 if any("<br>" in label for label in labels) else 46) * scale
    places = list(range(len(rows)))
    figure = go.Figure()
    figure.add_bar(
        orientation="h",
        y=places,
        x=[top] * len(rows),
        width=10 * scale / pitch,
        marker=_tracks(known),
        hoverinfo="skip",
    )
    figure.add_bar(
        orientation="h",
        y=places,
        x=rows["waarde"].tolist(),
        width=10 * scale / pitch,
        marker_color=[ACCENT if accent else NEED for accent in rows["accent"]],
        error_x=_whiskers(rows, scale),
        customdata=[_safe(in_words(row, unit)) for row in rows.itertuples()],
        hovertemplate="%{customdata}<extra></extra>",
    )
    for place, (row, label) in enumerate(zip(rows.itertuples(), labels, strict=True)):
        _label(figure, place, f"<b>{label}</b>" if row.accent else label, "left", scale)
        _label(figure, place, f"<b>{_safe(value_of(row))}</b>", "right", scale)
    return _styled(figure, title, pitch, len(rows), [0, top * 1.01], scale)


def age_bars(rows: pd.DataFrame, title: str = "", scale: float = 1.0) -> go.Figure:
    """How the people of each area are divided over groups: one bar of 100% per area.

    Parameters
    ----------
    rows
        Columns ``naam``, ``groep``, ``waarde`` (people or shares, not negative; missing is unknown) and ``tekst``. Areas
        and groups keep the order in which they first come. An area with an unknown part gets no bar: the other
        parts would look too large.

    Raises
    ------
    ValueError
        With more groups than there are colours.
    """
    groups, names = list(dict.fromkeys(rows["groep"])), list(dict.fromkeys(rows["naam"]))
    if len(groups) > len(RAMP):
        raise ValueError(f"age_bars has {len(RAMP)} colours, not {len(groups)}")
    known = rows.groupby("naam")["waarde"].agg(lambda values: values.notna().all())
    total = rows.groupby("naam")["waarde"].sum()
    pitch = 62 * scale
    figure = go.Figure()
    # Spread over the ramp, so that few groups differ much.
    picks = [RAMP[round(i * (len(RAMP) - 2) / max(1, len(groups) - 1))] for i in range(len(groups))]
    picks = list(RAMP) if len(groups) == len(RAMP) else picks
    for group, (colour, ink) in zip(groups, picks, strict=False):
        part = rows[(rows["groep"] == group) & rows["naam"].map(known) & (rows["naam"].map(total) > 0)]
        share = 100 * part["waarde"] / part["naam"].map(total)
        figure.add_bar(
            orientation="h",
            y=[names.index(name) for name in part["naam"]],
            x=share.tolist(),
            name=_safe(group),
            width=24 * scale / pitch,
            marker={"color": colour, "line": {"color": WHITE, "width": 1.5}},
            text=[_safe(text) if s >= _INSIDE else "" for text, s in zip(part["tekst"], share, strict=True)],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"color": ink, "size": 13 * scale},
            customdata=[_safe(f"{row.naam}, {row.groep}: {row.tekst}") for row in part.itertuples()],
            hovertemplate="%{customdata}<extra></extra>",
        )
    for place, name in enumerate(names):
        _label(figure, place, _wrapped(name), "left", scale, shift=14)
        if not (known[name] and total[name] > 0):
            _label(figure, place, f"<b>{MISSING}</b>", "right", scale, shift=14)
    _styled(figure, title, pitch, len(names), [0, 100], scale)
    room = 26 * scale * len(groups)
    legend = {"orientation": "v", "x": 0, "xanchor": "left", "y": 0, "yanchor": "top", "traceorder": "normal"}
    figure.update_layout(barmode="stack", barcornerradius=0, showlegend=True, legend=legend | _LEGEND)
    return figure.update_layout(height=figure.layout.height + room, margin_b=room)


_LEGEND = {"itemclick": False, "itemdoubleclick": False, "bgcolor": CLEAR}


def _safe(text: str) -> str:
    return html.escape(str(text), quote=False)


def _wrapped(name: str) -> str:
    lines = textwrap.wrap(str(name), _LETTERS, max_lines=2, placeholder=" …") or [""]
    return "<br>".join(_safe(line) for line in lines)


def _tracks(known: pd.Series) -> dict[str, Any]:
    """The grey bar behind each value; hatched where the value is unknown."""
    shapes = ["" if yes else "/" for yes in known]
    return {"color": TRACK, "pattern": {"shape": shapes, "fgcolor": TRACK_LINE, "bgcolor": TRACK, "size": 6}}


def _whiskers(rows: pd.DataFrame, scale: float) -> dict[str, Any]:
    both = rows[["waarde", "onder", "boven"]].notna().all(axis=1)
    above = (rows["boven"] - rows["waarde"]).where(both, 0).astype(float)
    below = (rows["waarde"] - rows["onder"]).where(both, 0).astype(float)
    look = {"color": BODY, "thickness": 1.5 * scale, "width": 4 * scale}
    return {"type": "data", "symmetric": False, "array": above.tolist(), "arrayminus": below.tolist()} | look


def _label(figure: go.Figure, place: int, text: str, side: str, scale: float, shift: float = 6) -> None:
    figure.add_annotation(
        text=text,
        x=0 if side == "left" else 1,
        xref="paper",
        xanchor=side,
        y=place,
        yanchor="bottom",
        yshift=shift * scale,
        align=side,
        showarrow=False,
        borderpad=0,
        font={"color": BODY if side == "left" else INK, "size": 14 * scale},
    )


def _styled(
    figure: go.Figure, title: str, pitch: float, rows: int, across: list[float], scale: float
) -> go.Figure:
    heading = "<br>".join(_safe(line) for line in textwrap.wrap(title, _LETTERS))
    room = (24 * (heading.count("<br>") + 1) + 6) * scale if heading else 0
    font = {"family": '"Source Sans", sans-serif', "size": 14 * scale, "color": BODY}
    hidden = {"visible": False, "fixedrange": True}
    figure.update_layout(
        barmode="overlay",
        barcornerradius=5 * scale,
        showlegend=False,
        dragmode=False,
        hovermode="closest",
        separators=",.",
        font=font,
        paper_bgcolor=CLEAR,
        plot_bgcolor=CLEAR,
        margin={"l": 0, "r": 0, "t": room, "b": 0},
        height=max(1, rows) * pitch + room,
        xaxis=hidden | {"range": across},
        # The first row on top, with room above each bar for its name.
        yaxis=hidden | {"range": [rows - 0.7, -0.7]},
        hoverlabel={"bgcolor": WHITE, "bordercolor": INK, "font": font},
    )
    if heading:
        bold = {"size": 17 * scale, "color": INK, "weight": 700}
        place = {"x": 0, "xref": "paper", "xanchor": "left", "y": 1, "yref": "container", "yanchor": "top"}
        figure.update_layout(title={"text": heading, "font": bold, "automargin": False} | place)
    return figure
