"""The screen Rondleidingen."""
