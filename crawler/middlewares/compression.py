"""Decodes bodies, in bounded memory and only whole ones; what was received stays at hand for the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import NotConfigured
from scrapy.http import TextResponse
from scrapy.responsetypes import responsetypes

from crawler.network.failures import BodyTooLarge, BodyTruncated
from storage.evidence.content_encoding import (
    INFLATERS,
    OversizedBody,
    UndecodableBody,
    content_encodings,
    decode_body,
)

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

ACCEPTED = "gzip, deflate, br, zstd"


class CompressionMiddleware:
    """Takes the place of Scrapy's `HttpCompressionMiddleware`, which returns what a torn body holds."""

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("COMPRESSION_ENABLED"):
            raise NotConfigured
        self._crawler = crawler
        self._limit = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CompressionMiddleware:
        """Return the middleware of *crawler*."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Offer the encodings that can be decoded."""
        request.headers.setdefault("Accept-Encoding", ACCEPTED)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return the decoded response and leave it as it came in `request.meta["received"]`.

        A torn one is asked for again.
        :raises BodyTooLarge: if it is larger than `DOWNLOAD_MAXSIZE` once decoded.
        :raises BodyTruncated: if it ends early, or is not what its header says, at the last try too.
        """
        encodings = content_encodings(
            [value.decode("latin-1") for value in response.headers.getlist("Content-Encoding")]
        )
        if not encodings or encodings[-1] not in INFLATERS or not response.body:
            return response
        try:
            decoded = _decoded(response, decode_body(response.body, encodings, limit=self._limit))
        except OversizedBody as error:
            raise BodyTooLarge(f"{response.url}: {error}") from error
        except UndecodableBody as error:
            return self._again(request, f"{response.url}: {error}")
        request.meta["received"] = response
        return decoded

    def _again(self, request: Request, detail: str) -> Request:
        assert self._crawler.spider is not None
        again = get_retry_request(request, spider=self._crawler.spider, reason="undecodable body")
        if again is None:
            raise BodyTruncated(detail)
        return again


def _decoded(response: Response, body: bytes) -> Response:
    headers = response.headers.copy()
    del headers["Content-Encoding"]
    kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
    encoding = {"encoding": None} if issubclass(kind, TextResponse) else {}
    return response.replace(cls=kind, headers=headers, body=body, **encoding)
