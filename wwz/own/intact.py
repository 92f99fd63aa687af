"""Whether everything that the municipality keeps beside the database can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from wwz.base.errors import Fout
from wwz.own import counts, countskept, forecast, given, plans, points
from wwz.own.eisen import matrix, norms

PLAN = "Het plan {} is beschadigd. Zet een oudere versie terug, of haal het bestand weg."
# Each takes the path of the database, and raises Fout when its file was damaged.
READERS: tuple[Callable[[Path], object], ...] = (
    lambda database: given.read(database),
    lambda database: matrix.history(database).read(),
    lambda database: norms.history(database).read(),
    lambda database: counts.read(counts.path_beside(database)),
    lambda database: countskept.read(countskept.path_beside(database)),
    lambda database: forecast.read(forecast.path_beside(database)),
    lambda database: points.read(points.path_beside(database)),
)


def damage(database: Path) -> list[str]:
    """What is wrong with the files beside a database, a sentence each; empty when all can be read."""
    return [sentence for read in READERS for sentence in _wrong(read, database)] + list(_plans(database))


def _wrong(read: Callable[[Path], object], database: Path) -> Iterator[str]:
    try:
        read(database)
    except Fout as fout:
        yield from fout.zinnen


def _plans(database: Path) -> Iterator[str]:
    folder = plans.folder_beside(database)
    for path in sorted(folder.glob("p-*.json")):
        if plans.find(folder, path.stem) is None:
            yield PLAN.format(path.name)
