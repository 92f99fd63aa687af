"""Values of which every version stays: who changed what, when and why. Any version can be looked at again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from wwz.base import permission
from wwz.base.errors import Fout
from wwz.base.keeping import damaged, kept_rows
from wwz.own.ledger import Change, Entry, Field, Kind, Shelf

STAMP = ("versie", "wanneer", "wie", "waarom")
REASON = "reden"
SHIPPED = "geleverd"
LONGEST = 400


@dataclass(frozen=True)
class Version:
    """One change: its number (from 1), ISO time, who, why, and how many values it set."""

    nummer: int
    wanneer: str
    wie: str
    waarom: str
    aantal: int


def shelf(
    code: str, title: str, words: str, file: str, keys: tuple[str, ...], values: tuple[str, ...]
) -> Shelf:
    """Values in the ledger.

    Parameters
    ----------
    code, title
        Of the kind of entry; the code is also what somebody has to be allowed to.
    words, file
        As of a `Shelf`.
    keys
        Names that together tell a value.
    values
        What is set. The first one says `geleverd` where a value goes back to what the product ships.
    """
    kind = Kind(code, title, keys, {name: Field(langst=LONGEST) for name in values})
    return Shelf(kind, words, file, _taken(kind))


def _taken(kind: Kind) -> Callable[[Path], list[Change]]:
    def read(path: Path) -> list[Change]:
        rows = kept_rows(path, (*STAMP, *kind.sleutel, *kind.velden))
        if any(not row["versie"].isdigit() for row in rows):
            raise damaged(path)
        return [
            Change(
                kind, tuple(row[name] for name in kind.sleutel), {name: row[name] for name in kind.velden},
                wie=row["wie"], waarom=row["waarom"], wanneer=row["wanneer"], groep=row["versie"],
            )
            for row in rows
        ]  # fmt: skip

    return read


@dataclass(frozen=True)
class History:
    """Versions of values beside a database; a version is an act of the ledger."""

    plank: Shelf
    database: Path

    @property
    def keys(self) -> list[str]:
        """Columns that together name a value."""
        return list(self.plank.kind.sleutel)

    @property
    def values(self) -> list[str]:
        """Columns that are set."""
        return list(self.plank.kind.velden)

    def read(self) -> pd.DataFrame:
        """Everything ever set, oldest first; all text except `versie`.

        Raises
        ------
        Fout
            When it cannot be read.
        """
        rows, acts = [], {}
        for entry in self.plank.entries(self.database):
            number = acts.setdefault(entry.handeling, len(acts) + 1)
            rows.append((number, entry.wanneer, entry.wie, entry.waarom, *entry.sleutel, *self._set(entry)))
        columns = [*STAMP, *self.keys, *self.values]
        return pd.DataFrame(rows, columns=columns, dtype="str").astype({"versie": "int64"})

    def _set(self, entry: Entry) -> list[str]:
        """What an entry set; a value that was taken back is what is shipped again."""
        blank = {name: "" for name in self.values} | {self.values[0]: SHIPPED}
        return [(entry.werd or blank)[name] for name in self.values]

    def state(self, number: int | None = None) -> pd.DataFrame:
        """What holds at a version (None: now), a row per value that differs from what is shipped.

        Returns
        -------
        pandas.DataFrame
            The columns of `read`, without rows that went back to what is shipped.
        """
        rows = self.read()
        if number is not None:
            rows = rows[rows["versie"] <= number]
        last = rows.drop_duplicates(self.keys, keep="last")
        return last[last[self.values[0]] != SHIPPED].reset_index(drop=True)

    def versions(self) -> list[Version]:
        """All versions, oldest first."""
        return [
            Version(number, *(str(part[name].iloc[0]) for name in STAMP[1:]), len(part))
            for number, part in self.read().groupby("versie")
        ]

    def add(self, rows: pd.DataFrame, wie: str, waarom: str, *, gezien: int | None = None) -> int:
        """Add one version; what was written before stays as it is.

        Parameters
        ----------
        rows
            Columns of keys and values.
        wie, waarom
            Who changes it, and on what grounds.
        gezien
            The version that the writer saw; None: do not look whether somebody was before them.

        Returns
        -------
        int
            The number of the new version.

        Raises
        ------
        Botsing
            When somebody else changed one of these values since.
        Fout
            Without a name or reason, without rows, when it may not be done, or when it cannot be kept.
        """
        permission.need(self.plank.kind.code)
        if not wie.strip():
            raise Fout("Vul uw naam of organisatie in. Die staat bij elke wijziging.")
        if not waarom.strip():
            raise Fout("Vul in waarom u dit wijzigt. Dan weet een ander later waar het op rust.")
        changes = [
            Change(self.plank.kind, tuple(map(str, row[: len(self.keys)])), dict(zip(self.values, row[len(self.keys) :], strict=True)))
            for row in rows[[*self.keys, *self.values]].itertuples(index=False)
        ]  # fmt: skip
        seen = None if gezien is None else self._last_of(gezien)
        act = self.plank.book(self.database).add(changes, wie, waarom, gezien=seen)
        return len({e.handeling for e in self.plank.entries(self.database) if e.handeling <= act})

    def _last_of(self, version: int) -> int:
        """The number of the last entry of a version."""
        acts = list(dict.fromkeys(e.handeling for e in self.plank.entries(self.database)))[:version]
        return max((e.nummer for e in self.plank.entries(self.database) if e.handeling in acts), default=0)

    def back_to(self, number: int, wie: str) -> int:
        """Put a version back (0: what is shipped), as a new version.

        Raises
        ------
        Fout
            When that version is the same as what holds now.
        """
        names = [*self.keys, *self.values]
        then, now = self._with_reasons(number)[names], self._with_reasons()[names]
        gone = now.merge(then[self.keys], on=self.keys, how="left", indicator=True)
        gone = gone[gone["_merge"] == "left_only"].assign(**{self.values[0]: SHIPPED})
        gone = gone.assign(**{name: "" for name in self.values[1:]})
        set_again = then.merge(now, on=names, how="left", indicator=True)
        set_again = set_again[set_again["_merge"] == "left_only"]
        rows = pd.concat([gone[names], set_again[names]], ignore_index=True)
        if rows.empty:
            raise Fout("Deze versie is gelijk aan wat nu geldt.")
        return self.add(
            rows, wie, f"Teruggezet naar versie {number}" if number else "Teruggezet naar zoals geleverd"
        )

    def _with_reasons(self, number: int | None = None) -> pd.DataFrame:
        """What holds at a version. A value without a reason of its own has that of its version, also when it is put back."""
        rows = self.state(number)
        if REASON not in self.values:
            return rows
        return rows.assign(**{REASON: rows[REASON].where(rows[REASON].str.strip() != "", rows["waarom"])})
