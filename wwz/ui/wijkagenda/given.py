"""Where the municipality says what it knows of a randvoorwaarde: a form, a table, a file in and out, and the history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import pandas as pd
import streamlit as st

from wwz.agenda import tables as agendatables
from wwz.agenda.contradictions import contradictions
from wwz.ask.area import Area
from wwz.base.counted import counted
from wwz.base.dates import short_moment
from wwz.base.errors import Fout
from wwz.own import given
from wwz.own.eisen.apply import titles
from wwz.store import Store
from wwz.ui.shared import parts, permission
from wwz.ui.shared.fillable import Field, FillTable
from wwz.ui.shared.press import press
from wwz.ui.shared.rebuild import rebuild_button
from wwz.ui.shared.table import Column, Table
from wwz.ui.shared.upload import read_once, upload
from wwz.words.numbers import whole_or_half

NOTHING = "(niets)"
HISTORY = [
    Column("titel", "Randvoorwaarde"),
    Column("naam", "Gebied", sub_field="niveau"),
    Column("status", "Status", sub_field="deel"),
    Column("wie", "Wie", sub_field="wanneer"),
    Column("waarom", "Waarom"),
]
FILLED = [
    Column("titel", "Randvoorwaarde"),
    Column("nu", "Nu bekend"),
    Field("status", "Opgeven", options=(NOTHING, *given.STATUSES)),
    Field("procent", "% dat het mist", longest=6, number=True),
    Field("waarom", "Waar blijkt het uit?", longest=given.LONGEST),
]
KINDS = {"eigen": "eigen gebied", **{level: level for level in ("buurt", "wijk", "gemeente")}}
# The last entry that this visitor saw: who was before them since, is told.
SEEN = "opgaven-gezien"
SAVED = "De opgave is bewaard en telt mee in deze agenda."


def give(store: Store, area: Area) -> None:
    """Everything about statements for one area."""
    st.write(
        f"Wat weet u van {area.naam}? Wat u opgeeft, telt in plaats van wat wij meten of schatten. Zijn er meer opgaven, dan telt "
        "die voor het kleinste gebied."
    )
    for sentence in contradictions(store, area):
        parts.warning(sentence)
    if permission.gate("-opgave"):
        if area.is_union and not area.eigen:
            parts.empty(
                "Een opgave hoort bij één gebied. Kies een gemeente, wijk, buurt of een eigen gebied."
            )
        else:
            if area.eigen:
                parts.note(
                    counted(
                        "Uw opgave geldt voor [de ene buurt|elk van de {n} buurten] van dit gebied.",
                        len(area.buurten),
                    )
                )
            _form(store, area)
            _table(store, area)
        _file(store)
    if everything := given.read(store.path):
        st.download_button("Alle opgaven als CSV", given.to_csv(everything), given.FILE, "text/csv")
    _history(store, everything, area)
    st.session_state[SEEN] = given.latest(store.path)
    rebuild_button(
        "De agenda telt opgaven meteen mee. De kaartlaag met mensen die iets noodzakelijks missen, en wat u exporteert, pas na opnieuw uitrekenen."
    )


def _round(place: str) -> str:
    """A key for what is filled in now: after it is kept one starts clean, and what another keeps does not wipe it out."""
    return f"{place}-{st.session_state.get(f'{place}-bewaard', 0)}"


def _add(store: Store, statements: list[given.Opgave], place: str) -> str:
    given.add(store.path, statements, wie=permission.editor_name(), gezien=st.session_state.get(SEEN))
    st.session_state[f"{place}-bewaard"] = st.session_state.get(f"{place}-bewaard", 0) + 1
    return SAVED


def _form(store: Store, area: Area) -> None:
    named = titles(store.path)
    form = _round("opgave")
    code, status, percent, why = (f"{form}-{name}" for name in ("eis", "status", "deel", "waarom"))

    def keep() -> str:
        filled, text = [st.session_state[name] for name in (code, status, percent)], st.session_state[why]
        who = permission.editor_name()
        return _add(store, [given.checked(one, *filled, who, text) for one in _about(area)], "opgave")

    with st.form(form):
        st.selectbox("Randvoorwaarde", list(named), format_func=named.get, key=code)
        last = len(given.STATUSES) - 1
        st.radio("Status", given.STATUSES, horizontal=True, index=last, key=status)
        st.text_input("Deel van de mensen dat dit mist, in procenten (mag leeg)", max_chars=6, key=percent)
        st.text_input("Waar blijkt het uit?", max_chars=given.LONGEST, key=why)
        press("Opgeven", keep, f"{form}-knop", place=st.form_submit_button)


def _table(store: Store, area: Area) -> None:
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
        place = f"opgaven-tabel-{area.link[0]}"
        table = FillTable(rows, FILLED, f"Opgeven voor {area.naam}", _round(place), row_key="code")

        def keep() -> str:
            return _add(store, _statements(table.filled(), _about(area)), place)

        table.show()
        count = (table.filled()["status"] != NOTHING).sum()
        press(f"Geef op ({count} ingevuld)", keep, f"{table.key}-knop")


def _about(area: Area) -> tuple[str, ...]:
    """The areas that a statement is kept for: of an area of one's own its buurten, for it may change."""
    return area.buurten if area.eigen else area.codes[:1]


