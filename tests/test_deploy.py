"""What docs/uitrollen.md sets up, run for real: the script that puts the program ready, two processes, and Caddy before them."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

pytestmark = pytest.mark.zwaar
ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
sys.path.insert(0, str(ROOT / "bench"))
from sessie_hulp import Visitor  # noqa: E402

START_SECONDS = 120


@dataclass
class House:
    """Where it runs: the program, the database that both processes read, the logs of both, and the address of the proxy."""

    program: Path
    database: Path
    logs: list[Path]
    url: str


@pytest.fixture(scope="module")
def house(voorbeeld_store, tmp_path_factory) -> Iterator[House]:
    caddy = shutil.which("caddy")
    if caddy is None:
        if os.environ.get("WWZ_BROWSER_VERPLICHT"):
            pytest.fail("Caddy ontbreekt, en is hier verplicht")
        pytest.skip("geen Caddy op deze machine")
    folder = tmp_path_factory.mktemp("uitgerold")
    # The environment of the tests: making one takes minutes, and says nothing about this.
    environment = {**os.environ, "WWZ_VENV": sys.prefix}
    script = ["sh", str(DEPLOY / "zet_klaar.sh"), str(folder / "wwz")]
    subprocess.run(script, env=environment, check=True, capture_output=True, timeout=300)
    database = Path(shutil.copy2(voorbeeld_store.path, folder / "wwz.duckdb"))
    settings = f'[opslag]\ndatabase = "{database}"\n[log]\nvorm = "json"\nbezoek = true\n'
    (folder / "config.toml").write_text(settings, encoding="utf-8")
    # Older than its settings it would be built again.
    database.touch()
    running, logs, ports = [], [], [_free_port(), _free_port(), _free_port()]
    try:
        for port in ports[:2]:
            logs.append(folder / f"{port}.log")
            running.append(_start_process(folder, port, logs[-1]))
        running.append(_start_caddy(caddy, folder, ports))
        url = f"http://127.0.0.1:{ports[2]}/"
        for place in [*(f"http://127.0.0.1:{port}/" for port in ports[:2]), url]:
            _wait(place + "_stcore/health", running, logs)
        yield House(folder / "wwz", database, logs, url)
    finally:
        for one in running:
            one.terminate()
        for one in running:
            one.wait(30)


def _start_process(folder: Path, port: int, log: Path) -> subprocess.Popen:
    """As the unit of systemd does."""
    unit = (DEPLOY / "systemd" / "wwz@.service").read_text(encoding="utf-8")
    command = re.search(r"^ExecStart=/opt/wwz/(\S+) (.+)$", unit, re.MULTILINE)
    environment = {**os.environ, "WWZ_CONFIG": str(folder / "config.toml"), "PORT": str(port)}
    environment.pop("PYTHONPATH", None)
    arguments = [str(folder / "wwz" / command[1]), *command[2].split()]
    with log.open("wb") as written:
        return subprocess.Popen(
            arguments, cwd=folder / "wwz" / "app", env=environment, stdout=written, stderr=written
        )


def _start_caddy(caddy: str, folder: Path, ports: list[int]) -> subprocess.Popen:
    environment = {
        **os.environ,
        "WWZ_NAAM": f"http://127.0.0.1:{ports[2]}",
        "WWZ_SERVERS": f"127.0.0.1:{ports[0]} 127.0.0.1:{ports[1]}",
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder / "caddy"),
        "XDG_CONFIG_HOME": str(folder / "caddy"),
    }
    # Besides ours, a port for its own management: another Caddy may have the usual one.
    file = folder / "Caddyfile"
    file.write_text(
        "{\n\tadmin off\n}\n" + (DEPLOY / "Caddyfile").read_text(encoding="utf-8"), encoding="utf-8"
    )
    command = [caddy, "run", "--config", str(file), "--adapter", "caddyfile"]
    with (folder / "caddy.log").open("wb") as written:
        return subprocess.Popen(command, env=environment, stdout=written, stderr=written)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(url: str, running: list[subprocess.Popen], logs: list[Path]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if any(one.poll() is not None for one in running):
            break
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.2)  # between two looks
    pytest.fail("\n".join(log.read_text(encoding="utf-8") for log in logs))


def _visit(url: str, cookie: str = "") -> tuple[str, str]:
    """The cookie that says which process a visitor has, and what was answered."""
    with urllib.request.urlopen(urllib.request.Request(url, headers={"Cookie": cookie})) as answer:
        given = answer.headers.get("Set-Cookie", "")
        return given.split(";")[0] or cookie, answer.read().decode()


def _both(house: House) -> list[str]:
    """A cookie for each process; the proxy takes a moment to see that the second one answers too."""
    cookies: set[str] = set()
    end = time.monotonic() + START_SECONDS
    while len(cookies) < 2 and time.monotonic() < end:
        cookies.add(_visit(house.url + "_stcore/health")[0])
    assert len(cookies) == 2, "both processes get visitors"
    return sorted(cookies)


def _asked(log: Path, path: str) -> int:
    """How often a process answered at an address."""
    lines = [line for line in log.read_text(encoding="utf-8").splitlines() if line.startswith("{")]
    return sum(json.loads(line).get("pad") == path for line in lines)


def test_what_is_put_ready_is_complete_and_compiled(house):
    app = house.program / "app"
    assert {path.name for path in (ROOT / "wwz").glob("*.py")} <= {p.name for p in (app / "wwz").iterdir()}
    assert list((app / "wwz" / "base" / "__pycache__").glob("settings.*.pyc"))
    assert not (app / "tests").exists() and not (app / ".streamlit" / "secrets.toml").exists()


def test_a_visitor_stays_with_one_process(house):
    for cookie in _both(house):
        before = [_asked(log, "/gezond") for log in house.logs]
        for _ in range(6):
            again, text = _visit(house.url + "gezond", cookie)
            assert again == cookie and json.loads(text)["gezond"] is True
        # A line is written when the answer is on its way already.
        end, grown = time.monotonic() + START_SECONDS, [0, 0]
        while sum(grown) < 6 and time.monotonic() < end:
            grown = [_asked(log, "/gezond") - old for log, old in zip(house.logs, before, strict=True)]
        assert sorted(grown) == [0, 6]


def test_a_new_database_is_picked_up_by_both_without_a_restart(house):
    cookies = _both(house)
    visitors = [Visitor(house.url, {"Cookie": cookie}) for cookie in cookies]
    with visitors[0], visitors[1]:
        for visitor in visitors:
            assert visitor.visit("gegevens") and not any("02-03-2021" in text for text in visitor.texts)
        new = Path(shutil.copy2(house.database, house.database.with_name("nieuw.duckdb")))
        with duckdb.connect(str(new)) as connection:
            connection.execute("UPDATE bouw SET gebouwd_op = '2021-03-02T10:20:30'")
        os.replace(new, house.database)
        for cookie in cookies:
            with Visitor(house.url, {"Cookie": cookie}) as visitor:
                assert visitor.visit("gegevens")
                assert any("02-03-2021" in text for text in visitor.texts), visitor.texts[:12]
    ages = [json.loads(_visit(house.url + "gezond", cookie)[1])["controles"][1]["zin"] for cookie in cookies]
    assert not any("vandaag" in age for age in ages)


def test_every_place_in_the_units_and_the_image_is_one_that_is_made(house):
    texts = [path.read_text(encoding="utf-8") for path in [*DEPLOY.glob("systemd/*"), DEPLOY / "Dockerfile"]]
    places = {place for text in texts for place in re.findall(r"/opt/wwz/([\w./-]+)", text)}
    assert places and [p for p in places if not (house.program / p.removesuffix("/bin")).exists()] == []
    copied = re.findall(r"^COPY (?!--from)(\S+) ", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), re.M)
    assert [name for name in copied if not (ROOT / name).exists()] == []
