"""What an imported document says, by the rules that read a fetched page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from crawler.extract import ExtractedArticle, NotAnArticle, PageContext, extract_text
from crawler.extract.encoding import decode
from crawler.extract.version import extractor_version
from crawler.importing.sources import Document, read_published, read_time, text_or_none
from crawler.reading import Answer, ArticleResult, read_answer
from pipelines.items import ScrapedArticle
from storage.records import BodyKind, Link, Mention, Rejected, Table
from storage.safe_text import harmless


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
    answer = Answer(url=url, status=document.status, body=document.html, location=document.location)
    result = read_answer(answer, platform=platform, context=context)
    canonical = harmless(result.canonical_url or "") if isinstance(result, ExtractedArticle) else None
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


def read_row(row: dict[str, Any]) -> ScrapedArticle | Rejected:
    """Return the article of a row as it stands: it was extracted before, and may be withheld since."""
    if reason := text_or_none(row.get("withheld")):
        return Rejected(reason="withheld", detail=reason)
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
        tables=tables_of(row.get("tables")),
        attachments=links_of(row.get("attachments")),
        images=links_of(row.get("images")),
        mentions=mentions_of(row.get("mentions")),
        body_kind=body_kind_of(row.get("body_kind")),
        extractor_version=text_or_none(row.get("extractor_version")) or extractor_version(),
        template_version=text_or_none(row.get("template_version")),
        read_at=read_time(row.get("last_seen")),  # an edit may have brought a later date
    )


def links_of(value: object) -> tuple[Link, ...]:
    """Return the links of a row that was exported; what is none is left out."""
    entries = value if isinstance(value, list) else []
    return tuple(
        Link(
            url=entry["url"],
            title=text_or_none(entry.get("title")),
            media_type=text_or_none(entry.get("media_type")),
        )
        for entry in entries
        if isinstance(entry, dict) and text_or_none(entry.get("url"))
    )


def tables_of(value: object) -> tuple[Table, ...]:
    """Return the tables of a row that was exported."""
    tables = value if isinstance(value, list) else []
    return tuple(
        tuple(tuple(map(str, cells)) for cells in table if isinstance(cells, list))
        for table in tables
        if isinstance(table, list)
    )


def mentions_of(value: object) -> tuple[Mention, ...]:
    """Return the dates inside the text of a row that was exported."""
    entries = value if isinstance(value, list) else []
    return tuple(
        Mention(text=str(entry.get("text")), day=day)
        for entry in entries
        if isinstance(entry, dict) and (day := read_published(entry.get("day")))
    )


def body_kind_of(value: object) -> BodyKind:
    """Return what carries the body of a row; text where it does not say."""
    return BodyKind(value) if isinstance(value, str) and value in set(BodyKind) else BodyKind.TEXT
