"""The screen Gegevens."""
