"""What changed, newest first: articles that appeared, were edited or were removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Select, Text, cast, null, select, true, tuple_

from storage.article_places import with_places
from storage.errors import BadQuery
from storage.models import article as a
from storage.models import page, revision, section, site
from storage.records import Cause, PageState
from storage.safe_text import storable
from storage.search.matching import is_found, is_found_alone, is_walked, latest_articles
from storage.search.query_language import EVERYTHING, Node, parse

earlier = revision.alias("earlier")


class ChangeKind(StrEnum):
    """What happened to an article."""

    NEW = "new"
    EDITED = "edited"
    REMOVED = "removed"


# The newest edits or removals, whose articles are looked at one by one, ten microseconds each. There are few,
# and the last ones often of one site, whose language may be another than that of the query.
NEAR = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One change; `cursor` continues the list after it, however much is written since."""

    kind: ChangeKind
    at: datetime
    article: str
    site: str
    section: str | None
    url: str
    title: str
    title_before: str | None  # of an edited one
    revision: int
    published_day: date | None
    language: str | None
    state: str
    cursor: str


def changes(
    connection: Connection, kind: ChangeKind, *, query: str, limit: int, after: str | None
) -> list[ChangeRow]:
    """Return the changes of *kind* to articles that match *query*, newest first.

    :raises BadQuery: if *after* is no cursor of such a list
    """
    asked = _Asked(kind=kind, node=parse(storable(query)), limit=limit, after=storable(after))
    rows: list[dict[str, Any]] = []
    for found in _ways_to_find(connection, asked):
        few = found.limit(limit)
        rows = [dict(row._mapping) for row in connection.execute(_DESCRIBED[kind](few))]
        if len(rows) == limit:
            break
    return [ChangeRow(kind=kind, cursor=_cursor(kind, row), **row) for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """Which changes are asked for."""

    kind: ChangeKind
    node: Node
    limit: int
    after: str | None


def _ways_to_find(connection: Connection, asked: _Asked) -> Iterator[Select[Any]]:
    """Yield statements that select the changes that match: some that may find too few, and one for all."""
    changes = _STATEMENTS[asked.kind](connection, asked.after).where(a.c.withheld.is_(None))
    if asked.node == EVERYTHING:
        yield changes
    elif not is_walked(connection, asked.node):
        yield changes.where(is_found(connection, asked.node))
    elif asked.kind is ChangeKind.NEW:
        before = _arrival(connection, asked.after)
        yield changes.where(a.c.id.in_(latest_articles(connection, asked.node, asked.limit, before)))
    else:
        yield _near(connection, changes, asked.node)
        yield changes.where(is_found(connection, asked.node))


def _near(connection: Connection, changes: Select[Any], node: Node) -> Select[Any]:
    """Return what looks at the newest *changes* one by one: sooner done than to list all that have a word."""
    near = changes.add_columns(a.c.id.label("row")).limit(NEAR).subquery("near")
    hit = select(a.c.id).where(a.c.id == near.c.row, is_found_alone(connection, node)).exists()
    # IS true: asked of one after the other, until there are enough.
    return select(*(column for column in near.c if column is not near.c.row)).where(hit.is_(true()))


def _cursor(kind: ChangeKind, row: Mapping[str, Any]) -> str:
    match kind:
        case ChangeKind.NEW:
            return str(row["article"])
        case ChangeKind.EDITED:
            return f"{row['article']}.{row['revision']}"
        case ChangeKind.REMOVED:
            return f"{row['at'].isoformat()}~{row['article']}"


def _columns() -> tuple[Any, ...]:
    return (
        a.c.public_id.label("article"),
        site.c.key.label("site"),
        section.c.slug.label("section"),
        page.c.url,
        revision.c.title,
        revision.c.number.label("revision"),
        revision.c.published_day,
        a.c.language,
        page.c.state,
    )


def _appeared(connection: Connection, after: str | None) -> Select[Any]:
    """Select articles in the order they arrived in, which is that of their row numbers."""
    statement = with_places(
        select(
            a.c.first_seen.label("at"),
            cast(null(), Text).label("title_before"),
            *_columns(),
        ).join_from(a, revision, revision.c.id == a.c.latest_revision)
    )
    before = _arrival(connection, after)
    if before is not None:
        statement = statement.where(a.c.id < before)
    return statement.order_by(a.c.id.desc())


def _arrival(connection: Connection, after: str | None) -> int | None:
    """Return the row number of the article that a list of new ones goes on after."""
    if after is None:
        return None
    return _required(connection.scalar(select(a.c.id).where(a.c.public_id == after)), after)


def _edited(connection: Connection, after: str | None) -> Select[Any]:
    """Select numbers of later revisions; the few articles that have any have an index of their own."""
    few = select(a.c.id).where(a.c.revisions > 1).cte("few").prefix_with("MATERIALIZED")
    statement = (
        select(revision.c.id)
        .join_from(few, revision, revision.c.article_id == few.c.id)
        .join(a, a.c.id == few.c.id)
        .where(revision.c.number > 1, revision.c.cause == Cause.EDITED.value)
    )
    if after is not None:
        public_id, _, number = after.rpartition(".")
        named = select(revision.c.id).join(a, a.c.id == revision.c.article_id)
        wanted = (a.c.public_id == public_id, cast(revision.c.number, Text) == number)
        row = _required(connection.scalar(named.where(*wanted)), after)
        statement = statement.where(revision.c.id < row)
    return statement.order_by((revision.c.id + 0).desc())  # + 0: not by a walk over every revision


def _described_edits(edited: Select[Any]) -> Select[Any]:
    """Select what is told of the revisions that *edited* selects: only of them, once they are chosen."""
    chosen = edited.subquery("chosen")
    return with_places(
        select(revision.c.seen_at.label("at"), earlier.c.title.label("title_before"), *_columns())
        .join_from(chosen, revision, revision.c.id == chosen.c.id)
        .join(a, a.c.id == revision.c.article_id)
        .join(
            earlier,
            (earlier.c.article_id == revision.c.article_id) & (earlier.c.number == revision.c.number - 1),
        )
    ).order_by(revision.c.id.desc())


def _removed(_connection: Connection, after: str | None) -> Select[Any]:
    """Select row numbers of articles whose page is confirmed gone, and when it was."""
    few = gone_pages().cte("few").prefix_with("MATERIALIZED")
    statement = select(few.c.gone_at, a.c.id).join_from(
        few, a, (a.c.id == few.c.article_id) & (a.c.page_id == few.c.id)
    )
    if after is not None:
        time, _, public_id = after.partition("~")
        statement = statement.where(tuple_(few.c.gone_at, a.c.public_id) < (_time(time, after), public_id))
    return statement.order_by(few.c.gone_at.desc(), a.c.public_id.desc())


def _described_removals(removed: Select[Any]) -> Select[Any]:
    """Select what is told of the articles that *removed* selects: only of them, once they are chosen."""
    chosen = removed.subquery("chosen")
    return with_places(
        select(chosen.c.gone_at.label("at"), cast(null(), Text).label("title_before"), *_columns())
        .join_from(chosen, a, a.c.id == chosen.c.id)
        .join(revision, revision.c.id == a.c.latest_revision)
    ).order_by(chosen.c.gone_at.desc(), a.c.public_id.desc())


def gone_pages() -> Select[Any]:
    """Select the pages that are confirmed gone, by an index of them alone."""
    gone = (page.c.gone_at.is_not(None), page.c.state == PageState.GONE.value)
    return select(page.c.id, page.c.article_id, page.c.gone_at).where(*gone)


_STATEMENTS = {ChangeKind.NEW: _appeared, ChangeKind.EDITED: _edited, ChangeKind.REMOVED: _removed}
_DESCRIBED: dict[ChangeKind, Callable[[Select[Any]], Select[Any]]] = {
    ChangeKind.NEW: lambda appeared: appeared,
    ChangeKind.EDITED: _described_edits,
    ChangeKind.REMOVED: _described_removals,
}


def _required(number: int | None, cursor: str) -> int:
    if number is None:
        raise BadQuery(f"there is no change {cursor!r} to go on after")
    return number


def _time(text: str, cursor: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadQuery(f"there is no change {cursor!r} to go on after") from error
