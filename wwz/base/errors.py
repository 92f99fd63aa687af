"""The kind of error a user gets to see."""

from collections.abc import Iterable
from pathlib import Path


class Fout(Exception):
    """A mistake the user can do something about.

    Parameters
    ----------
    *zinnen
        Plain Dutch sentences: what is wrong, where, and what to do. Several mistakes found in one go are
        reported together.
    """

    def __init__(self, *zinnen: str) -> None:
        self.zinnen = zinnen
        super().__init__("\n".join(zinnen))


class MinderGebieden(Fout):
    """A build that would leave far fewer areas than there are now; whoever means it may ask for it."""


class AndereVersie(Fout):
    """A database that another version of the program made.

    Parameters
    ----------
    zin
        As in Fout.
    mappen
        The folders it was made from; none when that is not known.
    """

    def __init__(self, zin: str, mappen: Iterable[Path] = ()) -> None:
        super().__init__(zin)
        self.mappen = tuple(mappen)
