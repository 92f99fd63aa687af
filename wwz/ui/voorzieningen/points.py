"""Points of voorzieningen on a map that can be changed: add by a click and a name, move, take away; also without a mouse."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from wwz.ask.area import Area
from wwz.base.errors import Fout
from wwz.knowledge import load_toml
from wwz.maps.inks import ACCENT, INK, PURPLE
from wwz.own import points as ownpoints
from wwz.own.points import ADDED, MOVED, REMOVED, UNDONE, Change
from wwz.places.facilities import nearest_double, refuse_abroad
from wwz.sources.coordinates import place_in
from wwz.store import Store
from wwz.ui.shared import parts, permission
from wwz.ui.shared.clickmap import Click, Look, clickmap
from wwz.ui.shared.press import press
from wwz.ui.shared.table import Column, Table
from wwz.ui.shared.turn import fragment

CHOSEN, PLACE, MOVING = "punt-gekozen", "punt-plek", "punt-verplaatsen"
NAME, WHY, WHY_GONE = "punt-naam", "punt-waarom", "punt-weg-waarom"
TAKEN_BACK = "De wijziging is teruggedraaid."
LOOKS = {
    "bestand": Look("Uit de bestanden", INK, 5.5),
    "eigen": Look("Door u toegevoegd of verplaatst", PURPLE, 6.5),
    "gekozen": Look("Gekozen", ACCENT, 9.0, hollow=True),
    "nieuw": Look("Nieuwe plek", ACCENT, 8.0),
}
LIST = [
    Column("naam", "Naam"),
    Column("soort_titel", "Soort"),
    Column("rolstoel", "Met een rolstoel", kind="tag"),
    Column("bestand", "Uit"),
    Column("lat", "Breedte (graden)", text_field="lat_tekst", align="right"),
    Column("lon", "Lengte (graden)", text_field="lon_tekst", align="right"),
]
# The last change that this visitor saw: who was before them since, is told.
SEEN = "punten-gezien"
EMPTY = (
    "Van deze soort zijn nog geen punten bekend. Klik op de kaart waar er een is en geef hem een naam, of lees bij Bestand inlezen een "
    "lijst in."
)


def current_points(store: Store, soort: str = "") -> pd.DataFrame:
    """The points of one kind (or all) with every change made so far: columns id, soort, naam, lat, lon, bestand, herkomst."""
    changes = ownpoints.read(store.path)
    rows, _ = ownpoints.apply(
        store.ask("plekken", soort=soort), [c for c in changes if soort in ("", c.soort)]
    )
    return rows


@fragment
def points_screen(store: Store, area: Area, voorzieningen: Sequence[str]) -> None:
    """The whole tab. `voorzieningen`: the kinds that stand first in the list."""
    titles = ownpoints.kinds()
    order = [*voorzieningen, *[code for code in titles if code not in voorzieningen]]
    soort = st.selectbox(
        "Soort voorziening", order, format_func=titles.get, key=f"punt-soort-{voorzieningen[0]}"
    )
    points = current_points(store, soort)
    st.session_state[SEEN] = ownpoints.latest(store.path)
    if points.empty:
        parts.empty(EMPTY)
    may = permission.gate("punten")
    left, right = st.columns([2.4, 1], gap="medium")
    with left:
        _map(area, points, titles[soort])
    with right:
        if may:
            _panel(store, points, soort)
    Table(listed(points, titles[soort]), LIST, f"{titles[soort]}: kies een punt om het te wijzigen").sortable(
        key="punten", row_key="id", rows_per_page=10, on_pick=_choose
    )


def listed(points: pd.DataFrame, title: str) -> pd.DataFrame:
    """Rows of the list, as `current_points` with what each cell says: the visitor's own points first, then by name."""
    rows = points.sort_values(["herkomst", "naam"], ascending=[False, True], na_position="last")
    return rows.assign(
        soort_titel=title,
        naam=rows["naam"].fillna("zonder naam"),
        rolstoel=rows["rolstoel"].fillna(load_toml("voorzieningen.toml")["rolstoel"]["onbekend"]),
        bestand=rows["bestand"].replace(ownpoints.FILE, "eigen punt"),
        lat_tekst=[f"{v:.5f}".replace(".", ",") for v in rows["lat"]],
        lon_tekst=[f"{v:.5f}".replace(".", ",") for v in rows["lon"]],
    )


def _choose(id: str) -> None:
    st.session_state[CHOSEN], st.session_state[PLACE], st.session_state[MOVING] = id, None, False


def _clear() -> None:
    _choose("")


def _pointed(click: Click) -> None:
    """A click on a point chooses it; a click on an empty place is a new point, or where the chosen one goes."""
    if click.point and click.point != "nieuw" and not st.session_state.get(MOVING):
        _choose(click.point)
    else:
        st.session_state[PLACE] = (click.lat, click.lon)
        if not st.session_state.get(MOVING):
            st.session_state[CHOSEN] = ""


