"""An answer that is remembered never crosses a database, or what the municipality stated, while sessions stay open."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from wwz.base.constants import with_fixed
from wwz.base.paths import sql_files
from wwz.own import given
from wwz.words.numbers import too_few

BENCH = Path(__file__).resolve().parent.parent / "bench"
sys.path.insert(0, str(BENCH))
from server_hulp import Server, free_port, running  # noqa: E402
from sessie_hulp import Visitor  # noqa: E402

SESSIONS = 20
TAG = re.compile(r"<[^>]+>")
CONDITION = "begeleiding"
# Of a layer that many buurten are too small for, under any minimum.
# The legend there says how few people are not told.
SMALL, STRICT = ("wijkagenda", "gebied=GM0518"), 200


@dataclass(frozen=True)
class Living:
    """A server on a copy of a database that a test may replace."""

    server: Server
    database: Path


@pytest.fixture(scope="module")
def living(voorbeeld_store, tmp_path_factory) -> Iterator[Living]:
    database = tmp_path_factory.mktemp("levend") / "wwz.duckdb"
    shutil.copy(voorbeeld_store.path, database)
    port = free_port()
    command = [sys.executable, "-m", "wwz", "start", "--database", str(database), "--poort", str(port)]
    with running(command, port) as server:
        yield Living(server, database)


def _read(visitor: Visitor, page: str, query: str = "") -> str:
    """What is on screen, from its title on: above it may stand whether there is a connection."""
    assert visitor.follow(page, query, 120)
    shown = "\n".join(visitor.texts)
    return TAG.sub("", shown[shown.index("<h1>") :])


@pytest.fixture(scope="module")
def visitors(living) -> Iterator[list[Visitor]]:
    """All of them open for as long as everything below changes."""
    with ExitStack() as stack:
        yield [stack.enter_context(Visitor(living.server.url)) for _ in range(SESSIONS)]


def test_what_is_stated_counts_at_once_in_every_session_and_in_that_area_alone(living, visitors):
    code = next(line for line in _gemeenten(living.database))
    before = [_read(v, "wijkagenda", f"gebied={code}") for v in visitors[:2]]
    assert before[0] == before[1] and "Begeleiding" in before[0]
    statement = given.checked(code, CONDITION, "knelpunt", "37", "de test", "geteld bij de balie")
    given.add(living.database, [statement])
    after = {_read(v, "wijkagenda", f"gebied={code}") for v in visitors}
    assert len(after) == 1 and before[0] not in after
    assert after.pop().count("opgegeven") > before[0].count("opgegeven")


def test_another_database_answers_in_sessions_that_stay_open(living, visitors, denhaag_store):
    assert all("Den Haag" not in _read(v, "") for v in visitors[:2])
    _put(living, denhaag_store.path)
    seen = [_read(v, ("wijkprofiel", "")[number % 2]) for number, v in enumerate(visitors)]
    assert all("Den Haag" in text and "Haverstede" not in text for text in seen)
    assert len(set(seen[::2])) == 1


def test_what_a_stricter_database_hides_comes_from_no_memory(living, visitors, denhaag_store, tmp_path):
    """The same figures under another minimum: as a build with another setting gives them."""
    _put(living, denhaag_store.path)
    loose = {_read(v, *SMALL) for v in visitors[:2]}
    assert all(too_few(10) in text for text in loose)
    strict = tmp_path / "streng.duckdb"
    shutil.copy(denhaag_store.path, strict)
    with duckdb.connect(str(strict)) as connection:
        connection.execute("update regel set minimum = ?", [STRICT])
        connection.execute("update indicator set minimum = ? where minimum > 0", [STRICT])
        connection.execute("update bouw set kenmerk = 'streng'")
        _write_rules(connection)
    _put(living, strict)
    seen = [_read(v, *SMALL) for v in visitors]
    assert all(too_few(STRICT) in text and too_few(10) not in text for text in seen)


def _write_rules(connection: duckdb.DuckDBPyConnection) -> None:
    """As a build does: what stands in a table of one row is written into the rules."""
    for path in sql_files("rules"):
        text = with_fixed(path.read_text(encoding="utf-8"), connection)
        connection.execute(re.sub(r"\bcreate (?=macro|view)", "create or replace ", text))


def _put(living: Living, path: Path) -> None:
    """Another file takes the place of the database, as a build does it."""
    new = living.database.with_name("nieuw.duckdb")
    shutil.copy(path, new)
    new.replace(living.database)


def _gemeenten(database: Path) -> list[str]:
    from wwz.store import Store

    store = Store(database)
    try:
        areas = store.areas()
        return list(areas.loc[areas["niveau"] == "gemeente", "code"])
    finally:
        store.close()
