"""Wijkagenda: what to work on in this area, for whom, and for how many people."""

from wwz.ui.shared import projection, state
from wwz.ui.wijkagenda.screen import agenda_screen

projection.area_steps(state.area())
agenda_screen(state.store(), state.chosen_area())
state.publish()
