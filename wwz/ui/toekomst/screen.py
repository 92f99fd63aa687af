"""The screen Toekomst: choices, now and then side by side, the line with its band, and the table."""

from __future__ import annotations

import streamlit as st

from wwz.ask import outlookwords as words
from wwz.ask.absent import reasons_of
from wwz.ask.area import Area
from wwz.ask.layerwords import no_effect
from wwz.ask.outlook import Outlook, Subject, home_steps, outlook, scenarios, subjects, table, years
from wwz.base.memory import within
from wwz.maps.boundaries import boundaries
from wwz.maps.classes import Classes, make_classes
from wwz.store import Store
from wwz.ui.shared import parts, state
from wwz.ui.shared.charts import show_chart
from wwz.ui.shared.choices import smaller_level
from wwz.ui.shared.classmap import value_map
from wwz.ui.shared.longtable import WITH_ITS_PAGE, long_table
from wwz.ui.shared.table import Column, Table
from wwz.ui.shared.turn import fragment
from wwz.ui.toekomst.kind import about_kind
from wwz.ui.toekomst.line import line_with_band

KINDS = {"leeftijd": "Leeftijd", "beperking": "Beperkingen", "doelgroep": "Doelgroepen"}
MAP_HEIGHT = 420


@fragment
def future_screen(store: Store, area: Area) -> None:
    """The whole screen below the top row."""
    state.begin_part()
    left, right = st.columns([1.15, 4.5], gap="medium")
    with left, st.container(key="keuzes"):
        niveau = _choices(store, area)
    with right:
        _answer(store, area, niveau)
    state.publish()


def _choices(store: Store, area: Area) -> str:
    known = subjects(store)
    subject = _subject(known)
    state.bound(st.select_slider, "Jaar", "dan", years(), help="Van nu tot 2050, in stappen van vijf jaar.")
    fitting = scenarios(subject)
    titles = {code: scenario.titel for code, scenario in fitting.items()}
    state.bound(st.radio, "Scenario", "scenario", list(titles), format_func=titles.get)
    scenario = fitting.get(state.view().scenario, fitting["basis"])
    st.caption(scenario.uitleg)
    if scenario.extramuraal:
        state.bound(st.select_slider, "Deel dat thuis woont (%)", "thuis", home_steps())
    return smaller_level(area)


def _subject(known: dict[str, Subject]) -> Subject:
    titles = {code: f"{KINDS[subject.kind]}: {subject.titel}" for code, subject in known.items()}
    state.bound(st.selectbox, "Wat wilt u volgen?", "onderwerp", list(known), format_func=titles.get)
    return _chosen(known)


def _chosen(known: dict[str, Subject]) -> Subject:
    """The subject of the view, or the first there is."""
    return known.get(state.view().onderwerp) or next(iter(known.values()))


def _answer(store: Store, area: Area, niveau: str) -> None:
    view, subject = state.view(), _chosen(subjects(store))
    fitting = scenarios(subject)
    shown = outlook(
        store,
        area,
        niveau,
        subject,
        fitting.get(view.scenario, fitting["basis"]),
        view.thuis if view.thuis in home_steps() else home_steps()[-1],
    )
    year = view.dan if view.dan in years() else years()[-1]
    parts.title(
        words.headline(shown, year),
        f"Scenario: {shown.scenario.titel.lower()} · {years()[0]} en {year}",
        "geschat",
    )
    parts.sentence(" ".join(words.sentences(shown, year)))
    parts.note(words.forecast_used(store, area))
    _maps(store, shown, year, niveau)
    if len(shown.whole):
        show_chart(
            line_with_band(shown.whole.reset_index(), shown.base.reset_index(), "mensen"),
            words.chart_in_words(shown),
            key=f"lijn-{subject.code}",
        )
    _table(store, shown, year, niveau)
    about_kind(store, shown.area)
    parts.source_line(*words.sources(store, shown))
    parts.note(
        "Dit is een berekening, geen voorspelling. Bouw en sloop tellen mee als de gemeente ze opgeeft, bij Eigen cijfers."
    )
    parts.note(no_effect())
    with st.expander("Hoe is dit berekend?"):
        for text in words.method():
            st.write(text)


def _maps(store: Store, shown: Outlook, year: int, niveau: str) -> None:
    file = boundaries(store, shown.area, niveau)
    if file is None or shown.parts.empty:
        parts.empty("Van deze gebieden zijn geen grenzen of cijfers. De tabel hieronder geeft wat er wel is.")
        return
    classes = _classes(shown)
    moments = zip(st.columns(2, gap="medium"), ("Nu", "Straks"), (years()[0], year), strict=True)
    for column, word, moment in moments:
        with column:
            st.header(f"{word} ({moment})", anchor=False)
            value_map(
                file,
                shown.share(moment),
                classes,
                f"{shown.subject.titel}, {moment} (%)",
                minimum=shown.minimum,
                reasons=reasons_of(shown.parts[shown.parts["jaar"] == moment]),
                key=f"toekomst-{word.lower()}",
                height=MAP_HEIGHT,
                attribution=store.about()["bron_grenzen"],
                together="toekomst",
                tell_position=False,
            )


@within
def _classes(shown: Outlook) -> Classes:
    """One scale for all years."""
    return make_classes(
        shown.parts["waarde"], decimals=1, unit="%", direction="meer_is_slechter", ramp="behoefte"
    )


def _table(store: Store, shown: Outlook, year: int, niveau: str) -> None:
    areas = int((shown.parts["jaar"] == year).sum())
    if not long_table(areas, key="lange-tabel-dan", most=WITH_ITS_PAGE):
        return
    Table(
        table(shown, year, store.about()["minimum"]),
        [
            Column("naam", "Gebied"),
            Column("nu", f"Nu ({years()[0]})", text_field="nu_tekst", kind="number"),
            Column("dan", f"In {year}", text_field="dan_tekst", kind="number", sub_field="marge_tekst"),
            Column("groei", "Verschil", text_field="groei_tekst", kind="number"),
            Column("aandeel_tekst", "Aandeel", align="right"),
            Column("hoe", "Hoe bekend", kind="tag"),
        ],
        f"{shown.subject.titel}, mensen per {niveau}, {years()[0]} en {year}",
    ).sortable(key=f"toekomst-{shown.subject.code}-{year}-{niveau}")
