"""Databases that many tests ask: each is built once for all workers, from real files or from the example region."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from eenmaal import once
from eigen_hulp import own_copy
from hypothesis import HealthCheck, settings
from postgres_hulp import Cluster, cluster

from wwz import store
from wwz.base.settings import Settings
from wwz.build.build import build
from wwz.sources.example import write_example_region
from wwz.store import Store

if "PYTEST_XDIST_WORKER" in os.environ:
    # Every processor has a worker of its own: more threads only wait for each other.
    store.THREADS = 1

# A busy machine is slow to make up input; that says nothing about what is tested.
settings.register_profile("wwz", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("wwz")
# Tests look at the steps between input and figure; test_served.py builds without them, as the product does.
os.environ["WWZ_STAPPEN"] = "1"
# A server that a test starts makes no screens that the test does not ask for.
os.environ["WWZ_VOORUIT"] = "0"
# Who asks for one of these starts programs of its own: a server, a build that is killed, a command as a user gives it.
PROGRAMS = {"subprocess", "multiprocessing", "server_hulp", "Visitor", "product", "house", "ledger_at"}
PICTURES = Path(os.environ.get("WWZ_BEELDEN") or Path(__file__).resolve().parent / "beelden")
REAL = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what a test needs by what it asks for, so that nobody has to remember it.

    A sweep says so itself (`lang`), and so does what takes a processor a quarter of a minute or more (`zwaar`).
    """
    for item in items:
        needs = set(getattr(item, "fixturenames", ()))
        call = getattr(item, "callspec", None)
        named = {value for value in call.params.values() if isinstance(value, str)} if call else set()
        if "chromium" in needs:
            item.add_marker("browser")
        if "nederland_data" in needs or "nederland_store" in named:
            item.add_marker("nederland")
        if PROGRAMS & (needs | set(vars(item.module))):
            item.add_marker("lang")


def pytest_terminal_summary(terminalreporter) -> None:
    """Say where the pictures of the screens are, when a test made some."""
    if "browser/test_visual.py" in str(terminalreporter.stats) and PICTURES.is_dir():
        terminalreporter.write_line(f"Beelden van alle schermen: {PICTURES}")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real open data; tests that need it skip where it is absent."""
    if not REAL.is_dir():
        pytest.skip(f"echte gegevens ontbreken: {REAL}")
    return REAL


@pytest.fixture(scope="session")
def nederland_data(shared_data) -> Path:
    """The folder of national tables. Who asks for it is marked `nederland`."""
    return shared_data / "nederland"


@pytest.fixture(scope="session")
def denhaag_store(shared_data, tmp_path_factory) -> Iterator[Store]:
    """Den Haag: 114 buurten, KWB 2019 and health 2020, one file."""
    yield from _built(shared_data / "denhaag", tmp_path_factory, "denhaag")


@pytest.fixture(scope="session")
def utrecht_store(shared_data, tmp_path_factory) -> Iterator[Store]:
    """Utrecht: two spreadsheets of Kerncijfers (2023, 2024) and distances 2023, no boundaries."""
    yield from _built(shared_data / "utrecht", tmp_path_factory, "utrecht")


@pytest.fixture(scope="session")
def drechtsteden_store(shared_data, tmp_path_factory) -> Iterator[Store]:
    """Drechtsteden: 7 gemeenten of 2023 as GeoJSON, and seven files of points."""
    yield from _built(shared_data / "drechtsteden", tmp_path_factory, "drechtsteden")


@pytest.fixture(scope="session")
def nederland_store(nederland_data, tmp_path_factory) -> Iterator[Store]:
    """The country: tables of 2020, boundaries and figures of 2024. Takes the longest to build."""
    yield from _built(nederland_data, tmp_path_factory, "nederland")


@pytest.fixture(scope="session")
def voorbeeld_folder(tmp_path_factory) -> Path:
    """The files of the fictitious example region."""
    return (
        once(tmp_path_factory, "voorbeeldbestanden", lambda folder: write_example_region(folder / "in"))
        / "in"
    )


@pytest.fixture(scope="session")
def voorbeeld_store(voorbeeld_folder, tmp_path_factory) -> Iterator[Store]:
    """The fictitious example region."""
    yield from _built(voorbeeld_folder, tmp_path_factory, "voorbeeld")


@pytest.fixture
def own(voorbeeld_store, tmp_path) -> Iterator[Store]:
    """The example region at a place of its own, so that its ledger is empty."""
    store = own_copy(voorbeeld_store, tmp_path)
    yield store
    store.close()


@pytest.fixture(scope="module")
def postgresql() -> Iterator[Cluster | None]:
    """A PostgreSQL of the module's own; None on a machine without, which CI is not."""
    with cluster() as running:
        if running is None and os.environ.get("WWZ_BROWSER_VERPLICHT"):
            pytest.fail("PostgreSQL ontbreekt, en is hier verplicht")
        yield running


@pytest.fixture(scope="session")
def ask(tmp_path_factory):
    """Run a question of the test on a database."""
    folder = tmp_path_factory.mktemp("vragen")

    def run(store: Store, question: str) -> pd.DataFrame:
        path = folder / "vraag.sql"
        path.write_text(question, encoding="utf-8")
        return store.check(path)

    return run


def _built(folder: Path, tmp_path_factory, name: str) -> Iterator[Store]:
    def make(target: Path) -> None:
        build(Settings(), (folder,), database=target / "wwz.duckdb")

    store = Store(once(tmp_path_factory, name, make) / "wwz.duckdb")
    yield store
    store.close()
