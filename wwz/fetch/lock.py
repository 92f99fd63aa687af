"""One fetch at a time for one database, also when two programs try."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wwz.base.errors import Fout
from wwz.base.keeping import disk_error
from wwz.base.locking import hold
from wwz.fetch.trouble import STAYS

FILE = "bezig.slot"


@contextmanager
def only_fetch(folder: Path) -> Iterator[None]:
    """Nobody else fetches into `folder` meanwhile. The system itself lets go when a program ends, however it ends.

    Raises
    ------
    Fout
        When another fetch runs, or the folder cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise disk_error(error, folder / FILE) from error
    with hold(folder / FILE, 0) as ours:
        if not ours:
            raise Fout(
                f"Er wordt al opgehaald, door een ander venster of programma. {STAYS} Wacht tot dat klaar is en probeer het dan opnieuw."
            )
        yield
