"""A source that sends us on is followed within its own host, and nowhere else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from wwz.base.errors import Fout
from wwz.fetch.client import Client, Limits, _OneHost

QUICK = Limits(connect=3, read=5, total=10, attempts=2, back_off=0.01)


class Source(BaseHTTPRequestHandler):
    """Answers /goed, and sends every other question on to where the test says."""

    def log_message(self, *args) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        onward = self.server.onward.get(self.path)
        body = b"" if onward else b'{"value": []}'
        self.send_response(302 if onward else 200)
        if onward:
            self.send_header("Location", onward)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def sources() -> Iterator[tuple[ThreadingHTTPServer, ThreadingHTTPServer]]:
    """A source, and a server that it must not send us to."""
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), Source) for _ in range(2)]
    for server in servers:
        server.asked, server.onward = [], {}
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield tuple(servers)
    for server in servers:
        server.shutdown()
        server.server_close()


def test_moved_within_its_host_is_followed_and_to_another_is_refused(sources):
    source, other = sources
    here, there = (f"http://127.0.0.1:{server.server_port}" for server in sources)
    source.onward = {
        "/oud": "/goed",
        "/weg": f"{there}/geheim",
        "/via": "/weg",
        "/naam": here.replace("127.0.0.1", "localhost"),
    }
    source.onward["/zonder"] = f"//127.0.0.1:{other.server_port}/geheim"
    client = Client(limits=QUICK)
    assert client.get(f"{here}/oud").body == {"value": []}
    for path in ("/weg", "/via", "/naam", "/zonder"):
        with pytest.raises(Fout, match="ander adres") as found:
            client.get(here + path)
        assert "[bronnen]" in " ".join(found.value.zinnen)
    assert other.asked == []


@pytest.mark.parametrize(
    ("here", "there", "followed"),
    [
        ("http://bron.nl/a", "https://bron.nl/a", True),
        ("http://bron.nl/a", "https://bron.nl:8443/a", False),
        ("https://bron.nl/a", "http://bron.nl/a", False),
        ("https://bron.nl/a", "https://bron.nl:443/b", True),
        ("https://bron.nl/a", "https://bron.nl.boze.site/b", False),
        ("https://bron.nl/a", "https://bron.nl@boze.site/b", False),
        ("https://bron.nl/a", "file:///etc/passwd", False),
        ("https://bron.nl/a", "https://169.254.169.254/", False),
    ],
)
def test_only_the_same_place_or_the_same_one_made_safe(here, there, followed):
    answer = requests.Response()
    answer.status_code, answer.url = 302, here
    answer.headers["location"] = there
    if followed:
        assert _OneHost().get_redirect_target(answer) == there
    else:
        with pytest.raises(Fout, match="ander adres"):
            _OneHost().get_redirect_target(answer)
