"""Doorrekenen: what if a voorziening came here, or closed?"""

from wwz.ui.doorrekenen.screen import whatif_screen
from wwz.ui.shared import state

whatif_screen(state.store(), state.chosen_area())
state.publish()
