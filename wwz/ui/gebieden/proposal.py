"""A proposal of areas: what weighs, the map and the table, moving buurten, and keeping it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from wwz.ask.area import Area
from wwz.ask.ownareas import names
from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.knowledge import serviceareas
from wwz.maps.boundaries import boundaries
from wwz.maps.ramps import RAMPS
from wwz.own.areas.kept import keep_all
from wwz.servicearea import moving
from wwz.servicearea.measure import between
from wwz.servicearea.moving import Plan
from wwz.servicearea.price import GOALS, Wishes
from wwz.servicearea.propose import propose
from wwz.store import Store
from wwz.ui.gebieden.draft import surroundings
from wwz.ui.shared import parts, permission, state
from wwz.ui.shared.kaart import MapLayer, show_map
from wwz.ui.shared.press import press
from wwz.ui.shared.table import Column, Table
from wwz.ui.shared.turn import fragment

PLACE, SAID, OF = "voorstel-plan", "voorstel-zinnen", "voorstel-van"
BUURT, TO = "voorstel-buurt", "voorstel-naar"
HEIGHT = 420
# Light tones of every ramp: neighbours differ in tone, and the name is in the table.
TONES = tuple(RAMPS[name][step] for step in (1, 2, 3) for name in ("behoefte", "knelpunt", "neutraal"))
COLUMNS = [
    Column("naam", "Gebied"),
    Column("inwoners", "Inwoners", text_field="inwoners_tekst", kind="number", sub_field="maat"),
    Column("midden", "Gemiddeld tot het midden", text_field="midden_tekst", kind="number"),
    Column("aaneen", "Aan elkaar?"),
    Column("buurten", "Buurten", kind="number"),
]


def proposal_screen(store: Store, area: Area) -> None:
    """The whole tab."""
    around = surroundings(store, area)
    parts.note(
        f"Een woonservicegebied heeft {between()} inwoners. Dit voorstel verdeelt een gemeente in zulke gebieden. Elke buurt hoort bij één gebied."
    )
    _wishes()
    press(f"Maak een voorstel voor {around.naam}", lambda: _made(store, around), "voorstel-maak")
    plan: Plan | None = st.session_state.get(PLACE)
    if plan is None or st.session_state.get(OF) != around.codes:
        return
    for text in st.session_state[SAID]:
        parts.sentence(text)
    _changing(store, around)
    _keep(store)


def _wishes() -> None:
    titles, why = serviceareas.titles("doel"), serviceareas.explanations("doel")
    weights = serviceareas.titles("weging")
    for place, goal in zip(st.columns(len(GOALS)), GOALS, strict=True):
        place.selectbox(
            titles[goal], list(weights), index=1, format_func=weights.get, key=f"voorstel-{goal}", help=why[goal]
        )  # fmt: skip


def _made(store: Store, around: Area) -> str:
    weight = serviceareas.factors()
    wishes = Wishes(**{goal: weight[st.session_state[f"voorstel-{goal}"]] for goal in GOALS})
    found = propose(store, around, wishes)
    st.session_state[PLACE], st.session_state[OF] = moving.plan_of(found), around.codes
    st.session_state[SAID] = found.zinnen
    st.session_state.pop(BUURT, None)
    return counted("Er is een voorstel met {n} [gebied|gebieden].", len(found.gebieden))


@fragment
def _changing(store: Store, around: Area) -> None:
    state.begin_part()
    plan: Plan = st.session_state[PLACE]
    rows = moving.rows(store, plan)
    left, right = st.columns([2, 1.2], gap="medium")
    with left:
        _map(store, around, plan)
    with right:
        _move(store, around, plan, rows)
    Table(pd.DataFrame(rows), COLUMNS, "Voorgestelde gebieden").sortable(
        key="voorstel-tabel", row_key="nr", rows_per_page=20
    )


def _map(store: Store, around: Area, plan: Plan) -> None:
    file = boundaries(store, around, around.smallest)
    if file is None:
        return
    colours = moving.colouring(store, around, plan, len(TONES))
    of = {code: colours[number] for number, (_, buurten) in enumerate(plan.gebieden) for code in buurten}
    layer = MapLayer(
        file, np.array([of.get(code, 0) for code in file.codes]), TONES, ("",) * len(TONES), "Voorgestelde gebieden"
    )  # fmt: skip
    chosen = st.session_state.get(BUURT)
    at = plan.of(chosen) if chosen else -1
    show_map(
        layer,
        selected=list(plan.gebieden[at][1]) if at >= 0 else [],
        attribution=store.about()["bron_grenzen"],
        on_click=lambda code: st.session_state.update({BUURT: code}),
        height=HEIGHT,
        tell_position=False,
        key=f"voorstelkaart-{'-'.join(around.codes)[:60]}",
    )
    parts.note("Elke kleur is een gebied. Klik op een buurt: dan ziet u haar gebied omrand.", printed=False)


def _move(store: Store, around: Area, plan: Plan, rows: list[dict[str, object]]) -> None:
    called = names(store)
    codes = sorted(around.buurten, key=lambda code: str(called.get(code, code)))
    code = st.selectbox(
        "Buurt verplaatsen", codes, index=None, format_func=lambda one: called.get(one, one), key=BUURT,
        placeholder="Kies een buurt",
    )  # fmt: skip
    if not code:
        return
    at = plan.of(code)
    parts.note(f"{called.get(code, code)} hoort bij {plan.gebieden[at][0]}.")
    near = moving.neighbours(store, around, plan, code)
    if not near:
        parts.note("Deze buurt grenst aan geen ander gebied.")
        return
    titles = {number: plan.gebieden[number][0] for number in near}
    st.selectbox("Naar welk gebied?", near, format_func=titles.get, key=f"{TO}-{code}-{at}")
    press("Verplaats deze buurt", lambda: _moved(code, at), "voorstel-verplaats")
    here = [row for row in rows if int(str(row["nr"])) in (at, *near)]
    Table(here, [COLUMNS[0], COLUMNS[1]], "Dit gebied en zijn buren").short()


def _moved(code: str, at: int) -> str:
    plan: Plan = st.session_state[PLACE]
    to = st.session_state[f"{TO}-{code}-{at}"]
    st.session_state[PLACE] = plan.moved(code, to)
    return f"De buurt hoort nu bij {plan.gebieden[to][0]}."


def _keep(store: Store) -> None:
    if not permission.gate("-voorstel", "gebied"):
        return

    def keep() -> str:
        plan: Plan = st.session_state[PLACE]
        if not plan.gebieden:
            raise Fout("Er is nog geen voorstel om te bewaren.")
        kept = keep_all(
            store.path, plan.gebieden, permission.editor_name(), doel=st.session_state["voorstel-doel"]
        )
        return counted(
            "{n} [gebied is|gebieden zijn] bewaard, en te vinden bij Alle eigen gebieden.", len(kept)
        )

    st.text_input("Waar zijn deze gebieden voor?", "Woonservicegebied", max_chars=400, key="voorstel-doel")
    press("Bewaar alle gebieden van dit voorstel", keep, "voorstel-bewaar")
