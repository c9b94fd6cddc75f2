"""jpaas, the platform that Hanweb sites moved to: a script names a unit whose JSON answer holds the rows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

from lxml import etree

from crawler.extract.types import ExtractedList, ListRequest
from crawler.platforms import ArticleRules, Platform, Signs
from crawler.platforms.answers import fragment_page, json_of, text_at
from crawler.platforms.lists.cuts import pairs_of
from crawler.platforms.lists.links import absolute, base_of
from crawler.platforms.lists.paging import next_pages
from crawler.platforms.lists.paths import by_class, by_id
from crawler.platforms.lists.repeated_rows import repeated_rows
from crawler.platforms.lists.repeats import repeats_in
from crawler.platforms.lists.rows import entries_of
from crawler.platforms.lists.unshown import commented_entries

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page

_MOST_PAGES = 500
_UNITS = etree.XPath("//*[@url and (@querydata or @queryData)]")
_PAGER = etree.XPath("//*[@rows and @count][1]")
_LIST_TAG = re.compile(r"list|列表|内容|信息|分页|正文|右侧|^zw$", re.IGNORECASE)
_FURNITURE_TAG = re.compile(
    r"位置|导航|菜单|头部|底部|面包屑|搜索|标题|页眉|页脚|友情|banner|nav", re.IGNORECASE
)


def read_list(page: Page) -> ExtractedList:
    """Return the rows of a unit's answer, or the unit that a list page asks for."""
    answer = json_of(page)
    if answer is None:
        entries = entries_of(page, repeated_rows(page)) or commented_entries(page)
        units = tuple(_units(page))
        return ExtractedList(entries=entries, next=units or next_pages(page), platform=JPAAS.name)
    fragment = fragment_page(page, text_at(answer, "data", "html") or text_at(answer, "html") or "")
    total, size = _pager(fragment)
    rows = repeated_rows(fragment)
    return ExtractedList(
        entries=entries_of(fragment, rows),
        next=tuple(_next(page, total, size)),
        total=total,
        platform=JPAAS.name,
        repeats=repeats_in(fragment, rows),
    )


def asks_for_a_unit(page: Page) -> bool:
    """Tell whether a script of *page* asks for its rows as jpaas does."""
    return "jpaas-publish-server" in page.text


def _units(page: Page) -> Iterator[ListRequest]:
    """Yield the requests that the scripts of *page* would make for its list."""
    units = [(dict(pairs_of(unescape(_query_data(script)))), script) for script in _UNITS(page.tree)]
    units = [unit for unit in units if not _FURNITURE_TAG.search(unit[0].get("tagId", ""))]
    lists = [unit for unit in units if _LIST_TAG.search(unit[0].get("tagId", ""))] or units
    for query, script in lists[:4]:
        url = absolute(script.get("url"), base_of(page))
        if url and query:
            yield ListRequest(url=f"{url}?{urlencode(query)}", headers=(("Referer", page.url),))


def _query_data(script: etree._Element) -> str:
    return script.get("querydata") or script.get("queryData") or ""


def _pager(page: Page) -> tuple[int | None, int | None]:
    """Return the number of entries and of rows a page that the fragment states."""
    for pager in _PAGER(page.tree):
        rows, count = pager.get("rows", ""), pager.get("count", "")
        if rows.isdecimal() and count.isdecimal() and len(count) < 9:
            return int(count), max(int(rows), 1)
    return None, None


def _next(page: Page, total: int | None, rows: int | None) -> Iterator[ListRequest]:
    """Yield the requests for the pages after the one that *page* answers."""
    if total is None or rows is None:
        return
    address = urlsplit(page.url)
    query = dict(parse_qsl(address.query, keep_blank_values=True))
    current = _page_number(query)
    last = min(-(-total // rows), current + _MOST_PAGES)
    for number in range(current + 1, last + 1):
        query["paramJson"] = json.dumps({"pageNo": number, "pageSize": rows}, separators=(",", ":"))
        yield ListRequest(
            url=address._replace(query=urlencode(query)).geturl(), headers=(("Referer", page.url),)
        )


def _page_number(query: dict[str, str]) -> int:
    found = re.search(r'"pageNo"\s*:\s*"?(\d{1,6})', query.get("paramJson", ""))
    number = found[1] if found else query.get("pageNo", "1")
    return int(number) if number.isdecimal() else 1


JPAAS = Platform(
    name="jpaas",
    signs=Signs(
        url=re.compile(r"/jpaas-publish-server/|/col/col\d+/art/\d{4}/art_|/art/\d{4}/art_\w{16,}"),
        text=("jpaas-publish-server", "AuthorizedRead/unitbuild", "bulidstatic"),
    ),
    article=ArticleRules(
        title=(by_id("con_title"), by_class("con-title"), by_class("main-fl-tit")),
        date=(by_id("con_time"), by_class("small-title"), by_class("cinfo")),
        source=(by_class("cinfo"), by_class("small-title")),
        body=(
            *(by_id("con_con"), by_class("ccontent"), by_id("zoom"), by_class("editor-content")),
            *(by_class("main_section"), by_class("wzzw-article"), by_class("article-content")),
        ),
        noise=(by_class("printer"), by_class("close")),
    ),
    read_list=read_list,
)
