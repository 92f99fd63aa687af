"""The ladder on screen: from a limitation to the doelgroepen it consists of, and from a doelgroep to its limitations."""

from __future__ import annotations

import streamlit as st

from wwz.ask import ladder, mantelzorg
from wwz.ask.area import Area
from wwz.knowledge import catalogue, domain
from wwz.store import Store
from wwz.ui.shared import parts, state
from wwz.ui.shared.table import Column, Table
from wwz.ui.shared.turn import fragment

DIRECTIONS = {"beperking": "Een beperking", "doelgroep": "Een doelgroep"}
LIMITATIONS = [
    Column("titel", "Functie", sub_field="uitleg"),
    Column("ernst", "Hoe ernstig"),
    Column("toelichting", "Toelichting", sub_field="bron"),
    Column("hoe_bekend", "Hoe bekend", kind="tag"),
]
GROUPS = [
    Column("titel", "Doelgroep"),
    Column("mensen", "Mensen", text_field="mensen_tekst", kind="number", sub_field="marge_tekst"),
    Column("deel", "Deel van deze beperking"),
    Column("ernst", "Hoe ernstig"),
    Column("soort", "Hoe bekend", kind="tag"),
]


@fragment
def ladder_section(store: Store, area: Area) -> None:
    """A section for below a map or profile; what is chosen is in the link."""
    state.begin_part()
    if not ladder.limitations(store):
        return
    st.header("Van beperking naar doelgroep, en terug", anchor=False)
    state.bound(st.segmented_control, "Begin bij", "ladder", list(DIRECTIONS), format_func=DIRECTIONS.get)
    if state.view().ladder == "doelgroep":
        _from_group(store, area)
    else:
        _from_limitation(store, area)
    state.publish()


def _from_limitation(store: Store, area: Area) -> None:
    known = ladder.limitations(store)
    if state.view().beperking not in known:
        on_map = catalogue().get(state.view().laag)
        state.change(beperking=on_map.laag if on_map and on_map.laag in known else next(iter(known)))
    state.bound(st.pills, "Beperking", "beperking", list(known), format_func=known.get)
    layer = state.view().beperking
    parts.sentence(ladder.limitation_sentence(store, area, layer))
    rows = ladder.consists_of(store, area, layer)
    if rows.empty:
        parts.empty(
            "Bij deze beperking zijn hier geen doelgroepen met een cijfer. Kies een andere beperking."
        )
        return
    Table(
        rows,
        GROUPS,
        f"Doelgroepen die dit vaak hebben, in {area.naam}. Klik op een doelgroep voor haar beperkingen.",
    ).sortable(
        key="ladder-groepen",
        row_key="doelgroep",
        on_pick=lambda group: state.change(ladder="doelgroep", doelgroep=group),
    )
    rest = ladder.rest_sentence(layer)
    parts.note(
        rest
        or "Iemand kan bij meer doelgroepen horen, en niet iedereen in een doelgroep heeft deze beperking: tel de rijen niet op."
    )


def _from_group(store: Store, area: Area) -> None:
    groups = ladder.doelgroepen()
    state.bound(st.selectbox, "Doelgroep", "doelgroep", list(groups), format_func=groups.get)
    group = state.view().doelgroep if state.view().doelgroep in groups else next(iter(groups))
    parts.sentence(f"{ladder.group_sentence(store, area, group)} {domain.doelgroepen()[group].omschrijving}")
    Table(ladder.limitations_of(group), LIMITATIONS, f"Beperkingen van {ladder.small(groups[group])}").short()
    layers = ladder.layers_of(store, group)
    if layers:
        with st.container(horizontal=True):
            for layer, title in layers.items():
                st.button(
                    f"Terug naar {title.lower()}",
                    key=f"ladder-naar-{layer}",
                    on_click=_to_limitation,
                    args=(layer,),
                )
    carers(store, area, group)


def _to_limitation(layer: str) -> None:
    state.change(ladder="beperking", beperking=layer)


def carers(store: Store, area: Area, group: str) -> None:
    """Mantelzorgsituatie of a doelgroep: in the area, and per buurt when asked."""
    rows = mantelzorg.carers(store, area, group)
    if rows.empty:
        return
    st.header("Mantelzorg", anchor=False)
    parts.bars(rows, "procent van de doelgroep")
    parts.note(
        "Geschat uit wie er alleen woont, verweduwd is en eenzaam is (zie Verantwoording). De marge staat tussen haakjes.",
    )
    if area.niveau == area.smallest or not st.toggle(
        f"Mantelzorg per {area.smallest}", key="ladder-mantelzorg"
    ):
        return
    titles = domain.domein().mantelzorg
    frame = mantelzorg.carers_per_buurt(store, area, group)
    columns = [
        Column(code, f"{titles[code].titel} (%)", text_field=f"{code}_tekst", kind="number")
        for code in titles
        if code in frame
    ]
    Table(
        frame,
        [Column("naam", area.smallest.capitalize()), *columns],
        f"Mantelzorgsituatie van {ladder.small(domain.doelgroepen()[group].titel)}, per {area.smallest} (geschat)",
    ).sortable(key=f"mantelzorg-{group}", rows_per_page=25)
