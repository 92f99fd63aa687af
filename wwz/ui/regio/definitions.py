"""Definities: what every group means here, who agreed and when, and settling or agreeing."""

from __future__ import annotations

from datetime import date

import streamlit as st

from wwz.base.sentence import listed
from wwz.knowledge.regions import groepen
from wwz.own.region import register
from wwz.region import agreement, usage
from wwz.region.places import Regio
from wwz.ui.regio.current import Chosen
from wwz.ui.shared import parts, permission
from wwz.ui.shared.press import press, seen
from wwz.ui.shared.table import Column, Table

COLUMNS = [
    Column("titel", "Groep", sub_field="kenmerk"),
    Column("definitie", "Wie meetelt", sub_field="bron"),
    Column("peildag", "Peildag"),
    Column("stand", "Vastgesteld"),
    Column("akkoord", "Akkoord", sub_field="wie_niet"),
]


def definitions_part(chosen: Chosen) -> None:
    """The whole tab."""
    path, regio = chosen.regio.store.path, chosen.regio
    parts.sentence(
        "Een aantal telt alleen mee als het is geteld volgens de definitie hieronder, op die peildag, en als de gemeente akkoord is. "
        "Al het andere staat apart en wordt nergens bij opgeteld. Verandert de tekst, dan moet iedereen opnieuw akkoord gaan."
    )
    group = chosen.reeks.groep
    now = register.definities(path)[group.code]
    st.header(group.titel, anchor=False)
    left, right = st.columns([1.3, 1], gap="medium")
    with left:
        _settle(chosen, now)
    with right:
        _agree(regio, now)
    Table(agreement.rows(regio), COLUMNS, f"Alle definities van {regio.naam}").short(
        group_field="soort", folds=True
    )


def _settle(chosen: Chosen, now: register.Definitie) -> None:
    if not permission.gate("regio-definitie", "regiodefinitie"):
        return
    key = f"regio-def-{now.groep}"

    def keep() -> str:
        made = register.settle(
            chosen.regio.store.path, now.groep, st.session_state[f"{key}-tekst"], st.session_state[f"{key}-dag"],
            st.session_state[f"{key}-bron"], permission.editor_name(), gezien=seen(f"{key}-knop"),
        )  # fmt: skip
        return f"De definitie is vastgesteld als {made.kenmerk}."

    with st.form(f"{key}-formulier"):
        st.text_area(
            "Wie telt mee?", now.definitie, max_chars=register.LONGEST, key=f"{key}-tekst", height=130
        )
        st.text_input("Peildag (maand-dag)", now.peildag, max_chars=5, key=f"{key}-dag")
        st.text_input("Waar komt het aantal vandaan?", now.bron, max_chars=400, key=f"{key}-bron")
        path = chosen.regio.store.path
        press("Stel deze definitie vast", keep, f"{key}-knop", place=st.form_submit_button, of=path)
    _as_published(chosen, now)


def _as_published(chosen: Chosen, now: register.Definitie) -> None:
    """Settle the words by which a source counts, so that what it publishes can count here."""
    source = usage.definition(groepen()[now.groep])
    if source is None or source.kenmerk == now.kenmerk:
        return

    path, key = chosen.regio.store.path, f"regio-gebruik-{now.groep}"

    def keep() -> str:
        made = register.settle(
            path, now.groep, source.definitie, source.peildag, source.bron, permission.editor_name(), gezien=seen(key)
        )  # fmt: skip
        # The form shows what holds now.
        for field in ("tekst", "dag", "bron"):
            st.session_state.pop(f"regio-def-{now.groep}-{field}", None)
        return f"De definitie is vastgesteld als {made.kenmerk}."

    parts.note(
        f"Er is ook een gepubliceerd aantal ({source.bron}). Daarin tellen: {source.definitie} Dat is gebruik, en het staat apart. Het "
        "telt pas mee als de regio deze definitie overneemt en de gemeenten akkoord zijn."
    )
    press("Neem de gepubliceerde definitie over", keep, key, of=path)


def _agree(regio: Regio, now: register.Definitie) -> None:
    for text in agreement.state(regio, now):
        parts.sentence(text)
    if not now.vastgesteld or not permission.may_edit("regio"):
        return
    key = f"regio-akkoord-{now.groep}"
    waiting = agreement.waiting(regio, now)

    def keep() -> str:
        codes = st.session_state[f"{key}-wie"]
        day = st.session_state[f"{key}-dag"].isoformat()
        register.agree(
            regio.store.path,
            now.groep,
            codes,
            day,
            st.session_state[f"{key}-namens"],
            permission.editor_name(),
            gezien=seen(f"{key}-knop"),
        )
        return f"Akkoord bewaard van {listed([regio.namen[code] for code in codes])}."

    _withdraw(regio, now)
    if not waiting:
        return
    with st.form(f"{key}-formulier"):
        st.multiselect(
            "Welke gemeenten zijn akkoord?", waiting, waiting, format_func=regio.namen.get, key=f"{key}-wie",
            placeholder="Kies de gemeenten",
        )  # fmt: skip
        st.date_input(
            "Op welke dag?", date.today(), max_value=date.today(), format="DD-MM-YYYY", key=f"{key}-dag"
        )
        st.text_input(
            "Namens wie?", max_chars=200, key=f"{key}-namens", placeholder="Bijvoorbeeld: de wethouders Wonen"
        )
        press("Bewaar het akkoord", keep, f"{key}-knop", place=st.form_submit_button, of=regio.store.path)


def _withdraw(regio: Regio, now: register.Definitie) -> None:
    yes, key = list(agreement.agreed(regio, now)), f"regio-intrek-{now.groep}"
    if not yes:
        return

    def keep() -> str:
        code = st.session_state[f"{key}-wie"]
        who, noted = permission.editor_name(), seen(f"{key}-knop")
        register.withdraw(regio.store.path, now.groep, code, who, "Akkoord ingetrokken", gezien=noted)
        return f"Het akkoord van {regio.namen[code]} is ingetrokken. Haar aantal staat nu apart."

    with st.expander("Een akkoord intrekken"), st.form(f"{key}-formulier"):
        st.selectbox("Van welke gemeente?", yes, format_func=regio.namen.get, key=f"{key}-wie")
        press("Trek het akkoord in", keep, f"{key}-knop", place=st.form_submit_button, of=regio.store.path)
