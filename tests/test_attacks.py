"""Attacks on a started server: foreign names and pages, closed addresses, files that are too large, too many windows."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from websockets.exceptions import InvalidStatus

from wwz import server
from wwz.base.settings import Settings
from wwz.web.hosts import KnownHostsOnly, hostname
from wwz.web.visitors import address

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "bench"))
from sessie_hulp import Visitor  # noqa: E402

MEGABYTE = 1024 * 1024
OURS, WINDOWS = "wwz.voorbeeld.nl", 30
CONFIG = f"""
[server]
namen = ["{OURS}"]
tegelijk = 2
vensters_per_adres = {WINDOWS}
[bronnen]
ophalen_op_scherm = false
"""


@dataclass
class Started:
    """The server, and who tried to look outside through it."""

    url: str
    port: int
    outside: list[bytes]


@pytest.fixture(scope="module")
def product(voorbeeld_store, tmp_path_factory) -> Iterator[Started]:
    """One server for all attacks. Its way out leads to a listener that notes every try."""
    folder = tmp_path_factory.mktemp("aanval")
    (folder / "config.toml").write_text(CONFIG, encoding="utf-8")
    trap, port, seen = socket.create_server(("127.0.0.1", 0)), _free_port(), []
    threading.Thread(target=_note, args=(trap, seen), daemon=True).start()
    way_out = f"http://127.0.0.1:{trap.getsockname()[1]}"
    environment = {
        **os.environ,
        "WWZ_CONFIG": str(folder / "config.toml"),
        "HTTP_PROXY": way_out,
        "HTTPS_PROXY": way_out,
        "NO_PROXY": "127.0.0.1",
        "HOST": "127.0.0.1",
    }
    command = [
        sys.executable, "-m", "wwz", "start", "--database", str(voorbeeld_store.path), "--poort", str(port)
    ]  # fmt: skip
    log = (folder / "server.log").open("w+")
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
    url = f"http://127.0.0.1:{port}/"
    try:
        _wait(url, process, folder / "server.log")
        yield Started(url, port, seen)
    finally:
        process.terminate()
        process.wait(timeout=20)
        trap.close()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def _note(trap: socket.socket, seen: list[bytes]) -> None:
    while True:
        try:
            caller, _ = trap.accept()
        except OSError:
            return
        with caller:
            seen.append(caller.recv(200))


def _wait(url: str, process: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + 90
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.2)  # between two looks
    pytest.fail(f"the server did not start:\n{log.read_text()}")


def _get(product: Started, path: str = "/", **headers: str) -> tuple[int, str]:
    way = http.client.HTTPConnection("127.0.0.1", product.port, timeout=30)
    way.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = way.getresponse()
    return answer.status, answer.read().decode("utf-8", "replace")


def _refused(product: Started, **headers: str) -> int:
    with pytest.raises(InvalidStatus) as found:
        Visitor(product.url, {n.replace("_", "-"): v for n, v in headers.items()}).__enter__()
    return found.value.response.status_code


# ------------------------------------------------------------- names and pages


def test_the_map_is_there_before_the_first_visitor(product):
    """What is imported while no page is being made, Streamlit does not serve."""
    status, page = _get(product, "/component/streamlit_folium.st_folium/index.html")
    assert status == 200 and "<script" in page


def test_a_name_that_is_not_ours_is_refused_in_plain_words(product):
    for name in (
        "boze.site",
        "boze.site:80",
        f"{OURS}.boze.site",
        f"x{OURS}",
        "",
        "localhost@boze.site",
        "a/b",
    ):
        status, text = _get(product, Host=name)
        assert status in (400, 421), name
        assert status == 400 or ("server.namen" in text and "<" not in text)
    assert _refused(product, Host="boze.site") == 403


def test_our_names_and_every_address_are_let_in(product):
    own = socket.gethostname()
    for name in (
        f"127.0.0.1:{product.port}", "192.168.1.5:8080", "[::1]:8501", "LOCALHOST", OURS, f"{OURS.upper()}.:443", own,
    ):  # fmt: skip
        assert _get(product, "/_stcore/health", Host=name) == (200, "ok"), name


def test_a_page_of_another_website_is_refused_at_once_and_nobody_is_asked_who_we_are(product):
    for page in (
        "http://boze.site",
        "null",
        "http://localhost:1",
        "http://127.0.0.1:1",
        f"http://{OURS}.boze.site",
    ):
        assert _refused(product, Origin=page) == 403, page
    assert product.outside == []


def test_the_page_of_our_own_name_behind_a_proxy_works(product):
    for headers in ({"Origin": f"https://{OURS}"}, {"Origin": f"https://{OURS}", "Host": OURS}, {}):
        with Visitor(product.url, headers) as visitor:
            assert visitor.visit("toegankelijkheid", seconds=90)
    assert product.outside == []


def test_the_counters_of_the_server_are_closed(product):
    for path in ("/_stcore/metrics", "/_stcore/metrics/", "/_stcore/metrics?families=session_events_total"):
        status, text = _get(product, path, Accept="application/x-protobuf")
        assert status == 404 and "TYPE" not in text


def test_names_are_read_as_a_browser_writes_them():
    assert hostname("Gemeente.NL.:8080") == "gemeente.nl" and hostname("[::1]:80") == "::1"
    assert {hostname(text) for text in ("a@b", "a/b", "a?b", "a#b", "a:99999", "a:b", "", "a b/")} == {""}
    guard = KnownHostsOnly(None, ["*.gemeente.nl", "wwz.local"])
    assert all(map(guard._is_ours, ("wwz.gemeente.nl", "10.1.2.3", "WWZ.local:80", "localhost:8501")))
    assert not any(map(guard._is_ours, ("gemeente.nl.boze.site", "bozegemeente.nl", "1.2.3.4.boze.site")))


# ------------------------------------------------------------- files


class Uploader:
    """Puts files as a browser does, in a session of its own."""

    def __init__(self, product: Started, visitor: Visitor) -> None:
        self.port, self.session = product.port, visitor.session
        way = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        way.request("GET", "/_stcore/health")
        answer = way.getresponse()
        self.token = re.search(r"_streamlit_xsrf=([^;]+)", answer.getheader("set-cookie"))[1]

    def put(self, name: str, megabyte: float, *, chunked: bool = False) -> int:
        head = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\n'
        body = head + b"0" * int(megabyte * MEGABYTE) + b"\r\n--x--\r\n"
        headers = {
            "Content-Type": "multipart/form-data; boundary=x",
            "X-Xsrftoken": self.token,
            "Cookie": f"_streamlit_xsrf={self.token}",
        }
        way = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        parts = (body[at : at + MEGABYTE] for at in range(0, len(body), MEGABYTE)) if chunked else body
        try:
            way.request(
                "PUT", f"/_stcore/upload_file/{self.session}/{name}", parts, headers, encode_chunked=chunked
            )
        except (BrokenPipeError, ConnectionResetError):
            return 413  # refused before all of it was read
        return way.getresponse().status


def test_files_are_bounded_one_by_one_and_together_on_a_screen_without_a_box(product):
    with Visitor(product.url) as visitor:
        assert visitor.visit("toegankelijkheid", seconds=90)
        window = Uploader(product, visitor)
        assert window.put("groot", 11) == 413
        assert window.put("groot", 11.5, chunked=True) == 413
        assert [window.put(f"f{n}", 9) for n in range(3)] == [204] * 3
        assert window.put("f3", 9) == 413
        # One that is small enough still fits, and so does one in the place of another.
        assert window.put("f4", 1) == 204
    with Visitor(product.url) as visitor:
        assert visitor.visit("toegankelijkheid", seconds=90)
        window, ended = Uploader(product, visitor), []
        many = [threading.Thread(target=lambda n=n: ended.append(window.put(f"f{n}", 9))) for n in range(8)]
        for one in many:
            one.start()
        for one in many:
            one.join()
        assert ended.count(204) <= 3 and set(ended) <= {204, 413}


# ------------------------------------------------------------- windows and turns


def test_one_address_has_so_many_windows_and_another_is_not_bothered(product):
    windows = []
    try:
        for _ in range(WINDOWS):
            windows.append(Visitor(product.url, {"X-Forwarded-For": "198.51.100.7"}).__enter__())
        # Whatever a visitor says of itself, the proxy writes the last address.
        assert _refused(product, X_Forwarded_For="203.0.113.1, 198.51.100.7") == 403
        with Visitor(product.url, {"X-Forwarded-For": "198.51.100.7, 203.0.113.1"}) as other:
            assert other.visit("toegankelijkheid", seconds=90)
        windows.pop().leave()
        with Visitor(product.url, {"X-Forwarded-For": "198.51.100.7"}) as again:
            assert again.visit("toegankelijkheid", seconds=90)
    finally:
        for window in windows:
            window.leave()


def test_an_address_is_one_home():
    def of(text: str) -> str:
        return address({"type": "websocket", "client": (text, 1)})

    assert of("2001:db8:1:2:3::1") == of("2001:db8:1:2:ffff::9") != of("2001:db8:1:3::1")
    assert of("::ffff:10.0.0.1") == of("10.0.0.1") and of("fe80::1%eth0") == of("fe80::2")


@pytest.mark.parametrize(("proxies", "trusted"), [((), False), (("10.0.0.0/24",), True)])
def test_only_a_proxy_that_is_named_says_who_the_visitor_is(monkeypatch, voorbeeld_store, proxies, trusted):
    asked = {}
    monkeypatch.setattr(uvicorn.Server, "run", lambda self: asked.update(vars(self.config)))
    monkeypatch.setenv("WWZ_DATABASE", str(voorbeeld_store.path))
    monkeypatch.setattr(server.gc, "freeze", lambda: None)
    monkeypatch.setattr(server, "stop_when_gone", lambda: None)
    server.serve(Settings(database=voorbeeld_store.path, proxies=proxies))
    assert asked["proxy_headers"] is trusted and asked["forwarded_allow_ips"] == list(proxies)


def test_many_at_once_are_all_served_and_who_left_is_not_in_the_way(product):
    visitors = [Visitor(product.url).__enter__() for _ in range(14)]
    for visitor in visitors:
        visitor.ask("wijkagenda")
    for visitor in visitors[:10]:
        visitor.vanish()
    for visitor in visitors[10:]:
        assert visitor.wait(120)
        visitor.leave()
