"""Search: the hits of a query, the same on both engines.

Newest first is the order of document numbers, so the engine stops at the last hit it shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    cast,
    column,
    false,
    func,
    literal_column,
    or_,
    select,
    table,
    true,
)

from storage.article_places import with_places
from storage.column_types import Number, TsQuery
from storage.errors import BadQuery
from storage.models import article as a
from storage.models import membership, page, revision, section, site
from storage.records import PageState
from storage.row_lists import as_list, as_rows
from storage.rows import Order, SearchHit
from storage.safe_text import storable
from storage.search.document_numbers import DAY_BITS, LAST_PLACE, place_of
from storage.search.expressions import fts5, is_positive, is_text, tsquery
from storage.search.marked_fields import in_marks, sources_with
from storage.search.newest_spans import EVERYWHERE, NEAR, Span
from storage.search.query_language import (
    EVERYTHING,
    And,
    Character,
    Equals,
    Node,
    Not,
    Or,
    Phrase,
    Published,
    parse,
    positive_phrases,
)
from storage.search.snippets import marks_in, pattern_of, snippet_around
from storage.search.tsvector_hits import (
    article_of,
    holds,
    latest_tsvector_hits,
    newest_tsvector_hits,
    pieces,
    tsvector_hits,
)
from storage.stories.ids import is_in_story

RANKED = 5_000  # relevance looks at the newest this many hits
MAPPED = 0x7FFF0000  # bytes: the most that SQLite maps; what lies behind them is copied
# Of a word, by the column it stands in; in the order of `search_index.FTS_COLUMNS`.
WEIGHTS = {"body": 1.0, "title": 5.0, "characters": 0.0}

fts = table("search_index", column("rowid", Number), column("search_index"))
NUMBER_IN_FTS = (LAST_PLACE - fts.c.rowid).label("number")
cited = a.alias("cited")
HasWords = Callable[[ColumnElement[int], Node], ColumnElement[bool]]


def search(
    connection: Connection, query: str, *, limit: int, after: str | None = None, order: Order = Order.NEWEST
) -> list[SearchHit]:
    """Return the hits of *query* that follow the article with id *after*; without one, the first."""
    node = parse(storable(query))
    before = _document_of(connection, after) if after is not None else None
    if order is Order.RELEVANCE:
        numbers = most_relevant(connection, node, limit, before=before)
    else:
        numbers = newest(connection, node, limit, before)
    return hits_of(connection, node, numbers)


def matching(connection: Connection, node: Node, *, before: int | None = None) -> Select[Any]:
    """Return the statement that selects the document `number` of every article that matches.

    Where *before* is given, only of those with lesser numbers.
    """
    node = as_indexed(connection, node)
    wanted = _wanted(node)
    texts = _texts(node)
    if not is_positive(texts):
        earlier = () if before is None else (a.c.document < before,)
        return select(a.c.document.label("number")).where(
            a.c.withheld.is_(None), *(_condition(connection, part) for part in wanted), *earlier
        )
    return _narrowed(connection, node, _text_hits(connection, texts, _span_of(node, before)))


def _narrowed(connection: Connection, node: Node, found: Select[Any]) -> Select[Any]:
    """Return *found*, which has the words of *node* on its days, with what else it asks of an article."""
    rest = [part for part in _wanted(node) if not is_text(part) and not isinstance(part, Published)]
    if not rest:
        return found
    number = found.selected_columns.number
    # SQLite finds a row by its own number soonest; PostgreSQL has all that is mostly asked in one index.
    is_it = a.c.id == article_of(number) if number is NUMBER_IN_FTS else a.c.document == number
    return found.join(a, is_it).where(*(_condition(connection, part) for part in rest))


def _span_of(node: Node, before: int | None) -> Span:
    """Return the numbers that the days of *node* leave, and *before*."""
    span = Span() if before is None else Span(end=before)
    for part in _wanted(node):
        if isinstance(part, Published):
            span = span.within(_numbers_of(part))
    return span


def _wanted(node: Node) -> tuple[Node, ...]:
    """Return all that must be true of a hit."""
    return node.parts if isinstance(node, And) else (node,)


def _texts(node: Node) -> Node:
    """Return what of *node* is asked of the text alone."""
    return And(tuple(part for part in _wanted(node) if is_text(part)))


def newest_first(statement: Select[Any]) -> ColumnElement[Any]:
    """Return what orders a statement that `matching` returned, by the index it reads."""
    number = statement.selected_columns.number
    return fts.c.rowid.asc() if number is NUMBER_IN_FTS else number.desc()


def is_found(connection: Connection, node: Node) -> ColumnElement[bool]:
    """Return whether an article is a hit of *node*; those that have its words are listed to tell."""
    if _texts(node) != EVERYTHING:  # the marks of fields alone would list half of an archive
        node = as_indexed(connection, node)
    texts = _texts(node)
    if not is_positive(texts):
        return and_(true(), *(_condition(connection, part) for part in _wanted(node)))
    rest = (_condition(connection, part) for part in _wanted(node) if not is_text(part))
    return and_(_has_words(_text_hits(connection, texts)), *rest)


def is_found_alone(connection: Connection, node: Node) -> ColumnElement[bool]:
    """Return whether an article is a hit of *node*, which PostgreSQL tells by its own tokens."""
    return _condition(connection, node, holds)


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


def _condition(connection: Connection, node: Node, has: HasWords | None = None) -> ColumnElement[bool]:
    """Return what *node* asks of an article's row; *has* tells whether its document has words.

    Without it those that have them are listed.
    """
    match node:
        case And(wanted):
            return and_(true(), *(_condition(connection, part, has) for part in wanted))
        case Or(wanted):
            return or_(false(), *(_condition(connection, part, has) for part in wanted))
        case Not(part):
            # Also of what has no source, language or section at all, of which no value is true.
            return _condition(connection, part, has).is_not(true())
        case Equals("source", value):
            return _of_source(connection, value)
        case Equals(field, value):
            return _field(field, value)
        case Published():
            span = _numbers_of(node)
            return and_(a.c.document >= span.first, a.c.document < span.end)
        case Phrase() | Character():
            return has(a.c.document, node) if has else is_found(connection, node)


def _field(field: str, value: str) -> ColumnElement[bool]:
    match field:
        case "site":
            # One number, not a list of one: so that the index of a site's articles keeps their order.
            number = select(site.c.id).where(site.c.key == value).scalar_subquery()
            return a.c.site_id == func.coalesce(number, 0)
        case "section":
            return a.c.section_id.in_(select(section.c.id).where(section.c.slug == value))
        case "lang":
            # Not by LIKE, which takes both cases of a letter for one on SQLite.
            start = f"{value}-"
            return or_(a.c.language == value, func.substr(a.c.language, 1, len(start)) == start)
        case "state":
            return _in_state(value)
        case "story":
            return is_in_story(value)
    raise ValueError(f"there is no field {field}")


def _of_source(connection: Connection, value: str) -> ColumnElement[bool]:
    """Return whether the source holds *value*."""
    return a.c.source.in_(as_rows(connection, sources_with(connection, value), a.c.source.type))


def _in_state(value: str) -> ColumnElement[bool]:
    """Return whether the article's page is in a state; the few that are removed have an index."""
    rare = {PageState.GONE.value: page.c.gone_at, PageState.SUSPECTED.value: page.c.suspected_at}
    if value in rare:
        shown = select(cited.c.id).join_from(
            page, cited, (cited.c.id == page.c.article_id) & (cited.c.page_id == page.c.id)
        )
        return a.c.id.in_(shown.where(rare[value].is_not(None), page.c.state == value))
    found = select(page.c.id).where(page.c.id == a.c.page_id, page.c.state == value)
    return found.correlate(a).exists()  # also within a statement that has pages of its own


