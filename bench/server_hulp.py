"""Servers of a bench's own: an empty page under the very settings of the dashboard, to measure it against.

Both read .streamlit/config.toml, run behind the same web server, and leave what is loaded at the start alone when
garbage is collected. What differs is what we put on a page.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from urllib.request import urlopen

import uvicorn

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
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
    port = free_port()
    with running([sys.executable, __file__, str(port)], port) as server:
        yield server


@contextmanager
def running(command: Sequence[str], port: int) -> Iterator[Server]:
    """A server in a process of its own, that answers; it ends with the block."""
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
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


def serve_empty(port: int) -> None:
    """Serve the empty page, as `wwz/server.py` serves the dashboard."""
    import streamlit as st

    app = st.App(HERE / "leeg.py")
    gc.collect()
    gc.freeze()
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")


if __name__ == "__main__":
    os.chdir(ROOT)
    serve_empty(int(sys.argv[1]))
