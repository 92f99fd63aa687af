"""Doorrekenen: what if a voorziening came here, or closed?"""

from wwz.ui import state
from wwz.ui.whatifview import whatif_screen

whatif_screen(state.store(), state.chosen_area())
state.publish()
