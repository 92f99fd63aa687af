"""Every way a source can fail: complete and checked data, or the old data untouched and one Dutch sentence."""

from __future__ import annotations

import socket
import time
from dataclasses import replace

import pytest
from faults import (
    FAULTS,
    PAGE,
    WHO,
    YEAR,
    assert_same,
    duplicate,
    empty_page,
    fails,
    impatient,
    is_rows,
    plan_for,
    read_set,
    spoil,
    too_busy,
)
from workplaces import QUICK, new_place

from wwz.base.errors import Fout
from wwz.fetch.fetch import fetch_set

pytestmark = [pytest.mark.lang, pytest.mark.usefixtures("small_pages")]
A_MATTER_OF_TIME = ("druppelt", "slaapt")


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_that_passes_leaves_no_trace(name, standin, place, baseline):
    plan = plan_for(WHO, YEAR, place)
    if name in A_MATTER_OF_TIME:
        impatient(place)
    spoil(standin, FAULTS[name][0], 1)
    assert_same(read_set(fetch_set(plan, place)[0]), baseline)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_that_stays_is_told_and_nothing_changes(name, standin, place):
    fault, words = FAULTS[name]
    plan = plan_for(WHO, YEAR, place)
    if name in A_MATTER_OF_TIME:
        impatient(place)
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
    standin.trouble = lambda h, p, q: (
        is_rows(p) and int(q["$skip"]) >= 2 * PAGE and (empty_page(h, p, q) or True)
    )
    fails(place, plan, "0 rijen")


def test_a_refused_connection_is_told(standin, place, tmp_path):
    plan = plan_for(WHO, YEAR, place)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = new_place(standin, tmp_path, bron_cbs=f"http://127.0.0.1:{free.getsockname()[1]}/odata")
        fails(nobody, plan, "niet te bereiken.*de proxy")


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
    fails(place, plan, "proxy.*beheerder")


def test_a_proxy_that_works_is_used(standin, tmp_path, monkeypatch, baseline):
    """The stand-in itself is the proxy: the services have names that do not exist."""
    monkeypatch.setenv("HTTP_PROXY", standin.url)
    monkeypatch.setenv("NO_PROXY", "")
    names = {key: url.replace(standin.url, "http://bron.invalid") for key, url in standin.settings().items()}
    place = new_place(standin, tmp_path, **names)
    assert_same(read_set(fetch_set(plan_for(WHO, YEAR, place), place)[0]), baseline)


def test_https_where_there_is_none_is_not_called_a_certificate(standin, tmp_path):
    """Other trouble with a safe connection may pass, so it is tried again; a certificate that is not trusted stays."""
    place = new_place(standin, tmp_path, bron_cbs=standin.settings()["bron_cbs"].replace("http:", "https:"))
    tries = []
    place.client.progress.wait = tries.append
    with pytest.raises(Fout, match="geen veilige verbinding.*later opnieuw") as found:
        plan_for(WHO, YEAR, place)
    assert len(tries) >= QUICK.attempts - 1 and "certifica" not in found.value.zinnen[0]
