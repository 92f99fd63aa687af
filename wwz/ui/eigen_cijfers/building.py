"""Plans to build and to demolish: upload, template, what is kept, and take away."""

from __future__ import annotations

import streamlit as st

from wwz.ask.area import whole
from wwz.ask.buurtkinds import plans_in_words, plans_kept
from wwz.future.kinds import homes
from wwz.own import building as ownbuilding
from wwz.own import data as owndata
from wwz.store import Store
from wwz.ui.eigen_cijfers import before
from wwz.ui.shared import parts, permission
from wwz.ui.shared.press import press
from wwz.ui.shared.table import Column, Table
from wwz.ui.shared.upload import upload

# What stood there when this visitor brought a file, and when the page was drawn.
BROUGHT, LOOKED = "bouwplan-gezien", "bouwplan-bekeken"
COLUMNS = [
    Column("naam", "Buurt"),
    Column("jaar_tekst", "Jaar"),
    Column("wat", "Wat"),
    Column("woningen", "Woningen", text_field="woningen_tekst", kind="number"),
    Column("bron", "Bron", sub_field="wie"),
]


def building(store: Store) -> None:
    """Everything about building plans."""
    kinds = ", ".join(homes())
    st.write(
        "Zonder bouwplan verdeelt Toekomst de woningen die het land nodig heeft over de buurten. Weet uw gemeente waar gebouwd of gesloopt wordt? "
        f"Lever dan een CSV of Excel in met buurt, jaar, woningen en soort ({kinds}). Zet sloop op een eigen regel, met de soort sloop. "
        "Een nieuw bestand vervangt de plannen van de buurten die erin staan."
    )
    st.download_button(
        "Sjabloon met alle buurten",
        lambda: ownbuilding.template(store.ask("toekomst_soort", binnen=list(whole(store).codes))),
        "bouwplannen.csv",
        "text/csv",
        on_click="ignore",
    )
    rows = plans_kept(store, ownbuilding.table(store.path))
    if len(rows):
        parts.sentence(plans_in_words(rows))
        Table(rows, COLUMNS, "Bouwplannen die zijn bewaard").short(folds=True)
    else:
        parts.note("Er zijn geen bouwplannen bewaard.")
    if owndata.has_changed(store, ownbuilding.KIND.code):
        parts.note("Toekomst telt de laatste wijziging pas mee als alles opnieuw is uitgerekend.")
    if not permission.gate("bouwplan"):
        return
    st.text_input(
        "Waar staan deze plannen?",
        max_chars=200,
        key="bouwplan-bron",
        placeholder="Bijvoorbeeld: Woondeal 2025",
    )
    file = upload("Uw bouwplannen", ["csv", "xlsx"], "bouwplan-bestand")
    before.note(LOOKED, None, ownbuilding.latest(store.path))
    if file is not None:
        before.note(BROUGHT, file, ownbuilding.latest(store.path))
        press("Bewaar deze bouwplannen", lambda: _keep(store, file), "bouwplan-bewaar", type="primary")
    if len(rows):
        press("Haal alle bouwplannen weg", lambda: _remove(store), "bouwplan-weg")


def _keep(store: Store, file: tuple[str, bytes]) -> str:
    source = st.session_state["bouwplan-bron"]
    rows = ownbuilding.check(file[1], file[0], ownbuilding.homes_now(store), permission.editor_name(), source)
    before.keep(
        BROUGHT,
        lambda seen: ownbuilding.keep(store.path, rows, gezien=seen),
        lambda: ownbuilding.latest(store.path),
    )
    return "De bouwplannen zijn bewaard. Ze tellen mee als alles opnieuw is uitgerekend."


def _remove(store: Store) -> str:
    before.keep(
        LOOKED,
        lambda seen: ownbuilding.remove(store.path, permission.editor_name(), gezien=seen),
        lambda: ownbuilding.latest(store.path),
    )
    return "De bouwplannen zijn weggehaald."
