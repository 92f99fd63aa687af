"""Widgets and pieces of screen that the pages share."""
