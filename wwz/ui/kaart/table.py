"""The table below the map: the same numbers, for who reads or works with the keyboard."""

from __future__ import annotations

from hashlib import sha256

from wwz.ask.area import Area
from wwz.ask.change import rows_of
from wwz.ask.layer import Layer
from wwz.ask.ranking import TOP
from wwz.ask.shown import CHANGE
from wwz.knowledge.bounds import REGEL
from wwz.store import Store
from wwz.ui.shared import state
from wwz.ui.shared.choices import chosen_layer
from wwz.ui.shared.later import Later
from wwz.ui.shared.longtable import long_table
from wwz.ui.shared.table import Column, Table
from wwz.words.sentences import people_head

# Of bounds: which part of those who need it.
LACKED = "Wie dit mist"
RANKED = (
    "Hoe waarschijnlijk het is dat dit gebied bij de hoogste hoort, met de marge en het toeval meegerekend. Een gebied met weinig mensen "
    "zegt weinig, en staat daarom niet vanzelf bovenaan."
)


def _table(store: Store, area: Area) -> None:
    state.begin_part()
    shown, niveau = chosen_layer(store, area), state.view().niveau
    areas = len(shown.values)
    if not long_table(areas, key="lange-tabel"):
        return
    indicator = shown.indicator
    Table(
        rows_of(store, area, shown, niveau),
        _columns(shown),
        f"{indicator.titel}, {when(shown)}, per {niveau}",
    ).sortable(key="tabel-kaart", selected=state.view().gekozen or None, on_pick=state.choose_area)


def when(shown: Layer) -> str:
    """The year of a layer, or the years of a change."""
    return f"verandering {shown.vanaf}–{shown.jaar}" if shown.maat == CHANGE else str(shown.jaar)


def _columns(shown: Layer) -> list[Column]:
    if shown.maat == CHANGE:
        return [
            Column("naam", "Gebied", sub_field="gemeentenaam"),
            Column(
                "waarde", "Verandering", text_field="waarde_tekst", kind="number", sub_field="marge_tekst"
            ),
            Column("soort", "Hoe bekend", kind="tag"),
        ]
    indicator, bound = shown.indicator, shown.indicator.regel == REGEL
    columns = [
        Column("naam", "Gebied", sub_field="gemeentenaam"),
        Column(
            "boven" if bound else "waarde",
            "Aandeel" if indicator.regel == "aandeel" else LACKED if bound else indicator.kort,
            text_field="waarde_tekst",
            kind="number",
            sub_field="marge_tekst",
        ),
    ]
    if not bound and indicator.regel == "aandeel" and shown.maat == "aandeel":
        columns.append(
            Column("kans", f"Kans bij hoogste {TOP}", text_field="kans_tekst", kind="number", help=RANKED)
        )
    if bound or indicator.regel == "aandeel":
        count = "teller_boven" if bound else "teller"
        columns.append(Column(count, people_head(indicator), text_field="mensen_tekst", kind="number"))
    if not bound:
        columns.append(Column("betrouwbaarheid", "Betrouwbaarheid", kind="tag"))
    return [*columns, Column("soort", "Hoe bekend", kind="tag")]


def _about(store: Store, area: Area) -> str:
    """Which numbers the table holds."""
    view = state.view()
    what = (
        store.about()["kenmerk"],
        area.codes,
        view.niveau,
        chosen_layer(store, area).indicator.code,
        view.maat,
        view.jaar,
        view.vanaf,
    )
    return sha256(repr(what).encode()).hexdigest()[:12]


TABLE = Later("kaarttabel", "Toon de tabel bij deze kaart", _table, _about)
