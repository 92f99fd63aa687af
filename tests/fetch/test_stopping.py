"""Stopped, killed, or without room: the old data stays, and the next time goes on with what there is."""

from __future__ import annotations

import multiprocessing
import os
import resource
import time
from dataclasses import replace
from pathlib import Path

import pytest
from faults import (
    OLD,
    PAGE,
    WHO,
    YEAR,
    assert_same,
    assert_set_untouched,
    fails,
    files_in,
    is_rows,
    plan_for,
    read_set,
    set_in_use,
)
from workplaces import QUICK

from wwz.base.errors import Fout
from wwz.base.settings import Settings
from wwz.build import fetched
from wwz.build.fetched import fetch_and_build
from wwz.fetch.choice import chosen_set, fetch_folder
from wwz.fetch.client import Client
from wwz.fetch.fetch import fetch_set
from wwz.fetch.items import Workplace
from wwz.fetch.lock import only_fetch
from wwz.fetch.progress import Gestopt, Progress

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
            (folder / "verloop.txt").write_text(
                "\n".join(place.client.progress.regels)[-2000:], encoding="utf-8"
            )
        os._exit(0)

    process = multiprocessing.get_context("fork").Process(target=run)
    process.start()
    return process


def test_killed_half_way_and_started_again_goes_on(standin, place, tmp_path, baseline):
    place.settings.database.write_bytes(OLD)
    before = set_in_use(place.settings.database)
    waiting = []

    def trouble(handler, path, query) -> bool:
        if is_rows(path) and "85618NED" in path and query["$skip"] == str(PAGE):
            waiting.append(path)
            time.sleep(20)  # until it is killed
        return False

    standin.trouble = trouble
    process = child(standin, tmp_path)
    deadline = time.monotonic() + 20
    while not waiting and time.monotonic() < deadline:
        time.sleep(0.05)  # between two looks
    process.kill()
    process.join()
    assert waiting and place.settings.database.read_bytes() == OLD
    assert files_in(chosen_set(place.settings.database)) == before
    standin.trouble = None
    done = {path for path in standin.log if "TypedDataSet?" in path and "85984NED" in path}
    assert len(done) >= 2
    standin.log.clear()
    folder, _ = fetch_set(plan_for(WHO, YEAR, place), place)
    assert_same(read_set(folder), baseline)
    assert not done & set(standin.log)
    assert any("TypedDataSet?" in path and "85618NED" in path for path in standin.log)


def said_by(process: multiprocessing.Process, folder: Path) -> str:
    process.join(60)
    return (folder / "gezegd.txt").read_text(encoding="utf-8")


def test_a_full_disk_is_told(standin, place, tmp_path):
    """A real limit of the system on the size of files stands for the disk."""
    place.settings.database.write_bytes(OLD)
    before = set_in_use(place.settings.database)
    said = said_by(child(standin, tmp_path, file_limit=2500), tmp_path)
    assert said.startswith("De schijf is vol. De gegevens van nu blijven staan. Maak ruimte"), said
    assert place.settings.database.read_bytes() == OLD
    assert not list(tmp_path.rglob("*.nieuw-*"))
    assert_set_untouched(place.settings.database, before)


def test_a_disk_that_is_full_while_building_is_told(standin, place, tmp_path):
    """Everything came and fits; the database that is made of it does not."""
    place.settings.database.write_bytes(OLD)
    before = set_in_use(place.settings.database)
    said = said_by(child(standin, tmp_path, file_limit=1_000_000), tmp_path)
    assert "De database wordt gemaakt" in (tmp_path / "verloop.txt").read_text(encoding="utf-8")
    assert said.startswith("De schijf is vol. De gegevens van nu blijven staan. Maak ruimte"), said
    assert place.settings.database.read_bytes() == OLD
    assert not list(tmp_path.rglob("*.nieuw-*"))
    assert_set_untouched(place.settings.database, before)


def test_a_build_that_fails_leaves_the_set_in_use(standin, place, monkeypatch):
    def broken(*given, **more):
        raise Fout("Er zijn geen cijfers gevonden.")

    monkeypatch.setattr(fetched, "build", broken)
    fails(place, plan_for(WHO, YEAR, place), "geen cijfers gevonden")


def test_going_back_to_the_example_that_fails_keeps_the_choice(place, monkeypatch):
    database = place.settings.database
    before = set_in_use(database)

    def broken(*given, **more):
        raise Fout("De schijf is vol.")

    monkeypatch.setattr(fetched, "build", broken)
    with pytest.raises(Fout, match="schijf is vol"):
        fetched.back_to_example(place.settings, Progress())
    assert_set_untouched(database, before)


@pytest.mark.zwaar
def test_a_good_fetch_of_the_same_area_takes_the_place_of_the_set(standin, place):
    set_in_use(place.settings.database)
    first = fetch_and_build(plan_for(WHO, YEAR, place), place).map
    second = fetch_and_build(plan_for(WHO, YEAR, place), place).map
    assert first != second and chosen_set(place.settings.database) == second
    assert [p.name for p in second.parent.iterdir()] == [second.name]


def test_a_fetch_that_another_program_is_busy_with_is_left_alone(standin, place):
    """Its folder is not in use yet, so nothing points to it; only one that was left behind long ago goes."""
    sets = fetch_folder(place.settings.database) / "sets"
    busy, left = sets / "2024-a.nieuw-1", sets / "2024-b.nieuw-2"
    for folder in (busy, left):
        folder.mkdir(parents=True)
    os.utime(left, (0, 0))
    done = fetch_and_build(plan_for(WHO, YEAR, place), place).map
    assert {p.name for p in sets.iterdir()} == {done.name, busy.name}


def test_a_file_that_disappeared_from_the_set_is_noticed(standin, place):
    plan = plan_for(WHO, YEAR, place)

    def trouble(handler, path, query) -> bool:
        if is_rows(path) and "85618NED" in path:
            for file in (place.paginas.parent / "sets").glob("*.nieuw-*/85984NED_2024.parquet"):
                file.unlink()
        return False

    standin.trouble = trouble
    fails(place, plan, "85984NED_2024.parquet is verdwenen")


def test_two_programs_do_not_fetch_at_the_same_time(standin, place, tmp_path):
    place.settings.database.write_bytes(OLD)
    with only_fetch(fetch_folder(place.settings.database)):
        said = said_by(child(standin, tmp_path), tmp_path)
        assert said.startswith("Er wordt al opgehaald") and said.count(".") == 3, said
        with pytest.raises(Fout, match="al opgehaald"):
            fetched.back_to_example(place.settings, Progress())
    assert place.settings.database.read_bytes() == OLD


def test_a_lock_of_a_program_that_was_killed_does_not_block(tmp_path):
    taken = multiprocessing.get_context("fork").Event()

    def hold() -> None:
        with only_fetch(tmp_path):
            taken.set()
            time.sleep(60)  # until it is killed

    process = multiprocessing.get_context("fork").Process(target=hold)
    process.start()
    assert taken.wait(20)
    with pytest.raises(Fout, match="al opgehaald"), only_fetch(tmp_path):
        pass
    process.kill()
    process.join()
    with only_fetch(tmp_path):
        pass


def test_a_damaged_page_on_disk_is_fetched_again(standin, place, baseline):
    plan = plan_for(WHO, YEAR, place)
    fetch_set(plan, place)
    for path in place.paginas.rglob("*.json.gz"):
        path.write_bytes(path.read_bytes()[:-20])
    assert_same(read_set(fetch_set(plan, place)[0]), baseline)
