"""The demo site as a pure responder: requests in, replies out, no socket in sight."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urljoin

from crawler.demo import hanweb_pages, serials, trouble_pages, trs_pages, wordpress_pages
from crawler.demo.content import Page, PageKind, Truth
from crawler.demo.editions import Difference, Edition, difference, first_edition, next_edition
from crawler.demo.furniture import error_reply
from crawler.demo.places import HOT_NEWS
from crawler.demo.replies import Reply, compressed, for_request, plain_reply, redirect_reply
from crawler.demo.robots import Robots, robots_reply
from crawler.demo.shelf import Shelf
from crawler.demo.trouble import readable_pages, trouble_reply

_HOST = re.compile(r"[A-Za-z0-9.:\[\]-]{1,255}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """What changes from edition to edition, swapped as one."""

    edition: Edition
    shelf: Shelf


class DemoSite:
    """A small government site: four sections, deterministic, with an edition a day.

    `advance` (or `POST /advance`) publishes the next edition: one page edited, one removed, two or
    three added. `redesign` (or `POST /redesign`) changes the mark-up of Hot News for good. The page that
    fails at first counts its failures from the construction of the site. With *trouble* the addresses of
    `trouble.TROUBLES` answer too; the slow one waits *slow_seconds*.
    """

    def __init__(
        self, *, trouble: bool = False, robots: Robots = Robots.PLAIN, slow_seconds: float = 2.0
    ) -> None:
        self._trouble = trouble
        self._robots = robots
        self._slow_seconds = slow_seconds
        self._redesigned = False
        self._state = _State(edition=first_edition(), shelf=Shelf(first_edition()))
        self._requests: Counter[str] = Counter()

    @property
    def edition(self) -> Edition:
        """Return what the site says now."""
        return self._state.edition

    def advance(self) -> Difference:
        """Publish the next edition and return what became different."""
        before = self._state.edition
        after = next_edition(before)
        self._state = _State(edition=after, shelf=Shelf(after))
        return difference(before, after)

    def redesign(self) -> None:
        """Replace the list and article pages of Hot News by ones that only a script could fill."""
        self._redesigned = True

    def truth(self, base_url: str = "") -> dict[str, Truth]:
        """Return what an archive must hold of every address, by URL, joined to *base_url*."""
        pages = [shown.page for shown in self._state.edition.shown()]
        pages += readable_pages() if self._trouble else ()
        return {urljoin(base_url, page.path): _truth(page, base_url) for page in pages}

    def respond(self, method: str, target: str, headers: Mapping[str, str], body: bytes = b"") -> Reply:
        """Return the answer to a request; *headers* have lower-case names."""
        path, _, query = target.partition("?")
        if method == "POST" and path == "/advance":
            return _json_reply(self.advance())
        if method == "POST" and path == "/redesign":
            self.redesign()
            return plain_reply(200, b"{}\n", content_type="application/json")
        if method not in {"GET", "HEAD", "POST"}:
            return error_reply(405)
        asked = dict(parse_qsl(query))
        if method == "POST":
            asked |= dict(parse_qsl(body.decode("utf-8", "replace")))
        reply = self._answer(path, asked, _base(headers))
        if path.startswith(wordpress_pages.FOLDER) and reply.status == 200 and _takes_gzip(headers):
            reply = compressed(reply)
        return for_request(reply, method, headers)

    def _answer(self, path: str, asked: Mapping[str, str], base: str) -> Reply:
        page = self._state.shelf.page(path)
        if page is not None:
            return self._page(page, base)
        return (
            self._special(path, base)
            or self._serial(path, base)
            or self._state.shelf.other(path, asked, base)
            or error_reply(404)
        )

    def _special(self, path: str, base: str) -> Reply | None:
        if path == "/robots.txt" and self._robots is not Robots.PLAIN:
            return robots_reply(self._robots, base)
        if path == hanweb_pages.COLUMN.path and self._redesigned:
            return plain_reply(200, trouble_pages.REDESIGNED_LIST.encode())
        return trouble_reply(path, slow_seconds=self._slow_seconds) if self._trouble else None

    def _serial(self, path: str, base: str) -> Reply | None:
        if not path.startswith(serials.FOLDER):
            return None
        self._requests[path] += 1
        edition = self._state.edition
        return serials.serial_reply(
            path,
            base=base,
            edition=edition.number,
            asked=self._requests,
            modified=edition.modified(HOT_NEWS),  # which every edition changes
        )

    def _page(self, page: Page, base: str) -> Reply:
        if page.kind is PageKind.MISSING:
            return error_reply(404)
        if page.moved_to is not None:
            return redirect_reply(page.moved_to)
        self._requests[page.path] += 1
        if self._requests[page.path] <= page.failures:
            return error_reply(500)
        if self._redesigned and page.section == HOT_NEWS:
            return plain_reply(200, trouble_pages.redesigned_article(page).encode())
        reply = self._state.shelf.article(page.path, base)
        return _counted(reply, self._requests[page.path]) if page.counts_visits else reply


def _counted(reply: Reply, visits: int) -> Reply:
    body = reply.body.replace(trs_pages.VISITS.encode(), str(1280 + visits).encode())
    return plain_reply(200, body, content_type=reply.header("Content-Type") or "text/html")


def _truth(page: Page, base_url: str) -> Truth:
    def absolute(path: str | None) -> str | None:
        return path and urljoin(base_url, path)

    attachments = tuple(
        (urljoin(base_url, trs_pages.attachment_path(page, each)), each.title)
        for each in page.text.attachments
    )
    return Truth(
        url=urljoin(base_url, page.path),
        section=page.section,
        kind=page.kind,
        title=page.text.title,
        paragraphs=page.text.paragraphs,
        tables=page.text.tables,
        attachments=attachments,
        published=page.published,
        published_day=page.day,
        listed_day=page.listed_day,
        language=page.language,
        source=page.source,
        author=page.author,
        editor=page.editor,
        also_in=page.also_in,
        copy_of=absolute(page.copy_of),
        copy_kind=page.copy_kind,
        moved_to=absolute(page.moved_to),
        listed=page.listed,
    )


def _takes_gzip(headers: Mapping[str, str]) -> bool:
    return "gzip" in headers.get("accept-encoding", "")


def _base(headers: Mapping[str, str]) -> str:
    host = headers.get("host", "")
    return f"http://{host}" if _HOST.fullmatch(host) else "http://127.0.0.1"


def _json_reply(change: Difference) -> Reply:
    answer = {
        "edition": change.edition,
        "edited": change.edited,
        "removed": change.removed,
        "added": list(change.added),
    }
    return plain_reply(200, json.dumps(answer).encode() + b"\n", content_type="application/json")
