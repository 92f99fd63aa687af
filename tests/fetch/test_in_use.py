"""Which data the dashboard says that it shows: what the database says, whatever sets lie beside it."""

from __future__ import annotations

import json
import shutil

import pytest

from wwz.ask import in_use
from wwz.fetch.choice import choose_set, fetch_folder
from wwz.own import data as owndata
from wwz.sources.files import is_fictitious
from wwz.sources.provenance import PROVENANCE
from wwz.store import Store

EXAMPLE = "Nu staat de voorbeeldregio in het dashboard."


@pytest.fixture
def fetched(tmp_path):
    """A fetched set that the next build would read."""
    folder = fetch_folder(tmp_path / "wwz.duckdb") / "sets" / "een"
    folder.mkdir(parents=True)
    told = {"gemeenten": {"GM9999": "Elders"}, "jaar": 2024, "gemaakt": "2026-11-02T10:00:00"}
    (folder / PROVENANCE).write_text(json.dumps(told), encoding="utf-8")
    choose_set(tmp_path / "wwz.duckdb", folder)
    return folder


def beside(store: Store, folder) -> Store:
    shutil.copy(store.path, folder / "wwz.duckdb")
    return Store(folder / "wwz.duckdb")


def test_the_example_is_the_example_also_beside_a_fetched_set(voorbeeld_store, fetched, tmp_path):
    assert in_use.in_words(beside(voorbeeld_store, tmp_path)) == EXAMPLE


def test_real_files_are_not_the_example_nor_the_set_that_lies_beside_them(denhaag_store, fetched, tmp_path):
    store = beside(denhaag_store, tmp_path)
    assert "uit bestanden die op de server staan" in in_use.in_words(store)
    assert "Elders" not in in_use.in_words(store) and in_use.fetched_set(store) is None


def test_a_fetched_set_says_where_and_when(denhaag_store, fetched, tmp_path, monkeypatch):
    monkeypatch.setattr(owndata, "folders", lambda store: (fetched,))
    words = in_use.in_words(beside(denhaag_store, tmp_path))
    assert words == "Nu in het dashboard: Elders, grenzen van 2024, opgehaald op 02-11-2026 om 10:00."


def test_example_files_deeper_in_the_input_make_it_fictitious(voorbeeld_folder, tmp_path):
    """Made-up figures are never taken for real ones because their folder was given by its parent, or by one file."""
    assert is_fictitious((voorbeeld_folder.parent,))
    assert is_fictitious((next(voorbeeld_folder.glob("*.csv")),))
    assert not is_fictitious((tmp_path,))
