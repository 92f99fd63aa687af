"""A forecast of the municipality's own: upload, template, and take away."""

from __future__ import annotations

import streamlit as st

from wwz.base.dates import short_day
from wwz.own import data as owndata
from wwz.own import forecast as ownforecast
from wwz.store import Store
from wwz.ui.eigen_cijfers import before
from wwz.ui.shared import parts, permission
from wwz.ui.shared.press import press
from wwz.ui.shared.upload import upload

# What stood there when this visitor brought a file, and when the page was drawn.
BROUGHT, LOOKED = "prognose-gezien", "prognose-bekeken"


def forecast(store: Store) -> None:
    """Everything about the own forecast."""
    st.write(
        "Standaard volgt Toekomst de landelijke prognose. Heeft uw gemeente een eigen bevolkingsprognose? Dan tellen de buurten daarop op. "
        "Lever een CSV in met gemeente, jaar, leeftijd (band) en aantal."
    )
    st.download_button(
        "Sjabloon met de aantallen van nu",
        lambda: ownforecast.template(store.ask("prognose_gemeente")),
        "eigen-prognose.csv",
        "text/csv",
        on_click="ignore",
    )
    rows = ownforecast.read(store.path)
    if rows:
        names = ", ".join(sorted({p.gemeente for p in rows}))
        parts.sentence(
            f"Bewaard: een prognose voor {names}, opgegeven door {rows[-1].wie} op {short_day(rows[-1].wanneer)}."
        )
    else:
        parts.note("Er is geen eigen prognose bewaard.")
    if owndata.has_changed(store, ownforecast.KIND.code):
        parts.note("Toekomst telt de laatste wijziging pas mee als alles opnieuw is uitgerekend.")
    if not permission.gate("prognose"):
        return
    st.text_input(
        "Welke prognose is het?", max_chars=200, key="prognose-bron", placeholder="Bijvoorbeeld: Primos 2024"
    )
    file = upload("Uw prognose", ["csv", "xlsx"], "prognose-bestand")
    before.note(LOOKED, None, ownforecast.latest(store.path))
    if file is not None:
        before.note(BROUGHT, file, ownforecast.latest(store.path))
        press("Bewaar deze prognose", lambda: _keep(store, file), "prognose-bewaar", type="primary")
    if rows:
        press("Haal de eigen prognose weg", lambda: _remove(store), "prognose-weg")


def _keep(store: Store, file: tuple[str, bytes]) -> str:
    areas = store.areas()
    known = areas[areas["niveau"] == "gemeente"].set_index("code")["naam"].to_dict()
    source = st.session_state["prognose-bron"]
    rows = ownforecast.check(file[1], file[0], known, permission.editor_name(), source)
    before.keep(
        BROUGHT,
        lambda seen: ownforecast.keep(store.path, rows, gezien=seen),
        lambda: ownforecast.latest(store.path),
    )
    return "De prognose is bewaard. Ze telt mee als alles opnieuw is uitgerekend."


def _remove(store: Store) -> str:
    before.keep(
        LOOKED,
        lambda seen: ownforecast.remove(store.path, permission.editor_name(), gezien=seen),
        lambda: ownforecast.latest(store.path),
    )
    return "De eigen prognose is weggehaald."
