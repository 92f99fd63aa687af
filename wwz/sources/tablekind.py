"""What a kind of table is: how it is recognised, its reader, its name in words, and the table it is loaded into."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from wwz.sources.candidate import Candidate
from wwz.sources.reading import Reading, Report
from wwz.workbench import Workbench

Test = Callable[[Candidate], bool]
Read = Callable[[Candidate, Report], Reading | None]
# Gets the number of the file in this build.
Load = Callable[[Workbench, int, Reading], None]


@dataclass(frozen=True)
class TableKind:
    """One entry of the registry (registry.py).

    Attributes
    ----------
    soorten
        What a reading of this kind calls itself (`Reading.soort`) → the same in words, as *Gegevens* shows it.
    test
        Whether a table is of this kind. Kinds are asked in the order of the registry; the first one reads.
    read
        Makes the reading; None when on closer look the table is of another kind. Raises Fout when the table is of
        this kind and cannot be used. A kind without a reader is a description: nothing of it is used, nothing is said.
    load
        Puts a reading in the new database.
    tables
        Tables that only this kind knows: name → column → pandas type. They are there, empty, without such a file too.
        What figures are made of stands in staging/10_schema.sql and needs no mention here.
    """

    soorten: Mapping[str, str] = field(default_factory=dict)
    test: Test = lambda candidate: False
    read: Read | None = None
    load: Load | None = None
    tables: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def make_tables(self, bench: Workbench) -> None:
        """Make the tables that only this kind knows."""
        for name, columns in self.tables.items():
            bench.load(name, pd.DataFrame({c: pd.Series(dtype=kind) for c, kind in columns.items()}))


def into(table: str) -> Load:
    """Load the rows of a reading into one table, which may have a column for the name of the file."""

    def load(bench: Workbench, number: int, reading: Reading) -> None:
        if reading.inhoud is not None:
            bench.append(table, reading.inhoud.assign(bestand=reading.bestand))

    return load
