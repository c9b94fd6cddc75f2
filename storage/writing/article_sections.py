"""The section of an article that several sections list: the one that was declared first."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, func, select, update

from storage.database.bulk import is_wanted
from storage.models import article, listing, section

_FIRST = (
    select(func.min(listing.c.section_id))
    .join(section, section.c.id == listing.c.section_id)
    .where(listing.c.page_id == article.c.page_id, section.c.site_id == article.c.site_id)
    .scalar_subquery()
)
_SETTLE = (
    update(article)
    .where(is_wanted(article.c.id), article.c.section_id > _FIRST)
    .values(section_id=_FIRST, changed_at=bindparam("now"))
)


def settle(connection: Connection, article_ids: Collection[int]) -> None:
    """Give each article the first declared section of its site that lists it.

    Which section's list page was read first depends on the network; what an export says must not.
    Section numbers follow the order of the declaration.
    """
    if article_ids:
        connection.execute(_SETTLE, {"wanted": sorted(article_ids), "now": datetime.now(UTC)})
