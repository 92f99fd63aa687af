"""Kaart: choose a layer, look at the map, click an area and read its sheet."""

from wwz.ui import guide, ladderview, mapview, projection, state

guide.first_visit()
projection.layer_steps(state.store())
mapview.map_screen(state.store(), state.area())
ladderview.ladder_section(state.store(), state.chosen_area())
state.publish()
