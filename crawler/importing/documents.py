"""What an imported document says, by the rules that read a fetched page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

from crawler.extract import ExtractedArticle, NotAnArticle, PageContext, extract_text
from crawler.extract.dates.written import read_date, read_epoch
from crawler.extract.markup.encoding import decode
from crawler.extract.publication import conventions_at, known_moment
from crawler.extract.version import extractor_version
from crawler.importing.rows import read_published, read_time, text_or_none, whole_number
from crawler.importing.types import Document, is_no_text
from crawler.reading.answers import Answer, ArticleResult, read_answer
from pipelines.items import ScrapedArticle
from storage.records import BodyKind, Link, Mention, Rejected, Table
from storage.safe_text import harmless

_LONGEST_DATE, _BEFORE_A_DATE = 60, 12  # characters: a weekday may stand before it


class Reading(NamedTuple):
    """The result of a document, and the URL that its markup gives it."""

    result: ArticleResult
    canonical_url: str | None = None


def read_document(document: Document, url: str, *, platform: str | None, context: PageContext) -> Reading:
    """Return what *document* holds; *url* is empty where none is known."""
    if document.row is not None:
        return Reading(read_row(document.row, url, context))
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
    if is_no_text(dump):
        return Rejected(reason="not-html", detail="bytes that are no text")
    text, _ = decode(dump, context.http_charset)
    try:
        return extract_text(text, url, context=context)
    except NotAnArticle as error:
        return Rejected(reason=error.kind, detail=error.detail)


def read_row(row: dict[str, Any], url: str, context: PageContext) -> ScrapedArticle | Rejected:
    """Return the article of a row as it stands: it was extracted before, and may be withheld since."""
    if reason := text_or_none(row.get("withheld")):
        return Rejected(reason="withheld", detail=reason)
    published, rule = published_in(row.get("published"), url, context)
    return ScrapedArticle(
        title=text_or_none(row.get("title")) or "",
        paragraphs=tuple(str(row.get("text") or row.get("body") or "").splitlines()),
        published=published,
        published_from=text_or_none(row.get("published_from")) or rule,
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


def published_in(value: object, url: str, context: PageContext) -> tuple[datetime | date | None, str]:
    """Return the day or the moment that a row states, with the rule: ISO, an epoch time, or words of a date.

    A time without a zone is on the clock of the site; where that is not known, only its day is.
    """
    if (number := whole_number(value)) is not None and (moment := read_epoch(str(number))):
        return moment, "row"
    text = text_or_none(value)
    if text is None:
        return None, "none: not in the row"
    exact = read_published(text)
    if exact is not None and (not isinstance(exact, datetime) or exact.tzinfo):
        return exact, "row"
    reading = read_date(text, conventions_at(url, context)) if len(text) <= _LONGEST_DATE else None
    if reading is None or reading.start > _BEFORE_A_DATE:
        return None, f"none: {text[:_LONGEST_DATE]!r} is no date, or an ambiguous one"
    return known_moment(reading.value), "row"


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
