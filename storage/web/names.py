"""The names a server answers to."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")


def names_of(host: str, public_url: str | None) -> frozenset[str]:
    """Return the names a server at *host* answers to; of none, to any."""
    name = urlsplit(public_url).hostname if public_url else None
    if not is_loopback(host):
        return frozenset()
    return frozenset({*LOOPBACK_NAMES, host, *([name] if name else [])})


def is_loopback(host: str) -> bool:
    """Return whether only this machine reaches *host*."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
