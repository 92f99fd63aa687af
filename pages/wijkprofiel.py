"""Wijkprofiel: one area on one page that can be printed."""

import streamlit as st

from wwz import profile
from wwz.ui import parts, state
from wwz.ui.charts import compare_bars, describe, show_chart
from wwz.ui.table import Column, simple_table

COLUMNS = [
    Column("titel", "Cijfer"),
    Column("waarde_tekst", "Hier", sub_field="marge_tekst", align="right"),
    Column("mensen_tekst", "Aantal", align="right"),
    Column("gemeente_tekst", "Gemeente", align="right"),
    Column("land_tekst", "Nederland", align="right"),
    Column("jaar_tekst", "Jaar"),
    Column("betrouwbaarheid", "Betrouwbaarheid", kind="tag"),
    Column("soort", "Hoe bekend", kind="tag"),
]
store = state.store()
area = state.chosen_area()
found = profile.of_area(store, area)
parts.title(found.headline, found.about)
for text in found.story:
    parts.sentence(text)
left, right = st.columns(2, gap="medium")
for number, chart in enumerate(found.charts):
    with (left, right)[number % 2], st.container(border=True):
        st.subheader(chart.title, anchor=False)
        show_chart(
            compare_bars(chart.rows, chart.unit),
            describe(chart.rows, chart.unit),
            key=f"vergelijk-{chart.code}",
        )
simple_table(found.key_figures, COLUMNS, f"Kerncijfers van {area.naam}")
parts.source_line(*found.sources)
parts.note("Afdrukken: gebruik Afdrukken van uw browser (Ctrl+P). De knoppen en keuzes komen niet op papier.", printed=False)
with st.expander("Alle cijfers"):
    for section in found.sections:
        simple_table(section.rows, COLUMNS, f"{section.title}: {area.naam}")
state.publish()
