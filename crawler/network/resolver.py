"""Resolves host names, and refuses the addresses that the crawler must not go to.

Connections are made to exactly the addresses that the resolver returns, IP literals and every hop of a
redirect included, so a name that changes its address between check and connect gains nothing.
"""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor

from scrapy.exceptions import CannotResolveHostError

from crawler.network.addresses import literal_address, refusal_of, refusal_unless_private
from crawler.network.failures import AddressRefused

THREADS = 4  # a name server that does not answer holds one of them until the system gives up


class GuardedResolver:
    """Asks the system's resolver, once for each host."""

    def __init__(self, *, private: bool = False) -> None:
        """With *private*, private and loopback addresses may be gone to."""
        self._refusal_of = refusal_unless_private if private else refusal_of
        self._known: dict[str, tuple[str, ...]] = {}
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="dns")

    async def addresses(self, host: str) -> tuple[str, ...]:
        """Return the addresses of *host* that may be gone to, IPv4 first.

        :raises AddressRefused: if there are others only.
        :raises CannotResolveHostError: if it has none.
        """
        known = self._known.get(host)
        if known is None:
            literal = literal_address(host)
            found = (str(literal),) if literal else await self._resolved(host)
            known = self._known[host] = self._allowed(host, found)
        return known

    def forget(self, host: str) -> None:
        """Ask anew for *host*, whose addresses did not answer."""
        self._known.pop(host, None)

    def close(self) -> None:
        """Wait for nobody who is still asked."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _resolved(self, host: str) -> tuple[str, ...]:
        try:
            found = await asyncio.get_running_loop().run_in_executor(self._threads, _look_up, host)
        except (OSError, UnicodeError) as error:
            raise CannotResolveHostError(f"{host}: {error}") from error
        return found

    def _allowed(self, host: str, found: tuple[str, ...]) -> tuple[str, ...]:
        refusals = {address: self._refusal_of(address) for address in found}
        allowed = tuple(address for address, reason in refusals.items() if reason is None)
        if not allowed:
            address, reason = next(iter(refusals.items()))
            named = host if host.strip("[]") == address else f"{host} leads to {address}, which"
            raise AddressRefused(f"{named} is {reason}")
        return allowed


def _look_up(host: str) -> tuple[str, ...]:
    rows = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    rows.sort(key=lambda row: row[0] != socket.AF_INET)
    return tuple(dict.fromkeys(str(row[4][0]) for row in rows))
