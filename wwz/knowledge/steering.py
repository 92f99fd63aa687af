"""What is known of steering, roles and interests (knowledge/regie): one way in, by file and table."""

from __future__ import annotations

from typing import Any

from wwz.knowledge.catalogue import load_toml

BOOKS = ("sjablonen", "belangen", "registijlen", "sturing", "instrumenten", "spiegel", "procesvragen")


def rows(book: str, table: str) -> list[dict[str, Any]]:
    """The rows of a table, each with the source and year of its file where it has none of its own.

    Parameters
    ----------
    book, table
        A name of `BOOKS`, and a table in that file.
    """
    content = load_toml(f"regie/{book}.toml")
    return [{**content["herkomst"], **row} for row in content[table]]


def named(book: str, table: str) -> dict[str, str]:
    """Code → title of a table."""
    return {row["code"]: row["titel"] for row in rows(book, table)}


def source(row: dict[str, Any]) -> str:
    """Where a row comes from, in words."""
    page = f", bladzijde {row['bladzijde']}" if row.get("bladzijde") else ""
    return f"{row['bron']}, {row['jaar']}{page}"
