"""The choice column of the map: theme, layer, and what else to draw."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from wwz.ask.area import Area
from wwz.ask.layer import available
from wwz.ask.view import MOST_KINDS
from wwz.knowledge import catalogue, themes
from wwz.store import Store
from wwz.ui.shared import state

LEVEL_TITLES = {"buurt": "Buurten", "wijk": "Wijken", "gemeente": "Gemeenten"}
MEASURE_TITLES = {"aandeel": "Aandeel", "aantal": "Aantal"}
OUTLINE_TITLES = {"geen": "Geen", "wijk": "Wijken", "gemeente": "Gemeenten"}


def layer_choices(store: Store, area: Area) -> None:
    """Everything a visitor chooses for the map; the choices end up in the view."""
    catalog = available(store)
    code = _theme_and_layer(catalog)
    with st.container(horizontal=True):
        _group(catalog, code)
        _level(area)
        _measure(store)
    with st.expander("Meer op de kaart"):
        _extras(store)


def current_layer(store: Store) -> str:
    """Code of the layer in the view, or of the first layer that has figures."""
    codes = list(available(store)["code"])
    chosen = state.view().laag
    return chosen if chosen in codes else codes[0]


def _theme_and_layer(catalog: pd.DataFrame) -> str:
    code = state.view().laag if state.view().laag in set(catalog["code"]) else catalog["code"].iloc[0]
    current = catalogue()[code]
    with_figures = [t for t in themes() if (catalog["thema"] == t.code).any()]
    titles = {t.code: t.titel for t in with_figures}
    theme = _pick(st.selectbox, "Wat wilt u zien?", list(titles), current.thema, "thema", titles.get)
    rows = catalog[catalog["thema"] == theme]
    if theme != current.thema:
        code = rows["code"].iloc[0]
        state.change(laag=code, jaar=0)
        current = catalogue()[code]
    layers = rows.drop_duplicates("laag").set_index("laag")["kort"].to_dict()
    layer = _pick(
        st.radio,
        "Laag",
        list(layers),
        current.laag,
        f"laag-{theme}",
        layers.get,
        label_visibility="collapsed",
    )
    note = next(t.toelichting for t in with_figures if t.code == theme)
    if note:
        st.caption(note)
    options = list(rows.loc[rows["laag"] == layer, "code"])
    same_group = [code for code in options if catalogue()[code].groep == current.groep]
    code = (same_group or options)[0]
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


def _pick(widget, label: str, options: list, current, key: str, titles, **kwargs):
    """A widget whose state is kept by the view, not by itself."""
    key = f"kies-{key}"
    if st.session_state.get(f"{key}-gezien") != current or key not in st.session_state or state.is_step():
        st.session_state[key] = current
    chosen = widget(label, options, key=key, format_func=titles, **kwargs)
    st.session_state[f"{key}-gezien"] = chosen
    return chosen


def _level(area: Area) -> None:
    state.bound(
        st.segmented_control,
        "Per",
        "niveau",
        list(area.levels),
        format_func=LEVEL_TITLES.get,
        also={"gekozen": ""},
    )


def _measure(store: Store) -> None:
    if catalogue()[current_layer(store)].regel == "aandeel":
        state.bound(
            st.segmented_control, "Toon", "maat", list(MEASURE_TITLES), format_func=MEASURE_TITLES.get
        )


def _extras(store: Store) -> None:
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
    state.bound(st.segmented_control, "Randen", "rand", list(OUTLINE_TITLES), format_func=OUTLINE_TITLES.get)
    layer = available(store).set_index("code").loc[current_layer(store)]
    years, newer = [0, *map(int, layer["jaren"])], set(layer["bijgewerkt"])
    if len(years) > 2:
        state.bound(
            st.selectbox,
            "Jaar",
            "jaar",
            years,
            format_func=lambda y: (
                (f"{y} (onze schatting)" if y in newer else str(y))
                if y
                else f"Nieuwste complete jaar ({int(layer['nieuwste'])})"
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
