"""Where has a new voorziening most effect: the search, its proof, and taking it over in the plan."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from wwz.base.errors import Fout
from wwz.own import plans
from wwz.own.plans import Change
from wwz.planning import whatif
from wwz.planning.shift import shift
from wwz.planning.situation import Situation
from wwz.ui.doorrekenen import current as whatifstate
from wwz.ui.doorrekenen.current import Question
from wwz.ui.shared import parts
from wwz.ui.shared.table import Column, Table

OFFER, COUNT = "doorrekenen-voorstel", "doorrekenen-aantal"
TABLE = [
    Column("plek", "Plek"),
    Column("buurt", "In buurt"),
    Column("erbij", "Komen binnen bereik", align="right"),
    Column("samen", "Samen met de plekken erboven", align="right"),
]


def offered(question: Question, found: tuple[Change, ...]) -> whatif.Found | None:
    """The outcome of the last search, as long as the question and the plan are still the same."""
    kept = st.session_state.get(OFFER)
    return kept[1] if kept and kept[0] == _key(question, found) else None


def _key(question: Question, found: tuple[Change, ...]) -> tuple[str, str]:
    return question.key, plans.to_text(found)


def search_panel(question: Question, found: tuple[Change, ...], there: Situation) -> None:
    """The controls, and the outcome below."""
    left, right = st.columns([1, 3], vertical_alignment="bottom")
    left.segmented_control("Hoeveel plekken?", whatif.SITES, default=whatif.SITES[0], key=COUNT)

    def look() -> None:
        count = st.session_state[COUNT] or whatif.SITES[0]
        try:
            outcome = whatif.search(there, question.area, found, question.group, question.soort, count)
            st.session_state[OFFER] = (_key(question, found), outcome)
        except Fout as fout:
            whatifstate.trouble(" ".join(fout.zinnen))

    right.button("Zoek de beste plekken", on_click=look, type="primary")
    outcome = offered(question, found)
    if outcome is None:
        parts.note(
            "De WWZ-wijzer zoekt waar nieuwe plekken de meeste mensen uit de gekozen groep bereiken, boven op wat er is en wat al "
            "in het plan staat."
        )
        return
    _show(question, found, there, outcome)


def _show(question: Question, found: tuple[Change, ...], there: Situation, outcome: whatif.Found) -> None:
    minimum = question.area.store.about()["minimum"]
    rows = _rows(question, found, there, outcome, minimum)
    Table(
        rows, TABLE, f"Beste plekken voor: {whatif.groups(question.area, question.norm)[question.group]}"
    ).short()
    parts.sentence(
        f"{'Samen brengen zij' if len(outcome.changes) > 1 else 'Deze plek brengt'} dit voor {outcome.effect.gained.text(minimum)} mensen binnen bereik. {outcome.proof}"
    )

    def take_over() -> None:
        try:
            whatifstate.change_plan(plans.add(found, *outcome.changes))
        except Fout as fout:
            whatifstate.trouble(" ".join(fout.zinnen))

    st.button("Neem over in het plan", on_click=take_over)
    parts.note(
        "Onderzocht zijn plekken waar mensen wonen die dit nu niet binnen bereik hebben, hooguit een per vak van 100 meter. Of er "
        "ruimte is, weet u zelf het beste."
    )


def _rows(
    question: Question, found: tuple[Change, ...], there: Situation, outcome: whatif.Found, minimum: int
) -> pd.DataFrame:
    """One row per place: what it adds to the plan with the places above it."""
    before = whatif.effect(shift(there, found), question.area, question.group).after.people
    rows, earlier = [], before
    for number, change in enumerate(outcome.changes, 1):
        moved = shift(there, (*found, *outcome.changes[:number]))
        now = whatif.effect(moved, question.area, question.group).after.people
        rows.append(
            {
                "plek": number,
                "buurt": there.near(change),
                "erbij": whatif.about(now - earlier, minimum),
                "samen": whatif.about(now - before, minimum),
            }
        )
        earlier = now
    return pd.DataFrame(rows)
