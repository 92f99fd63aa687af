"""Eigen cijfers: what the municipality counts itself, beside the estimates, and its own forecast."""

import streamlit as st

from wwz.ui.eigen_cijfers import building as ownbuildingview
from wwz.ui.eigen_cijfers import forecast as ownforecastview
from wwz.ui.eigen_cijfers import screen as owncountsview
from wwz.ui.shared import parts, state
from wwz.ui.shared.rebuild import rebuild_button

store, area = state.store(), state.chosen_area()
parts.title(
    "Eigen cijfers komen in de plaats van schattingen",
    "Wat uw gemeente zelf telt, naast wat wij schatten",
    "opgegeven",
)
beside, give, kept, forecast, plans = st.tabs(
    ["Naast elkaar", "Opgeven", "Bewaard", "Eigen prognose", "Bouwplannen"]
)
with beside:
    owncountsview.side_by_side(store)
with give:
    owncountsview.give(store, area)
with kept:
    owncountsview.kept(store)
with forecast:
    ownforecastview.forecast(store)
with plans:
    ownbuildingview.building(store)
rebuild_button("Eigen cijfers tellen pas mee als alles opnieuw is uitgerekend.")
state.publish()
