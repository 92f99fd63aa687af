"""Layers into a new file, checks, and the swap."""
