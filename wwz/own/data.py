"""What the municipality keeps beside the database, and whether the figures were made with it as it is now.

Every file of own data has a line in `FILES`. A build notes what each file looked like; when one looks different now,
the figures on screen are from before that change and a rebuild brings them up to date.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pandas as pd

from wwz.base.errors import Fout
from wwz.base.keeping import UNFINISHED, keep_bytes, make_private, one_at_a_time
from wwz.own import countskept, given
from wwz.own.ledger import Kind, Ledger
from wwz.store import Store

TABLE = "herbouw"
# Name of the file (or folder) beside the database, and what it holds, as it reads in a sentence.
FILES = {
    "eisen_historie.csv": "eisen",
    "normen_historie.csv": "normen",
    "eigen_cijfers.csv": "eigen cijfers",
    "eigen_prognose.csv": "eigen prognose",
    "eigen_punten.csv": "punten van voorzieningen",
}
# What is in the ledger, the same way: code of the kind, how to open the ledger for it, and the words.
STORES: dict[str, tuple[Callable[[Path], Ledger], Kind, str]] = {
    "opgave": (given.book, given.KIND, "opgaven over randvoorwaarden"),
}
# What is beside it and is nobody else's business, with what earlier versions showed of it.
KEY, KEY_BYTES = ".eigen_sleutel", 32
PRIVATE = (*FILES, countskept.FILE, KEY)


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
    _make_key(database)
    rows = [("map", str(folder.resolve()), "") for folder in folders]
    rows += [("eigen", name, mark) for name, mark in marks(database).items()]
    return pd.DataFrame(rows, columns=["soort", "naam", "kenmerk"], dtype="str")


def marks(database: Path) -> dict[str, str]:
    """A fingerprint of every file of own data; empty for a file that is not there."""
    return {name: _mark(database, name) for name in (*FILES, *STORES)}


def _make_key(database: Path) -> None:
    """Without a secret, who has the database could try small counts until the fingerprint of their file comes out."""
    key = database.parent / KEY
    if key.is_file() or not any((database.parent / name).exists() for name in FILES):
        return
    with one_at_a_time(key):
        if not key.is_file():
            keep_bytes(key, secrets.token_bytes(KEY_BYTES))


def _mark(database: Path, name: str) -> str:
    if name in STORES:
        open_book, kind, _ = STORES[name]
        return open_book(database).mark(kind)
    path, key = database.parent / name, database.parent / KEY
    secret = key.read_bytes() if key.is_file() else b""
    files = (
        sorted(p for p in path.rglob("*") if p.is_file())
        if path.is_dir()
        else [path]
        if path.exists()
        else []
    )
    return "".join(hmac.new(secret, file.read_bytes(), hashlib.sha256).hexdigest()[:16] for file in files)


def changed(store: Store) -> list[str]:
    """What changed since the figures were made, in words; empty when nothing did."""
    words = FILES | {name: words for name, (_, _, words) in STORES.items()}
    return [words[name] for name in words if has_changed(store, name)]


def has_changed(store: Store, name: str) -> bool:
    """Whether one file of own data (a name of `FILES` or `STORES`) changed since the figures were made."""
    noted = store.ask(TABLE)
    before = noted[noted["soort"] == "eigen"].set_index("naam")["kenmerk"]
    return before.get(name, "") != _mark(store.path, name)


def folders(store: Store) -> tuple[Path, ...]:
    """The input folders the figures were made from."""
    noted = store.ask(TABLE)
    return tuple(Path(name) for name in noted.loc[noted["soort"] == "map", "naam"])


def in_words(names: list[str]) -> str:
    """A short list as it reads in a sentence: eisen, normen en opgaven."""
    return " en ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def tidy(database: Path) -> None:
    """Take own data away from other users of this machine, and clear up what a killed program left of it."""
    for open_book, _, _ in STORES.values():
        with suppress(Fout):
            # What cannot be taken over is told by whoever reads it.
            open_book(database)
    for name in PRIVATE:
        path = database.parent / name
        make_private(path)
        if any(path.parent.glob(f"{name}{UNFINISHED}*")):
            with one_at_a_time(path):
                pass
