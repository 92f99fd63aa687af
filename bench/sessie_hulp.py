"""A visitor without a browser: one websocket to a running dashboard, that asks for screens and waits until they are there.

It speaks Streamlit's own protocol, so the server does all it does for a real visitor; what a browser would draw is thrown
away. Enough to measure what a run costs, and to stand in a queue with many.
"""

from __future__ import annotations

import argparse
import os
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from socket import create_connection
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

STREAM = "_stcore/stream"
DONE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
# A layer of the whole country is a few megabytes.
LARGEST = 64 * 1024 * 1024
# Seconds; a server that is very busy takes long to say hello.
LONGEST_HANDSHAKE = 120.0
# Seconds for one screen: of the whole country, on a busy machine.
PATIENCE = 300.0
# Seconds between two looks at whether a server is at rest.
REST = 3.0


@dataclass
class Visitor:
    """An open session.

    Parameters
    ----------
    url
        The dashboard, as in a browser: http://127.0.0.1:8501/.
    headers
        Besides those of a websocket; `Host` and `Origin` take the place of the usual ones.
    address
        From which it comes, on this computer (127.0.0.2 …): a server counts the windows of each. Empty: the usual one.

    Attributes
    ----------
    parts
        What the last run sent, in order: the kind of each part, and its bytes.
    radios
        Label → the radio buttons, and the part of the page that runs when one is chosen.
    """

    url: str
    headers: dict[str, str] = field(default_factory=dict)
    address: str = ""
    received: int = 0
    texts: list[str] = field(default_factory=list)
    parts: list[tuple[str, int]] = field(default_factory=list)
    radios: dict[str, tuple[Any, str]] = field(default_factory=dict)
    session: str = ""
    _socket: ClientConnection | None = None
    _open: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Visitor:
        parts = urlsplit(self.url)
        others = {name: text for name, text in self.headers.items() if name not in ("Host", "Origin")}
        base = f"/{parts.path.strip('/')}".rstrip("/")
        way = connect(
            f"ws://{self.headers.get('Host', parts.netloc)}{base}/{STREAM}",
            sock=create_connection(
                (parts.hostname, parts.port or 80),
                source_address=(self.address, 0) if self.address else None,
            ),
            origin=self.headers.get("Origin"),
            additional_headers=others,
            subprotocols=["streamlit"],
            max_size=LARGEST,
            open_timeout=LONGEST_HANDSHAKE,
        )
        self._socket = self._open.enter_context(way)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()

    def ask(self, page: str = "", query: str = "", *, back: bool = False) -> None:
        """Ask for a screen, without waiting.

        Parameters
        ----------
        page
            Its name in the address; empty: the map.
        query
            After the ? in the address.
        back
            As the buttons Back and Forward do: what the link says goes before what was chosen in this session.
        """
        wanted = BackMsg()
        wanted.rerun_script.is_history_navigation = back
        wanted.rerun_script.query_string = query
        wanted.rerun_script.page_name = page
        self._socket.send(wanted.SerializeToString())

    def wait(self, seconds: float = 60.0) -> bool:
        """Read until the screen is complete; whether the server said that all went well.

        Raises
        ------
        TimeoutError
            When nothing comes for `seconds`.
        """
        self.texts.clear()
        self.parts.clear()
        while True:
            data = self._socket.recv(timeout=seconds)
            self.received += len(data)
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.session = message.new_session.initialize.session_id or self.session
            elif kind == "delta":
                self.texts.append(_text(message))
                self._note(message, len(data))
            elif kind == "script_finished":
                if message.script_finished in DONE:
                    return True
                if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    return False

    def _note(self, message: ForwardMsg, size: int) -> None:
        """Kind and bytes of what came, in order; and where one may choose."""
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind:
            self.parts.append((kind, size))
        if kind == "radio":
            self.radios[element.radio.label] = element.radio, message.delta.fragment_id

    def choose(self, label: str, place: int, seconds: float = 60.0) -> bool:
        """Choose the option at a place of the radio buttons with this label, and wait for what follows."""
        radio, fragment = self.radios[label]
        wanted = BackMsg()
        wanted.rerun_script.fragment_id = fragment
        chosen = wanted.rerun_script.widget_states.widgets.add()
        chosen.id, chosen.string_value = radio.id, radio.options[place]
        self._socket.send(wanted.SerializeToString())
        return self.wait(seconds)

    def visit(self, page: str = "", query: str = "", seconds: float = 60.0) -> bool:
        """Ask for a screen and wait for it."""
        self.ask(page, query)
        return self.wait(seconds)

    def follow(self, page: str, query: str, seconds: float = 60.0) -> bool:
        """Go to another view in the session that is open, and wait for it."""
        self.ask(page, query, back=True)
        return self.wait(seconds)

    def leave(self) -> None:
        """Go, as a closed tab does."""
        self._open.close()

    def vanish(self) -> None:
        """Go without a word, as a laptop that is closed does."""
        if self._socket is not None:
            self._socket.socket.close()


def _text(message: ForwardMsg) -> str:
    element = message.delta.new_element
    kind = element.WhichOneof("type")
    body = getattr(element, kind) if kind else None
    return str(getattr(body, "body", "") or getattr(body, "label", "") or "")


def asked(visitor: Visitor, page: str, query: str) -> None:
    """A screen that must come; else the bench ends."""
    if not visitor.visit(page, query, seconds=PATIENCE):
        raise SystemExit(f"Het scherm {page or 'kaart'} is niet te maken.")


def arguments(text: str | None, times: int) -> argparse.ArgumentParser:
    """What a bench of one running dashboard is told on the command line.

    Parameters
    ----------
    text
        What the bench says of itself.
    times
        How often a screen is asked for, unless told otherwise.
    """
    parser = argparse.ArgumentParser(description=text, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--pid", type=int, required=True)
    parser.add_argument("--keer", type=int, default=times)
    parser.add_argument("--ook", default="", help="the view in the link, as after the ? in the address")
    return parser


def processor_seconds(pid: int) -> float:
    """Processor time that a process has used (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def at_rest(pid: int) -> float:
    """Wait until a process has nothing to do; the processor time it has used by then."""
    last = processor_seconds(pid)
    while True:
        time.sleep(REST)
        now = processor_seconds(pid)
        if now - last < 0.05 * REST:
            return now
        last = now


def memory_megabyte(pid: int) -> float:
    """Memory that a process holds (Linux)."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmRSS"))) / 1024
