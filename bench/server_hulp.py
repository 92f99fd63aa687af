"""Servers of a bench's own: the dashboard in one process or more, and bare pages under its settings to measure it against.

All read .streamlit/config.toml, run behind the same web server, and leave what is loaded at the start alone when
garbage is collected. What differs is what stands on a page.
"""

from __future__ import annotations

import gc
import mimetypes
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from urllib.parse import urlsplit
from urllib.request import urlopen

import uvicorn
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from xstatic.pkg import leaflet

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
EMPTY = "leeg.py"
# Seconds that a server may take to start, and between two looks at whether it has.
LONGEST_START, LOOK = 120.0, 0.2


@dataclass(frozen=True)
class Server:
    """A server that runs: its address as in a browser, and its process."""

    url: str
    pid: int


@contextmanager
def empty_page() -> Iterator[Server]:
    """Serve the empty page while the block runs."""
    with bare_page(EMPTY) as server:
        yield server


@contextmanager
def bare_page(script: str, **environment: str) -> Iterator[Server]:
    """Serve a script that lies here while the block runs; it reads what it needs from `environment`."""
    port = free_port()
    with running([sys.executable, __file__, str(port), script], port, environment) as server:
        yield server


@contextmanager
def dashboards(database: Path, count: int = 1) -> Iterator[list[Server]]:
    """So many processes of the dashboard on one database, while the block runs."""
    with ExitStack() as stack:
        found = []
        for _ in range(count):
            port = free_port()
            command = [
                sys.executable,
                "-m",
                "wwz",
                "start",
                "--database",
                str(database),
                "--poort",
                str(port),
            ]
            found.append(stack.enter_context(running(command, port)))
        yield found


@contextmanager
def behind_caddy(servers: Sequence[Server]) -> Iterator[str]:
    """The address of Caddy before these servers, with the settings of deploy/ but without TLS, while the block runs."""
    if not (program := shutil.which("caddy")):
        raise SystemExit("Caddy is niet geïnstalleerd.")
    port, door = free_port(), free_port()
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "WWZ_NAAM": f"http://127.0.0.1:{port}",
            "WWZ_SERVERS": " ".join(urlsplit(server.url).netloc for server in servers),
            "CADDY_ADMIN": f"127.0.0.1:{door}",
            "XDG_DATA_HOME": folder,
            "XDG_CONFIG_HOME": folder,
        }
        command = [program, "run", "--config", str(ROOT / "deploy" / "Caddyfile"), "--adapter", "caddyfile"]
        with running(command, port, environment) as proxy:
            yield proxy.url


@contextmanager
def running(
    command: Sequence[str], port: int, environment: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """A server in a process of its own, that answers; it ends with the block."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(process, port)
        yield Server(f"http://127.0.0.1:{port}/", process.pid)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(process: subprocess.Popen, port: int) -> None:
    start = time.monotonic()
    while time.monotonic() - start < LONGEST_START and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=LONGEST_START):
                return
        except OSError:
            time.sleep(LOOK)
    raise SystemExit("De server start niet.")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


async def elsewhere(request: Request) -> Response:
    """What a map made the usual way loads from the internet: Leaflet, and the rest empty; kept by the browser as from there."""
    file = Path(leaflet.BASE_DIR) / request.path_params["name"]
    kind = mimetypes.guess_type(file.name)[0]
    body = file.read_bytes() if file.is_file() else b""
    return Response(body, media_type=kind, headers={"cache-control": "public, max-age=31536000, immutable"})


def serve_bare(port: int, script: str) -> None:
    """Serve a script that lies here, as `wwz/server.py` serves the dashboard."""
    import streamlit as st

    app = st.App(HERE / script, routes=[Route("/elders/{name}", elsewhere)])
    gc.collect()
    gc.freeze()
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")


if __name__ == "__main__":
    os.chdir(ROOT)
    serve_bare(int(sys.argv[1]), sys.argv[2])
