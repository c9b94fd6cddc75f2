"""An article page: markup in, one article out, with the account of every decision."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.extract.blocks import read_blocks
from crawler.extract.body import Body, body_of, ruled_body
from crawler.extract.head import Head, read_head
from crawler.extract.model import Tree, clues_of, load_model
from crawler.extract.page import Page, read_page
from crawler.extract.publication import read_publication
from crawler.extract.region import article_blocks
from crawler.extract.rules import Rules, containers_of, family_of, noise_of, rules_of, values_of
from crawler.extract.title import headlines_of, read_title
from crawler.extract.types import EXTRACTOR_VERSION, ExtractedArticle, NotAnArticle, PageContext


def extract_article(
    html: bytes, url: str, *, platform: str | None = None, context: PageContext = PageContext()
) -> ExtractedArticle:
    """Return the article of a page.

    :raises NotAnArticle: if the page is something else; its kind says what.
    """
    return read_article(read_page(html, url, context), platform=platform, trees=load_model())


def read_article(page: Page, *, platform: str | None, trees: Sequence[Tree]) -> ExtractedArticle:
    """Return the article of *page*; *trees* decide its lines where no family's rules find them."""
    context, url = page.context, page.url
    head = read_head(page.tree, page.text)
    family = family_of(page, platform)
    rules = rules_of(family[0]) if family else None
    ruled_title = next(values_of(page.tree, rules.title), None) if rules else None
    titles = read_title(head, headlines_of(page.tree), listed=context.listed_title, ruled=ruled_title)
    if not titles:
        raise NotAnArticle("missing-title", url)
    title = titles[0].value
    body = read_body(page, head, title, rules, trees, verbatim=platform is not None)
    if not body.lines:
        raise NotAnArticle("empty-body", url)
    publication = read_publication(page, head, body, rules)
    return ExtractedArticle(
        title=title,
        paragraphs=body.lines,
        published=publication.value,
        published_from=publication.rule,
        language=head.language,
        tables=body.tables,
        platform=family[0].name if family else None,
        platform_evidence=family[1] if family else None,
        encoding=page.encoding,
        canonical_url=head.canonical,
        removed=body.removed,
        candidates=(*titles, *publication.candidates),
        extractor_version=EXTRACTOR_VERSION,
    )


def read_body(
    page: Page, head: Head, title: str, rules: Rules | None, trees: Sequence[Tree], *, verbatim: bool
) -> Body:
    """Return the body that the family's rules find, or else the one that *trees* decide.

    A container that themes fill with more than the text is only taken *verbatim* where the site's declaration says so.
    """
    containers = containers_of(page.tree, rules) if rules else []
    if rules and containers and (verbatim or not rules.shared_container):
        noise = noise_of(page.tree, rules)
        body = ruled_body(containers, noise, breaks=rules.line_breaks_end_paragraphs, title=title)
        if body.lines:
            return body
    reading = read_blocks(page.tree, noise=noise_of(page.tree, rules) if rules else frozenset())
    blocks = article_blocks(reading, clues_of(reading, head, title), trees, containers)
    return body_of(blocks, [reading], title)
