"""Exporteren: take what is on the map along as a file."""

from wwz.ui.exporteren.screen import export_screen
from wwz.ui.shared import parts, state

parts.title(
    "Neem de kaart en de cijfers mee", "Wat u op de Kaart koos, komt in het bestand: met bron, jaar en uitleg"
)
export_screen(state.store(), state.area())
state.publish()
