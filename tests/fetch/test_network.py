"""The network of a municipality: a proxy that lets nothing else through, and certificates of its own."""

from __future__ import annotations

import base64
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from standin import Standin
from workplaces import new_place

from wwz.base.errors import Fout
from wwz.base.paths import ROOT
from wwz.base.settings import Settings
from wwz.fetch.fetch import fetch_set, plan_for

HOST = "bron.invalid"
WHO, YEAR = ("Duinmonde",), 2024


@dataclass
class Seen:
    """What a proxy was asked."""

    tunnels: list[str] = field(default_factory=list)
    passwords: list[str] = field(default_factory=list)


class Proxy(BaseHTTPRequestHandler):
    """Opens a tunnel (CONNECT) to the stand-in, whatever the name; refuses everything else."""

    def log_message(self, *args) -> None:
        """Quiet."""

    def do_CONNECT(self) -> None:
        self.server.seen.tunnels.append(self.path)
        self.server.seen.passwords.append(self.headers.get("Proxy-Authorization", ""))
        if self.server.refuses:
            self.send_response(self.server.refuses)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if self.server.garbles > 0:
            self.server.garbles -= 1
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"dit is geen handdruk")
            self.close_connection = True
            return
        with socket.create_connection(self.server.target) as far:
            self.send_response(200)
            self.end_headers()
            there = threading.Thread(target=_pipe, args=(self.connection, far), daemon=True)
            there.start()
            _pipe(far, self.connection)
            there.join(1)


def _pipe(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        # Either side may hang up first.
        return


@pytest.fixture(scope="module")
def certificates(tmp_path_factory) -> Path:
    """A certificate authority of our own, and a certificate for the source signed by it."""
    if not shutil.which("openssl"):
        pytest.skip("openssl ontbreekt; daarmee worden de certificaten van de test gemaakt")
    folder = tmp_path_factory.mktemp("certificaten")

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2")
    openssl("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Eigen certificaten van de gemeente",
            "-addext", "keyUsage=critical,keyCertSign,cRLSign")  # fmt: skip
    openssl("req", *key, "-keyout", "bron.key", "-out", "bron.csr", "-subj", f"/CN={HOST}")
    (folder / "naam.ext").write_text(f"subjectAltName=DNS:{HOST}\n", encoding="utf-8")
    openssl("x509", "-req", "-in", "bron.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
            "-extfile", "naam.ext", "-out", "bron.pem")  # fmt: skip
    return folder


@pytest.fixture
def secure(example_content, certificates) -> Iterator[Standin]:
    """The stand-in behind TLS, with a certificate that only the own authority vouches for."""
    server = Standin(example_content)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / "bron.pem", certificates / "bron.key")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def proxy(secure, monkeypatch) -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    server.daemon_threads = True
    server.seen, server.refuses, server.garbles, server.target = Seen(), 0, 0, secure.server_address
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{server.server_address[1]}")
    monkeypatch.setenv("NO_PROXY", "")
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def far(secure, tmp_path):
    """A workplace whose sources have a name that does not exist: only the proxy finds them."""
    addresses = {name: url.replace(secure.url, f"https://{HOST}") for name, url in secure.settings().items()}
    return new_place(secure, tmp_path, **addresses)


def test_with_a_proxy_and_own_certificates_everything_comes(proxy, far, place, certificates, monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificates / "ca.pem"))
    folder, _ = fetch_set(plan_for(WHO, YEAR, far), far)
    assert set(proxy.seen.tunnels) == {f"{HOST}:443"}
    monkeypatch.delenv("HTTPS_PROXY")
    same, _ = fetch_set(plan_for(WHO, YEAR, place), place)
    names = {p.name for p in same.iterdir()}
    assert names == {p.name for p in folder.iterdir()} and len(names) > 5
    for name in names - {"herkomst.json"}:
        assert (folder / name).read_bytes() == (same / name).read_bytes()


def test_a_password_for_the_proxy_is_passed_on(proxy, far, certificates, monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificates / "ca.pem"))
    port = proxy.server_address[1]
    monkeypatch.setenv("HTTPS_PROXY", f"http://gemeente:geheim@127.0.0.1:{port}")
    plan_for(WHO, YEAR, far)
    assert proxy.seen.passwords[0] == "Basic " + base64.b64encode(b"gemeente:geheim").decode()


def test_without_the_own_certificates_it_says_what_to_set(proxy, far, monkeypatch):
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    with pytest.raises(Fout, match=f"certificaat van {HOST} wordt niet vertrouwd.*REQUESTS_CA_BUNDLE"):
        plan_for(WHO, YEAR, far)


def test_a_safe_connection_that_fails_once_is_tried_again(proxy, far, certificates, monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificates / "ca.pem"))
    proxy.garbles = 1
    assert plan_for(WHO, YEAR, far).gemeenten and proxy.garbles == 0


@pytest.mark.parametrize("status", [403, 407])
def test_a_proxy_that_refuses_is_told(proxy, far, certificates, monkeypatch, status):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificates / "ca.pem"))
    proxy.refuses = status
    with pytest.raises(Fout, match=f"proxy naar {HOST} werkt niet.*beheerder de proxy"):
        plan_for(WHO, YEAR, far)


@pytest.mark.parametrize("content", [None, "geen certificaat"])
def test_a_bundle_that_is_not_one_is_told(proxy, far, tmp_path, monkeypatch, content):
    bundle = tmp_path / "certificaten.pem"
    if content:
        bundle.write_text(content, encoding="utf-8")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
    with pytest.raises(Fout, match=r"certificaten\.pem is er niet of.*REQUESTS_CA_BUNDLE"):
        plan_for(WHO, YEAR, far)


def test_every_source_is_in_the_page_for_the_network():
    """Whoever opens the firewall reads docs/ophalen.md: every host that the program may ask stands there, and no other."""
    addresses = [value for name, value in vars(Settings()).items() if name.startswith("bron_")]
    hosts = {urlsplit(address).netloc for address in addresses}
    assert all(address.startswith("https://") for address in addresses) and len(hosts) == 7
    text = (ROOT / "docs" / "ophalen.md").read_text(encoding="utf-8")
    first = {line.split("|")[1].strip() for line in text.splitlines() if line.startswith("|")}
    assert {cell for cell in first if "." in cell} == hosts
