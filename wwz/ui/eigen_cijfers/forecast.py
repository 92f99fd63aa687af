"""A forecast of the municipality's own: upload, template, and take away."""

from __future__ import annotations

import streamlit as st

from wwz.base.errors import Fout
from wwz.own import data as owndata
from wwz.own import forecast as ownforecast
from wwz.store import Store
from wwz.ui.shared import parts, permission
from wwz.ui.shared.upload import upload


def forecast(store: Store) -> None:
    """Everything about the own forecast."""
    path = ownforecast.path_beside(store.path)
    st.write(
        "Standaard volgt Toekomst de landelijke prognose. Heeft uw gemeente een eigen bevolkingsprognose? Dan tellen de buurten daarop op. "
        "Lever een CSV in met gemeente, jaar, leeftijd (band) en aantal."
    )
    st.download_button(
        "Sjabloon met de aantallen van nu",
        ownforecast.template(store.ask("prognose_gemeente")),
        "eigen-prognose.csv",
        "text/csv",
    )
    rows = ownforecast.read(path)
    if rows:
        names = ", ".join(sorted({p.gemeente for p in rows}))
        parts.sentence(
            f"Bewaard: een prognose voor {names}, opgegeven door {rows[-1].wie} op {rows[-1].wanneer[:10]}."
        )
    else:
        parts.note("Er is geen eigen prognose bewaard.")
    if owndata.has_changed(store, ownforecast.FILE):
        parts.note("Toekomst telt de laatste wijziging pas mee als alles opnieuw is uitgerekend.")
    if not permission.gate("prognose"):
        return
    source = st.text_input(
        "Welke prognose is het?", max_chars=200, key="prognose-bron", placeholder="Bijvoorbeeld: Primos 2024"
    )
    file = upload("Uw prognose", ["csv", "xlsx"], "prognose-bestand")
    if file is not None and st.button("Bewaar deze prognose", type="primary"):
        _keep(store, file, source)
    if rows and st.button("Haal de eigen prognose weg"):
        ownforecast.write(path, [])
        st.rerun()


def _keep(store: Store, file: tuple[str, bytes], source: str) -> None:
    areas = store.areas()
    known = areas[areas["niveau"] == "gemeente"].set_index("code")["naam"].to_dict()
    try:
        rows = ownforecast.check(file[1], file[0], known, permission.editor_name(), source)
        ownforecast.keep(ownforecast.path_beside(store.path), rows)
    except (Fout, OSError) as error:
        parts.show_error(
            error
            if isinstance(error, Fout)
            else Fout("De prognose kan niet worden bewaard. Geef dit programma schrijfrechten.")
        )
        return
    st.toast("De prognose is bewaard. Ze telt mee als alles opnieuw is uitgerekend.")
    st.rerun()
