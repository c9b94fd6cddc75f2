"""Keeps connections to servers and sends one request after the other over each."""

from __future__ import annotations

import asyncio
import ssl
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from time import monotonic
from typing import NamedTuple

from scrapy.exceptions import DownloadConnectionRefusedError, DownloadFailedError

from crawler.network.failures import DOWNLOAD_ERRORS
from crawler.network.http_messages import ResponseReader
from crawler.network.resolver import GuardedResolver

IDLE_SECONDS = 60.0  # servers keep an idle connection for 5 s to some minutes
RECEIVED_BYTES = 128 * 1024  # at a time, at most
CONNECT_SECONDS = 10.0  # to one address; then the next one is tried


class Origin(NamedTuple):
    """What a connection leads to."""

    scheme: str
    host: str
    port: int


class Connection(asyncio.BufferedProtocol):
    """A connection to one server."""

    def __init__(self, address: str, buffer: memoryview) -> None:
        """*buffer* is received into, and its bytes are handed on at once: others may use it too."""
        self.address = address
        self._buffer = buffer
        self.is_open = False
        self.idle_since = 0.0
        self.answered_at = 0.0  # when the first byte of the last response came, by `monotonic`
        self._reader: ResponseReader | None = None
        self._done: asyncio.Future[None] | None = None
        self._transport: asyncio.Transport | None = None

    async def exchange(self, request: bytes, reader: ResponseReader) -> None:
        """Send *request* and return when *reader* has the whole response, which may raise what it raises."""
        assert self._transport is not None
        self._reader, self._done = reader, asyncio.get_running_loop().create_future()
        self.answered_at = 0.0
        self._transport.write(request)
        try:
            await self._done
        finally:
            self._reader = self._done = None
            if not reader.reusable or not reader.finished:
                self.abort()

    def abort(self) -> None:
        """Close the connection at once."""
        self.is_open = False
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self.is_open = True

    def get_buffer(self, sizehint: int) -> memoryview:
        """Return where to receive."""
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        """Hand what was received to the reader; nobody asked for what comes without one."""
        if self._reader is None:
            self.abort()
            return
        if not self.answered_at:
            self.answered_at = monotonic()
        try:
            self._reader.feed(bytes(self._buffer[:nbytes]))
        except DOWNLOAD_ERRORS as error:
            self._finish(error)
        else:
            if self._reader.finished:
                self._finish()

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the reader."""
        self.is_open = False
        if self._reader is None:
            return
        try:
            self._reader.end(exc)
        except DOWNLOAD_ERRORS as error:
            self._finish(error)
        else:
            self._finish()

    def _finish(self, error: BaseException | None = None) -> None:
        if self._done is None or self._done.done():
            return
        if error is None:
            self._done.set_result(None)
        else:
            self._done.set_exception(error)


class ConnectionPool:
    """Opens connections, to addresses that the resolver permits, and keeps those that can be used again."""

    def __init__(
        self, resolver: GuardedResolver, tls: Callable[[], ssl.SSLContext], *, most_idle: int
    ) -> None:
        """*tls* is asked at the first https URL; *most_idle* connections are kept for each origin."""
        self._resolver = resolver
        self._tls = cache(tls)
        # A buffer for each receipt would be larger than what arrives, and the memory would end in splinters.
        self._buffer = memoryview(bytearray(RECEIVED_BYTES))
        self._most_idle = most_idle
        self._idle: defaultdict[Origin, list[Connection]] = defaultdict(list)

    def idle(self, origin: Origin) -> Connection | None:
        """Return a connection to *origin* that was used before, the last one first."""
        kept = self._idle[origin]
        while kept:
            connection = kept.pop()
            if connection.is_open and monotonic() - connection.idle_since < IDLE_SECONDS:
                return connection
            connection.abort()
        return None

    async def new(self, origin: Origin) -> Connection:
        """Return a new connection to *origin*.

        :raises AddressRefused: if it must not be gone to.
        :raises CannotResolveHostError: if its host has no address.
        :raises DownloadConnectionRefusedError: if none of its addresses answers.
        :raises DownloadFailedError: if they cannot speak TLS with us.
        """
        addresses = await self._resolver.addresses(origin.host)
        for address in addresses:
            last = address == addresses[-1]
            try:
                async with asyncio.timeout(None if last else CONNECT_SECONDS):
                    return await self._connected(origin, address)
            except ssl.SSLError as error:
                raise DownloadFailedError(str(error)) from error
            except OSError as error:
                if last:
                    self._resolver.forget(origin.host)
                    raise DownloadConnectionRefusedError(f"{address}: {error}") from error
        raise AssertionError("a host has an address or an error")

    def give_back(self, origin: Origin, connection: Connection) -> None:
        """Keep *connection* for the next request, if it can be used again."""
        kept = self._idle[origin]
        if not connection.is_open:
            return
        if len(kept) >= self._most_idle:
            connection.abort()
            return
        connection.idle_since = monotonic()
        kept.append(connection)

    def close(self) -> None:
        """Close what is kept."""
        for kept in self._idle.values():
            for connection in kept:
                connection.abort()
        self._idle.clear()
        self._resolver.close()

    async def _connected(self, origin: Origin, address: str) -> Connection:
        secure = origin.scheme == "https"
        _, connection = await asyncio.get_running_loop().create_connection(
            lambda: Connection(address, self._buffer),
            address,
            origin.port,
            ssl=self._tls() if secure else None,
            server_hostname=origin.host if secure else None,
        )
        return connection
