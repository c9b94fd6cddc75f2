"""The demo server speaks HTTP/1.1: kept connections, validators, HEAD, pipelining, clean ends."""

from __future__ import annotations

import gzip
import json
import socket
import threading
from contextlib import suppress
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import pytest

from crawler.demo.log import LOG
from crawler.demo.server import RunningServer, serve
from crawler.demo.site import DemoSite

LIST = "/col/col1001/index.html"


@pytest.fixture
def server(serving) -> RunningServer:
    return serving(DemoSite())


@pytest.fixture
def visitor(server, client):
    return client(server)


def exchange(server: RunningServer, request: bytes) -> bytes:
    """Send *request* and return everything until the server closes the connection."""
    address = urlsplit(server.url)
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_a_page_carries_length_date_and_validators(visitor) -> None:
    answer = visitor.ask("GET", LIST)

    assert answer.status == 200
    assert int(answer.headers["Content-Length"]) == len(answer.body)
    assert parsedate_to_datetime(answer.headers["Date"]).tzinfo is not None
    assert answer.headers["ETag"].startswith('"')
    assert parsedate_to_datetime(answer.headers["Last-Modified"]).year == 2026
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


def test_an_answer_names_its_server_once(server) -> None:
    answer = exchange(server, b"GET / HTTP/1.0\r\n\r\n")

    assert answer.partition(b"\r\n\r\n")[0].count(b"\r\nServer: ") == 1


def test_one_connection_serves_many_requests(visitor) -> None:
    visitor.ask("GET", LIST)
    kept = visitor.connection.sock

    for path in ("/", "/robots.txt", "/nothing", "/zwgk/index.html"):
        visitor.ask("GET", path)

    assert visitor.connection.sock is kept


@pytest.mark.parametrize(
    ("sent", "header"),
    [
        ("If_None_Match", "ETag"),
        ("If_Modified_Since", "Last-Modified"),
    ],
)
def test_a_validator_makes_304_without_a_body(visitor, sent: str, header: str) -> None:
    known = visitor.ask("GET", LIST).headers[header]

    answer = visitor.ask("GET", LIST, **{sent: known})

    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers["ETag"]
    assert answer.headers["Content-Type"] is None


@pytest.mark.parametrize(
    "headers",
    [
        {"If_None_Match": '"other"'},
        {"If_Modified_Since": "Mon, 01 Jan 2001 00:00:00 GMT"},
        {"If_Modified_Since": "yesterday"},
        {"If_None_Match": '"other"', "If_Modified_Since": "Fri, 01 Jan 2100 00:00:00 GMT"},
    ],
)
def test_another_validator_makes_200(visitor, headers: dict[str, str]) -> None:
    assert visitor.ask("GET", LIST, **headers).status == 200


def test_weak_and_listed_tags_match_too(visitor) -> None:
    tag = visitor.ask("GET", LIST).headers["ETag"]

    assert visitor.ask("GET", LIST, If_None_Match=f'"a", W/{tag}').status == 304


def test_an_edit_changes_the_validators(visitor) -> None:
    known = visitor.ask("GET", LIST).headers["ETag"]
    visitor.ask("POST", "/advance")

    answer = visitor.ask("GET", LIST, If_None_Match=known)

    assert answer.status == 200
    assert answer.headers["ETag"] != known


def test_head_says_what_get_says_without_a_body(visitor) -> None:
    got, asked = visitor.ask("GET", LIST), visitor.ask("HEAD", LIST)
    volatile = {"Date"}

    assert (asked.status, asked.body) == (200, b"")
    assert {k: v for k, v in asked.headers.items() if k not in volatile} == {
        k: v for k, v in got.headers.items() if k not in volatile
    }


def test_announcements_are_compressed_for_those_who_can_read_it(visitor) -> None:
    plain = visitor.ask("GET", "/announcements/")
    packed = visitor.ask("GET", "/announcements/", Accept_Encoding="gzip, deflate")
    again = visitor.ask(
        "GET", "/announcements/", Accept_Encoding="gzip, deflate", If_None_Match=packed.headers["ETag"]
    )

    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert again.status == 304


def test_a_method_it_does_not_know_is_405(visitor) -> None:
    assert visitor.ask("DELETE", LIST).status == 405


def test_a_form_reaches_the_proxy(visitor) -> None:
    answer = visitor.ask(
        "POST",
        "/module/jpage/dataproxy.jsp?startrecord=10&endrecord=18&perpage=3",
        body="columnid=2005&unitid=80325",
        Content_Type="application/x-www-form-urlencoded",
    )

    assert answer.body.count(b"<record>") == 5


def test_pipelined_requests_are_answered_in_order(server) -> None:
    requests = (
        b"GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n"
        b"POST /advance HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
        b"GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    )

    answered = exchange(server, requests)

    assert answered.count(b"HTTP/1.1 ") == 3
    assert answered.index(b"Disallow") < answered.index(b'"edition": 1') < answered.index(b"404 Not Found")


def test_http_1_0_closes_after_the_answer(server) -> None:
    answered = exchange(server, b"GET /robots.txt HTTP/1.0\r\n\r\n")

    assert answered.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"Connection: close" in answered


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"nonsense\r\n\r\n", b"400"),
        (b"GET / FTP/1.1\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 70_000, b"431"),
    ],
)
def test_what_is_no_request_is_refused_and_closed(server, request_bytes: bytes, status: bytes) -> None:
    assert exchange(server, request_bytes).split(b" ")[1] == status


def test_many_connections_are_served_at_once(server, client) -> None:
    visitors = [client(server) for _ in range(40)]
    statuses: list[int] = []

    def visit(visitor) -> None:
        statuses.extend(visitor.ask("GET", path).status for path in ("/", LIST, "/zwgk/index.html"))

    threads = [threading.Thread(target=visit, args=(visitor,)) for visitor in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert statuses == [200] * 120


def test_a_closed_server_is_gone_and_closing_twice_is_fine() -> None:
    server = serve(DemoSite(), port=0)
    address = urlsplit(server.url)
    kept = socket.create_connection((address.hostname, address.port), timeout=10)

    server.close()
    server.close()

    with kept, suppress(ConnectionResetError):  # if the server had not accepted it yet
        assert kept.recv(1) == b""
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((address.hostname, address.port), timeout=10)


def test_closing_does_not_wait_for_a_slow_answer(serving) -> None:
    others = set(threading.enumerate())
    server = serving(DemoSite(trouble=True, slow_seconds=3600))
    address = urlsplit(server.url)
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        connection.sendall(b"GET /trouble/slow.html HTTP/1.1\r\nHost: x\r\n\r\n")
        exchange(server, b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n")

        server.close()

        assert others.issuperset(threading.enumerate())


def test_a_port_in_use_is_an_error_at_once(server) -> None:
    with pytest.raises(OSError, match="address already in use"):
        serve(DemoSite(), port=urlsplit(server.url).port or 0)


def test_the_log_counts_what_was_asked(server, visitor) -> None:
    for path in ("/", LIST, LIST, "/nothing"):
        visitor.ask("GET", path)

    told = json.loads(visitor.ask("GET", LOG).body)

    assert [(each.target, each.status) for each in server.log] == [
        ("/", 200),
        (LIST, 200),
        (LIST, 200),
        ("/nothing", 404),
    ]
    assert told["requests"] == 4
    assert told["statuses"] == {"200": 3, "404": 1}
    assert told["targets"][LIST] == 2
