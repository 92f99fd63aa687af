"""The files that a build works in: one build at a time, and nothing left of one that is not finished."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from wwz.base.errors import Fout
from wwz.base.locking import ENDING, hold
from wwz.workbench import Workbench

# Seconds that we wait for another build of the same database.
LONGEST_BUILD = 3600.0


@contextmanager
def unfinished(new: Path, *, again: bool = False) -> Iterator[Workbench]:
    """A database that is written to disk at the end; of one that is not finished nothing stays. `again`: as in Workbench."""
    bench = None
    try:
        bench = Workbench(new, again=again)
        yield bench
        bench.close()
    except BaseException:
        if bench is not None:
            bench.abandon()
        for left in new.parent.glob(f"{new.name}*"):
            remove(left)
        raise


@contextmanager
def only_build(target: Path, say: Callable[[str], None]) -> Iterator[None]:
    """One at a time for one database, also when two programs try: who comes second waits, and builds with what is then there."""
    with _only(target.with_name(f".{target.name}{ENDING}"), say):
        yield


@contextmanager
def only_start(target: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Of servers that start together one looks whether a build is needed, and builds; the others wait, and then look."""
    with _only(target.with_name(f".{target.name}.start{ENDING}"), say):
        yield


@contextmanager
def _only(lock: Path, say: Callable[[str], None]) -> Iterator[None]:
    with hold(lock, 0) as ours:
        if ours:
            yield
            return
    say("Een ander programma maakt deze database al. Wij wachten tot dat klaar is.")
    with hold(lock, LONGEST_BUILD) as ours:
        if not ours:
            raise Fout(
                "Een ander programma is al een uur bezig met deze database. Stop dat, en bouw opnieuw."
            )
        yield


def remove_leftovers(target: Path) -> None:
    """A killed build leaves its unfinished file; it is of no use to anyone. Nobody else builds now."""
    for old in target.parent.glob(f"{target.name}.nieuw-*"):
        remove(old)


def remove(path: Path) -> None:
    """A file, or the folder with what did not fit in memory."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
        return
    # On Windows a file that another program has open stays.
    with suppress(PermissionError):
        path.unlink(missing_ok=True)
