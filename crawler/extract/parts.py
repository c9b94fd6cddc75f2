"""An article of several pages: where its next part is, and its parts made one article again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import SplitResult, urlsplit

from lxml import etree

from crawler.extract.lines.hints import Hint, hints_of_attributes, hints_of_tag
from crawler.extract.markup.links import absolute, base_of
from crawler.extract.text import text_of
from storage.url_keys import untracked_url

if TYPE_CHECKING:
    from crawler.extract.body.paragraphs import Body
    from crawler.extract.markup.page import Page

MOST_PARTS = 50  # longer ones are books, and a number that never ends is a trap
_FARTHEST = 600  # characters between the text and a pager that may be a list's or the comments'

_FILE = re.compile(r"[_-](?P<number>\d{1,3})(?P<suffix>\.[A-Za-z]{3,5})$")
_FOLDER = re.compile(r"/(?P<number>\d{1,2})/?$")
_PAGE_FOLDER = re.compile(r"/(?:page|seite|pagina)[/-](?P<number>\d{1,2})/?$")
_PAGE_PARAMETER = re.compile(
    r"(?:page|p|pg|pn|paged|pageno|page_?num|pagenumber|pageindex|curpage|seite|pagina)=(?P<number>\d{1,2})",
    re.IGNORECASE,
)
_ENDING = re.compile(r"(?:[_-]\d{1,3})?\.[A-Za-z]{3,5}$|[_-]\d{1,3}$")
_LABEL = re.compile(r"(?:page|seite|第)?\s?(?P<number>\d{1,3})\s?[页頁]?", re.IGNORECASE)
_OF_LISTS = frozenset({"page", "query"})  # comments and lists beside an article are numbered so too
_APART = Hint.COMMENTS | Hint.ASIDE
_UNSEEN = frozenset({"script", "style", "noscript", "template"})


class Part(NamedTuple):
    """An address read as one part of several: how it is numbered, what all parts share, which it is."""

    form: str
    stem: str
    number: int


@dataclass(frozen=True, slots=True)
class _Own:
    """The page's own address, as a first part and as a numbered one."""

    stem: str
    parts: Sequence[Part]

    def leads_to(self, part: Part, *, counted: bool) -> bool:
        """Return whether *part* follows; *counted* says that the page is known to be a numbered one."""
        if part.stem == self.stem:
            return part.number in (1, 2)  # `name_1` follows `name` on some sites, `name_2` on others
        return any(
            (own.form, own.stem, own.number + 1) == part and (counted or own.number <= 1)
            for own in self.parts
        )


def next_part_of(page: Page, body: Body) -> str | None:
    """Return the address of the part that follows *page* in its article, None where nothing does.

    A part is numbered: `name_2.html` follows `name.html` or `name_1.html`. The next article is none,
    whatever a link to it says.
    """
    parts = _split(page.url)
    name = _name_of(parts) if parts else None
    if parts is None or name is None:
        return None
    own = _Own(stem_of(parts), parts_of(parts))
    for url in _scripted(page, name):
        if (found := _split(url)) and any(own.leads_to(part, counted=True) for part in parts_of(found)):
            return url
    links = list(_links_near(page, name))
    text = _Text(page, body)
    counted = _is_counted(page, own, links)
    for element, url in links:
        found = _split(url)
        for part in parts_of(found) if found else ():
            if (
                own.leads_to(part, counted=counted)
                and _says_part(element, part)
                and text.owns(element, near=part.form in _OF_LISTS)
            ):
                return url
    return None


def may_be_part(url: str) -> bool:
    """Return whether *url* is numbered as a further part of an article would be."""
    parts = _split(url)
    return parts is not None and any(1 <= part.number <= MOST_PARTS for part in parts_of(parts))


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(untracked_url(url))
    except ValueError:
        return None
    return parts if parts.scheme in {"http", "https"} and parts.hostname else None


def stem_of(parts: SplitResult) -> str:
    """Return what the parts of an article share whose first part has this address."""
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}{query}"


def parts_of(parts: SplitResult) -> list[Part]:
    """Return what numbered part of an article this address may be; it may be read in several ways."""
    host, path = parts.netloc.lower(), parts.path
    query = f"?{parts.query}" if parts.query else ""
    found = []
    for form, pattern in (("file", _FILE), ("page", _PAGE_FOLDER), ("folder", _FOLDER)):
        match = pattern.search(path)
        if match and not path[: match.start()].endswith(("/", "/page")) and match.start():
            suffix = match["suffix"] if form == "file" else ""
            found.append(Part(form, f"{host}{path[: match.start()]}{suffix}{query}", int(match["number"])))
    values = parts.query.split("&")
    numbers = [match for value in values if (match := _PAGE_PARAMETER.fullmatch(value))]
    if len(numbers) == 1:
        others = "&".join(value for value in values if value != numbers[0].string)
        stem = f"{host}{path.rstrip('/')}{'?' + others if others else ''}"
        found.append(Part("query", stem, int(numbers[0]["number"])))
    return found


