"""The eisen: how necessary each randvoorwaarde is, as shipped and as this municipality has changed them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import pandas as pd

from wwz.base.memory import own
from wwz.knowledge import domain
from wwz.own.eisen.history import SHIPPED, History, shelf

FILE = "eisen_historie.csv"
KEYS = ("doelgroep", "mantelzorg", "randvoorwaarde")
SHELF = shelf("eis", "eis aan een randvoorwaarde", "eisen", FILE, KEYS, ("graad", "reden"))
GIVEN_MARK, GIVEN_SOURCE = "O", "opgave"


def history(database: Path) -> History:
    """The versions that belong to a database."""
    return History(SHELF, database)


def shipped() -> pd.DataFrame:
    """The matrix of the product: columns of KEYS, graad (code), reden, bron, jaar, merk; in the order of Tabel 3."""
    return pd.DataFrame([vars(e) for e in domain.eisen().values()])


def effective(database: Path, number: int | None = None) -> pd.DataFrame:
    """The matrix that holds, now or at a version.

    Returns
    -------
    pandas.DataFrame
        As `shipped`, with geleverd (the shipped graad), wie, wanneer, waarom and eigen (bool: differs from shipped).
        What the municipality set has its own bron, jaar and merk.
    """
    return own(_effective(database, number, SHELF.mark(database)))


@lru_cache(maxsize=8)
def _effective(database: Path, number: int | None, mark: str) -> pd.DataFrame:
    """The same as long as nothing changes: `mark` is of the ledger."""
    frame = shipped()
    changed = history(database).state(number)
    frame = frame.merge(changed, on=list(KEYS), how="left", suffixes=("", "_eigen"))
    frame["geleverd"] = frame["graad"]
    frame["eigen"] = frame["graad_eigen"].notna() & (frame["graad_eigen"] != frame["graad"])
    year = pd.to_numeric(frame["wanneer"].str[:4], errors="coerce")
    changes = {
        "graad": frame["graad_eigen"],
        "reden": frame["reden_eigen"].where(
            frame["reden_eigen"].fillna("").str.strip() != "", frame["waarom"]
        ),
        "bron": GIVEN_SOURCE,
        "jaar": year,
        "merk": GIVEN_MARK,
    }
    for name, values in changes.items():
        frame[name] = frame[name].where(~frame["eigen"], values)
    return frame.astype({"jaar": "int64"}).drop(columns=["graad_eigen", "reden_eigen", "versie"])


def deviations(database: Path) -> pd.DataFrame:
    """The eisen of `effective` that differ from what is shipped."""
    frame = effective(database)
    return frame[frame["eigen"]].reset_index(drop=True)


def changes(database: Path, wanted: pd.DataFrame, number: int | None = None) -> pd.DataFrame:
    """Which rows of a table differ from what holds now, as rows for the history.

    Parameters
    ----------
    wanted
        Columns of KEYS and graad (code), and reden if known; any part of the matrix.
    number
        The version that was on screen: only what differs from that one is wanted.
    """
    names = [*KEYS, "graad", "reden"]
    wanted = wanted.assign(reden=wanted.get("reden", ""))[names]
    now = effective(database, number)[[*KEYS, "graad", "geleverd"]].rename(columns={"graad": "nu"})
    both = wanted.merge(now, on=list(KEYS), how="inner")
    both = both[both["graad"] != both["nu"]]
    both.loc[both["graad"] == both["geleverd"], ["graad", "reden"]] = [SHIPPED, ""]
    return both[names].reset_index(drop=True)


def mistakes(rows: Iterable[tuple[str, dict[str, str]]]) -> list[str]:
    """What is wrong with rows of a table, one sentence each; `rows`: (where it stands, values)."""
    known = domain.domein()
    lists = {
        "doelgroep": known.doelgroepen,
        "mantelzorg": known.mantelzorg,
        "randvoorwaarde": known.randvoorwaarden,
        "graad": known.graden,
    }
    found, seen = [], {}
    for place, row in rows:
        for name, codes in lists.items():
            if row[name] not in codes:
                found.append(f"{place}: {name} {row[name]!r} bestaat niet. Kies uit: {_some(codes)}.")
        key = tuple(row[name] for name in KEYS)
        if key in seen:
            found.append(f"{place}: deze combinatie staat ook op {seen[key]}. Laat er één staan.")
        seen.setdefault(key, place)
    return found


def _some(codes: Iterable[str]) -> str:
    names = list(codes)
    return ", ".join(names[:6]) + (" …" if len(names) > 6 else "")
