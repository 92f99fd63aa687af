"""Vergelijken: is it much, is it far, and is the difference real?"""

from wwz.ui import parts, state
from wwz.ui.compareview import compare_screen

parts.title(
    f"Hoe staat {state.chosen_area().naam} ervoor?",
    "Vergeleken met de gebieden eromheen en met gebieden die erop lijken",
)
compare_screen(state.store())
state.publish()
