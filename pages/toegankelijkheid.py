"""Toegankelijkheid: the statement in the legal form, and what is not in order yet."""

from wwz.ui.shared import parts, state
from wwz.ui.shared.manual import show_document

settings = state.settings()
parts.title("Toegankelijkheidsverklaring", "Status D · eigen beoordeling van 23 november 2026")
if not (settings.organisatie and settings.contact):
    parts.empty(
        "Beheerder: vul in config.toml bij [organisatie] de naam en het contact in. Dan is deze verklaring af."
    )
show_document(
    "toegankelijkheid",
    organisatie=settings.organisatie or "De gemeente die deze website aanbiedt",
    contact=settings.contact or "de gemeente die deze website aanbiedt",
)
state.publish()
