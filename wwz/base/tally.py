"""What happened in this process since it started, counted for whoever keeps an eye on it."""

from __future__ import annotations

import threading
from collections import Counter

_lock = threading.Lock()
_counts: Counter[tuple[str, str]] = Counter()


def count(what: str, kind: str = "", step: int = 1) -> None:
    """One more of `what` (or one less: -1); `kind` tells several of it apart."""
    with _lock:
        _counts[what, kind] += step


def counted(what: str) -> dict[str, int]:
    """How many of `what`, by kind."""
    with _lock:
        return {kind: number for (name, kind), number in _counts.items() if name == what}
