"""Doorrekenen: put a voorziening on the map or close one, and see who comes within reach and what the agenda becomes."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd
import streamlit as st

from wwz.ask.area import Area
from wwz.ask.layerwords import no_effect
from wwz.base.errors import Fout
from wwz.own import plans
from wwz.own.plans import Change
from wwz.planning import whatif
from wwz.planning.measured import Norm, measured_here, norms
from wwz.planning.shift import shift
from wwz.planning.situation import Situation
from wwz.store import Store
from wwz.ui.doorrekenen import current as whatifstate
from wwz.ui.doorrekenen import map as whatifmap
from wwz.ui.doorrekenen import plans as planview
from wwz.ui.doorrekenen import search as whatifsearch
from wwz.ui.doorrekenen.current import Question
from wwz.ui.shared import parts, state
from wwz.ui.shared.table import Column, Table
from wwz.ui.shared.turn import fragment

WITHIN = [
    Column("groep", "Groep"),
    Column("nu", "Nu binnen bereik", align="right", sub_field="nu_marge"),
    Column("plan", "Met het plan", align="right", sub_field="plan_marge"),
    Column("erbij", "Krijgen het erbij", align="right", sub_field="erbij_marge"),
    Column("eraf", "Verliezen het", align="right", sub_field="eraf_marge"),
]
AGENDA = [
    Column("titel", "Randvoorwaarde", sub_field="graad_titel"),
    Column("nu", "Missen het nu", align="right", sub_field="nu_marge"),
    Column("plan", "Met het plan", align="right", sub_field="plan_marge"),
    Column("verschil", "Verschil", align="right"),
]


def whatif_screen(store: Store, area: Area) -> None:
    """The whole screen below the top row."""
    known = norms(store)
    if not known:
        _nothing_to_work_with(area)
        return
    _screen(area, known)


def _nothing_to_work_with(area: Area) -> None:
    parts.title(
        f"Doorrekenen kan nog niet voor {area.naam}", "Er zijn nog geen voorzieningen als punten ingelezen"
    )
    parts.empty(
        "Om door te rekenen moet bekend zijn waar de voorzieningen nu zijn. Zet een bestand met bijvoorbeeld ontmoetingsplekken, "
        "winkels of huisartsen in de map met gegevens: GeoJSON uit OpenStreetMap, of een tabel met lat en lon. Bouw daarna "
        "opnieuw. Zelf punten op de kaart zetten kan ook."
    )
    st.page_link("pages/voorzieningen.py", label="Naar Voorzieningen: zet zelf punten op de kaart")
    st.page_link("pages/gegevens.py", label="Naar Gegevens: welke bestanden kan ik inlezen?")
    st.page_link("pages/wijkagenda.py", label="Naar de Wijkagenda")


@fragment
def _screen(area: Area, known: tuple[Norm, ...]) -> None:
    state.begin_part()
    question = _choices(area, known)
    if whatifstate.TROUBLE in st.session_state:
        st.warning(st.session_state.pop(whatifstate.TROUBLE))
    try:
        there = whatifstate.measured(area, question.norm)
    except Fout as fout:
        parts.empty(" ".join(fout.zinnen))
    else:
        _work(question, there)
    state.publish()


def _choices(area: Area, known: tuple[Norm, ...]) -> Question:
    first, second, third = st.columns(3)
    titles = area.store.ask("voorzieningen").set_index("soort")["titel"].to_dict()
    kinds = _measured_first(area, known, titles)
    with first:
        soort = state.bound(
            st.selectbox, "Welke voorziening komt erbij?", "soort", kinds, format_func=titles.get
        )
    fitting = {norm.code: norm for norm in known if soort in norm.voorzieningen}
    with second:
        code = state.bound(
            st.selectbox,
            "Welke norm?",
            "norm",
            list(fitting),
            format_func=lambda code: _norm_title(fitting[code]),
        )
    groups = whatif.groups(area, fitting[code])
    with third:
        group = state.bound(st.selectbox, "Voor wie?", "wie", list(groups), format_func=groups.get)
    return Question(area, known, fitting[code], soort, group)


def _measured_first(area: Area, known: tuple[Norm, ...], titles: Collection[str]) -> list[str]:
    """The kinds one may choose; the screen begins with one that is measured in this area."""
    kinds = list(dict.fromkeys(kind for norm in known for kind in norm.voorzieningen if kind in titles))
    there = measured_here(area)
    here = (kind for norm in known if norm.code in there for kind in norm.voorzieningen if kind in titles)
    first = next(here, kinds[0])
    return [first, *(kind for kind in kinds if kind != first)]


def _norm_title(norm: Norm) -> str:
    return f"{norm.titel} (noodzakelijk)" if norm.noodzakelijk else norm.titel


def _work(question: Question, there: Situation) -> None:
    area, found = question.area, whatifstate.changes(question.area.store, question.norms)
    minimum = area.store.about()["minimum"]
    moved = shift(there, found)
    outcome = whatif.effect(moved, area, question.group)
    kept = whatifstate.kept_plan(area.store)
    parts.title(
        whatif.headline(area, outcome, minimum, bool(found)),
        f"{kept.naam} · {question.norm.titel}" if kept else question.norm.titel,
        "geschat",
    )
    left, right = st.columns([2.1, 1], gap="medium")
    offer = whatifsearch.offered(question, found)
    with left:
        whatifmap.draw(question, found, moved, offer.changes if offer else ())
        whatifmap.without_map(question, found, there)
    with right:
        _plan(found, there, whatif.now_text(outcome, minimum))
    Table(
        _within(question, whatif.effects(moved, area, question.group), minimum),
        WITHIN,
        f"Mensen in {area.naam}: {question.norm.titel.lower()}",
    ).short(folds=True)
    _remarks(question, there)
    agenda, search, kept_plans = st.tabs(
        ["Agenda: nu en straks", "Waar heeft het meeste effect?", "Bewaren, vergelijken en delen"]
    )
    with agenda:
        _agenda(question, found, minimum)
    with search:
        whatifsearch.search_panel(question, found, there)
    with kept_plans:
        planview.plan_panel(question, found)


def _plan(found: tuple[Change, ...], there: Situation, now: str) -> None:
    """The changes; every one can be taken away."""
    with st.container(border=True):
        st.header("Het plan", anchor=False)
        parts.note(now)
        if not found:
            st.write(
                "Het plan is nog leeg. Klik op de kaart waar er een bij komt, of klik op een stip om die te sluiten. Nog een klik "
                "maakt het ongedaan."
            )
            return

        def take_away(change: Change) -> None:
            whatifstate.change_plan(tuple(c for c in found if c != change))

        for number, change in enumerate(found, 1):
            text = f"{number}. {whatifmap.describe(change, there)} ({change.soort.replace('_', ' ')})"
            st.button(
                f"✕ {text}",
                key=f"weg-{change.text()}",
                on_click=take_away,
                args=(change,),
                type="tertiary",
                help="Haal dit uit het plan",
            )
        st.button("Maak het plan leeg", on_click=whatifstate.change_plan, args=((),))


def _within(question: Question, outcomes: list[whatif.Effect], minimum: int) -> pd.DataFrame:
    rows = [
        {
            "groep": outcome.title,
            **_cell("nu", outcome.before, minimum),
            **_cell("plan", outcome.after, minimum),
            **_cell("erbij", outcome.gained, minimum),
            **_cell("eraf", outcome.lost, minimum),
        }
        for outcome in outcomes
    ]
    return pd.DataFrame(rows)


def _cell(name: str, count: whatif.Count, minimum: int) -> dict[str, str]:
    nobody = count.people < plans.NOBODY
    margin = "" if count.people < minimum else count.margin(minimum)
    return {name: "0" if nobody else count.short(minimum), f"{name}_marge": margin}


def _remarks(question: Question, there: Situation) -> None:
    known = whatif.how_known(there, question.area.store.about()["minimum"])
    parts.note(
        " ".join(known)
        + " Voor een doelgroep geldt het deel van haar leeftijd: 65-plussers voor ouderen, alle inwoners voor de andere. "
        f"Onder elk getal staat de marge. Getallen zijn afgerond. {no_effect()}"
    )


def _agenda(question: Question, found: tuple[Change, ...], minimum: int) -> None:
    if not found:
        parts.note("Zet eerst iets in het plan. Dan ziet u hier welke regels van de wijkagenda veranderen.")
        return
    try:
        both = whatifstate.agendas(question, found)
    except Fout as fout:
        parts.empty(" ".join(fout.zinnen))
        return
    parts.sentence(both.sentence(question.area.naam, minimum))
    if both.rows.empty:
        parts.note(
            "Geen regel van de wijkagenda gaat over deze voorzieningen. De agenda blijft zoals zij is."
        )
    else:
        Table(
            both.rows,
            AGENDA,
            f"Regels van de wijkagenda van {question.area.naam} die dit plan raakt, in mensen",
        ).short(folds=True)
        parts.note(
            "Schatting. Wie bij meer doelgroepen hoort, telt één keer. Geeft de gemeente zelf iets op, dan gaat dat voor en "
            "verandert het plan daar niets."
        )
    st.page_link("pages/wijkagenda.py", label="Naar de Wijkagenda")
