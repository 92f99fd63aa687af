"""Make a work session, find the links of one, take its report along, and follow what was agreed."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from wwz.ask.area import Area
from wwz.base.counted import counted
from wwz.base.dates import dutch_day, short_day, typed_day
from wwz.export.minutes import MEDIA
from wwz.sessie import agreements, control
from wwz.sessie.privacy import forget_names
from wwz.sessie.programme import from_template, templates
from wwz.sessie.room import Room, rooms
from wwz.store import Store
from wwz.ui.shared import parts, permission, state
from wwz.ui.shared.press import press
from wwz.ui.shared.table import Column, Table

ACTION = "sessie"
AGREED = [
    Column("wat", "Wat", sub_field="waarover"),
    Column("wie", "Wie", sub_field="met"),
    Column("wanneer", "Wanneer"),
    Column("merkbaar", "Waaraan merken wij het"),
    Column("stand", "Stand"),
]
NONE = "Er zijn nog geen werksessies. Maak er hierboven een."


def sessions_screen(store: Store, area: Area) -> None:
    """The whole screen."""
    if not permission.may_edit(ACTION):
        permission.explain("-sessie", ACTION)
        return
    forget_names(store.path, state.settings().grenzen)
    permission.gate("-sessie", ACTION)
    _new(store, area)
    found = list(rooms(store.path))
    if not found:
        parts.empty(NONE)
        return
    st.header("Sessies", anchor=False)
    titles = {
        one.code: f"{one.about['titel']} · {dutch_day(one.about['datum'])} · {one.about['naam']}"
        for one in found
    }
    code = st.selectbox("Welke sessie?", list(titles), format_func=titles.get, key="sessie-gekozen")
    _links(next(one for one in found if one.code == code))
    _agreements(store)


def _new(store: Store, area: Area) -> None:
    def make() -> str:
        template, title = st.session_state["sessie-sjabloon"], st.session_state["sessie-titel"]
        steps = from_template(template, store, area)
        day = typed_day(st.session_state["sessie-dag"])
        made = control.create(store.path, title, area.codes, area.naam, template, steps, day)
        st.session_state["sessie-gekozen"] = made.code
        return f"De sessie is gemaakt. De code is {made.code}."

    with st.form("sessie-nieuw"):
        st.header(f"Nieuwe sessie over {area.naam}", anchor=False)
        st.selectbox(
            "Sjabloon",
            list(templates()),
            format_func=lambda code: templates()[code]["titel"],
            key="sessie-sjabloon",
        )
        st.text_input(
            "Titel", max_chars=120, key="sessie-titel", placeholder="Bijvoorbeeld: avond in het buurthuis"
        )
        st.text_input(
            "Dag (dag-maand-jaar)", short_day(date.today().isoformat()), max_chars=10, key="sessie-dag"
        )
        press("Maak de sessie", make, "sessie-maak", place=st.form_submit_button)


def address(code: str, more: str = "") -> str:
    """The address of a page of a session, with the path of the server before it."""
    base = st.get_option("server.baseUrlPath").strip("/")
    return f"{f'/{base}' if base else ''}/meedoen/{code}{more}"


def _links(found: Room) -> None:
    stand = "gesloten" if found.is_closed(state.settings().grenzen) else "open"
    people, made = len(found.people()), len(found.agreements())
    parts.sentence(
        f"Code {found.code}. De sessie is {stand}. {counted('Er [doet|doen] {n} [mens|mensen] mee', people)} "
        f"en {counted('er [is|zijn] {n} [afspraak|afspraken].', made)}"
    )
    with st.container(horizontal=True):
        st.link_button(
            "Begeleid deze sessie", address(found.code, f"/regie?sleutel={found.key}"), type="primary"
        )
        st.link_button("Scherm voor de zaal", address(found.code, "/scherm"))
        st.link_button("Telefoon", address(found.code))
    with st.container(horizontal=True, vertical_alignment="center"):
        parts.note("Verslag:")
        for kind in MEDIA:
            st.link_button(kind.upper(), address(found.code, f"/regie/verslag.{kind}?sleutel={found.key}"))


def _agreements(store: Store) -> None:
    made = agreements.everywhere(store.path)
    st.header("Afspraken", anchor=False)
    if not made:
        parts.empty("Er zijn nog geen afspraken.")
        return
    rows = pd.DataFrame(
        {
            "sleutel": [f"{a.code}-{a.id}" for a in made], "wat": [a.wat for a in made], "waarover": [a.about for a in made],
            "wie": [a.wie for a in made], "met": [f"met {a.met}" if a.met else "" for a in made],
            "wanneer": [a.wanneer for a in made], "merkbaar": [a.merkbaar for a in made],
            "stand": [a.status_text + (", bevestigd" if a.bevestigd else "") for a in made],
        }
    )  # fmt: skip
    Table(rows, AGREED, "Afspraken van alle sessies").sortable(
        key="sessie-afspraken", row_key="sleutel", rows_per_page=25
    )
