"""The screen Wijkagenda."""
