"""The choice column of the map: theme, layer, and what else to draw."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from wwz.ask.area import Area
from wwz.ask.change import comparable_years, shown_layer, years_of_change
from wwz.ask.layer import Layer, available, layers
from wwz.ask.scale import can_choose_scale
from wwz.ask.shown import CHANGE
from wwz.ask.view import MOST_KINDS
from wwz.knowledge import catalogue, themes
from wwz.store import Store
from wwz.ui.shared import state
from wwz.ui.shared.folds import folded

LEVEL_TITLES = {"buurt": "Buurten", "wijk": "Wijken", "gemeente": "Gemeenten"}
MEASURE_TITLES = {"aandeel": "Aandeel", "aantal": "Aantal", CHANGE: "Verandering"}
SCALE_TITLES = {"gemeente": "Van de gemeente", "land": "Van alle gemeenten"}
OUTLINE_TITLES = {"geen": "Geen", "wijk": "Wijken", "gemeente": "Gemeenten"}


def layer_choices(store: Store, area: Area) -> None:
    """Everything a visitor chooses for the map; the choices end up in the view."""
    catalog = layers(store)
    code = _theme_and_layer(catalog)
    with st.container(horizontal=True):
        _group(catalog, code)
        _level(area)
        _measure(store)
    folded("Meer op de kaart", partial(_extras, store, area), key="meer-op-de-kaart")


def current_layer(store: Store) -> str:
    """Code of the layer in the view, or of the first layer that has figures."""
    codes = list(layers(store)["code"])
    chosen = state.view().laag
    return chosen if chosen in codes else codes[0]


def chosen_layer(store: Store, area: Area) -> Layer:
    """The figures of what is chosen."""
    view = state.view()
    return shown_layer(store, area, current_layer(store), view.niveau, view)


def _theme_and_layer(catalog: pd.DataFrame) -> str:
    code = state.view().laag if state.view().laag in set(catalog["code"]) else catalog["code"].iloc[0]
    current = catalogue()[code]
    with_figures = [t for t in themes() if (catalog["thema"] == t.code).any()]
    titles = {t.code: t.titel for t in with_figures}

    def first_of(theme: str) -> str:
        return catalog.loc[catalog["thema"] == theme, "code"].iloc[0]

    def same_group(layer: str) -> str:
        options = list(catalog.loc[catalog["laag"] == layer, "code"])
        return next((one for one in options if catalogue()[one].groep == current.groep), options[0])

    _pick(st.selectbox, "Wat wilt u zien?", titles, current.thema, "thema", first_of)
    rows = catalog[catalog["thema"] == current.thema]
    layers = rows.drop_duplicates("laag").set_index("laag")["kort"].to_dict()
    key = f"laag-{current.thema}"
    _pick(st.radio, "Laag", layers, current.laag, key, same_group, label_visibility="collapsed")
    note = next(t.toelichting for t in with_figures if t.code == current.thema)
    if note:
        st.caption(note)
    if code != state.view().laag:
        state.change(laag=code, jaar=0)
    return code


def _group(catalog: pd.DataFrame, code: str) -> None:
    options = {
        row.code: catalogue()[row.code].groep
        for row in catalog.itertuples()
        if row.laag == catalogue()[code].laag
    }
    if len(options) > 1:
        titles = [catalogue()[option].titel.rsplit(", ", 1)[-1] for option in options]
        state.bound(
            st.segmented_control,
            "Voor wie?" if catalogue()[code].thema != "voorzieningen" else "Hoe ver, en voor wie?",
            "laag",
            list(options),
            format_func=options.get,
            help=" of ".join(titles),
            also={"jaar": 0},
        )


def _pick(
    widget: Callable[..., Any],
    label: str,
    titles: dict[str, str],
    current: str,
    key: str,
    layer_of: Callable[[str], str],
    **kwargs: Any,
) -> None:
    """A widget that chooses a layer by something else; `layer_of` says which layer belongs to what was chosen."""
    key = f"kies-{key}"
    state.show(key, current, list(titles), titles.get)

    def store_choice() -> None:
        chosen = st.session_state[key]
        if chosen in titles and not state.is_step():
            state.change(laag=layer_of(chosen), jaar=0)

    widget(label, list(titles), key=key, format_func=titles.get, on_change=store_choice, **kwargs)


def _level(area: Area) -> None:
    state.bound(
        st.segmented_control,
        "Per",
        "niveau",
        list(area.levels),
        format_func=LEVEL_TITLES.get,
        also={"gekozen": ""},
    )


def smaller_level(area: Area) -> str:
    """Choose how an area is divided: the level of the view, or the smallest where the area itself is of that level."""
    levels = [level for level in area.levels if level != area.niveau] or [area.smallest]
    state.bound(st.segmented_control, "Per", "niveau", levels, format_func=LEVEL_TITLES.get)
    return state.view().niveau if state.view().niveau in levels else levels[0]


def _measure(store: Store) -> None:
    code = current_layer(store)
    indicator = catalogue()[code]
    measures = ["aandeel"] + (["aantal"] if indicator.regel == "aandeel" else [])
    measures += [CHANGE] if years_of_change(store, code, 0, 0) else []
    if len(measures) == 1:
        return
    titles = MEASURE_TITLES if "aantal" in measures else {**MEASURE_TITLES, "aandeel": "Cijfer"}
    state.bound(st.segmented_control, "Toon", "maat", measures, format_func=titles.get)
    if state.view().maat == CHANGE and (years := years_of_change(store, code, state.view().jaar, 0)):
        earlier = [year for year in comparable_years(store, code) if year < years[0]]
        if len(earlier) > 1:
            state.bound(
                st.selectbox,
                "Vergeleken met",
                "vanaf",
                [0, *earlier],
                format_func=lambda year: str(year) if year else f"Het jaar ervoor ({earlier[0]})",
            )


def _extras(store: Store, area: Area) -> None:
    titles = {
        "": "Geen",
        **{row.code: row.titel for row in available(store).itertuples() if row.regel != "som"},
    }
    state.bound(
        st.selectbox,
        "Tweede laag (omlijnd)",
        "tweede",
        list(titles),
        format_func=titles.get,
        help="Omlijnt de gebieden waar dit het hoogst is, boven op de kleuren.",
    )
    if can_choose_scale(store, area):
        state.bound(
            st.segmented_control,
            "Kleuren",
            "schaal",
            list(SCALE_TITLES),
            format_func=SCALE_TITLES.get,
            help="Waar de klassen van gemaakt zijn. Zo betekent een kleur in elke wijk hetzelfde.",
        )
    state.bound(st.segmented_control, "Randen", "rand", list(OUTLINE_TITLES), format_func=OUTLINE_TITLES.get)
    row = layers(store).set_index("code").loc[current_layer(store)]
    years, newer = [0, *map(int, row["jaren"])], set(row["bijgewerkt"])
    if len(years) > 2:
        state.bound(
            st.selectbox,
            "Jaar",
            "jaar",
            years,
            format_func=lambda y: (
                (f"{y} (onze schatting)" if y in newer else str(y))
                if y
                else f"Nieuwste complete jaar ({int(row['nieuwste'])})"
            ),
            help="Een later jaar dan het laatst gepubliceerde is onze schatting: het gepubliceerde cijfer, bijgewerkt met wat er in "
            "de buurt veranderde."
            if newer
            else None,
        )
    kinds = store.ask("voorzieningen").set_index("soort")
    if len(kinds):
        titles = {k: f"{row['titel']} ({row['aantal']})" for k, row in kinds.iterrows()}
        # More than there are colours for would look alike, and the widget stops at more than its own limit.
        current = [k for k in state.view().punten if k in titles][:MOST_KINDS]
        st.session_state["kies-punten"] = current
        st.multiselect(
            "Voorzieningen als stippen",
            list(titles),
            key="kies-punten",
            format_func=titles.get,
            placeholder="Kies een soort",
            max_selections=MOST_KINDS,
            on_change=lambda: state.change(punten=tuple(st.session_state["kies-punten"])),
        )
