"""Versions of eisen and norms: where this municipality differs, looking back, putting back, and files out and in."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from wwz.base.counted import counted
from wwz.base.dates import short_moment
from wwz.base.errors import Fout
from wwz.base.media import XLSX
from wwz.knowledge import domain
from wwz.own import data as owndata
from wwz.own.eisen import exchange, matrix, norms
from wwz.own.eisen.apply import titles
from wwz.own.eisen.history import History
from wwz.store import Store
from wwz.ui.eisen import matrix as eisenview
from wwz.ui.eisen.norms import number_text
from wwz.ui.shared import parts, permission
from wwz.ui.shared.press import press
from wwz.ui.shared.table import Column, Table
from wwz.ui.shared.upload import read_once, upload

KINDS = {"eisen": "Eisen", "normen": "Normen"}
WHO = [Column("wie", "Wie", sub_field="datum"), Column("waarom", "Waarom")]
EISEN = [
    Column("wat", "Eis", sub_field="situatie"),
    Column("nu", "Hier geldt"),
    Column("was", "Geleverd"),
    *WHO,
]
NORMEN = [Column("wat", "Norm"), Column("nu", "Hier geldt"), Column("was", "Geleverd"), *WHO]
VERSIONS = [Column("naam", "Versie"), Column("aantal", "Gewijzigd", align="right"), *WHO]


def history_of(kind: str, store: Store) -> History:
    """The versions of eisen or normen."""
    return (matrix if kind == "eisen" else norms).history(store.path)


def deviations(store: Store) -> None:
    """Where this municipality differs, with who, when and why."""
    eisen, normen = matrix.deviations(store.path), norms.deviations(store.path)
    if eisen.empty and normen.empty:
        parts.empty(
            "U wijkt nergens af van de geleverde eisen en normen. Wijzigen kan onder Eisen of Normen."
        )
        return
    if len(eisen):
        rows = _eisen_rows(eisen, titles(store.path))
        Table(rows, EISEN, f"Eisen die hier anders zijn ({len(eisen)})").short()
    if len(normen):
        Table(_normen_rows(normen), NORMEN, f"Normen die hier anders zijn ({len(normen)})").short()


def _eisen_rows(rows: pd.DataFrame, named: dict[str, str]) -> pd.DataFrame:
    known = domain.domein()
    words = {code: degree.titel for code, degree in known.graden.items()}
    return pd.DataFrame(
        {
            "wat": [named[code] for code in rows["randvoorwaarde"]],
            "situatie": [
                f"{known.doelgroepen[row.doelgroep].titel}, {known.mantelzorg[row.mantelzorg].titel.lower()}"
                for row in rows.itertuples()
            ],
            "nu": rows["graad"].map(words),
            "was": rows["geleverd"].map(words),
            **_who(rows),
        }
    )


def _normen_rows(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "wat": rows["titel"],
            "nu": [f"{number_text(row.waarde)} {row.eenheid}" for row in rows.itertuples()],
            "was": [f"{number_text(row.geleverd)} {row.eenheid}" for row in rows.itertuples()],
            **_who(rows),
        }
    )


def _who(rows: pd.DataFrame) -> dict:
    return {
        "wie": rows["wie"],
        "datum": [short_moment(text) for text in rows["wanneer"]],
        "waarom": rows["waarom"],
    }


def versions(store: Store) -> None:
    """All versions; one to look at, and to put back."""
    kind = (
        st.segmented_control(
            "Waarvan?", list(KINDS), default="eisen", format_func=KINDS.get, key="versies-van"
        )
        or "eisen"
    )
    history = history_of(kind, store)
    found = history.versions()
    if not found:
        parts.empty("Er zijn nog geen eigen versies. De eerste wijziging wordt versie 1.")
        return
    rows = pd.DataFrame([vars(v) for v in reversed(found)])
    rows = rows.assign(
        naam=[f"{KINDS[kind]}, versie {n}" for n in rows["nummer"]],
        datum=[short_moment(t) for t in rows["wanneer"]],
    )
    Table(rows, VERSIONS, f"Versies van de {kind}, de nieuwste bovenaan").short()
    names = {0: "Zoals geleverd", **{v.nummer: f"Versie {v.nummer}: {v.waarom[:60]}" for v in found[:-1]}}
    number = st.selectbox(
        "Bekijk een eerdere versie",
        list(names),
        index=None,
        format_func=names.get,
        placeholder="Kies een versie",
        key=f"versie-{kind}",
    )
    if number is None:
        return
    if permission.may_edit("eis"):

        def put_back() -> str:
            return f"Teruggezet, als versie {history.back_to(number, permission.editor_name())}."

        press("Zet deze versie terug", put_back, f"terug-{kind}")
    _look(store, kind, number)


def _look(store: Store, kind: str, number: int) -> None:
    if kind == "eisen":
        eisenview.whole_matrix(store, number, key=f"eisen-versie-{number}")
        return
    then = norms.effective(store.path, number)
    rows = then.assign(
        wat=then["titel"], nu=[f"{number_text(r.waarde)} {r.eenheid}" for r in then.itertuples()]
    )
    Table(
        rows,
        [Column("wat", "Norm"), Column("nu", "Waarde in die versie", align="right")],
        "Normen in deze versie",
    ).short()


def files(store: Store) -> None:
    """Eisen and norms as a file, out and in."""
    st.write(
        "Haal de eisen en normen op, wijzig ze in Excel, en lees ze weer in. Regels die niet in uw bestand staan, blijven zoals ze zijn."
    )
    with st.container(horizontal=True):
        st.download_button(
            "Alles als Excel",
            lambda: exchange.to_xlsx(store.path),
            "eisen-en-normen.xlsx",
            XLSX,
            on_click="ignore",
        )
        st.download_button(
            "Eisen als CSV",
            lambda: exchange.to_csv(exchange.eis_rows(store.path)),
            "eisen.csv",
            "text/csv",
            on_click="ignore",
        )
        st.download_button(
            "Normen als CSV",
            lambda: exchange.to_csv(exchange.norm_rows(store.path)),
            "normen.csv",
            "text/csv",
            on_click="ignore",
        )
    if not permission.may_edit("eis"):
        return
    found = upload("Eisen of normen inlezen", ("xlsx", "csv"), "eisen-bestand")
    if found is None:
        return
    try:
        wanted = read_once(
            "eisen-bestand",
            found,
            lambda name, content: exchange.read(content, name, store.path),
            owndata.marks(store.path),
        )
        changes = matrix.changes(store.path, wanted.eisen), norms.changes(store.path, wanted.normen)
    except Fout as fout:
        parts.show_error(fout)
        return
    eisen = counted("{n} [eis|eisen]", len(changes[0]))
    parts.sentence(
        counted(
            "{naam} is in orde. Het wijzigt {eisen} en {n} [norm|normen].",
            len(changes[1]),
            naam=found[0],
            eisen=eisen,
        )
    )
    why = f"bestand-waarom-{found[0]}"
    with st.form("bestand-overnemen"):
        st.text_input("Waarom wijzigt u dit?", f"Ingelezen uit {found[0]}", max_chars=400, key=why)
        press(
            "Neem over als nieuwe versie",
            lambda: _take(store, wanted, st.session_state[why]),
            "bestand-overnemen-knop",
            place=st.form_submit_button,
        )


def _take(store: Store, wanted: exchange.Wanted, why: str) -> str:
    changes = matrix.changes(store.path, wanted.eisen), norms.changes(store.path, wanted.normen)
    if all(rows.empty for rows in changes):
        raise Fout("Er is niets gewijzigd: het bestand is gelijk aan wat nu geldt.")
    for kind, rows in zip(KINDS, changes, strict=True):
        if len(rows):
            history_of(kind, store).add(rows, permission.editor_name(), why)
    return "Het bestand is overgenomen."
