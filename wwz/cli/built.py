"""A database of a folder, built in a temporary place for as long as it is asked."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from wwz.base.settings import Settings
from wwz.build.filling import KEEP_STEPS
from wwz.store import Store

Build = Callable[[Settings, tuple[Path, ...], Path], object]


@contextmanager
def built(folder: Path, settings: Settings, build: Build) -> Iterator[Store]:
    """Build it, and take it away afterwards."""
    with tempfile.TemporaryDirectory() as scratch:
        database = Path(scratch) / "toets.duckdb"
        build(settings, (folder,), database)
        with closing(Store(database)) as store:
            yield store


@contextmanager
def built_with_steps(folder: Path, settings: Settings, build: Build) -> Iterator[Store]:
    """The same, with the tables of every step of the build."""
    before = os.environ.get(KEEP_STEPS)
    os.environ[KEEP_STEPS] = "1"
    try:
        with built(folder, settings, build) as store:
            yield store
    finally:
        if before is None:
            del os.environ[KEEP_STEPS]
        else:
            os.environ[KEEP_STEPS] = before
