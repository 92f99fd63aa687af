"""The screen Wijkprofiel."""
