"""How the server tells that it is well, what it writes down and counts, and where it draws the line."""

from __future__ import annotations

import asyncio
import json
import logging
import shutil
import socket
import urllib.request
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
import uvicorn
from prometheus_client import CollectorRegistry
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse

from wwz.ask import fitness
from wwz.ask.fitness import findings, is_well
from wwz.base.errors import Fout
from wwz.base.limits import BEYOND, MEGABYTE, Limits
from wwz.base.settings import Settings
from wwz.base.tally import count, counted
from wwz.base.turns import Turns
from wwz.cli.main import main
from wwz.export.formats import check_size
from wwz.server import _Server
from wwz.store import Store
from wwz.web import metrics
from wwz.web.access import AccessLog
from wwz.web.health import HEALTH, WELL, Fitness, Health
from wwz.web.logs import AsJson, AsText
from wwz.web.uploads import BoundedUploads
from wwz.web.visitors import WindowsPerAddress

SECRET = "mevrouw De Vries"
ENDLESS = "select count(*) from range(100000000000) a(x) where sqrt(x) + sin(x) < 1"


@pytest.fixture
def database(voorbeeld_store, tmp_path):
    return shutil.copy2(voorbeeld_store.path, tmp_path / "wwz.duckdb")


def asked(app, path: str, kind: str = "http", **scope) -> list[dict]:
    """What an app answers."""
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    whole = {"type": kind, "path": path, "method": "GET", "headers": [], **scope}
    asyncio.run(app(whole, receive, send))
    return sent


# --- well or not -----------------------------------------------------------------------------------------


