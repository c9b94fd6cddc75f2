"""Answers of the demo site as plain values, and what a conditional request makes of them."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache
from typing import Protocol

from crawler.reading.header_dates import read_header_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer; the last three fields say how its delivery goes wrong."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""
    delay_seconds: float = 0.0  # nothing is sent before
    sent_bytes: int | None = None  # so much of the body, then the connection closes
    dropped: bool = False  # the connection closes without a byte

    def header(self, name: str) -> str | None:
        """Return the header *name*, any case, or None."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class Responder(Protocol):
    """Anything that can be served."""

    def respond(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """Return the answer to a request; *headers* have lower-case names."""
        ...


def page_reply(body: bytes, *, content_type: str = "text/html; charset=utf-8", modified: datetime) -> Reply:
    """Return a 200 with *body* and both validators."""
    return Reply(
        status=200,
        headers=(
            ("Content-Type", content_type),
            ("Content-Length", str(len(body))),
            ("ETag", f'"{hashlib.sha256(body).hexdigest()[:16]}"'),
            ("Last-Modified", http_date(modified)),
            ("Cache-Control", "max-age=600"),
        ),
        body=body,
    )


def plain_reply(status: int, body: bytes, *, content_type: str = "text/html; charset=utf-8") -> Reply:
    """Return an answer without validators."""
    return Reply(
        status=status,
        headers=(("Content-Type", content_type), ("Content-Length", str(len(body)))),
        body=body,
    )


def redirect_reply(location: str, *, status: int = 301) -> Reply:
    """Return a redirect to *location*."""
    body = f'<html><body><a href="{location}">Moved</a></body></html>'.encode()
    reply = plain_reply(status, body)
    return replace(reply, headers=(*reply.headers, ("Location", location)))


@lru_cache(maxsize=256)
def compressed(reply: Reply) -> Reply:
    """Return *reply* with its body compressed and a tag of its own, as servers name them."""
    body = gzip.compress(reply.body, mtime=0)
    tag = (reply.header("ETag") or "").strip('"')
    changed = {"Content-Length": str(len(body)), "ETag": f'"{tag}-gzip"'}
    headers = tuple((name, changed.get(name, value)) for name, value in reply.headers)
    return replace(
        reply, headers=(*headers, ("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")), body=body
    )


def for_request(reply: Reply, method: str, headers: Mapping[str, str]) -> Reply:
    """Return *reply* as the request wants it: 304 where nothing changed, no body after HEAD."""
    if method in {"GET", "HEAD"} and reply.status == 200 and is_unmodified(reply, headers):
        kept = tuple((name, value) for name, value in reply.headers if not name.startswith("Content-"))
        return Reply(status=304, headers=kept)
    return replace(reply, body=b"") if method == "HEAD" else reply


def is_unmodified(reply: Reply, headers: Mapping[str, str]) -> bool:
    """Return whether the validators in *headers* say that the asker has this *reply* already."""
    if known := headers.get("if-none-match"):
        tags = [tag.strip().removeprefix("W/") for tag in known.split(",")]
        return reply.header("etag") in tags or (known.strip() == "*" and reply.header("etag") is not None)
    return _is_not_newer(reply.header("last-modified"), headers.get("if-modified-since"))


def _is_not_newer(modified: str | None, since: str | None) -> bool:
    changed, known = read_header_date(modified), read_header_date(since)
    return changed is not None and known is not None and changed <= known


def http_date(moment: datetime) -> str:
    """Return *moment* (aware) as HTTP writes it."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)
