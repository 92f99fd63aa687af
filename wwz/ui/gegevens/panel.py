"""On the screen Gegevens: choose gemeenten or a region, fetch their real data, and watch it come."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from wwz.ask import in_use
from wwz.base.errors import MinderGebieden
from wwz.base.settings import Settings
from wwz.build import fetched
from wwz.fetch import job as jobs
from wwz.ui.gegevens.choice import choice, chosen_year
from wwz.ui.shared import parts, permission, state
from wwz.ui.shared.rebuild import SMALLER
from wwz.ui.shared.turn import fragment

NO_CONNECTION = (
    "Er is nu geen verbinding met het CBS. Het dashboard werkt gewoon met de gegevens die er zijn; "
    "met internet kunt u hier de cijfers van uw gemeente ophalen."
)


def fetch_panel() -> None:
    """The whole panel; refreshes itself while something runs, without blocking the page."""
    settings = state.settings()
    if not settings.ophalen_op_scherm:
        return
    st.header("Echte gegevens van uw gemeente", anchor=False)
    if settings.mappen:
        parts.note(
            "De gegevens komen uit de mappen in config.toml. Maak invoer.mappen leeg om hier op te halen."
        )
        return
    # Only for who may fetch does this server look outside.
    running = jobs.probe_once(settings, chosen_year()) if permission.may_edit("ophalen") else jobs.current()
    busy = running is not None and running.bezig
    fragment(_panel, run_every=1 if busy else None)(settings, busy)


def _panel(settings: Settings, was_busy: bool) -> None:
    job = jobs.current()
    busy = job is not None and job.bezig
    allowed = permission.may_edit("ophalen")
    if busy != was_busy or (allowed and jobs.probe_is_needed(settings, chosen_year())):
        # The whole page: what is in the database may have changed, and the panel must start or stop refreshing.
        st.rerun()
    if busy and job.soort != "verbinding":
        _progress(job)
        return
    store = state.store()
    if not allowed:
        parts.note(in_use.in_words(store))
        permission.explain(action="ophalen")
        return
    _result(job)
    parts.note(in_use.in_words(store))
    choice(settings, waits=busy)
    if in_use.fetched_set(store):
        st.button(
            "Terug naar de voorbeeldregio", on_click=_only_allowed(lambda: fetched.start_example(settings))
        )
    parts.note(
        "Bronnen: CBS, RIVM en GGD'en, politie, PDOK (Kadaster), 3DBAG en OpenStreetMap. Het ophalen gaat van deze server naar de bronnen."
    )


def _progress(job: jobs.Job) -> None:
    progress = job.progress
    st.progress(progress.deel, text=progress.tekst)
    spent = f"{progress.bytes / 1e6:.1f} MB in {progress.seconden:.0f} seconden".replace(".", ",")
    words = ", ".join(filter(None, [spent, progress.nog]))
    parts.note(
        f"{words}. U kunt intussen gewoon verder kijken; de gegevens van nu blijven staan tot alles er is."
    )
    # Another visitor waits for it; who started it may stop it.
    if job.soort == "ophalen" and job.van == permission.mark() and permission.may_edit("ophalen"):
        st.button(
            "Het ophalen stopt" if progress.gestopt else "Stop met ophalen",
            on_click=progress.stop,
            disabled=progress.gestopt,
        )


def _result(job: jobs.Job | None) -> None:
    if job is None or job.bezig:
        return
    if job.fout and job.soort == "verbinding":
        parts.empty(NO_CONNECTION)
        # Not a note: that would explain words of technique as if they were words of care.
        st.text(" ".join(job.fout.zinnen))
        st.button(
            "Probeer de verbinding opnieuw", on_click=_only_allowed(lambda: job.opnieuw(permission.mark()))
        )
    elif job.fout:
        parts.show_error(job.fout)
        st.button(
            "Probeer opnieuw; wat er al is, blijft bewaard",
            on_click=_only_allowed(lambda: job.opnieuw(permission.mark())),
        )
        if isinstance(job.fout, MinderGebieden):
            st.button(
                SMALLER, on_click=_only_allowed(lambda: job.toch(permission.mark())), key="ophalen-toch"
            )
    elif job.zin:
        st.success(job.zin)
        for remark in job.opmerkingen:
            parts.note(remark)


def _only_allowed(action: Callable[[], object]) -> Callable[[], None]:
    """The action of a button; permission may have gone since the button was drawn."""

    def act() -> None:
        if permission.may_edit("ophalen"):
            action()

    return act
