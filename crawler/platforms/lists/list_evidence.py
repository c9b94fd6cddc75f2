"""Whether repeated links are the list that a page is for, or the furniture of an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from crawler.platforms.lists.headlines import is_front_page, stands_alone
from crawler.platforms.lists.indexes import are_news, is_index
from crawler.platforms.lists.outline import Outline, width
from crawler.platforms.lists.rows import Row
from crawler.platforms.lists.text import text_of
from crawler.platforms.lists.totals import says_it_shows

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page

# A list may carry several of these, one a row; the page of an article carries one.
_STRUCTURED = re.compile(r'"@type"\s{0,4}:\s{0,4}"(?:News|Report|BlogPosting|Opinion)(?:Article)?"')
_MOST_COUNTED = 50  # rows without days: more of them are a menu, whatever "page 1 of 1" is said of
_LEAST_DAYS = 5  # rows with days that are a list whatever else they say
_LEAST_TEXT = 350  # width of the prose that makes an article of what stands above rows called related
_RELATED = re.compile(
    r"(?:related|similar|see also|you (?:may|might) also)"
    r"|(?:more (?:news|stories|articles|like|from)|other (?:news|stories))"
    r"|(?:ähnliche|verwandte) |das könnte sie auch"
    r"|weitere (?:meldungen|nachrichten|artikel|pressemitteilungen)"
    r"|(?:à lire|voir) aussi|(?:articles|actualités) (?:liée?s|similaires|associée?s)"
    r"|(?:sur le|dans la) même"
    r"|noticias relacionadas|(?:más|otras) noticias|te puede interesar"
    r"|notícias relacionadas|(?:mais|outras) notícias"
    r"|(?:leia|veja) também|leggi anche|altre notizie|notizie correlate|potrebbe(?:ro)? interessar"
    r"|gerelateerd|lees ook|meer nieuws|relater|läs också|les også|læs også|lue myös"
    r"|podobne|powiązane|zobacz (?:też|również)"
    r"|související|kapcsolódó|ilgili|diğer haber|похожие|читайте также|по теме"
    r"|другие новости|читайте також|інші новини"
    r"|(?:أخبار|مواضيع) (?:ذات صلة|مشابهة|أخرى)|اقرأ أيضا|相关|相關|延伸阅读|延伸閱讀|関連|관련",
    re.IGNORECASE,
)
_OVER = frozenset(("h2", "h3", "h4", "h5"))
_MOST_OVER, _BEFORE_ROWS = 4, 3  # elements up from a row, and before it, to the heading over a list
_MOST_BETWEEN = 800  # width of the prose after a row that may be its summary
# Containers that hold the text of an article and nothing else.
_BODIES = etree.XPath(
    "//*[@id='zoom' or @id='UCAP-CONTENT' or @id='js_content' or @id='ivs_content' or @id='zoomcon'"
    " or @itemprop='articleBody' or contains(@class, 'TRS_Editor') or contains(@class, 'TRS_UEDITOR')]"
    " | //ucapcontent"
)
# Looked for in the markup, these take a tenth of the time of the path, which few pages need.
_BODY_NAMES = ("zoom", "UCAP-CONTENT", "js_content", "ivs_content", "articleBody", "TRS_Editor", "TRS_UE")
_ARTICLE = etree.XPath(
    "boolean(//meta[@property='og:type' and @content='article'][//meta[@property='article:published_time']]"
    " | //meta[translate(@name, 'ARTICLETITLE', 'articletitle')='articletitle'][string(@content)])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Rows that may be the list of a page: how much each reads like a headline, which state a day."""

    rows: tuple[Row, ...]
    weights: tuple[float, ...]
    dated: tuple[bool, ...]

    @property
    def score(self) -> float:
        """Return how much the rows read like a list: a day beside a headline counts for two more."""
        return sum(
            weight + (2 * weight + 0.3 if dated else 0)
            for weight, dated in zip(self.weights, self.dated, strict=True)
        )


