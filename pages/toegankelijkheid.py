"""Toegankelijkheid: the statement in the legal form, and what is not in order yet."""

from wwz.ui import parts, state
from wwz.ui.manual import show_document

parts.title("Toegankelijkheidsverklaring", "Concept, eigen beoordeling")
show_document("toegankelijkheid")
state.publish()
