"""The wijkagenda as a file, from the screen itself."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from wwz.agenda.flat import COLUMNS, agenda_rows
from wwz.agenda.rows import Agenda
from wwz.ask.area import Area
from wwz.ask.view import View
from wwz.export.formats import AGENDAS, FORMATS, Paper, file_name, make_file
from wwz.export.logo import read_logo
from wwz.own.eisen.exchange import to_csv
from wwz.store import Store
from wwz.ui.shared import parts, state

NAMES = dict(zip(AGENDAS, ("PDF", "Word", "PowerPoint"), strict=True))


def take_along(store: Store, area: Area, found: Agenda) -> None:
    """A button for each kind of file; a file is made when it is asked for."""
    with st.container(horizontal=True, vertical_alignment="center", key="meenemen"):
        parts.beside("Neem mee:")
        for code, name in NAMES.items():
            st.download_button(
                name,
                partial(_content, store, View(gebied=area.link), code),
                file_name(area.naam, "", code),
                FORMATS[code].mime,
                on_click="ignore",
                key=f"meenemen-{code}",
            )
        st.download_button(
            "CSV",
            partial(_rows, found, area),
            f"wijkagenda-{area.link[0]}.csv",
            "text/csv",
            on_click="ignore",
            key="meenemen-csv",
        )


def _rows(found: Agenda, area: Area) -> bytes:
    return to_csv(pd.DataFrame(agenda_rows(found, area), columns=list(COLUMNS)).fillna(""))


def _content(store: Store, view: View, code: str) -> bytes:
    settings = state.settings()
    return make_file(store, view, code, Paper(logo=read_logo(settings.logo)), settings.grenzen)
