"""What the municipality keeps beside the database, and whether the figures were made with it as it is now.

A build notes the mark of every kind of own data that it uses; when one has another mark now, the figures on screen are from
before that change and a rebuild brings them up to date.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pandas as pd

from wwz.base.errors import Fout
from wwz.base.keeping import UNFINISHED, make_private, one_at_a_time
from wwz.own import building, buurtkind, counts, countskept, forecast, given, klus, plans, points, tours
from wwz.own.eisen import matrix, norms
from wwz.own.ledger import Shelf
from wwz.own.region import SHELVES as OF_REGION
from wwz.store import Store, remembered

TABLE = "herbouw"
# What a build uses, by the code of its kind; and what else is in the ledger.
USED: dict[str, Shelf] = {
    shelf.kind.code: shelf
    for shelf in (
        given.SHELF,
        matrix.SHELF,
        norms.SHELF,
        counts.SHELF,
        forecast.SHELF,
        buurtkind.SHELF,
        building.SHELF,
        points.SHELF,
    )
}
SHELVES = (*USED.values(), countskept.SHELF, plans.SHELF, klus.SHELF, tours.SHELF, tours.STOPS, *OF_REGION)


def record(folders: tuple[Path, ...], database: Path) -> pd.DataFrame:
    """What a build was made from, to be kept in the database.

    Parameters
    ----------
    folders
        The input folders, in order.
    database
        The file that is built; own data lies beside it.

    Returns
    -------
    pandas.DataFrame
        Columns soort (map or eigen), naam and kenmerk, all text.
    """
    rows = [("map", str(folder.resolve()), "") for folder in folders]
    rows += [("eigen", name, mark) for name, mark in marks(database).items()]
    return pd.DataFrame(rows, columns=["soort", "naam", "kenmerk"], dtype="str")


def marks(database: Path) -> dict[str, str]:
    """The mark of every kind of own data that a build uses; empty for one of which there is nothing.

    It holds nothing of the content: who has the database cannot try numbers until the mark comes out.
    """
    return {code: shelf.mark(database) for code, shelf in USED.items()}


def changed(store: Store) -> list[str]:
    """What changed since the figures were made, in words; empty when nothing did."""
    return [shelf.woorden for code, shelf in USED.items() if has_changed(store, code)]


def has_changed(store: Store, code: str) -> bool:
    """Whether one kind of own data (a key of `USED`) changed since the figures were made."""
    return _noted(store).get(code, "") != USED[code].mark(store.path)


@remembered
def _noted(store: Store) -> dict[str, str]:
    """The marks of the own data that the figures were made with."""
    noted = store.ask(TABLE)
    own = noted[noted["soort"] == "eigen"]
    return dict(zip(own["naam"], own["kenmerk"], strict=True))


def folders(store: Store) -> tuple[Path, ...]:
    """The input folders the figures were made from."""
    noted = store.ask(TABLE)
    return tuple(Path(name) for name in noted.loc[noted["soort"] == "map", "naam"])


def tidy(database: Path) -> None:
    """Take over what an earlier version kept, and take what stays of it away from other users of this machine."""
    for shelf in SHELVES:
        with suppress(Fout):
            # What cannot be taken over is told by whoever reads it.
            shelf.book(database)
        if not shelf.bestand:
            continue
        path = database.absolute().parent / shelf.bestand
        make_private(path)
        if any(path.parent.glob(f"{path.name}{UNFINISHED}*")):
            with one_at_a_time(path):
                pass
