"""Werksessie: make one for the chosen area, and lead it, on pages of its own."""

from wwz.ui.shared import parts, state
from wwz.ui.werksessie.screen import sessions_screen

parts.title("Werksessie", "De zaal kijkt, kiest en spreekt af; alles wordt bewaard")
sessions_screen(state.store(), state.chosen_area())
state.publish()
