"""Writing files that matter: whole or not at all, on disk before anyone is told so."""

from __future__ import annotations

import csv
import errno
import os
import secrets
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from wwz.base.errors import Fout
from wwz.base.locking import ENDING, hold

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# Visitors share one process, and there may be more than one: a second server, or a command beside it.
_threads = threading.RLock()
# Seconds: longer than any file here takes to be written.
PATIENCE = 30.0
LOCK = f".schrijven{ENDING}"
BUSY = "Een ander programma schrijft al te lang in {}. Er is niets bewaard. Probeer het zo opnieuw."


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Who reads a file, adds to it and writes it, does so while nobody else does: no other visitor, no other program.

    Parameters
    ----------
    path
        The file; all files in one folder share a lock.

    Raises
    ------
    Fout
        When another program does not let go.
    """
    with _threads, hold(path.with_name(LOCK), PATIENCE, again=True) as ours:
        if not ours:
            raise Fout(BUSY.format(path.parent))
        yield


@contextmanager
def writing(path: Path) -> Iterator[Path]:
    """A new file next to `path` that takes its place when it is complete.

    Raises
    ------
    Fout
        When the disk is full or cannot be written.
    """
    # A name of its own: two containers have processes of the same number, and two threads are one process.
    new = path.with_name(f"{path.name}.nieuw-{os.getpid()}-{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield new
        new.replace(path)
    except OSError as error:
        with suppress(OSError):
            new.unlink()
        raise disk_error(error, path) from error


def disk_error(error: OSError, path: Path) -> Fout:
    """Say in Dutch why a file cannot be written."""
    if error.errno in FULL:
        return Fout("De schijf is vol. De gegevens van nu blijven staan. Maak ruimte en probeer het opnieuw.")
    return Fout(
        f"In {path.parent} is niet te schrijven. Geef dit programma schrijfrechten en probeer het opnieuw."
    )


def keep_bytes(path: Path, content: bytes) -> None:
    """Replace a file by this content, and wait until it is on disk.

    Raises
    ------
    Fout
        As `writing`.
    """
    with writing(path) as new, new.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())


def keep_rows(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Replace a CSV file by these rows; None becomes an empty cell.

    Raises
    ------
    Fout
        As `writing`.
    """
    with writing(path) as new, new.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, columns)
        writer.writeheader()
        writer.writerows(rows)
        handle.flush()
        os.fsync(handle.fileno())
