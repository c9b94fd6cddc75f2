"""Bodies arrive decoded and whole, or by the name of what is wrong with them."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from typing import Any

import brotli
import pytest
from backports import zstd
from scrapy import Request, Spider
from scrapy.exceptions import NotConfigured
from scrapy.http import HtmlResponse, Response
from scrapy.utils.test import get_crawler

from crawler.middlewares.compression import CompressionMiddleware
from crawler.network.failures import BodyTooLarge, BodyTruncated

PAGE = "<html><p>港口 The port opened.</p></html>".encode() * 50
ENCODE: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}


def middleware(**settings: Any) -> CompressionMiddleware:
    """Return the middleware of a crawler with *settings*."""
    crawler = get_crawler(Spider, {"DOWNLOAD_MAXSIZE": 1_000_000, "RETRY_TIMES": 0, **settings})
    crawler.spider = crawler._create_spider("test")
    return CompressionMiddleware.from_crawler(crawler)


def answer(body: bytes, encoding: str) -> tuple[Request, Response]:
    """Return a request and its answer under *encoding*, as the download handler makes it."""
    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Encoding": encoding}
    return Request("http://a.gov.cn/1"), Response("http://a.gov.cn/1", headers=headers, body=body)


@pytest.mark.parametrize("name", ENCODE)
def test_a_body_is_decoded_and_stays_at_hand_as_it_came(name: str) -> None:
    request, response = answer(ENCODE[name](PAGE), name)

    decoded = middleware().process_response(request, response)

    assert isinstance(decoded, HtmlResponse)
    assert decoded.body == PAGE
    assert "Content-Encoding" not in decoded.headers
    assert request.meta["received"] is response
    assert response.headers["Content-Encoding"] == name.encode()


@pytest.mark.parametrize("encoding", ["", "identity", "pack200"])
def test_a_body_without_a_known_encoding_is_left_alone(encoding: str) -> None:
    request, response = answer(PAGE, encoding)

    assert middleware().process_response(request, response) is response
    assert "received" not in request.meta


@pytest.mark.parametrize("name", ENCODE)
def test_a_bomb_is_too_large(name: str) -> None:
    request, response = answer(ENCODE[name](b"\0" * 2_000_000), name)

    with pytest.raises(BodyTooLarge, match="more than 1000000"):
        middleware().process_response(request, response)


@pytest.mark.parametrize("name", ENCODE)
def test_a_torn_body_is_asked_for_again_and_then_truncated(name: str) -> None:
    request, response = answer(ENCODE[name](PAGE)[:-3], name)
    patient = middleware(RETRY_TIMES=1)

    again = patient.process_response(request, response)

    assert isinstance(again, Request)
    with pytest.raises(BodyTruncated, match=r"http://a\.gov\.cn/1"):
        patient.process_response(again, response)


def test_every_encoding_is_offered() -> None:
    request = Request("http://a.gov.cn/1")

    middleware().process_request(request)

    assert request.headers["Accept-Encoding"] == b"gzip, deflate, br, zstd"


def test_without_compression_there_is_no_middleware() -> None:
    with pytest.raises(NotConfigured):
        middleware(COMPRESSION_ENABLED=False)