def _name_of(parts: SplitResult) -> str | None:
    """Return the word of the path that the addresses of all parts hold."""
    segments = [segment for segment in parts.path.split("/") if segment]
    while len(segments) > 1 and (segments[-1].isdecimal() or segments[-1] in ("page", "seite", "pagina")):
        segments.pop()
    return _ENDING.sub("", segments[-1]) or None if segments else None


def _scripted(page: Page, name: str) -> Iterator[str]:
    """Yield the parts that a script of the page numbers; one that numbers lists names another file."""
    from crawler.platforms.lists.paging import scripted_pages  # platforms read lists and import this package

    if "countPage" in page.elements.text or "createPageHTML" in page.elements.text:
        yield from (url for url in scripted_pages(page) if name in url)


def _links_near(page: Page, name: str) -> Iterator[tuple[etree._Element, str]]:
    """Yield the links of the page that may lead to a part: few, and found without reading the others."""
    base, shown = "", page.elements.addresses
    links = ((link.get("href") or "", link) for link in page.elements.with_tag("link"))
    anchors = page.elements.anchors if name in shown or "\n?" in f"\n{shown}" else ()
    for href, element in chain(links, anchors):
        if href and (name in href or href[0] == "?"):
            base = base or base_of(page)
            if (url := absolute(base, href.partition("#")[0])) and "#comment" not in href:
                yield element, url


def _is_counted(page: Page, own: _Own, links: Sequence[tuple[etree._Element, str]]) -> bool:
    """Return whether the number in the page's own address counts parts: the first one is known by name."""
    shared = {(part.form, part.stem) for part in own.parts}
    stems = {part.stem for part in own.parts}
    first = page.context.part_of
    for url in (*((first,) if first else ()), *(url for _, url in links)):
        found = _split(url)
        if found and stem_of(found) in stems:
            return True
        numbered = parts_of(found) if found else ()
        if any((part.form, part.stem) in shared and part.number <= 1 for part in numbered):
            return True
    return False


def _says_part(element: etree._Element, part: Part) -> bool:
    """Return whether a link says that it leads to the next page, or to the number that *part* has."""
    from crawler.platforms.lists.paging import is_named_next, says_next

    related = "next" in (element.get("rel") or "").split()
    if element.tag == "link":
        return related and part.form not in _OF_LISTS
    label = _LABEL.fullmatch(text_of(element).strip("[]()【】 "))
    number = int(label["number"]) if label else 0
    return related or says_next(element) or is_named_next(element) or number in _labels_of(part)


def _labels_of(part: Part) -> tuple[int, ...]:
    """Return what a pager may call *part*: sites count addresses from 1 or from 0, readers from 1."""
    return (part.number + 1,) if part.number < 2 else (part.number, part.number + 1)


class _Text:
    """Where the text of a page stands, to tell its own pager from others."""

    def __init__(self, page: Page, body: Body) -> None:
        self._page = page
        self._body = body

    def owns(self, link: etree._Element, *, near: bool) -> bool:
        """Return whether the pager of *link* is the text's: not the comments', not a column's beside it."""
        for parent in link.iterancestors():
            if parent in self._around:
                break
            names = (parent.get("class") or "", parent.get("id") or "")
            if (hints_of_tag(str(parent.tag)) | hints_of_attributes(*names)) & _APART:
                return False
        return not near or self._distances.get(link, _FARTHEST + 1) <= _FARTHEST

    @cached_property
    def _last(self) -> etree._Element | None:
        """Return the element that holds the last line."""
        lines = self._body.lines
        for reading in reversed(self._body.readings):
            for block in reversed(reading.blocks):
                if lines and lines[-1] in block.text:
                    return block.frame.element
        return None

    @cached_property
    def _around(self) -> frozenset[etree._Element]:
        return frozenset(self._last.iterancestors()) if self._last is not None else frozenset()

    @cached_property
    def _distances(self) -> dict[etree._Element, int]:
        """Return for each link below the text how many characters a reader sees between."""
        if self._last is None:
            return {}
        inside = set(self._last.iter())
        begun, count = False, 0
        found: dict[etree._Element, int] = {}
        for element in self._page.tree.iter(etree.Element):
            begun = begun or element is self._last
            if not begun:
                continue
            if element.tag == "a":
                found[element] = count
            if element not in inside and element.tag not in _UNSEEN:
                count += len((element.text or "").strip()) + len((element.tail or "").strip())
        return found
