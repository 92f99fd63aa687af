"""The screen Kaart."""
