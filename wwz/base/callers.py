"""Who asks, as far as an address on the network tells."""

from __future__ import annotations

import ipaddress

# One connection to the internet has this part of an IPv6 address for itself.
HOME = 64


def household(text: str) -> str:
    """An IPv4 address, or the part of an IPv6 address that is one home or office; what is neither stays as it is."""
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return text
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, HOME), strict=False))
