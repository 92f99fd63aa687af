"""Wie deed wat: every change of what the municipality adds, with who, when and why."""

from wwz.ui.shared import parts, permission, state
from wwz.ui.wie_deed_wat.screen import who_did_what

store = state.store()
parts.title("Wie deed wat", "Alles wat uw gemeente toevoegde, wijzigde of weghaalde")
who_did_what(store)
permission.log_out()
state.publish()