def _numbers_of(days: Published) -> Span:
    """Return the document numbers of *days*; no undated document's."""
    first = days.first.toordinal() if days.first else 1
    last = days.last.toordinal() if days.last else date.max.toordinal()
    return Span(first << DAY_BITS, (last + 1) << DAY_BITS)


def newest(connection: Connection, node: Node, limit: int, before: int | None = None) -> list[int]:
    """Return the document numbers of the newest hits, of those *before* a number where one is given."""
    found = newest_hits(connection, node, limit, before)
    return sorted(connection.scalars(found), reverse=True)


def newest_hits(connection: Connection, node: Node, limit: int, before: int | None = None) -> Select[Any]:
    """Return the statement that selects the `number` of the newest *limit* hits, in no certain order."""
    if is_walked(connection, node) and not _is_among_few(connection, node, limit):
        node = as_indexed(connection, node)
        narrowed = partial(_narrowed, connection, node)
        span = _span_of(node, before)
        return newest_tsvector_hits(connection, _texts(node), span, limit, narrowed=narrowed)
    statement = matching(connection, node, before=before)
    return statement.order_by(newest_first(statement)).limit(limit)


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
        _texts(node),
        _span_of(node, None),
        limit,
        before=before,
        narrowed=partial(_narrowed, connection, node),
    ).subquery()
    return select(article_of(found.c.number))


