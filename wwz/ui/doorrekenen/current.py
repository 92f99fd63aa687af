"""What the screen Doorrekenen is about: the question, the plan, and what has been measured for them."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from wwz.agenda import rows as agenda
from wwz.ask.area import Area
from wwz.base.errors import Fout
from wwz.own import plans
from wwz.own.plans import Change, Plan
from wwz.planning import planagenda, situation
from wwz.planning.measured import Norm
from wwz.planning.shift import Shift, shift
from wwz.planning.situation import Situation
from wwz.store import Store
from wwz.ui.shared import state

TROUBLE = "doorrekenen-melding"


@dataclass(frozen=True)
class Question:
    """The choices at the top of the screen.

    Attributes
    ----------
    area, norm, soort, group
        Where, which norm, what kind of voorziening comes, and for which group of people.
    norms
        Everything that can be worked out here.
    """

    area: Area
    norms: tuple[Norm, ...]
    norm: Norm
    soort: str
    group: str

    @property
    def key(self) -> str:
        """The same text for the same question."""
        return "|".join((*self.area.codes, self.norm.code, self.soort, self.group))


def kinds(norms: tuple[Norm, ...]) -> set[str]:
    """Kinds of voorzieningen that can be worked out."""
    return {kind for norm in norms for kind in norm.voorzieningen}


def kept_plan(store: Store) -> Plan | None:
    """The kept plan that is open, if there is one."""
    return plans.find(store.path, state.view().plan)


def changes(store: Store, norms: tuple[Norm, ...]) -> tuple[Change, ...]:
    """The plan on screen. One that is not there any more is said once, and then left."""
    text = state.view().plan
    if not plans.is_id(text):
        return plans.from_text(text, kinds(norms))
    plan = kept_plan(store)
    if plan is None:
        trouble(
            "Dit plan is er niet meer. Vraag wie u de link gaf om een nieuwe, of maak hier zelf een plan."
        )
        state.change(plan="")
        return ()
    return tuple(change for change in plan.wijzigingen if change.soort in kinds(norms))


def change_plan(found: tuple[Change, ...]) -> None:
    """Show another plan; it is not kept yet."""
    state.change(plan=plans.to_text(found))


def trouble(text: str) -> None:
    """Say something in the next run."""
    st.session_state[TROUBLE] = text


@st.cache_resource(max_entries=30, show_spinner="De afstanden worden bekeken …")
def _situation(build: str, codes: tuple[str, ...], norm: str, *, _area: Area, _norm: Norm) -> Situation:
    return situation.situation(_area, _norm)


def measured(area: Area, norm: Norm) -> Situation:
    """Who has this within reach now; measured once for all visitors."""
    return _situation(area.store.about()["kenmerk"], area.codes, norm.code, _area=area, _norm=norm)


@st.cache_resource(max_entries=100, show_spinner=False)
def _comparison(
    build: str, codes: tuple[str, ...], plan: str, given: str, *, _area: Area, _moved: list[Shift]
) -> planagenda.Comparison:
    return planagenda.compare(_area, _moved)


def agendas(question: Question, found: tuple[Change, ...]) -> planagenda.Comparison:
    """The agenda without and with a plan.

    Raises
    ------
    Fout
        When the area is too large for an agenda.
    """
    area = question.area
    moved = []
    for norm in planagenda.decided(question.norms, {change.soort for change in found}):
        try:
            moved.append(shift(measured(area, norm), found))
        except Fout:
            continue  # this kind was not measured here, so the plan cannot change what is known of it
    given = repr(agenda.parameters(area.store, area))
    return _comparison(
        area.store.about()["kenmerk"], area.codes, plans.to_text(found), given, _area=area, _moved=moved
    )
