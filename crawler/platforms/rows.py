"""A row of a list page as an entry: whose link it is, its whole title, its day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from lxml import etree

from crawler.extract.page import parse
from crawler.extract.types import ListEntry
from crawler.platforms.links import absolute, base_of
from crawler.platforms.listed_dates import (
    DateOrder,
    counts_from_1912,
    date_in_url,
    order_for,
    read_listed_date,
)

if TYPE_CHECKING:
    from crawler.extract.page import Page

_TEXT = etree.XPath("string()")
_TEXTS = etree.XPath("descendant::text()[not(parent::script) and not(parent::style)]")
_LINKS = etree.XPath("descendant-or-self::a[@href]")
_HEADINGS = etree.XPath("descendant-or-self::*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5]")
_TITLED = etree.XPath(
    "descendant::*[contains(@class, 'title') or contains(@class, 'Title') or contains(@class, 'titel')"
    " or contains(@class, 'headline') or contains(@class, 'tit') or contains(@class, 'name')]"
)
_TIMES = etree.XPath("descendant-or-self::time/@datetime")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]+")
_CUT = re.compile(r"\s*(?:…+|\.{3,}|⋯+)\s*$")
_ATTRIBUTE_LABEL = re.compile(r"^(?:标题|标　题|題目|标题名称|title)\s?[:：]\s?", re.IGNORECASE)
_HIDDEN = re.compile(
    r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-reader-text|element-invisible|assistive-text|badge|new-?icon)(?:$|[\s_-])"
)
_LEAD = re.compile(r"^[·•●▪■◆★\-–—>»]+\s+|^[·•●▪■◆]")
_EDGE_DATE = re.compile(
    r"^[\[(（【]?\s*(?:19|20)\d{2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,2}\s*[\])）】]?\s*[|:：]?\s+(?=\S)"
    r"|\s*[\[(（【]\s*(?:19|20)\d{2}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?\s*[\])）】]\s*$"
    r"|\s+(?:19|20)\d{2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,2}$"
)
_MORE = re.compile(
    r"(?:continue\s+)?read(?:ing)?(?:\s+(?:more|on|full).*)?"
    r"|(?:learn|see|view|find out)?\s*more(?:\s+(?:about|details?)\b.*)?"
    r"|continue\s+reading.*|full\s+(?:story|article|text)|details?|view|open|download"
    r"|详细|详情|查看(?:详情|更多|全文)?|阅读(?:全文|更多)|更多|全文|点击.{0,4}|\[?详细\]?|了解更多|閱讀更多|詳情|詳細"
    r"|mehr(?:\s+erfahren|\s+lesen)?|weiter(?:lesen)?|lire\s+(?:la\s+suite|plus)|en\s+savoir\s+plus|leer\s+más|saiba\s+mais|続きを読む",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:发布(?:日期|时间)|发文日期|成文日期|日期|时间|發布日期|發佈日期|published(?:\s+on)?|posted(?:\s+on)?|date|datum|updated)"
    r"\s*[:：]?\s*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"[\d\s\-/.:年月日\[\]()（）【】]+")
_BLOCKS = frozenset(
    "address article br dd div dl dt h1 h2 h3 h4 h5 h6 header li p section table td tr ul".split()
)
_UNSEEN = frozenset(("script", "style"))
_SHORT = 60  # characters: a longer run of text is a summary, and the days in it are events


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: the link that leads to the article, the element around it, the text beside that."""

    link: etree._Element
    url: str
    element: etree._Element
    beside: tuple[str, ...] = ()  # text that stands next to the element and belongs to the row


def entries_of(page: Page, rows: Sequence[Row]) -> tuple[ListEntry, ...]:
    """Return the entries of *rows* in order; of rows with one address the first stands."""
    entries: dict[str, ListEntry] = {}
    for row, day in zip(rows, days_of(page, rows), strict=True):
        title = title_of(row)
        if any(letter.isalpha() for letter in title) and row.url not in entries:
            entries[row.url] = ListEntry(url=row.url, title=title, date=day or date_in_url(row.url))
    return tuple(entries.values())


def days_of(page: Page, rows: Sequence[Row]) -> list[date | None]:
    """Return the day that each of *rows* states, or None."""
    texts = [row_texts(row) for row in rows]
    order = order_for(page, (text for chunks in texts for text in chunks if len(text) <= _SHORT))
    roc = counts_from_1912(page)
    return [date_of(row, chunks, order, roc=roc) for row, chunks in zip(rows, texts, strict=True)]


def rows_in(page: Page, elements: Iterable[etree._Element]) -> list[Row]:
    """Return a row for each of *elements* that holds a link to a page."""
    base = base_of(page)
    rows = []
    for element in elements:
        link = _main_link(element, base)
        if link is not None:
            url = absolute(link.get("href"), base)
            if url is not None:
                rows.append(Row(link=link, url=url, element=element))
    return rows


def rows_in_fragments(page: Page, fragments: Iterable[str]) -> list[Row]:
    """Return a row for each of *fragments*, pieces of markup that came apart from the page."""
    return rows_in(page, (parse(f"<div>{fragment}</div>") for fragment in fragments))


