"""Own counts as the build takes them in."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from wwz.own.counts import Telling, read

TABLE_COLUMNS = {
    "nummer": "int64", "onderwerp": "str", "gebruik": "str", "doel": "str", "gebied": "str",
    "jaar": "int64", "aantal": "float64", "nieuwste": "bool", "bronregel": "str", "peildatum": "str", "stand": "str",
}  # fmt: skip


def table(database: Path) -> pd.DataFrame:
    """The counts as the build takes them in, columns as in `TABLE_COLUMNS`.

    ``nieuwste``: the last year of the subject, the one that replaces or calibrates; ``stand``: which upload it came with.
    """
    counts = read(database)
    subjects = list(dict.fromkeys(c.onderwerp for c in counts))
    last = {s: max(c.jaar for c in counts if c.onderwerp == s) for s in subjects}
    rows = [
        {
            "nummer": subjects.index(c.onderwerp), "onderwerp": c.onderwerp, "gebruik": c.gebruik, "doel": c.doel,
            "gebied": c.gebied, "jaar": c.jaar, "aantal": c.aantal,
            "nieuwste": c.jaar == last[c.onderwerp], "bronregel": source_line(c), "peildatum": c.peildatum, "stand": c.wanneer,
        }
        for c in counts
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(TABLE_COLUMNS)).astype(TABLE_COLUMNS)


def source_line(count: Telling) -> str:
    """Who counted, from what, and when."""
    day, month, year = count.peildatum[8:], count.peildatum[5:7], count.peildatum[:4]
    of = f", {count.bron}" if count.bron else ""
    return f"Opgave van {count.wie}: {count.onderwerp}{of}, peildatum {int(day)}-{int(month)}-{year}"
