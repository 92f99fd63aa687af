"""The file that a build worked in, kept beside the database: from there on, what changed is renewed without the files.

It holds what the steps from `plan.FIRST` on need, no count that is hidden, and a mark of the files and settings it was made from.
It may be taken away at any time: the next build then reads the files again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pandas as pd

from wwz.base.keeping import make_private
from wwz.base.paths import sql_files
from wwz.base.settings import Settings
from wwz.build import plan, steps
from wwz.build.needs import WORD, needs
from wwz.workbench import SERVED, Workbench

ENDING = ".stappen"
# The table with the mark, and its column.
MARKED, MARK = "bouwstart", "kenmerk"
# A larger file is not kept: reading the files again is then a small part of what a build takes.
MOST_BYTES = 4_000_000_000
# Tables as they were before a step, by the name of that step: from there on they are changed by what follows from an opgave.
ASIDE: Mapping[str, tuple[str, ...]] = {
    "opgegeven": (
        "bron", "cijfer", "melding", "melding_afstand", "punt", "punt_bestand", "punt_rand", "punt_vlak", "vierkant_buurt",
        "volledigheid",
    ),
    "begrensd": ("melding",),
    "gemis_cijfer": ("cijfer",),
}  # fmt: skip
# Settings that no figure depends on. Any other one counts, also one that is new.
NOT_OF_FIGURES = frozenset(
    {
        "database", "bewerken", "kijken", "invoeren", "beheren", "anders", "groepen", "achtergrond", "organisatie", "contact",
        "logo", "host", "poort", "namen", "proxies", "grenzen", "metingen", "metingen_poort", "log_vorm", "bezoek",
        "ophalen_op_scherm",
    }
)  # fmt: skip


def place_of(target: Path) -> Path:
    """Where the file of a database is kept."""
    return target.with_name(f".{target.name}{ENDING}")


def keep(place: Path, target: Path) -> None:
    """Keep the file of a build that is finished, unless it is too large."""
    if place.stat().st_size > MOST_BYTES:
        place_of(target).unlink(missing_ok=True)
        return
    make_private(place)
    with suppress(PermissionError):
        place.replace(place_of(target))


def mark_of(settings: Settings, folders: tuple[Path, ...]) -> str:
    """What tells these settings and files apart from every other: also a file that was changed and has its size and date back."""
    said = {name: value for name, value in vars(settings).items() if name not in NOT_OF_FIGURES}
    total = hashlib.sha256(repr(sorted(said.items())).encode())
    for folder in folders:
        for path in [folder, *sorted(folder.rglob("*"))]:
            if path.is_file():
                stat = path.stat()
                about = (str(path), stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
                total.update(repr(about).encode())
        total.update(f"{folder.resolve()}\n".encode())
    return total.hexdigest()


def write_mark(bench: Workbench, mark: str) -> None:
    """Note in a new file what it is made from."""
    bench.load(MARKED, pd.DataFrame([{MARK: mark}]))


def aside(table: str, moment: int) -> str:
    """The name of a table as it was before a step."""
    return f"{table}_voor_{moment}"


def moments() -> dict[int, tuple[str, ...]]:
    """Number of a step → the tables that are set aside before it."""
    numbers = {path.stem.partition("_")[2]: steps.number_of(path) for path in sql_files("figures")}
    return {numbers[name]: tables for name, tables in ASIDE.items()}


class Keeper:
    """Sets tables aside during a build, and takes away what no step needs any more."""

    def __init__(self, bench: Workbench) -> None:
        self._bench, self._moments = bench, moments()
        self._served = frozenset(WORD.findall(SERVED.read_text(encoding="utf-8")))
        self._gone: set[str] = set()

    def before(self, number: int) -> None:
        """Step `number` is the next one: set aside, and take away what only steps before it needed."""
        for table in self._moments.get(number, ()):
            self._bench.copy(table, aside(table, number))
        if number <= plan.FIRST:
            later = frozenset().union(*(need.names for need in needs() if need.number >= number))
            earlier = self._made_before(number)
            for table in earlier - later - self._served - self._gone:
                self._bench.drop(table)
                self._gone.add(table)

    def _made_before(self, number: int) -> set[str]:
        made: set[str] = set()
        for need in needs():
            if need.number < number:
                made |= need.makes
        return made
