"""Stopped, killed, or without room: the old data stays, and the next time goes on with what there is."""

from __future__ import annotations

import multiprocessing
import os
import resource
import time
from dataclasses import replace
from pathlib import Path

import pytest
from faults import OLD, PAGE, WHO, YEAR, assert_same, is_rows, plan_for, read_set
from workplaces import QUICK

from wwz.errors import Fout
from wwz.fetch.client import Client
from wwz.fetch.fetch import fetch_and_build, fetch_set
from wwz.fetch.items import Workplace
from wwz.fetch.progress import Gestopt, Progress
from wwz.settings import Settings

pytestmark = pytest.mark.usefixtures("small_pages")


def test_stopping_keeps_the_old_data(standin, place):
    plan = plan_for(WHO, YEAR, place)
    standin.trouble = lambda h, p, q: is_rows(p) and place.client.progress.stop() or False
    place.settings.database.write_bytes(OLD)
    with pytest.raises(Gestopt, match="gestopt"):
        fetch_and_build(plan, place)
    assert place.settings.database.read_bytes() == OLD


def child(standin, folder: Path, file_limit: int = 0) -> multiprocessing.Process:
    """A fetch in a process of its own, that can be killed or get a full disk; what it says comes in gezegd.txt."""

    def run() -> None:
        if file_limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, file_limit))
        settings = Settings(database=folder / "wwz.duckdb", **standin.settings())
        place = Workplace(
            settings, Client(Progress(), replace(QUICK, read=20, total=30)), folder / "opgehaald" / "paginas"
        )
        try:
            fetch_and_build(plan_for(WHO, YEAR, place), place)
        except Fout as fout:
            (folder / "gezegd.txt").write_text(" ".join(fout.zinnen), encoding="utf-8")
        os._exit(0)

    process = multiprocessing.get_context("fork").Process(target=run)
    process.start()
    return process


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
    process.kill()
    process.join()
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
    process = child(standin, tmp_path, file_limit=2500)
    process.join(30)
    said = (tmp_path / "gezegd.txt").read_text(encoding="utf-8")
    assert said.startswith("De schijf is vol. De gegevens van nu blijven staan. Maak ruimte"), said
    assert place.settings.database.read_bytes() == OLD
    assert not list(tmp_path.rglob("*.nieuw-*"))


def test_a_damaged_page_on_disk_is_fetched_again(standin, place, baseline):
    plan = plan_for(WHO, YEAR, place)
    fetch_set(plan, place)
    for path in place.paginas.rglob("*.json.gz"):
        path.write_bytes(path.read_bytes()[:-20])
    assert_same(read_set(fetch_set(plan, place)[0]), baseline)
