"""Recorded responses of other tools: as transferred, as decoded, or torn."""

from __future__ import annotations

import gzip

import brotli
import pytest

from crawler.importing.payloads import TornPayload, page_in

PAGE = b"<html><body><p>" + b"The harbour opens on Monday. " * 40 + b"</p></body></html>"
CHUNKED, GZIP, BROTLI = (
    ("Transfer-Encoding", "chunked"),
    ("Content-Encoding", "gzip"),
    ("content-encoding", "br"),
)
ZIPPED = gzip.compress(PAGE, mtime=0)  # part of the names of tests, which are the same in every process


def chunks(payload: bytes, extension: bytes = b"") -> bytes:
    pieces = [payload[place : place + 100] for place in range(0, len(payload), 100)]
    sent = [b"%x%s\r\n%s\r\n" % (len(piece), extension, piece) for piece in pieces]
    return b"".join(sent) + b"0\r\nTrailer: 1\r\n\r\n"


@pytest.mark.parametrize(
    ("payload", "headers"),
    [
        (PAGE, []),
        (chunks(PAGE), [CHUNKED]),
        (chunks(PAGE, b";name=value"), [CHUNKED]),
        (ZIPPED, [GZIP]),
        (brotli.compress(PAGE), [BROTLI]),
        (chunks(ZIPPED), [GZIP, CHUNKED]),
    ],
)
def test_a_page_is_read_without_the_encodings_of_its_transfer(
    payload: bytes, headers: list[tuple[str, str]]
) -> None:
    assert page_in(payload, headers, limit=1_000_000) == PAGE


@pytest.mark.parametrize("headers", [[CHUNKED], [GZIP], [BROTLI], [GZIP, CHUNKED]])
def test_a_page_that_was_recorded_as_it_was_shown_stays(headers: list[tuple[str, str]]) -> None:
    assert page_in(PAGE, headers, limit=1_000_000) == PAGE


@pytest.mark.parametrize(
    ("payload", "headers"),
    [
        (chunks(PAGE)[:500], [CHUNKED]),
        (ZIPPED[:-20], [GZIP]),
        (PAGE[:-20], [("Content-Length", str(len(PAGE)))]),
    ],
)
def test_a_torn_page_is_no_page(payload: bytes, headers: list[tuple[str, str]]) -> None:
    with pytest.raises(TornPayload):
        page_in(payload, headers, limit=1_000_000)
