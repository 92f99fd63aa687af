"""Ways a source can fail, and what must be true of the outcome; shared by the tests of faults."""

from __future__ import annotations

import json
import re
import socket
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from wwz.base.errors import Fout
from wwz.build.fetched import fetch_and_build
from wwz.fetch import fetch
from wwz.fetch.choice import choose_set, chosen_set, fetch_folder
from wwz.fetch.plan import Plan
from wwz.sources.provenance import PROVENANCE

WHO = ("Duinmonde",)
YEAR = 2024
PAGE = 20
OLD = b"de oude database"
ENGLISH = re.compile(
    r"\b(error|failed|timeout|timed|connection|refused|traceback|none|null|the)\b", re.IGNORECASE
)


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
    body["value"] = [
        {k: v for k, v in row.items() if not k.startswith("AantalInwoners")} for row in body["value"]
    ]
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
    time.sleep(8)  # longer than anyone waits
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


def impatient(place) -> None:
    """For faults that are only a matter of time; the other tests must not fail on a busy machine."""
    place.client.limits = replace(place.client.limits, read=0.7, total=1.5)


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
    """Fetching fails with one Dutch sentence that matches, and nothing of what there was has changed: database and set."""
    database = place.settings.database
    database.write_bytes(OLD)
    before = set_in_use(database)
    with pytest.raises(Fout) as found:
        fetch_and_build(plan, place)
    assert len(found.value.zinnen) == 1
    text = found.value.zinnen[0]
    assert re.search(words, text), text
    assert text[-1] == "." and not ENGLISH.search(text), text
    assert database.read_bytes() == OLD
    assert_set_untouched(database, before)
    return text


def set_in_use(database: Path) -> dict[str, bytes]:
    """A set as an earlier fetch of the same area left it: file → content."""
    folder = fetch_folder(database) / "sets" / "2024-eerder"
    folder.mkdir(parents=True, exist_ok=True)
    for name in (PROVENANCE, "85984NED_2024.parquet", "grenzen_buurten_2024.geojson"):
        (folder / name).write_bytes(f"oud: {name}".encode())
    choose_set(database, folder)
    return files_in(folder)


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def assert_set_untouched(database: Path, before: dict[str, bytes]) -> None:
    """The set in use is the one that was, with the same content, and nothing else is left behind."""
    used = chosen_set(database)
    assert used is not None and files_in(used) == before
    assert [p.name for p in used.parent.iterdir()] == [used.name]


def change_table(server, number: str, change, service: str = "cbs") -> None:
    server.content.tables[(service, number)] = change(server.content.tables[(service, number)].copy())
