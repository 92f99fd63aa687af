"""The knowledge files as they are read: once, and closed to changes."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from wwz.base.fixed import fixed
from wwz.base.paths import KNOWLEDGE


def load_toml(name: str, folder: Path = KNOWLEDGE) -> dict[str, Any]:
    """One knowledge file. It is read once, and again when it changed; the answer is shared and cannot be changed."""
    path = folder / name
    stat = path.stat()
    return _parsed(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=64)
def _parsed(path: Path, changed: int, size: int) -> dict[str, Any]:
    return fixed(tomllib.loads(path.read_text(encoding="utf-8")))
