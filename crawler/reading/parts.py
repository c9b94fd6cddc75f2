"""The pages of one article, one after the other: archived as a whole, or not yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crawler.extract import ExtractedArticle, PageContext, join_parts
from crawler.extract.joining import repeats
from crawler.extract.parts import MOST_PARTS
from crawler.network.failures import ROBOTS
from crawler.reading.answers import ArticleResult
from storage.records import Failed, FailureCause, Fetch, KeptPayload, Missing, Moved, Rejected, Visit
from storage.url_keys import url_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """What was fetched of an article so far; *fetches* begins with that of its own page."""

    fetches: tuple[Fetch, ...]
    articles: tuple[ExtractedArticle, ...]
    keys: frozenset[str]  # URL keys of the pages that were read

    @classmethod
    def of(cls, fetch: Fetch, first: ExtractedArticle) -> Chain:
        """Return the chain that begins with the article's own page."""
        return cls(fetches=(fetch,), articles=(first,), keys=frozenset({url_key(fetch.url)}))

    @property
    def first_url(self) -> str:
        """Return the URL of the article."""
        return self.fetches[0].url

    @property
    def number(self) -> int:
        """Return the number of the part to ask for now, the first page being 1."""
        return len(self.articles) + 1

    def wanted(self) -> str | None:
        """Return the URL of the part to ask for now, None at the end of the article."""
        following = self.articles[-1].next_page
        return following if following and url_key(following) not in self.keys else None

    def leads_back(self, url: str) -> bool:
        """Return whether *url* was read already: no part lies there."""
        return url_key(url) in self.keys

    def fetched(self, fetch: Fetch) -> Chain:
        """Return the chain with one more fetch, whatever it brought."""
        return replace(self, fetches=(*self.fetches, fetch))

    def read(self, part: ExtractedArticle) -> Chain:
        """Return the chain with what the last fetch brought; a page that was read before ends the article."""
        if repeats(part, self.articles):
            part = replace(part, next_page=None)
        keys = self.keys | {url_key(self.fetches[-1].url)}
        return replace(self, articles=(*self.articles, part), keys=keys)

    def visit(self, result: ArticleResult | None = None) -> Visit[ArticleResult]:
        """Return the whole article as a visit, or *result* in its place."""
        result = join_parts(self.articles) if result is None else result
        return Visit(fetch=self.fetches[0], parts=self.fetches[1:], result=result)

    def broken(self, result: ArticleResult) -> Visit[ArticleResult]:
        """Return the visit of an article of which the part asked for gave *result* instead of text."""
        return self.visit(without_part(self.number, self.fetches[-1].url, result))

    def endless(self) -> Visit[ArticleResult] | None:
        """Return the visit of an article with more parts than articles have, None as long as it has fewer."""
        if len(self.articles) < MOST_PARTS:
            return None
        detail = f"it has more than {MOST_PARTS} parts; the next is {self.wanted()}"
        return self.visit(Failed(cause=FailureCause.TOO_LARGE, detail=detail))


def part_context(context: PageContext, first: ExtractedArticle, url: str) -> PageContext:
    """Return the *context* of an article's later part, whose first is at *url*."""
    return replace(context, part_of=url, listed_title=first.title)


def kept_part(parts: Sequence[KeptPayload], url: str) -> KeptPayload | None:
    """Return what the part at *url* gave last, if that is kept."""
    key = url_key(url)
    return next((part for part in parts if url_key(part.url) == key), None)


def without_part(number: int, url: str, result: ArticleResult) -> Failed | Rejected:
    """Return what it means for an article that one of its parts gave *result*: half of it is no article."""
    place = f"part {number}, {url}"
    if isinstance(result, Failed):
        return Failed(cause=result.cause, detail=f"{place}: {result.detail}")
    if isinstance(result, Rejected) and result.reason == ROBOTS:
        return Rejected(reason=ROBOTS, detail=f"{place}: {result.detail}")
    detail = "no text"
    if isinstance(result, Missing):
        detail = f"HTTP {result.status}"
    elif isinstance(result, Moved):
        detail = f"it moves to {result.to}"
    elif isinstance(result, Rejected):
        detail = result.reason
    return Failed(cause=FailureCause.NOT_FOUND, detail=f"{place}: {detail}")
