"""Kaart: choose a layer, look at the map, click an area and read its sheet."""

from wwz.ui import guide, mapview, projection, state

guide.first_visit()
projection.steps(state.store())
mapview.map_screen(state.store(), state.area())
state.publish()
