"""A real browser on a real app, for every test in this folder."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from eenmaal import once

ROOT = Path(__file__).resolve().parents[2]
_OWN_HOSTS = {"localhost", "127.0.0.1"}
_QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    # Other hosts are refused here: a route in the driver would switch off the browser's memory of what it has read.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
_START_SECONDS = 90

StartApp = Callable[..., str]


@dataclass
class Visit:
    """A page, every request it tried to make to a host that is not ours (all refused), and every error in it."""

    page: object
    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", self._guard)
        self.page.on("websocket", self._guard)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _guard(self, sent) -> None:
        address = urlsplit(sent.url)
        if address.scheme not in {"data", "blob", "about"} and address.hostname not in _OWN_HOSTS:
            self.foreign.append(sent.url)

    def close(self) -> None:
        """Leave nothing behind that the next page of the same browser could find."""
        if urlsplit(self.page.url).hostname in _OWN_HOSTS:
            self.page.evaluate("localStorage.clear()")
        self.page.context.clear_cookies()
        self.page.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def example_copy(tmp_path_factory) -> Callable[[str], Path]:
    """``example_copy(name) -> database``: the example region as `bouw` makes it, in a folder of its own.

    What a visitor adds is kept beside the database: tests that write must not see each other's.
    """

    def make(folder: Path) -> None:
        command = [sys.executable, "-m", "wwz", "bouw", "--database", str(folder / "wwz.duckdb")]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)

    def copy(name: str) -> Path:
        made = once(tmp_path_factory, "product", make)
        return Path(shutil.copy2(made / "wwz.duckdb", tmp_path_factory.mktemp(name)))

    return copy


@pytest.fixture(scope="session")
def start_app() -> Iterator[StartApp]:
    """``start_app(app_path, cwd, args) -> url``: runs a Streamlit app until the tests end."""
    running: list[subprocess.Popen] = []

    def start(app_path: Path, cwd: Path, args: Sequence[str] = ()) -> str:
        port = free_port()
        base = next((args[i + 1].strip("/") for i, a in enumerate(args) if a == "--server.baseUrlPath"), "")
        options = {
            "server.port": port,
            "server.address": "127.0.0.1",
            "server.headless": "true",
            "server.enableStaticServing": "true",
            "server.fileWatcherType": "none",
            "browser.gatherUsageStats": "false",
        }
        command = [sys.executable, "-m", "streamlit", "run", str(app_path)]
        command += [part for key, value in options.items() for part in (f"--{key}", str(value))] + list(args)
        path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
        log = (cwd / "app.log").open("w+")
        process = subprocess.Popen(
            command, cwd=cwd, env={**os.environ, "PYTHONPATH": path}, stdout=log, stderr=subprocess.STDOUT
        )
        running.append(process)
        url = f"http://127.0.0.1:{port}/{base + '/' if base else ''}"
        _wait(url + "_stcore/health", process, Path(log.name))
        return url

    yield start
    _stop(running)


@pytest.fixture(scope="session")
def start_product() -> Iterator[StartApp]:
    """``start_product(database, folder, base="") -> url``: the product's own server, until the tests end."""
    running: list[subprocess.Popen] = []

    def start(database: Path, folder: Path, base: str = "") -> str:
        port = free_port()
        command = [sys.executable, "-m", "wwz", "start", "--database", str(database), "--poort", str(port)]
        environment = {**os.environ, "HOST": "127.0.0.1", "STREAMLIT_SERVER_BASE_URL_PATH": base}
        log = (folder / f"server-{port}.log").open("w+")
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        running.append(process)
        url = f"http://127.0.0.1:{port}/{base + '/' if base else ''}"
        _wait(url + "_stcore/health", process, Path(log.name))
        return url

    yield start
    _stop(running)


def _stop(running: list[subprocess.Popen]) -> None:
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(url: str, process: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"the app did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """A running Chromium; without one the tests skip, or fail where the browser is obligatory."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = os.environ.get("WWZ_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if program is None:
        _unavailable("no Chromium found (set WWZ_CHROMIUM to its path)")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _unavailable("playwright is not installed")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=_QUIET)
        yield browser
        browser.close()


def _unavailable(reason: str) -> None:
    if os.environ.get("WWZ_BROWSER_VERPLICHT") == "1":
        pytest.fail(f"browser test obligatory, but {reason}")
    pytest.skip(f"browser test: {reason}")


@pytest.fixture(scope="session")
def visitor(chromium) -> Iterator[object]:
    """A browser at 1400 × 900 that keeps what it has read: only the first page has to fetch the scripts."""
    context = chromium.new_context(viewport={"width": 1400, "height": 900}, locale="nl-NL")
    yield context
    context.close()


@pytest.fixture(scope="session")
def open_page(visitor) -> Callable[[], Visit]:
    """``open_page() -> visit``: a fresh page, which records every attempt to reach another host."""
    return lambda: Visit(visitor.new_page())


@pytest.fixture
def browser_page(open_page) -> Iterator[Visit]:
    """A fresh page for one test, without memory of an earlier one."""
    visit = open_page()
    yield visit
    visit.close()


@pytest.fixture(scope="session")
def database(example_copy):
    return example_copy("product")


@pytest.fixture(scope="session")
def url(start_product, database):
    return start_product(database, database.parent)


@pytest.fixture
def visit(browser_page):
    yield browser_page
    assert browser_page.foreign == []
    assert browser_page.errors == []
