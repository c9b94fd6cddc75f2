"""Pages that were removed and whose article reappears, word for word, under another URL of the site."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from storage.database.bulk import is_wanted, select_rows
from storage.models import article, page, revision
from storage.records import PageState
from storage.writing.page_states import PageEntry
from storage.writing.pages import SELECT, entry_of

REMOVED = (PageState.SUSPECTED.value, PageState.GONE.value)
_REMOVED_PAGES = (
    SELECT.add_columns(revision.c.digest)
    .join_from(article, page, page.c.id == article.c.page_id)
    .join(revision, revision.c.id == article.c.latest_revision)
    .where(is_wanted(article.c.text_digest), page.c.state.in_(REMOVED))
    .order_by(article.c.id.desc())
)


def removed_pages(
    connection: Connection, texts: Iterable[tuple[str, str]]
) -> dict[tuple[int, str], PageEntry]:
    """Return the removed pages that showed *texts*, (text digest, digest) pairs, by site and digest."""
    text_digests = {text_digest for text_digest, _ in texts}
    rows = select_rows(connection, _REMOVED_PAGES, text_digests)
    return {(row.site_id, row.digest): entry_of(row) for row in rows}