def is_list(page: Page, outline: Outline, found: Found) -> bool:
    """Tell whether *found* is what *page* is for."""
    dated = sum(found.dated) * 2 > len(found.rows)
    convincing = _is_dated_list(outline, found) if dated else _is_plain_list(page, found)
    if not convincing or not (is_front_page(page.url) or _is_main(page, outline, found, dated=dated)):
        return False
    return dated or _is_of_news(page, found)


def _is_main(page: Page, outline: Outline, found: Found, *, dated: bool) -> bool:
    """Tell whether the text around *found* is not what *page* is for."""
    bodies = _bodies(page)
    if len(bodies) == 1 and width(text_of(bodies[0])) >= 60:
        return False
    titles = sum(width(text_of(row.link)) for row in found.rows)
    container = _container(found)
    inside = outline.prose_in(container)
    between = inside - sum(outline.prose_in(row.element) for row in found.rows)
    if between > _MOST_BETWEEN * (len(found.rows) if reads_like_headlines(found.weights) else 1):
        return False
    around = outline.longest_passage(container) if dated else outline.prose_in(outline.root) - inside
    if around > max(_LEAST_TEXT, titles + inside) and _RELATED.match(heading_over(found)):
        return False
    if says_article(page):
        return dated and around <= max(200, (titles + inside) // 2)
    return around <= (max(900, 1.5 * (titles + inside)) if dated else max(600, titles + inside))


def _bodies(page: Page) -> Sequence[etree._Element]:
    named = any(name in page.text for name in _BODY_NAMES)
    return _BODIES(page.tree) if named or page.elements.with_tag("ucapcontent") else ()


def says_article(page: Page) -> bool:
    """Tell whether the metas or the schema.org data of *page* call it one article."""
    structured = '"@type"' in page.text and len(_STRUCTURED.findall(page.text)) == 1
    return structured or bool(_ARTICLE(page.tree))


def reads_like_headlines(weights: Sequence[float]) -> bool:
    """Tell whether links of these *weights* may be a list at all: without it no day makes them one."""
    return sum(weights) >= (min(0.8, 0.15 * max(len(weights), 3)) if len(weights) > 1 else 0.5)


def _is_dated_list(outline: Outline, found: Found) -> bool:
    if len(found.rows) >= _LEAST_DAYS and all(found.dated):  # be their titles as short as "Order list"
        return True
    if not reads_like_headlines(found.weights):
        return False
    row = found.rows[0].element
    alone = row.tag in ("li", "tr", "article", "dl") and outline.prose_in(row) < 500
    return len(found.rows) > 1 or alone


def _is_plain_list(page: Page, found: Found) -> bool:
    """Tell whether rows without a day read like headlines one and all, or are as many as *page* says."""
    return _are_all_headlines(found) or _are_as_many_as_said(page, found)


def _is_of_news(page: Page, found: Found) -> bool:
    """Tell whether rows without a day are those of news, and lead to no services, questions or people."""
    shown = any(found.dated) or are_news(page, found.rows, heading_over(found))
    return (shown or _are_as_many_as_said(page, found)) and not is_index(page, found.rows)


def _are_all_headlines(found: Found) -> bool:
    count = len(found.rows)
    alone = sum(stands_alone(row.link) for row in found.rows)
    return count >= 3 and sum(found.weights) >= 0.6 * count and alone >= 0.7 * count


def _are_as_many_as_said(page: Page, found: Found) -> bool:
    count = len(found.rows)
    return 1 < count <= _MOST_COUNTED and all(found.weights) and says_it_shows(page, count)


def heading_over(found: Found) -> str:
    """Return the heading right before the rows, or what they stand in, empty where there is none."""
    row = found.rows[0].element
    for element in islice((row, *row.iterancestors()), _MOST_OVER):
        for sibling in islice(element.itersiblings(preceding=True), _BEFORE_ROWS):
            if sibling.tag in _OVER:
                return text_of(sibling)
    return ""


def _container(found: Found) -> etree._Element:
    """Return the nearest element that holds all rows."""
    first, last = found.rows[0].element, found.rows[-1].element
    above = {last, *last.iterancestors()}
    return next(element for element in (first, *first.iterancestors()) if element in above)
