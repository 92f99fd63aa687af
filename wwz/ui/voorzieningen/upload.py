"""A file with points from the visitor: first the report of what is in it, then the button that takes it over."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.own import data as owndata
from wwz.own import points as ownpoints
from wwz.places import pointimport
from wwz.store import Store
from wwz.ui.shared import parts, permission, state
from wwz.ui.shared.press import press
from wwz.ui.shared.table import Column, Table
from wwz.ui.shared.turn import fragment
from wwz.ui.shared.upload import read_once, upload
from wwz.ui.voorzieningen.points import current_points, save

BY_FILE = "Zoals in het bestand staat"
WORDS = {"afgekeurd": "niet gebruikt", "let_op": "let op", "info": "goed om te weten"}
HOW_TO = (
    "Elke rij is een voorziening met een naam en een plaats: lat en lon, x en y (RD-meters), of een postcode met huisnummer (dan is ook een "
    "adressenbestand nodig). De soort staat in een kolom, in de kenmerken van OpenStreetMap, of kiest u hieronder."
)
SHOWN = 100


@fragment
def upload_screen(store: Store, voorzieningen: Sequence[str]) -> None:
    """The whole tab. `voorzieningen`: the kinds that stand first in the list."""
    parts.note(HOW_TO)
    if not permission.gate("punten-bestand"):
        return
    titles = {"": BY_FILE, **ownpoints.kinds()}
    order = ["", *voorzieningen, *[code for code in titles if code and code not in voorzieningen]]
    soort = st.selectbox("Soort, als die niet in het bestand staat", order, format_func=titles.get)
    given = upload("Bestand met punten", pointimport.TYPES, "punten-bestand")
    if given is None:
        return
    try:
        found = _read(store, given, soort)
    except Fout as fout:
        parts.show_error(fout)
        return
    _report(found)
    if not len(found.punten):
        return

    def take_over() -> str:
        save(store, pointimport.changes(found, permission.editor_name()))
        return "De punten zijn overgenomen."

    label = counted("Neem {n} [punt|punten] over", len(found.punten))
    press(label, take_over, "punten-bestand-knop", type="primary")


def _read(store: Store, given: tuple[str, bytes], soort: str) -> pointimport.Found:
    def look(name: str, content: bytes) -> pointimport.Found:
        return pointimport.look(store, state.settings(), name, content, soort, current_points(store))

    # Which points there are already follows from the database and from what was added to it.
    built, added = store.about()["kenmerk"], owndata.marks(store.path)
    return read_once("punten-bestand", given, look, built, added, soort)


def _report(found: pointimport.Found) -> None:
    titles, usable = ownpoints.kinds(), found.punten
    per_kind = ", ".join(
        f"{count} × {titles[kind].lower()}" for kind, count in usable["soort"].value_counts().items()
    )
    parts.sentence(
        counted("In {naam} [staat|staan] {n} [rij|rijen]. ", found.rijen, naam=found.naam)
        + counted("{n} [punt is|punten zijn] te gebruiken", len(usable))
        + f"{f': {per_kind}' if per_kind else ''}. Er is nog niets overgenomen."
    )
    if found.meldingen:
        rows = [{"wat": WORDS[m.ernst], "tekst": m.tekst} for m in found.meldingen]
        Table(
            rows,
            [Column("tekst", "Melding"), Column("wat", "Wat betekent dat", kind="tag")],
            "Wat is herkend en wat is geweigerd",
        ).short()
    if len(usable):
        rows = usable.head(SHOWN).assign(
            naam=usable["naam"].fillna("zonder naam"),
            soort_titel=[titles[s] for s in usable["soort"].head(SHOWN)],
            plek=[f"{r.lat:.5f}, {r.lon:.5f}" for r in usable.head(SHOWN).itertuples()],
        )
        shown = "" if len(usable) <= SHOWN else f", de eerste {SHOWN}"
        Table(
            rows,
            [Column("naam", "Naam"), Column("soort_titel", "Soort"), Column("plek", "Breedte en lengte")],
            f"Punten die overgenomen worden{shown}",
        ).short()
