"""A database of a folder, for as long as it is asked, with the tables of every step of its build."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from wwz.base.settings import Settings
from wwz.build.filling import KEEP_STEPS
from wwz.store import Store

Build = Callable[[Settings, tuple[Path, ...], Path], Any]


@contextmanager
def built_with_steps(folder: Path, settings: Settings, build: Build) -> Iterator[Store]:
    """Build in a temporary place, and take it away afterwards."""
    before = os.environ.get(KEEP_STEPS)
    os.environ[KEEP_STEPS] = "1"
    try:
        with tempfile.TemporaryDirectory() as scratch:
            database = Path(scratch) / "toets.duckdb"
            build(settings, (folder,), database)
            with closing(Store(database)) as store:
                yield store
    finally:
        if before is None:
            del os.environ[KEEP_STEPS]
        else:
            os.environ[KEEP_STEPS] = before
