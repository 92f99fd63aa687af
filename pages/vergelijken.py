"""Vergelijken: is it much, is it far, and is the difference real?"""

from wwz.ask.compare import comparable_codes
from wwz.ui.shared import projection, state
from wwz.ui.vergelijken.screen import compare_screen

projection.layer_steps(state.store(), comparable_codes(state.store()))
compare_screen(state.store())
state.publish()
