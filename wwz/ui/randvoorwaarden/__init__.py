"""The screen Randvoorwaarden, before a room."""
