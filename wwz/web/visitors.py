"""How many windows one address may have open at once."""

from __future__ import annotations

import ipaddress
from collections import Counter

from starlette.types import ASGIApp, Receive, Scope, Send

from wwz.web.refusal import refuse

TOO_MANY = (
    "Vanaf uw adres staan al te veel vensters van de WWZ-wijzer open. Sluit er een paar en probeer het opnieuw. Werkt u met veel "
    "mensen achter één adres? Vraag uw beheerder dan om server.vensters_per_adres in config.toml hoger te zetten."
)
# One connection to the internet has this part of an IPv6 address for itself.
HOME = 64


class WindowsPerAddress:
    """Counts the websockets of each address, and refuses one more than `most`.

    The address is that of the visitor when a proxy that we trust says so, and otherwise whoever is connected.
    """

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app, self.most = app, most
        self._open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count, pass on, and count off."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        who = address(scope)
        if self._open[who] >= self.most:
            await refuse(scope, receive, send, 503, TOO_MANY)
            return
        self._open[who] += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._open[who] -= 1
            if not self._open[who]:
                del self._open[who]


def address(scope: Scope) -> str:
    """Whose connection this is: an IPv4 address, or the part of an IPv6 address that is one home or office."""
    client = scope.get("client")
    text = client[0] if client else ""
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return text
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, HOME), strict=False))
