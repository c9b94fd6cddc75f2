"""Pages that were removed and whose article reappears, word for word, under another URL of the site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection

from storage.database.bulk import is_wanted, select_rows
from storage.models import article, page, revision
from storage.records import PageState
from storage.writing.page_states import PageEntry
from storage.writing.pages import SELECT, entry_of

REMOVED = frozenset({PageState.SUSPECTED, PageState.GONE})
_REMOVED_PAGES = (
    SELECT.add_columns(revision.c.digest)
    .join_from(article, page, page.c.id == article.c.page_id)
    .join(revision, revision.c.id == article.c.latest_revision)
    .where(is_wanted(article.c.text_digest), page.c.state.in_(state.value for state in REMOVED))
    .order_by(article.c.id)
)


def removed_pages(
    connection: Connection, text_digests: Iterable[str]
) -> dict[tuple[int, str], list[PageEntry]]:
    """Return the removed pages that showed texts of these digests, by site and digest, the oldest first."""
    found = defaultdict(list)
    for row in select_rows(connection, _REMOVED_PAGES, set(text_digests)):
        found[row.site_id, row.digest].append(entry_of(row))
    return found
