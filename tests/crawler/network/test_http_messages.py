"""Responses are read as they are, however their bytes arrive, and never as more than they are."""

from __future__ import annotations

import gc
import http.client
import io
import weakref
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.exceptions import DownloadCancelledError, DownloadFailedError, ResponseDataLossError

from crawler.network.failures import DOWNLOAD_ERRORS, HeadersTooLarge
from crawler.network.http_messages import MOST_HEADER_BYTES, ResponseReader, request_bytes

OK = b"HTTP/1.1 200 OK\r\n"
COUNTED = OK + b"Content-Length: 5\r\n\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


def read(*pieces: bytes, method: str = "GET", most: int = 0, ended: bool = True) -> ResponseReader:
    """Return the reader after *pieces*, and after the end of the connection unless it stays open."""
    reader = ResponseReader(method, most_body_bytes=most)
    for piece in pieces:
        reader.feed(piece)
    if ended:
        reader.end()
    return reader


def test_request_bytes_is_what_goes_over_the_wire() -> None:
    headers = [(b"Host", b"a.gov.cn"), (b"If-None-Match", b'"x\r\nX-Injected: 1"')]

    assert request_bytes("GET", "/a?b", headers, b"") == (
        b'GET /a?b HTTP/1.1\r\nHost: a.gov.cn\r\nIf-None-Match: "x X-Injected: 1"\r\n\r\n'
    )
    assert request_bytes("POST", "/", [], b"x=1") == b"POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nx=1"
    assert request_bytes("POST", "/", [], b"") == b"POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n"


@pytest.mark.parametrize(
    ("message", "body", "reusable"),
    [
        (COUNTED + b"12345", b"12345", True),
        (COUNTED.replace(b"\r\n", b"\n") + b"12345", b"12345", True),
        (b"\r\n\r\n" + COUNTED + b"12345", b"12345", True),
        (COUNTED + b"12345HTTP/1.1 200 OK\r\n", b"12345", False),  # nobody asked for more
        (COUNTED + b"12345H", b"12345", False),
        (COUNTED + b"12345\r\n", b"12345", False),
        (OK + b"Content-Length: 5, 5\r\nContent-Length: 5\r\n\r\n12345", b"12345", True),
        (OK + b"Content-Length: 5\r\nConnection: Close\r\n\r\n12345", b"12345", False),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\n12345", b"12345", False),
        (
            b"HTTP/1.0 200\r\nConnection: keep-alive\r\ncontent-length:5\r\n\r\n12345",
            b"12345",
            True,
        ),
        (OK + b"Content-Length: 0\r\n\r\n", b"", True),
        (OK + b"Content-Length: \r\n\r\n12345", b"12345", False),
        (OK + b"Transfer-Encoding: Identity\r\nContent-Length : 5\r\n\r\n12345", b"12345", True),
        (b"HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\n\r\n", b"", True),
        (b"HTTP/1.1 204\r\n\r\n", b"", True),
        (OK + b"\r\n12345", b"12345", False),  # up to the end of the connection
        (OK + b"\r\n", b"", False),
        (CHUNKED + b"5\r\n12345\r\n0\r\n\r\n", b"12345", True),
        (CHUNKED + b"2;a=b\r\n12\r\n003 \r\n345\r\n0\r\nX: trailer\r\n\r\n", b"12345", True),
        (CHUNKED + b"5\n12345\n0\n\n", b"12345", True),
        (CHUNKED + b"0\r\n\r\nHTTP/1.1", b"", False),
        # What both say is in chunks: the other reading is how requests are smuggled.
        (CHUNKED.replace(OK, OK + b"Content-Length: 3\r\n") + b"5\r\n12345\r\n0\r\n\r\n", b"12345", True),
        (
            b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103\r\nLink: x\r\n\r\n" + COUNTED + b"12345",
            b"12345",
            True,
        ),
    ],
)
def test_a_response_ends_where_it_says(message: bytes, body: bytes, reusable: bool) -> None:
    at_once = read(message)
    assert (at_once.body, at_once.finished, at_once.reusable) == (body, True, reusable)

    by_bytes = read(*(message[at : at + 1] for at in range(len(message))))
    assert (by_bytes.body, by_bytes.finished, by_bytes.reusable) == (body, True, reusable)
    assert by_bytes.head == at_once.head


def test_the_answer_to_head_has_no_body() -> None:
    assert read(COUNTED, method="HEAD", ended=False).finished


def test_headers_are_kept_as_received() -> None:
    message = b"HTTP/1.1 200 Tout va  bien\r\nx-ONE:  a \r\nrubbish\r\nX-One: b\r\n\tfolded\r\n: none\r\n\r\n"

    head = read(message).head

    assert head is not None
    assert (head.protocol, head.status, head.reason) == ("HTTP/1.1", 200, b"Tout va  bien")
    assert head.headers == ((b"x-ONE", b"a"), (b"X-One", b"b folded"))
    assert head.values(b"x-one") == [b"a", b"b folded"]
    assert head.without(b"x-one") == ()


@pytest.mark.parametrize(
    "message",
    [
        COUNTED + b"1234",
        COUNTED + b"123456",
        OK + b"Content-Length: 0\r\n\r\n12345",
        CHUNKED,
        CHUNKED + b"5\r\n12345\r\n",
        CHUNKED + b"5\r\n12345\r\n0\r\n",
        CHUNKED + b"5\r\n123456\r\n0\r\n\r\n",
        CHUNKED + b"many\r\n",
        CHUNKED + b"-1\r\n",
        CHUNKED + b"\r\n\r\n",
        CHUNKED + b"f" * 16 + b"\r\n",
        CHUNKED + b"5;" + b"x" * 5000,
    ],
)
def test_a_body_that_is_not_whole_is_named_so(message: bytes) -> None:
    with pytest.raises(ResponseDataLossError):
        read(message)


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nX: y",
        b"SSH-2.0-OpenSSH\r\n",
        b"<html>",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 2000 OK\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\n\r\n",
        OK + b"Content-Length: -1\r\n\r\n",
        OK + b"Content-Length: many\r\n\r\n",
        OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n12345",
    ],
)
def test_what_is_no_response_is_named_so(message: bytes) -> None:
    with pytest.raises(DownloadFailedError):
        read(message)


