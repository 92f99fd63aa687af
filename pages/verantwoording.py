"""Verantwoording: method, sources, licences, what is estimated, and the words used."""

import streamlit as st

from wwz import accountability
from wwz.ui import parts, state
from wwz.ui.table import Column, simple_table

store = state.store()
parts.title("Hoe komen we aan deze cijfers?", "Methode, bronnen, aannames en begrippen")
method, rules, sources, terms = st.tabs(["Methode", "Rekenregels en aannames", "Bronnen", "Begrippen"])
with method:
    for section in accountability.method(store):
        st.header(section.title, anchor=False)
        st.markdown(section.text)
with rules:
    simple_table(
        accountability.assumptions(store),
        [
            Column("wat", "Aanname of regel"),
            Column("waarde", "Waarde"),
            Column("reden", "Waarom"),
            Column("hoe_bekend", "Hoe bekend", kind="tag"),
            Column("bron", "Bron"),
        ],
        "Rekenregels en aannames",
    )
with sources:
    simple_table(
        accountability.sources(),
        [
            Column("titel", "Bron", sub_field="uitgever"),
            Column("toelichting", "Wat is het"),
            Column("licentie", "Licentie"),
            Column("url", "Vindplaats"),
        ],
        "Bronnen van de cijfers",
    )
with terms:
    simple_table(accountability.terms(), [Column("term", "Begrip"), Column("uitleg", "Uitleg")], "Begrippen")
state.publish()
