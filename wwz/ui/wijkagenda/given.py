"""Where the municipality says what it knows of a randvoorwaarde: a form, a table, a file in and out, and the history."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pandas as pd
import streamlit as st

from wwz.agenda import tables as agendatables
from wwz.ask.area import Area
from wwz.base.errors import Fout
from wwz.own import given
from wwz.own.eisen.apply import titles
from wwz.store import Store
from wwz.ui.eisen.versions import day
from wwz.ui.shared import parts, permission
from wwz.ui.shared.rebuild import rebuild_button
from wwz.ui.shared.table import Column, Table
from wwz.ui.shared.upload import read_once, upload
from wwz.words.areanames import short_name
from wwz.words.numbers import whole_or_half

HISTORY = [
    Column("titel", "Randvoorwaarde"),
    Column("naam", "Gebied", sub_field="niveau"),
    Column("status", "Status", sub_field="deel"),
    Column("wie", "Wie", sub_field="wanneer"),
    Column("waarom", "Waarom"),
]
KINDS = {"eigen": "eigen gebied", **{level: level for level in ("buurt", "wijk", "gemeente")}}
NOTHING = "(niets opgeven)"
SAVED = "De opgave is bewaard en telt mee in deze agenda."


def give(store: Store, area: Area) -> None:
    """Everything about statements for one area."""
    path = given.path_beside(store.path)
    st.write(
        f"Wat weet u van {area.naam}? Wat u opgeeft, telt in plaats van wat wij meten of schatten. Zijn er meer opgaven, dan telt "
        "die voor het kleinste gebied."
    )
    if permission.gate("-opgave"):
        if area.is_union:
            parts.empty("Een opgave hoort bij één gebied. Kies een gemeente, wijk of buurt.")
        else:
            _form(store, path, area)
            _table(store, path, area)
        _file(store, path)
    if path.exists():
        st.download_button("Alle opgaven als CSV", path.read_bytes(), given.FILE, "text/csv")
    _history(store, path, area)
    rebuild_button(
        "De agenda telt opgaven meteen mee. De kaartlaag met mensen die iets noodzakelijks missen, en wat u exporteert, pas na opnieuw uitrekenen."
    )


def _save(path: Path, statements: list[given.Opgave]) -> None:
    try:
        given.add(path, statements)
    except (Fout, OSError) as error:
        parts.show_error(
            error if isinstance(error, Fout) else Fout(f"De opgave kan niet worden bewaard in {path.name}.")
        )
        return
    st.toast(SAVED)
    st.rerun()


def _form(store: Store, path: Path, area: Area) -> None:
    named = titles(store.path)
    with st.form("opgave", clear_on_submit=True):
        code = st.selectbox("Randvoorwaarde", list(named), format_func=named.get)
        status = st.radio("Status", given.STATUSES, horizontal=True, index=len(given.STATUSES) - 1)
        percent = st.text_input("Deel van de mensen dat dit mist, in procenten (mag leeg)", max_chars=6)
        why = st.text_input("Waar blijkt het uit?", max_chars=given.LONGEST)
        if not st.form_submit_button("Opgeven"):
            return
    try:
        statement = given.checked(area.codes[0], code, status, percent, permission.editor_name(), why)
    except Fout as fout:
        parts.show_error(fout)
        return
    _save(path, [statement])


def _table(store: Store, path: Path, area: Area) -> None:
    """All randvoorwaarden of the area in one table to fill in."""
    with st.expander("Alles van dit gebied in één tabel"):
        known = agendatables.statuses(store, area)
        rows = pd.DataFrame(
            {
                "code": known["randvoorwaarde"],
                "titel": known["titel"],
                "nu": known["status"],
                "status": NOTHING,
                "procent": "",
                "waarom": "",
            }
        )
        edited = st.data_editor(
            rows,
            key=f"opgaven-tabel-{area.codes[0]}-{len(given.read(path))}",
            hide_index=True,
            disabled=["titel", "nu"],
            num_rows="fixed",
            column_config={
                "code": None,
                "titel": st.column_config.TextColumn("Randvoorwaarde", width="medium"),
                "nu": st.column_config.TextColumn("Nu bekend", width=90),
                "status": st.column_config.SelectboxColumn(
                    "Opgeven", options=[NOTHING, *given.STATUSES], required=True, width=130
                ),
                "procent": st.column_config.TextColumn("% dat het mist", width=110),
                "waarom": st.column_config.TextColumn("Waar blijkt het uit?", width="medium"),
            },
        )
        chosen = edited[edited["status"] != NOTHING]
        if not st.button(f"Geef op ({len(chosen)} ingevuld)", disabled=chosen.empty):
            return
        found, mistakes = [], []
        for row in chosen.itertuples():
            try:
                found.append(
                    given.checked(
                        area.codes[0],
                        row.code,
                        row.status,
                        row.procent,
                        permission.editor_name(),
                        row.waarom or "",
                        place=row.titel,
                    )
                )
            except Fout as fout:
                mistakes += fout.zinnen
        if mistakes:
            parts.show_error(Fout(*mistakes))
            return
        _save(path, found)


def _read(store: Store, found: tuple[str, bytes], who: str) -> list[given.Opgave]:
    def read(name: str, content: bytes) -> list[given.Opgave]:
        return given.parse(content, name, set(store.areas()["code"]), who)

    return read_once("opgaven-bestand", found, read, store.about()["kenmerk"], who)


def _file(store: Store, path: Path) -> None:
    with st.expander("Een bestand met opgaven inlezen"):
        parts.note(
            f"CSV of Excel, met in de eerste regel de kolommen: {', '.join(given.COLUMNS)}. Nodig zijn {', '.join(given.NEEDED)}. "
            f"De status is een van: {', '.join(given.STATUSES)}."
        )
        found = upload("Opgaven", ("csv", "xlsx"), "opgaven-bestand")
        if found is None:
            return
        try:
            statements = _read(store, found, permission.editor_name())
        except Fout as fout:
            parts.show_error(fout)
            return
        parts.sentence(f"{found[0]} is in orde: {len(statements)} opgaven.")
        if st.button("Neem deze opgaven over", disabled=not statements):
            _save(path, statements)


def _history(store: Store, path: Path, area: Area) -> None:
    rows = listed(store, [s for s in given.read(path) if _counts_in(store, s.gebied, area)])
    if rows.empty:
        parts.note(f"Voor {area.naam} is nog niets opgegeven.")
        return
    Table(rows, HISTORY, "Opgaven, de nieuwste bovenaan").short(folds=True)


def listed(store: Store, statements: list[given.Opgave]) -> pd.DataFrame:
    """Statements as rows of the list, the newest first: what is said of which area, in words."""
    areas, named = store.areas().set_index("code"), titles(store.path)
    rows = pd.DataFrame([asdict(s) for s in reversed(statements)], columns=given.COLUMNS)
    return rows.assign(
        naam=[short_name(areas["naam"].get(code, code)) for code in rows["gebied"]],
        niveau=[KINDS.get(areas["niveau"].get(code, ""), "") for code in rows["gebied"]],
        titel=[named[code] for code in rows["randvoorwaarde"]],
        wanneer=[day(text) for text in rows["wanneer"]],
        deel=["" if pd.isna(p) else f"{whole_or_half(p)}% mist dit" for p in rows["procent"]],
    )


def _counts_in(store: Store, code: str, area: Area) -> bool:
    """Whether what is said of an area counts in this one too: they share a buurt."""
    return code in area.codes or not set(store.ask("leden", gebieden=[code])["buurt"]).isdisjoint(
        area.buurten
    )
