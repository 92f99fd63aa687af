"""A fetch in the background: one at a time, stoppable, and it always ends in words."""

from __future__ import annotations

import threading

import pytest
from workplaces import QUICK

from wwz.base.errors import Fout
from wwz.base.settings import Settings
from wwz.fetch import job as jobs
from wwz.fetch.choice import fetch_folder


@pytest.fixture(autouse=True)
def no_job(monkeypatch):
    jobs.forget()
    monkeypatch.setattr(jobs, "PROBE", QUICK)


def finished(job: jobs.Job) -> jobs.Job:
    assert job.klaar.wait(20)
    return job


def test_only_one_runs_at_a_time():
    free = threading.Event()
    first = jobs.start("ophalen", lambda job: free.wait(10) and None)
    assert jobs.start("voorbeeld", lambda job: None) is first and first.bezig
    free.set()
    finished(first)
    assert jobs.start("voorbeeld", lambda job: None) is not first


def test_stopping_reaches_the_thread():
    job = jobs.start("ophalen", lambda job: job.progress.wait(30))
    job.progress.stop()
    assert "gestopt" in finished(job).fout.zinnen[0]


def test_a_mistake_of_ours_still_ends_in_a_sentence(caplog):
    job = finished(jobs.start("ophalen", lambda job: 1 / 0))
    assert job.fout.zinnen == (jobs.UNEXPECTED,) and "ZeroDivisionError" in caplog.text


def test_a_known_mistake_is_passed_on():
    def action(job: jobs.Job) -> None:
        raise Fout("De schijf is vol.")

    assert finished(jobs.start("ophalen", action)).fout.zinnen == ("De schijf is vol.",)


def test_the_probe_fills_the_list_of_gemeenten(standin, tmp_path):
    settings = Settings(database=tmp_path / "wwz.duckdb", **standin.settings())
    assert jobs.gemeenten(settings, 2024) == []
    assert finished(jobs.start_probe(settings, 2024)).fout is None
    assert jobs.gemeenten(settings, 2024) == sorted(standin.content.names.values())
    assert {r.code for r in jobs.regions(settings, 2024)} >= {"PV91", "GG9101", "ZK92"}


def test_the_probe_is_content_without_regions(standin, tmp_path):
    del standin.content.tables[("cbs", "85755NED")]
    settings = Settings(database=tmp_path / "wwz.duckdb", **standin.settings())
    assert finished(jobs.start_probe(settings, 2024)).fout is None
    assert jobs.gemeenten(settings, 2024) and jobs.regions(settings, 2024) == ()


def test_the_connection_is_looked_for_only_once(standin, tmp_path):
    settings = Settings(
        database=tmp_path / "wwz.duckdb",
        bron_cbs="http://127.0.0.1:9/odata",
        bron_cbs_v4="http://127.0.0.1:9/v4",
    )
    first = finished(jobs.probe_once(settings, 2024))
    assert first.fout and jobs.probe_once(settings, 2024) is first


def test_a_failed_job_can_be_done_again():
    tries = []

    def action(job: jobs.Job) -> None:
        tries.append(1)
        if len(tries) == 1:
            raise Fout("De bron heeft een storing.")

    job = finished(jobs.start("ophalen", action))
    assert job.fout and finished(job.opnieuw()).fout is None and len(tries) == 2


def test_without_internet_there_is_no_list_and_no_database(tmp_path):
    settings = Settings(
        database=tmp_path / "wwz.duckdb",
        bron_cbs="http://127.0.0.1:9/odata",
        bron_cbs_v4="http://127.0.0.1:9/v4",
    )
    assert "niet te bereiken" in finished(jobs.start_probe(settings, 2024)).fout.zinnen[0]
    assert jobs.gemeenten(settings, 2024) == [] and not fetch_folder(settings.database).exists()
