"""A site of any number of articles, for benchmarks: `python -m crawler.demo --articles 3000`.

Hanweb mark-up of 30 to 55 KB a page, lists of 20, no two articles alike; the same site for the same
numbers. The texts are kept once written, the pages around them are put together for each answer.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qsl

from crawler.demo import load_pages
from crawler.demo.content import Text
from crawler.demo.furniture import error_reply
from crawler.demo.replies import Reply, for_request, http_date, plain_reply

PER_PAGE = 20
_NEWEST = date(2026, 5, 22)
_PER_DAY = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """Shares of articles whose first *attempts* requests fail, by how they fail."""

    server_error: float = 0.0
    timeout: float = 0.0
    truncated: float = 0.0
    dropped: float = 0.0
    attempts: int = 2
    timeout_seconds: float = 60.0

    def spoil(self, reply: Reply, number: int) -> Reply:
        """Return *reply* as article *number* fails, or unharmed."""
        luck = random.Random(number * 104729 + 5).random()  # noqa: S311  # repeatable, not secret
        for share, failure in (
            (self.server_error, error_reply(500)),
            (self.timeout, Reply(status=200, headers=(), delay_seconds=self.timeout_seconds, dropped=True)),
            (self.truncated, _cut(reply)),
            (self.dropped, Reply(status=200, headers=(), dropped=True)),
        ):
            if luck < share:
                return failure
            luck -= share
        return reply


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadArticle:
    """One generated article and its address."""

    path: str
    text: Text
    day: date


class LoadSite:
    """A deterministic site of *articles* in *sections*; `advance` adds and edits.

    Every answer takes *latency_seconds*, as if it came from a slow machine far away.
    """

    def __init__(
        self, *, articles: int, sections: int = 1, faults: Faults | None = None, latency_seconds: float = 0.0
    ) -> None:
        self._first = 0  # the number of the newest article; new ones count downwards
        self._end = articles
        self._sections = sections
        self._faults = faults or Faults()
        self._latency_seconds = latency_seconds
        self._edits: Counter[int] = Counter()
        self._attempts: Counter[int] = Counter()

    def advance(self, *, new: int, edited: int) -> None:
        """Add *new* articles and edit the *edited* newest of the others, spread over the sections."""
        self._edits.update(range(self._first, self._first + edited))
        self._first -= new

    def write_ahead(self) -> None:
        """Write every article now, so that answers take the time of sending them."""
        load_pages.write_ahead(self.numbers())

    def numbers(self) -> range:
        """Return the numbers of all articles, newest first."""
        return range(self._first, self._end)

    def article(self, number: int) -> LoadArticle:
        """Return article *number* as it is now."""
        text = load_pages.text_of(number, edits=self._edits[number])
        return LoadArticle(path=self.path(number), text=text, day=_day(number))

    def path(self, number: int) -> str:
        """Return the path of article *number*."""
        day = _day(number)
        return f"/art/{day.year}/{day.month}/{day.day}/art_{self._section(number)}_{number + 1_000_000}.html"

    def respond(self, method: str, target: str, headers: Mapping[str, str], body: bytes = b"") -> Reply:
        """Return the answer to a request; *headers* have lower-case names."""
        path, _, query = target.partition("?")
        if method == "POST" and path == "/advance":
            asked = dict(parse_qsl(query))
            self.advance(new=int(asked.get("new", "20")), edited=int(asked.get("edited", "14")))
            return plain_reply(
                200, json.dumps({"articles": len(self.numbers())}).encode(), content_type="application/json"
            )
        reply = for_request(self._answer(path), method, headers)
        return replace(reply, delay_seconds=max(reply.delay_seconds, self._latency_seconds))

    def _answer(self, path: str) -> Reply:
        if path.startswith("/art/"):
            return self._article(path)
        if path.startswith("/load/"):
            return self._list(path)
        if path == "/robots.txt":
            return plain_reply(200, b"User-agent: *\nDisallow: /internal/\n", content_type="text/plain")
        return error_reply(404)

    def _article(self, path: str) -> Reply:
        digits = path.rpartition("_")[2].removesuffix(".html")
        number = int(digits) - 1_000_000 if digits.isdecimal() else self._end
        if number not in self.numbers() or self.path(number) != path:
            return error_reply(404)
        reply = _page(load_pages.article_page(number, self._edits[number]), f"{number}-{self._edits[number]}")
        self._attempts[number] += 1
        return self._faults.spoil(reply, number) if self._attempts[number] <= self._faults.attempts else reply

    def _list(self, path: str) -> Reply:
        section, _, name = path.removeprefix("/load/").partition("/")
        place = name.removeprefix("index").removesuffix(".html").removeprefix("_") or "0"
        if not section.isdecimal() or not 1 <= int(section) <= self._sections or not place.isdecimal():
            return error_reply(404)
        listed = [number for number in self.numbers() if self._section(number) == int(section)]
        if int(place) * PER_PAGE >= max(len(listed), 1):
            return error_reply(404)
        return self._list_page(listed, int(place))

    def _list_page(self, listed: list[int], place: int) -> Reply:
        shown = listed[place * PER_PAGE : (place + 1) * PER_PAGE]
        following = f"index_{place + 1}.html" if (place + 1) * PER_PAGE < len(listed) else None
        body = load_pages.list_page([self.article(number) for number in shown], following)
        return _page(body, f"list-{place}-{self._first}-{self._edits.total()}")

    def _section(self, number: int) -> int:
        return number % self._sections + 1


def _day(number: int) -> date:
    return _NEWEST - timedelta(days=number // _PER_DAY)


def _page(body: bytes, version: str) -> Reply:
    return Reply(
        status=200,
        headers=(
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("ETag", f'"{version}"'),
            ("Last-Modified", _LAST_MODIFIED),
        ),
        body=body,
    )


def _cut(reply: Reply) -> Reply:
    return Reply(status=reply.status, headers=reply.headers, body=reply.body, sent_bytes=len(reply.body) // 2)


_LAST_MODIFIED = http_date(datetime(2026, 5, 22, 10, tzinfo=UTC))
