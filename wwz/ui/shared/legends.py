"""Legends: what colours, dots, lines and the parts of a bar mean. All texts are escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from wwz.maps.classes import Classes
from wwz.ui.shared.look import current_look
from wwz.ui.shared.maplayer import MapLayer
from wwz.ui.shared.terms import explained
from wwz.words.numbers import dutch


def legend(classes: Classes, name: str, *, counts: bool = True) -> None:
    """Classes and colours of the map, with the number of areas in each, and a row for each reason why an area has no number.

    `counts`: off where several maps share the legend.
    """
    cells = _cells(classes.colours, classes.labels, [_count(count, counts) for count in classes.counts])
    missing = "".join(
        f'<li><span class="wwz-vlak wwz-leeg wwz-leeg-{row.look.sign}"></span><span>{explained(row.label)}</span>'
        f"{_count(row.count, counts)}</li>"
        for row in classes.absent
    )
    about = (
        "Achter elke klasse staat het aantal gebieden." if counts else "Een kleur betekent overal hetzelfde."
    )
    st.html(f'<ul class="wwz-legenda" aria-label="Legenda: {escape(name)}. {about}">{cells}{missing}</ul>')


def layer_legend(layer: MapLayer) -> None:
    """Which colour of a layer means what, where every area has a class and nothing is counted."""
    cells = _cells(layer.colours, layer.labels, [""] * len(layer.labels))
    st.html(f'<ul class="wwz-legenda" aria-label="Legenda: {escape(layer.title)}">{cells}</ul>')


def _cells(colours: Sequence[str], labels: Sequence[str], after: Sequence[str]) -> str:
    rows = zip(current_look().colours(tuple(colours)), labels, after, strict=True)
    return "".join(
        f'<li><span class="wwz-vlak" style="background:{escape(colour)}"></span>{escape(label)}{more}</li>'
        for colour, label, more in rows
    )


def _count(number: int, shown: bool) -> str:
    return f'<span class="wwz-klein">{dutch(number)}</span>' if shown else ""


def point_legend(points) -> None:
    """Which colour of dot is which kind of voorziening. `points`: as drawn on the map."""
    items = "".join(
        f'<li><span class="wwz-stip{" wwz-ring" if getattr(p, "hollow", False) else ""}" style="background:{escape(p.colour)}"></span>'
        f"{escape(p.title)}</li>"
        for p in points
    )
    if items:
        st.html(f'<ul class="wwz-legenda" aria-label="Legenda van de stippen">{items}</ul>')


def outline_legend(text: str) -> None:
    """What the dashed outline of the second layer means."""
    st.html(f'<ul class="wwz-legenda"><li><span class="wwz-vlak wwz-omlijnd"></span>{escape(text)}</li></ul>')


def part_legend(looks: Mapping[str, str]) -> None:
    """What the parts of a bar mean. `looks`: the name of its look (table.css) → words."""
    items = "".join(
        f'<li><span class="wwz-vlak wwz-part-{escape(name)}"></span>{escape(words)}</li>'
        for name, words in looks.items()
    )
    st.html(f'<ul class="wwz-legenda" aria-label="Legenda van de balken">{items}</ul>')
