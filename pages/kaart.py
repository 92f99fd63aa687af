"""Kaart: choose a layer, look at the map, click an area and read its sheet and table."""

from wwz.ui.kaart import guide
from wwz.ui.kaart import ladder as ladderview
from wwz.ui.kaart import screen as mapview
from wwz.ui.shared import projection, state

guide.first_visit()
projection.layer_steps(state.store())
mapview.screen(state.store(), state.area())
ladderview.ladder_section(state.store(), state.chosen_area())
guide.again()
state.publish()
