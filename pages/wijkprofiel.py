"""Wijkprofiel: one area on one page that can be printed."""

import streamlit as st

from wwz.profile import page as profile
from wwz.ui.shared import parts, projection, state
from wwz.ui.wijkprofiel.dias import profile_dias
from wwz.ui.wijkprofiel.screen import figures, story

store = state.store()
area = state.chosen_area()
found = profile.of_area(store, area)
if projection.is_on():
    profile_dias(store, area, found)
else:
    parts.title(found.headline, found.about)
    story(store, area, found)
    figures(store, area, found)
    st.page_link("pages/exporteren.py", label="Neem het mee als rapport (Word of PDF)")
state.publish()
