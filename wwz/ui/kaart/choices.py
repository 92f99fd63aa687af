"""The choice column of the map: theme, layer, and what else to draw.

A choice makes the map anew, and the rest of the column only where there is something else to choose.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from wwz.ask.area import Area
from wwz.ask.change import comparable_years, years_of_change
from wwz.ask.layer import available
from wwz.ask.layer import layers as layers_of
from wwz.ask.scale import can_choose_scale
from wwz.ask.shown import CHANGE
from wwz.ask.view import MOST_KINDS, View
from wwz.knowledge import Indicator, catalogue, themes
from wwz.store import Store, remembered
from wwz.ui.shared import state
from wwz.ui.shared.choices import LEVEL_TITLES, current_layer, layer_of
from wwz.ui.shared.folds import SEEN, folded
from wwz.ui.shared.later import part_asked_for
from wwz.ui.shared.turn import fragment

# Names of fragments: the theme, what else one chooses, and the map with its layers and what is said of it.
THEMES, CHOICES, MAP = "kaartthema", "kaartkeuzes", "kaart"
EXTRAS = "meer-op-de-kaart"
MEASURE_TITLES = {"aandeel": "Aandeel", "aantal": "Aantal", CHANGE: "Verandering"}
SCALE_TITLES = {"gemeente": "Van de gemeente", "land": "Van alle gemeenten"}
OUTLINE_TITLES = {"geen": "Geen", "wijk": "Wijken", "gemeente": "Gemeenten"}


def _themes(store: Store) -> None:
    catalog, current = layers_of(store), catalogue()[current_layer(store)]
    titles = {theme.code: theme.titel for theme in themes() if (catalog["thema"] == theme.code).any()}

    def first_of(theme: str) -> str:
        return catalog.loc[catalog["thema"] == theme, "code"].iloc[0]

    _pick(store, st.selectbox, "Wat wilt u zien?", titles, current.thema, "thema", first_of)


def layers(store: Store) -> None:
    """The layers of the theme; belongs to the map, so that choosing one makes the map anew and nothing else."""
    current = catalogue()[current_layer(store)]
    _pick(
        store,
        st.radio,
        "Laag",
        layers_by_title(store),
        current.laag,
        f"laag-{current.thema}",
        partial(same_group, store),
        within=MAP,
        label_visibility="collapsed",
    )
    if current.code != state.view().laag:
        state.change(laag=current.code, jaar=0)


def layers_by_title(store: Store) -> dict[str, str]:
    """The layers of the theme, with their titles."""
    return _titles(store, catalogue()[current_layer(store)].thema)


@remembered
def _titles(store: Store, theme: str) -> dict[str, str]:
    catalog = layers_of(store)
    rows = catalog[catalog["thema"] == theme]
    return rows.drop_duplicates("laag").set_index("laag")["kort"].to_dict()


def same_group(store: Store, laag: str) -> str:
    """The indicator of a layer for the group that is chosen, or else for its first one."""
    catalog, group = layers_of(store), catalogue()[current_layer(store)].groep
    options = list(catalog.loc[catalog["laag"] == laag, "code"])
    return next((one for one in options if catalogue()[one].groep == group), options[0])


def _choices(store: Store, area: Area) -> None:
    current = catalogue()[current_layer(store)]
    note = next(theme.toelichting for theme in themes() if theme.code == current.thema)
    if note:
        st.caption(note)
    with st.container(horizontal=True):
        _group(store)
        _level(store, area)
        _measure(store)
    folded("Meer op de kaart", partial(_extras, store, area), key=EXTRAS)


theme_choice = fragment(_themes, key=THEMES)
choices = fragment(_choices, key=CHOICES)


def _redraw(store: Store, before: View, *, within: str = "") -> None:
    """At the end of a callback: the map is made anew, and the choices only where there is something else to choose.

    `within`: the fragment that runs by itself after the callback.
    """
    if _offered(store, before) != _offered(store, state.view()):
        st.rerun([MAP, CHOICES])
    # A part that is asked for in the same moment would be the only one that is made.
    if within != MAP or part_asked_for():
        st.rerun(MAP)


def _offered(store: Store, view: View) -> tuple:
    """What there is to choose, but for what is chosen."""
    found = catalogue()[layer_of(store, view)]
    # Years differ from layer to layer.
    if view.maat == CHANGE or EXTRAS in st.session_state.get(SEEN, ()):
        return (view,)
    return found.thema, tuple(_groups(store, found)), tuple(_measures(store, view))


def _groups(store: Store, current: Indicator) -> dict[str, str]:
    """For whom the layer is known: the name of the group → the indicator."""
    codes = layers_of(store).loc[lambda rows: rows["laag"] == current.laag, "code"]
    return {catalogue()[code].groep: code for code in codes}


def _group(store: Store) -> None:
    current = catalogue()[current_layer(store)]
    groups = _groups(store, current)
    if len(groups) < 2:
        return
    _pick(
        store,
        st.segmented_control,
        "Voor wie?" if current.thema != "voorzieningen" else "Hoe ver, en voor wie?",
        {group: group for group in groups},
        current.groep,
        f"groep-{current.thema}",
        lambda group: _groups(store, catalogue()[current_layer(store)])[group],
        help=" of ".join(catalogue()[code].titel.rsplit(", ", 1)[-1] for code in groups.values()),
    )


def _pick(
    store: Store,
    widget: Callable[..., Any],
    label: str,
    titles: dict[str, str],
    current: str,
    key: str,
    chosen_by: Callable[[str], str],
    *,
    within: str = "",
    **kwargs: Any,
) -> None:
    """A widget that chooses a layer by something else; `chosen_by` says which layer belongs to what was chosen."""
    key = f"kies-{key}"
    state.show(key, current, list(titles), titles.get)

    def store_choice() -> None:
        chosen = st.session_state[key]
        if chosen in titles and not state.is_step():
            before = state.view()
            state.change(laag=chosen_by(chosen), jaar=0)
            _redraw(store, before, within=within)

    widget(label, list(titles), key=key, format_func=titles.get, on_change=store_choice, **kwargs)


def _level(store: Store, area: Area) -> None:
    state.bound(
        st.segmented_control,
        "Per",
        "niveau",
        list(area.levels),
        format_func=LEVEL_TITLES.get,
        also={"gekozen": ""},
        then=partial(_redraw, store),
    )


def _measures(store: Store, view: View) -> list[str]:
    """What one may see of a layer: shares, people, how it changed."""
    code = layer_of(store, view)
    found = ["aandeel"] + (["aantal"] if catalogue()[code].regel == "aandeel" else [])
    return found + ([CHANGE] if years_of_change(store, code, 0, 0) else [])


def _measure(store: Store) -> None:
    then, view, code = partial(_redraw, store), state.view(), current_layer(store)
    measures = _measures(store, view)
    if len(measures) == 1:
        return
    titles = MEASURE_TITLES if "aantal" in measures else {**MEASURE_TITLES, "aandeel": "Cijfer"}
    state.bound(st.segmented_control, "Toon", "maat", measures, format_func=titles.get, then=then)
    if view.maat == CHANGE and (years := years_of_change(store, code, view.jaar, 0)):
        earlier = [year for year in comparable_years(store, code) if year < years[0]]
        if len(earlier) > 1:
            state.bound(
                st.selectbox,
                "Vergeleken met",
                "vanaf",
                [0, *earlier],
                format_func=lambda year: str(year) if year else f"Het jaar ervoor ({earlier[0]})",
                then=then,
            )


def _extras(store: Store, area: Area) -> None:
    then = partial(_redraw, store)
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
        then=then,
    )
    if can_choose_scale(store, area):
        state.bound(
            st.segmented_control,
            "Kleuren",
            "schaal",
            list(SCALE_TITLES),
            format_func=SCALE_TITLES.get,
            help="Waar de klassen van gemaakt zijn. Zo betekent een kleur in elke wijk hetzelfde.",
            then=then,
        )
    state.bound(
        st.segmented_control,
        "Randen",
        "rand",
        list(OUTLINE_TITLES),
        format_func=OUTLINE_TITLES.get,
        then=then,
    )
    row = layers_of(store).set_index("code").loc[current_layer(store)]
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
            then=then,
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
            on_change=partial(_choose_points, store),
        )


def _choose_points(store: Store) -> None:
    before = state.view()
    state.change(punten=tuple(st.session_state["kies-punten"]))
    _redraw(store, before)
