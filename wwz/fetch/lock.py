"""One fetch at a time for one database, also when two programs try."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wwz.base.errors import Fout
from wwz.base.keeping import disk_error
from wwz.fetch.trouble import STAYS

FILE = "bezig.slot"


@contextmanager
def only_fetch(folder: Path) -> Iterator[None]:
    """Nobody else fetches into `folder` meanwhile. The system itself lets go when a program ends, however it ends.

    Raises
    ------
    Fout
        When another fetch runs.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / FILE).open("a+b")
    except OSError as error:
        raise disk_error(error, folder / FILE) from error
    with file:
        if not _take(file.fileno()):
            raise Fout(
                f"Er wordt al opgehaald, door een ander venster of programma. {STAYS} Wacht tot dat klaar is en probeer het dan opnieuw."
            )
        yield


def _take(number: int) -> bool:
    """Whether the lock is ours, until the file is closed."""
    if os.name == "nt":
        return _take_windows(number)
    import fcntl  # not there on Windows

    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        # Some network drives have no locks; then there is nothing to hold on to.
        return True
    return True


def _take_windows(number: int) -> bool:
    import msvcrt  # only there on Windows

    os.lseek(number, 0, os.SEEK_SET)
    try:
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    return True
