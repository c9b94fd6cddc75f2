"""Search: the hits of a query, the same on both engines, newest first or the most relevant first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, cast, func, literal_column, select

from storage.article_places import with_places
from storage.database.column_types import TsQuery
from storage.database.row_lists import as_rows
from storage.errors import BadQuery
from storage.models import article as a
from storage.models import membership, page, revision, section, site
from storage.rows import Order, SearchHit
from storage.safe_text import storable
from storage.search.expressions import is_positive, tsquery
from storage.search.matching import newest_hits, texts_of
from storage.search.query_language import (
    Node,
    parse,
    positive_phrases,
)
from storage.search.snippets import marks_in, pattern_of, snippet_around
from storage.search.tsvector_hits import (
    pieces,
)

RANKED = 5_000  # relevance looks at the newest this many hits
# Of a word, by the column it stands in; in the order of `search_index.FTS_COLUMNS`.
WEIGHTS = {"body": 1.0, "title": 5.0, "characters": 0.0}


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


def newest(connection: Connection, node: Node, limit: int, before: int | None = None) -> list[int]:
    """Return the document numbers of the newest hits, of those *before* a number where one is given."""
    found = newest_hits(connection, node, limit, before)
    return sorted(connection.scalars(found), reverse=True)


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
    best_first = _best_first(connection, node, newest[:RANKED])
    if before is None:
        return list(connection.scalars(best_first.limit(limit)))
    ranked = list(connection.scalars(best_first))
    start = ranked.index(before) + 1 if before in ranked else 0
    return ranked[start : start + limit]


def _best_first(connection: Connection, node: Node, known: Sequence[int]) -> Select[Any]:
    """Return the statement that selects the numbers of the newest `RANKED` hits, the best first.

    They are all alike where no word is asked for.
    """
    found = as_rows(connection, known) if known else newest_hits(connection, node, RANKED)
    number, *_ = found.subquery("few").c
    if not is_positive(texts_of(node)):
        return select(number).order_by(number.desc())
    if connection.dialect.name == "sqlite":
        rank = func.bm25(literal_column("search_index"), *WEIGHTS.values()).label("lowest")
        weighed = newest_hits(connection, node, RANKED).add_columns(rank).subquery("weighed")
        return select(weighed.c.number).order_by(weighed.c.lowest, weighed.c.number.desc())
    most = func.max(func.ts_rank(pieces.c.tokens, cast(tsquery(texts_of(node)), TsQuery), 1))
    weight = select(most).where(pieces.c.number == number).scalar_subquery()
    return select(number).order_by(weight.desc(), number.desc())


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
        a.c.language,
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
        language=row.language,
        published_day=row.published_day,
        state=row.state,
        duplicate_of=row.duplicate_of,
        snippet=snippet.text,
        marks=snippet.marks,
        title_marks=marks_in(row.title, pattern),
    )
