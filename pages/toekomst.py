"""Toekomst: one subject from now to 2050, per area, with scenarios."""

from wwz.future.outlook import years
from wwz.ui import futureview, projection, state

projection.year_steps(years())
futureview.future_screen(state.store(), state.area())
state.publish()
