"""Rondleidingen: which there are, and the stops of one: put them in order, change them, start walking, and share the link."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

import streamlit as st

from wwz.ask.tour import SCREENS, screen_of
from wwz.base.counted import counted
from wwz.base.media import PPTX
from wwz.export.formats import stem_of
from wwz.export.tourslides import make_tour_pptx
from wwz.own import tours
from wwz.own.tours import Stop, Tour
from wwz.store import Store
from wwz.ui.shared import parts, permission, projection, state, tour
from wwz.ui.shared.press import press

ACTION = "rondleiding"
NONE = (
    "Er is nog geen rondleiding. Open een scherm dat u wilt laten zien, zoals de Kaart of de Wijkagenda, en kies daar rechtsboven "
    "Rondleiding: dan maakt u er een met dat scherm als eerste stop."
)


def tours_screen(store: Store) -> None:
    """The whole screen: all of them, or the one of the link."""
    found = tour.current()
    if found is None:
        parts.title("Rondleidingen", "Schermen op volgorde, om met de pijltjes langs te lopen voor een zaal")
        _all(tours.kept(store.path))
        return
    parts.title(found.naam, f"Rondleiding · {counted('{n} [stop|stops]', len(found.stops))}")
    if not projection.is_on():
        _above(store, found)
        if permission.may_edit(ACTION):
            permission.gate("-rondleiding", ACTION)
    for number, stop in enumerate(found.stops, 1):
        _stop(store, found, number, stop)
    if not projection.is_on():
        _below(store, found)


def _all(found: list[Tour]) -> None:
    if not found:
        parts.empty(NONE)
        return
    for one in found:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            parts.sentence(f"{one.naam} · {counted('{n} [stop|stops]', len(one.stops))}")
            st.button("Bekijk de stops", key=f"open-{one.code}", on_click=state.change, kwargs={"rondleiding": one.code, "stop": 0})  # fmt: skip
            st.button(
                "Start", key=f"start-{one.code}", on_click=tour.show, args=(one, 1), disabled=not one.stops
            )


def _above(store: Store, found: Tour) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Start de rondleiding", type="primary", key="start", on_click=tour.show, args=(found, 1), disabled=not found.stops)  # fmt: skip
        st.download_button(
            "Neem mee als PowerPoint",
            partial(make_tour_pptx, store, found),
            f"{stem_of(found.naam)}-rondleiding.pptx",
            PPTX,
            on_click="ignore",
            key="rondleiding-pptx",
        )
        st.button(
            "Alle rondleidingen", key="alle", on_click=state.change, kwargs={"rondleiding": "", "stop": 0}
        )
    if found.stops:
        st.caption("Deel deze link: wie hem opent, begint bij de eerste stop.")
        st.code(_address(found), language=None)


def _address(found: Tour) -> str:
    """The short link of the first stop."""
    page = (st.context.url or "").split("?")[0].removesuffix(tour.OVERVIEW)
    return f"{page}?{urlencode({'rondleiding': found.code, 'stop': 1})}"


def _stop(store: Store, found: Tour, number: int, stop: Stop) -> None:
    key = f"{found.code}-{stop.id}"
    with st.container(border=True, key=f"stop-{key}"):
        left, right = st.columns([2.2, 1.6], vertical_alignment="center")
        with left:
            st.button(f"{number}. {stop.titel}", type="tertiary", key=f"toon-{key}", on_click=tour.show, args=(found, number))  # fmt: skip
            parts.note(f"{SCREENS[screen_of(stop)]}{f' · {stop.notitie}' if stop.notitie else ''}")
        if projection.is_on() or not permission.may_edit(ACTION):
            return
        with right, st.container(horizontal=True, horizontal_alignment="right"):
            _moves(store, found, number, stop, key)


def _moves(store: Store, found: Tour, number: int, stop: Stop, key: str) -> None:
    name = permission.editor_name

    def moved(step: int) -> str:
        tours.move_stop(store.path, found.code, stop.id, step, name())
        return f"{stop.titel} staat nu een plaats {'eerder' if step < 0 else 'later'}."

    def gone() -> str:
        tours.remove_stop(store.path, found.code, stop.id, name())
        return f"{stop.titel} is uit de rondleiding gehaald."

    press("Omhoog", partial(moved, -1), f"omhoog-{key}", disabled=number == 1)
    press("Omlaag", partial(moved, 1), f"omlaag-{key}", disabled=number == len(found.stops))
    with st.popover("Wijzig", key=f"wijzig-{key}"):
        _words(store, found, stop, key)
    press("Haal weg", gone, f"weg-{key}")


def _words(store: Store, found: Tour, stop: Stop, key: str) -> None:
    title, note = f"titel-{key}-{stop.versie}", f"notitie-{key}-{stop.versie}"

    def keep() -> str:
        said = st.session_state
        changed = Stop(stop.scherm, stop.link, said[title], said[note], stop.id, stop.plek, stop.versie)
        tours.change_stop(store.path, found.code, changed, permission.editor_name())
        return "De stop is bewaard."

    with st.form(f"stop-woorden-{key}", border=False):
        st.text_input("Titel", stop.titel, max_chars=tours.LONGEST_TITLE, key=title)
        st.text_area("Notitie", stop.notitie, max_chars=tours.LONGEST_NOTE, key=note, height=80)
        press("Bewaar", keep, f"bewaar-{key}", place=st.form_submit_button)


def _below(store: Store, found: Tour) -> None:
    with st.expander("Naam wijzigen of verwijderen"):
        if not permission.may_edit(ACTION):
            permission.explain("-rondleiding", ACTION)
            return
        field = f"naam-{found.code}-{found.versie}"

        def rename() -> str:
            tours.rename(store.path, found, st.session_state[field], permission.editor_name())
            return "De naam is bewaard."

        def remove() -> str:
            tours.remove(store.path, found.code, permission.editor_name())
            state.change(rondleiding="", stop=0)
            return f"De rondleiding {found.naam} is verwijderd."

        with st.form(f"naam-van-{found.code}", border=False):
            st.text_input("Naam", found.naam, max_chars=tours.LONGEST_NAME, key=field)
            press("Bewaar de naam", rename, "bewaar-naam", place=st.form_submit_button)
        press("Verwijder deze rondleiding", remove, "verwijder-rondleiding")
