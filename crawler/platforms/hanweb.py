"""Hanweb JCMS (大汉版通): rows inside a datastore script, further pages from a data proxy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from crawler.extract.types import ExtractedList, ListEntry, ListRequest
from crawler.platforms import ArticleRules, Platform, Signs, jpaas
from crawler.platforms.lists.cuts import cut, cuts, object_after, without_cdata
from crawler.platforms.lists.links import absolute, base_of
from crawler.platforms.lists.listed_dates import read_listed_date
from crawler.platforms.lists.paging import next_pages
from crawler.platforms.lists.paths import by_class, by_id
from crawler.platforms.lists.repeated_rows import repeated_rows
from crawler.platforms.lists.repeats import repeats_in
from crawler.platforms.lists.rows import entries_of, rows_in_fragments
from crawler.platforms.lists.text import tidy
from crawler.platforms.lists.totals import stated_total
from crawler.platforms.lists.unshown import commented_entries

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page

_MOST_PAGES = 500  # one page names so many of the pages after it; the last of them names the next
_PROXY = re.compile(r"""["'(=\s]((?:https?:/|\.)?/[\w./:-]{0,120}dataproxy\.jsp(?:\?[^"'<>\s]{0,1000})?)""")
_PAGE_NUMBER = re.compile(r"(?<=[?&])page=(\d{1,6})")
_VARIABLE = re.compile(r"""["']?\s{0,4}:\s{0,4}([A-Za-z_]\w{0,60})\s{0,4}[,}]""")
_NUMBER = re.compile(r"\d{1,9}")
_ARRAY = re.compile(
    r"""(urls|headers|titles|year|month|day)\[\w{1,8}\]\s{0,4}=\s{0,4}(?:"([^"\n]{0,500})"|'([^'\n]{0,500})')"""
)


def read_list(page: Page) -> ExtractedList:
    """Return the rows of a column page or of a data proxy's answer."""
    if jpaas.asks_for_a_unit(page):  # the site has moved, its addresses stay
        return jpaas.read_list(page)
    records = [without_cdata(record) for record in cuts(page.text, "<record>", "</record>")]
    rows = rows_in_fragments(page, records)
    entries = entries_of(page, rows) or _entries_in_arrays(page)
    total = _number_in(page.text, "totalrecord") or _stated(page.text, "totalRecord")
    if not entries and (entries := entries_of(page, repeated_rows(page)) or commented_entries(page)):
        total = total or stated_total(page, len(entries))
    return ExtractedList(
        entries=entries,
        next=tuple(_next(page, len(records), total)),
        total=total,
        platform=HANWEB.name,
        repeats=repeats_in(page, rows),
    )


def _next(page: Page, shown: int, total: int | None) -> Iterator[ListRequest]:
    if shown and total is not None and shown >= total:
        return
    group = cut(page.text, "<nextgroup>", "</nextgroup>")
    href = cut(group, 'href="', '"') or cut(group, "href='", "'") if group else None
    proxy = href or _proxy_in(page)
    if proxy is None:
        yield from next_pages(page)
    elif _PAGE_NUMBER.search(proxy):
        yield from _paged(page, proxy)
    else:
        yield from _ranged(page, proxy, shown, total)


def _proxy_in(page: Page) -> str | None:
    found = _PROXY.search(page.text) if "dataproxy.jsp" in page.text else None
    if found:
        return found[1]
    return page.url if "dataproxy.jsp" in page.url else None


def _paged(page: Page, proxy: str) -> Iterator[ListRequest]:
    """Yield GET requests `page=N` from the one that *proxy* names to the last."""
    url = _joined(page, unescape(proxy))
    number = _PAGE_NUMBER.search(url) if url else None
    if url is None or number is None:
        return
    first = int(number[1]) + (1 if url == page.url else 0)
    last = _number_in(page.text, "totalpage") or first
    for count in range(first, min(last, first + _MOST_PAGES) + 1):
        numbered = _PAGE_NUMBER.sub(f"page={count}", url, count=1)
        if numbered != page.url:
            yield ListRequest(url=numbered, headers=_headers(page))


def _ranged(page: Page, proxy: str, shown: int, total: int | None) -> Iterator[ListRequest]:
    """Yield POST requests for the records after those that *page* shows."""
    form = _parameters(page)
    url = _joined(page, proxy.partition("?")[0])
    if url is None or not form:
        return
    per_page = _stated(page.text, "perPage") or 15
    step = per_page * (_stated(page.text, "groupSize") or 3)
    start = shown + 1 if shown else 1
    last = total if total is not None else start + step - 1
    for first in range(start, min(last, start + step * _MOST_PAGES) + 1, step):
        query = urlencode(
            {"startrecord": first, "endrecord": min(first + step - 1, last), "perpage": per_page}
        )
        yield ListRequest(url=f"{url}?{query}", method="POST", form=form, headers=_headers(page))


def _parameters(page: Page) -> tuple[tuple[str, str], ...]:
    """Return the form that the script of *page* hands to the data proxy."""
    for name in ("ajaxParam", "ajaxData", "params", "data"):
        pairs = tuple(pair for pair in _object_named(page.text, name) if pair[1])
        if any(key == "columnid" for key, _ in pairs):
            return pairs
    return ()


def _object_named(text: str, name: str) -> tuple[tuple[str, str], ...]:
    """Return the object that a script gives as *name*, written there or kept in a variable."""
    at = text.find(name)
    variable = _VARIABLE.match(text[at + len(name) : at + len(name) + 80]) if at >= 0 else None
    return object_after(text, variable[1] if variable else name)


def _joined(page: Page, href: str) -> str | None:
    url = absolute(href, base_of(page))
    if url is None or not urlsplit(url).query:
        return url
    query = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    return urljoin(url, "?" + urlencode(query, safe="/:"))


def _headers(page: Page) -> tuple[tuple[str, str], ...]:
    return (("Referer", page.url), ("X-Requested-With", "XMLHttpRequest"))


def _number_in(text: str, tag: str) -> int | None:
    value = cut(text, f"<{tag}>", f"</{tag}>")
    found = _NUMBER.search(value) if value else None
    return int(found[0]) if found else None


def _stated(text: str, name: str) -> int | None:
    """Return the number that a script sets as *name*."""
    at = text.find(name)
    found = re.match(r"""["']?\s{0,4}[:=]\s{0,4}["']?(\d{1,9})""", text[at + len(name) : at + len(name) + 30])
    return int(found[1]) if at >= 0 and found else None


def _entries_in_arrays(page: Page) -> tuple[ListEntry, ...]:
    """Return the entries that a script writes into the arrays `urls`, `headers`, `year`, `month`, `day`."""
    if "urls[" not in page.text:
        return ()
    base = base_of(page)
    columns: dict[str, list[str]] = {}
    for match in _ARRAY.finditer(page.text):
        columns.setdefault("headers" if match[1] == "titles" else match[1], []).append(
            match[2] or match[3] or ""
        )
    none: list[str] = [""] * len(columns.get("urls", ()))
    days = zip(*(columns.get(name, none) for name in ("year", "month", "day")), strict=False)
    entries: dict[str, ListEntry] = {}
    for href, title, day in zip(columns.get("urls", ()), columns.get("headers", ()), days, strict=False):
        url = absolute(href, base)
        if url and title:
            entries.setdefault(
                url, ListEntry(url=url, title=tidy(unescape(title)), date=read_listed_date("-".join(day)))
            )
    return tuple(entries.values())


HANWEB = Platform(
    name="hanweb",
    signs=Signs(
        url=re.compile(r"/art/\d{4}/\d{1,2}/\d{1,2}/art_|/col/col\d+/|dataproxy\.jsp"),
        text=("<datastore>", "dataproxy.jsp", "/module/web/jpage/", "/module/jslib/"),
        ids=("bt-box-zoom",),
        classes=("con-title",),
    ),
    article=ArticleRules(
        title=(
            by_class("con-title"),
            by_class("article_title"),
            by_class("sp_title"),
            by_class("main-fl-tit"),
        ),
        date=(
            by_class("small-title"),
            by_class("sp_time"),
            by_class("article_time"),
            by_class("date", tag="span"),
        ),
        source=(by_class("small-title"), by_class("sp_time")),
        body=(
            *(by_id("zoom"), by_id("bt-box-zoom"), by_class("article_zoom"), by_class("main_section")),
            *(by_class("article-content"), by_class("main-txt"), by_class("nscont")),
        ),
        noise=(
            *("//*[@id='zoom']//table[.//*[contains(., '索引号')]]", by_class("printer"), by_class("close")),
            *(by_class("xxgk_table"), by_class("xxgk-table")),
        ),
    ),
    read_list=read_list,
)
