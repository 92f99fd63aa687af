"""The screen Doorrekenen."""
