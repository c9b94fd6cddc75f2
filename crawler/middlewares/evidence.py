"""Keeps each response as evidence before anything is derived from it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from crawler.evidence import Exchange
from storage.records import EvidencePointer, FetchKind

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Headers, Response

    from crawler.evidence import EvidenceWriter
    from crawler.evidence.records import HeaderPairs
    from crawler.network.http_messages import ResponseHead

NOT_MODIFIED = 304


class EvidenceMiddleware:
    """Leaves in `request.meta` the `digest` of the decoded payload and the pointer to its `evidence`.

    The writer is `spider.session.evidence`; without one only the digest is made. Requests say what they
    are by the meta key `kind`, and may name the page's last payload by `known_digest` and
    `known_evidence`, so that it is not stored again.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._kept = {FetchKind.ARTICLE, FetchKind.PART, FetchKind.ROBOTS}
        if crawler.settings.getbool("EVIDENCE_LISTS"):
            self._kept.add(FetchKind.LIST)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> EvidenceMiddleware:
        """Return the middleware of *crawler*."""
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Return *response* once it is on disk.

        :raises EvidenceNotWritable: if it cannot be written.
        """
        meta = request.meta
        received: Response = meta.pop("received", response)
        if response.status == NOT_MODIFIED:
            return response
        meta["digest"] = sha256(response.body).hexdigest()
        writer = self._writer()
        if writer is not None and meta.get("kind") in self._kept:
            exchange = exchange_of(request, response, received)
            meta["evidence"] = await asyncio.wrap_future(writer.append(exchange))
        return response

    def _writer(self) -> EvidenceWriter | None:
        session = getattr(self._crawler.spider, "session", None)
        return getattr(session, "evidence", None)


def known_payload(request: Request) -> EvidencePointer | None:
    """Return where the payload that *request* has just been given lies already, if it does."""
    if request.meta["digest"] != request.meta.get("known_digest"):
        return None
    known: EvidencePointer | None = request.meta.get("known_evidence")
    return known


def exchange_of(request: Request, response: Response, received: Response) -> Exchange:
    """Return *request* and what was *received* for it, as they went over the wire; *response* is decoded."""
    head: ResponseHead = request.meta["head"]
    return Exchange(
        url=request.url,
        at=request.meta.get("at") or datetime.now(UTC),
        method=request.method,
        request_headers=pairs(request.headers),
        request_body=request.body,
        status=head.status,
        protocol=head.protocol,
        reason=head.reason,
        headers=head.without(b"transfer-encoding"),
        body=received.body,
        digest=request.meta["digest"] if received is response else None,
        address=str(received.ip_address) if received.ip_address else None,
        original=known_payload(request),
    )


def pairs(headers: Headers) -> HeaderPairs:
    """Return *headers* one by one."""
    return tuple((name, value) for name, values in headers.items() for value in values)
