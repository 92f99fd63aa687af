"""All of a ledger, from one place to another, whatever the databases are: to keep it safe, and to put it back."""

from __future__ import annotations

from sqlalchemy import Connection, MetaData, Table, insert, inspect, select, text

from wwz.own.ledger.engine import Place, make_tables
from wwz.own.ledger.schema import METADATA

# So many rows travel at a time.
AT_ONCE = 500


def copy(source: Place, target: Place) -> int:
    """Make `target` hold what `source` holds at this moment, and nothing else: all of it, or `target` stays as it is.

    Both are brought to the tables of this version first.

    Returns
    -------
    int
        How many entries there are.

    Raises
    ------
    Fout
        When one of them cannot be read or written, or a newer version of the program made it.
    """

    def read(old: Connection) -> int:
        if old.dialect.name != "sqlite":
            # Entries and what holds by them are two questions; a writer in between would make them differ.
            old.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        return target.write(lambda new: _refill(old, new))

    return source.read(read)


def entries(place: Place) -> int:
    """How many entries there are; none where there is no ledger yet."""
    if not place.exists():
        return 0
    table = METADATA.tables["boeking"]
    return place.read(lambda connection: len(connection.execute(select(table.c.nummer)).all()))


def _refill(old: Connection, new: Connection) -> int:
    """An entry that was made cannot be taken away: the tables make place for new ones."""
    there = inspect(new).get_table_names()
    for name in there:
        if name in METADATA.tables or name == "alembic_version":
            Table(name, MetaData()).drop(new)
    if new.dialect.name != "sqlite":
        new.execute(text("DROP FUNCTION IF EXISTS boeking_blijft()"))
    make_tables(new)
    for table in METADATA.sorted_tables:
        found = old.execute(select(table).execution_options(yield_per=AT_ONCE))
        for rows in found.mappings().partitions():
            new.execute(insert(table), [dict(row) for row in rows])
    return new.execute(text("SELECT count(*) FROM boeking")).scalar_one()
