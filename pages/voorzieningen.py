"""Voorzieningen: who has what within reach, and the points behind it: add, move, take away, read in."""

from wwz.ui.shared import state
from wwz.ui.voorzieningen.screen import reach_screen

reach_screen(state.store(), state.chosen_area())
state.publish()
