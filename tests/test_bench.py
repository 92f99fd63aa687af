"""The benches that visit a running dashboard keep working: what they ask is answered, and what they print has numbers."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from wwz.base.paths import STATIC
from wwz.ui.shared import ahead

BENCH = Path(__file__).resolve().parent.parent / "bench"
sys.path.insert(0, str(BENCH))
import paginas  # noqa: E402
import server_hulp  # noqa: E402
import sessies  # noqa: E402
from sessie_hulp import Visitor, at_rest  # noqa: E402

COUNTERS = server_hulp.free_port()


@pytest.fixture(scope="module")
def server(voorbeeld_store) -> Iterator[server_hulp.Server]:
    port = server_hulp.free_port()
    command = [
        sys.executable, "-m", "wwz", "start", "--database", str(voorbeeld_store.path), "--poort", str(port)
    ]  # fmt: skip
    environment = {"WWZ_VOORUIT": "1", "METINGEN_POORT": str(COUNTERS)}
    with server_hulp.running(command, port, environment) as started:
        yield started


def _counter(name: str) -> float:
    with urlopen(f"http://127.0.0.1:{COUNTERS}/", timeout=60) as answer:
        lines = answer.read().decode().splitlines()
    return float(next(line for line in lines if line.startswith(f"{name} ")).split()[1])


@pytest.mark.zwaar
def test_the_first_visitor_of_a_screen_has_nothing_worked_out(server):
    """The house went first: all screens of the whole area are there (`wwz/ui/shared/ahead.py`)."""
    end = time.monotonic() + 300
    while _counter("wwz_screens_total") < len(ahead.pages()) or _counter("wwz_screens_busy"):
        assert time.monotonic() < end
        at_rest(server.pid)
    before = _counter("wwz_answers_missed_total")
    for page in ("", "wijkagenda", "wijkprofiel", "toekomst", "exporteren", "voorzieningen"):
        with Visitor(server.url) as visitor:
            assert visitor.visit(page, "", 120)
    assert _counter("wwz_answers_missed_total") == before


def test_a_screen_is_measured_beside_an_empty_page(server, capsys):
    paginas.table(server.url, server.pid, ["toegankelijkheid"], "", 1)
    _, empty, ours = capsys.readouterr().out.splitlines()
    assert empty.startswith("(leeg)") and ours.startswith("Toegankelijkheid")
    assert float(ours.split()[-1]) > float(empty.split()[-1]) > 0, (
        "a screen of ours sends more than an empty one"
    )


def test_another_layer_sends_the_map_first_and_nothing_that_stays_or_is_not_looked_at(server):
    """Neither the other choices, nor the table and the ladder below; beside the map itself a few kilobytes."""
    with Visitor(server.url) as visitor:
        assert visitor.visit("", "", 120)
        page = [kind for kind, _ in visitor.parts]
        assert visitor.choose("Laag", 4)
        kinds = [kind for kind, _ in visitor.parts]
        layer = "".join(visitor.texts)
    assert {"selectbox", "button_group"} <= set(page)
    assert kinds[0] == "component_instance" and kinds.count("component_instance") == 1
    assert set(kinds) <= {"component_instance", "radio", "html", "page_link", "bidi_component"}
    assert "regie" in layer
    assert sum(size for kind, size in visitor.parts if kind != "component_instance") < 8_000


def test_the_page_of_a_map_and_the_script_of_a_table_are_served(server):
    """What is declared before the framework runs is not: a map would stay empty."""
    with Visitor(server.url) as visitor:
        assert visitor.visit("", "", 120)
    scripts = sorted((STATIC / "vendor").glob("wwz-table-*.js"), key=lambda path: path.stat().st_mtime)
    for address in (
        "component/streamlit_folium.st_folium/index.html",
        f"app/static/vendor/{scripts[-1].name}",
    ):
        with urlopen(server.url + address, timeout=60) as answer:
            assert answer.status == 200 and answer.read()


def test_an_evening_of_a_few_visitors_is_measured(server):
    seen = sessies.evening(
        server.url, sessies.Plan(sessions=2, think=0.2, lasts=0.2), everywhere="handleiding"
    )
    assert seen.seconds and not seen.failed
    assert "p95" in seen.line("wijzer", 1.0)
