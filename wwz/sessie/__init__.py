"""The work session: a programme of steps around an area, what the room says at each, and what is agreed."""
