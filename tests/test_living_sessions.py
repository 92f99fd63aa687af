"""An answer that is remembered never crosses a database, or what the municipality stated, while sessions stay open."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from wwz.own import given

BENCH = Path(__file__).resolve().parent.parent / "bench"
sys.path.insert(0, str(BENCH))
from server_hulp import Server, free_port, running  # noqa: E402
from sessie_hulp import Visitor  # noqa: E402

SESSIONS = 3
CONDITION = "begeleiding"


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
    return shown[shown.index("<h1>") :]


def test_what_is_stated_counts_at_once_in_every_session_and_in_that_area_alone(living):
    code = next(line for line in _gemeenten(living.database))
    with Visitor(living.server.url) as one, Visitor(living.server.url) as other:
        before = [_read(v, "wijkagenda", f"gebied={code}") for v in (one, other)]
        assert before[0] == before[1] and "Begeleiding" in before[0]
        statement = given.checked(code, CONDITION, "knelpunt", "37", "de test", "geteld bij de balie")
        given.add(living.database, [statement])
        after = [_read(v, "wijkagenda", f"gebied={code}") for v in (one, other)]
        assert after[0] == after[1] and after[0] != before[0]
        assert after[0].count("opgegeven") > before[0].count("opgegeven")


def test_another_database_answers_in_sessions_that_stay_open(living, denhaag_store):
    visitors = [Visitor(living.server.url).__enter__() for _ in range(SESSIONS)]
    try:
        assert all("Den Haag" not in _read(v, "wijkprofiel") for v in visitors)
        new = living.database.with_name("nieuw.duckdb")
        shutil.copy(denhaag_store.path, new)
        new.replace(living.database)
        seen = [_read(v, page) for v, page in zip(visitors, ("wijkprofiel", "", "wijkprofiel"), strict=True)]
        assert all("Den Haag" in text and "Haverstede" not in text for text in seen)
        assert seen[0] == seen[2]
    finally:
        for visitor in visitors:
            visitor.leave()


def _gemeenten(database: Path) -> list[str]:
    from wwz.store import Store

    store = Store(database)
    try:
        areas = store.areas()
        return list(areas.loc[areas["niveau"] == "gemeente", "code"])
    finally:
        store.close()
