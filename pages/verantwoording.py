"""Verantwoording: method, sources, licences, what is estimated, and the words used."""

from wwz.ui.shared import state
from wwz.ui.verantwoording.screen import accountability_screen

accountability_screen(state.store())
state.publish()
