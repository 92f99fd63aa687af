"""The screen Voorzieningen."""