def test_a_connection_that_breaks_leaves_no_body_of_unknown_length() -> None:
    reader = read(OK + b"\r\n12345", ended=False)

    with pytest.raises(ResponseDataLossError, match="after 5 bytes of the body: reset by peer"):
        reader.end(ConnectionResetError("reset by peer"))


@pytest.mark.parametrize(
    "message",
    [
        OK + b"X: " + b"x" * MOST_HEADER_BYTES,
        OK + b"X: y\r\n" * 20_000,
        b"HTTP/1.1 100 Continue\r\n\r\n" * 4000,
    ],
)
def test_headers_end(message: bytes) -> None:
    with pytest.raises(HeadersTooLarge):
        read(message, ended=False)


@pytest.mark.parametrize("message", [COUNTED, CHUNKED + b"5\r\n", OK + b"\r\n12345"])
def test_a_body_has_a_largest_size(message: bytes) -> None:
    with pytest.raises(DownloadCancelledError):
        read(message, most=4, ended=False)


def test_what_comes_after_the_end_is_not_read_and_not_kept() -> None:
    reader = read(COUNTED + b"12345", ended=False)

    reader.feed(b"HTTP/1.1 200 OK\r\n\r\nforged")
    reader.feed(b"more")

    assert reader.body == b"12345"
    assert not reader.reusable


NAMES = st.sampled_from([b"X-A", b"server", b"Content-Type", b"Set-Cookie"])
VALUES = st.binary(max_size=20).map(
    lambda value: bytes(byte for byte in value if byte not in b"\r\n").strip()
)
CUTS = st.lists(st.integers(1, 60), max_size=40)


@st.composite
def responses(draw: st.DrawFn) -> tuple[bytes, bytes, list[tuple[bytes, bytes]]]:
    """Return a well-formed response, its body and its headers."""
    body = draw(st.binary(max_size=200))
    headers = draw(st.lists(st.tuples(NAMES, VALUES), max_size=5))
    framing = draw(st.sampled_from(["length", "chunks", "end"]))
    payload = body
    if framing == "length":
        headers.append((b"Content-Length", b"%d" % len(body)))
    if framing == "chunks":
        headers.append((b"Transfer-Encoding", b"chunked"))
        size = draw(st.integers(1, 50))
        parts = [body[at : at + size] for at in range(0, len(body), size)]
        payload = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
    lines = b"".join(b"%s: %s\r\n" % header for header in headers)
    return b"HTTP/1.1 200 OK\r\n" + lines + b"\r\n" + payload, body, headers


def pieces(message: bytes, cuts: list[int]) -> list[bytes]:
    """Return *message* in pieces of these lengths."""
    found, at = [], 0
    for length in [*cuts, len(message)]:
        found.append(message[at : at + length])
        at += length
    return found


@given(response=responses(), cuts=CUTS)
def test_a_well_formed_response_is_read_however_it_arrives(
    response: tuple[bytes, bytes, list[tuple[bytes, bytes]]], cuts: list[int]
) -> None:
    message, body, headers = response

    reader = read(*pieces(message, cuts))

    assert reader.body == body
    assert reader.head is not None
    assert [(name, value.strip()) for name, value in headers] == list(reader.head.headers)


class FakeSocket:
    """What the standard library's client reads from."""

    def __init__(self, message: bytes) -> None:
        self._file = io.BytesIO(message)

    def makefile(self, *_: Any) -> io.BytesIO:
        return self._file


@given(response=responses())
def test_the_standard_library_reads_the_same(
    response: tuple[bytes, bytes, list[tuple[bytes, bytes]]],
) -> None:
    peer = http.client.HTTPResponse(FakeSocket(response[0]))  # type: ignore[arg-type]
    peer.begin()

    assert read(response[0]).body == peer.read()


@given(
    message=st.lists(
        st.one_of(
            st.binary(max_size=30),
            st.sampled_from(
                [OK, COUNTED, CHUNKED, b"\r\n", b"5\r\n12345\r\n", b"0\r\n\r\n", b"HTTP/1.1 100\r\n\r\n"]
            ),
        ),
        max_size=8,
    ).map(b"".join),
    cuts=CUTS,
)
def test_any_bytes_are_a_response_or_a_named_failure_the_same_however_they_arrive(
    message: bytes, cuts: list[int]
) -> None:
    whole, cut = outcome([message]), outcome(pieces(message, cuts))

    if whole is ResponseDataLossError and isinstance(cut, tuple):  # what goes on came after the body's end
        head, body = cut
        assert head.values(b"content-length") == [b"%d" % len(body)]
    else:
        assert cut == whole


def outcome(parts: list[bytes]) -> object:
    """Return what is read, or the kind of the failure."""
    try:
        reader = read(*parts)
    except DOWNLOAD_ERRORS as error:
        return type(error)
    return reader.head, reader.body


def test_a_reader_is_gone_with_its_body_once_nobody_holds_it() -> None:
    reader = read(CHUNKED + b"5\r\n12345\r\n0\r\n\r\n")
    left = weakref.ref(reader)

    gc.disable()
    try:
        del reader
        assert left() is None
    finally:
        gc.enable()
