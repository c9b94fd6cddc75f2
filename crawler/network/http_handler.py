"""Downloads over HTTP, and writes down when a request was sent, after what wait, by which rule."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from ipaddress import ip_address
from time import monotonic
from typing import TYPE_CHECKING

from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.exceptions import (
    DownloadFailedError,
    DownloadTimeoutError,
    NotSupported,
)
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.utils.httpobj import urlparse_cached

from crawler.network.connections import Connection, ConnectionPool, Origin
from crawler.network.http_messages import ResponseReader, request_bytes
from crawler.network.resolver import GuardedResolver
from crawler.network.tls import tls_context

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

PORTS = {"http": 80, "https": 443}
SAFE_METHODS = frozenset({"GET", "HEAD"})  # may be sent twice


class HttpHandler(BaseDownloadHandler):
    """HTTP/1.1 over connections of our own, to no address that is refused.

    It leaves in `request.meta`: `at` (when the request was sent), `waited` (seconds since it was asked for),
    `rule` (what permitted it and what it waited for), `download_latency` (seconds until an answer began),
    `head` (the response's status line and headers as received) and `end_untold` (whether only the end of
    the connection says where the body ends).
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        settings = crawler.settings
        self._timeout = settings.getfloat("DOWNLOAD_TIMEOUT")
        self._most_bytes = settings.getint("DOWNLOAD_MAXSIZE")
        self._pool = ConnectionPool(
            GuardedResolver(private=settings.getbool("ALLOW_PRIVATE_ADDRESSES")),
            lambda: tls_context(settings),
            most_idle=settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"),
        )
        self._pace = "AutoThrottle" if settings.getbool("AUTOTHROTTLE_ENABLED") else "DOWNLOAD_DELAY"

    async def download_request(self, request: Request) -> Response:
        """Return the response.

        :raises AddressRefused: if the host leads to an address that is not public.
        """
        if request.meta.get("proxy"):
            raise NotSupported("a proxy would undo the address guard")
        self._write_down(request)
        seconds = request.meta.get("download_timeout") or self._timeout
        try:
            async with asyncio.timeout(seconds):
                return await self._answer(request)
        except TimeoutError as error:
            raise DownloadTimeoutError(f"{request.url} took longer than {seconds:g} seconds") from error

    async def close(self) -> None:
        """Close the connections."""
        self._pool.close()

    async def _answer(self, request: Request) -> Response:
        """Return the response, over a connection that was used before if there is one.

        A server may have closed that one at the moment at which we asked; then we ask once more.
        """
        origin = origin_of(request)
        if connection := self._pool.idle(origin):
            reader = self._reader(request)
            try:
                return await self._exchange(request, connection, reader)
            except DownloadFailedError:
                if reader.begun or request.method not in SAFE_METHODS:
                    raise
        connection = await self._pool.new(origin)
        return await self._exchange(request, connection, self._reader(request))

    def _reader(self, request: Request) -> ResponseReader:
        most = request.meta.get("download_maxsize", self._most_bytes)
        return ResponseReader(request.method, most_body_bytes=most)

    async def _exchange(self, request: Request, connection: Connection, reader: ResponseReader) -> Response:
        message, sent = message_of(request), monotonic()
        await connection.exchange(message, reader)
        request.meta["download_latency"] = connection.answered_at - sent
        self._pool.give_back(origin_of(request), connection)
        return response_of(request, reader, connection.address)

    def _write_down(self, request: Request) -> None:
        meta = request.meta
        meta["at"] = datetime.now(UTC)
        if asked := meta.pop("asked", None):
            meta["waited"] = round(monotonic() - asked, 3)
        permission, pace = meta.get("permission"), meta.get("pace", self._pace)
        meta["rule"] = f"{permission}; {pace}" if permission else pace


def origin_of(request: Request) -> Origin:
    """Return what *request* is sent to."""
    parts = urlparse_cached(request)
    return Origin(parts.scheme, parts.hostname or "", parts.port or PORTS[parts.scheme])


def message_of(request: Request) -> bytes:
    """Return *request* as it goes over the wire."""
    parts = urlparse_cached(request)
    params = f";{parts.params}" if parts.params else ""
    query = f"?{parts.query}" if parts.query else ""
    target = f"{parts.path or '/'}{params}{query}"
    headers = [(name, value) for name, values in request.headers.items() for value in values]
    if b"Host" not in request.headers:
        headers.insert(0, (b"Host", parts.netloc.rpartition("@")[2].encode("ascii")))
    return request_bytes(request.method, target, headers, request.body)


def response_of(request: Request, reader: ResponseReader, address: str) -> Response:
    """Return what *reader* read."""
    head, body = reader.head, reader.body
    assert head is not None
    request.meta["head"] = head
    request.meta["end_untold"] = reader.end_is_untold
    headers = Headers(head.without(b"transfer-encoding"))
    kind = responsetypes.from_args(headers=headers, url=request.url, body=body)
    return kind(
        url=request.url,
        status=head.status,
        headers=headers,
        body=body,
        ip_address=ip_address(address),
        protocol=head.protocol,
    )
