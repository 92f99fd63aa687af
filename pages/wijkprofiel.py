"""Wijkprofiel: one area on one page that can be printed."""

import streamlit as st

from wwz import profile
from wwz.ui import parts, state
from wwz.ui.charts import CONFIG, compare_bars, describe
from wwz.ui.table import Column, simple_table

store = state.store()
parts.area_picker()
area = state.chosen_area()
found = profile.of_area(store, area)
parts.title(found.headline, found.about)
for text in found.story:
    parts.sentence(text)
left, right = st.columns(2, gap="medium")
for number, chart in enumerate(found.charts):
    with (left, right)[number % 2], st.container(border=True):
        st.subheader(chart.title, anchor=False)
        st.plotly_chart(
            compare_bars(chart.rows, chart.unit, chart.title), config=CONFIG, key=f"vergelijk-{chart.code}"
        )
        st.caption(describe(chart.rows, chart.unit))
for section in found.sections:
    simple_table(
        section.rows,
        [
            Column("titel", section.title),
            Column("waarde_tekst", "Hier", sub_field="marge_tekst", align="right"),
            Column("mensen_tekst", "Aantal", align="right"),
            Column("gemeente_tekst", "Gemeente", align="right"),
            Column("land_tekst", "Nederland", align="right"),
            Column("jaar_tekst", "Jaar"),
            Column("betrouwbaarheid", "Betrouwbaarheid", kind="tag"),
            Column("soort", "Hoe bekend", kind="tag"),
        ],
        f"{section.title}: {area.naam}",
    )
parts.source_line(*found.sources)
parts.note("Afdrukken: gebruik Afdrukken van uw browser (Ctrl+P). De knoppen en keuzes komen niet op papier.")
state.publish()
