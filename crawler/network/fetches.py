"""Between Scrapy's requests, responses and failures and the plain values that other stages know."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urlencode

from scrapy import Request
from scrapy.http import Response
from w3lib.encoding import http_content_type_encoding

from crawler.extract import ListRequest, PageContext
from crawler.network.addresses import address_in_header
from crawler.reading.answers import Answer, media_type_in, time_of_reading
from crawler.sites import Section, Site
from storage.records import DuePage, Fetch, FetchKind, KeptPayload

if TYPE_CHECKING:
    from twisted.python.failure import Failure

FORM_HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}


def page_request(
    url: str, kind: FetchKind, known: DuePage | KeptPayload | None = None, **arguments: Any
) -> Request:
    """Return the request of a page, any answer wanted; a payload that is *known* is not kept again."""
    meta: dict[str, Any] = {"handle_httpstatus_all": True, "kind": kind}
    if known is not None:
        meta |= {"known_digest": known.digest, "known_evidence": known.evidence}
    return Request(url, dont_filter=True, meta=meta, **arguments)


def list_page_request(wanted: ListRequest, **arguments: Any) -> Request:
    """Return the request of a list page."""
    body = urlencode(wanted.form)
    headers = {**dict(wanted.headers), **(FORM_HEADERS if body else {})}
    method = wanted.method
    return page_request(wanted.url, FetchKind.LIST, method=method, body=body, headers=headers, **arguments)


def request_of(failure: Failure) -> Request:
    """Return the request that *failure* ended."""
    request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy's own attribute
    return request


def header(response: Response, name: str) -> str | None:
    """Return a response header as text; bytes that are no text become question marks."""
    value = response.headers.get(name)
    return value.decode("latin-1").strip() if value else None


def media_type(response: Response) -> str:
    """Return what the server calls the body of *response*."""
    return media_type_in(header(response, "Content-Type"))


def http_charset(response: Response) -> str | None:
    """Return the encoding that the Content-Type header declares, by Python's name."""
    return _charset(header(response, "Content-Type"))


@lru_cache(maxsize=64)
def _charset(content_type: str | None) -> str | None:
    return http_content_type_encoding(content_type)


def context_of(response: Response, site: Site, section: Section) -> PageContext:
    """Return what is known of any page of *section* beside its bytes."""
    return PageContext(
        http_charset=http_charset(response),
        fetched_at=time_of_reading(datetime.now(UTC), header(response, "Date")),
        timezone=site.timezone,
        country=site.country,
        language=site.language_of(section),
    )


def answer_of(response: Response) -> Answer:
    """Return *response* as plain values."""
    return Answer(
        url=response.url,
        status=response.status,
        body=response.body,
        media_type=media_type(response),
        location=address_in_header(header(response, "Location")),
        content_range=header(response, "Content-Range"),
    )


def list_answer_of(response: Response, asked: str) -> Answer:
    """Return *response* as plain values, with the fragment of the URL that was *asked* for.

    No server gets it, but pages of scripts find in it which column they are to show.
    """
    answer = answer_of(response)
    return replace(answer, url=asked) if urldefrag(asked).url == answer.url else answer


def fetch_of(response: Response, site: Site, section: str | None, *, url: str, kind: FetchKind) -> Fetch:
    """Return the fetch that *response* answered; *url* is the page, whatever redirects led here."""
    meta = response.meta
    return Fetch(
        url=url,
        site=site.record(),
        section=section,
        kind=kind,
        at=meta.get("at") or datetime.now(UTC),
        status=response.status,
        etag=header(response, "ETag"),
        last_modified=header(response, "Last-Modified"),
        elapsed_seconds=meta.get("download_latency"),
        waited_seconds=meta.get("waited"),
        rule=meta.get("rule"),
        size_bytes=len(response.body),
        digest=meta.get("digest") or sha256(response.body).hexdigest(),
        evidence=meta.get("evidence"),
    )


def unanswered(request: Request, site: Site, section: str | None, *, url: str, kind: FetchKind) -> Fetch:
    """Return the fetch of a request that got no response."""
    return Fetch(
        url=url,
        site=site.record(),
        section=section,
        kind=kind,
        at=request.meta.get("at") or datetime.now(UTC),
        elapsed_seconds=request.meta.get("download_latency"),
        waited_seconds=request.meta.get("waited"),
        rule=request.meta.get("rule"),
    )


def conditions(page: DuePage) -> dict[str, bytes]:
    """Return the headers that make a revisit conditional: none where the other parts may have changed.

    The server gets back the bytes that it sent, whatever they mean.
    """
    if page.parts:
        return {}
    validators = {"If-None-Match": page.etag, "If-Modified-Since": page.last_modified}
    return {name: value.encode("latin-1", "replace") for name, value in validators.items() if value}
