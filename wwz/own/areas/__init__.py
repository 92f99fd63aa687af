"""Areas that the municipality composed itself, and what it says of them: an entry of the ledger per change."""

from wwz.own.areas.kept import KIND, SHELF, OwnArea, find, keep, kept, pinned, remove, versions

__all__ = ["KIND", "SHELF", "OwnArea", "find", "keep", "kept", "pinned", "remove", "versions"]
