"""A PostgreSQL of the tests' own: a private cluster in a temporary folder, reached through a socket only."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

NUMBERS = count(1)


def programs() -> Path | None:
    """The folder with initdb and pg_ctl, of the newest version; None where there is no PostgreSQL."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parent.parent.name))
    return found[-1].parent if found else None


class Cluster:
    """A server that can be stopped and started."""

    def __init__(self, folder: Path, bin: Path) -> None:
        self.folder, self.data, self.bin = folder, folder / "data", bin
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        # What the disk has is lost when a machine loses its power; here only programs are killed.
        self.sync = "" if os.environ.get("WWZ_KEER_DODEN") else "-c fsync=off"
        self._run("initdb", "-A", "trust", "-N", "--locale=C", "-E", "UTF8", "-D", str(self.data))
        self.start()

    def _run(self, program: str, *arguments: str) -> None:
        # PostgreSQL refuses to be run by root.
        runuser = ["runuser", "-u", self.user, "--"] if os.geteuid() == 0 else []
        command = [*runuser, str(self.bin / program), *arguments]
        # Not into a pipe: the server would keep it open.
        with (self.folder / "log").open("ab") as log:
            subprocess.run(command, check=True, stdout=log, stderr=log, cwd=self.folder, timeout=120)

    def start(self) -> None:
        """Start, and wait until it answers."""
        options = (
            f"-k {self.folder} -c listen_addresses= -c shared_buffers=16MB -c max_connections=60 {self.sync}"
        )
        self._run("pg_ctl", "-D", str(self.data), "-w", "-t", "100", "-o", options, "start")

    def stop(self) -> None:
        """As when the machine it runs on goes down."""
        self._run("pg_ctl", "-D", str(self.data), "-w", "-m", "immediate", "stop")

    def query(self, statement: str, database: str = "postgres") -> None:
        """Run something as the owner of the server."""
        address = f"host={self.folder} user={self.user} dbname={database}"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement)

    def new(self) -> str:
        """An empty database; gives its URL."""
        name = f"proef{next(NUMBERS)}"
        self.query(f"CREATE DATABASE {name} TEMPLATE template0")
        return f"postgresql+psycopg://{self.user}@/{name}?host={self.folder}"


@contextmanager
def cluster() -> Iterator[Cluster | None]:
    """A running server; None where PostgreSQL is absent."""
    bin = programs()
    if bin is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="wwz-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        server = Cluster(folder, bin)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
