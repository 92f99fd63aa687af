"""A stand-in server per test, and everything a fetch needs to talk to it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import contents
from standin import Content, Standin

from wwz.fetch.client import Client, Limits
from wwz.fetch.items import Workplace
from wwz.fetch.progress import Progress
from wwz.settings import Settings

QUICK = Limits(connect=1, read=1, total=2, megabyte=50, attempts=3, back_off=0.01, longest_wait=1)


@pytest.fixture(scope="session")
def example_content(voorbeeld_folder) -> Content:
    return contents.example(voorbeeld_folder)


@pytest.fixture(scope="session")
def shared_content(shared_data) -> Content:
    return contents.shared(shared_data)


@pytest.fixture
def standin(example_content) -> Iterator[Standin]:
    """Serves the example region; a test may change what it serves."""
    content = copy(example_content)
    server = Standin(replace(content, tables=dict(content.tables), layers=dict(content.layers), modified={}, v4=set()))
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def place(standin, tmp_path) -> Workplace:
    """A workplace with short time-outs, its database in tmp_path."""
    return new_place(standin, tmp_path)


def new_place(server: Standin, folder: Path, limits: Limits = QUICK, **settings) -> Workplace:
    chosen = Settings(database=folder / "wwz.duckdb", **{**server.settings(), **settings})
    return Workplace(chosen, Client(Progress(), limits), folder / "opgehaald" / "paginas")


@pytest.fixture
def make_place() -> Callable[..., Workplace]:
    return new_place
