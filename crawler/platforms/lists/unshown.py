"""Lists that no page shows: written by scripts, held as data, in a frame, or the answer of an interface."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lxml import etree

from crawler.extract.markup.script_data import held_values, values_inside, written_markup
from crawler.extract.types import ExtractedList, ListEntry, ListRequest
from crawler.platforms.answers import Json, fragment_page, json_of
from crawler.platforms.lists.as_before import page_before
from crawler.platforms.lists.headlines import headline_weight
from crawler.platforms.lists.held_entries import answered_entries, held_entries, stated_beside, stated_in
from crawler.platforms.lists.interfaces import interfaces_of
from crawler.platforms.lists.links import absolute, base_of, host_of
from crawler.platforms.lists.list_evidence import reads_like_headlines, says_article
from crawler.platforms.lists.outline import outline_of, width
from crawler.platforms.lists.repeated_rows import repeated_rows
from crawler.platforms.lists.rows import are_dated, entries_of, rows_in_fragments

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page

_LITTLE = 400  # width of all that a page shows; an article says more
_SHOWN = etree.XPath(
    "/html/body/descendant::text()[not(parent::script or parent::style or ancestor::noscript"
    " or ancestor::template)]",
    smart_strings=False,
)
_NUMBERED = re.compile(
    r"[?&](?:page|page_?(?:no|num|number|index)|cur(?:rent)?_?page|pn|p)=(\d{1,5})(?=&|$)", re.IGNORECASE
)
_OFFSET = re.compile(r"[?&](?:\$?skip|offset|start(?:_?(?:index|row))?|from)=(\d{1,6})(?=&|$)", re.IGNORECASE)
_NEXT = re.compile(r"next(?:_?page)?(?:_?(?:url|link|href|uri))?", re.IGNORECASE)
_HAS_NEXT = re.compile(r"has_?(?:next|more)(?:_?page)?", re.IGNORECASE)
_LAST = re.compile(r"(?:is_?)?last(?:_?page)?", re.IGNORECASE)
_PAGES = re.compile(r"(?:total_?)?pages|pages?_?(?:count|total)|last_?page", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://|[/?]")
_LEFT_OUT = frozenset(("a", "head", "header", "script", "style", "noscript", "template"))
_ASIDE = etree.XPath("//body//noscript | //body//template")
_PASSAGE = 300  # width of the text of an article
_LEAST_LINKS = 3  # in a comment that may be a list which a script unfolds
_FRAMES = etree.XPath("//iframe[@src] | //frame[@src]")
_MAIN_FRAME = re.compile(r"main|content|right|list", re.IGNORECASE)
_AROUND = re.compile(r"menu|nav|left|top|head|banner|title|logo|foot|bottom|copyright", re.IGNORECASE)
_NO_SIZE = frozenset({"0", "1", "0px", "1px"})


def unshown_list(page: Page) -> ExtractedList:
    """Return what *page* lists without showing it, or the frames that may; an article lists nothing."""
    answer = json_of(page)
    if answer is not None:
        return _answered(page, answer)
    if says_article(page):
        return ExtractedList()
    if sum(width(text.strip()) for text in _SHOWN(page.tree)) > _LITTLE:
        return _amid_furniture(page)
    written = _written_entries(page) or commented_entries(page)
    if written:
        return ExtractedList(entries=written)
    held = list(held_values(page.tree))
    if entries := held_entries(page, held):
        return ExtractedList(entries=entries, total=stated_beside(held, len(entries)))
    return ExtractedList(frames=tuple(ListRequest(url=url) for url in _frames(page) or interfaces_of(page)))


def _amid_furniture(page: Page) -> ExtractedList:
    """Return the dated rows that *page* holds as data, and shows nothing of but the menus around."""
    if entries := commented_entries(page):
        return ExtractedList(entries=entries)
    if _says_more_than_furniture(page):
        return ExtractedList()
    held = list(held_values(page.tree))
    entries = held_entries(page, held)
    if entries and all(entry.date for entry in entries):
        return ExtractedList(entries=entries, total=stated_beside(held, len(entries)))
    return ExtractedList(frames=tuple(ListRequest(url=url) for url in interfaces_of(page)))


def _says_more_than_furniture(page: Page) -> bool:
    """Tell whether *page* has as much text outside of links and furniture as an article."""
    furniture, said = outline_of(page.tree).furniture, 0
    unseen: etree._Element | None = None
    for event, element in etree.iterwalk(page.tree, events=("start", "end")):
        if event == "start" and unseen is None and (element in furniture or element.tag in _LEFT_OUT):
            unseen = element
        if unseen is None and (text := element.text if event == "start" else element.tail):
            said += width(text.strip())
        elif event == "end" and element is unseen:
            unseen = None
            said += width((element.tail or "").strip())
        if said > _LITTLE:
            return True
    return False


def _answered(page: Page, answer: Json) -> ExtractedList:
    """Return what the *answer* of an interface lists, and the next one where the address numbers them."""
    values = list(values_inside([answer]))
    entries = answered_entries(page, values, _values_before(page)) or _marked_up_entries(page, values)
    if not entries:
        return ExtractedList()
    total = stated_in(values)
    total = stated_beside(values, len(entries)) if total is None else total
    following = _named_next(page, values)
    if following is None and not _is_last(page, values):
        following = _following(page.url, len(entries), total)
    requests = (ListRequest(url=following),) if following else ()
    return ExtractedList(entries=entries, next=requests, total=total)


def _marked_up_entries(page: Page, values: Sequence[Json]) -> tuple[ListEntry, ...]:
    """Return the longest list in *values* whose records all hold a link in markup: `["<a href=..."]`."""
    found: tuple[ListEntry, ...] = ()
    for records in values:
        if not isinstance(records, list) or len(records) <= max(len(found), _LEAST_LINKS - 1):
            continue
        markup = [_markup_of(record) for record in records]
        if all("<a " in each for each in markup):
            entries = entries_of(page, rows_in_fragments(page, markup))
            weights = [headline_weight(entry.title, entry.url) for entry in entries]
            found = max(found, entries if reads_like_headlines(weights) else (), key=len)
    return found


def _markup_of(record: Json) -> str:
    """Return the texts of *record*, which may be markup, one beneath the other."""
    texts = record.values() if isinstance(record, dict) else record if isinstance(record, list) else ()
    return "".join(f"<div>{text}</div>" for text in texts if isinstance(text, str))


def _values_before(page: Page) -> list[Json]:
    """Return the values in the answer that *page* follows, if it follows one."""
    before = page.context.list_before
    return list(values_inside([json_of(page_before(page, before))])) if before else []


def _named_next(page: Page, values: Sequence[Json]) -> str | None:
    """Return the address on the same host that an answer names as its next page."""
    for record in values:
        for name, value in record.items() if isinstance(record, dict) else ():
            address = value.get("href") if isinstance(value, dict) else value
            if _NEXT.fullmatch(name) and isinstance(address, str) and _ADDRESS.match(address):
                url = absolute(address, base_of(page))
                if url and url != page.url and host_of(url) == host_of(page.url):
                    return url
    return None


def _is_last(page: Page, values: Sequence[Json]) -> bool:
    """Return whether an answer says that no page comes after it, or counts the pages up to its own."""
    number = _NUMBERED.search(page.url)
    for record in values:
        for name, value in record.items() if isinstance(record, dict) else ():
            if value in (None, False, "") and (_NEXT.fullmatch(name) or _HAS_NEXT.fullmatch(name)):
                return True
            if value is True and _LAST.fullmatch(name):
                return True
            if number and type(value) is int and _PAGES.fullmatch(name) and 0 < value <= int(number[1]):
                return True
    return False


def _following(url: str, rows: int, total: int | None) -> str | None:
    """Return *url* with the number of its page, or of its first of *rows*, counted on; None at its end."""
    if number := _NUMBERED.search(url):
        return _counted_on(url, number, 1)
    offset = _OFFSET.search(url)
    is_end = offset is None or (total is not None and int(offset[1]) + rows >= total > rows)
    return None if offset is None or is_end else _counted_on(url, offset, rows)


def _counted_on(url: str, number: re.Match[str], step: int) -> str:
    return f"{url[: number.start(1)]}{int(number[1]) + step}{url[number.end(1) :]}"


def _written_entries(page: Page) -> tuple[ListEntry, ...]:
    """Return the rows that scripts write into *page*, or that stand there for who runs none."""
    aside = (
        etree.tostring(inner, encoding="unicode", method="html")
        for element in _ASIDE(page.tree)
        for inner in element
    )
    markup = written_markup(page.tree) or "".join(aside)
    if not markup:
        return ()
    unfolded = fragment_page(page, markup)
    return entries_of(unfolded, repeated_rows(unfolded))


def commented_entries(page: Page) -> tuple[ListEntry, ...]:
    """Return the dated rows that stand in comments of *page*, from which a script takes them."""
    comments = (comment.text or "" for comment in page.tree.iter(etree.Comment))
    markup = "".join(text for text in comments if text.count("<a ") >= _LEAST_LINKS)
    if not markup:
        return ()
    if max(outline_of(page.tree).passages.values(), default=0) >= _PASSAGE:
        return ()
    unfolded = fragment_page(page, markup)
    rows = repeated_rows(unfolded)
    return entries_of(unfolded, rows) if rows and all(are_dated(unfolded, rows)) else ()


def _frames(page: Page) -> list[str]:
    """Return the addresses on the same host of the frames that may hold lists: no menus, if others may."""
    frames = {
        url: f"{frame.get('name', '')} {frame.get('id', '')}"
        for frame in _FRAMES(page.tree)
        if _NO_SIZE.isdisjoint(_sizes(frame)) and (url := absolute(frame.get("src"), base_of(page)))
        if url != page.url and host_of(url) == host_of(page.url)
    }
    main = [url for url, names in frames.items() if _MAIN_FRAME.search(names)]
    others = [url for url, names in frames.items() if not _AROUND.search(f"{names} {url.rpartition('/')[2]}")]
    return main or others or [*frames]


def _sizes(frame: etree._Element) -> set[str]:
    return {frame.get("width", ""), frame.get("height", "")}
