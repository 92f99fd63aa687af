"""The screen Eisen."""
