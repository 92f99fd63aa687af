"""Every way a source can fail: complete and checked data, or the old data untouched and one Dutch sentence."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from contents import shifted
from pandas.testing import assert_frame_equal
from standin import Standin
from workplaces import QUICK, new_place

from wwz.errors import Fout
from wwz.fetch import fetch, odata3
from wwz.fetch.fetch import fetch_and_build, fetch_set
from wwz.fetch.plan import Plan
from wwz.fetch.progress import Gestopt
from wwz.paths import ROOT

WHO = ("Duinmonde",)
YEAR = 2024
PAGE = 20
OLD = b"de oude database"
ENGLISH = re.compile(r"\b(error|failed|timeout|timed|connection|refused|traceback|none|null|the)\b", re.IGNORECASE)


def plan_for(who: tuple[str, ...], year: int, place) -> Plan:
    """A small plan: two years of Kerncijfers and the boundaries."""
    plan = fetch.plan_for(who, year, place)
    small = [i for i in plan.items if i.familie == "grenzen" or i.tabel in ("85984NED", "85618NED")]
    return replace(plan, items=tuple(small))


def is_rows(path: str) -> bool:
    return path.endswith("/TypedDataSet")


def some_rows(handler, path: str, query: dict[str, str]) -> bytes:
    return json.dumps(handler.answer(path, query)).encode()


def html(handler, path, query):
    handler.send(b"<!DOCTYPE html><html><body>Log in</body></html>", 200, "text/html")


def cut_off(handler, path, query):
    data = some_rows(handler, path, query)
    handler.start(200, len(data), "application/json")
    handler.wfile.write(data[: len(data) // 2])
    handler.wfile.flush()
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def half_json(handler, path, query):
    data = some_rows(handler, path, query)
    handler.send(data[: len(data) // 2], 200, "application/json")


def truncated(handler, path, query):
    body = handler.answer(path, query)
    body["value"] = body["value"][:-1]
    handler.send_json(body)


def empty_page(handler, path, query):
    handler.send_json({**handler.answer(path, query), "value": []})


def broken_gzip(handler, path, query):
    data = bytes([0x1F, 0x8B, 8, 0, 0, 0, 0, 0]) + b"dit is geen gzip" * 20
    handler.start(200, len(data), "application/json", Content_Encoding="gzip")
    handler.wfile.write(data)


def duplicate(handler, path, query):
    handler.send_json(handler.answer(path, {**query, "$skip": "0"}))


def other_gemeente(handler, path, query):
    body = handler.answer(path, query)
    body["value"] = [{**row, "WijkenEnBuurten": "BU00010001"} for row in body["value"]]
    handler.send_json(body)


def without_column(handler, path, query):
    body = handler.answer(path, query)
    body["value"] = [{k: v for k, v in row.items() if not k.startswith("AantalInwoners")} for row in body["value"]]
    handler.send_json(body)


def too_busy(handler, path, query):
    handler.start(429, 0, "text/plain", Retry_After="1")


def server_error(handler, path, query):
    handler.send(b"oops", 500, "text/plain")


def hangs_up(handler, path, query):
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def drips(handler, path, query):
    handler.drip(some_rows(handler, path, query)[:200], 0.05)


def sleeps(handler, path, query):
    time.sleep(1.3)
    handler.close_connection = True


FAULTS = {
    "webpagina": (html, "webpagina"),
    "afgebroken": (cut_off, "brak|halverwege|beschadigd"),
    "halve json": (half_json, "halverwege"),
    "te weinig rijen": (truncated, "rijen"),
    "lege bladzijde": (empty_page, "0 rijen"),
    "kapotte gzip": (broken_gzip, "beschadigd"),
    "andere gemeente": (other_gemeente, "niet om gevraagd"),
    "kolom weg uit rijen": (without_column, "AantalInwoners"),
    "429": (too_busy, "te druk"),
    "500": (server_error, "storing"),
    "hangt op": (hangs_up, "bereiken|brak"),
    "druppelt": (drips, "langzaam"),
    "slaapt": (sleeps, "op tijd"),
}


@pytest.fixture(autouse=True)
def small_pages(monkeypatch):
    """Several pages a table, so that there is something to lose between them."""
    monkeypatch.setitem(odata3.rules(), "rijen_per_pagina", PAGE)


@pytest.fixture(scope="module")
def baseline(example_content, tmp_path_factory):
    """The set as it is without trouble: file → content."""
    server = Standin(example_content)
    place = new_place(server, tmp_path_factory.mktemp("goed"))
    found = read_set(fetch_set(plan_for(WHO, YEAR, place), place)[0])
    server.shutdown()
    return found


def read_set(folder: Path) -> dict[str, pd.DataFrame | dict]:
    tables = {p.name: pd.read_parquet(p) for p in folder.glob("*.parquet")}
    shapes = {p.name: json.loads(p.read_text(encoding="utf-8")) for p in folder.glob("*.geojson")}
    return {**tables, **shapes}


def assert_same(found: dict, expected: dict) -> None:
    assert found.keys() == expected.keys() and len(found) == 5
    for name, content in expected.items():
        if isinstance(content, pd.DataFrame):
            assert_frame_equal(found[name], content)
        else:
            assert found[name] == content


def spoil(server, fault, times: float, when=is_rows) -> None:
    """Let the first `times` matching answers go wrong."""
    left = [times]

    def trouble(handler, path, query) -> bool:
        if not when(path) or left[0] <= 0:
            return False
        left[0] -= 1
        fault(handler, path, query)
        return True

    server.trouble = trouble


def fails(place, plan, words: str) -> str:
    """Fetching fails with one Dutch sentence that matches, and nothing of what there was has changed."""
    database = place.settings.database
    database.write_bytes(OLD)
    with pytest.raises(Fout) as found:
        fetch_and_build(plan, place)
    assert len(found.value.zinnen) == 1
    text = found.value.zinnen[0]
    assert re.search(words, text), text
    assert text[-1] == "." and not ENGLISH.search(text), text
    assert database.read_bytes() == OLD
    sets = place.paginas.parent / "sets"
    assert not sets.exists() or not any(sets.iterdir())
    return text


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_that_passes_leaves_no_trace(name, standin, place, baseline):
    plan = plan_for(WHO, YEAR, place)
    spoil(standin, FAULTS[name][0], 1)
    assert_same(read_set(fetch_set(plan, place)[0]), baseline)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_that_stays_is_told_and_nothing_changes(name, standin, place):
    fault, words = FAULTS[name]
    plan = plan_for(WHO, YEAR, place)
    spoil(standin, fault, float("inf"))
    text = fails(place, plan, words)
    assert "blijven staan" in text and "127.0.0.1" in text


def test_a_page_that_comes_twice_is_noticed(standin, place):
    plan = plan_for(WHO, YEAR, place)
    spoil(standin, duplicate, float("inf"))
    assert "rijen" in fails(place, plan, "dubbel|rijen")


def test_a_page_that_came_twice_once_is_fetched_again(standin, place, baseline):
    plan = plan_for(WHO, YEAR, place)
    seen = []

    def trouble(handler, path, query) -> bool:
        if is_rows(path) and query["$skip"] == str(PAGE) and not seen:
            seen.append(path)
            duplicate(handler, path, query)
            return True
        return False

    standin.trouble = trouble
    assert_same(read_set(fetch_set(plan, place)[0]), baseline)
    assert seen


def test_a_service_that_stops_giving_rows_after_a_limit_is_noticed(standin, place):
    """What the service at CBS does after 10,000 rows, here after two pages."""
    plan = plan_for(WHO, YEAR, place)
    standin.trouble = lambda h, p, q: is_rows(p) and int(q["$skip"]) >= 2 * PAGE and (empty_page(h, p, q) or True)
    fails(place, plan, "0 rijen")


def test_a_refused_connection_is_told(standin, place, tmp_path):
    plan = plan_for(WHO, YEAR, place)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = new_place(standin, tmp_path, bron_cbs=f"http://127.0.0.1:{free.getsockname()[1]}/odata")
        fails(nobody, plan, "niet te bereiken.*HTTPS_PROXY")


def test_a_source_that_asks_for_an_hour_is_not_waited_for(standin, place):
    plan = plan_for(WHO, YEAR, place)
    spoil(standin, lambda h, p, q: h.start(429, 0, "text/plain", Retry_After="3600"), float("inf"))
    start = time.monotonic()
    fails(place, plan, "te druk")
    assert time.monotonic() - start < 10


def test_retry_after_is_waited_for(standin, place):
    plan = plan_for(WHO, YEAR, place)
    spoil(standin, too_busy, 1)
    start = time.monotonic()
    fetch_set(plan, place)
    assert time.monotonic() - start >= 1


def test_an_answer_that_never_ends_is_refused(standin, tmp_path):
    small = new_place(standin, tmp_path, replace(QUICK, megabyte=0.001))
    with pytest.raises(Fout, match="groter dan"):
        fetch_set(plan_for((), YEAR, small), small)


def test_a_proxy_that_does_not_work_is_told(standin, place, monkeypatch):
    plan = plan_for(WHO, YEAR, place)
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    fails(place, plan, "proxy.*HTTPS_PROXY")


def test_a_proxy_that_works_is_used(standin, tmp_path, monkeypatch, baseline):
    """The stand-in itself is the proxy: the services have names that do not exist."""
    monkeypatch.setenv("HTTP_PROXY", standin.url)
    monkeypatch.setenv("NO_PROXY", "")
    names = {key: url.replace(standin.url, "http://bron.invalid") for key, url in standin.settings().items()}
    place = new_place(standin, tmp_path, **names)
    assert_same(read_set(fetch_set(plan_for(WHO, YEAR, place), place)[0]), baseline)


def test_a_certificate_that_is_not_trusted_is_told(standin, tmp_path):
    place = new_place(standin, tmp_path, bron_cbs=standin.settings()["bron_cbs"].replace("http:", "https:"))
    with pytest.raises(Fout, match="REQUESTS_CA_BUNDLE"):
        plan_for(WHO, YEAR, place)


# --- the table itself changes --------------------------------------------------------------------------


def change_table(server, number: str, change, service: str = "cbs") -> None:
    server.content.tables[(service, number)] = change(server.content.tables[(service, number)].copy())


def test_other_suffixes_make_no_difference(standin, place, baseline):
    change_table(standin, "85984NED", lambda frame: shifted(frame, 40))
    found = read_set(fetch_set(plan_for(WHO, YEAR, place), place)[0])["85984NED_2024.parquet"]
    expected = baseline["85984NED_2024.parquet"]
    assert list(found.columns) != list(expected.columns)
    assert (found.to_numpy()[:, 7:20] == expected.to_numpy()[:, 7:20]).all()


def test_a_table_without_inhabitants_is_refused(standin, place):
    change_table(standin, "85984NED", lambda f: f.drop(columns=[c for c in f if c.startswith("AantalInwoners")]))
    fails(place, plan_for(WHO, YEAR, place), "85984NED.*inwoners")


def test_a_table_without_one_other_figure_is_used(standin, place, baseline):
    change_table(standin, "85618NED", lambda f: f.drop(columns=[c for c in f if c.startswith("WmoClienten_")]))
    found = read_set(fetch_set(plan_for(WHO, YEAR, place), place)[0])["85618NED_2023.parquet"]
    gone = set(baseline["85618NED_2023.parquet"]) - set(found)
    assert {c.split("_")[0] for c in gone} == {"WmoClienten"}


def test_a_needed_table_that_is_withdrawn_is_told(standin, place):
    plan = plan_for(WHO, YEAR, place)
    del standin.content.tables[("cbs", "85984NED")], standin.rows[("cbs", "85984NED")]
    fails(place, plan, "85984NED.*niet .meer. bij de bron.*ander jaar")


def test_an_older_table_stands_in_for_one_that_is_gone(standin, place):
    folder, remarks = fetch_set(fetch.plan_for(WHO, YEAR, place), place)
    files = {p.name for p in folder.iterdir()}
    assert "50120NED_2022.parquet" in files and not any("50150NED" in name for name in files)
    assert len(remarks) == 1 and "50150NED" in remarks[0]


def test_a_table_renewed_while_fetching_is_not_mixed(standin, place):
    plan = plan_for(WHO, YEAR, place)

    def trouble(handler, path, query) -> bool:
        if is_rows(path) and "85984NED" in path:
            standin.content.modified["85984NED"] = "2025-11-11T02:00:00"
        return False

    standin.trouble = trouble
    fails(place, plan, "tijdens het ophalen vernieuwd")


# --- boundaries ----------------------------------------------------------------------------------------


def is_buurten(path: str) -> bool:
    return path.endswith("/buurten/items")


def fewer_areas(handler, path, query):
    body = handler.answer(path, query)
    body["features"] = body["features"][: len(body["features"]) // 2]
    handler.send_json({**body, "numberReturned": len(body["features"])})


def test_boundaries_that_are_missing_are_noticed(standin, place):
    plan = plan_for(WHO, YEAR, place)
    spoil(standin, fewer_areas, float("inf"), is_buurten)
    fails(place, plan, "bewoonde buurten")


def test_fewer_areas_than_announced_are_noticed(standin, place):
    plan = plan_for(WHO, YEAR, place)

    def fault(handler, path, query):
        body = handler.answer(path, query)
        handler.send_json({**body, "features": body["features"][1:]})

    spoil(standin, fault, float("inf"), is_buurten)
    fails(place, plan, "minder buurten")


def test_the_next_page_may_not_lead_elsewhere(standin, place):
    plan = plan_for(WHO, YEAR, place)

    def fault(handler, path, query):
        body = handler.answer(path, query)
        handler.send_json({**body, "links": [{"rel": "next", "href": "http://elders.invalid/items"}]})

    spoil(standin, fault, float("inf"), is_buurten)
    fails(place, plan, "elders.invalid")


# --- stopping, killing, and a full disk ----------------------------------------------------------------


def test_stopping_keeps_the_old_data(standin, place):
    plan = plan_for(WHO, YEAR, place)
    standin.trouble = lambda h, p, q: is_rows(p) and place.client.progress.stop() or False
    place.settings.database.write_bytes(OLD)
    with pytest.raises(Gestopt, match="gestopt"):
        fetch_and_build(plan, place)
    assert place.settings.database.read_bytes() == OLD


CHILD = """
import sys
sys.path.insert(0, {root!r})
from dataclasses import replace
from pathlib import Path
from wwz.errors import Fout
from wwz.fetch import odata3
from wwz.fetch.client import Client, Limits
from wwz.fetch.fetch import fetch_and_build, plan_for
from wwz.fetch.items import Workplace
from wwz.fetch.progress import Progress
from wwz.settings import Settings
odata3.rules()["rijen_per_pagina"] = 20
folder = Path({folder!r})
settings = Settings(database=folder / "wwz.duckdb", **{addresses!r})
place = Workplace(settings, Client(Progress(), Limits(attempts=2, back_off=0.01)), folder / "opgehaald" / "paginas")
{before}
try:
    fetch_and_build(plan_for(("Duinmonde",), 2024, place), place)
