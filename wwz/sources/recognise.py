"""Raw table → reading: what is it, of which areas, of which year. By content, not by name."""

from __future__ import annotations

from collections.abc import Mapping

from wwz.base.errors import Fout
from wwz.sources import registry
from wwz.sources.candidate import Candidate
from wwz.sources.crosswise import explain
from wwz.sources.reading import Reading, Report, Table


def recognise(table: Table, years: Mapping[str, int], report: Report) -> Reading | None:
    """Turn one raw table into a reading, by the first kind of the registry that it is of.

    Parameters
    ----------
    table
        As it came from the file.
    years
        File name → year as the user gave it.
    report
        Takes rejected rows.

    Returns
    -------
    Reading or None
        None when the table is only a description, which needs no remark.

    Raises
    ------
    Fout
        When the table as a whole cannot be used.
    """
    if table.frame.empty:
        raise Fout("Er staan geen rijen in.")
    candidate = Candidate(table, years)
    for kind in registry.KINDS:
        if not kind.test(candidate):
            continue
        if kind.read is None:
            return None
        if (reading := kind.read(candidate, report)) is not None:
            return reading
    raise Fout(
        explain(candidate.frame)
        or "Er is geen kolom met codes van buurten, wijken of gemeenten, en er zijn geen punten. Dit bestand wordt niet gebruikt."
    )
