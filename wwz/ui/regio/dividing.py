"""Verdeling: shifting numbers in steps of a year, keeping and comparing scenarios, and settling what was agreed."""

from __future__ import annotations

import streamlit as st

from wwz.base.dates import dutch_day
from wwz.knowledge.regions import regels
from wwz.own.region import agreed
from wwz.own.region.agreed import Scenario
from wwz.region import monitor, plan
from wwz.region.plan import Plan
from wwz.region.spread import Spreiding
from wwz.ui.regio.current import Chosen
from wwz.ui.shared import parts, permission
from wwz.ui.shared.press import press, seen
from wwz.ui.shared.table import Column, Table

SCENARIO, DECISION, GONE = (f"regio-{name}-knop" for name in ("scenario", "besluit", "scenario-weg"))


def dividing_part(chosen: Chosen, made: Spreiding | None) -> None:
    """The whole tab."""
    if made is None:
        parts.empty(
            "Een verdeling kan pas als er van twee gemeenten een aantal is dat meetelt. Geef ze op bij Cijfers."
        )
        return
    parts.note(
        "Een verdeling verschuift plekken, geen mensen: wie dat jaar een woning zoekt, krijgt haar vaker in een andere gemeente."
    )
    left, right = st.columns(2)
    limit = left.number_input(
        "Hooguit per gemeente per jaar (mensen)", 0, 10_000, regels()["grens"], 5, key="regio-grens"
    )
    years = right.number_input("In hoeveel jaar?", 1, 25, regels()["jaren_verdeling"], 1, key="regio-jaren")
    found = plan.plan(made, int(limit), int(years))
    parts.sentence(plan.sentence(found))
    columns = [Column("naam", "Gemeente")]
    columns += [
        Column(str(y), f"{y} (nu)" if y == found.years[0] else f"{y}", kind="number") for y in found.years
    ]
    columns += [Column("deel", "Eerlijk deel", kind="number"), Column("rest", "Nog te gaan", kind="number")]
    Table(plan.rows(found), columns, f"{made.reeks.groep.titel}, mensen aan het eind van ieder jaar").short()
    if flows := plan.flow_rows(found):
        titles = [
            Column("jaar", "Jaar"),
            Column("van", "Minder in"),
            Column("naar", "Meer in"),
            Column("mensen", "Mensen", kind="number"),
        ]
        with st.expander("Van wie naar wie?"):
            Table(flows, titles, "Wat er ieder jaar verschuift").short()
    if permission.gate("regio-verdeling", "regio"):
        _keep(chosen, found)
    _kept(chosen)


def _keep(chosen: Chosen, found: Plan) -> None:
    path, reeks = chosen.regio.store.path, chosen.reeks

    def keep() -> str:
        scenario = Scenario(
            "", st.session_state["regio-scenario"], chosen.regio.plaats.gemeenten, reeks.groep.code, reeks.hoe, reeks.jaar,
            chosen.sleutel, tuple(found.made.gewichten.items()), found.grens, found.jaren,
        )  # fmt: skip
        agreed.keep(path, scenario, permission.editor_name(), gezien=seen(SCENARIO))
        return f"Het scenario {scenario.naam} is bewaard."

    def settle() -> str:
        count = agreed.agree(
            path,
            reeks.groep.code,
            monitor.targets(found),
            st.session_state["regio-besluit"],
            permission.editor_name(),
            gezien=seen(DECISION),
        )
        return f"{count} aantallen zijn vastgelegd als afspraak."

    left, right = st.columns(2, gap="medium")
    with left, st.form("regio-scenario-formulier"):
        st.text_input(
            "Naam van het scenario",
            key="regio-scenario",
            max_chars=agreed.LONGEST,
            placeholder="Bijvoorbeeld: rustig aan",
        )
        press("Bewaar dit scenario", keep, SCENARIO, place=st.form_submit_button, of=path)
    with right, st.form("regio-besluit-formulier"):
        st.text_input(
            "Waar is dit besloten?",
            key="regio-besluit",
            max_chars=200,
            placeholder="Bijvoorbeeld: regionale tafel, 12 mei 2026",
        )
        press("Leg vast als afspraak", settle, DECISION, place=st.form_submit_button, of=path)


def _kept(chosen: Chosen) -> None:
    regio = chosen.regio
    kept = agreed.scenarios(regio.store.path, regio.plaats.gemeenten, chosen.reeks.groep.code)
    if not kept:
        return
    st.header("Scenario's naast elkaar", anchor=False)
    titles = {s.id: plan.told(s) for s in kept}
    picked = st.multiselect(
        "Welke?", list(titles), list(titles)[: agreed.MOST_COMPARED], format_func=titles.get, key="regio-scenario-keuze",
        max_selections=agreed.MOST_COMPARED, placeholder="Kies scenario's",
    )  # fmt: skip
    shown = [s for s in kept if s.id in picked]
    columns = [Column("naam", "Gemeente"), *(Column(s.id, s.naam, kind="number") for s in shown)]
    if shown:
        Table(plan.compared(regio, shown), columns, "Mensen aan het eind van ieder scenario").short()
    if shown and permission.may_edit("regio"):

        def remove() -> str:
            code, who = st.session_state["regio-scenario-weg"], permission.editor_name()
            agreed.remove(regio.store.path, code, who, gezien=seen(GONE))
            return "Het scenario is weggehaald."

        with st.form("regio-scenario-weg-formulier"):
            st.selectbox(
                "Haal een scenario weg", list(titles), format_func=titles.get, key="regio-scenario-weg"
            )
            press("Haal weg", remove, GONE, place=st.form_submit_button, of=regio.store.path)
    for scenario in shown:
        parts.note(
            f"{plan.told(scenario)}. Bewaard door {scenario.wie} op {dutch_day(scenario.wanneer)}. {plan.changed(regio, scenario)}"
        )
