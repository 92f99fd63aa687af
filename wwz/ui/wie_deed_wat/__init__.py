"""Wie deed wat: every change of what the municipality adds."""
