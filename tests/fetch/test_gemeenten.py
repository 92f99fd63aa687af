"""From what people type to one gemeente, and the list of a year that this is looked up in."""

from __future__ import annotations

import time

import pytest
from workplaces import QUICK

from wwz.base.errors import Fout
from wwz.fetch import job as jobs
from wwz.fetch.gemeenten import LIST, choose, fetch_gemeenten, known_gemeenten
from wwz.fetch.lists import DAY, is_old
from wwz.fetch.regions import known_regions

# As CBS writes them.
REAL = {
    "GM0373": "Bergen (NH.)",
    "GM0893": "Bergen (L.)",
    "GM0748": "Bergen op Zoom",
    "GM0518": "'s-Gravenhage (gemeente)",
    "GM0164": "Hengelo (O.)",
    "GM0603": "Rijswijk (ZH.)",
    "GM0344": "Utrecht (gemeente)",
    "GM1900": "Súdwest-Fryslân",
}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Bergen (NH.)", "GM0373"),
        ("Bergen (L.)", "GM0893"),
        ("bergen nh", "GM0373"),
        ("gemeente Bergen (L)", "GM0893"),
        ("Bergen (Noord-Holland)", "GM0373"),
        ("Bergen (Limburg)", "GM0893"),
        ("gm0373", "GM0373"),
        ("Bergen op Zoom", "GM0748"),
        ("Den Haag", "GM0518"),
        ("'s-Gravenhage", "GM0518"),
        ("hengelo", "GM0164"),
        ("Rijswijk", "GM0603"),
        ("utrecht", "GM0344"),
        ("Sudwest Fryslan", "GM1900"),
        ("Zuidwest-Friesland", "GM1900"),
    ],
)
def test_a_name_means_one_gemeente(typed, code):
    assert choose((typed,), REAL) == ((code, REAL[code]),)


def test_a_name_of_two_gemeenten_asks_which():
    with pytest.raises(
        Fout,
        match=r"meer gemeenten.*'Bergen'.*Bergen \(Noord-Holland\) \(GM0373\) en Bergen \(Limburg\) \(GM0893\)",
    ):
        choose(("Bergen",), REAL)


def test_a_code_that_does_not_exist_is_told():
    with pytest.raises(Fout, match="'GM9999' bestaat niet"):
        choose(("GM9999",), REAL)


def test_every_year_has_its_own_list(standin, place):
    folder = place.paginas.parent
    all_names = dict(standin.content.names)
    fetch_gemeenten(place, folder, 2024)
    standin.content.names = dict(list(all_names.items())[1:])
    fetch_gemeenten(place, folder, 2023)
    assert (
        known_gemeenten(folder, 2024) == all_names and known_gemeenten(folder, 2023) == standin.content.names
    )
    standin.content.names = all_names
    # Of a year without a list: the newest there is.
    assert jobs.gemeenten(place.settings, 2019) == sorted(all_names.values())
    assert known_regions(folder, 2023) == ()


@pytest.mark.parametrize("v4", [False, True])
def test_a_list_that_was_cut_off_is_noticed(standin, place, v4):
    folder = place.paginas.parent
    if v4:
        standin.content.v4.add("85984NED")

    def trouble(handler, path, query) -> bool:
        if path.endswith("/WijkenEnBuurtenCodes" if v4 else "/WijkenEnBuurten"):
            body = handler.answer(path, query)
            handler.send_json({**body, "value": body["value"][:-1]})
            return True
        return False

    standin.trouble = trouble
    size = len(standin.content.names)
    with pytest.raises(Fout, match=f"stuurde {size - 1} van de {size} gemeenten"):
        fetch_gemeenten(place, folder, 2024)
    assert known_gemeenten(folder, 2024) == {}


def test_a_service_that_does_not_count_its_code_lists_still_gives_them(standin, place):
    standin.trouble = lambda h, p, q: (
        p.endswith("WijkenEnBuurten/$count") and (h.send(b"nee", 404, "text/plain") or True)
    )
    assert fetch_gemeenten(place, place.paginas.parent, 2024) == standin.content.names


def test_an_old_list_is_fetched_again(standin, place, monkeypatch):
    jobs.forget()
    monkeypatch.setattr(jobs, "PROBE", QUICK)
    folder, settings = place.paginas.parent, place.settings
    fetch_gemeenten(place, folder, 2024)
    assert not is_old(folder, LIST, 2024) and jobs.probe_once(settings, 2024) is None
    later = time.time() + 31 * DAY
    monkeypatch.setattr("wwz.fetch.lists.time.time", lambda: later)
    assert is_old(folder, LIST, 2024)
    job = jobs.probe_once(settings, 2024)
    assert job.klaar.wait(20) and job.fout is None and not is_old(folder, LIST, 2024)
