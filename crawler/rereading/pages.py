"""Reads stored evidence by today's rules, a WARC file at a time: pure, so that any pool can run it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from w3lib.encoding import http_content_type_encoding

from crawler.extract import ExtractedArticle, PageContext, join_parts
from crawler.importing.documents import read_document
from crawler.importing.rows import read_json_row
from crawler.importing.types import JSON_TYPE, Document
from crawler.network.addresses import address_in_header
from crawler.reading.answers import (
    REDIRECTS,
    TEXT_TYPE,
    Answer,
    ArticleResult,
    media_type_in,
    read_answer,
    time_of_reading,
)
from crawler.reading.parts import part_context, without_part
from pipelines.fingerprint import fingerprint
from pipelines.normalise import NormalisePipeline
from storage.digests import digest
from storage.evidence.responses import Evidence, EvidenceError, read_evidence
from storage.records import (
    Article,
    Before,
    Failed,
    FailureCause,
    Fetch,
    FetchKind,
    FingerprintedArticle,
    NoArticle,
    Visit,
)
from storage.writing.revision_rows import described

if TYPE_CHECKING:
    from crawler.extract.body.template import SiteTemplates
    from crawler.sites import Site
    from storage.evidence.parts import StoredPart
    from storage.evidence.stored_pages import StoredPage

logger = logging.getLogger(__name__)

NORMALISE = NormalisePipeline()


class Rules(NamedTuple):
    """What a page is read by: its family, where it is known, and what is known beside the bytes."""

    platform: str | None
    context: PageContext


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A page that is read otherwise today; *article_id* is None where no article was found before."""

    article_id: str | None
    visit: Visit[FingerprintedArticle]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A page that today's rules make nothing of; what is archived stays as it is."""

    url: str
    article_id: str | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReading:
    """What today's rules make of one file: what changes, what is read no more, what is damaged."""

    file: str
    pages: int
    changed: tuple[Reading, ...]
    unread: tuple[Unread, ...]
    damages: tuple[str, ...]


def reread_file(
    root: Path,
    file: str,
    pages: Sequence[StoredPage],
    sites: Mapping[str, Site],
    templates: Mapping[str, SiteTemplates],
) -> FileReading:
    """Read *pages*, whose evidence lies in *file* under *root*, by today's rules and declarations."""
    changed: list[Reading] = []
    unread: list[Unread] = []
    damages: list[str] = []
    for page in pages:
        try:
            visit = reread(page, root, sites.get(page.site.key), templates.get(page.site.key))
        except EvidenceError as error:
            damages.append(f"{page.url}: {error}")
            continue
        if not isinstance(visit.result, Article):
            unread += _unread(page, visit)
        elif not reads_the_same(page, visit.result):
            public_id = page.head.public_id if page.head else None
            found = fingerprint(visit.result)
            found_visit = Visit(fetch=visit.fetch, parts=visit.parts, result=found)
            changed.append(Reading(article_id=public_id, visit=found_visit))
    return FileReading(
        file=file, pages=len(pages), changed=tuple(changed), unread=tuple(unread), damages=tuple(damages)
    )


def reads_the_same(page: StoredPage, found: Article) -> bool:
    """Return whether the archive would make no revision of *found*; nothing is compared that it does not."""
    head = page.head
    return head is not None and digest(found) == head.digest and described(found) == head.described


def read_before(
    page: StoredPage | None, root: Path, site: Site | None, templates: SiteTemplates | None
) -> Before:
    """Return what the page of a known article said before as it is read today, or that nobody can tell."""
    if page is None:
        return Before(article=None)
    try:
        found = reread(page, root, site, templates).result
    except EvidenceError as error:
        logger.warning("%s: what it said before cannot be read again: %s", page.url, error)
        return Before(article=None)
    return Before(article=fingerprint(found) if isinstance(found, Article) else None)


def reread(
    page: StoredPage, root: Path, site: Site | None, templates: SiteTemplates | None
) -> Visit[Article | NoArticle]:
    """Return the visit that the evidence of *page*, under *root*, would make today, dated as it was.

    :raises EvidenceError: if it cannot be read
    """
    evidence = read_evidence(root, page.pointer)
    result = read_whole(page, evidence, root, rules_of(page, evidence, site, templates))
    return NORMALISE.process_item(visit_of(page, site, result))


def visit_of(page: StoredPage, site: Site | None, result: ArticleResult) -> Visit[ArticleResult]:
    """Return the visit that brought *page*, with *result* as what it means."""
    fetch = fetch_of(page, site)
    return Visit(fetch=fetch, parts=tuple(part_fetch(part, fetch) for part in page.parts), result=result)


