"""What several workers need and is dear to make: made once, by the first that asks."""

import os
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock


def once(tmp_path_factory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder filled by ``make(folder)``, by the first worker that asks; the others wait for it and read it."""
    root = tmp_path_factory.getbasetemp()
    folder = (root.parent if "PYTEST_XDIST_WORKER" in os.environ else root) / f"eenmaal-{name}"
    with FileLock(f"{folder}.lock"):
        if not (folder / "klaar").exists():
            folder.mkdir(exist_ok=True)
            make(folder)
            (folder / "klaar").touch()
    return folder
