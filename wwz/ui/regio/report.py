"""Rapport: the woonzorganalyse of the region or a gemeente, in one click, and what will be in it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from wwz.export.formats import check_size, stem_of
from wwz.export.logo import read_logo
from wwz.export.region import FORMATS, make_region_file, make_region_zip
from wwz.region.analysis import analysis
from wwz.region.document import Stuk
from wwz.region.subject import Over
from wwz.ui.regio.current import Chosen
from wwz.ui.shared import parts, state
from wwz.ui.shared.table import Column, Table

WHOLE = "regio"


def report_part(chosen: Chosen) -> None:
    """The whole tab."""
    regio = chosen.regio
    options = {WHOLE: f"De hele regio: {regio.naam}", **regio.namen}
    about = st.selectbox("Waarover?", list(options), format_func=options.get, key="regio-rapport")
    weights = tuple((chosen.gewichten or {}).items())
    over = Over(regio, "" if about == WHOLE else about, chosen.sleutel, weights)
    stuk = analysis(over)
    with st.container(horizontal=True):
        for kind, (title, mime) in FORMATS.items():
            st.download_button(
                title, partial(_content, stuk, kind), f"{stem_of(over.naam)}-woonzorganalyse.{kind}", mime, on_click="ignore",
                key=f"regio-rapport-{kind}", type="primary" if kind == "docx" else "secondary",
            )  # fmt: skip
        st.download_button(
            "Alle gemeenten (Word)", partial(_all, over), "woonzorganalyses.zip", "application/zip", on_click="ignore",
            key="regio-rapport-zip",
        )  # fmt: skip
    parts.note(
        "Overal dezelfde definities en dezelfde berekening. In Word kunt u ieder deel aanpassen, verplaatsen of weglaten."
    )
    st.header("In het kort", anchor=False)
    for line in stuk.hoofdlijn:
        parts.sentence(line)
    for part in stuk.onderdelen:
        with st.expander(part.titel):
            for line in (*part.zinnen, *part.punten):
                parts.sentence(line)
            for table in part.tabellen:
                columns = [Column(str(n), head) for n, head in enumerate(table.koppen)]
                rows = [
                    {str(n): cell.replace("\n", " · ") for n, cell in enumerate(row)} for row in table.rijen
                ]
                Table(rows, columns, table.titel).short(folds=True)


def _content(stuk: Stuk, kind: str) -> bytes:
    content = make_region_file(stuk, kind, read_logo(state.settings().logo))
    check_size(len(content), state.settings().grenzen)
    return content


def _all(over: Over) -> bytes:
    content = make_region_zip(over, "docx", read_logo(state.settings().logo))
    check_size(len(content), state.settings().grenzen)
    return content
