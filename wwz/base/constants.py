"""SQL with the values of tables of one row written in it: to ask for them costs a question more than what it does with them."""

from __future__ import annotations

import re
from decimal import Decimal
from math import isfinite
from typing import Any

# What such a question looks like, and of which tables.
ASKED = re.compile(r"\(select (\w+) from (regel|oordeel)\)")


def with_fixed(text: str, connection: Any) -> str:
    """The same SQL, with the numbers that the tables have now; a text, a date or a list stays a question.

    Parameters
    ----------
    connection
        To the database (DuckDB) that has the tables.
    """
    known = {table: _row(connection.table(table)) for table in {table for _, table in ASKED.findall(text)}}
    return ASKED.sub(lambda part: known[part[2]].get(part[1], part[0]), text)


def _row(table: Any) -> dict[str, str]:
    """Column to value, as it stands in SQL with its type."""
    rows = table.limit(1).fetchall()
    return {
        column: f"({'null' if value is None else value}::{kind})"
        for column, value, kind in zip(table.columns, rows[0] if rows else (), table.types, strict=bool(rows))
        if _reads_back(value)
    }


def _reads_back(value: Any) -> bool:
    """Whether SQL reads the value as it is written: a date would be a subtraction, a text a column."""
    return value is None or (isinstance(value, bool | int | float | Decimal) and isfinite(value))
