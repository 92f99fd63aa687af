"""Voorzieningen: who has what within reach, and the points behind it: add, move, take away, read in."""

from wwz.ui import state
from wwz.ui.reachview import reach_screen

reach_screen(state.store(), state.area())
state.publish()
