"""Where the names of the columns are, when titles stand above them."""

from __future__ import annotations

HEADER_ROWS = 20
# A title above the table fills one or two cells; the names of the columns fill most of them.
FILLED = 0.6


def header_row(rows: list[list[str]]) -> int | None:
    """Index of the row with column names: the first of the top rows that is well filled; None if there is none.

    Parameters
    ----------
    rows
        The first rows of the table, as text.
    """
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows[:HEADER_ROWS]]
    enough = max(2, FILLED * max(filled, default=0))
    return next((i for i, count in enumerate(filled) if count >= enough), None)


def above(rows: list[list[str]], header: int) -> tuple[str, ...]:
    """What stands above the names of the columns, a text for each row that has any."""
    return tuple(
        text for row in rows[:header] if (text := " ".join(cell.strip() for cell in row if cell.strip()))
    )


def unique(names: list[str]) -> list[str]:
    """Number repeated names, so that none is lost: a, b, a#2."""
    seen: dict[str, int] = {}
    result = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return result
