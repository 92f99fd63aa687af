"""A damaged file is told by `controle`, and the health address says whether there is a database that can be used."""

from __future__ import annotations

import asyncio
import os
import shutil

import duckdb
import pytest
from starlette.responses import PlainTextResponse

from wwz.base.errors import Fout
from wwz.build.checks import OWN, WHOLE
from wwz.cli.main import main
from wwz.own import counts
from wwz.store import Store
from wwz.web.health import HEALTH, Fitness, Health


@pytest.fixture
def database(tmp_path, voorbeeld_store):
    return shutil.copy(voorbeeld_store.path, tmp_path / "wwz.duckdb")


def broken_inside(path) -> None:
    """Zeros over many blocks in the middle."""
    size = path.stat().st_size
    for place in range(size // 3, size - 300_000, size // 40):
        with path.open("r+b") as file:
            file.seek(place)
            file.write(b"\0" * 262_144)


def test_controle_finds_a_database_that_is_broken_in_the_middle(database, capsys):
    broken_inside(database)
    code = main(["controle", "--database", str(database)])
    said = capsys.readouterr()
    assert code != 0 and "Traceback" not in said.err
    assert "wwz.duckdb is beschadigd. Maak hem opnieuw" in said.out + said.err
    with pytest.raises(Fout, match="is beschadigd"):
        Store(database).ask("tabel", binnen=["GM9901"], niveau="buurt", indicatoren=["inwoners"], jaar=0)


def test_controle_finds_damaged_files_beside_it(database, capsys):
    (database.parent / counts.FILE).write_bytes(b"")
    assert main(["controle", "--database", str(database)]) == 1
    lines = capsys.readouterr().out
    assert f"FOUT    {OWN}" in lines and "eigen_cijfers.csv is beschadigd" in lines
    (database.parent / "eigen.sqlite").write_bytes(b"geen database" * 500)
    assert main(["controle", "--database", str(database)]) == 1
    lines = capsys.readouterr().out
    assert "eigen.sqlite is beschadigd" in lines and f"goed    {WHOLE}" in lines


def asker(database):
    """Asks an address of a dashboard that is always well; gives status and text."""
    app = Health(PlainTextResponse("ok"), Fitness(database))

    def ask(path: str) -> tuple[int, str]:
        sent = []

        async def send(message):
            sent.append(message)

        asyncio.run(app({"type": "http", "path": path, "method": "GET", "headers": []}, None, send))
        return sent[0]["status"], sent[1]["body"].decode()

    return ask


@pytest.mark.parametrize("prefix", ["", "/wwz"])
def test_health_follows_the_database(database, prefix):
    ask = asker(database)
    assert ask(prefix + HEALTH)[0] == 200
    aside = database.rename(database.with_name("weg.duckdb"))
    status, text = ask(prefix + HEALTH)
    assert status == 503 and text.startswith("Er is geen bruikbare database.")
    assert ask("/")[0] == 200
    for content in (b"", b"geen database"):
        database.write_bytes(content)
        assert ask(prefix + HEALTH)[0] == 503
    duckdb.connect(str(database.with_name("ander.duckdb"))).close()
    os.replace(database.with_name("ander.duckdb"), database)
    assert ask(prefix + HEALTH)[0] == 503
    os.replace(aside, database)
    assert ask(prefix + HEALTH)[0] == 200


def test_health_opens_the_database_once(database, monkeypatch):
    opened = []
    monkeypatch.setattr("wwz.web.health.of_database", lambda path: opened.append(path) or [])
    ask = asker(database)
    assert [ask(HEALTH)[0] for _ in range(5)] == [200] * 5 and len(opened) == 1


def test_reading_through_a_good_database_finds_nothing(voorbeeld_store):
    Store(voorbeeld_store.path).read_through()
