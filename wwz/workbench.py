"""Filling a new database: the build writes here, and nobody reads it until it is finished."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from wwz.base.constants import with_fixed
from wwz.base.errors import Fout
from wwz.base.keeping import FULL
from wwz.base.paths import SQL
from wwz.base.version import version
from wwz.contents import CONTENT, Content
from wwz.store import SIGNATURE, TABLES, VERSION, connect

ATTACH_SOURCE, SERVED = SQL / "store" / "bouwplaats.sql", SQL / "store" / "uitgave.sql"

# What makes something; there may be one of before.
CREATE = re.compile(r"\bcreate (?=(?:temp )?(?:table|view|macro)\b)")


class Workbench:
    """A new database being built; nobody reads it until it is finished. It carries the version that makes it.

    Every method raises OSError when the disk is full or cannot be written.

    Parameters
    ----------
    path
        A file that does not exist yet.
    again
        Whether it does: a copy of what an earlier build worked in. What is made then takes the place of what is there.
    """

    def __init__(self, path: Path, *, again: bool = False) -> None:
        self._again = again
        with _disk_trouble():
            self._connection = connect(path)
        # The version that made what is there.
        self.made_by = self.table(SIGNATURE)[VERSION].iloc[0] if again else version()
        self.load(SIGNATURE, pd.DataFrame([{VERSION: version()}]))

    def run(self, path: Path, *, finished: bool = False, **parameters: Any) -> None:
        """Run all statements of one .sql file; parameters are bound where a statement names them.

        Parameters
        ----------
        finished
            Whether nothing here changes any more: what stands in a table of one row is then written into the rules.
        """
        text = path.read_text(encoding="utf-8")
        if finished:
            text = with_fixed(text, self._connection)
        if self._again:
            text = CREATE.sub("create or replace ", text)
        with _disk_trouble():
            for statement in self._connection.extract_statements(text):
                wanted = {k: v for k, v in parameters.items() if k in statement.named_parameters}
                self._connection.execute(statement, wanted or None)

    def read(self, path: Path) -> pd.DataFrame:
        """The rows of one question (.sql file) about the tables made so far."""
        with _disk_trouble():
            return self._connection.execute(path.read_text(encoding="utf-8")).df()

    def load(self, name: str, frame: pd.DataFrame) -> None:
        """Store a frame as a new table."""
        with _disk_trouble():
            if self._again:
                self.drop(name)
            self._connection.register("nieuw", frame)
            self._connection.table("nieuw").create(name)
            self._connection.unregister("nieuw")

    def differs(self, name: str, frame: pd.DataFrame) -> set[str]:
        """Whether a frame is another one than a table: its name then, or the columns that differ where both are one row."""
        self._connection.register("nieuw", frame)
        new, old = self._connection.table("nieuw").df(), self._connection.table(name).df()
        self._connection.unregister("nieuw")
        if new.equals(old):
            return set()
        if len(new) == len(old) == 1 and list(new.columns) == list(old.columns):
            return {column for column in new.columns if not new[column].equals(old[column])}
        return {name}

    def table(self, name: str) -> pd.DataFrame:
        """All rows of a table."""
        with _disk_trouble():
            return self._connection.table(name).df()

    def tables(self) -> set[str]:
        """The names of all tables."""
        with _disk_trouble():
            return {
                name for (name,) in self._connection.execute(TABLES.read_text(encoding="utf-8")).fetchall()
            }

    def drop(self, name: str) -> None:
        """Take a table away, if it is there."""
        with _disk_trouble():
            self._connection.execute(f'DROP TABLE IF EXISTS "{name}"')

    def copy(self, source: str, name: str) -> None:
        """Store a table as it is now under another name too, in the place of what has that name."""
        with _disk_trouble():
            self.drop(name)
            self._connection.table(source).create(name)

    def append(self, name: str, frame: pd.DataFrame) -> None:
        """Add rows to a table; columns by name, as the table has them."""
        with _disk_trouble():
            columns = [row[0] for row in self._connection.table(name).description]
            self._connection.append(name, frame.reindex(columns=columns), by_name=True)

    def take(self, source: Path) -> None:
        """Copy what is asked of a finished database (sql/store/uitgave.sql) from the file where it was worked out.

        Parameters
        ----------
        source
            The finished workplace; its own tables stay as they are.
        """
        with _disk_trouble():
            self._connection.execute(ATTACH_SOURCE.read_text(encoding="utf-8"), {"path": str(source)})
            for (name,) in self._connection.execute(SERVED.read_text(encoding="utf-8")).fetchall():
                self._connection.table(f"bouwplaats.main.{name}").create(name)
            self._connection.execute("DETACH bouwplaats")

    def offer(self, name: str, frame: pd.DataFrame) -> None:
        """Make a frame readable as a view for the next statements."""
        self._connection.register(name, frame)

    def content(self) -> Content:
        """How much it holds so far."""
        return Content(*self.read(CONTENT).iloc[0].to_list())

    def close(self) -> None:
        """Write everything to disk and close."""
        with _disk_trouble():
            self._connection.execute("CHECKPOINT wwz")
            self._connection.close()

    def abandon(self) -> None:
        """Close without caring for what is in it."""
        with suppress(duckdb.Error):
            self._connection.close()


@contextmanager
def _disk_trouble() -> Iterator[None]:
    """DuckDB has an error of its own for what the system calls an OSError; it only tells in words which one."""
    try:
        yield
    except duckdb.Error as error:
        full = any(os.strerror(number).lower() in str(error).lower() for number in FULL)
        if full or isinstance(error, duckdb.IOException):
            raise OSError(errno.ENOSPC if full else errno.EIO, str(error)) from error
        raise


def swap_in(new: Path, target: Path) -> None:
    """Put a finished file in the place of the old one, in one step."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        new.replace(target)
    except PermissionError as error:
        raise Fout(f"{target.name} is in gebruik. Stop het dashboard en bouw opnieuw.") from error
