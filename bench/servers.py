"""What a few servers of one database cost: processor time to start and for each screen, memory, and a new file under them.

    python bench/servers.py DATABASE [--servers 3] [--bezoekers 3]

DATABASE is copied first. docs/groei.md tells what came of it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

from server_hulp import Server, dashboards
from sessie_hulp import PATIENCE, Visitor, memory_megabyte, processor_seconds

SCREENS = ("", "wijkagenda", "voorzieningen", "vergelijken", "wijkprofiel")


def own_megabyte(pid: int) -> float:
    """Memory of a process, where what processes share is divided between them (Linux)."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("Pss:"))) / 1024


def _memory(server: Server) -> str:
    return f"{memory_megabyte(server.pid):.0f} MB, waarvan eigen deel {own_megabyte(server.pid):.0f} MB"


def visits(server: Server, count: int) -> None:
    """So many visitors walk by all screens, and then once more."""
    with ExitStack() as stack:
        visitors = [stack.enter_context(Visitor(server.url)) for _ in range(count)]
        for again in ("eerste keer", "nog eens"):
            before = processor_seconds(server.pid)
            for visitor in visitors:
                for screen in SCREENS:
                    visitor.visit(screen, seconds=PATIENCE)
            spent = (processor_seconds(server.pid) - before) / (count * len(SCREENS))
            print(f"{again}: {spent * 1000:.0f} ms per scherm, {_memory(server)}", flush=True)


def replaced(server: Server) -> None:
    """The first screen after a new file took the place of the database."""
    with Visitor(server.url) as visitor:
        before = processor_seconds(server.pid)
        visitor.visit(seconds=PATIENCE)
        print(f"nieuw bestand: {processor_seconds(server.pid) - before:.1f} s processor", flush=True)


def main() -> None:
    """Measure, and print a line for each step."""
    parser = argparse.ArgumentParser()
    parser.add_argument("database", type=Path)
    parser.add_argument("--servers", type=int, default=3)
    parser.add_argument("--bezoekers", type=int, default=3)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = Path(shutil.copy2(chosen.database, folder))
        with dashboards(database, chosen.servers) as found:
            for server in found:
                print(
                    f"start: {processor_seconds(server.pid):.1f} s processor, {_memory(server)}", flush=True
                )
            for server in found:
                visits(server, chosen.bezoekers)
            os.replace(shutil.copy2(database, database.with_name("nieuw.duckdb")), database)
            for server in found:
                replaced(server)


if __name__ == "__main__":
    main()
