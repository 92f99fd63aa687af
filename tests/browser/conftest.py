"""A real browser on a real app, for every test in this folder."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from eenmaal import once, running
from kijken_hulp import SETTLED

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
SIZE = {"width": 1400, "height": 900}


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

    def check(self) -> None:
        """Nothing went wrong in it, and nobody else was asked anything."""
        assert (self.foreign, self.errors) == ([], [])

    def close(self) -> None:
        """Leave nothing behind that the next page of the same browser could find."""
        if urlsplit(self.page.url).hostname in _OWN_HOSTS:
            self.page.evaluate("localStorage.clear()")
        self.page.context.clear_cookies()
        self.page.close()


@pytest.fixture(scope="session")
def find_port() -> Callable[[], int]:
    """``find_port() -> port``: for who has to know where a server will be before it starts."""
    return free_port


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def example(tmp_path_factory) -> Path:
    """The example region as `bouw` makes it."""

    def make(folder: Path) -> None:
        command = [sys.executable, "-m", "wwz", "bouw", "--database", str(folder / "wwz.duckdb")]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)

    return once(tmp_path_factory, "product", make) / "wwz.duckdb"


@pytest.fixture(scope="session")
def product(tmp_path_factory, example) -> Iterator[Callable[..., str]]:
    """``product(name, base="") -> url``: the product's own server on an example region of that name, until the tests end.

    What a visitor adds is kept beside the database: who writes asks another name than who only looks.
    """
    with ExitStack() as servers:

        def serve(name: str, base: str = "") -> str:
            def start(folder: Path) -> tuple[subprocess.Popen, str]:
                database, port = Path(shutil.copy2(example, folder)), free_port()
                command = ["-m", "wwz", "start", "--database", str(database), "--poort", str(port)]
                environment = {"HOST": "127.0.0.1", "STREAMLIT_SERVER_BASE_URL_PATH": base}
                return _started(command, ROOT, folder, port, base, environment)

            return servers.enter_context(running(tmp_path_factory, name, start))[0]

        yield serve


@pytest.fixture(scope="module")
def server_with(example) -> Iterator[Callable[..., str]]:
    """``server_with(folder, port, environment) -> url``: a server of one module, for settings that no other test has."""
    started: list[subprocess.Popen] = []

    def serve(folder: Path, port: int, environment: dict[str, str]) -> str:
        database = shutil.copy2(example, folder)
        command = ["-m", "wwz", "start", "--database", str(database), "--poort", str(port)]
        process, url = _started(command, ROOT, folder, port, "", {"HOST": "127.0.0.1", **environment})
        started.append(process)
        return url

    yield serve
    for process in started:
        process.terminate()
        process.wait(30)


@pytest.fixture(scope="session")
def part_of_a_page(tmp_path_factory) -> Iterator[Callable[[str, str], str]]:
    """``part_of_a_page(name, program) -> url``: a page with nothing but this on it; all are of one server."""

    def start(folder: Path) -> tuple[subprocess.Popen, str]:
        (folder / "static").mkdir(exist_ok=True)
        (folder / "app.py").write_text(PARTS, encoding="utf-8")
        port = free_port()
        options = {
            "server.port": port,
            "server.address": "127.0.0.1",
            "server.headless": "true",
            "server.enableStaticServing": "true",
            "server.fileWatcherType": "none",
            "browser.gatherUsageStats": "false",
        }
        command = [
            "-m",
            "streamlit",
            "run",
            "app.py",
            *(f"--{key}={value}" for key, value in options.items()),
        ]
        path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
        return _started(command, folder, folder, port, "", {"PYTHONPATH": path})

    with running(tmp_path_factory, "onderdelen", start) as (url, folder):

        def show(name: str, program: str) -> str:
            (folder / f"{name}.py").write_text(program, encoding="utf-8")
            return f"{url}?onderdeel={name}"

        yield show


# Runs the part that the link names.
PARTS = """
from pathlib import Path
import streamlit as st
part = Path(__file__).with_name(st.query_params["onderdeel"] + ".py")
exec(compile(part.read_text("utf-8"), str(part), "exec"), {"__name__": "onderdeel", "__file__": str(part)})
"""


def _started(command, place, folder, port, base, environment) -> tuple[subprocess.Popen, str]:
    """A server that answers, and its address."""
    log = folder / "server.log"
    with log.open("w") as lines:
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=place,
            env={**os.environ, **environment},
            stdout=lines,
            stderr=subprocess.STDOUT,
        )
    url = f"http://127.0.0.1:{port}/{base + '/' if base else ''}"
    _wait(url + "_stcore/health", process, log)
    return process, url


def _wait(url: str, process: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)  # between two looks
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
def new_visitor(chromium) -> Callable[..., object]:
    """``new_visitor(**options) -> context``: a browser that keeps what it has read; to be closed by who asks."""

    def come(**options) -> object:
        usual = {"viewport": SIZE, "locale": "nl-NL"}
        context = chromium.new_context(**{**usual, **options})
        context.add_init_script(SETTLED)
        return context

    return come


@pytest.fixture(scope="session")
def visitor(new_visitor) -> Iterator[object]:
    """The visitor of most tests: only the first page has to fetch the scripts."""
    context = new_visitor()
    yield context
    context.close()


@pytest.fixture(scope="session")
def open_page(visitor) -> Callable[[], Visit]:
    """``open_page() -> visit``: a fresh page, which records every attempt to reach another host."""
    return lambda: Visit(visitor.new_page())


@pytest.fixture
def visit(open_page) -> Iterator[Visit]:
    """A fresh page for one test, without memory of an earlier one."""
    one = open_page()
    yield one
    one.close()
    one.check()


@pytest.fixture(scope="module")
def window_of_module(open_page) -> Iterator[Visit]:
    """See `window`."""
    one = open_page()
    yield one
    one.close()


@pytest.fixture
def window(window_of_module) -> Iterator[Visit]:
    """The window of all tests of a module, for tests that begin with going somewhere."""
    yield window_of_module
    window_of_module.page.set_viewport_size(SIZE)
    window_of_module.check()


@pytest.fixture(scope="session")
def url(product) -> str:
    """The product, for who only looks."""
    return product("kijken")


@pytest.fixture(scope="session")
def denhaag_url(tmp_path_factory, denhaag_store) -> Iterator[str]:
    """The product on Den Haag, for who only looks."""

    def start(folder: Path) -> tuple[subprocess.Popen, str]:
        database, port = Path(shutil.copy2(denhaag_store.path, folder)), free_port()
        command = ["-m", "wwz", "start", "--database", str(database), "--poort", str(port)]
        return _started(command, ROOT, folder, port, "", {"HOST": "127.0.0.1"})

    with running(tmp_path_factory, "kijken-denhaag", start) as (address, _):
        yield address


@pytest.fixture(scope="session")
def own_url(product) -> str:
    """The product, for who writes."""
    return product("schrijven")
