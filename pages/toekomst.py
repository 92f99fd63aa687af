"""Toekomst: one subject from now to 2050, per area, with scenarios."""

from wwz.ask.outlook import years
from wwz.ui.shared import projection, state
from wwz.ui.toekomst import screen as futureview

projection.year_steps(years())
futureview.future_screen(state.store(), state.chosen_area())
state.publish()
