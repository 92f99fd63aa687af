"""The file that is served holds what screens ask, and nothing that only a build needs."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest
from invoer_hulp import four_buurten

from wwz.ask.tables import descriptions
from wwz.base.paths import sql_files
from wwz.base.settings import Settings
from wwz.build.build import build
from wwz.workbench import SERVED

NAMED = re.compile(r"\b(?:from|join)\s+([a-z_0-9]+)")
ASKING = ("answers", "checks", "rules", "store")


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A database as the product makes it, open to read; the tables, and those of the build."""
    folder = tmp_path_factory.mktemp("uitgave")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WWZ_STAPPEN", "1")
        build(Settings(), (four_buurten(folder),), database=folder / "alles.duckdb")
        patch.delenv("WWZ_STAPPEN")
        build(Settings(), (folder / "in",), database=folder / "wwz.duckdb")
    assert not list(folder.glob("*.nieuw-*"))
    with duckdb.connect(str(folder / "alles.duckdb"), read_only=True) as whole:
        every = tables(whole)
    with duckdb.connect(str(folder / "wwz.duckdb"), read_only=True) as connection:
        yield connection, tables(connection), every


def tables(connection: duckdb.DuckDBPyConnection) -> set[str]:
    return {name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()}


def asked() -> str:
    """Everything that is asked of a finished database, without what is said beside it."""
    return "\n".join(re.sub("--.*", "", path.read_text(encoding="utf-8")) for path in sql_files(*ASKING))


def test_it_holds_what_is_asked_and_no_steps(served):
    _, here, every = served
    assert here == (set(NAMED.findall(asked())) & every) | {"programma"}
    assert {"meting", "variabele_gebied", "bewijs", "verborgen_cel", "punt_gelezen"} <= every - here


def test_every_table_and_column_that_is_served_is_described(served):
    """Also what only a check or a rule asks; a table without figures is described like any other."""
    connection = served[0]
    columns = connection.sql(
        "select table_name as tabel, column_name as kolom from duckdb_columns() where not internal order by all"
    ).df()
    found = descriptions(columns)
    lacking = found[(found["over"] == "") | (found["uitleg"] == "")]
    assert (lacking["tabel"] + "." + lacking["kolom"]).tolist() == []


@pytest.mark.parametrize("path", sql_files("answers", "checks"), ids=lambda path: path.stem)
def test_every_question_finds_its_tables_and_rules(served, path: Path):
    """Whatever is wrong with empty answers, no table and no rule is missing."""
    connection = served[0]
    text = path.read_text(encoding="utf-8")
    for empty in ([], None, "", 0):
        names = set(re.findall(r"\$(\w+)", re.sub("--.*", "", text)))
        given = {name: [] if f"unnest(${name}" in text or name.startswith("o_") else empty for name in names}
        try:
            connection.execute(text, given or None)
        except duckdb.CatalogException as error:
            pytest.fail(str(error))
        except duckdb.Error:
            continue
        return
    pytest.fail("De vraag loopt met geen enkele lege parameter.")


def test_the_store_lists_no_table_twice():
    names = re.findall(r"'([a-z_0-9]+)'", SERVED.read_text(encoding="utf-8"))
    assert len(names) == len(set(names))
