"""The screen Randvoorwaarden, also before a room."""
