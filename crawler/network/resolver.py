"""Resolves host names, and refuses the addresses that the crawler must not go to.

Twisted connects to exactly the address that its resolver returns, IP literals and every hop of a
redirect included, so a name that changes its address between check and connect gains nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.error import DNSLookupError

from crawler.network.addresses import refusal_of, refusal_unless_private

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase
    from twisted.internet.defer import Deferred


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver with a guard; it remembers what it refused, since Twisted calls all of it DNS."""

    def __init__(self, reactor: ReactorBase, cache_size: int, timeout: float) -> None:
        super().__init__(reactor, cache_size, timeout)
        self.refused: dict[str, str] = {}  # host -> address and reason
        self.refusal_of: Callable[[str], str | None] = refusal_of

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> GuardedResolver:
        """Return the resolver of the process; here *crawler* is whatever carries its settings."""
        resolver = super().from_crawler(crawler, reactor)
        if crawler.settings.getbool("ALLOW_PRIVATE_ADDRESSES"):
            resolver.allow_private()
        return resolver

    def allow_private(self) -> None:
        """Let this process go to private addresses: its settings, or the declaration of its site, say so."""
        self.refusal_of = refusal_unless_private

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802
        """Return the address of *name*; a refused one fails as a DNS look-up does."""
        return super().getHostByName(name, timeout).addCallback(self._guard, name)

    def _guard(self, address: str, name: str) -> Any:
        reason = self.refusal_of(address)
        if reason is None:
            return address
        self.refused[name.lower()] = f"{name} leads to {address}, which is {reason}"
        raise DNSLookupError(self.refused[name.lower()])
