"""Rondleidingen: screens in an order, to walk by before a room."""

from wwz.ui.rondleidingen.screen import tours_screen
from wwz.ui.shared import state

tours_screen(state.store())
state.publish()
