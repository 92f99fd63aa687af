"""Vergelijken: is it much, is it far, and is the difference real?"""

from wwz.compare import comparable_codes
from wwz.ui import projection, state
from wwz.ui.compareview import compare_screen

projection.layer_steps(state.store(), comparable_codes(state.store()))
compare_screen(state.store())
state.publish()
