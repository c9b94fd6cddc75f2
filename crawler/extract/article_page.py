"""An article page: markup in, one article out, with the account of every decision."""

from __future__ import annotations

from datetime import date, datetime

from crawler.extract.blocks import read_blocks
from crawler.extract.boilerplate import without_boilerplate
from crawler.extract.dates import conventions_of
from crawler.extract.head import Head, read_head
from crawler.extract.model import Tree, clues_of, load_model
from crawler.extract.page import Page, read_page
from crawler.extract.publication import in_time, offers_of
from crawler.extract.region import article_blocks
from crawler.extract.title import headlines_of, read_title
from crawler.extract.types import EXTRACTOR_VERSION, Candidate, ExtractedArticle, NotAnArticle, PageContext


def extract_article(
    html: bytes, url: str, *, platform: str | None = None, context: PageContext = PageContext()
) -> ExtractedArticle:
    """Return the article of a page.

    :raises NotAnArticle: if the page is something else; its kind says what.
    """
    return read_article(read_page(html, url, context), platform=platform, trees=load_model())


def read_article(page: Page, *, platform: str | None, trees: tuple[Tree, ...]) -> ExtractedArticle:
    """Return the article of *page*; *trees* decide its blocks where no family's rules do."""
    context, url = page.context, page.url
    head = read_head(page.tree, page.text)
    reading = read_blocks(page.tree)
    titles = read_title(head, headlines_of(reading), listed=context.listed_title, ruled=None)
    if not titles:
        raise NotAnArticle("missing-title", url)
    title = titles[0].value
    blocks = article_blocks(reading, clues_of(reading, head, title), trees)
    lines = [block.text.replace("\n", " ") for block in blocks]
    kept, removed = without_boilerplate(lines)
    paragraphs = tuple(lines[index] for index in kept if lines[index] != title)
    if not paragraphs:
        raise NotAnArticle("empty-body", url)
    published, rule, dates = _published(page, head, [block.text for block in reading.blocks])
    return ExtractedArticle(
        title=title,
        paragraphs=paragraphs,
        published=published,
        published_from=rule,
        language=head.language,
        platform=platform,
        encoding=page.encoding,
        canonical_url=head.canonical,
        removed=removed,
        candidates=(*titles, *dates),
        extractor_version=EXTRACTOR_VERSION,
    )


def _published(
    page: Page, head: Head, lines: list[str]
) -> tuple[date | datetime | None, str, tuple[Candidate, ...]]:
    context = page.context
    conventions = conventions_of(
        country=context.country,
        language=context.language or head.language,
        zone=context.timezone,
        now=context.fetched_at,
    )
    offers = [
        offer
        for offer in offers_of(head, page.url, lines, None, conventions)
        if in_time(offer.reading.value, context.fetched_at)
    ]
    candidates = tuple(
        Candidate(field="published", value=str(offer.reading.value), rule=offer.rule) for offer in offers
    )
    if not offers:
        if context.listed_date is not None:
            return context.listed_date, "list row", ()
        return None, "none: no date in text, metas or URL", ()
    value = offers[0].reading.value
    if isinstance(value, datetime) and value.tzinfo is None:
        value = value.date()
    return value, offers[0].rule, candidates
