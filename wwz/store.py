"""The only door to DuckDB: it opens a file, and answers questions about a finished one (workbench.py fills a new one)."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Hashable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import duckdb
import pandas as pd

from wwz.base import permission
from wwz.base.constants import with_fixed
from wwz.base.errors import AndereVersie, Fout
from wwz.base.intime import in_time
from wwz.base.limits import Limits
from wwz.base.memory import Answers, own
from wwz.base.paths import SQL
from wwz.base.settings import Settings
from wwz.base.turns import checkpoint
from wwz.base.version import version

ANSWERS = SQL / "answers"
ATTACH, USE = SQL / "store" / "attach.sql", SQL / "store" / "use.sql"
ATTACH_NEW = SQL / "store" / "nieuw.sql"
TABLES = SQL / "store" / "tabellen.sql"
PLAN = SQL / "store" / "plan.sql"
NOT_OURS = "{} is geen database van de WWZ-wijzer. Bouw hem opnieuw met: python -m wwz bouw."
OTHER_VERSION = (
    "De gegevens in {} zijn gemaakt met een andere versie van de WWZ-wijzer. "
    "Maak ze opnieuw met '{}' en start daarna het dashboard opnieuw."
)
# How DuckDB says that a block is not as it was written.
CHECKSUM = "computed checksum"
DAMAGED = "De database {} is beschadigd. Maak hem opnieuw met: {}."
ROWS_AT_ONCE = 100_000
# DuckDB has no error of its own for a file with a broken block, only words.
SIGNS_OF_DAMAGE = ("Corrupt database file", "checksum", "database has been invalidated")
# In every database that this program makes: one row, one column, the version that made it.
SIGNATURE, VERSION = "programma", "versie"
AGAIN = "python -m wwz bouw --opnieuw"
# Enough for everything that is on screen at once; a layer of the whole country takes about a megabyte. A plan
# has answers of its own, and there are as many plans as visitors who try one.
ANSWERS_MEGABYTE, PLAN_MEGABYTE = 256, 32
# What DuckDB may use to build; beside it stands what Python reads. The country then takes less than 1.5 GB in all.
BUILDING = "1000MB"
# As many as there are processors; who shares them with others says how many.
THREADS = os.cpu_count() or 2
# For whom an answer is worked out that all get who ask.
LOOKER = permission.Actor("", permission.Rol.KIJKEN)
Made = TypeVar("Made")
Work = TypeVar("Work", bound=Callable[..., Any])


class Store:
    """A finished database, read-only.

    One connection is shared; every question gets a cursor of its own, so that threads don't meet.

    Parameters
    ----------
    path
        The file that a build made.
    limits
        Those of this server; without, a question may take as long as it takes.

    Raises
    ------
    Fout
        When there is no database yet, or the file is not one; AndereVersie when another version made it.
    """

    def __init__(self, path: Path, limits: Limits | None = None) -> None:
        if not path.exists():
            raise Fout(f"Er is nog geen database ({path.name}). Maak hem met: python -m wwz bouw.")
        try:
            self._connection = attached(path)
        except duckdb.Error as error:
            # Where the damage is in its table of contents, it is found here, before anything is asked.
            if CHECKSUM in str(error):
                raise Fout(DAMAGED.format(path.name, _again(path))) from error
            raise Fout(NOT_OURS.format(path.name)) from error
        self.path, self._limits = path, limits
        self._check_origin()
        self._answers = Answers(ANSWERS_MEGABYTE)
        self._texts: dict[str, str] = {}
        self._about: dict[str, Any] | None = None
        self._plan: list[dict[str, Any]] = []

    def _check_origin(self) -> None:
        """A DuckDB file of another program opens too, and so does one of another version: their tables differ."""
        try:
            self._connection.table("bouw")
        except duckdb.Error as error:
            self._connection.close()
            raise Fout(NOT_OURS.format(self.path.name)) from error
        try:
            made_by, folders = [row.get(VERSION) for row in self._rows(SIGNATURE)], self._input()
        except duckdb.Error as error:
            self._connection.close()
            raise self._damaged() from error
        if made_by != [version()]:
            self._connection.close()
            raise AndereVersie(OTHER_VERSION.format(self.path.name, _again(self.path)), folders)

    def _input(self) -> list[Path]:
        """What the database was made from, whatever version made it; a very old one does not say."""
        noted = self._rows("herbouw")
        return [Path(row["naam"]) for row in noted if row.get("soort") == "map" and row.get("naam")]

    def _rows(self, table: str) -> list[dict[str, Any]]:
        """A small table as it is; nothing when another version had no such table."""
        try:
            found = self._connection.table(table)
        except duckdb.CatalogException:
            return []
        return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]

    def ask(self, question: str, **parameters: Any) -> pd.DataFrame:
        """Run sql/answers/<question>.sql with bound parameters.

        Returns
        -------
        pandas.DataFrame
            The rows; shape and units are described at the top of the .sql file. The file never changes, so
            the same question is answered from memory the second time.
        """
        checkpoint()
        found = self._answers.find(
            (question, repr(parameters)), lambda: self._run(ANSWERS / f"{question}.sql", parameters)
        )
        # A shallow copy: whoever adds a column does not change what the next one gets.
        return found.copy(deep=False)

    def remember(self, question: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` works out of this database: once, for all who ask; `question` says all that it depends on.

        It is worked out as for who only looks: what needs more than that is no answer for all.
        """
        checkpoint()

        def made() -> Made:
            with permission.acting(LOOKER):
                return make()

        return self._answers.find(question, made)

    def areas(self) -> pd.DataFrame:
        """All areas (sql/answers/gebieden.sql)."""
        return self.ask("gebieden")

    def about(self) -> dict[str, Any]:
        """When and from what the database was built (sql/answers/bouw.sql)."""
        if self._about is None:
            self._about = self.ask("bouw").iloc[0].to_dict()
        return self._about

    def with_plan(self, rows: Sequence[dict[str, Any]]) -> Store:
        """The same database, answering as if other parts of the people lack something (doorrekenen).

        Parameters
        ----------
        rows
            buurt, randvoorwaarde, and the part (0 to 1) that would lack it: aandeel, onder, boven, and of 65+
            aandeel_65, onder_65, boven_65.
        """
        other = copy.copy(self)
        other._plan, other._answers = list(rows), Answers(PLAN_MEGABYTE)
        return other

    def check(self, path: Path) -> pd.DataFrame:
        """Run one check (sql/checks/*.sql); its rows are the violations."""
        return self._run(path, {})

    def _run(self, path: Path, parameters: dict[str, Any]) -> pd.DataFrame:
        with self._connection.cursor() as cursor, in_time(self._seconds(), cursor.interrupt):
            cursor.execute(USE.read_text(encoding="utf-8"))
            if self._plan:
                cursor.execute(PLAN.read_text(encoding="utf-8"), {"plan": self._plan})
            try:
                return cursor.execute(self._fixed(path, cursor), parameters or None).df()
            except duckdb.InterruptException as error:
                # Going on would keep a processor from all other visitors.
                raise Fout((self._limits or Limits()).beyond("vraag_seconden")) from error
            except duckdb.Error as error:
                if any(word in str(error) for word in SIGNS_OF_DAMAGE):
                    raise self._damaged() from error
                raise

    def _fixed(self, path: Path, cursor: duckdb.DuckDBPyConnection) -> str:
        """A question with the values that this database has for good, worked out once for a text."""
        text = path.read_text(encoding="utf-8")
        if text not in self._texts:
            self._texts[text] = with_fixed(text, cursor)
        return self._texts[text]

    def _seconds(self) -> int | None:
        return self._limits["vraag_seconden"] if self._limits else None

    def read_through(self) -> None:
        """Read every table from beginning to end.

        Raises
        ------
        Fout
            When a part of the file was damaged: it opens, and questions about that part fail.
        """
        try:
            for (name,) in self._connection.execute(TABLES.read_text(encoding="utf-8")).fetchall():
                for _ in self._connection.table(name).to_arrow_reader(ROWS_AT_ONCE):
                    pass
        except duckdb.Error as error:
            raise self._damaged() from error

    def _damaged(self) -> Fout:
        return Fout(DAMAGED.format(self.path.name, _again(self.path)))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def remembered(make: Work) -> Work:
    """A function that works something out of a database, and does so once for all who ask.

    Its first argument is a Store, or knows one as its `store`. What it gives depends on that and on its other arguments
    alone: not on who asks, and not on files beside the database. When another database takes its place, that is
    another Store, which remembers nothing yet. Whoever adds a column to a frame that it gives, or an entry to a dict,
    does so for himself; what is inside a larger whole is left as it is.
    """
    name = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def found(source: Any, *args: Any, **kwargs: Any) -> Any:
        store = getattr(source, "store", source)
        about = None if source is store else source
        question = (
            name,
            about,
            tuple(map(_fixed, args)),
            tuple((k, _fixed(kwargs[k])) for k in sorted(kwargs)),
        )
        return own(store.remember(question, lambda: make(source, *args, **kwargs)))

    return cast(Work, found)


def _fixed(part: Any) -> Hashable:
    return tuple(part) if isinstance(part, list) else part


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a file to write in; what does not fit in memory goes beside it for as long as that takes."""
    return attached(path, ATTACH_NEW, temp_directory=f"{path}.tmp", memory_limit=BUILDING)


def attached(path: Path, attach: Path = ATTACH, **config: Any) -> duckdb.DuckDBPyConnection:
    """A connection of its own to one database, whatever version made it: read-only, unless ``attach`` says otherwise.

    It takes no extensions from the internet, and no more memory than a small server has.
    """
    safe: dict[str, Any] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "threads": THREADS,
        "memory_limit": "1500MB",
    }
    connection = duckdb.connect(":memory:", config={**safe, **config})
    connection.execute(attach.read_text(encoding="utf-8"), {"path": str(path)})
    connection.execute(USE.read_text(encoding="utf-8"))
    return connection


def _again(path: Path) -> str:
    """The command that makes this database again; the usual place needs no naming."""
    if path.resolve() == Settings().database.resolve():
        return AGAIN
    return f'{AGAIN} --database "{path}"' if " " in str(path) else f"{AGAIN} --database {path}"
