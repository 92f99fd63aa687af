"""A real municipality: what is known of its conditions from files, from a fetch alone, and from a fetch with what it brings itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from standin import Standin
from town import EDGE, GEMEENTE, serve_town, write_town
from workplaces import haal

from wwz.agenda import rows as agenda
from wwz.ask.area import find_area
from wwz.base.settings import Settings
from wwz.build.build import build
from wwz.fetch.choice import chosen_set
from wwz.sources.example_region import brought
from wwz.store import Store

pytestmark = pytest.mark.lang

# What can be told of a town with every file, and what a fetch alone tells of it.
MEASURED = {"nultrede", "winkels-1000", "ontmoeting-1000", "info-advies", "aanspreekpunt-passief"}
BOUNDED = {
    "rolstoelgeschikt", "ruimte-rolstoel", "ruimte-rollator", "begeleiding", "beugels", "huishoudelijke-verzorging",
    "persoonlijke-verzorging", "dagstructuur", "daginvulling", "beschermde-omgeving",
}  # fmt: skip
BROUGHT = {"info-advies", "aanspreekpunt-passief"}


@pytest.fixture(
    scope="module", params=[EDGE, pytest.param((), marks=pytest.mark.zwaar)], ids=["rand", "heel"]
)
def places(request, shared_data, tmp_path_factory) -> dict[str, pd.DataFrame]:
    """The necessary conditions of the town, by where they were read from: a fetch, or a fetch and own files."""
    folder = tmp_path_factory.mktemp("stad")
    region = write_town(shared_data, folder / "in", request.param)
    server = Standin(serve_town(folder / "in", region))
    (folder / "haal").mkdir()
    haal(server, folder / "haal", "--gemeente", "Den Haag")
    server.shutdown()
    server.server_close()
    own = folder / "eigen"
    own.mkdir()
    for name in brought.FILES:
        shutil.copy(folder / "in" / name, own)
    fetched = folder / "haal" / "wwz.duckdb"
    build(Settings(), (chosen_set(fetched), own), database=folder / "samen.duckdb")
    named = {"haal": "haal/wwz.duckdb", "haal en eigen": "samen.duckdb"}
    return {name: necessary(folder / path) for name, path in named.items()}


def necessary(database: Path) -> pd.DataFrame:
    store = Store(database)
    rows = agenda.of_area(store, find_area(store, (GEMEENTE,))).rows
    store.close()
    return rows[rows["graad"] == "N"].set_index("randvoorwaarde")


def known(rows: pd.DataFrame) -> set[str]:
    return set(rows.index[rows["soort"] != "eerst uitzoeken"])


def check_everything_known(rows: pd.DataFrame) -> None:
    assert len(rows) == 28 and set(rows.index[rows["soort"] == "gemeten"]) == MEASURED
    assert known(rows) == MEASURED | BOUNDED


@pytest.mark.zwaar
def test_with_every_file_15_of_28_necessary_conditions_are_known_or_bounded_and_5_measured(
    shared_data, tmp_path
):
    write_town(shared_data, tmp_path / "in")
    build(Settings(), (tmp_path / "in",), database=tmp_path / "stad.duckdb")
    check_everything_known(necessary(tmp_path / "stad.duckdb"))


def test_a_fetch_and_own_files_tell_as_much_as_every_file(places):
    check_everything_known(places["haal en eigen"])


def test_a_fetch_alone_tells_all_but_what_the_municipality_itself_knows(places):
    rows = places["haal"]
    assert len(rows) == 28 and known(rows) == (MEASURED | BOUNDED) - BROUGHT
    # Of homes without stairs the building tells something; that of each home only a list does.
    assert set(rows.index[rows["soort"] == "gemeten"]) == {"winkels-1000", "ontmoeting-1000"}
