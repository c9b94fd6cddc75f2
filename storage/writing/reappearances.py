"""Articles that leave a page and stand, word for word, under another URL of the site: before or after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, Row, func, select

from storage.database.bulk import is_wanted, select_rows
from storage.models import article, fetch, page, revision
from storage.records import Change, PageState
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


_own, _others = article.alias("own"), article.alias("others")
_own_text, _their_text = revision.alias("own_text"), revision.alias("their_text")
_SHOWN = (Change.NEW.value, Change.REVISED.value, Change.REEXTRACTED.value, Change.UNCHANGED.value)
_last_shown = select(func.max(fetch.c.at)).where(
    fetch.c.page_id == _own.c.page_id, fetch.c.result.in_(_SHOWN)
)
_SUCCESSORS = (
    SELECT.join_from(_own, _others, _others.c.text_digest == _own.c.text_digest)
    .join(page, page.c.id == _others.c.page_id)
    .join(_own_text, _own_text.c.id == _own.c.latest_revision)
    .join(_their_text, _their_text.c.id == _others.c.latest_revision)
    .where(
        _others.c.site_id == _own.c.site_id,
        _others.c.id != _own.c.id,
        _their_text.c.digest == _own_text.c.digest,
        _others.c.first_seen > _last_shown.scalar_subquery(),
        page.c.state == PageState.ARCHIVED.value,
    )
    .order_by(_others.c.id)
    .limit(1)
)


def successor(connection: Connection, article_id: int) -> PageEntry | None:
    """Return the page of the site where the text of an article stands since its own page showed it last."""
    row: Row[tuple[object, ...]] | None = connection.execute(
        _SUCCESSORS.where(_own.c.id == article_id)
    ).first()
    return None if row is None else entry_of(row)
