"""Connections are used again where that is safe, and never stand in the way of an answer."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC
from time import monotonic
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import (
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    NotSupported,
)
from scrapy.http import Response
from scrapy.settings import Settings

from crawler.network.http_handler import HttpHandler

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npage"


@dataclass(slots=True)
class Server:
    """Answers each request by what comes next in *answers*, then by `ANSWER`; None closes the connection."""

    answers: list[bytes | None] = field(default_factory=list)
    asked: list[bytes] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    connections: int = 0
    closed: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                self.asked.append(head)
                answer = self.answers.pop(0) if self.answers else ANSWER
                if answer is None:
                    break
                writer.write(answer)
                if answer.startswith(b"HTTP/1.0") and b"Content-Length" not in answer:
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self.closed += 1
            writer.close()


@asynccontextmanager
async def handling(
    server: Server, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None, **settings: Any
) -> AsyncIterator[Callable[..., Awaitable[Response]]]:
    """Yield a function that asks *server* by a handler of its own."""
    merged = Settings()
    merged.setmodule("crawler.settings")
    merged.setdict({"ALLOW_PRIVATE_ADDRESSES": True, "DOWNLOAD_TIMEOUT": 5, **settings})
    handler = HttpHandler(SimpleNamespace(settings=merged))  # type: ignore[arg-type]
    listening = await asyncio.start_server(server.serve, host, 0, ssl=tls)
    port = listening.sockets[0].getsockname()[1]
    scheme = "https" if tls else "http"
    named = f"[{host}]" if ":" in host else host

    async def ask(path: str = "/", name: str = named, **options: Any) -> Response:
        server.requests.append(Request(f"{scheme}://{name}:{port}{path}", **options))
        return await handler.download_request(server.requests[-1])

    try:
        yield ask
    finally:
        await handler.close()
        listening.close()


def test_requests_follow_each_other_over_one_connection() -> None:
    async def crawl(server: Server) -> list[bytes]:
        async with handling(server) as ask:
            return [(await ask(f"/{number}")).body for number in range(3)]

    server = Server()

    assert asyncio.run(crawl(server)) == [b"page"] * 3
    assert server.connections == 1
    assert server.asked[2].startswith(b"GET /2 HTTP/1.1\r\nHost: 127.0.0.1:")


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\npage",
        b"HTTP/1.0 200 OK\r\nContent-Length: 4\r\n\r\npage",
        ANSWER + b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged",
    ],
)
def test_a_connection_that_is_to_be_closed_or_says_too_much_is_not_used_again(answer: bytes) -> None:
    async def crawl(server: Server) -> list[bytes]:
        async with handling(server) as ask:
            return [(await ask()).body, (await ask()).body]

    server = Server([answer])

    assert asyncio.run(crawl(server)) == [b"page", b"page"]
    assert server.connections == 2


def test_a_connection_that_the_server_has_just_closed_costs_no_page() -> None:
    async def crawl(server: Server) -> list[bytes]:
        async with handling(server) as ask:
            return [(await ask()).body, (await ask()).body]

    server = Server([ANSWER, None])

    assert asyncio.run(crawl(server)) == [b"page", b"page"]
    assert len(server.asked) == 3
    assert server.connections == 2


def test_what_may_not_be_sent_twice_is_not() -> None:
    async def crawl(server: Server) -> None:
        async with handling(server) as ask:
            await ask()
            await ask(method="POST", body=b"")

    server = Server([ANSWER, None])

    with pytest.raises(DownloadFailedError, match="without an answer"):
        asyncio.run(crawl(server))
    assert len(server.asked) == 2


def test_a_new_connection_without_an_answer_is_a_failure_at_once() -> None:
    async def crawl(server: Server) -> None:
        async with handling(server) as ask:
            await ask()

    server = Server([None])

    with pytest.raises(DownloadFailedError, match="without an answer"):
        asyncio.run(crawl(server))
    assert len(server.asked) == 1


def test_as_many_connections_are_kept_as_requests_go_out_together() -> None:
    async def crawl(server: Server) -> None:
        async with handling(server, CONCURRENT_REQUESTS_PER_DOMAIN=2) as ask:
            await asyncio.gather(*(ask() for _ in range(5)))
            await asyncio.sleep(0.05)
            assert (server.connections, server.closed) == (5, 3)
            await asyncio.gather(*(ask() for _ in range(2)))
        await asyncio.sleep(0.05)

    server = Server()
    asyncio.run(crawl(server))

    assert (server.connections, server.closed) == (5, 5)


def test_a_server_that_does_not_end_is_left_after_the_timeout_and_its_connection_with_it() -> None:
    async def crawl(server: Server) -> bytes:
        async with handling(server, DOWNLOAD_TIMEOUT=0.2) as ask:
            with pytest.raises(DownloadTimeoutError, match=r"took longer than 0\.2 seconds"):
                await ask()
            return (await ask()).body

    server = Server([b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\npage"])

    assert asyncio.run(crawl(server)) == b"page"
    assert server.connections == 2


def test_a_host_of_ipv6_is_reached() -> None:
    async def crawl(server: Server) -> Response:
        async with handling(server, "::1") as ask:
            return await ask()

    response = asyncio.run(crawl(Server()))

    assert response.body == b"page"
    assert str(response.ip_address) == "::1"


def test_the_next_address_of_a_host_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0)) for address in ("127.0.0.2", "127.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)

    async def crawl(server: Server) -> Response:
        async with handling(server) as ask:
            return await ask(name="a.gov.cn")

    assert str(asyncio.run(crawl(Server())).ip_address) == "127.0.0.1"


def test_a_host_none_of_whose_addresses_answers_is_named() -> None:
    async def crawl() -> None:
        async with handling(Server()) as ask:
            await ask(name="127.0.0.3")

    with pytest.raises(DownloadConnectionRefusedError, match=r"^127\.0\.0\.3: "):
        asyncio.run(crawl())


def test_what_the_archive_needs_is_written_down() -> None:
    async def crawl(server: Server) -> None:
        async with handling(server, AUTOTHROTTLE_ENABLED=False) as ask:
            await ask("/a;b?c#d", meta={"permission": "Allow: /", "asked": monotonic() - 2})

    server = Server()
    asyncio.run(crawl(server))
    meta = server.requests[0].meta

    assert server.asked[0].startswith(b"GET /a;b?c HTTP/1.1\r\n")
    assert meta["rule"] == "Allow: /; DOWNLOAD_DELAY"
    assert meta["waited"] == pytest.approx(2, abs=0.5)
    assert meta["at"].tzinfo is UTC
    assert 0 <= meta["download_latency"] < 1
    assert meta["head"].headers == ((b"Content-Length", b"4"),)


def test_a_proxy_is_refused() -> None:
    async def crawl() -> None:
        async with handling(Server()) as ask:
            await ask(meta={"proxy": "http://127.0.0.1:1/"})

    with pytest.raises(NotSupported, match="address guard"):
        asyncio.run(crawl())
