"""A stand-in server per test, and everything a fetch needs to talk to it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import contents
from standin import Content, Standin
from workplaces import new_place

from wwz.fetch.items import Workplace


@pytest.fixture(scope="session")
def example_content(voorbeeld_folder) -> Content:
    return contents.example(voorbeeld_folder)


@pytest.fixture(scope="session")
def shared_content(shared_data) -> Content:
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
        )
    )
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def place(standin, tmp_path) -> Workplace:
    """A workplace with short time-outs, its database in tmp_path."""
    return new_place(standin, tmp_path)
