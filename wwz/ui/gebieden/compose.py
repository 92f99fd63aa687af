"""Compose an area: by pointing at buurten, drawing a line, typing codes, or a file; and keep it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from wwz.ask.area import Area, find_area
from wwz.ask.outlook import years
from wwz.ask.ownareas import members, names
from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.maps.boundaries import boundaries
from wwz.maps.geometry import GeometryFile
from wwz.maps.inks import PAPER
from wwz.maps.ramps import ramp_colours
from wwz.own import areas as ownareas
from wwz.own.areas.kept import LONGEST_NAME, LONGEST_PURPOSE, LONGEST_WHO
from wwz.servicearea import fromfile
from wwz.servicearea.measure import measure, older_text, overlaps
from wwz.store import Store
from wwz.ui.gebieden import draft
from wwz.ui.gebieden.draft import Draft
from wwz.ui.shared import parts, permission, state
from wwz.ui.shared.clickmap import Click, clickmap
from wwz.ui.shared.folds import folded
from wwz.ui.shared.kaart import MapLayer, Outline, show_map
from wwz.ui.shared.press import press
from wwz.ui.shared.turn import fragment
from wwz.ui.shared.upload import read_once, upload
from wwz.words.numbers import dutch

HEIGHT = 460
POINT, DRAW = "Buurten aanwijzen", "Omtrek tekenen"
WAY, TYPED, FILE = "gebied-manier", "gebied-codes", "gebied-bestand"
FIELDS = {
    "naam": ("Naam", LONGEST_NAME),
    "doel": ("Waar is het gebied voor?", LONGEST_PURPOSE),
    "eigenaar": ("Van wie is het gebied?", LONGEST_WHO),
}
NO_MAP = "Van dit gebied zijn geen grenzen ingelezen, dus er is geen kaart. Typ de codes van de buurten, of lees een lijst in."


def compose_screen(store: Store, area: Area) -> None:
    """The whole tab."""
    left, right = st.columns([2.1, 1.2], gap="medium")
    with left:
        _map(store, area)
        folded(
            "Codes typen of een bestand inlezen",
            lambda: _other_ways(store, draft.surroundings(store, area)),
            "gebied-anders",
        )
    with right:
        _about(store, area)


@fragment
def _map(store: Store, area: Area) -> None:
    state.begin_part()
    around, now = draft.surroundings(store, area), draft.current(store)
    way = st.segmented_control("Hoe kiest u?", [POINT, DRAW], default=POINT, key=WAY)
    file = boundaries(store, around, around.smallest)
    if file is None:
        parts.empty(NO_MAP)
        return
    layer = _layer(file, now)
    if way == DRAW:
        _draw(store, around, now, layer)
        return
    wijken = boundaries(store, around, "wijk") if around.level("wijk") == "wijk" else None
    show_map(
        layer,
        outlines=[Outline(wijken)] if wijken else [],
        attribution=store.about()["bron_grenzen"],
        on_click=draft.toggle,
        height=HEIGHT,
        tell_position=False,
        key=f"gebiedkaart-{'-'.join(around.codes)[:60]}",
    )
    parts.note(
        "Klik op een buurt om haar erbij te nemen. Klik nog een keer om haar weg te laten.", printed=False
    )


def _layer(file: GeometryFile, now: Draft) -> MapLayer:
    chosen = np.isin(np.array(file.codes), now.buurten).astype(int)
    colours = (PAPER, ramp_colours("behoefte", 1)[0])
    return MapLayer(file, chosen, colours, ("niet gekozen", "gekozen"), "Buurten van het gebied")


def _draw(store: Store, around: Area, now: Draft, layer: MapLayer) -> None:
    corners = pd.DataFrame(
        [(f"hoek-{n}", "Hoek van de omtrek", f"Punt {n}", *at) for n, at in enumerate(now.hoeken, 1)],
        columns=["id", "kind", "naam", "lat", "lon"],
    )

    def place(click: Click) -> None:
        corner = (click.lat, click.lon)
        kept = draft.current(store).hoeken
        draft.change(hoeken=kept if click.point else (*kept, corner))

    clickmap(
        around, corners, f"gebiedomtrek-{'-'.join(around.codes)[:60]}", HEIGHT, layer=layer, on_click=place
    )
    take, clear = st.columns(2)
    with take:
        press(
            counted("Neem wat binnen [het punt|de {n} punten] ligt", len(now.hoeken)),
            lambda: _enclosed(store, around),
            "omtrek-neem",
        )
    with clear:
        press("Wis de punten", _no_corners, "omtrek-wis")


def _enclosed(store: Store, around: Area) -> str:
    found = fromfile.around(store, around, draft.current(store).hoeken)
    draft.take_in(found)
    draft.change(hoeken=())
    return counted("{n} [buurt|buurten] binnen de omtrek gekozen.", len(found))


def _no_corners() -> str:
    draft.change(hoeken=())
    return "De punten zijn gewist."


def _other_ways(store: Store, around: Area) -> None:
    st.text_area(
        "Codes van buurten, wijken of eigen gebieden, met een komma of op een nieuwe regel", key=TYPED, max_chars=20_000
    )  # fmt: skip
    press("Neem deze codes", lambda: _typed(store), "codes-neem")
    given = upload("Of een lijst met de kolom code, of een omtrek", fromfile.TYPES, FILE)
    if given is not None:
        try:
            found = read_once(
                FILE, given, lambda name, content: fromfile.buurten_of(store, around, name, content), around.codes
            )  # fmt: skip
        except Fout as fout:
            parts.show_error(fout)
            return
        press(
            counted("Neem {n} [buurt|buurten] uit {bestand}", len(found), bestand=given[0]),
            lambda: _from_file(found),
            "bestand-neem",
        )


def _typed(store: Store) -> str:
    codes = [part for part in st.session_state[TYPED].replace("\n", ",").split(",") if part.strip()]
    if not codes:
        raise Fout("Typ eerst de codes van buurten of wijken.")
    found = members(store, codes)
    draft.take_in(found)
    return counted("{n} [buurt|buurten] gekozen.", len(found))


def _from_file(codes: tuple[str, ...]) -> str:
    draft.take_in(codes)
    return counted("{n} [buurt|buurten] gekozen.", len(codes))


def _about(store: Store, area: Area) -> None:
    now = draft.current(store)
    if not now.buurten:
        parts.empty(
            "Kies buurten op de kaart. Hier staat dan hoe groot het gebied is, en of het aan elkaar vastligt."
        )
        return
    found = measure(store, now.buurten)
    chosen = find_area(store, now.buurten, now.naam)
    row = chosen.figures(["inwoners"]).iloc[0]
    parts.big_number(dutch(found.inwoners), f"inwoners in {row['jaar']}", [row["soort"]])
    parts.sentence(f"Van hen zijn er {older_text(store, chosen)} 75 jaar of ouder (geschat, {years()[0]}).")
    parts.note(" ".join([*found.zinnen, *overlaps(store, now.buurten, now.code)]))
    parts.source_line(row["bron"])
    _list(store, now)
    _keep(store, now)


def _list(store: Store, now: Draft) -> None:
    called = names(store).reindex(list(now.buurten)).fillna("")
    key = f"gebied-buurten-{hash(now.buurten)}"

    def chosen() -> None:
        draft.change(buurten=tuple(sorted(st.session_state[key])))

    st.multiselect(
        f"Buurten in dit gebied ({len(now.buurten)})",
        list(now.buurten),
        default=list(now.buurten),
        format_func=lambda code: called.get(code) or code,
        key=key,
        on_change=chosen,
        placeholder="Kies buurten",
    )


def _keep(store: Store, now: Draft) -> None:
    if not permission.gate("-gebied", "gebied"):
        return
    with st.form("gebied-bewaren"):
        for name, (label, most) in FIELDS.items():
            st.text_input(
                label, getattr(now, name), max_chars=most, key=f"gebied-{name}-{now.code}-{now.versie}"
            )
        label = "Bewaar als nieuwe versie" if now.code else "Bewaar dit gebied"
        press(label, lambda: _kept(store), "gebied-bewaar-knop", place=st.form_submit_button)  # fmt: skip
    if now.code:
        press("Haal dit gebied weg", lambda: _gone(store, now), "gebied-weg-knop")


def _kept(store: Store) -> str:
    now = draft.current(store)
    said = {
        name: st.session_state[f"gebied-{name}-{now.code}-{now.versie}"] for name in FIELDS
    }  # fmt: skip
    one = ownareas.keep(
        store.path, said["naam"], now.buurten, permission.editor_name(), doel=said["doel"], eigenaar=said["eigenaar"],
        code=now.code, gezien=now.versie or None,
    )  # fmt: skip
    state.change(gebied=(one.code,), gekozen="", plaats=None)
    return f"{one.naam} is bewaard als {one.code}, versie {one.versie}."


def _gone(store: Store, now: Draft) -> str:
    ownareas.remove(store.path, now.code, permission.editor_name(), gezien=now.versie or None)
    state.change(gebied=(), gekozen="", plaats=None)
    return f"{now.naam} is weg. In Wie deed wat is dat terug te draaien."
