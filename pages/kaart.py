"""Kaart: choose a layer, look at the map, click an area and read its sheet."""

import streamlit as st

from wwz.ui import choices, mapview, parts, state

store, area = state.store(), state.area()
left, right = st.columns([1.15, 4.5], gap="medium")
with left:
    choices.layer_choices(store, area)
with right:
    mapview.map_and_sheet(store, area)
state.publish()
