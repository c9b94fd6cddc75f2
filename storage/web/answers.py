"""What an endpoint gives back: bytes with a media type, and the errors that have an HTTP status."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from storage.errors import ArchiveError, BadQuery, NoSuchArticle
from storage.evidence.responses import EvidenceError
from storage.json_values import plain

HTML = "text/html; charset=utf-8"
JSON = "application/json"
PROBLEM = "application/problem+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A whole answer; nothing is streamed, so that its length and entity tag are known."""

    body: bytes
    media_type: str = HTML
    status: int = HTTPStatus.OK
    headers: Mapping[str, str] = field(default_factory=dict)


class Refusal(Exception):
    """A question that gets no answer; the sentence says why and what to do."""

    def __init__(self, status: HTTPStatus, sentence: str) -> None:
        self.status = status
        self.sentence = sentence
        super().__init__(sentence)


STATUS_OF = (
    (NoSuchArticle, HTTPStatus.NOT_FOUND),
    (EvidenceError, HTTPStatus.NOT_FOUND),  # missing, withheld or damaged
    (BadQuery, HTTPStatus.BAD_REQUEST),
    (ArchiveError, HTTPStatus.SERVICE_UNAVAILABLE),  # absent, busy, of another version, too slow, ...
)


def refusal_of(error: ArchiveError) -> Refusal:
    """Return what to tell a reader of an error that the archive has a name for."""
    status = next(status for kind, status in STATUS_OF if isinstance(error, kind))
    return Refusal(status, str(error))


def json_answer(value: object, *, media_type: str = JSON, status: int = HTTPStatus.OK) -> Answer:
    """Return *value* (records, rows, plain values) as JSON."""
    text = json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"))
    return Answer(body=text.encode("utf-8", "replace"), media_type=media_type, status=status)


def problem(refusal: Refusal) -> Answer:
    """Return *refusal* as problem details (RFC 9457)."""
    value = {"title": refusal.status.phrase, "status": refusal.status.value, "detail": refusal.sentence}
    return json_answer(value, media_type=PROBLEM, status=refusal.status)
