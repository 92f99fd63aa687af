"""The screen Toekomst."""
