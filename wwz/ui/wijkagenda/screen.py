"""The wijkagenda on screen: the list, where in the area, the numbers behind it, and what the municipality adds."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from wwz.agenda import rows as agenda
from wwz.agenda import tables as agendatables
from wwz.agenda import why as agendawhy
from wwz.agenda.contradictions import contradictions
from wwz.agenda.expected import order
from wwz.agenda.rows import Agenda
from wwz.agenda.words import not_added
from wwz.ask.absent import reasons_of
from wwz.ask.area import Area
from wwz.ask.together import use_sentences
from wwz.base.sentence import sentences
from wwz.knowledge import domain
from wwz.maps.boundaries import boundaries
from wwz.maps.classes import assign, counted, make_classes
from wwz.own.eisen import deviation
from wwz.store import Store
from wwz.ui.shared import parts, state
from wwz.ui.shared.folds import folded, folded_on_phone, tabs
from wwz.ui.shared.kaart import MapLayer, show_map
from wwz.ui.shared.legends import legend
from wwz.ui.shared.table import Column, Table
from wwz.ui.shared.turn import fragment
from wwz.ui.wijkagenda import given as givenview
from wwz.ui.wijkagenda.agreed import with_agreements
from wwz.ui.wijkagenda.along import take_along
from wwz.ui.wijkagenda.picture import picture, three_jobs, under_pressure

MAP_HEIGHT = 300
# Sentences that stand under the headline.
FIRST = 2
EVERYTHING = ""
LIST = [
    Column("titel", "Randvoorwaarde", sub_field="graad_titel"),
    Column(
        "mensen",
        "Mensen zonder",
        text_field="mensen_tekst",
        kind="number",
        sub_field="marge_tekst",
    ),
    Column("verwacht_tekst", "Naast wat te verwachten is"),
    Column("voor_wie", "Voor wie"),
    Column("hoe", "Hoe weten we dit", tag_field="soort"),
    Column("doen", "Wat te doen", sub_field="afgesproken"),
]
WHY = [
    Column("doelgroep", "Doelgroep", sub_field="mantelzorg"),
    Column("omvang", "Mensen om wie het gaat", align="right", sub_field="omvang_marge"),
    Column("aandeel", "× deel met deze mantelzorg", align="right", sub_field="aandeel_marge"),
    Column("zonder", "× deel dat dit mist", align="right", sub_field="zonder_marge"),
    Column("mensen", "= mensen zonder", align="right", sub_field="marge"),
]
ASK = [
    Column("wie", "Wie weet het?", sub_field="vraag"),
    Column("aantal", "Maakt bekend", align="left", sub_field="titels"),
    Column("raakt", "Nodig voor", align="right"),
]
PLACES = [
    Column("naam", "Buurt"),
    Column("mensen", "Mensen zonder", text_field="mensen_tekst", kind="number", sub_field="marge_tekst"),
]


def agenda_screen(store: Store, area: Area) -> None:
    """The whole screen below the top row."""
    found = agenda.of_area(store, area)
    _finding(found, use_sentences(store, area) if found.has_groups else "")
    for sentence in contradictions(store, area):
        parts.warning(sentence)
    asked = agenda.questions(found)
    if found.has_groups:
        _top(store, area, found)
        parts.note(
            "Afdrukken op één vel: gebruik Afdrukken van uw browser (Ctrl+P). Alle rijen staan in de PDF bij Neem mee.",
            printed=False,
        )
    with st.container(key="agenda-lijsten" if found.has_groups else None):
        _lists(store, area, found, asked)
    parts.note(f"{order()} {deviation.summary(store.path)} Zie Eisen en normen.")


def _finding(found: Agenda, use: str) -> None:
    """The conclusion; on a phone the picture comes after two sentences, and the rest of them when asked; `use`: of need."""
    about = sentences(" ".join(filter(None, (found.about, use))))
    parts.title(
        found.headline,
        " ".join(about[:FIRST]),
        "geschat" if found.has_groups else "onbekend",
        agendatables.unknown_count(found),
    )
    if about[FIRST:]:
        folded_on_phone("Meer over deze conclusie")
        parts.note(" ".join(about[FIRST:]))


def _lists(store: Store, area: Area, found: Agenda, asked: pd.DataFrame) -> None:
    """Everything behind it, in tabs, and beside them where it is; on paper only where there is nothing above."""
    left, right = st.columns([2.7, 1], gap="medium")
    with left:
        _tabs(store, area, found, asked)
    with right:
        folded_on_phone("Waar het is, en mantelzorg")
        with st.container():
            _beside(store, area, found)


def _top(store: Store, area: Area, found: Agenda) -> None:
    """What is missing in one picture; beside it what to do, and where the area is under pressure."""
    left, right = st.columns([2.1, 1], gap="medium")
    with left:
        picture(area, found)
        folded_on_phone("Naast de gemeente en Nederland")
        with st.container():
            under_pressure(store, area)
    with right:
        take_along(store, area, found)
        with st.container(border=True):
            three_jobs(store, area, found)


def _tabs(store: Store, area: Area, found: Agenda, asked: pd.DataFrame) -> None:
    level = agendatables.part_level(store, area)
    shown = {
        "Noodzakelijk": partial(_list, store, area, found, "N"),
        "Zeer wenselijk": partial(_list, store, area, found, "W"),
        "Eerst uitzoeken": partial(_questions, area, asked),
        **({f"Per {level}": partial(_matrix, store, area)} if level else {}),
        "Doorrekenen": partial(_what_if, area),
        "Opgeven": partial(givenview.give, store, area),
    }
    tabs(shown, key="agenda-tabs")


def _what_if(area: Area) -> None:
    parts.sentence(
        "Wat verandert er als een voorziening erbij komt of verdwijnt? Dat rekent u door op een eigen scherm, met deze agenda nu "
        "en straks."
    )
    st.page_link("pages/doorrekenen.py", label=f"Reken door voor {area.naam}")


def _list(store: Store, area: Area, found: Agenda, degree: str) -> None:
    if not found.has_groups:
        parts.empty(
            "De omvang van de doelgroepen is in deze gegevens niet bekend. Daarom staat hier wel de status van elke "
            "randvoorwaarde, maar geen aantal mensen. Bouw opnieuw met cijfers over leeftijd en gezondheid."
        )
        Table(
            agendatables.statuses(store, area),
            [
                Column("titel", "Randvoorwaarde"),
                Column("status", "Status", kind="tag"),
                Column("waarom", "Waaruit blijkt dat, of hoe vindt u het uit"),
            ],
            f"Status van de randvoorwaarden in {area.naam}",
        ).short(folds=True)
        return
    rows, later = (with_agreements(store, area, part) for part in agendatables.list_rows(found, degree))
    title = domain.domein().graden[degree].titel
    Table(rows, LIST, f"Wat ontbreekt in {area.naam}: {title}").short(folds=True)
    if len(later):
        table = Table(later, LIST, f"Ook nog onbekend in {area.naam}: {title}")
        folded(
            f"Ook nog onbekend ({len(later)})", partial(table.short, folds=True), key=f"nog-onbekend-{degree}"
        )
    if degree == "N" and found.met:
        parts.sentence(f"Dit is er, voor zover bekend, voor iedereen: {', '.join(found.met).lower()}.")
    _why(store, area, found, degree)
    parts.source_line(*rows["bron"])


@fragment
def _why(store: Store, area: Area, found: Agenda, degree: str) -> None:
    """Choose a number, and see what it is made of."""
    titles = agendatables.numbers(found, degree)
    if not titles:
        return
    code = st.selectbox(
        "Waarom dit getal?",
        list(titles),
        index=None,
        format_func=titles.get,
        placeholder="Kies een getal",
        key=f"waarom-{degree}",
    )
    if code is None:
        return
    found_why = agendawhy.of_condition(store, area, code, degree, found.minimum)
    parts.sentence(found_why.som)
    if len(found_why.rows):
        Table(found_why.rows, WHY, f"Waaruit dit getal volgt: {titles[code]}").short(folds=True)
    parts.note(f"{found_why.samen} {found_why.rest} {agendatables.explanation(found, code, degree)}".strip())
    parts.source_line(*found_why.bronnen)


def _questions(area: Area, asked: pd.DataFrame) -> None:
    if asked.empty:
        parts.empty("Van elke noodzakelijke randvoorwaarde is bekend of zij er is.")
        return
    parts.sentence(
        "Met één vraag aan één partij worden vaak meer randvoorwaarden bekend. Bovenaan staat wat de meeste mensen nodig hebben."
    )
    Table(asked, ASK, f"Wie weet wat nog onbekend is in {area.naam}?").short(folds=True)
    parts.note("Wat u hoort, legt u vast onder Opgeven. Het telt dan meteen mee in deze agenda.")


def _matrix(store: Store, area: Area) -> None:
    table = agendatables.matrix(store, area)
    if table.rows.empty:
        parts.empty("Van de doelgroepen is hier geen omvang bekend, dus ook niet wie er iets mist.")
        return
    columns = [
        Column("naam", table.level.capitalize()),
        *[
            Column(c, t, align="right", sub_field=f"{c}_marge", tint_field=f"{c}_tint")
            for c, t in table.columns
        ],
    ]
    caption = f"Mensen die iets noodzakelijks missen, per {table.level}, in {area.naam}"
    Table(table.rows, columns, caption).short(folds=True)
    parts.note(
        "Donkerder is meer mensen; onder elk getal staat de marge. Een vraagteken is onbekend. Randvoorwaarden die nergens bekend zijn, "
        f"staan er niet bij: {', '.join(table.unknown).lower()}. {not_added()}"
    )


def _beside(store: Store, area: Area, found: Agenda) -> None:
    if not found.has_groups:
        return
    with st.container(border=True):
        _where(store, area, found)
    with st.container(border=True):
        st.header("Mantelzorg", anchor=False)
        parts.bars(agendatables.carers(store, area), "% van de mensen in de doelgroepen")
        parts.note("Van de mensen in de doelgroepen. Schatting.")


@fragment
def _where(store: Store, area: Area, found: Agenda) -> None:
    state.begin_part()
    st.header(f"Waar in {area.naam}?", anchor=False)
    options = agendatables.choices(found)
    state.bound(st.selectbox, "Wat ontbreekt", "voorwaarde", list(options), format_func=options.get)
    code = state.view().voorwaarde if state.view().voorwaarde in options else EVERYTHING
    places = agendatables.places(store, area, code)
    _map(store, area, places, options[code])
    folded("Als tabel", partial(_places, area, places, options[code]), key="agenda-plaatsen")
    parts.note(agendatables.explanation(found, code))
    state.publish()


def _places(area: Area, places: pd.DataFrame, title: str) -> None:
    Table(agendatables.place_rows(places), PLACES, f"{title}: mensen per {area.smallest}").short()


def _map(store: Store, area: Area, places: pd.DataFrame, title: str) -> None:
    file = boundaries(store, area, area.smallest)
    if file is None:
        parts.note("Er zijn geen grenzen ingelezen, dus geen kaart.")
        return
    classes = make_classes(
        places["mensen"], count=3, decimals=0, unit="mensen", direction="meer_is_slechter", ramp="knelpunt"
    )
    values = places.set_index("gebied")["mensen"].reindex(list(file.codes))
    numbers = assign(values, classes, reasons_of(places))
    classes = counted(classes, numbers, store.about()["minimum"])
    layer = MapLayer(file, numbers, classes.colours, classes.labels, title, classes.absent)
    show_map(
        layer,
        height=MAP_HEIGHT,
        attribution=parts.map_credit(store),
        key=f"agendakaart-{'-'.join(area.codes)[:60]}",
    )
    legend(classes, title)
    highest = agendatables.highest(places)
    if highest:
        parts.sentence(highest)
