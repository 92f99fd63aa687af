"""Exporteren: choose a format, see what it becomes, take it along."""

from __future__ import annotations

from functools import partial

import streamlit as st

from wwz.agenda import rows as agenda
from wwz.ask.area import Area
from wwz.ask.view import View
from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.export.formats import AGENDAS, FORMATS, MAP_ONLY, PAPERS, REPORTS, Paper, file_name, make_file
from wwz.export.image import SCREEN_DPI, inner_image, make_image
from wwz.export.logo import read_logo
from wwz.export.report import map_reading, map_source, report_sheet
from wwz.export.series import make_series, parts_of
from wwz.export.sheet import Sheet, make_sheet
from wwz.own import data as owndata
from wwz.store import Store
from wwz.ui.shared import parts, state
from wwz.ui.shared.choices import current_layer
from wwz.ui.shared.table import Column, Table
from wwz.ui.shared.turn import fragment
from wwz.words.numbers import dutch

TABLES, LAYER_FILE = ("xlsx", "csv"), "gpkg"
FIRST_ROWS = 5
# The fields of a view that a picture depends on.
DRAWN = ("gebied", "laag", "niveau", "maat", "jaar", "vanaf", "schaal", "gekozen", "tweede", "rand", "punten")
WANTED = "export-reeks-gevraagd"
COLUMNS = [
    Column("naam", "Gebied"),
    Column("waarde_tekst", "Cijfer", sub_field="marge_tekst", align="right"),
    Column("mensen_tekst", "Aantal", align="right"),
    Column("soort", "Hoe bekend", kind="tag"),
]


@fragment
def export_screen(store: Store, area: Area) -> None:
    """Everything below the top row."""
    view = state.view().changed(laag=current_layer(store))
    sheet = make_sheet(store, view, read_logo(state.settings().logo))
    left, right = st.columns([1.15, 2.6], gap="medium")
    with left:
        code, paper = _choices(sheet)
        _series(store, view, area, code, paper)
    with right:
        if code in AGENDAS:
            about = agenda.of_area(store, state.chosen_area())
            parts.sentence(f"De wijkagenda zegt: {about.headline}.")
        _download(store, view, sheet, code, paper)
        _preview(store, sheet, view, code, paper)


def _choices(sheet: Sheet) -> tuple[str, Paper]:
    codes = [code for code in FORMATS if sheet.has_map or code not in MAP_ONLY]
    code = st.radio(
        "Wat wilt u meenemen?",
        codes,
        format_func=lambda c: FORMATS[c].titel,
        captions=[FORMATS[c].uitleg for c in codes],
        key="export-soort",
    )
    logo = read_logo(state.settings().logo)
    if not FORMATS[code].papier:
        return code, Paper(logo=logo)
    size = st.segmented_control("Papier", PAPERS, default="A4", key="export-papier") or "A4"
    turn = st.segmented_control("Richting", ["Liggend", "Staand"], default="Liggend", key="export-richting")
    return code, Paper(size, turn != "Staand", logo)


def _download(store: Store, view: View, sheet: Sheet, code: str, paper: Paper) -> None:
    about = state.chosen_area() if code in REPORTS + AGENDAS else sheet.area
    st.download_button(
        f"Download: {FORMATS[code].titel}",
        partial(_content, _mark(store), view, code, paper, _store=store),
        file_name=file_name(about.naam, sheet.shown.indicator.code, code),
        mime=FORMATS[code].mime,
        type="primary",
        on_click="ignore",
        key="export-download",
    )


def _mark(store: Store) -> tuple[str, ...]:
    """What tells the figures apart from every other: the build, and what the municipality keeps beside it, which a report tells."""
    return store.about()["kenmerk"], *owndata.marks(store.path).values()


@st.cache_data(max_entries=40, show_spinner=False)
def _content(mark: tuple[str, ...], view: View, code: str, paper: Paper, *, _store: Store) -> bytes:
    return make_file(_store, view, code, paper, state.settings().grenzen)