def _map(area: Area, points: pd.DataFrame, title: str) -> None:
    chosen, place = st.session_state.get(CHOSEN, ""), st.session_state.get(PLACE)
    drawn = points.assign(kind=points["herkomst"].where(points["id"] != chosen, "gekozen"))[
        ["id", "kind", "naam", "lat", "lon"]
    ]
    if place:
        new = pd.DataFrame(
            [{"id": "nieuw", "kind": "nieuw", "naam": "Nieuwe plek", "lat": place[0], "lon": place[1]}]
        )
        drawn = pd.concat([drawn, new], ignore_index=True)
    clickmap(
        area,
        drawn,
        key=f"puntenkaart-{'-'.join(area.codes)[:60]}",
        looks=LOOKS,
        title=f"{title} in {area.naam}",
        on_click=_pointed,
    )


def _panel(store: Store, points: pd.DataFrame, soort: str) -> None:
    chosen = points[points["id"] == st.session_state.get(CHOSEN, "")]
    with st.container(border=True):
        if len(chosen):
            _change(store, points, chosen.iloc[0])
        else:
            _add(store, points, soort)


def _type_place() -> None:
    """The way without a mouse: type the place."""

    def typed() -> None:
        try:
            st.session_state[PLACE] = place_in(st.session_state["punt-getypt"])
        except Fout as fout:
            st.session_state["punt-fout"] = fout

    st.text_input(
        "Of typ de plek: graden, of meters (RD)",
        placeholder="52.0705, 4.3007",
        key="punt-getypt",
        max_chars=40,
        on_change=typed,
    )
    trouble = st.session_state.pop("punt-fout", None)
    if trouble:
        parts.show_error(trouble)


def _add(store: Store, points: pd.DataFrame, soort: str) -> None:
    st.header("Punt toevoegen", anchor=False)
    place = st.session_state.get(PLACE)
    if not place:
        st.write(
            "Klik op de kaart waar de voorziening is. Klik op een stip om die te verplaatsen of weg te halen."
        )
        _type_place()
        return
    near = nearest_double(points, soort, *place)
    if near:
        st.warning(f"Hier staat al {near}. Voeg dit punt alleen toe als het een andere voorziening is.")

    def add() -> str:
        name, why = st.session_state[NAME], st.session_state[WHY]
        keep_change(store, ownpoints.new_id(), ADDED, soort, name, *place, why)
        return "Het punt staat op de kaart."

    with st.form("punt-erbij", border=False):
        st.text_input("Naam", max_chars=ownpoints.LONGEST, key=NAME)
        st.text_input("Waar blijkt het uit? (mag leeg)", max_chars=ownpoints.LONGEST, key=WHY)
        press("Voeg toe", add, "punt-erbij-knop", place=st.form_submit_button, type="primary")
    st.button("Andere plek", on_click=_clear)


def _change(store: Store, points: pd.DataFrame, point: pd.Series) -> None:
    name = point["naam"] if isinstance(point["naam"], str) else "Zonder naam"
    st.header(name, anchor=False)
    parts.note(_origin(point))
    place = st.session_state.get(PLACE)

    def changed(action: str, said: str, lat: float | None = None, lon: float | None = None) -> str:
        why = st.session_state[WHY_GONE] if action == REMOVED else ""
        keep_change(store, point["id"], action, point["soort"], name, lat, lon, why)
        return said

    if st.session_state.get(MOVING):
        if not place:
            st.write("Klik op de kaart waar dit punt hoort.")
            _type_place()
        else:
            _warn_of_double(points, point, place)
            move = partial(changed, MOVED, "Het punt is verplaatst.", *place)
            press("Zet het hier neer", move, "punt-neer", type="primary")
        st.button("Toch niet", on_click=_clear)
        return
    st.button("Verplaatsen", on_click=lambda: st.session_state.update({MOVING: True, PLACE: None}))
    with st.form("punt-weg", border=False):
        st.text_input(
            "Waarom kan dit punt weg?",
            max_chars=ownpoints.LONGEST,
            placeholder="Bijvoorbeeld: gesloten",
            key=WHY_GONE,
        )
        gone = partial(changed, REMOVED, "Het punt is weg.")
        press("Haal weg", gone, "punt-weg-knop", place=st.form_submit_button)
    if point["herkomst"] == "eigen":
        press("Draai mijn wijziging terug", partial(changed, UNDONE, TAKEN_BACK), "punt-eigen-terug")
    st.button("Sluiten", on_click=_clear)


def _warn_of_double(points: pd.DataFrame, point: pd.Series, place: tuple[float, float]) -> None:
    near = nearest_double(points[points["id"] != point["id"]], point["soort"], *place)
    if near:
        st.warning(f"Hier staat al {near}. Verplaats dit punt alleen als het een andere voorziening is.")


def _origin(point: pd.Series) -> str:
    if point["bestand"] == ownpoints.FILE:
        return "Door de gemeente toegevoegd."
    moved = " De gemeente heeft het verplaatst." if point["herkomst"] == "eigen" else ""
    return f"Uit {point['bestand']}.{moved}"


def keep_change(
    store: Store,
    id: str,
    action: str,
    soort: str,
    name: str,
    lat: float | None,
    lon: float | None,
    why: str,
) -> None:
    """Keep one change of the visitor, or raise what is wrong with it."""
    change = ownpoints.checked(id, action, soort, name, lat, lon, permission.editor_name(), why)
    if action in (ADDED, MOVED):
        refuse_abroad(change.lat, change.lon)
    save(store, [change])


def save(store: Store, changes: Sequence[Change]) -> None:
    """Keep changes; what was chosen on the map was chosen for them."""
    ownpoints.add(store.path, changes, gezien=st.session_state.get(SEEN))
    _clear()
