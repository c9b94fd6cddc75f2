"""Serve a responder over HTTP/1.1 on loopback: keep-alive, pipelining, and broken answers on request."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from http import HTTPStatus
from wsgiref.handlers import format_date_time

from crawler.demo.log import Logged, Served
from crawler.demo.replies import Reply, Responder, plain_reply

_HOST = "127.0.0.1"
SERVER_NAME = "hotnews-demo"  # by which a demo site that is served already is recognised
_TURNS = 10  # of the loop, within which a connection accepted just now is there to be closed
_MAX_HEAD = 64 * 1024
_REASONS = {status.value: status.phrase for status in HTTPStatus}


@dataclass(slots=True, kw_only=True)
class RunningServer:
    """A server in a thread of its own; close it, or use it as a context manager."""

    url: str
    log: list[Served]
    _loop: asyncio.AbstractEventLoop
    _stopped: asyncio.Event
    _thread: threading.Thread = field(repr=False)

    def close(self) -> None:
        """Stop serving, close every connection and wait for the thread."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopped.set)
            self._thread.join()

    def wait(self) -> None:
        """Serve until somebody closes the server or interrupts the program."""
        self._thread.join()

    def __enter__(self) -> RunningServer:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def serve(site: Responder, *, port: int) -> RunningServer:
    """Serve *site* from a thread; port 0 takes any free one.

    :raises OSError: if the port cannot be bound.
    """
    started: Future[RunningServer] = Future()
    thread = threading.Thread(
        target=lambda: asyncio.run(_run(site, port, started)), name="demo-site", daemon=True
    )
    thread.start()
    return started.result()


async def _run(site: Responder, port: int, started: Future[RunningServer]) -> None:
    logged, stopped = Logged(site=site), asyncio.Event()
    listener = _Listener(logged, port)
    try:
        url = await listener.open()
    except OSError as error:
        started.set_exception(error)
        return
    started.set_result(
        RunningServer(
            url=url,
            log=logged.served,
            _loop=asyncio.get_running_loop(),
            _stopped=stopped,
            _thread=threading.current_thread(),
        )
    )
    await stopped.wait()
    await listener.close()


class _Listener:
    """The listening socket and its open connections."""

    def __init__(self, site: Responder, port: int) -> None:
        self._port = port
        self._connections: set[_Connection] = set()
        self._make = lambda: _Connection(site, self._connections)
        self._server: asyncio.Server | None = None

    async def open(self) -> str:
        """Bind the port and return the URL."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._make, _HOST, self._port, backlog=1024)
        return f"http://{_HOST}:{self._server.sockets[0].getsockname()[1]}/"

    async def close(self) -> None:
        """Close the socket and every connection."""
        if self._server is None:
            return
        for listening in self._server.sockets:  # a server that closes leaks what it is accepting
            asyncio.get_running_loop().remove_reader(listening.fileno())
        for _ in range(_TURNS):
            for connection in tuple(self._connections):
                connection.abort()
            await asyncio.sleep(0)
        self._server.close()
        await self._server.wait_closed()


class _Connection(asyncio.Protocol):
    """One client: reads requests, writes the site's replies in order."""

    def __init__(self, site: Responder, connections: set[_Connection]) -> None:
        self._site = site
        self._connections = connections
        self._received = b""
        self._waiting: asyncio.TimerHandle | None = None
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._connections.discard(self)
        if self._waiting is not None:
            self._waiting.cancel()

    def data_received(self, data: bytes) -> None:
        self._received += data
        self._read_requests()

    def abort(self) -> None:
        """Close at once."""
        self._transport.abort()

    def _read_requests(self) -> None:
        while self._waiting is None and not self._transport.is_closing():
            request = self._next_request()
            if request is None:
                return
            self._answer(request)

    def _next_request(self) -> _Request | None:
        end = self._received.find(b"\r\n\r\n")
        if end < 0:
            if len(self._received) > _MAX_HEAD:
                self._refuse(431)
            return None
        request = _read_head(self._received[:end])
        if request is None:
            self._refuse(400)
            return None
        length = end + 4 + request.body_length
        if len(self._received) < length:
            return None
        body, self._received = self._received[end + 4 : length], self._received[length:]
        return _Request(method=request.method, target=request.target, headers=request.headers, body=body)

    def _refuse(self, status: int) -> None:
        self._send(plain_reply(status, b""), closing=True)

    def _answer(self, request: _Request) -> None:
        reply = self._site.respond(request.method, request.target, request.headers, request.body)
        if reply.delay_seconds:
            loop = asyncio.get_running_loop()
            self._waiting = loop.call_later(reply.delay_seconds, self._answer_late, request, reply)
        else:
            self._send(reply, closing=request.closing)

    def _answer_late(self, request: _Request, reply: Reply) -> None:
        self._waiting = None
        self._send(reply, closing=request.closing)
        self._read_requests()

    def _send(self, reply: Reply, *, closing: bool) -> None:
        if reply.dropped:
            self._transport.abort()
            return
        body = reply.body if reply.sent_bytes is None else reply.body[: reply.sent_bytes]
        # Without the empty ones: asyncio of Python 3.12 and 3.13 keeps them, and never closes.
        self._transport.writelines(list(filter(None, (_head_of(reply, closing=closing), body))))
        if closing or reply.sent_bytes is not None:
            self._transport.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def body_length(self) -> int:
        length = self.headers.get("content-length", "0")
        return int(length) if length.isdecimal() else 0

    @property
    def closing(self) -> bool:
        return self.headers.get("connection", "").lower() == "close"


def _read_head(head: bytes) -> _Request | None:
    first, *lines = head.decode("latin-1").split("\r\n")
    words = first.split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):
        return None
    headers = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    if words[2] == "HTTP/1.0":
        headers.setdefault("connection", "close")
    return _Request(method=words[0], target=words[1], headers=headers)


def _head_of(reply: Reply, *, closing: bool) -> bytes:
    lines = [f"HTTP/1.1 {reply.status} {_REASONS.get(reply.status, 'Unknown')}"]
    lines.append(f"Date: {format_date_time(time.time())}")
    lines.append(f"Server: {SERVER_NAME}")
    lines.extend(f"{name}: {value}" for name, value in reply.headers)
    lines.append("Connection: close" if closing else "Connection: keep-alive")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
