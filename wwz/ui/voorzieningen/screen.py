"""The screen Voorzieningen: who lives within reach, on a map and in tables, with the points behind it in other tabs."""

from __future__ import annotations

from functools import partial

import streamlit as st

from wwz.ask import reach
from wwz.ask.absent import reasons_of
from wwz.ask.area import Area
from wwz.base.sentence import capital
from wwz.maps.boundaries import boundaries
from wwz.maps.classes import make_classes
from wwz.store import Store
from wwz.ui.shared import parts, state
from wwz.ui.shared.choices import smaller_level
from wwz.ui.shared.classmap import value_map
from wwz.ui.shared.folds import tabs
from wwz.ui.shared.longtable import WITH_ITS_PAGE, long_table
from wwz.ui.shared.rebuild import rebuild_button
from wwz.ui.shared.table import Column, Table
from wwz.ui.shared.turn import fragment
from wwz.ui.voorzieningen import history as pointhistory
from wwz.ui.voorzieningen import points as pointsview
from wwz.ui.voorzieningen import upload as pointupload
from wwz.words.numbers import dutch

MAP_HEIGHT = 380
NOTHING = (
    "Voor dit gebied zijn geen punten ingelezen, en ook geen gemiddelde afstand van het CBS. Zet bij Punten zelf punten op de kaart, "
    "of lees bij Bestand inlezen een lijst in. Daarna rekent de WWZ-wijzer uit wie er dichtbij woont."
)
HOW_TO_IMPROVE = (
    "Er zijn hier nog geen punten. Daarom staat hier een schatting uit gemiddelden. Preciezer wordt het met punten: zet ze bij Punten op de "
    "kaart, of lees bij Bestand inlezen een lijst in."
)
AREAS = [
    Column("naam", "Gebied"),
    Column("procent", "Aandeel", text_field="aandeel_tekst", kind="number"),
    Column("teller", "Mensen", text_field="mensen_tekst", kind="number", sub_field="marge_tekst"),
    Column("hoe", "Gemeten vanaf"),
]


def reach_screen(store: Store, area: Area) -> None:
    """The whole screen below the top row."""
    left, right = st.columns([1.15, 4.5], gap="medium")
    with left:
        kind, niveau = _choose(area)
    with right:
        group = state.view().wie if state.view().wie in reach.groups() else reach.EVERYBODY
        found = reach.overview(store, area, kind.code, state.view().meter, group)
        parts.title(found.headline, found.about, "geschat" if found.known else "onbekend")
        # The tab stays what it was when a choice on the left runs the page again.
        shown = {
            "Wie woont dichtbij?": partial(_within_reach, store, area, kind, niveau, found),
            "Punten": partial(pointsview.points_screen, store, area, kind.voorzieningen),
            "Bestand inlezen": partial(pointupload.upload_screen, store, kind.voorzieningen),
            "Wijzigingen": partial(pointhistory.history, store),
        }
        tabs(shown, key="voorzieningen-tabs")
        rebuild_button("De afstanden tellen dit nog niet mee.")


def _choose(area: Area) -> tuple[reach.Kind, str]:
    kinds = reach.kinds()
    titles = {code: capital(kind.titel) for code, kind in kinds.items()}
    state.bound(st.selectbox, "Voorziening", "bereik", list(titles), format_func=titles.get)
    kind = kinds.get(state.view().bereik) or next(iter(kinds.values()))
    if state.view().meter not in kind.meters:
        state.change(meter=kind.meters[len(kind.meters) // 2])
    state.bound(st.segmented_control, "Binnen hoeveel meter?", "meter", list(kind.meters), format_func=dutch)
    state.bound(st.selectbox, "Voor wie?", "wie", list(reach.groups()), format_func=reach.groups().get)
    return kind, smaller_level(area)


def _within_reach(store: Store, area: Area, kind: reach.Kind, niveau: str, found: reach.Overview) -> None:
    if not found.known:
        parts.empty(NOTHING)
        return
    view = state.view()
    group = view.wie if view.wie in reach.groups() else reach.EVERYBODY
    rows = reach.per_area(store, area, niveau, kind.code, view.meter, group)
    title = f"{reach.groups()[group]} met {kind.een} binnen {dutch(view.meter)} meter, per {niveau}"
    for text in found.doubts:
        st.warning(text)
    _map(store, area, niveau, rows, title)
    for text in found.notes:
        parts.note(text)
    Table(
        found.groups,
        [
            Column("titel", "Wie"),
            *[
                Column(f"m{m}", f"Binnen {dutch(m)} meter", sub_field=f"n{m}", align="right")
                for m in kind.meters
            ],
            Column("hoe_bekend", "Hoe bekend", kind="tag"),
        ],
        f"Wie in {area.naam} {kind.een} binnen bereik heeft: deel, en aantal mensen met de marge",
    ).short(folds=True)
    _areas(rows, title, f"bereik-{kind.code}-{niveau}")
    parts.source_line(*found.sources)
    if (rows["hoe"] == "gemiddelde afstand").any():
        parts.note(HOW_TO_IMPROVE)


def _areas(rows, title: str, key: str) -> None:
    if not long_table(len(rows), key=f"{key}-toon", most=WITH_ITS_PAGE):
        return
    Table(rows, AREAS, title).sortable(key=key, rows_per_page=15)


@fragment
def _map(store: Store, area: Area, niveau: str, rows, title: str) -> None:
    file = boundaries(store, area, niveau)
    if file is None or rows["procent"].notna().sum() == 0:
        return
    classes = make_classes(rows["procent"], decimals=0, unit="%", direction="meer_is_beter", ramp="behoefte")
    value_map(
        file,
        rows.set_index("gebied")["procent"],
        classes,
        title,
        minimum=store.about()["minimum"],
        reasons=reasons_of(rows),
        key=f"bereikkaart-{'-'.join(area.codes)[:60]}-{niveau}",
        height=MAP_HEIGHT,
        attribution=parts.map_credit(store),
    )