def part_fetch(part: StoredPart, first: Fetch) -> Fetch:
    """Return the fetch that brought *part* of the article whose page *first* brought."""
    return Fetch(
        url=part.url,
        site=first.site,
        section=first.section,
        kind=FetchKind.PART,
        at=part.at,
        status=part.status,
        size_bytes=part.size_bytes,
        digest=part.digest,
        evidence=part.pointer,
    )


def fetch_of(page: StoredPage, site: Site | None) -> Fetch:
    """Return the fetch that brought *page*, under its site's declaration of today."""
    return Fetch(
        url=page.url,
        site=site.record() if site else page.site,
        section=page.section,
        at=page.at,
        status=page.status,
        size_bytes=page.size_bytes,
        digest=page.digest,
        evidence=page.pointer,
    )


def read_whole(page: StoredPage, evidence: Evidence, root: Path, rules: Rules) -> ArticleResult:
    """Return what *evidence* and that of the article's further pages, under *root*, mean together.

    :raises EvidenceError: if a part cannot be read
    """
    first = read_again(page, evidence, rules)
    if not page.parts or not isinstance(first, ExtractedArticle):
        return first
    articles = [first]
    of_parts = rules._replace(context=part_context(rules.context, first, page.url))
    for part in page.parts:
        if part.status in REDIRECTS:
            continue
        result = read_part(page, part, root, of_parts)
        if not isinstance(result, ExtractedArticle):
            return without_part(len(articles) + 1, part.url, result)
        articles.append(result)
    return join_parts(articles)


def read_part(page: StoredPage, part: StoredPart, root: Path, rules: Rules) -> ArticleResult:
    """Return what the evidence of a further *part* of *page* means by today's rules."""
    if part.pointer is None:
        return Failed(cause=FailureCause.NOT_FOUND, detail="no evidence was kept of it")
    evidence = read_evidence(root, part.pointer)
    charset = http_content_type_encoding(evidence.header("Content-Type"))
    own = replace(page, url=part.url, status=part.status)
    return read_again(own, evidence, rules._replace(context=replace(rules.context, http_charset=charset)))


def read_again(page: StoredPage, evidence: Evidence, rules: Rules) -> ArticleResult:
    """Return what *evidence* means by today's rules."""
    read = read_import if evidence.kind == "resource" else read_response
    return read(page, evidence, rules)


def rules_of(
    page: StoredPage, evidence: Evidence, site: Site | None, templates: SiteTemplates | None
) -> Rules:
    """Return what a page is read by, as its site's declaration has it today."""
    record = site.record() if site else page.site
    section = site.section(page.section) if site else None
    context = PageContext(
        http_charset=http_content_type_encoding(evidence.header("Content-Type")),
        fetched_at=page.fetched_at and time_of_reading(page.fetched_at, evidence.header("Date")),
        listed_title=page.listed_title,
        listed_date=page.listed_day,
        timezone=record.timezone,
        country=record.country,
        language=(section.language if section else None) or record.language,
        template=templates.of(page.section) if templates else None,
    )
    return Rules((section.platform if section else None) or record.platform, context)


def read_response(page: StoredPage, evidence: Evidence, rules: Rules) -> ArticleResult:
    """Return what a response means today."""
    answer = Answer(
        url=evidence.url or page.url,
        status=evidence.status or 200,
        body=evidence.payload,
        media_type=media_type_of(evidence),
        location=address_in_header(evidence.header("Location")),
        content_range=evidence.header("Content-Range"),
    )
    return read_answer(answer, platform=rules.platform, context=rules.context)


def read_import(page: StoredPage, evidence: Evidence, rules: Rules) -> ArticleResult:
    """Return what an imported file means today."""
    url = "" if page.url.startswith("urn:") else page.url
    document = imported_document(page, evidence)
    return read_document(document, url, platform=rules.platform, context=rules.context).result


def imported_document(page: StoredPage, evidence: Evidence) -> Document:
    """Return the document that was imported."""
    media_type = media_type_of(evidence)
    if media_type == JSON_TYPE:
        row = read_json_row(evidence.payload, page.url)
        if isinstance(row, Document):
            return row
    if media_type == TEXT_TYPE:
        return Document(origin=page.url, dump=evidence.payload)
    return Document(origin=page.url, html=evidence.payload, status=page.status or 200)


def media_type_of(evidence: Evidence) -> str:
    """Return what the sender, or the import, called *evidence*."""
    return media_type_in(evidence.header("Content-Type"))


def _unread(page: StoredPage, visit: Visit[Article | NoArticle]) -> Iterator[Unread]:
    """Yield what is an article in the archive and none today; the other pages were none before."""
    if page.head is not None:
        reason = getattr(visit.result, "reason", type(visit.result).__name__.lower())
        yield Unread(url=page.url, article_id=page.head.public_id, reason=str(reason))
