"""Which documents match a query: the statements that select them, for each engine.

Newest first is the order of document numbers, so the engine stops at the last hit it shows.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    column,
    func,
    select,
    table,
    true,
    union_all,
)

from storage.database.column_types import Number
from storage.models import article as a
from storage.safe_text import storable
from storage.search.conditions import condition, numbers_of
from storage.search.document_numbers import LAST_PLACE, place_of
from storage.search.expressions import fts5, has_texts, is_positive, is_text
from storage.search.marked_fields import in_marks
from storage.search.newest_spans import ABOVE_ALL, EVERYWHERE, NEAR, Span, article_spans
from storage.search.query_language import (
    EVERYTHING,
    And,
    Equals,
    Node,
    Published,
    parse,
)
from storage.search.tsvector_hits import (
    article_column,
    holds,
    latest_tsvector_hits,
    newest_tsvector_hits,
    tsvector_hits,
)

MAPPED = 0x7FFF0000  # bytes: the most that SQLite maps; what lies behind them is copied

fts = table("search_index", column("rowid", Number), column("search_index"))
NUMBER_IN_FTS = (LAST_PLACE - fts.c.rowid).label("number")


def matching(connection: Connection, node: Node, *, before: int | None = None) -> Select[Any]:
    """Return the statement that selects the document `number` of every article that matches.

    Where *before* is given, only of those with lesser numbers.
    """
    node = as_indexed(connection, node)
    texts = texts_of(node)
    if not is_positive(texts):
        return _told_by_rows(connection, node, EVERYWHERE if before is None else Span(end=before))
    return _narrowed(connection, node, _text_hits(connection, texts, _span_of(node, before)))


def _told_by_rows(connection: Connection, node: Node, span: Span) -> Select[Any]:
    """Return what looks at the articles in *span* one by one; those with its words are listed to tell."""
    return select(a.c.document.label("number")).where(
        a.c.withheld.is_(None),
        *((a.c.document >= span.first,) if span.first else ()),
        *((a.c.document < span.end,) if span.end < ABOVE_ALL else ()),
        *(_condition(connection, part, span) for part in _wanted(node)),
    )


def _narrowed(connection: Connection, node: Node, found: Select[Any]) -> Select[Any]:
    """Return *found*, which has the words of *node* on its days, with what else it asks of an article."""
    rest = [part for part in _wanted(node) if not is_text(part) and not isinstance(part, Published)]
    if not rest:
        return found
    number = found.selected_columns.number
    # SQLite finds a row by its own number soonest; PostgreSQL has all that is mostly asked in one index.
    is_it = a.c.id == article_column(number) if number is NUMBER_IN_FTS else a.c.document == number
    return found.join(a, is_it).where(*(_condition(connection, part) for part in rest))


def _span_of(node: Node, before: int | None) -> Span:
    """Return the numbers that the days of *node* leave, and *before*."""
    span = Span() if before is None else Span(end=before)
    for part in _wanted(node):
        if isinstance(part, Published):
            span = span.within(numbers_of(part))
    return span


def _wanted(node: Node) -> tuple[Node, ...]:
    """Return all that must be true of a hit."""
    return node.parts if isinstance(node, And) else (node,)


def texts_of(node: Node) -> Node:
    """Return what of *node* is asked of the text alone."""
    return And(tuple(part for part in _wanted(node) if is_text(part)))


def newest_first(statement: Select[Any]) -> ColumnElement[Any]:
    """Return what orders a statement that `matching` returned, by the index it reads."""
    number = statement.selected_columns.number
    return fts.c.rowid.asc() if number is NUMBER_IN_FTS else number.desc()


def is_found(connection: Connection, node: Node) -> ColumnElement[bool]:
    """Return whether an article is a hit of *node*; those that have its words are listed to tell."""
    if texts_of(node) != EVERYTHING:  # the marks of fields alone would list half of an archive
        node = as_indexed(connection, node)
    texts = texts_of(node)
    if not is_positive(texts):
        return and_(true(), *(_condition(connection, part) for part in _wanted(node)))
    rest = (_condition(connection, part) for part in _wanted(node) if not is_text(part))
    return and_(_has_words(_text_hits(connection, texts)), *rest)


def is_found_alone(connection: Connection, node: Node) -> ColumnElement[bool]:
    """Return whether an article is a hit of *node*, which PostgreSQL tells by its own tokens."""
    return condition(connection, node, holds)


def _condition(connection: Connection, node: Node, span: Span = EVERYWHERE) -> ColumnElement[bool]:
    """Return what *node* asks of the row of an article in *span*; those that have its words are listed."""
    return condition(connection, node, partial(_is_listed, connection, span))


def _is_listed(
    connection: Connection, span: Span, _number: ColumnElement[int], node: Node
) -> ColumnElement[bool]:
    return _has_words(_text_hits(connection, And((node,)), span))


def _has_words(found: Select[Any]) -> ColumnElement[bool]:
    if found.selected_columns.number is not NUMBER_IN_FTS:
        # IS true: a list made once; as a join, its planner may go through all hits for every article.
        return a.c.document.in_(select(found.subquery().c.number)).is_(true())
    # Places come in ascending order, in which a list of them is made in half of the time.
    return (LAST_PLACE - a.c.document).in_(select(found.with_only_columns(fts.c.rowid).subquery().c.rowid))


def documents_of(connection: Connection, query: str) -> Select[Any]:
    """Return the statement that selects the document `number` of every article that *query* finds."""
    statement = matching(connection, parse(storable(query)))
    return statement.with_only_columns(statement.selected_columns.number)


def _text_hits(connection: Connection, node: Node, span: Span = EVERYWHERE) -> Select[Any]:
    """Return what selects the documents of a positive text query, of numbers within *span*."""
    if connection.dialect.name != "sqlite":
        return tsvector_hits(connection, node, span)
    _map_file(connection)
    found = select(NUMBER_IN_FTS).where(fts.c.search_index.op("MATCH")(fts5(node)))
    if span == EVERYWHERE:
        return found
    return found.where(fts.c.rowid > place_of(span.end), fts.c.rowid <= place_of(span.first))


def _map_file(connection: Connection) -> None:
    """Let a connection that searches read the SQLite file in place: long lists of places are not copied.

    Crawls never search: an I/O error on a mapped page ends a process, and theirs must be named.
    """
    if "mapped" not in connection.info:
        connection.exec_driver_sql(f"PRAGMA mmap_size={MAPPED}").close()
        connection.info["mapped"] = True


def newest_hits(connection: Connection, node: Node, limit: int, before: int | None = None) -> Select[Any]:
    """Return the statement that selects the `number` of the newest *limit* hits, in no certain order."""
    if is_walked(connection, node) and not _is_among_few(connection, node, limit):
        node = as_indexed(connection, node)
        narrowed = partial(_narrowed, connection, node)
        span = _span_of(node, before)
        return newest_tsvector_hits(connection, texts_of(node), span, limit, narrowed=narrowed)
    if is_listed_in_spans(connection, node):
        return _newest_told_by_rows(connection, as_indexed(connection, node), limit, before)
    statement = matching(connection, node, before=before)
    return statement.order_by(newest_first(statement)).limit(limit)


def is_listed_in_spans(connection: Connection, node: Node) -> bool:
    """Return whether words are listed for a query that no index begins with: those that nobody wants."""
    if connection.dialect.name != "sqlite":
        return False
    node = as_indexed(connection, node)
    return has_texts(node) and not is_positive(texts_of(node))


def _newest_told_by_rows(connection: Connection, node: Node, limit: int, before: int | None) -> Select[Any]:
    """Return the newest hits of such a query: words are listed for one span of articles after the other.

    A span is looked into only where those before it held too few; a common word fills the list of an archive.
    """
    parts = [
        _told_by_rows(connection, node, span)
        .add_columns(a.c.site_id, a.c.source)
        .order_by(a.c.document.desc())
        .limit(limit)
        for span in article_spans(connection, _span_of(node, before), limit)
    ]
    # The engine takes the parts in their order, and no more of them than the limit needs.
    found = union_all(*(select(part.subquery()) for part in parts)).subquery("found")
    return select(found).limit(limit)


def _is_among_few(connection: Connection, node: Node, limit: int) -> bool:
    """Return whether a site or source that *node* asks for has little more articles than are wanted.

    All of them are then looked for at once: to ask for the marks of each span takes longer.
    """
    fields = [part for part in _wanted(node) if isinstance(part, Equals) and part.field in {"site", "source"}]
    return limit > NEAR and any(_has_at_most(connection, field, 2 * limit) for field in fields)


def _has_at_most(connection: Connection, field: Node, most: int) -> bool:
    some = select(a.c.document).where(_condition(connection, field)).limit(most + 1).subquery()
    return (connection.scalar(select(func.count()).select_from(some)) or 0) <= most


def latest_articles(connection: Connection, node: Node, limit: int, before: int | None) -> Select[Any]:
    """Return what selects the row numbers of the *limit* hits that arrived last, in no certain order.

    Of a query that `is_walked`; where *before* is given, of those that arrived before that row number.
    """
    node = as_indexed(connection, node)
    found = latest_tsvector_hits(
        connection,
        texts_of(node),
        _span_of(node, None),
        limit,
        before=before,
        narrowed=partial(_narrowed, connection, node),
    ).subquery()
    return select(article_column(found.c.number))


def is_walked(connection: Connection, node: Node) -> bool:
    """Return whether the newest hits are looked for span by span: an index has the words, but no order."""
    return connection.dialect.name != "sqlite" and texts_of(node) != EVERYTHING


def as_indexed(connection: Connection, node: Node) -> Node:
    """Return *node* as the index is asked for it, which tells some fields by marks.

    PostgreSQL's, which knows no order, does so beside words only. Neither does where a mark would leave the
    index nothing to begin with: `harbour NOT NOT site:ningbo`.
    """
    if connection.dialect.name != "sqlite" and not is_walked(connection, node):
        return node
    marked = in_marks(connection, node)
    return node if is_positive(texts_of(node)) and not is_positive(texts_of(marked)) else marked
