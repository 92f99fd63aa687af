"""Kaart: choose a layer, look at the map, click an area and read its sheet."""

from wwz.ui import mapview, state

mapview.map_screen(state.store(), state.area())
state.publish()
