"""Regio: who lives where, a fair share by a key, the definitions, and what the gemeenten decide together."""

from wwz.ui.regio.screen import region_screen
from wwz.ui.shared import state

region_screen(state.store(), state.area())
state.publish()
