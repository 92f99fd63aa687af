"""What the municipality changed about points: who and when, back again, and out as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import pandas as pd
import streamlit as st

from wwz.base.dates import short_moment
from wwz.base.errors import Fout
from wwz.own import points as ownpoints
from wwz.own.points import UNDONE, Change
from wwz.store import Store
from wwz.ui.shared import parts, permission
from wwz.ui.shared.press import press
from wwz.ui.shared.table import Column, Table
from wwz.ui.voorzieningen.points import SEEN, TAKEN_BACK, current_points, keep_change
from wwz.words.numbers import dutch

HISTORY = [
    Column("naam", "Voorziening", sub_field="soort_titel"),
    Column("actie", "Wijziging"),
    Column("wie", "Wie", sub_field="wanneer"),
    Column("waarom", "Waarom"),
]
SHOWN = 200


def history(store: Store) -> None:
    """The tab with all changes, the newest first, the way to take one back, and the file with them."""
    changes = ownpoints.read(store.path)
    st.session_state[SEEN] = ownpoints.latest(store.path)
    if not changes:
        parts.empty(
            "Er is nog niets gewijzigd. Wat u bij Punten of Bestand inlezen doet, komt hier te staan, met wie en wanneer."
        )
        return
    titles = ownpoints.kinds()
    rows = pd.DataFrame([asdict(change) for change in reversed(changes)])
    rows = rows.assign(
        soort_titel=[titles[s] for s in rows["soort"]],
        wanneer=[short_moment(text) for text in rows["wanneer"]],
    )
    Table(rows.head(SHOWN), HISTORY, "Wijzigingen, de nieuwste bovenaan").short(folds=True)
    if len(rows) > SHOWN:
        parts.note(
            f"Hier staan de nieuwste {SHOWN} van {dutch(len(rows))}. In het bestand staan ze allemaal."
        )
    with st.container(horizontal=True):
        st.download_button("Alle wijzigingen als CSV", ownpoints.to_csv(changes), ownpoints.FILE, "text/csv")
        held = points_csv(store)
        st.download_button("Alle punten van nu als CSV", held, "voorzieningen.csv", "text/csv")
    _take_back(store, changes)


def points_csv(store: Store) -> bytes:
    """All points as they are now, with decimal points, readable by this product itself."""
    rows = current_points(store)[["id", "soort", "naam", "lat", "lon", "bestand", "herkomst"]]
    return rows.to_csv(index=False).encode("utf-8-sig")


def _take_back(store: Store, changes: Sequence[Change]) -> None:
    held = ownpoints.current(changes)
    if not held or not permission.gate("punten-terug"):
        return
    # Another change starts with an empty box.
    box = f"punt-terug-keuze-{len(changes)}"

    def take_back() -> str:
        id = st.session_state[box]
        if id is None:
            raise Fout("Kies eerst de wijziging die u wilt terugdraaien.")
        keep_change(store, id, UNDONE, held[id].soort, held[id].naam, None, None, "")
        return TAKEN_BACK

    with st.form("punt-terug"):
        texts = {id: f"{c.naam or 'zonder naam'}: {c.actie}" for id, c in held.items()}
        st.selectbox(
            "Welke wijziging wilt u terugdraaien?",
            list(texts),
            format_func=texts.get,
            index=None,
            placeholder="Kies een wijziging",
            key=box,
        )
        press("Draai terug", take_back, "punt-terug-knop", place=st.form_submit_button)
