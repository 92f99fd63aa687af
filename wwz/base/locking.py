"""Waiting for another program: a lock that the system itself lets go when its holder ends, however it ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

# What a file with a lock is called: hidden, and it stays, because removing it would let two in.
ENDING = ".slot"


@contextmanager
def hold(file: Path, seconds: float, *, again: bool = False) -> Iterator[bool]:
    """Hold the lock in `file`.

    Parameters
    ----------
    file
        Made when it is not there, with its folder.
    seconds
        How long to wait for another program or thread; 0 to try once.
    again
        Whether a thread that holds it already may take it once more.

    Yields
    ------
    bool
        Whether it is ours.
    """
    try:
        lock = FileLock(file, timeout=seconds, poll_interval=0.02, is_singleton=again, mode=0o660)
        file.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        yield False
        return
    except OSError:
        # Some network drives have no locks; then there is nothing to hold on to. Where nothing can be written, writing says so.
        yield True
        return
    try:
        yield True
    finally:
        lock.release()
