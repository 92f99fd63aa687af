"""By which names the dashboard may be called, and from which pages a browser may talk to it.

A page elsewhere can let its own name point to this server (DNS rebinding), and then read what is here with the eyes of
a visitor. It cannot do so with a number: so any IP address is good, `localhost` and the computer's own name are good, and
every other name has to stand in config.toml.
"""

from __future__ import annotations

import ipaddress
import logging
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

from wwz.web.refusal import refuse

LOG = logging.getLogger(__name__)
UNKNOWN = (
    "Onder deze naam is de WWZ-wijzer niet te bereiken. Beheert u de WWZ-wijzer? Zet de naam uit de adresbalk dan bij "
    "server.namen in config.toml, en start de WWZ-wijzer opnieuw."
)
FOREIGN = "Een andere website mag niet met de WWZ-wijzer praten. Open de WWZ-wijzer zelf in uw browser."
READING = ("GET", "HEAD", "OPTIONS")
MOST_LOGGED = 20


class KnownHostsOnly:
    """Refuses requests under a name that is not ours, and websockets and changes from another website's page.

    Parameters
    ----------
    names
        Those of config.toml; `*.` in front of one stands for all below it. Their pages may talk to us too.
    bound
        The name or address that the server listens on.
    """

    def __init__(self, app: ASGIApp, names: Iterable[str] = (), bound: str = "") -> None:
        self.app = app
        self.given = frozenset(_plain(name) for name in names if name)
        self.own = {"localhost", _plain(bound), *_names_of_this_computer()}
        self._logged: set[str] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through, or refuse."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self._is_ours(host):
            self._log(host)
            await refuse(scope, receive, send, 421, UNKNOWN)
            return
        origin = headers.get("origin")
        if origin is not None and (scope["type"] == "websocket" or scope["method"] not in READING):
            page = urlsplit(origin).netloc.lower() if origin.startswith(("http://", "https://")) else ""
            if page != host.lower():
                if not self._is_given(hostname(page)):
                    await refuse(scope, receive, send, 403, FOREIGN)
                    return
                # A proxy called us by another name than the visitor did. Streamlit must not start to wonder whether we
                # are who the page says: it would ask a server outside for our address, and everybody would wait.
                scope = {**scope, "headers": list(scope["headers"])}
                MutableHeaders(scope=scope)["host"] = page
        await self.app(scope, receive, send)

    def _is_ours(self, host: str) -> bool:
        name = hostname(host)
        return bool(name) and (_is_address(name) or name in self.own or self._is_given(name))

    def _is_given(self, name: str) -> bool:
        if not name:
            return False
        return any(
            name.endswith(given[1:]) if given.startswith("*.") else name == given for given in self.given
        )

    def _log(self, host: str) -> None:
        """Once a name, so that whoever asks does not fill the log."""
        if host not in self._logged and len(self._logged) < MOST_LOGGED:
            self._logged.add(host)
            LOG.warning("Geweigerd: de naam %r staat niet bij server.namen in config.toml.", host[:100])


def hostname(host: str) -> str:
    """The name in a Host header, without port; empty when it is no name."""
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port
    except ValueError:
        return ""
    if parts.netloc != host or parts.username is not None or any((parts.path, parts.query, parts.fragment)):
        return ""
    return _plain(parts.hostname or "")


def _plain(name: str) -> str:
    return name.strip().lower().rstrip(".")


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return True


def _names_of_this_computer() -> set[str]:
    """Its name as others on the network type it, without asking anyone."""
    name = _plain(socket.gethostname())
    short = name.partition(".")[0]
    return {own for own in (name, short, f"{short}.local") if short and not _is_address(name)}
