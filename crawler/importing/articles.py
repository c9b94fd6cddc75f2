"""Documents become visits by the same stages as a crawl's pages; those of one article become one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from importlib import import_module
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.extract import ExtractedArticle, PageContext
from crawler.extract.parts import may_be_part
from crawler.importing.documents import read_document
from crawler.reading.parts import Chain, part_context
from crawler.sites import Site, undeclared_site
from pipelines.fingerprint import fingerprinted
from pipelines.normalise import NormalisePipeline
from storage.records import Fetch, FetchKind, Visit
from storage.url_keys import url_key

if TYPE_CHECKING:
    from crawler.extract.body.template import SiteTemplates
    from crawler.importing.types import Document
    from crawler.reading.answers import ArticleResult
    from storage.records import ArchivableVisit

MOST_HELD = 200  # documents that wait for others of their article, and articles that wait for a document


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """The documents of one visit, the page's own first; *lacks* is a further page that is not among them."""

    documents: tuple[Document, ...]
    visit: ArchivableVisit
    lacks: str | None = None

    @property
    def origin(self) -> str:
        """Return where the first document comes from."""
        return self.documents[0].origin


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDocument:
    """A document and what it means by itself."""

    document: Document
    fetch: Fetch
    result: ArticleResult


@dataclass(frozen=True, slots=True, kw_only=True)
class _Begun:
    """An article of which some pages came; *documents* are theirs."""

    documents: tuple[Document, ...]
    chain: Chain


class Importer:
    """Reads documents as a crawl of their sites would; `templates` are what those sites learned before."""

    def __init__(self, *, url: str | None, site: str | None, platform: str | None) -> None:
        self.url = url
        self.site = site
        self.platform = platform
        self.templates: Mapping[str, SiteTemplates] = {}
        self._normalise = NormalisePipeline()

    def read(self, document: Document, chain: Chain | None = None) -> ReadDocument:
        """Return what *document* means; with *chain* it is the next part of the article begun there."""
        url = self.url_of(document)
        named = document.site or self.site
        site = site_of(url, named)
        templates = self.templates.get(site.name)
        context = PageContext(
            http_charset=document.http_charset,
            fetched_at=document.fetched_at,
            timezone=site.timezone,
            country=site.country,
            language=site.language,
            template=templates.of(document.section or document.listed_section) if templates else None,
        )
        if chain is not None:
            context = part_context(context, chain.articles[0], chain.first_url)
        platform = self.platform or site.platform
        result, canonical = read_document(document, url, platform=platform, context=context)
        fetch = Fetch(
            url=url or canonical or document.urn,
            site=(site if url else site_of(canonical or "", named)).record(),
            section=document.section,
            kind=FetchKind.ARTICLE if chain is None else FetchKind.PART,
            at=document.fetched_at or datetime.now(UTC),
            status=document.status,
            size_bytes=len(document.payload),
            digest=sha256(document.payload).hexdigest(),
            last_seen=document.last_seen,
        )
        return ReadDocument(document=document, fetch=fetch, result=result)

    def url_of(self, document: Document) -> str:
        """Return the URL of *document*, empty where nobody but itself could tell."""
        return self.url or document.url or ""

    def archivable(self, visit: Visit[ArticleResult]) -> ArchivableVisit:
        """Return *visit* as the archive takes it."""
        return fingerprinted(self._normalise.process_item(visit))


class Assembly:
    """Puts the documents of an import together: the pages of an article are one visit.

    They come in any order, up to `MOST_HELD` documents apart.
    """

    def __init__(self, importer: Importer) -> None:
        self._importer = importer
        self._early: dict[str, ReadDocument] = {}  # URL key -> what may be a part of an article to come
        self._waiting: dict[str, list[_Begun]] = {}  # URL key of the page that an article waits for

    def add(self, document: Document) -> Iterator[Imported]:
        """Yield the visits that *document* completes."""
        read = self._importer.read(document)
        key = url_key(read.fetch.url)
        if key in self._waiting:
            for begun in self._waiting.pop(key):
                yield from self._go_on(begun, read)
        elif may_be_part(read.fetch.url):
            if key in self._early:  # the same page again: as it was before
                yield self._alone(self._early.pop(key))
            self._early[key] = read
            if len(self._early) > MOST_HELD:
                yield from self._begin(self._early.pop(next(iter(self._early))))
        else:
            yield from self._begin(read)

    def end(self) -> Iterator[Imported]:
        """Yield what still waits, as it is."""
        leading = [key for key, read in self._early.items() if _leads_on(read)]
        for key in leading:
            if key in self._early:
                yield from self._begin(self._early.pop(key))
        for read in self._early.values():
            yield self._alone(read)
        for waiting in self._waiting.values():
            for begun in waiting:
                yield self._whole(begun)

    def _begin(self, read: ReadDocument) -> Iterator[Imported]:
        if not isinstance(read.result, ExtractedArticle) or not read.result.next_page:
            yield self._alone(read)
            return
        chain = Chain.of(read.fetch, read.result)
        yield from self._next(_Begun(documents=(read.document,), chain=chain))

    def _go_on(self, begun: _Begun, read: ReadDocument) -> Iterator[Imported]:
        document = replace(read.document, listed_section=begun.documents[0].listed_section)
        part = self._importer.read(document, begun.chain)
        if not isinstance(part.result, ExtractedArticle):
            yield self._whole(begun)
            yield self._alone(read)
            return
        chain = begun.chain.fetched(part.fetch).read(part.result)
        yield from self._next(_Begun(documents=(*begun.documents, part.document), chain=chain))

    def _next(self, begun: _Begun) -> Iterator[Imported]:
        wanted = begun.chain.wanted()
        if wanted is None or begun.chain.endless():
            yield self._whole(begun)
            return
        key = url_key(wanted)
        if early := self._early.pop(key, None):
            yield from self._go_on(begun, early)
            return
        self._waiting.setdefault(key, []).append(begun)
        if len(self._waiting) > MOST_HELD:
            for longest in self._waiting.pop(next(iter(self._waiting))):
                yield self._whole(longest)

    def _alone(self, read: ReadDocument) -> Imported:
        lacks = read.result.next_page if isinstance(read.result, ExtractedArticle) else None
        visit = self._importer.archivable(Visit(fetch=read.fetch, result=read.result))
        return Imported(documents=(read.document,), visit=visit, lacks=lacks)

    def _whole(self, begun: _Begun) -> Imported:
        """Return the article that the pages that came make."""
        visit = self._importer.archivable(begun.chain.visit())
        return Imported(documents=begun.documents, visit=visit, lacks=begun.chain.wanted())


def _leads_on(read: ReadDocument) -> bool:
    return isinstance(read.result, ExtractedArticle) and read.result.next_page is not None


def site_of(url: str, named: str | None) -> Site:
    """Return the declared site of that name or of the URL's host, else one known by name or host alone."""
    parts = urlsplit(url)
    return _site_at(f"{parts.scheme}://{parts.netloc}/" if parts.netloc else "", named)


@lru_cache(maxsize=1_024)
def _site_at(url: str, named: str | None) -> Site:
    host = urlsplit(url).netloc.rpartition("@")[2].lower()
    if not named and not host:
        return Site(name="import", title="Imported documents", base_url="urn:hotnews:import", sections=())
    registry = import_module("crawler.registry")  # imports Scrapy, so only where a site may be declared
    declared = registry.declared_sites().get(named) if named else registry.site_of_host(host)
    return declared or undeclared_site(url, named)
