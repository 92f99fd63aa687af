"""Wijkagenda: what to work on in this area, for whom, and for how many people."""

from wwz.ui.shared import projection, state
from wwz.ui.wijkagenda.dias import agenda_dias
from wwz.ui.wijkagenda.screen import agenda_screen

draw = agenda_dias if projection.is_on() else agenda_screen
draw(state.store(), state.chosen_area())
state.publish()
