"""Cijfers: the template, the file that comes back with all its mistakes together, and what there is per gemeente."""

from __future__ import annotations

from datetime import date

import streamlit as st

from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.base.media import XLSX
from wwz.knowledge.regions import groepen
from wwz.own.region import numbers as regionnumbers
from wwz.own.region import numbersread, register
from wwz.region import overview, series
from wwz.region.places import gemeenten
from wwz.ui.regio.current import Chosen
from wwz.ui.regio.task import task_part
from wwz.ui.shared import parts, permission
from wwz.ui.shared.press import press, seen
from wwz.ui.shared.table import Column, Table
from wwz.ui.shared.upload import read_once, upload

GONE, KEEP = "regio-cijfer-weg-knop", "regio-bewaar"


def numbers_part(chosen: Chosen) -> None:
    """The whole tab."""
    regio = chosen.regio
    columns = [Column("titel", "Groep", sub_field="hoe")]
    columns += [Column(code, naam, kind="number") for code, naam in regio.namen.items()]
    columns.append(Column("totaal", "Regio", kind="number"))
    st.header("Wat er is", anchor=False)
    Table(overview.rows(regio), columns, "Mensen per groep en gemeente").short(folds=True)
    parts.note(overview.LEGEND)
    task_part(regio, chosen.reeks.groep.code)
    st.header("Aantallen opgeven", anchor=False)
    st.write(
        "Haal het sjabloon op en stuur het naar de gemeenten. Laat de code in de kolom definitie staan: die zegt volgens welke "
        "definitie is geteld. Is er anders geteld, schrijf dan op hoe. Zo'n aantal staat apart. Geef altijd het echte aantal, ook "
        "als het klein is: kleine aantallen tonen wij niet."
    )
    _template(chosen)
    if permission.gate("regio-cijfers", "regio"):
        _upload(chosen)
        _take_away(chosen)


def _template(chosen: Chosen) -> None:
    titles = {code: group.titel for code, group in groepen().items()}
    groups = st.multiselect(
        "Welke groepen?", list(titles), [chosen.reeks.groep.code], format_func=titles.get, key="regio-sjabloon",
        placeholder="Kies de groepen",
    )  # fmt: skip
    known = register.definities(chosen.regio.store.path)
    content = numbersread.template(
        chosen.regio.namen, [known[code] for code in groups or titles], date.today()
    )
    st.download_button("Sjabloon", content, "regio-cijfers.xlsx", XLSX, on_click="ignore")


def _take_away(chosen: Chosen) -> None:
    """A number that should not be there; which ones there are says nothing of how many people."""
    path, namen = chosen.regio.store.path, chosen.regio.namen
    there = {
        f"{n.groep} {n.gemeente} {n.jaar}": n
        for n in series.shown_numbers(chosen.regio.store)
        if n.gemeente in namen
    }
    if not there:
        return
    titles = {key: f"{groepen()[n.groep].titel}, {namen[n.gemeente]}, {n.jaar}" for key, n in there.items()}

    def remove() -> str:
        key = st.session_state["regio-cijfer-weg"]
        n = there[key]
        who = permission.editor_name()
        regionnumbers.remove(path, n.groep, n.gemeente, n.jaar, who, gezien=seen(GONE))
        return f"Weggehaald: {titles[key]}."

    with st.form("regio-cijfer-weg-formulier"):
        st.selectbox("Haal een aantal weg", list(titles), format_func=titles.get, key="regio-cijfer-weg")
        press("Haal weg", remove, GONE, place=st.form_submit_button, of=path)


def _upload(chosen: Chosen) -> None:
    store = chosen.regio.store
    file = upload("Cijfers van gemeenten", ("xlsx", "csv"), "regio-bestand")
    if file is None:
        return
    people = gemeenten(store)["inwoners"].to_dict()
    try:
        rows = read_once(
            "regio-bestand", file, lambda name, content: numbersread.read(content, name, people, permission.editor_name()),
            store.about()["kenmerk"], permission.editor_name(),
        )  # fmt: skip
    except Fout as fout:
        parts.show_error(fout)
        return
    parts.sentence(counted("{naam} is in orde: {n} [aantal|aantallen].", len(rows), naam=file[0]))
    for one in numbersread.apart(rows, register.definities(store.path)):
        parts.note(f"Apart, en niet opgeteld: {one.plaats} {one.reden}.")

    def keep() -> str:
        regionnumbers.add(store.path, rows, permission.editor_name(), gezien=seen(KEEP))
        return counted("{n} [aantal|aantallen] bewaard.", len(rows))

    press("Bewaar deze aantallen", keep, KEEP, of=store.path, type="primary")
