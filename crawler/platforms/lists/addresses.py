"""The next list page by its address alone: for a link whose words nobody foresaw."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import SplitResult, urlsplit

from lxml import etree

from crawler.platforms.lists.links import absolute, base_of
from crawler.platforms.lists.text import text_of

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page

_LINKS = etree.XPath("//a[@href]")
_PAGE_PARAMETER = re.compile(
    r"(?:page|paged|pg|pn|page_?(?:no|num|number|index)|cur(?:rent)?_?page|pagen_\d|pager?\[\w*\]|seite|p[áa]gina"
    r"|side|sida|sivu|strona|strana|stranica|oldal)=(?P<number>\d{1,5})",
    re.IGNORECASE,
)
_OFFSET_PARAMETER = re.compile(
    r"(?:b_start(?::int)?|start|offset|skip|limitstart)=(?P<number>\d{1,6})", re.IGNORECASE
)
_PAGE_FOLDER = re.compile(r"/(?:page|seite|pagina)[/-](?P<number>\d{1,5})/?$")
# press.htm and press2.htm, index.html and index_2.html.
_FILE = re.compile(r"/(?P<stem>[^/]*?[^/\d_-])(?:[_-]?(?P<number>\d{1,3}))?\.[a-z]{3,5}$", re.IGNORECASE)
_LONGEST_LABEL = 40  # characters of a link that leads on; a longer one is a headline
_MOST_ROWS = 500  # of one page; a number further on is a year or something else


class _Place(NamedTuple):
    """Where in which list a page stands; the number is 0 where its address does not say."""

    form: str
    stem: tuple[str, str, frozenset[str]]
    number: int


def next_by_address(page: Page) -> str | None:
    """Return the linked address that is the one of *page* but for the next number of a page or a row."""
    own = _split(page.url)
    base = base_of(page)
    if own is None:
        return None
    places = {(place.form, place.stem): place.number for place in _places_of(own)}
    found: list[tuple[int, str]] = []
    for link in _LINKS(page.tree):
        href = link.get("href")
        url = absolute(href, base) if any(character.isdecimal() for character in href) else None
        parts = _split(url) if url else None
        for place in _places_of(parts) if parts is not None else ():
            before = places.get((place.form, place.stem))
            if url and before is not None and 0 < place.number - before <= _largest_step(place.form, before):
                found.append((place.number, url))
    return min(found)[1] if found else _next_file(page, own)


def _next_file(page: Page, own: SplitResult) -> str | None:
    """Return the only linked file that is named like that of *page* but for the next number."""
    name = _FILE.search(own.path)
    if name is None:
        return None
    before, base, found = int(name["number"] or 0), base_of(page), set()
    for link in _LINKS(page.tree):
        href = link.get("href")
        if name["stem"] not in href or len(text_of(link)) > _LONGEST_LABEL:
            continue
        parts = _split(absolute(href, base) or "")
        other = _FILE.search(parts.path) if parts and parts.netloc == own.netloc else None
        if parts and other and parts.path[: other.end("stem")] == own.path[: name.end("stem")]:
            step = int(other["number"] or 0) - before
            if 0 < step <= _largest_step("file", before) and parts.query == own.query:
                found.add(parts.geturl())
    return found.pop() if len(found) == 1 else None  # of several some are articles


def number_in(url: str) -> int:
    """Return the number of the page that *url* names, 0 where it names none."""
    parts = _split(url)
    places = _places_of(parts) if parts is not None else []
    return next((place.number for place in places if place.number and place.form != "row"), 0)


def _largest_step(form: str, before: int) -> int:
    """Return how far the next page may be: sites that count pages from 1 do not number the first one."""
    if form == "row":
        return _MOST_ROWS
    return 1 if before else 2


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None


def _places_of(parts: SplitResult) -> list[_Place]:
    """Return the places that an address may name, among them that of a first page without a number."""
    host, path = parts.netloc.lower(), parts.path.rstrip("/")
    values = frozenset(parts.query.split("&")) - {""}
    found = []
    for form, pattern in (("page", _PAGE_PARAMETER), ("row", _OFFSET_PARAMETER)):
        numbers = [match for value in values if (match := pattern.fullmatch(value))]
        number = int(numbers[0]["number"]) if len(numbers) == 1 else 0
        rest = values - {match.string for match in numbers}
        found.append(_Place(form, (host, path, rest), number))
    folder = _PAGE_FOLDER.search(parts.path)
    stem = parts.path[: folder.start()] if folder else path
    found.append(_Place("folder", (host, stem, values), int(folder["number"]) if folder else 0))
    return found
