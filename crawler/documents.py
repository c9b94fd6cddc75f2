"""What an imported document says, by the rules that read a fetched page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from crawler.extract import ExtractedArticle, NotAnArticle, PageContext, extract_text
from crawler.extract.encoding import decode
from crawler.extract.types import EXTRACTOR_VERSION
from crawler.reading import Answer, ArticleResult, read_answer
from crawler.sources import Document, read_published, text_or_none
from pipelines.items import ScrapedArticle
from storage.records import Rejected


class Reading(NamedTuple):
    """The result of a document, and the URL that its markup gives it."""

    result: ArticleResult
    canonical_url: str | None = None


def read_document(document: Document, url: str, *, platform: str | None, context: PageContext) -> Reading:
    """Return what *document* holds; *url* is empty where none is known."""
    if document.row is not None:
        return Reading(read_row(document.row))
    if document.html is not None:
        return read_page(document, url, platform=platform, context=context)
    return Reading(read_dump(document.dump or b"", url, context))


def read_page(document: Document, url: str, *, platform: str | None, context: PageContext) -> Reading:
    """Return the article of a saved page; one without a URL is read again under its canonical one."""
    assert document.html is not None
    answer = Answer(url=url, status=document.status, body=document.html)
    result = read_answer(answer, platform=platform, context=context)
    canonical = result.canonical_url if isinstance(result, ExtractedArticle) else None
    if not url and canonical:
        result = read_answer(replace(answer, url=canonical), platform=platform, context=context)
    return Reading(result, canonical)


def read_dump(dump: bytes, url: str, context: PageContext) -> ArticleResult:
    """Return the article of a plain-text dump."""
    text, _ = decode(dump, context.http_charset)
    try:
        return extract_text(text, url, context=context)
    except NotAnArticle as error:
        return Rejected(reason=error.kind, detail=error.detail)


def read_row(row: dict[str, Any]) -> ScrapedArticle:
    """Return the article of a row as it stands: it was extracted before."""
    published = read_published(row.get("published"))
    return ScrapedArticle(
        title=text_or_none(row.get("title")) or "",
        paragraphs=tuple(str(row.get("text") or row.get("body") or "").splitlines()),
        published=published,
        published_from=text_or_none(row.get("published_from"))
        or ("row" if published else "none: not in the row"),
        source=text_or_none(row.get("source")),
        author=text_or_none(row.get("author")),
        editor=text_or_none(row.get("editor")),
        language=text_or_none(row.get("language")),
        extractor_version=EXTRACTOR_VERSION,
    )