def title_of(row: Row) -> str:
    """Return the whole title of *row*, empty where it has none."""
    shown = _link_title(row.link)
    if not shown or says_more(shown):
        shown = heading_in(row.element) or tidy(row.link.get("title") or "")
    if not any(letter.isalpha() for letter in shown):
        shown = max(_other_texts(row), key=len, default="")
    return whole_title(shown, row.link.get("title"))


def whole_title(shown: str, attribute: str | None) -> str:
    """Return *attribute* where it completes the cut text *shown*, else *shown*."""
    lines = [_ATTRIBUTE_LABEL.sub("", tidy(line)) for line in (attribute or "").splitlines()]
    if not shown:
        return next(filter(None, lines), "")
    stem = _CUT.sub("", shown)
    for full in lines:
        if len(full) > len(stem) and full.startswith(stem) and (stem != shown or _is_han(shown)):
            return full
    return shown


def date_of(row: Row, chunks: Sequence[str], order: DateOrder | None, *, roc: bool) -> date | None:
    """Return the day that *row* states: in a time element or beside the title."""
    for stamp in _TIMES(row.element):
        day = read_listed_date(str(stamp), order)
        if day:
            return day
    beside = " ".join(chunk for chunk in chunks if len(chunk) <= _SHORT)
    day = read_listed_date(beside, order, roc=roc)
    return day or _labelled_day(chunks, order, roc=roc) or _title_day(row, order)


def row_texts(row: Row) -> list[str]:
    """Return the runs of text of *row* that are not its title."""
    title = _link_title(row.link)
    texts = [*(tidy(str(text)) for text in _TEXTS(row.element)), *row.beside]
    return [text for text in texts if text and text != title]


def _other_texts(row: Row) -> list[str]:
    """Return the texts of *row* outside of its link that are no day."""
    texts = (tidy(str(text)) for text in _TEXTS(row.element) if text.getparent() is not row.link)
    return [text for text in texts if 4 < len(text) <= 300 and not _is_date(text)]


def text_of(element: etree._Element) -> str:
    """Return the text inside *element* on one line."""
    return tidy(str(_TEXT(element)))


def tidy(text: str) -> str:
    """Return *text* on one line, without invisible characters."""
    if not text.isascii() and _INVISIBLE.search(text):
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())


def _link_title(link: etree._Element) -> str:
    """Return the title that the text of *link* shows, without a day at its edges."""
    if len(link) == 0:
        return _without_edge_date(tidy(link.text or ""))
    for found in (_HEADINGS(link), _TITLED(link)):
        for element in found:
            text = text_of(element)
            if text and read_listed_date(text) is None:
                return text
    blocks = [block for block in _blocks(link) if not _is_date(block)]
    return _without_edge_date(
        next((block for block in blocks if len(block) >= 8), max(blocks, key=len, default=""))
    )


def _blocks(link: etree._Element) -> list[str]:
    """Return the text of *link* as the blocks that a reader sees apart."""
    blocks: list[list[str]] = [[link.text or ""]]
    for event, element in etree.iterwalk(link, events=("start", "end")):
        if element is link or not isinstance(element.tag, str):
            continue
        if element.tag in _BLOCKS or _is_date(text_of(element)):
            blocks.append([])
        text = element.text if event == "start" else element.tail
        if text and element.tag not in _UNSEEN:
            blocks[-1].append(text)
    return [text for text in (tidy("".join(block)) for block in blocks) if text]


def _is_date(text: str) -> bool:
    return len(text) <= 30 and (_DIGITS.fullmatch(text) is not None or read_listed_date(text) is not None)


def _without_edge_date(text: str) -> str:
    return _LEAD.sub("", _EDGE_DATE.sub("", text)).strip()


def says_more(text: str) -> bool:
    """Tell whether the words of a link only ask to follow it."""
    return _MORE.fullmatch(text.rstrip(" ›»>→….")) is not None


def heading_in(element: etree._Element) -> str | None:
    """Return the first heading inside *element*, else what its class calls a title."""
    for found in (_HEADINGS(element), _TITLED(element)):
        for heading in found:
            text = text_of(heading)
            if text:
                return text
    return None


def _labelled_day(chunks: Sequence[str], order: DateOrder | None, *, roc: bool) -> date | None:
    for chunk in chunks:
        label = _LABELLED.search(chunk)
        if label:
            day = read_listed_date(chunk[label.end() : label.end() + 24], order, roc=roc)
            if day:
                return day
    return None


def _title_day(row: Row, order: DateOrder | None) -> date | None:
    edge = _EDGE_DATE.search(text_of(row.link))
    return read_listed_date(edge.group(), order) if edge else None


def _main_link(element: etree._Element, base: str) -> etree._Element | None:
    """Return the link of *element* that carries its title: the longest, the first of equals."""
    best, length = None, 0
    for link in _LINKS(element):
        if absolute(link.get("href"), base) is None:
            continue
        shown = text_of(link) or link.get("title") or ""
        if best is None or len(shown) > length:
            best, length = link, len(shown)
    return best


def _is_han(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)
