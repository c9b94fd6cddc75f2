"""The links of a page that may be rows of a list, each with how much it reads like a headline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from crawler.platforms.lists.headlines import (
    headline_of,
    headline_weight,
    is_front_page,
    is_in_prose,
    is_sign_of_its_line,
)
from crawler.platforms.lists.links import absolute, base_of
from crawler.platforms.lists.outline import Outline
from crawler.platforms.lists.row_titles import says_more
from crawler.platforms.lists.script_links import Clicks
from crawler.platforms.lists.text import text_of

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A link that may be a row: where it leads, where it stands, how much it reads like a headline."""

    link: etree._Element
    url: str
    place: int
    weight: float


def candidates_in(page: Page, outline: Outline) -> list[Candidate]:
    """Return the links that may be rows."""
    base, clicks = base_of(page), Clicks(page=page)
    candidates = []
    headed: dict[etree._Element, str] = {}
    for placed in outline.links:
        named = placed.link.get("href") or placed.link.get("data-href")
        url = absolute(named, base) or clicks.destination(placed.link)
        if url is None or url == page.url or is_front_page(url):
            continue
        heading = placed.heading
        # "Read more" behind a summary leads to what the heading over it says.
        leads = heading is not None and says_more(text_of(placed.link))
        if is_in_prose(placed.link) and not leads and not is_sign_of_its_line(placed.link):
            continue
        if heading is not None and headed.setdefault(heading, url) != url:
            heading = None  # it heads another row
        weight = headline_weight(headline_of(placed.link, heading), url, page.url)
        candidates.append(Candidate(link=placed.link, url=url, place=placed.place, weight=weight))
    return candidates
