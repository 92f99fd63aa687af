"""On the screen Gegevens: choose gemeenten, fetch their real data, and watch it come."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from wwz.fetch import job as jobs
from wwz.fetch.choice import about_set
from wwz.fetch.items import rules
from wwz.settings import Settings
from wwz.ui import parts, state


def fetch_panel() -> None:
    """The whole panel; refreshes itself while something runs, without blocking the page."""
    settings = state.settings()
    if not settings.ophalen_op_scherm:
        return
    st.subheader("Echte gegevens van uw gemeente", anchor=False)
    if settings.mappen:
        parts.note("De gegevens komen uit de mappen in config.toml. Maak invoer.mappen leeg om hier op te halen.")
        return
    running = jobs.current()
    if running is None and not jobs.gemeenten(settings):
        running = jobs.start_probe(settings)
    busy = running is not None and running.bezig
    st.fragment(_panel, run_every=1 if busy else None)(settings, busy)


def _panel(settings: Settings, was_busy: bool) -> None:
    job = jobs.current()
    busy = job is not None and job.bezig
    if busy != was_busy:
        # The whole page: what is in the database may have changed, and the panel must start or stop refreshing.
        st.rerun()
    if busy and job.soort != "verbinding":
        _progress(job)
        return
    _result(job)
    _choice(settings, job)


def _progress(job: jobs.Job) -> None:
    progress = job.progress
    st.progress(progress.deel, text=progress.tekst)
    words = f"{progress.bytes / 1e6:.1f} MB in {progress.seconden:.0f} seconden".replace(".", ",")
    parts.note(f"{words}. U kunt intussen gewoon verder kijken; de gegevens van nu blijven staan tot alles er is.")
    if job.soort == "ophalen":
        st.button("Stop met ophalen", on_click=progress.stop)


def _result(job: jobs.Job | None) -> None:
    if job is None or job.bezig:
        return
    if job.fout and job.soort == "verbinding":
        parts.empty(
            "Er is nu geen verbinding met het CBS. Het dashboard werkt gewoon met de gegevens die er zijn; "
            "met internet kunt u hier de cijfers van uw gemeente ophalen."
        )
    elif job.fout:
        parts.show_error(job.fout)
    elif job.zin:
        st.success(job.zin)
        for remark in job.opmerkingen:
            parts.note(remark)


def _choice(settings: Settings, job: jobs.Job | None) -> None:
    parts.note(_in_use(settings))
    names = jobs.gemeenten(settings)
    asked = st.multiselect(
        "Welke gemeenten?",
        names,
        accept_new_options=True,
        placeholder="Kies of typ een gemeente",
        key="ophalen-gemeenten",
    )
    with st.container(horizontal=True):
        near = st.checkbox("Ook de buurgemeenten", key="ophalen-buren")
        country = st.checkbox(
            "Heel Nederland", key="ophalen-land", help="Ongeveer 14.500 buurten; dit duurt enkele minuten."
        )
    with st.container(horizontal=True):
        st.button(
            "Ophalen bij CBS",
            type="primary",
            disabled=not (asked or country),
            on_click=lambda: jobs.start_fetch(
                settings, () if country else tuple(asked), rules()["standaard_jaar"], buren=near and not country
            ),
        )
        if about_set(settings.database):
            st.button("Terug naar de voorbeeldregio", on_click=lambda: jobs.start_example(settings))
    parts.note("Bronnen: CBS, RIVM en GGD'en, en PDOK (Kadaster). Het ophalen gaat van deze server naar de bronnen.")


def _in_use(settings: Settings) -> str:
    about = about_set(settings.database)
    if not about:
        return "Nu staat de voorbeeldregio in het dashboard."
    where = ", ".join(about["gemeenten"].values()) or "heel Nederland"
    return f"Nu in het dashboard: {where}, grenzen van {about['jaar']}, opgehaald op {datetime.fromisoformat(about['gemaakt']):%d-%m-%Y om %H:%M}."
