"""Exporteren: take what is on the map along as a file."""

from wwz.ui import parts, state
from wwz.ui.exportview import export_screen

parts.title(
    "Neem de kaart en de cijfers mee", "Wat u op de Kaart koos, komt in het bestand: met bron, jaar en uitleg"
)
export_screen(state.store(), state.area())
state.publish()
