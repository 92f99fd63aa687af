"""Opening the database of the ledger: SQLite in a file, or a PostgreSQL server; its schema; and its errors in Dutch."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TypeVar
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, TimeoutError
from sqlalchemy.pool import QueuePool

from wwz.base.errors import Fout
from wwz.base.keeping import OWNER_ONLY, disk_error, make_private
from wwz.base.locking import hold
from wwz.own.ledger import trouble

Answer = TypeVar("Answer")
MIGRATIONS = Path(__file__).parent / "migrations"
# The newest migration; a test holds it to the files.
HEAD = "0001"
# Seconds that a writer waits for another one, and for a server that does not answer.
PATIENCE, REACH = 20, 5
# One number for all who write entries, and one for who makes the tables.
WRITING, MAKING = 71_001, 71_002
WRITES = "schrijft"
# So many ledgers are held open by one process.
MOST_OPEN = 8
# Held by who makes the tables of a file.
LOCK = ".eigen.slot"


@dataclass(frozen=True)
class Place:
    """Where a ledger is: a file (SQLite), or the URL of a server (PostgreSQL)."""

    file: Path | None = None
    url: str = ""

    @property
    def is_server(self) -> bool:
        """Whether it is on a server."""
        return self.file is None

    @property
    def name(self) -> str:
        """How it is called in a message; never with a password."""
        return self.file.name if self.file else "de server van [opslag] eigen"

    def exists(self) -> bool:
        """Whether there is something to read."""
        return self.file is None or (self.file.exists() and self.file.stat().st_size > 0)

    def read(self, work: Callable[[Connection], Answer]) -> Answer:
        """Ask something, of one moment.

        Raises
        ------
        Fout
            One sentence, when it cannot be read now.
        """
        return self._run(work, writes=False)

    def write(self, work: Callable[[Connection], Answer]) -> Answer:
        """Change something: all of it is on disk when this returns, or nothing of it is kept.

        `work` may be called again when a server was lost halfway; it has to see whether it was done already.

        Raises
        ------
        Fout
            One sentence, when nothing was kept.
        """
        try:
            return self._run(work, writes=True)
        except trouble.Lost:
            return self._run(work, writes=True)

    def settle(self) -> None:
        """Leave nothing of a file in the files beside it, and let go of it: then it can be copied or moved."""
        if self.file is not None and self.file.exists():
            engine = self._engine()
            with engine.connect() as connection:
                connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
            OPENED.forget(str(self.file.absolute()))

    def check_writable(self) -> None:
        """See whether something could be written now; where there is no file yet, its folder tells.

        Raises
        ------
        Fout
            One sentence, when not.
        """
        if not self.exists():
            return

        def look(connection: Connection) -> None:
            closed = (
                self.is_server and connection.execute(text("SHOW transaction_read_only")).scalar() == "on"
            )
            if closed:
                raise Fout(trouble.READ_ONLY.format(trouble.SERVER))

        self.write(look)

    def _run(self, work: Callable[[Connection], Answer], *, writes: bool) -> Answer:
        try:
            connecting = self._engine().connect().execution_options(**{WRITES: writes})
            with connecting as connection, connection.begin():
                if writes and self.is_server:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITING})
                return work(connection)
        except (DBAPIError, TimeoutError) as error:
            raise trouble.in_words(error, self.file, writes=writes) from error
        except OSError as error:
            raise disk_error(error, self.file or Path()) from error

    def _engine(self) -> Engine:
        if self.file is None:
            return OPENED.find(self.url, "")
        if not self.file.exists():
            _make_file(self.file)
        stat = self.file.stat()
        # A file that was put in its place is another one: then its connections are new too.
        writable = os.access(self.file, os.W_OK) and os.access(self.file.parent, os.W_OK)
        return OPENED.find(str(self.file.absolute()), f"{stat.st_dev}-{stat.st_ino}-{writable}", writable)


def _make_file(file: Path) -> None:
    """It never exists with wider rights, not for a moment; what SQLite puts beside it has the same ones."""
    file.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(file, os.O_CREAT | os.O_WRONLY, OWNER_ONLY))


class Opened:
    """The engines of this process, one for each place; of a place that became another one the old one is let go."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[str, tuple[str, Engine]] = {}

    def find(self, target: str, which: str, writable: bool = True) -> Engine:
        """The engine of a place. An error is not remembered: the next one tries again."""
        kept = self._kept.get(target)
        if kept is not None and kept[0] == which:
            return kept[1]
        with self._lock:
            if (kept := self._kept.get(target)) is None or kept[0] != which:
                # SQLite shares within a process what it knows of a file; that has to go first.
                self.forget(target)
                if len(self._kept) >= MOST_OPEN:
                    self.forget(next(iter(self._kept)))
                kept = self._kept[target] = (which, _ready(target, writable, is_file=bool(which)))
            return kept[1]

    def forget(self, target: str) -> None:
        """Close what is open of a place; whoever asks again opens it anew."""
        if old := self._kept.pop(target, None):
            old[1].dispose()


OPENED = Opened()


def _ready(target: str, writable: bool, *, is_file: bool) -> Engine:
    """An engine whose tables are those of this version."""
    if is_file:
        make_private(Path(target))
        engine = _sqlite(Path(target), writable)
        with hold(Path(target).with_name(LOCK), PATIENCE):
            _upgrade(engine)
        return engine
    engine = _postgres(target)
    _upgrade(engine)
    return engine


def _sqlite(file: Path, writable: bool) -> Engine:
    # Beside a file that is read SQLite puts another one. Where it cannot, and nobody writes, the file is all there is.
    alone = not writable and not file.with_name(f"{file.name}-wal").exists()
    how = {"immutable": "1", "uri": "true"} if alone else {}
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=f"file:{quote(str(file))}" if alone else str(file), query=how),
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=60,
        connect_args={"timeout": PATIENCE, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _connected(connection, record) -> None:
        # Transactions begin where we say, not where the driver of Python thinks so.
        connection.isolation_level = None
        if writable:
            connection.execute("PRAGMA journal_mode=WAL")
        # A commit returns when the disk has it.
        connection.execute("PRAGMA synchronous=FULL")
        # What is erased is not left behind in the file.
        connection.execute("PRAGMA secure_delete=ON")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgres(url: str) -> Engine:
    wait = PATIENCE * 1000
    return create_engine(
        make_url(url),
        pool_pre_ping=True,
        pool_size=4,
        max_overflow=16,
        pool_timeout=PATIENCE,
        connect_args={
            "connect_timeout": REACH,
            "options": f"-c synchronous_commit=on -c lock_timeout={wait} -c statement_timeout={3 * wait}",
        },
    )


def _upgrade(engine: Engine) -> None:
    """Bring the tables to this version; all of it or nothing.

    Raises
    ------
    Fout
        When a newer version of the program made them.
    """
    with engine.connect() as connection, connection.begin():
        now = _revision(connection)
    if now == HEAD:
        return
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        if connection.dialect.name != "sqlite":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MAKING})
        make_tables(connection, now)


def make_tables(connection: Connection, now: str = "") -> None:
    """Bring the tables to this version, within the transaction of who asks; `now`: the version that they have.

    Raises
    ------
    Fout
        When a newer version of the program made them.
    """
    # Only who has to make something needs it, and it takes a while to import.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if now and now not in known:
        raise Fout(
            "De eigen gegevens zijn van een nieuwere versie van de WWZ-wijzer. Start die versie, of zet een oudere back-up terug."
        )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _revision(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""