def _statements(rows: pd.DataFrame, areas: Sequence[str]) -> list[given.Opgave]:
    """What is filled in, checked; every mistake is told."""
    who, found, mistakes = permission.editor_name(), [], []
    for row in rows[rows["status"] != NOTHING].itertuples():
        try:
            found += [
                given.checked(one, row.code, row.status, row.procent, who, row.waarom, place=row.titel)
                for one in areas
            ]
        except Fout as fout:
            mistakes += fout.zinnen
    if mistakes or not found:
        raise Fout(*(mistakes or ["Er is nog niets ingevuld. Kies bij een randvoorwaarde een status."]))
    return found


def _read(store: Store, found: tuple[str, bytes], who: str) -> list[given.Opgave]:
    def read(name: str, content: bytes) -> list[given.Opgave]:
        return given.parse(content, name, set(store.areas()["code"]), who)

    return read_once("opgaven-bestand", found, read, store.about()["kenmerk"], who)


def _file(store: Store) -> None:
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
        parts.sentence(counted("{naam} is in orde: {n} [opgave|opgaven].", len(statements), naam=found[0]))
        if not statements:
            return
        press(
            "Neem deze opgaven over",
            lambda: _add(store, statements, "opgaven-bestand"),
            "opgaven-bestand-knop",
        )


def _history(store: Store, statements: list[given.Opgave], area: Area) -> None:
    rows = listed(store, [s for s in statements if _counts_in(store, s.gebied, area)])
    if rows.empty:
        parts.note(f"Voor {area.naam} is nog niets opgegeven.")
        return
    Table(rows, HISTORY, "Opgaven, de nieuwste bovenaan").short(folds=True)


def listed(store: Store, statements: list[given.Opgave]) -> pd.DataFrame:
    """Statements as rows of the list, the newest first: what is said of which area, in words."""
    areas, named = store.areas().set_index("code"), titles(store.path)
    rows = pd.DataFrame([asdict(s) for s in reversed(statements)], columns=given.COLUMNS)
    return rows.assign(
        naam=[areas["naam"].get(code, code) for code in rows["gebied"]],
        niveau=[KINDS.get(areas["niveau"].get(code, ""), "") for code in rows["gebied"]],
        titel=[named[code] for code in rows["randvoorwaarde"]],
        wanneer=[short_moment(text) for text in rows["wanneer"]],
        deel=["" if pd.isna(p) else f"{whole_or_half(p)}% mist dit" for p in rows["procent"]],
    )


def _counts_in(store: Store, code: str, area: Area) -> bool:
    """Whether what is said of an area counts in this one too: they share a buurt."""
    return code in area.codes or not set(store.ask("leden", gebieden=[code])["buurt"]).isdisjoint(
        area.buurten
    )
