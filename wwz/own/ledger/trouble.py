"""What goes wrong with a database, in one plain sentence. It never quotes the database: a value could be in it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.exc import DBAPIError

from wwz.base.errors import Fout
from wwz.base.keeping import BUSY, damaged

FULL = "De schijf is vol. Er is niets bewaard; wat er was, is er nog. Maak ruimte en probeer het opnieuw."
READ_ONLY = "In {} is niet te schrijven. Er is niets bewaard. Geef dit programma schrijfrechten en probeer het opnieuw."
AWAY = "De server met eigen gegevens is nu niet bereikbaar. Er is niets bevestigd. Probeer het zo opnieuw."
CHANGED = "Een bewaarde wijziging is niet te veranderen. Maak een nieuwe wijziging die haar herstelt."
OTHER = "De eigen gegevens zijn nu niet te lezen of te schrijven. Er is niets bewaard. Vraag de beheerder om in het logboek te kijken."
SERVER = "de server met eigen gegevens"
# What the driver of SQLite says, and what a server says by its code (SQLSTATE).
FILE_FULL, FILE_BUSY = ("disk is full", "disk I/O error"), ("is locked", "is busy")
FILE_CLOSED, FILE_DAMAGED = ("readonly", "unable to open"), ("malformed", "not a database", "disk image")
SERVER_FULL, SERVER_BUSY, SERVER_CLOSED = ("53100", "53200"), ("55P03", "57014", "40P01"), ("25006", "42501")
SERVER_AWAY = ("57P", "08", "53300")


class Lost(Fout):
    """A server that went away while something was written: it may be tried once more."""


def in_words(error: Exception, file: Path | None, *, writes: bool) -> Fout:
    """The sentence for an error.

    Parameters
    ----------
    file
        The file of the ledger; None on a server.
    writes
        Whether something was to be kept.
    """
    if file is not None:
        return _of_file(str(getattr(error, "orig", error)), file)
    code = str(getattr(getattr(error, "orig", None), "sqlstate", None) or "")
    if code in SERVER_FULL:
        return Fout(FULL)
    if code in SERVER_BUSY or not isinstance(error, DBAPIError):
        return Fout(BUSY.format(SERVER))
    if code in SERVER_CLOSED:
        return Fout(READ_ONLY.format(SERVER))
    if error.connection_invalidated or not code or code.startswith(SERVER_AWAY):
        return Lost(AWAY)
    return Fout(CHANGED if "boeking blijft" in str(error.orig) else OTHER)


def _of_file(said: str, file: Path) -> Fout:
    for words, answer in (
        (FILE_FULL, Fout(FULL)),
        (FILE_BUSY, Fout(BUSY.format(file.name))),
        (FILE_CLOSED, Fout(READ_ONLY.format(file.parent))),
        (FILE_DAMAGED, damaged(file)),
        (("boeking blijft",), Fout(CHANGED)),
    ):
        if any(word in said for word in words):
            return answer
    return Fout(OTHER)