def is_walked(connection: Connection, node: Node) -> bool:
    """Return whether the newest hits are looked for span by span: an index has the words, but no order."""
    return connection.dialect.name != "sqlite" and _texts(node) != EVERYTHING


def as_indexed(connection: Connection, node: Node) -> Node:
    """Return *node* as the index is asked for it, which tells some fields by marks.

    PostgreSQL's, which knows no order, does so beside words only.
    """
    marked = connection.dialect.name == "sqlite" or is_walked(connection, node)
    return in_marks(connection, node) if marked else node


def _document_of(connection: Connection, public_id: str) -> int:
    number = connection.scalar(select(a.c.document).where(a.c.public_id == storable(public_id)))
    if number is None:
        raise BadQuery(f"there is no article {public_id!r} to go on after")
    return int(number)


def most_relevant(
    connection: Connection, node: Node, limit: int, *, before: int | None = None, newest: Sequence[int] = ()
) -> list[int]:
    """Return the best of the newest `RANKED` hits, those of equal rank newest first.

    The numbers of the *newest* need not be looked for again where they are known.
    """
    ranked = _ranked(connection, node, newest[:RANKED])
    start = ranked.index(before) + 1 if before in ranked else 0
    return ranked[start : start + limit]


def _ranked(connection: Connection, node: Node, known: Sequence[int]) -> list[int]:
    """Return the newest `RANKED` hits, the best first; they are all alike where no word is asked for."""
    texts = _texts(node)
    if not is_positive(texts):
        return list(known) or newest(connection, node, RANKED)
    if connection.dialect.name == "sqlite":
        rank = func.bm25(literal_column("search_index"), *WEIGHTS.values())
        weighed = newest_hits(connection, node, RANKED).add_columns(rank)
        ranks = {number: (lowest, -number) for number, lowest in connection.execute(weighed)}
        return sorted(ranks, key=ranks.__getitem__)
    few = as_rows(connection, known) if known else newest_hits(connection, node, RANKED)
    number, *_ = few.subquery("few").c
    most = func.max(func.ts_rank(pieces.c.tokens, cast(tsquery(texts), TsQuery), 1))
    weight = select(most).where(pieces.c.number == number).scalar_subquery()
    best_first = as_list(connection, number, weight.desc(), number.desc())
    return list(connection.scalars(select(best_first)).one())


def hits_of(connection: Connection, node: Node, numbers: Sequence[int]) -> list[SearchHit]:
    """Return the hits with these document numbers, in their order."""
    wanted = a.c.document.in_(as_rows(connection, numbers))
    rows = connection.execute(HITS.where(wanted, a.c.withheld.is_(None)))
    pattern = pattern_of(positive_phrases(node))
    found = {row.document: _hit(row, pattern) for row in rows}
    return [found[number] for number in numbers if number in found]


_original = a.alias("original")
HITS = with_places(
    select(
        a.c.document,
        a.c.public_id,
        page.c.url,
        page.c.state,
        revision.c.title,
        revision.c.body,
        revision.c.published_day,
        site.c.key.label("site"),
        section.c.slug.label("section"),
        _original.c.public_id.label("duplicate_of"),
    )
    .join_from(a, revision, revision.c.id == a.c.latest_revision)
    .outerjoin(membership, membership.c.article_id == a.c.id)
    .outerjoin(_original, _original.c.id == membership.c.linked_to)
)


def _hit(row: Any, pattern: re.Pattern[str] | None) -> SearchHit:
    snippet = snippet_around(row.body, pattern)
    return SearchHit(
        id=row.public_id,
        url=row.url,
        title=row.title,
        site=row.site,
        section=row.section,
        published_day=row.published_day,
        state=row.state,
        duplicate_of=row.duplicate_of,
        snippet=snippet.text,
        marks=snippet.marks,
        title_marks=marks_in(row.title, pattern),
    )
