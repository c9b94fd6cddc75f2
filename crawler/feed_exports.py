"""Keep feed exports to articles."""

from __future__ import annotations

from scrapy.exceptions import DropItem

from pipelines.items import ArchivedArticle


class ArticlesOnly:
    """Drops, after they were archived, the visits that found no article."""

    def process_item(self, item: object) -> ArchivedArticle:
        """Return *item* if it is an article."""
        if isinstance(item, ArchivedArticle):
            return item
        raise DropItem("no article", log_level="DEBUG")
