"""A table that only describes another one: the list of its columns, as it comes with a table of OData."""

from __future__ import annotations

from wwz.sources.candidate import Candidate
from wwz.sources.tablekind import TableKind

COLUMNS = {"Identifier", "odata_type", "Key"}


def _is_description(candidate: Candidate) -> bool:
    return candidate.code is None and not COLUMNS.isdisjoint(candidate.frame.columns)


KIND = TableKind(test=_is_description)
