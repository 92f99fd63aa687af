"""A file to which versions are only ever added: who changed what, when and why. Any version can be looked at again.

Plain CSV beside the database, so that it can be read, mailed and kept without this product.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pandas as pd

from wwz.base.errors import Fout
from wwz.base.keeping import damaged, keep_bytes, kept_rows, one_at_a_time

STAMP = ("versie", "wanneer", "wie", "waarom")
REASON = "reden"
SHIPPED = "geleverd"
LONGEST = 400
MOST_BYTES = 20_000_000


@dataclass(frozen=True)
class Version:
    """One change: its number (from 1), ISO time, who, why, and how many values it set."""

    nummer: int
    wanneer: str
    wie: str
    waarom: str
    aantal: int


@dataclass(frozen=True)
class History:
    """Versions of values in one file.

    Attributes
    ----------
    path
        The file; it need not exist yet.
    keys
        Columns that together name a value.
    values
        Columns that are set. The first one says `geleverd` where a value goes back to what the product ships.
    """

    path: Path
    keys: tuple[str, ...]
    values: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns of the file, in order."""
        return (*STAMP, *self.keys, *self.values)

    def read(self) -> pd.DataFrame:
        """Everything ever set, oldest first; all text except `versie`.

        Raises
        ------
        Fout
            When the file cannot be used.
        """
        rows = kept_rows(self.path, self.columns)
        try:
            return pd.DataFrame(rows, columns=list(self.columns), dtype="str").astype({"versie": "int64"})
        except ValueError as error:
            raise damaged(self.path) from error

    def state(self, number: int | None = None) -> pd.DataFrame:
        """What holds at a version (None: now), a row per value that differs from what is shipped.

        Returns
        -------
        pandas.DataFrame
            The columns of the file, without rows that went back to what is shipped.
        """
        rows = self.read()
        if number is not None:
            rows = rows[rows["versie"] <= number]
        last = rows.drop_duplicates(list(self.keys), keep="last")
        return last[last[self.values[0]] != SHIPPED].reset_index(drop=True)

    def versions(self) -> list[Version]:
        """All versions, oldest first."""
        return [
            Version(number, *(str(part[name].iloc[0]) for name in STAMP[1:]), len(part))
            for number, part in self.read().groupby("versie")
        ]

    def add(self, rows: pd.DataFrame, wie: str, waarom: str) -> int:
        """Add one version; what was written before stays as it is, byte for byte.

        Parameters
        ----------
        rows
            Columns of keys and values.
        wie, waarom
            Who changes it, and on what grounds.

        Returns
        -------
        int
            The number of the new version.

        Raises
        ------
        Fout
            Without a name or reason, without rows, or when the file cannot be written.
        """
        wie, waarom = wie.strip()[:LONGEST], waarom.strip()[:LONGEST]
        if not wie:
            raise Fout("Vul uw naam of organisatie in. Die staat bij elke wijziging.")
        if not waarom:
            raise Fout("Vul in waarom u dit wijzigt. Dan weet een ander later waar het op rust.")
        if rows.empty:
            raise Fout("Er is niets gewijzigd.")
        with one_at_a_time(self.path):
            return self._add(rows, wie, waarom)

    def _add(self, rows: pd.DataFrame, wie: str, waarom: str) -> int:
        number = int(self.read()["versie"].max()) + 1 if self.path.exists() else 1
        before = self.path.read_bytes() if self.path.exists() else self._line(self.columns)
        if not before.endswith(b"\n"):
            # An editor may leave the last line open; what is added would become a part of it.
            before += b"\n"
        stamp = (number, datetime.now().isoformat(timespec="seconds"), wie, waarom)
        names = [*self.keys, *self.values]
        new = b"".join(self._line((*stamp, *row)) for row in rows[names].itertuples(index=False))
        if len(before) + len(new) > MOST_BYTES:
            raise Fout(f"{self.path.name} is te groot geworden. Bewaar het elders en begin opnieuw.")
        keep_bytes(self.path, before + new)
        return number

    def _line(self, values) -> bytes:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerow(values)
        return text.getvalue().encode()

    def back_to(self, number: int, wie: str) -> int:
        """Put a version back (0: what is shipped), as a new version.

        Raises
        ------
        Fout
            When that version is the same as what holds now.
        """
        names = [*self.keys, *self.values]
        then, now = self._with_reasons(number)[names], self._with_reasons()[names]
        gone = now.merge(then[list(self.keys)], on=list(self.keys), how="left", indicator=True)
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
