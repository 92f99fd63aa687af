"""Every table that an answer is made of says what it holds, down to the column."""

from __future__ import annotations

import re

import duckdb
import pandas as pd

from wwz.ask import tables
from wwz.base.paths import SQL

NAMED = re.compile(r"\b(?:from|join)\s*\(?\s*(?:\w+\.)?(\w+)", re.IGNORECASE)


def _bare(sql: str) -> str:
    return re.sub(r"'(?:[^']|'')*'", "''", re.sub(r"--[^\n]*", "", sql)).lower()


def asked(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Tables (and their columns) that sql/answers names, itself or through a macro or a view."""
    columns = connection.sql(
        "select table_name as tabel, column_name as kolom from duckdb_columns() where not internal order by all"
    ).df()
    inside = dict(
        connection.sql(
            "select function_name, string_agg(macro_definition, ' ') from duckdb_functions() "
            "where not internal and macro_definition is not null group by all "
            "union all select view_name, sql from duckdb_views() where not internal"
        ).fetchall()
    )
    todo = [_bare(path.read_text(encoding="utf-8")) for path in (SQL / "answers").glob("*.sql")]
    seen: set[str] = set()
    while todo:
        text = todo.pop()
        called = set(re.findall(r"\b(\w+)\s*\(", text)) | set(NAMED.findall(text))
        for name in (called & set(inside)) - seen:
            todo.append(_bare(inside[name]))
        seen |= called
    return columns[columns["tabel"].isin(seen)]


def test_every_table_and_column_that_an_answer_uses_is_described(voorbeeld_store):
    with duckdb.connect(str(voorbeeld_store.path), read_only=True) as connection:
        found = tables.descriptions(asked(connection))
    assert {"cijfer_open", "gebied", "indicator", "regel"} <= set(found["tabel"])
    assert sorted(set(found.loc[found["over"] == "", "tabel"])) == []
    missing = found[found["uitleg"] == ""]
    assert (missing["tabel"] + "." + missing["kolom"]).tolist() == []


def test_a_column_that_nobody_described_is_seen():
    found = tables.descriptions(pd.DataFrame({"tabel": ["gebied", "nieuw"], "kolom": ["code", "zomaar"]}))
    assert found["uitleg"].tolist() == ["Code.", ""]
    assert found["over"].tolist()[1] == ""


def test_what_is_searched_is_found_in_names_and_in_words():
    rows = pd.DataFrame(
        {
            "tabel": ["gebied", "cijfer"],
            "over": ["De gebieden.", "Alle cijfers."],
            "kolom": ["code", "teller"],
            "uitleg": ["Code.", "Hoeveel."],
        }
    )
    assert tables.matching(rows, "TELLER")["tabel"].tolist() == ["cijfer"]
    assert tables.matching(rows, "de gebieden")["kolom"].tolist() == ["code"]
    assert len(tables.matching(rows, " ")) == 2
