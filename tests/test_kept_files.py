"""Files with their content in their name: packed once, kept by the browser, and nothing else is given."""

from __future__ import annotations

import os
import shutil

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from wwz.ask.area import find_area, whole
from wwz.base.paths import STATIC
from wwz.maps.assets import install_assets
from wwz.ui.shared import early, state
from wwz.ui.shared.early import frame_links, kept_folders, links
from wwz.ui.shared.head import dressed
from wwz.web.kept import FOR_EVER, KeptFiles

TEXT = "abc" * 1000
NAME = "kaart-0123456789ab.js"


@pytest.fixture
def browser(tmp_path):
    (tmp_path / "in").mkdir()
    for name in (NAME, "in/letters.BsWL4Kly.woff2", "kaart.js"):
        (tmp_path / name).write_text(TEXT)
    (tmp_path.parent / f"buiten-{NAME}").write_text("geheim")
    kept = KeptFiles(PlainTextResponse("van de rest", 404), {"/app/static/": tmp_path})
    return TestClient(kept)


def test_a_file_is_packed_and_may_be_kept_for_ever(browser):
    answer = browser.get(f"/app/static/{NAME}")
    assert (answer.text, answer.headers["content-encoding"]) == (TEXT, "gzip")
    assert int(answer.headers["content-length"]) < len(TEXT) / 10
    assert answer.headers["cache-control"] == FOR_EVER
    assert answer.headers["content-type"].startswith("text/javascript")


def test_who_cannot_unpack_gets_it_as_it_is_and_letters_are_packed_already(browser):
    plain = browser.get(f"/app/static/{NAME}", headers={"accept-encoding": "identity"})
    letters = browser.get("/app/static/in/letters.BsWL4Kly.woff2")
    for answer in (plain, letters):
        assert answer.text == TEXT and "content-encoding" not in answer.headers
        assert answer.headers["vary"] == "accept-encoding"


@pytest.mark.parametrize(
    "path",
    [
        "kaart.js",
        "weg-0123456789ab.js",
        f"../buiten-{NAME}",
        f"%2e%2e/buiten-{NAME}",
        f"in/../../buiten-{NAME}",
        f"in//{NAME}",
        "",
    ],
)
def test_anything_else_is_left_to_the_rest(browser, path):
    assert browser.get(f"/app/static/{path}").text == "van de rest"
    assert browser.get(f"/elders/{NAME}").text == "van de rest"


def test_a_part_of_a_file_and_another_question_than_get_are_left_to_the_rest(browser):
    assert browser.get(f"/app/static/{NAME}", headers={"range": "bytes=0-9"}).text == "van de rest"
    assert browser.post(f"/app/static/{NAME}").text == "van de rest"


def test_a_file_that_was_written_anew_is_read_anew(browser, tmp_path):
    browser.get(f"/app/static/{NAME}")
    (tmp_path / NAME).write_text("anders")
    os.utime(tmp_path / NAME, (1, 1))
    assert browser.get(f"/app/static/{NAME}").text == "anders"


def test_what_the_page_asks_early_are_files_that_are_kept():
    """Of the framework, of the frame of a map, and of the map: under another version of one of them this fails."""
    install_assets(STATIC)
    kept = KeptFiles(PlainTextResponse("van de rest", 404), kept_folders("wwz"))
    asked = [part.split('"')[0] for part in links().split('href="')[1:]]
    inside = [part.split('"')[0] for part in frame_links().split('href="')[1:]]
    assert sum("/component/" in url for url in asked) == 1 and len(inside) == 2
    client = TestClient(kept)
    for url in [*(url.removeprefix("./") for url in asked), *(url.removeprefix("../../") for url in inside)]:
        assert client.get(f"/wwz/{url}").headers.get("cache-control") == FOR_EVER, url


PAGE = "<html><head><title>Streamlit</title></head><body></body></html>"
BORDERS = "app/static/kaart/buurt-gm0001-0123456789ab.geojson"
ASKED = f'(["./{BORDERS}"]);</script>'


@pytest.fixture
def served(own, monkeypatch):
    """The database of a server that has just started, before and after."""
    monkeypatch.setenv("WWZ_DATABASE", str(own.path))
    early.forget_first_map()
    yield state.store()
    early.forget_first_map()


def test_the_page_fetches_the_borders_of_the_first_map_early(served):
    """Nothing before a map was drawn; and what a map was last drawn with, seen from the page."""
    assert "wwzGrenzen" not in dressed(PAGE)
    early.remember_first_map(served, whole(served), [BORDERS])
    assert ASKED in dressed(PAGE)
    assert "wwzGrenzen" not in dressed(PAGE.replace("Streamlit", "Streamlit Folium Component"))


def test_what_one_visitor_chose_or_put_together_is_no_first_map(served):
    """Neither by itself nor after the map of all there is: every visitor gets the head of the page."""
    everything = whole(served)
    parts = everything.buurten[:2]
    theirs = [find_area(served, parts[:1]), find_area(served, parts)]
    for area in theirs:
        early.remember_first_map(served, area, ["app/static/kaart/van-een-ander.geojson"])
        assert "wwzGrenzen" not in dressed(PAGE)
    early.remember_first_map(served, everything, [BORDERS])
    for area in theirs:
        early.remember_first_map(served, area, ["app/static/kaart/van-een-ander.geojson"])
        assert ASKED in dressed(PAGE)


def test_the_first_map_is_of_the_database_that_is_there(served, tmp_path, monkeypatch):
    """Another one in its place, at another place, or a screen that still shows the one before."""
    early.remember_first_map(served, whole(served), [BORDERS])
    monkeypatch.setenv("WWZ_DATABASE", str(tmp_path / "elders.duckdb"))
    assert "wwzGrenzen" not in dressed(PAGE)
    monkeypatch.setenv("WWZ_DATABASE", str(served.path))
    assert ASKED in dressed(PAGE)
    was = served.path.resolve()
    served.path.unlink()
    assert "wwzGrenzen" not in dressed(PAGE)
    shutil.copyfile(was, served.path)
    assert "wwzGrenzen" not in dressed(PAGE)
    new = state.store()
    early.remember_first_map(new, whole(new), [BORDERS])
    early.remember_first_map(served, whole(served), ["app/static/kaart/van-vroeger.geojson"])
    assert ASKED in dressed(PAGE)