def _series(store: Store, view: View, area: Area, code: str, paper: Paper) -> None:
    """One file for every wijk: made on request, because it takes a while."""
    if area.niveau in ("wijk", "buurt"):
        return
    with st.expander("Voor elke wijk een bestand"):
        count = len(parts_of(area))
        st.write(
            counted(
                "{naam} heeft {n} [wijk|wijken]. U krijgt één zip met voor elke wijk een bestand.",
                count,
                naam=area.naam,
            )
        )
        asked = (store.about()["kenmerk"], view, code, paper)
        # A wish, and not the press itself: a run that is stopped on the way leaves it to the next one.
        st.button(
            "Maak de reeks", on_click=lambda: st.session_state.update({WANTED: asked}), key="export-reeks"
        )
        if st.session_state.get(WANTED) == asked:
            bar = st.progress(0.0, "De reeks wordt gemaakt.")
            try:
                content = make_series(
                    store, view, area, code, paper, current_layer(store),
                    lambda number, total, naam: bar.progress((number - 1) / total, f"{number} van {total}: {naam}"),
                    state.settings().grenzen,
                )  # fmt: skip
            except Fout:
                # It would go wrong again in every run.
                del st.session_state[WANTED]
                raise
            bar.empty()
            st.session_state["export-zip"] = (asked, content)
            del st.session_state[WANTED]
        made = st.session_state.get("export-zip")
        if made and made[0] == asked:
            name = file_name(area.naam, current_layer(store), code).rsplit(".", 1)[0] + "-per-wijk.zip"
            st.download_button(
                "Download de reeks (zip)",
                made[1],
                file_name=name,
                mime="application/zip",
                on_click="ignore",
                key="export-zip-knop",
            )


def drawn(view: View) -> View:
    """Only what shows on the map: the rest of a view makes no other picture of it."""
    return View(**{name: getattr(view, name) for name in DRAWN})


def _preview(store: Store, sheet: Sheet, view: View, code: str, paper: Paper) -> None:
    if code in REPORTS:
        about = state.chosen_area()
        parts.sentence(
            f"Het rapport gaat over {about.naam}: het verhaal, een kaart per {about.smallest}, alle cijfers, bronnen en uitleg."
        )
        st.page_link("pages/wijkprofiel.py", label=f"Bekijk het profiel van {about.naam} op het scherm")
        _report_map(store, view, paper)
        return
    if code in AGENDAS:
        parts.sentence(
            "In het bestand staan de balken per randvoorwaarde, wat nu te doen is met eigenaar en datum, de cijfers daarnaast, alle "
            "rijen van de agenda, en de bronnen."
        )
        st.page_link("pages/wijkagenda.py", label="Bekijk de wijkagenda op het scherm")
        return
    if code == LAYER_FILE:
        parts.sentence(
            counted(
                "Het bestand heeft de grenzen en cijfers van {n} [gebied|gebieden]. Open het in QGIS of een ander kaartprogramma.",
                len(sheet.boundaries),
            )
        )
    elif code in TABLES:
        parts.sentence(f"De eerste regels van de tabel ({dutch(len(sheet.rows))} in totaal):")
        Table(sheet.rows.head(FIRST_ROWS), COLUMNS, sheet.subject).short()
    elif sheet.has_map:
        with st.container(border=True):
            picture = _picture(store.about()["kenmerk"], drawn(view), paper, _sheet=sheet)
            caption = "Voorbeeld van de kaart in het bestand"
            st.image(picture, caption=caption, alt=f"{caption}. {sheet.reading}")
    else:
        parts.empty(
            "Van deze gebieden zijn geen grenzen ingelezen. U kunt daarom wel een tabel maken, maar geen kaart."
        )
    parts.sentence(sheet.reading)
    parts.source_line(*sheet.sources)


def _report_map(store: Store, view: View, paper: Paper) -> None:
    """The map of the report, which is about the chosen area and not about the map on the screen."""
    found = _map_in_report(store.about()["kenmerk"], drawn(view), paper, _store=store)
    if found is None:
        return
    picture, reading, source = found
    with st.container(border=True):
        caption = "De kaart in het rapport"
        st.image(picture, caption=caption, alt=f"{caption}. {reading}")
    parts.sentence(reading)
    parts.source_line(source)


@st.cache_data(max_entries=40, show_spinner=False)
def _map_in_report(build: str, view: View, paper: Paper, *, _store: Store) -> tuple[bytes, str, str] | None:
    sheet = report_sheet(_store, view, paper.logo, paper.scale)
    return (inner_image(sheet, "rapport"), map_reading(sheet), map_source(sheet)) if sheet.has_map else None


@st.cache_data(max_entries=40, show_spinner=False)
def _picture(build: str, view: View, paper: Paper, *, _sheet: Sheet) -> bytes:
    return make_image(_sheet, "png", paper.size, paper.landscape, dpi=SCREEN_DPI)
