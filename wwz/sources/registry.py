"""The kinds of tables that a build can read. A new kind is a module with its `TableKind`, and an entry here."""

from __future__ import annotations

from wwz.sources import (
    addresses,
    agecounts,
    bgt,
    buildings,
    facilities,
    figures,
    forecasts,
    headings,
    labels,
    named,
    postcodes,
    routes,
    squares,
    stops,
    zorgspiegel,
)
from wwz.sources.reading import Reading
from wwz.sources.tablekind import TableKind

# In the order in which a table is tried: what is most particular goes first.
KINDS: tuple[TableKind, ...] = (
    postcodes.KIND,
    agecounts.KIND,
    forecasts.KIND,
    squares.KIND,
    bgt.STREETS,
    bgt.FURNITURE,
    routes.KIND,
    routes.CROSSINGS,
    buildings.KIND,
    labels.KIND,
    stops.KIND,
    zorgspiegel.KIND,
    addresses.KIND,
    facilities.KIND,
    headings.KIND,
    figures.KIND,
    named.KIND,
)


def kind_of(reading: Reading) -> TableKind:
    """The kind that made a reading."""
    return next(kind for kind in KINDS if reading.soort in kind.soorten)


def in_words(soort: str) -> str:
    """What a table holds, in words; the code itself when no kind of this version has it."""
    return next((kind.soorten[soort] for kind in KINDS if soort in kind.soorten), soort)
