"""Everything a government server can do wrong, each at an address of its own.

`hotnews demo --trouble` adds a section that lists most of them between sound articles. `TROUBLES` is the
table; `Trouble.expected` says what a crawler should make of the address.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from crawler.demo import furniture, trouble_pages
from crawler.demo.content import DatePlace, Page, Text
from crawler.demo.furniture import error_reply
from crawler.demo.hanweb_pages import article_page
from crawler.demo.phrases_en import ENGLISH
from crawler.demo.phrases_zh import CHINESE
from crawler.demo.places import REDESIGNED_LIST, TROUBLE_FOLDER, TROUBLE_LIST
from crawler.demo.replies import Reply, page_reply, plain_reply, redirect_reply
from crawler.demo.robots import ROBOTS_FOLDER, Robots, robots_reply
from crawler.demo.sections import CHINA

FOLDER, LIST = TROUBLE_FOLDER, TROUBLE_LIST
EMPTY_LIST = FOLDER + "empty-list.html"
CHALLENGED_LIST = FOLDER + "challenged.html"
_CHANGED = datetime(2026, 5, 22, 10, tzinfo=UTC)
_DAY = date(2026, 5, 20)
_MOMENT = datetime(2026, 5, 20, 9, 30, tzinfo=CHINA)
_HTML = "text/html; charset=utf-8"
_MEBIBYTE = 1024 * 1024


class Expected(StrEnum):
    """What should come of a troublesome address."""

    ARTICLE = "article"
    REJECTED = "rejected"
    MISSING = "missing"
    FAILED = "failed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One troublesome address; *text* is what stands there, if anything can be read."""

    name: str
    shows: str
    expected: Expected
    reply: Callable[[], Reply]
    text: Text | None = None
    published: date | datetime = _DAY  # of the text
    listed: bool = True

    @property
    def path(self) -> str:
        """Return its path."""
        return f"{FOLDER}{self.name}.html"


def trouble_reply(path: str, *, slow_seconds: float) -> Reply | None:
    """Return what stands at *path*, or None; the slow page waits *slow_seconds*."""
    if path in _BY_PATH:
        reply = _BY_PATH[path].reply()
        return replace(reply, delay_seconds=slow_seconds) if path == _SLOW else reply
    if path.startswith(ROBOTS_FOLDER):
        name = path.removeprefix(ROBOTS_FOLDER).removesuffix(".txt")
        return robots_reply(Robots(name), "http://127.0.0.1") if name in set(Robots) else None
    return _LISTS[path]() if path in _LISTS else None


def readable_pages() -> list[Page]:
    """Return the troublesome pages from which an article can be read, as pages of their own section."""
    return [
        Page(
            path=trouble.path,
            section="trouble",
            text=trouble.text,
            published=trouble.published,
            date_from=DatePlace.META,
            language="zh" if trouble.text in _CHINESE_TEXTS else "en",
        )
        for trouble in TROUBLES
        if trouble.text is not None
    ]


def _listed() -> Reply:
    rows = [
        (trouble.path, trouble.text.title if trouble.text else trouble.shows)
        for trouble in TROUBLES
        if trouble.listed
    ]
    body = trouble_pages.list_page("Trouble", rows, _DAY)
    return page_reply(body.encode(), modified=_CHANGED)


def _challenge(status: int, markup: str, *headers: tuple[str, str]) -> Callable[[], Reply]:
    def reply() -> Reply:
        sent = plain_reply(status, markup.encode())
        return replace(sent, headers=(*sent.headers, *headers))

    return reply


def _article(text: Text, *, day: date = _DAY) -> bytes:
    page = Page(path="", section="trouble", text=text, published=day, date_from=DatePlace.META)
    return article_page(page).encode()


def _sound(number: int) -> Trouble:
    text = ENGLISH.compose(5000 + number)
    return Trouble(
        name=f"sound-{number}",
        shows="a sound article between the others",
        expected=Expected.ARTICLE,
        reply=lambda: page_reply(_article(text, day=_DAY - timedelta(days=number)), modified=_CHANGED),
        text=text,
        published=_DAY - timedelta(days=number),
    )


