"""Putting everything in one file, while others go on reading and writing."""

from __future__ import annotations

import tempfile
from pathlib import Path

from wwz.base.errors import Fout
from wwz.base.keeping import keep_bytes, one_at_a_time
from wwz.base.settings import Settings, config_path
from wwz.own.data import SHELVES, tidy
from wwz.own.ledger import ledger
from wwz.own.ledger.copying import copy
from wwz.own.ledger.engine import Place
from wwz.own.safe.archive import BESIDE, CONFIG, DATABASE, LEDGER, Listed, write_archive

THERE = "{} is er al. Kies een andere naam."
NOTHING = "Er is niets om te bewaren: er is geen database, en er is niets ingevuld."


def save(path: Path, settings: Settings) -> Listed:
    """Keep the database, what was added, and the settings, as they are at this moment.

    Parameters
    ----------
    path
        The new file.
    settings
        Of what is kept.

    Raises
    ------
    Fout
        When the file is there already, there is nothing to keep, or something cannot be read or written.
    """
    if path.exists():
        raise Fout(THERE.format(path))
    if not path.absolute().parent.is_dir():
        raise Fout(f"De map {path.absolute().parent} is er niet. Maak hem, of kies een andere.")
    with tempfile.TemporaryDirectory(prefix=".bewaar-", dir=path.absolute().parent) as scratch:
        files = _gather(settings, Path(scratch))
        if not files:
            raise Fout(NOTHING)
        return write_archive(path, files)


def _gather(settings: Settings, scratch: Path) -> list[tuple[str, Path]]:
    """Name in the archive and where the content is; what others may write to meanwhile is copied first."""
    files: list[tuple[str, Path]] = []
    database = settings.database
    tidy(database)
    if database.is_file():
        # Another database may take its place; a second name keeps hold of this one.
        held = scratch / DATABASE
        _hold(database, held)
        files.append((DATABASE, held))
    book = ledger(database).place
    if book.exists():
        copy(book, Place(file=scratch / LEDGER))
        files.append((LEDGER, _alone(scratch / LEDGER)))
    with one_at_a_time(database):
        for name, source in beside(database):
            kept = scratch / BESIDE / name
            keep_bytes(kept, source.read_bytes())
            files.append((f"{BESIDE}{name}", kept))
    if files and config_path().is_file():
        keep_bytes(scratch / CONFIG, config_path().read_bytes())
        files.append((CONFIG, scratch / CONFIG))
    return files


def _hold(database: Path, held: Path) -> None:
    try:
        held.hardlink_to(database)
    except OSError:
        # Another disk, or one without such names.
        with database.open("rb") as content, held.open("wb") as kept:
            while block := content.read(1024 * 1024):
                kept.write(block)


def _alone(file: Path) -> Path:
    """A ledger of which nothing stands in the file beside it."""
    Place(file=file).settle()
    return file


def beside(database: Path) -> list[tuple[str, Path]]:
    """Files of an earlier version beside a database that the ledger did not take: name in the archive, and where."""
    paths = [database.absolute().parent / shelf.bestand for shelf in SHELVES if shelf.bestand]
    return [(path.name, path) for path in paths if path.is_file()]
