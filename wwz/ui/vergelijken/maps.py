"""Vergelijken in maps: a series of small ones, and two that move together."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from wwz.ask.area import Area, pinned
from wwz.ask.compare import comparable_codes
from wwz.ask.comparemaps import AREAS, LAYERS, YEARS, Pair, Panel, kin, pair, series, spread, years_of
from wwz.ask.comparewords import pair_sentence, series_sentence
from wwz.ask.layer import Layer, with_texts
from wwz.ask.view import Place
from wwz.knowledge import catalogue
from wwz.maps.boundaries import boundaries
from wwz.maps.drawing import classes_of, scale_of
from wwz.store import Store
from wwz.ui.shared import parts, projection, state
from wwz.ui.shared.classmap import value_map
from wwz.ui.shared.kaart import Position
from wwz.ui.shared.legends import legend
from wwz.ui.shared.smallmaps import SmallMap, small_maps
from wwz.ui.shared.table import Column, Table

PAIR_HEIGHT, PAIR_HEIGHT_PROJECTED = 460, 380
SERIES_TITLES = {AREAS: "Gebieden", YEARS: "Jaren", LAYERS: "Onderwerpen"}
PANEL_COLUMNS = [
    Column("titel", "Kaartje", sub_field="onderwerp"),
    Column("waarde_tekst", "Cijfer", sub_field="marge_tekst", align="right"),
    Column("spreiding", "Laagste en hoogste deel", align="right"),
    Column("jaar_tekst", "Jaar"),
    Column("soort", "Hoe bekend", kind="tag"),
]


def series_view(store: Store, area: Area, code: str) -> None:
    """Small maps on one scale."""
    kind = _series_kind(store, code)
    panels = series(store, area, code, state.view().niveau, kind, pinned(store, state.view().vergelijk))
    scale = scale_of([panel.layer for panel in panels])
    name = f"{catalogue()[code].titel} ({panels[0].layer.unit})" if kind != LAYERS else panels[0].layer.unit
    small_maps([_small(store, panel, scale) for panel in panels], scale, name, key=f"kaartjes-{kind}")
    legend(scale, name, counts=False)
    parts.sentence(series_sentence(panels))
    Table(_panel_rows(store, panels), PANEL_COLUMNS, f"De kaartjes in cijfers: {name}").short(folds=True)
    if kind == AREAS:
        parts.note(
            "Elk kaartje is een gebied, verdeeld in buurten of wijken: dit gebied, gebieden die erop lijken en gebieden die u zelf toevoegt. "
            "Lijkt er geen ander gebied op, dan ziet u de delen waar het cijfer het hoogst is."
        )
    parts.source_line(*[panel.layer.whole["bron"] for panel in panels], store.about()["bron_grenzen"])


def _series_kind(store: Store, code: str) -> str:
    kinds = [AREAS]
    kinds += [YEARS] if len(years_of(store, code)) > 1 else []
    kinds += [LAYERS] if len(kin(store, code)) > 1 else []
    with st.container(key="keuzes-reeks"):
        state.bound(st.segmented_control, "Een kaartje per", "reeks", kinds, format_func=SERIES_TITLES.get)
    return state.view().reeks if state.view().reeks in kinds else kinds[0]


def _small(store: Store, panel: Panel, scale) -> SmallMap:
    file = boundaries(store, panel.area, panel.niveau)
    whole = with_texts(pd.DataFrame([panel.layer.whole]), store.about()["minimum"]).iloc[0]
    _, numbers = classes_of(panel.layer, file.codes if file else (), scale)
    return SmallMap(panel.title, whole["waarde_tekst"], file, numbers)


def _panel_rows(store: Store, panels: Sequence[Panel]) -> pd.DataFrame:
    wholes = pd.DataFrame([panel.layer.whole for panel in panels]).reset_index(drop=True)
    rows = with_texts(wholes, store.about()["minimum"])
    rows["titel"] = [panel.title for panel in panels]
    rows["onderwerp"] = [panel.layer.indicator.titel for panel in panels]
    rows["jaar_tekst"] = [str(panel.layer.jaar) for panel in panels]
    rows["spreiding"] = [spread(panel) for panel in panels]
    return rows


def pair_view(store: Store, area: Area, code: str) -> None:
    """Two maps that pan together."""
    left, right = _sides(store, code)
    found = pair(store, area, state.view().niveau, left, right)
    file = boundaries(store, area, state.view().niveau)
    if file is None:
        parts.empty(
            "Van deze gebieden zijn geen grenzen ingelezen. De tabel hieronder geeft wel alle cijfers."
        )
    else:
        _two_maps(store, file, found)
    parts.sentence(pair_sentence(found, state.view().niveau))
    parts.note(
        "Verschuift u de ene kaart, dan schuift de andere mee. Klik op een gebied om het op beide te zien."
    )
    _pair_table(found)
    parts.source_line(found.left.whole["bron"], found.right.whole["bron"], store.about()["bron_grenzen"])


def _sides(store: Store, code: str) -> tuple[tuple[str, int], tuple[str, int]]:
    """Layer and year of both maps, chosen above them."""
    codes = list(dict.fromkeys([code, *kin(store, code), *comparable_codes(store)]))
    titles = {one: catalogue()[one].titel for one in codes}
    several = len(years_of(store, code)) > 1
    # With one year only, another layer is all that can stand beside it.
    others = ["", *codes[1:]] if several else codes[1:]
    with st.container(key="keuzes-paar"):
        left, right = st.columns(2, gap="medium")
        with left:
            _year("Jaar van de linkerkaart", "jaar", years_of(store, code))
        with right:
            state.bound(
                st.selectbox, "Op de rechterkaart", "met", others, also={"metjaar": 0},
                format_func=lambda one: titles[one] if one else "Hetzelfde, in een ander jaar",
            )  # fmt: skip
            met = state.view().met if state.view().met in others else others[0]
            _year("Jaar van de rechterkaart", "metjaar", years_of(store, met or code))
    newest, *older = years_of(store, code)
    year, other = state.view().jaar or (older[-1] if older and not met else newest), state.view().metjaar
    return (code, year), (met or code, other or years_of(store, met or code)[0])


def _year(label: str, field: str, years: Sequence[int]) -> None:
    if len(years) > 1:
        state.bound(
            st.selectbox,
            label,
            field,
            [0, *years],
            format_func=lambda one: str(one) if one else "Automatisch",
        )


def _two_maps(store: Store, file, found: Pair) -> None:
    shared = scale_of([found.left, found.right]) if found.years else None
    with st.container(key="paarkaarten"):
        columns = st.columns(2, gap="medium")
    for number, (column, shown) in enumerate(zip(columns, (found.left, found.right), strict=True)):
        with column:
            _one_map(store, file, shown, shared or scale_of([shown]), first=number == 0)


def _one_map(store: Store, file, shown: Layer, scale, *, first: bool) -> None:
    title = f"{shown.indicator.titel}, {shown.jaar} ({shown.unit})"
    st.header(_head(shown) if projection.is_on() else title, anchor=False)
    place = state.view().plaats
    event = value_map(
        file, shown.values, scale, title,
        minimum=shown.minimum, reasons=shown.absent,
        key=f"paar-{'links' if first else 'rechts'}",
        height=PAIR_HEIGHT_PROJECTED if projection.is_on() else PAIR_HEIGHT,
        attribution=store.about()["bron_grenzen"],
        selected=state.view().gekozen,
        on_click=state.choose_area,
        position=Position(place.lat, place.lon, place.zoom) if place else None,
        together="paar",
        tell_position=first,
    )  # fmt: skip
    if first:
        seen = event.position
        state.change(plaats=Place(round(seen.lat, 4), round(seen.lon, 4), seen.zoom) if seen else None)


def _head(side: Layer) -> str:
    """A layer in few words."""
    who = f" {side.indicator.groep}" if side.indicator.groep else ""
    return f"{side.indicator.kort}{who}, {side.jaar} ({side.unit})"


def _pair_table(found: Pair) -> None:
    Table(
        found.rows,
        [
            Column("naam", "Gebied"),
            Column(
                "links",
                _head(found.left),
                text_field="links_tekst",
                kind="number",
                sub_field="links_marge",
                tag_field="links_soort",
            ),
            Column(
                "rechts",
                _head(found.right),
                text_field="rechts_tekst",
                kind="number",
                sub_field="rechts_marge",
                tag_field="rechts_soort",
            ),
            Column("oordeel", "Verandering" if found.years else "Samen"),
        ],
        f"{_head(found.left)} en {_head(found.right)}",
    ).sortable(
        key="tabel-paar", selected=state.view().gekozen or None, rows_per_page=25, on_pick=state.choose_area
    )