def test_all_is_well_and_says_how_old(database, capsys):
    assert main(["gezondheid", "--database", str(database), "--formaat", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    names = {one["naam"]: one for one in told["controles"]}
    assert told["gezond"] is True and names.keys() == {"database", "leeftijd", "eigen", "ruimte"}
    assert names["leeftijd"]["waarde"] == 0 and "vandaag gemaakt" in names["leeftijd"]["zin"]
    assert [path.name for path in database.parent.glob(f"{fitness.PROBE}*")] == []


def test_what_is_not_well_is_told_in_a_sentence_and_by_the_exit_code(database, monkeypatch, capsys):
    monkeypatch.setattr(fitness, "LEAST_FREE_MEGABYTE", 10**12)
    monkeypatch.setattr(
        fitness, "keep_bytes", lambda path, content: _raise(Fout(f"In {path.parent} is vol."))
    )
    database.write_bytes(b"geen database")
    assert main(["gezondheid", "--database", str(database)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3 and all(line.startswith("FOUT") and line.endswith(".") for line in lines)
    assert str(database.parent) not in "\n".join(lines)


def _raise(error: Exception):
    raise error


@pytest.mark.parametrize(("days", "well"), [(0, True), (None, True), (-1, False)])
def test_figures_may_be_so_old(database, days, well):
    assert is_well(findings(replace(Settings(), database=database), days)) is well


def test_no_database_is_not_well(tmp_path):
    found = findings(replace(Settings(), database=tmp_path / "geen.duckdb"))
    assert [one.naam for one in found if not one.goed] == ["database"]


def test_the_server_tells_it_too_and_looks_seldom(database, monkeypatch):
    looked = []
    monkeypatch.setattr("wwz.web.health.own_data", lambda path: looked.append(path) or fitness.own_data(path))
    app = Health(PlainTextResponse("ok"), Fitness(database))
    for prefix in ("", "/wwz"):
        start, body = asked(app, prefix + WELL)
        assert start["status"] == 200 and json.loads(body["body"])["gezond"] is True
    assert len(looked) == 1
    database.unlink()
    app = Health(PlainTextResponse("ok"), Fitness(database))
    assert asked(app, WELL)[0]["status"] == asked(app, HEALTH)[0]["status"] == 503
    assert asked(app, "/")[0]["status"] == 200


# --- what is written down --------------------------------------------------------------------------------


def record(level: int = logging.ERROR) -> logging.LogRecord:
    try:
        try:
            {}[SECRET]
        except KeyError as error:
            raise OSError(28, "No space left on device", f"/srv/{SECRET}") from error
    except OSError as error:
        where = (type(error), error, error.__traceback__)
        return logging.LogRecord("wwz.proef", level, __file__, 1, "het ging mis bij %s", ("stap 2",), where)


def test_an_error_is_told_by_kind_and_place_and_nothing_of_what_was_given():
    line = AsJson().format(record())
    told = json.loads(line)
    assert "\n" not in line and SECRET not in line
    assert (told["ernst"], told["waar"], told["wat"]) == ("fout", "wwz.proef", "het ging mis bij stap 2")
    assert [one["soort"] for one in told["fout"]] == ["OSError (No space left on device)", "KeyError"]
    assert told["fout"][0]["plaats"][0].startswith("tests/test_watching.py:")


def test_the_same_to_read():
    text = AsText().format(record())
    assert SECRET not in text and " fout wwz.proef: het ging mis bij stap 2\n    OSError" in text


def test_a_visit_is_written_without_who_and_without_what_was_chosen(caplog):
    app = AccessLog(PlainTextResponse("nee", 413))
    with caplog.at_level(logging.INFO, logger="wwz.web.access"):
        asked(
            app,
            "/_stcore/upload_file/0a1b2c3d-9f8e/naam-0a1b2c3d.csv",
            query_string=b"gebied=BU05180101",
            client=("192.0.2.7", 1234),
        )
    (line,) = caplog.records
    assert line.velden | {"ms": 0} == {
        "soort": "GET", "pad": "/_stcore/upload_file/…/…", "uitkomst": 413, "ms": 0,
    }  # fmt: skip
    assert "192.0.2.7" not in AsJson().format(line) and "BU05" not in AsText().format(line)


# --- what is counted -------------------------------------------------------------------------------------


def test_the_counters_are_those_of_now(database):
    store = Store(database)
    before = counted(metrics.ASKED).get("", 0), counted(metrics.MADE).get("", 0)
    store.areas(), store.areas()
    count(BEYOND, "vraag_seconden")
    watched = metrics.Watched(lambda: Turns(3), lambda: {"a": 5, "b": 7}, Fitness(database).findings)
    registry = CollectorRegistry()
    registry.register(metrics.Figures(watched))
    value = registry.get_sample_value
    assert value("wwz_answers_asked_total") == before[0] + 2
    assert value("wwz_answers_missed_total") == before[1] + 1
    assert value("wwz_uploads_bytes") == 12 and value("wwz_screens_waiting") == 0
    assert value("wwz_well", {"what": "database"}) == 1 and value("wwz_database_age_days") == 0
    assert value("wwz_beyond_limit_total", {"limit": "vraag_seconden"}) >= 1


def test_the_counters_are_for_this_computer_only_and_a_taken_port_is_told():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Fout, match="metingen_poort"):
            metrics.show_metrics(port, None)
    metrics.show_metrics(port, metrics.Watched(lambda: Turns(1), dict, list))
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        text = answer.read().decode()
    assert "wwz_screens_busy 0.0" in text and "process_resident_memory_bytes" in text
    with pytest.raises(OSError):
        socket.create_connection((_own_address(), port), timeout=2)


def _own_address() -> str:
    """Another address of this computer: the second of its loopback network."""
    return "127.0.0.2"


# --- how far a visitor may go ----------------------------------------------------------------------------


def test_the_server_says_that_it_is_there_when_one_can_come_in_and_not_before(capsys):
    said = {}

    @asynccontextmanager
    async def slow(_app):
        said["starting"] = capsys.readouterr().out
        yield

    async def run() -> None:
        server = _Server(
            uvicorn.Config(Starlette(lifespan=slow), host="127.0.0.1", port=0, log_config=None), "Staat klaar"
        )
        server.config.load()
        server.lifespan = server.config.lifespan_class(server.config)
        await server.startup()
        said["there"] = capsys.readouterr().out
        _, writer = await asyncio.open_connection(*server.servers[0].sockets[0].getsockname())
        writer.close()
        server.servers[0].close()
        await server.lifespan.shutdown()

    asyncio.run(run())
    assert said["starting"] == "" and said["there"].startswith("Staat klaar\n")


def test_a_question_that_takes_too_long_is_broken_off_with_one_sentence(database, tmp_path):
    class Short(Limits):
        def __getitem__(self, naam: str) -> float:
            return 0.2

    question = tmp_path / "eindeloos.sql"
    question.write_text(ENDLESS, encoding="utf-8")
    store = Store(database, Short())
    with pytest.raises(Fout, match="duurt te lang"):
        store.check(question)
    assert len(store.areas()) > 0


def test_a_file_that_becomes_too_large_is_refused():
    limits = Limits((("uitvoer_megabyte", 2),))
    check_size(2 * MEGABYTE, limits)
    check_size(99 * MEGABYTE, None)
    with pytest.raises(Fout, match="meer dan 2 MB"):
        check_size(2 * MEGABYTE + 1, limits)


@pytest.mark.parametrize(
    ("megabyte", "sentence"),
    [(1, None), (3, "tot 2 MB"), (2, "U heeft al veel bestanden"), (1.5, "Er worden nu veel bestanden")],
)
def test_what_is_brought_in_fits_or_is_refused_with_one_sentence(megabyte, sentence):
    limits = Limits((("bestand_megabyte", 2), ("venster_megabyte", 4), ("iedereen_megabyte", 5)))
    held = {"a": int(2.5 * MEGABYTE), "b": int(1.2 * MEGABYTE)}
    app = BoundedUploads(PlainTextResponse("ok"), lambda: held, limits)
    size = [(b"content-length", str(int(megabyte * MEGABYTE)).encode())]
    start, body = asked(app, "/_stcore/upload_file/a/f", method="PUT", headers=size)
    assert (start["status"] == 200) is (sentence is None)
    assert sentence is None or sentence in body["body"].decode()


def test_so_many_windows_from_one_address_and_each_is_counted_off():
    limits, inside = Limits((("vensters_per_adres", 1),)), []

    async def window(scope, receive, send):
        inside.append(asked_inside())

    def asked_inside() -> str:
        return str(counted("venster"))

    app = WindowsPerAddress(window, limits)
    asked(app, "/_stcore/stream", "websocket", client=("192.0.2.7", 1))
    assert len(inside) == 1 and sum(counted("venster").values()) == 0
    app._open["192.0.2.7"] = 1
    (closed,) = asked(app, "/_stcore/stream", "websocket", client=("192.0.2.7", 2))
    assert closed["type"] == "websocket.close" and len(inside) == 1
