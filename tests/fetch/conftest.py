"""A stand-in server per test, and everything a fetch needs to talk to it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import contents
from contents import squares
from eenmaal import once
from faults import PAGE, WHO, YEAR, plan_for, read_set
from standin import Content, Standin
from workplaces import change_rules, haal, new_place, write_config

from wwz.fetch.fetch import fetch_set
from wwz.fetch.items import Workplace


@pytest.fixture(scope="session")
def example_content(voorbeeld_folder) -> Content:
    return contents.example(voorbeeld_folder)


@pytest.fixture(scope="session")
def shared_content(shared_data, nederland_data) -> Content:
    return contents.shared(shared_data)


@pytest.fixture
def standin(example_content) -> Iterator[Standin]:
    """Serves the example region; a test may change what it serves."""
    server = Standin(
        replace(
            example_content,
            tables=dict(example_content.tables),
            layers=dict(example_content.layers),
            modified={},
            v4=set(),
            files=dict(example_content.files),
        )
    )
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def place(standin, tmp_path) -> Workplace:
    """A workplace with short time-outs, its database in tmp_path."""
    return new_place(standin, tmp_path)


@pytest.fixture
def configured(standin, tmp_path, monkeypatch) -> Path:
    """The command talks to the stand-in; where its database would come."""
    monkeypatch.setenv("WWZ_CONFIG", str(write_config(tmp_path, standin)))
    monkeypatch.delenv("WWZ_DATABASE", raising=False)
    return tmp_path / "wwz.duckdb"


@pytest.fixture(scope="session")
def duinmonde(example_content, tmp_path_factory) -> Path:
    """One gemeente with the squares, fetched and built once by the command; what it said is beside the database."""
    layer = example_content.layers[(2024, "buurten")]
    content = replace(
        example_content,
        modified={"85984NED": "2025-06-30T02:00:00"},
        files={"2025-cbs_vk100_2024_v1.zip": squares(layer)},
    )
    return _fetched(content, tmp_path_factory, "--gemeente", "duinmonde", "--met-raster")


@pytest.fixture(scope="session")
def kustland(example_content, tmp_path_factory) -> Path:
    """A region of two gemeenten, fetched and built once by the command."""
    return _fetched(example_content, tmp_path_factory, "--regio", "zorgkantoorregio Kustland")


def _fetched(content: Content, tmp_path_factory, *arguments: str) -> Path:
    def make(folder: Path) -> None:
        server = Standin(content)
        (folder / "gezegd.txt").write_text(haal(server, folder, *arguments), encoding="utf-8")
        server.shutdown()
        server.server_close()

    return once(tmp_path_factory, arguments[1].replace(" ", "-"), make) / "wwz.duckdb"


@pytest.fixture
def small_pages(monkeypatch) -> None:
    """Several pages a table, so that there is something to lose between them."""
    change_rules(monkeypatch, rijen_per_pagina=PAGE)


@pytest.fixture(scope="session")
def baseline(example_content, tmp_path_factory) -> dict:
    """The set as it is without trouble: file → content."""
    server = Standin(example_content)
    place = new_place(server, tmp_path_factory.mktemp("goed"))
    found = read_set(fetch_set(plan_for(WHO, YEAR, place), place)[0])
    server.shutdown()
    server.server_close()
    return found
