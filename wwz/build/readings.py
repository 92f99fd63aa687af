"""Readings → the first tables of a new database: each into the table of its kind, and of which file it is."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from wwz.sources import registry
from wwz.sources.provenance import origin_table
from wwz.sources.reading import Reading
from wwz.workbench import Workbench


def load_readings(bench: Workbench, readings: Sequence[Reading]) -> None:
    """Load each reading into the table of its kind, and what is known of its file.

    Parameters
    ----------
    bench
        With the tables of staging/10_schema.sql.
    readings
        In the order of their files.
    """
    for kind in registry.KINDS:
        kind.make_tables(bench)
    files, years = [], []
    for number, reading in enumerate(readings):
        files.append(
            {
                "bestand": number,
                "naam": reading.bestand,
                "onderdeel": reading.onderdeel,
                "soort": reading.soort,
                "familie": ", ".join(sorted(reading.jaren)),
                "jaar": max(reading.jaren.values(), default=None),
                "indeling": reading.indeling,
                "jaar_uit": reading.jaar_uit,
                "rijen": reading.rijen,
                "tabel": reading.tabel,
                "versie": reading.versie,
                "opgehaald": reading.opgehaald,
                "licentie": reading.licentie,
            }
        )
        years += [{"bestand": number, "familie": f, "jaar": j} for f, j in reading.jaren.items()]
        if (load := registry.kind_of(reading).load) is not None:
            load(bench, number, reading)
    bench.append("bestand", pd.DataFrame(files))
    bench.load("herkomst", origin_table(readings))
    bench.load(
        "bestand_jaar", pd.DataFrame(years, columns=["bestand", "familie", "jaar"]).astype({"familie": "str"})
    )
