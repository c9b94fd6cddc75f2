"""The pictures of an article: those amid its text, and those that stand where a text should."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import dropwhile, islice, takewhile
from urllib.parse import urlsplit

from lxml import etree

from crawler.extract.lines.blocks import Reading
from crawler.extract.markup.links import absolute, base_of, in_furniture, titled, unique
from crawler.extract.markup.page import Page
from crawler.extract.markup.rules import Rules
from storage.records import Link

LARGEST_ICON = 50  # pixels
_MAIN = etree.XPath("//article|//main")
# Spacers, icons and counters are no pictures of the article.
_NO_PICTURE = re.compile(
    r"(?:icon|logo|spacer|blank|pixel|transparent|1x1|loading|arrow|btn|button|qrcode)", re.IGNORECASE
)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|bmp|tiff?)(?:$|[?#])", re.IGNORECASE)
_UNSEEN = frozenset({"title", "script", "style"})
_NEAR_HEADLINE = 6  # elements around a headline; what lies farther out holds the page
_LAZY_SOURCES = ("data-src", "data-original", "data-lazy-src", "src")


def images_of(page: Page, elements: Iterable[etree._Element]) -> tuple[Link, ...]:
    """Return the pictures among *elements*, each once, without icons and spacers."""
    base = base_of(page)
    known: dict[tuple[etree._Element, bool], bool] = {}
    return unique(
        Link(url=url, title=titled(image.get("alt") or image.get("title")))
        for image in elements
        if not _is_small(image)
        and not in_furniture(image, known)
        and (url := absolute(base, _source_of(image)))
        and not _NO_PICTURE.search(urlsplit(url).path)
    )


def image_elements(readings: Iterable[Reading]) -> Iterator[etree._Element]:
    """Yield the pictures of what was read as the body."""
    for reading in readings:
        yield from (element for _, element in reading.images)


def pictured_body(page: Page, rules: Rules | None, title: str) -> tuple[Link, ...]:
    """Return the pictures that stand where the text of *page* should: in its place, or below the *title*."""
    containers: list[etree._Element] = []
    for path in rules.body if rules else ():
        containers.extend(node for node in path.find(page) if isinstance(node, etree._Element))
    pictures = (image for container in containers or _MAIN(page.tree) for image in container.iter("img"))
    return images_of(page, pictures) or images_of(page, _below_headline(page, title))


def _below_headline(page: Page, title: str) -> Sequence[etree._Element]:
    """Return the pictures that follow the headline in the innermost element that holds both."""
    elements = (element for element in page.tree.iter(etree.Element) if element.tag not in _UNSEEN)
    headline = next((element for element in elements if (element.text or "").strip() == title), None)
    around = islice(headline.iterancestors(), _NEAR_HEADLINE) if headline is not None else ()
    for outer in takewhile(lambda element: element.tag not in ("body", "html"), around):
        below = dropwhile(lambda element: element is not headline, outer.iter(etree.Element))
        if shown := [each for each in below if each.tag == "img" and not _leads_away(each)]:
            return shown
    return ()


def _leads_away(image: etree._Element) -> bool:
    """Return whether *image* is a link to anything but a larger picture of itself."""
    link = next(image.iterancestors("a"), None)
    return link is not None and not _PICTURE.search(link.get("href") or "")


def _is_small(image: etree._Element) -> bool:
    """Return whether *image* says that it is no larger than an icon or a swatch."""
    sizes = (image.get(name, "").strip().removesuffix("px") for name in ("width", "height"))
    return any(size.isdecimal() and int(size) <= LARGEST_ICON for size in sizes)


def _source_of(image: etree._Element) -> str:
    return next((value for name in _LAZY_SOURCES if (value := image.get(name))), "")
