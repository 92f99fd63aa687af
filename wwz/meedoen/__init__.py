"""Phones, wall and control of a work session: plain pages that work without scripts, and are light enough for a full room."""
