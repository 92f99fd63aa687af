"""Toekomst: one subject from now to 2050, per area, with scenarios."""

from wwz.ui import futureview, state

futureview.future_screen(state.store(), state.area())
state.publish()
