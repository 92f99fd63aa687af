"""Handleiding: one page per kind of user, and the words used."""

import streamlit as st

from wwz.ask import accountability
from wwz.ui.shared import parts, state
from wwz.ui.shared.manual import GUIDES, show_document
from wwz.ui.shared.table import Column, Table

parts.title("Hoe werkt de WWZ-wijzer?", "Kies wat bij uw werk past")
*guides, terms = st.tabs([*GUIDES.values(), "Begrippen"])
for tab, name in zip(guides, GUIDES, strict=True):
    with tab:
        show_document(name)
with terms:
    Table(accountability.terms(), [Column("term", "Begrip"), Column("uitleg", "Uitleg")], "Begrippen").short()
st.page_link("pages/toegankelijkheid.py", label="Toegankelijkheidsverklaring")
state.publish()
