"""Bodies come out of their encodings whole or not at all."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable

import brotli
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from storage.evidence.content_encoding import (
    CHUNK_BYTES,
    IncompleteBody,
    OversizedBody,
    UndecodableBody,
    content_encodings,
    decode_body,
)

LIMIT = 10_000_000
PAGE = "".join(f"<p>第{number}号 Notice {number * 7919}</p>" for number in range(2000)).encode()


def raw_deflate(body: bytes) -> bytes:
    """Return *body* as some old servers send deflate: without zlib's wrapping."""
    stream = zlib.compressobj(6, zlib.DEFLATED, -15)
    return stream.compress(body) + stream.flush()


ENCODERS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("x-gzip", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "raw deflate": ("deflate", raw_deflate),
    "br": ("br", lambda body: bytes(brotli.compress(body, quality=3))),
    "zstd": ("zstd", zstd.compress),
}
each_encoding = pytest.mark.parametrize(("name", "encode"), ENCODERS.values(), ids=ENCODERS)


@each_encoding
def test_a_body_comes_out_as_it_went_in(name: str, encode: Callable[[bytes], bytes]) -> None:
    assert decode_body(encode(PAGE), [name], limit=LIMIT) == PAGE


@each_encoding
@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])
def test_the_size_of_a_chunk_is_no_border(name: str, encode: Callable[[bytes], bytes], size: int) -> None:
    assert decode_body(encode(b"a" * size), [name], limit=LIMIT) == b"a" * size


@each_encoding
@pytest.mark.parametrize("kept", [0.01, 0.5, 0.99])
def test_a_body_that_was_cut_is_refused(name: str, encode: Callable[[bytes], bytes], kept: float) -> None:
    body = encode(PAGE)

    with pytest.raises(UndecodableBody):
        decode_body(body[: int(len(body) * kept)], [name], limit=LIMIT)


@each_encoding
def test_a_body_without_its_last_byte_is_incomplete(name: str, encode: Callable[[bytes], bytes]) -> None:
    with pytest.raises(IncompleteBody):
        decode_body(encode(PAGE)[:-1], [name], limit=LIMIT)


@each_encoding
def test_a_bomb_is_refused_in_bounded_memory(name: str, encode: Callable[[bytes], bytes]) -> None:
    bomb = encode(b"\0" * 40_000_000)
    tracemalloc.start()

    with pytest.raises(OversizedBody):
        decode_body(bomb, [name], limit=LIMIT)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 * LIMIT


@each_encoding
def test_plain_markup_under_the_name_of_an_encoding_is_refused(
    name: str, encode: Callable[[bytes], bytes]
) -> None:
    with pytest.raises(UndecodableBody):
        decode_body(PAGE, [name], limit=LIMIT)


@pytest.mark.parametrize(("name", "encode"), [("gzip", gzip.compress), ("zstd", zstd.compress)])
def test_every_member_of_a_body_counts(name: str, encode: Callable[[bytes], bytes]) -> None:
    body = encode(b"first ") + encode(b"second")

    assert decode_body(body, [name], limit=LIMIT) == b"first second"
    with pytest.raises(IncompleteBody):
        decode_body(body[:-1], [name], limit=LIMIT)


def test_a_body_of_endless_empty_members_is_refused_in_bounded_time() -> None:
    with pytest.raises(OversizedBody):
        decode_body(gzip.compress(b"") * 400_000, ["gzip"], limit=LIMIT)


def test_rubbish_behind_a_body_is_ignored() -> None:
    assert decode_body(gzip.compress(PAGE) + b"\r\n", ["gzip"], limit=LIMIT) == PAGE


def test_encodings_come_off_in_reverse_order() -> None:
    body = gzip.compress(brotli.compress(PAGE))

    assert decode_body(body, ["br", "gzip"], limit=LIMIT) == PAGE


def test_an_unknown_encoding_leaves_the_body_as_it_is() -> None:
    assert decode_body(PAGE, ["pack200"], limit=LIMIT) == PAGE


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], ()),
        (["gzip"], ("gzip",)),
        (["identity"], ()),
        (["BR, gzip"], ("br", "gzip")),
        (["br", " gzip "], ("br", "gzip")),
    ],
)
def test_content_encodings_reads_the_header(values: list[str], expected: tuple[str, ...]) -> None:
    assert content_encodings(values) == expected


@given(body=st.binary(max_size=2000), name=st.sampled_from(["gzip", "deflate", "br", "zstd"]))
def test_no_body_raises_anything_else(body: bytes, name: str) -> None:
    try:
        decode_body(body, [name], limit=100_000)
    except UndecodableBody:
        return
