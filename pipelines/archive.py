"""Hand each visit to the archive and return what feeds may export."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from pipelines.items import ArchivedArticle
from storage.records import Article, NoArticle, Outcome, Visit

Record = Callable[[Visit[Article | NoArticle]], Awaitable[Outcome]]


def archived(visit: Visit[Article | NoArticle], article: Article, outcome: Outcome) -> ArchivedArticle:
    """Return *article* as a feed shows it."""
    published = article.published_at or article.published_day
    return ArchivedArticle(
        id=outcome.article_id,
        change=outcome.change.value,
        copy_of=outcome.copy_of,
        site=visit.fetch.site.key,
        section=visit.fetch.section,
        url=visit.fetch.url,
        title=article.title,
        body=article.body,
        published=published.isoformat() if published else None,
        published_from=article.published_from,
        source=article.source,
        language=article.language,
        digest=outcome.digest,
    )


class ArchivePipeline:
    """Last stage: *record* is called once a visit and stores it before it returns.

    There is none where Scrapy's own commands look at a page (`shell`, `fetch`, `view`): nothing is archived.
    """

    def __init__(self, record: Record | None) -> None:
        self.record = record

    @classmethod
    def from_crawler(cls, crawler: Any) -> ArchivePipeline:
        """Return the stage for the run that *crawler*'s spider belongs to."""
        session = getattr(crawler.spider, "session", None)
        return cls(session.record if session else None)

    async def process_item(self, item: Visit[Article | NoArticle]) -> ArchivedArticle | Visit[NoArticle]:
        """Return the archived article, or the visit itself where it found none."""
        assert self.record is not None, "visits come from a spider that has a session"
        outcome = await self.record(item)
        if isinstance(item.result, Article):
            return archived(item, item.result, outcome)
        return Visit(fetch=item.fetch, parts=item.parts, result=item.result)
