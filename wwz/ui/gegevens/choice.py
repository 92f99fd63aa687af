"""What to fetch: gemeenten, a region or the whole country, of which year, and with what more."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from wwz.base.counted import counted
from wwz.base.settings import Settings
from wwz.build import fetched
from wwz.fetch import job as jobs
from wwz.fetch.items import rules
from wwz.fetch.plan import table_numbers
from wwz.knowledge.placenames import usual
from wwz.ui.shared import parts, permission

GEMEENTEN, REGIO, LAND = "Gemeenten", "Een regio", "Heel Nederland"
YEAR = "ophalen-jaar"
# So many names can be read in one line.
MOST_NAMES = 15


@dataclass(frozen=True)
class Asked:
    """What was chosen; nothing of it while `klaar` is False."""

    klaar: bool
    gemeenten: tuple[str, ...] = ()
    regios: tuple[str, ...] = ()
    buren: bool = False


def chosen_year() -> int:
    """Year of the boundaries as chosen below the list of gemeenten, which is of that year."""
    return int(st.session_state.get(YEAR, rules()["standaard_jaar"]))


def choice(settings: Settings, *, waits: bool) -> None:
    """The widgets, and the button that starts the fetch; it `waits` while the connection is looked for."""
    regions = jobs.regions(settings, chosen_year())
    kinds = [GEMEENTEN, REGIO, LAND] if regions else [GEMEENTEN, LAND]
    kind = st.radio("Wat wilt u ophalen?", kinds, horizontal=True, key="ophalen-wat")
    asked = {GEMEENTEN: _gemeenten, REGIO: _region, LAND: _country}[kind](settings)
    with st.expander("Jaar en raster"):
        year, grid = _more()
    st.button(
        "Ophalen bij CBS",
        type="primary",
        disabled=waits or not asked.klaar,
        on_click=lambda: _start(settings, asked, year, grid),
    )


def _start(settings: Settings, asked: Asked, year: int, grid: bool) -> None:
    if permission.may_edit("ophalen"):
        fetched.start_fetch(
            settings,
            asked.gemeenten,
            year,
            buren=asked.buren,
            regios=asked.regios,
            raster=grid,
            van=permission.mark(),
        )


def _gemeenten(settings: Settings) -> Asked:
    names = jobs.gemeenten(settings, chosen_year())
    if names:
        chosen = st.multiselect(
            "Welke gemeenten?", names, placeholder="Kies of zoek een gemeente", key="ophalen-gemeenten"
        )
    else:
        # The list comes from CBS: as long as it is not there, a name can be typed.
        text = st.text_input(
            "Welke gemeenten?", placeholder="Bijvoorbeeld: Den Haag, Rijswijk", key="ophalen-getypt",
            help="Naam of code (GM0518). Zet een komma tussen twee gemeenten.",
        )  # fmt: skip
        chosen = [part.strip() for part in text.split(",") if part.strip()]
    near = st.checkbox("Ook de buurgemeenten", key="ophalen-buren")
    return Asked(bool(chosen), gemeenten=tuple(chosen), buren=near)


def _region(settings: Settings) -> Asked:
    regions = jobs.regions(settings, chosen_year())
    left, right = st.columns([1, 2])
    with left:
        kind = st.selectbox("Soort regio", list(dict.fromkeys(r.soort for r in regions)), key="ophalen-soort")
    names = {r.code: r.naam for r in regions if r.soort == kind}
    with right:
        code = st.selectbox(
            "Welke regio?",
            list(names),
            index=None,
            format_func=names.get,
            placeholder="Kies een regio",
            key=f"ophalen-regio-{kind}",
        )
    if code is None:
        return Asked(False)
    members = next(r.gemeenten for r in regions if r.code == code and r.soort == kind)
    parts.note(_count(settings, members))
    return Asked(True, regios=(code,))


def _count(settings: Settings, members: tuple[str, ...]) -> str:
    known = jobs.gemeente_names(settings, chosen_year())
    names = sorted(usual(known[m]) for m in members if m in known)
    if len(names) > MOST_NAMES:
        return f"{len(names)} gemeenten, van {names[0]} tot en met {names[-1]}."
    return counted("{n} [gemeente|gemeenten]: {namen}.", len(names), namen=", ".join(names))


def _country(settings: Settings) -> Asked:
    parts.note("Ongeveer 14.500 buurten. Ophalen en inlezen duurt enkele minuten.")
    return Asked(True)


def _more() -> tuple[int, bool]:
    years = sorted(table_numbers("kwb"), reverse=True)
    year = st.selectbox(
        "Jaar van de grenzen", years, index=years.index(rules()["standaard_jaar"]), key=YEAR,
        help="Van elk cijfer komt het nieuwste jaar dat compleet is, tot en met dit jaar. "
        "In het nieuwste jaar staan inkomen, uitkeringen, Wmo en woningen er nog niet; die komen dan van een jaar eerder.",
    )  # fmt: skip
    grid = st.checkbox(
        "Ook de vierkanten van 100 meter", value=True, key="ophalen-raster",
        help="Daarmee zijn afstanden nauwkeuriger: waar mensen wonen, en hoe ver de winkels zijn. Het CBS geeft dit als twee grote "
        "bestanden voor heel Nederland. Alleen de vierkanten van uw gemeenten blijven bewaard.",
    )  # fmt: skip
    return int(year), grid
