"""On every screen where own data is changed: whether the figures are from before the change, and the button to renew them."""

from __future__ import annotations

import streamlit as st

from wwz.base.errors import Fout, MinderGebieden
from wwz.base.sentence import listed
from wwz.build import rebuild
from wwz.own import data as owndata
from wwz.ui.shared import parts, permission, state
from wwz.ui.shared.turn import fragment

# Also at fetching.
SMALLER = "Klopt: gebruik de gegevens met minder gebieden"
SEEN, TROUBLE = "herbouw-gezien", "herbouw-fout"


def rebuild_button(reason: str = "") -> None:
    """Say that figures on screen are from before a change, offer to compute them again, and show how that goes.

    Nothing appears while the figures are up to date. Call it once on a page, after everything that may change own
    data.

    Parameters
    ----------
    reason
        Which figures wait for it, as a sentence ("De kaart telt dit nog niet mee."); empty for the general one.
    """
    job = rebuild.current()
    busy = job is not None and job.bezig
    fragment(_panel, run_every=1 if busy else None)(reason, busy)


def _panel(reason: str, was_busy: bool) -> None:
    job = rebuild.current()
    busy = job is not None and job.bezig
    if busy != was_busy:
        # The whole page: there is another database now, and this panel must start or stop refreshing.
        st.rerun()
    if busy:
        seconds = f"{job.progress.seconden:.0f}"
        st.progress(min(job.progress.deel, 0.95), text=job.progress.tekst)
        parts.note(
            f"{seconds} seconden bezig. U kunt verder werken; tot het klaar is, blijven de cijfers van nu staan."
        )
        return
    _result(job)
    changes = owndata.changed(state.store())
    if changes:
        _offer(reason, changes)


def _result(job) -> None:
    trouble = st.session_state.pop(TROUBLE, None)
    if trouble is not None:
        parts.show_error(trouble)
    if job is None or st.session_state.get(SEEN) != id(job):
        return
    if job.fout:
        parts.show_error(job.fout)
        if isinstance(job.fout, MinderGebieden) and permission.may_edit("uitrekenen"):
            st.button(SMALLER, on_click=_anyway, args=(job,), key="herbouw-toch")
    elif job.zin:
        st.success(job.zin)


def _offer(reason: str, changes: list[str]) -> None:
    what = listed(changes)
    st.warning(f"De cijfers zijn van vóór de laatste wijziging van: {what}. {reason}".strip())
    if permission.may_edit("uitrekenen"):
        st.button("Reken alle cijfers opnieuw uit", on_click=_start, key="herbouw-knop", type="primary")


def _anyway(job) -> None:
    st.session_state[SEEN] = id(job.toch())


def _start() -> None:
    try:
        st.session_state[SEEN] = id(rebuild.start(state.settings(), state.store()))
    except Fout as fout:
        st.session_state[TROUBLE] = fout