except Fout as fout:
    print("FOUT", *fout.zinnen)
"""


def child(standin, folder: Path, before: str = "") -> subprocess.Popen:
    code = CHILD.format(root=str(ROOT), folder=str(folder), addresses=standin.settings(), before=before)
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_killed_half_way_and_started_again_goes_on(standin, place, tmp_path, baseline):
    place.settings.database.write_bytes(OLD)
    waiting = []

    def trouble(handler, path, query) -> bool:
        if is_rows(path) and "85618NED" in path and query["$skip"] == str(PAGE):
            waiting.append(path)
            time.sleep(20)
        return False

    standin.trouble = trouble
    process = child(standin, tmp_path)
    deadline = time.monotonic() + 20
    while not waiting and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert waiting and place.settings.database.read_bytes() == OLD
    standin.trouble = None
    done = {path for path in standin.log if "TypedDataSet?" in path and "85984NED" in path}
    assert len(done) >= 2
    standin.log.clear()
    folder, _ = fetch_set(plan_for(WHO, YEAR, place), place)
    assert_same(read_set(folder), baseline)
    assert not done & set(standin.log)
    assert any("TypedDataSet?" in path and "85618NED" in path for path in standin.log)


def test_a_full_disk_is_told(standin, place, tmp_path):
    """A real limit of the system on the size of files stands for the disk."""
    place.settings.database.write_bytes(OLD)
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (2500, 2500))"
    said, errors = child(standin, tmp_path, limit).communicate(timeout=30)
    assert said.startswith("FOUT De schijf is vol."), said + errors
    assert place.settings.database.read_bytes() == OLD
    assert not list(tmp_path.rglob("*.nieuw-*"))


def test_a_damaged_page_on_disk_is_fetched_again(standin, place, baseline):
    plan = plan_for(WHO, YEAR, place)
    fetch_set(plan, place)
    for path in place.paginas.rglob("*.json.gz"):
        path.write_bytes(path.read_bytes()[:-20])
    assert_same(read_set(fetch_set(plan, place)[0]), baseline)
