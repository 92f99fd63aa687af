"""Gebieden: areas of one's own, composed or proposed, and what a woonservicegebied has and lacks."""

from wwz.ui.gebieden.screen import areas_screen
from wwz.ui.shared import state

areas_screen(state.store(), state.area())
state.publish()
