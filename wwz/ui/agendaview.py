"""The wijkagenda on screen: the list, where in the area, the numbers behind it, and what the municipality adds."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from wwz import agenda, agendatables
from wwz.agenda import Agenda
from wwz.areas import Area
from wwz.boundaries import boundaries
from wwz.knowledge import domain
from wwz.maps.classes import assign, make_classes
from wwz.maps.kaart import MapLayer, show_map
from wwz.store import Store
from wwz.ui import givenview, parts, state, whatifview
from wwz.ui.table import Column, simple_table

MAP_HEIGHT = 300
EVERYTHING = ""
LIST = [
    Column("titel", "Randvoorwaarde", sub_field="graad_titel"),
    Column("voor_wie", "Voor wie"),
    Column("mensen", "Mensen zonder", text_field="mensen_tekst", kind="number", sub_field="marge_tekst"),
    Column("hoe", "Hoe weten we dit", tag_field="soort"),
    Column("doen", "Wat kan helpen, of hoe vindt u het uit"),
]
INPUTS = [
    Column("doelgroep", "Doelgroep", sub_field="mantelzorg"),
    Column("nodig_tekst", "Hebben het nodig", align="right"),
    Column("aandeel_tekst", "Deel zonder", align="right"),
    Column("mensen_tekst", "Mensen zonder", align="right", sub_field="marge_tekst"),
]


def agenda_screen(store: Store, area: Area) -> None:
    """The whole screen below the top row."""
    found = agenda.of_area(store, area)
    unknown = agendatables.unknown_count(found)
    parts.title(found.headline, found.about, "geschat" if found.has_groups else "onbekend", unknown)
    left, right = st.columns([2.7, 1], gap="medium")
    with left:
        _tabs(store, area, found)
    with right:
        _beside(store, area, found)
    parts.note(
        "Volgorde: eerst wat noodzakelijk is, naar aantal mensen; daarna wat zeer wenselijk is. Onbekend telt nooit als voldaan. "
        "Wie bij meer doelgroepen hoort, telt in elk daarvan mee. Hoe noodzakelijk iets is, is een aanname: zie Randvoorwaarden."
    )


def _tabs(store: Store, area: Area, found: Agenda) -> None:
    names = ["Noodzakelijk", "Zeer wenselijk", "Per wijk", "Doorrekenen", "Opgeven"]
    needed, wanted, wijken, whatif, give = st.tabs(names)
    with needed:
        _list(store, area, found, "N")
    with wanted:
        _list(store, area, found, "W")
    with wijken:
        _matrix(store, area)
    with whatif:
        whatifview.whatif_screen(store, area)
    with give:
        givenview.give(store, area)


def _list(store: Store, area: Area, found: Agenda, degree: str) -> None:
    if not found.has_groups:
        parts.empty(
            "De omvang van de doelgroepen is in deze gegevens niet bekend. Daarom staat hier wel de status van elke "
            "randvoorwaarde, maar geen aantal mensen. Bouw opnieuw met cijfers over leeftijd en gezondheid."
        )
        simple_table(
            agendatables.statuses(store, area),
            [
                Column("titel", "Randvoorwaarde"),
                Column("status", "Status", kind="tag"),
                Column("waarom", "Waaruit blijkt dat, of hoe vindt u het uit"),
            ],
            f"Status van de randvoorwaarden in {area.naam}",
        )
        return
    rows, later = agendatables.list_rows(found, degree)
    title = domain.domein().graden[degree].titel
    simple_table(rows, LIST, f"Wat ontbreekt in {area.naam}: {title}")
    if len(later):
        with st.expander(f"Ook nog onbekend ({len(later)})"):
            simple_table(later, LIST, f"Ook nog onbekend in {area.naam}: {title}")
    if degree == "N" and found.met:
        parts.sentence(f"Dit is er, voor zover bekend, voor iedereen: {', '.join(found.met).lower()}.")
    parts.source_line(*rows["bron"])


def _matrix(store: Store, area: Area) -> None:
    table = agendatables.matrix(store, area)
    if table.rows.empty:
        parts.empty("Kies een gebied met meer wijken om ze naast elkaar te zien.")
        return
    columns = [Column("naam", table.level.capitalize()), *[Column(c, t, align="right") for c, t in table.columns]]
    simple_table(table.rows, columns, f"Mensen die iets noodzakelijks missen, per {table.level}, in {area.naam}")
    parts.note(
        "Meer blokjes (■) zijn meer mensen. Een vraagteken is onbekend. Randvoorwaarden die nergens bekend zijn, staan er niet bij: "
        + ", ".join(table.unknown).lower()
        + "."
    )


def _beside(store: Store, area: Area, found: Agenda) -> None:
    if not found.has_groups:
        return
    with st.container(border=True):
        _where(store, area, found)
    with st.container(border=True):
        st.subheader("Mantelzorg", anchor=False)
        parts.bars(agendatables.carers(store, area), "% van de mensen in de doelgroepen")
        parts.note("Van de mensen in de doelgroepen. Schatting.")


@st.fragment
def _where(store: Store, area: Area, found: Agenda) -> None:
    st.subheader(f"Waar in {area.naam}?", anchor=False)
    options = agendatables.choices(found)
    state.bound(st.selectbox, "Wat ontbreekt", "voorwaarde", list(options), format_func=options.get)
    code = state.view().voorwaarde if state.view().voorwaarde in options else EVERYTHING
    places = agendatables.places(store, area, code)
    _map(store, area, places, options[code])
    with st.expander("Waarom dit getal?"):
        _inputs(found, code)
    state.publish()


def _map(store: Store, area: Area, places: pd.DataFrame, title: str) -> None:
    file = boundaries(store, area, "buurt")
    if file is None:
        parts.note("Er zijn geen grenzen ingelezen, dus geen kaart.")
        return
    classes = make_classes(
        places["mensen"], count=3, decimals=0, unit="mensen", direction="meer_is_slechter", ramp="knelpunt"
    )
    classes = replace(classes, missing_label=agendatables.NO_NUMBER)
    values = places.set_index("gebied")["mensen"].reindex(list(file.codes))
    layer = MapLayer(
        file, assign(values, classes), classes.colours, classes.labels, title, agendatables.NO_NUMBER
    )
    show_map(
        layer,
        height=MAP_HEIGHT,
        attribution=store.about()["bron_grenzen"],
        key=f"agendakaart-{'-'.join(area.codes)[:60]}",
    )
    parts.legend(classes, title)
    highest = agendatables.highest(places)
    if highest:
        parts.sentence(highest)


def _inputs(found: Agenda, code: str) -> None:
    st.write(agendatables.explanation(found, code))
    if code:
        rows = found.inputs[(found.inputs["randvoorwaarde"] == code) & (found.inputs["graad"] == "N")]
        simple_table(rows, INPUTS, "De getallen hierachter")