def _truncated() -> Reply:
    whole = page_reply(_article(_ENGLISH_TEXT), modified=_CHANGED)
    return replace(whole, sent_bytes=len(whole.body) * 2 // 3)


@lru_cache(maxsize=1)
def _bomb() -> Reply:
    filler = gzip.compress(b" " * (16 * _MEBIBYTE), compresslevel=6)
    body = gzip.compress(_article(_ENGLISH_TEXT)) + filler * 4  # members of one stream: 64 MB inflated
    reply = plain_reply(200, body, content_type=_HTML)
    return replace(reply, headers=(*reply.headers, ("Content-Encoding", "gzip")))


@lru_cache(maxsize=1)
def _huge() -> Reply:
    row = b"<p>" + b"The tide comes in and the tide goes out. " * 25 + b"</p>\n"
    body = _article(_ENGLISH_TEXT).replace(
        b'<div id="zoom"', row * (50 * _MEBIBYTE // len(row)) + b'<div id="zoom"'
    )
    return plain_reply(200, body)


def _in_charset(
    text: Text, sent: str, *, declared: str | None, header: str | None = None
) -> Callable[[], Reply]:
    def reply() -> Reply:
        markup = trouble_pages.bare_article(text, charset=declared).encode(sent)
        content_type = f"text/html; charset={header}" if header else "text/html"
        return page_reply(markup, content_type=content_type, modified=_CHANGED)

    return reply


def _html(markup: str | bytes) -> Callable[[], Reply]:
    body = markup.encode() if isinstance(markup, str) else markup
    return lambda: plain_reply(200, body)


def _as_read(text: Text) -> Text:
    """Return *text* as a browser shows its odd characters: no NUL, and a replacement for half a pair."""
    first, second, rest = "\n".join(text.paragraphs).split(". ", 2)
    return text.with_paragraphs(f"{first}. {second}.\N{REPLACEMENT CHARACTER} {rest}".split("\n"))


def _redirect(location: str) -> Callable[[], Reply]:
    return lambda: redirect_reply(location, status=302)


_ENGLISH_TEXT = ENGLISH.compose(5100)
_ENGLISH_TEXTS = tuple(ENGLISH.compose(number) for number in range(5101, 5105))
_CHINESE_TEXTS = tuple(CHINESE.compose(number) for number in range(5000, 5004))
_SLOW = FOLDER + "slow.html"

TROUBLES = (
    _sound(1),
    Trouble(
        name="challenge-200",
        shows="a firewall's script instead of the page, status 200",
        expected=Expected.REFUSED,
        reply=_challenge(200, trouble_pages.WAIT_CHALLENGE, ("Set-Cookie", "wzws_sessionid=demo; Path=/")),
    ),
    Trouble(
        name="challenge-412",
        shows="a firewall's script, status 412",
        expected=Expected.REFUSED,
        reply=_challenge(412, trouble_pages.META_CHALLENGE),
    ),
    Trouble(
        name="challenge-521",
        shows="a firewall's script that sets a cookie, status 521",
        expected=Expected.REFUSED,
        reply=_challenge(521, trouble_pages.COOKIE_CHALLENGE, ("Set-Cookie", "__jsluid=demo; Path=/")),
    ),
    _sound(2),
    Trouble(
        name="dead-404",
        shows="a dead link",
        expected=Expected.MISSING,
        reply=lambda: error_reply(404),
    ),
    Trouble(
        name="dead-410", shows="a page withdrawn", expected=Expected.MISSING, reply=lambda: error_reply(410)
    ),
    Trouble(
        name="soft-404",
        shows="a dead link that says 404 only in its text",
        expected=Expected.REJECTED,
        reply=_html(trouble_pages.SOFT_404),
    ),
    Trouble(
        name="truncated",
        shows="an answer that ends after two thirds of its stated length",
        expected=Expected.FAILED,
        reply=_truncated,
    ),
    Trouble(
        name="dropped",
        shows="a connection that closes without an answer",
        expected=Expected.FAILED,
        reply=lambda: Reply(status=200, headers=(), dropped=True),
    ),
    Trouble(
        name="error-500",
        shows="an error that does not go away",
        expected=Expected.FAILED,
        reply=lambda: error_reply(500),
    ),
    Trouble(
        name="busy-503",
        shows="a server that asks to come back in two seconds",
        expected=Expected.FAILED,
        reply=lambda: error_reply(503, ("Retry-After", "2")),
    ),
    _sound(3),
    Trouble(
        name="slow",
        shows="an answer that takes its time",
        expected=Expected.ARTICLE,
        reply=lambda: page_reply(_article(_ENGLISH_TEXTS[0]), modified=_CHANGED),
        text=_ENGLISH_TEXTS[0],
    ),
    Trouble(
        name="gzip-bomb",
        shows="70 KB that inflate to 64 MB",
        expected=Expected.FAILED,
        reply=_bomb,
    ),
    Trouble(
        name="huge",
        shows="50 MB of HTML",
        expected=Expected.FAILED,
        reply=_huge,
        listed=False,
    ),
    Trouble(
        name="binary",
        shows="a picture that is served as HTML",
        expected=Expected.REJECTED,
        reply=_html(furniture.PIXEL * 40),
    ),
    Trouble(
        name="gbk-as-utf8",
        shows="GBK in a page that declares UTF-8",
        expected=Expected.ARTICLE,
        reply=_in_charset(_CHINESE_TEXTS[0], "gb18030", declared="utf-8"),
        text=_CHINESE_TEXTS[0],
        published=_MOMENT,
    ),
    Trouble(
        name="utf8-as-gb2312",
        shows="UTF-8 in a page that declares gb2312",
        expected=Expected.ARTICLE,
        reply=_in_charset(_CHINESE_TEXTS[1], "utf-8", declared="gb2312"),
        text=_CHINESE_TEXTS[1],
        published=_MOMENT,
    ),
    Trouble(
        name="gbk-undeclared",
        shows="GBK that nothing declares",
        expected=Expected.ARTICLE,
        reply=_in_charset(_CHINESE_TEXTS[2], "gb18030", declared=None),
        text=_CHINESE_TEXTS[2],
        published=_MOMENT,
    ),
    Trouble(
        name="header-says-latin1",
        shows="UTF-8 under a header that says ISO-8859-1",
        expected=Expected.ARTICLE,
        reply=_in_charset(_CHINESE_TEXTS[3], "utf-8", declared="utf-8", header="ISO-8859-1"),
        text=_CHINESE_TEXTS[3],
        published=_MOMENT,
    ),
    Trouble(
        name="early-end",
        shows="an article behind the end of its own document",
        expected=Expected.ARTICLE,
        reply=_html(trouble_pages.early_end(_article(_ENGLISH_TEXTS[1]).decode())),
        text=_ENGLISH_TEXTS[1],
    ),
    Trouble(
        name="nul-and-surrogate",
        shows="a NUL and half a character in the text",
        expected=Expected.ARTICLE,
        reply=_html(trouble_pages.with_odd_characters(_article(_ENGLISH_TEXTS[2]).decode())),
        text=_as_read(_ENGLISH_TEXTS[2]),
    ),
    Trouble(
        name="no-body",
        shows="an article page without an article",
        expected=Expected.REJECTED,
        reply=_html(_article(Text(title="Notice of the Harbour Office", blocks=()))),
    ),
    Trouble(name="blank", shows="an answer of no bytes at all", expected=Expected.FAILED, reply=_html("")),
    Trouble(
        name="login",
        shows="a form that asks who you are",
        expected=Expected.REJECTED,
        reply=_html(trouble_pages.LOGIN),
    ),
    Trouble(
        name="redirect-home",
        shows="an article that leads to the home page",
        expected=Expected.MISSING,
        reply=_redirect("/"),
    ),
    Trouble(
        name="redirect-loop",
        shows="a page that leads to itself",
        expected=Expected.FAILED,
        reply=_redirect(FOLDER + "redirect-loop.html"),
    ),
    Trouble(
        name="redirect-metadata",
        shows="a page that leads to a machine's own metadata",
        expected=Expected.FAILED,
        reply=_redirect("http://169.254.169.254/latest/meta-data/"),
        listed=False,
    ),
    Trouble(
        name="redirect-file",
        shows="a page that leads to a file on the reader's own disk",
        expected=Expected.FAILED,
        reply=_redirect("file:///etc/hostname"),
        listed=False,
    ),
    _sound(4),
)

_BY_PATH: Mapping[str, Trouble] = {trouble.path: trouble for trouble in TROUBLES}
_LISTS: Mapping[str, Callable[[], Reply]] = {
    LIST: _listed,
    FOLDER: _listed,
    REDESIGNED_LIST: _html(trouble_pages.REDESIGNED_LIST),
    EMPTY_LIST: _html(trouble_pages.list_page("Nothing Yet", (), _DAY)),
    CHALLENGED_LIST: _challenge(412, trouble_pages.META_CHALLENGE),
}
