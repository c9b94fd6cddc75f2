"""A page that survives only as text: one line a paragraph, furniture above and below."""

from __future__ import annotations

from datetime import date, datetime

from crawler.extract.boilerplate import without_boilerplate
from crawler.extract.encoding import clean
from crawler.extract.types import EXTRACTOR_VERSION, ExtractedArticle, NotAnArticle, PageContext


def extract_text(dump: str, url: str = "", *, context: PageContext = PageContext()) -> ExtractedArticle:
    """Return the article that *dump* holds: its first line is the title, every further one a paragraph.

    :raises NotAnArticle: if nothing ('empty-body') or nothing but a title is left.
    """
    lines = [line.strip() for line in clean(dump).removeprefix("\ufeff").splitlines()]
    lines = [line for line in lines if line]
    kept, removed = without_boilerplate(lines)
    if not kept:
        raise NotAnArticle("empty-body", url, "no line of text is left")
    title, paragraphs = lines[kept[0]], tuple(lines[index] for index in kept[1:])
    if not paragraphs:
        raise NotAnArticle("empty-body", url, "a title without text")
    published, rule = _published(context)
    return ExtractedArticle(
        title=title,
        paragraphs=paragraphs,
        published=published,
        published_from=rule,
        removed=removed,
        extractor_version=EXTRACTOR_VERSION,
    )


def _published(context: PageContext) -> tuple[datetime | date | None, str]:
    if context.listed_date is not None:
        return context.listed_date, "list row"
    return None, "none: no date in text, metas or URL"
