"""Downloads over HTTP, and writes down when a request was sent, after what wait, by which rule."""

from __future__ import annotations

from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.exceptions import CannotResolveHostError, NotConfigured
from scrapy.utils.httpobj import urlparse_cached

from crawler.network.addresses import literal_address
from crawler.network.failures import AddressRefused, HeadersTooLarge
from crawler.network.resolver import GuardedResolver

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.defer import Deferred
    from twisted.internet.interfaces import IAddress
    from twisted.web._newclient import Request as TxRequest
    from twisted.web.iweb import IResponse

MOST_HEADER_BYTES = 65_536


class BoundedParser(_LenientHTTPClientParser):
    """Scrapy's parser of responses, which gives up on headers without end; Twisted would collect them."""

    header_bytes = 0

    def lineReceived(self, line: bytes) -> None:  # noqa: N802
        """Count *line*.

        :raises HeadersTooLarge: if it is one too many.
        """
        self.header_bytes += len(line) + 2
        if self.header_bytes > MOST_HEADER_BYTES:
            raise HeadersTooLarge(f"the headers are larger than {MOST_HEADER_BYTES} bytes")
        super().lineReceived(line)


class BoundedProtocol(_LenientHTTP11ClientProtocol):
    """Parses responses with `BoundedParser`, in the way in which Scrapy's protocol chooses its own."""

    def request(self, request: TxRequest) -> Deferred[IResponse]:
        """Send *request*."""
        answer = super().request(request)
        assert self._parser is not None
        self._parser.__class__ = BoundedParser
        return answer


class BoundedFactory(_LenientHTTP11ClientFactory):
    """Makes the protocols of the connection pool."""

    def buildProtocol(self, addr: IAddress | None) -> BoundedProtocol:  # noqa: N802
        """Return a protocol for a new connection."""
        return BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class GuardedHttpHandler(HTTP11DownloadHandler):
    """Scrapy's handler, for a reactor whose resolver refuses addresses.

    It leaves in `request.meta`: `at` (when the request was sent), `waited` (seconds since it was asked for)
    and `rule` (what permitted it and what it waited for).
    """

    lazy = True  # made at the first request: `scrapy shell` installs the resolver after its engine

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = BoundedFactory
        from twisted.internet import reactor

        resolver = getattr(reactor, "resolver", None)
        if not isinstance(resolver, GuardedResolver):
            raise NotConfigured("TWISTED_DNS_RESOLVER must be GuardedResolver, which guards the addresses")
        self._resolver = resolver
        if crawler.settings.getbool("ALLOW_PRIVATE_ADDRESSES"):
            self._resolver.allow_private()
        self._pace = "DOWNLOAD_DELAY"
        if crawler.settings.getbool("AUTOTHROTTLE_ENABLED"):
            self._pace = "AutoThrottle"

    async def download_request(self, request: Request) -> Response:
        """Return the response.

        :raises AddressRefused: if the host leads to an address that is not public.
        """
        self._write_down(request)
        try:
            return await super().download_request(request)
        except CannotResolveHostError as error:
            if refusal := self._refusal(urlparse_cached(request).hostname or ""):
                raise AddressRefused(refusal) from error
            raise

    def _write_down(self, request: Request) -> None:
        meta = request.meta
        meta["at"] = datetime.now(UTC)
        if asked := meta.pop("asked", None):
            meta["waited"] = round(monotonic() - asked, 3)
        permission, pace = meta.get("permission"), meta.get("pace", self._pace)
        meta["rule"] = f"{permission}; {pace}" if permission else pace

    def _refusal(self, host: str) -> str | None:
        """Return why *host* was refused; IPv6 literals never get as far as the resolver's guard."""
        literal = literal_address(host)
        if literal and (reason := self._resolver.refusal_of(str(literal))):
            return f"{host} is {reason}"
        return self._resolver.refused.get(host.lower())
