"""What the full-text index of PostgreSQL finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    LargeBinary,
    Select,
    TableValuedAlias,
    Text,
    and_,
    cast,
    column,
    false,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    table,
    true,
    union_all,
)

from storage.database.column_types import TsQuery
from storage.search.document_numbers import ARTICLE_MASK
from storage.search.expressions import ANY_DOCUMENT, candidates, is_decided, is_positive, tsquery
from storage.search.neighbours import BITS, numbers_of
from storage.search.newest_spans import Span, look_at_arrivals, look_at_index
from storage.search.query_language import And, Node, Not, Or, Phrase

pieces = table(
    "search_index",
    column("number", BigInteger),
    column("piece"),
    column("whole"),
    column("site_id", BigInteger),
    column("source", Text),
    column("tokens"),
    column("neighbours", LargeBinary),
)
FILED = (pieces.c.site_id, pieces.c.source)
SPAN: tuple[ColumnElement[Any], ...] = tuple(map(literal_column, ("span.words", "span.first", 'span."end"')))


def tsvector_hits(connection: Connection, node: Node, within: Span) -> Select[Any]:
    """Return what selects the documents of a positive text query, of numbers *within* a span.

    Beside its `number` stand the `site_id` and the `source` of each, which the index holds.
    """
    look = look_at_index(connection, within)
    words = literal(tsquery(candidates(node)))
    found = _decided(node, _candidates(node, words, within.first, within.end))
    if not look.in_pieces:
        return found
    return select(union_all(found, _in_pieces(node, within)).subquery("found"))


def newest_tsvector_hits(
    connection: Connection,
    node: Node,
    within: Span,
    limit: int,
    *,
    narrowed: Callable[[Select[Any]], Select[Any]],
) -> Select[Any]:
    """Return what selects the newest *limit* documents of a text query, in no certain order.

    *narrowed* adds to a statement what else is asked of its documents. Spans are looked into one after the
    other, the newest first: one only where those before it held too few.
    """
    look = look_at_index(connection, within, limit)
    walk = _Walk(order=_itself, limit=limit, narrowed=narrowed)
    walked = walk.through(node, _rows(tuple(look.spans()), _words(node)))
    return walk.with_few(walked, _in_pieces(node, within)) if look.in_pieces else walked


def latest_tsvector_hits(
    connection: Connection,
    node: Node,
    within: Span,
    limit: int,
    *,
    before: int | None,
    narrowed: Callable[[Select[Any]], Select[Any]],
) -> Select[Any]:
    """Return the same for the *limit* documents *within* a span that arrived last.

    Where *before* is given, only of those that arrived before the article with that row number.
    """
    look = look_at_arrivals(connection, before)

    def inside(found: Select[Any]) -> Select[Any]:
        number = found.selected_columns.number
        return narrowed(found.where(number >= within.first, number < within.end))

    walk = _Walk(order=article_column, limit=limit, narrowed=inside)
    walked = walk.through(node, _rows(tuple(look.spans()), within.words(_words(node))))
    if not look.in_pieces:
        return walked
    few = _in_pieces(node, within)
    return walk.with_few(
        walked, few if before is None else few.where(article_column(pieces.c.number) < before)
    )


def article_column(number: ColumnElement[int]) -> ColumnElement[int]:
    """Return the row number of the article whose document has this *number*."""
    return number.op("&")(ARTICLE_MASK)


def _itself(number: ColumnElement[int]) -> ColumnElement[int]:
    return number


def _words(node: Node) -> str:
    """Return the tsquery that each span is asked for: the index begins with what must be there."""
    wanted = candidates(node)
    return tsquery(wanted if is_positive(wanted) else And((ANY_DOCUMENT, wanted)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Walk:
    """A search for the first *limit* hits in an *order* of their numbers, the greatest first."""

    order: Callable[[ColumnElement[int]], ColumnElement[int]]
    limit: int
    narrowed: Callable[[Select[Any]], Select[Any]]

    def through(self, node: Node, span: TableValuedAlias) -> Select[Any]:
        """Return what looks into the spans, and into no more of them than it needs."""
        found = _candidates(node, *SPAN, order=self.order)
        number = found.selected_columns.number
        # In order, and kept apart from what is asked of its rows one by one: to read their tokens takes long.
        ordered = found.order_by(self.order(number).desc()).offset(literal_column("0"))
        hit = self._first(self.narrowed(_decided(node, ordered))).lateral("hit")
        # The server takes the rows of a function in their order, and no more of them than the limit needs.
        return select(*hit.c).join_from(span, hit, true()).limit(self.limit)

    def with_few(self, walked: Select[Any], few: Select[Any]) -> Select[Any]:
        """Return what *walked* finds and what the *few* documents of several pieces add to it."""
        both = union_all(select(walked.subquery()), select(self._first(self.narrowed(few)).subquery()))
        return self._first(select(both.subquery("found")))

    def _first(self, found: Select[Any]) -> Select[Any]:
        return found.order_by(self.order(found.selected_columns.number).desc()).limit(self.limit)


def _rows(spans: Sequence[Span], words: str) -> TableValuedAlias:
    """Return *spans* as rows, each with the query that finds the documents with *words* in it."""
    queries = literal([span.words(words) for span in spans], ARRAY(Text))
    firsts, ends = (
        literal([getattr(span, name) for span in spans], ARRAY(BigInteger)) for name in ("first", "end")
    )
    named = func.unnest(queries, firsts, ends).table_valued("words", "first", "end")
    return named.render_derived(name="span")


def _candidates(
    node: Node,
    words: ColumnElement[str],
    first: ColumnElement[int] | int,
    end: ColumnElement[int] | int,
    *,
    order: Callable[[ColumnElement[int]], ColumnElement[int]] = _itself,
) -> Select[Any]:
    """Return what finds the documents of one piece that may match, and by no index of their numbers."""
    number = (pieces.c.number + 0).label("number")
    matches = pieces.c.tokens.op("@@")(cast(words, TsQuery))
    inside = (pieces.c.whole, order(number) >= first, order(number) < end)
    return select(number, *FILED, pieces.c.tokens).where(matches, *inside, _may_match(node))


def _may_match(node: Node) -> ColumnElement[bool]:
    """Return whether the filter of a document has the neighbours of a phrase; true where it cannot tell."""
    match node:
        case Phrase(tokens, prefix):
            known = tokens[:-1] if prefix else tokens
            return and_(true(), *map(_are_neighbours, numbers_of(known)))
        case And(parts):
            return and_(true(), *map(_may_match, parts))
        case Or(parts):
            return or_(false(), *map(_may_match, parts))
    return true()


def _are_neighbours(number: int) -> ColumnElement[bool]:
    bits = func.length(pieces.c.neighbours, type_=BigInteger) * BITS
    return func.get_bit(pieces.c.neighbours, literal(number, BigInteger) % bits) == 1


def _decided(node: Node, candidates: Select[Any]) -> Select[Any]:
    """Return which of the *candidates* of a query match; their tokens are read only where they must be."""
    candidate = candidates.subquery("candidate")
    statement = select(*(candidate.c[name] for name in ("number", "site_id", "source")))
    return statement if is_decided(node) else statement.where(_matches(candidate, node))


def _in_pieces(node: Node, within: Span) -> Select[Any]:
    """Return what finds the documents that are in several pieces, of which there are few."""
    inside = (pieces.c.number >= within.first, pieces.c.number < within.end)
    matches = holds(pieces.c.number, node)
    return select(pieces.c.number, *FILED).where(not_(pieces.c.whole), pieces.c.piece == 0, *inside, matches)


def _matches(indexed: FromClause, node: Node) -> ColumnElement[bool]:
    return indexed.c.tokens.op("@@")(cast(tsquery(node), TsQuery))


def holds(number: ColumnElement[int], node: Node) -> ColumnElement[bool]:
    """Return whether the document *number* matches a text query: each phrase may stand in another piece."""
    match node:
        case And(wanted):
            return and_(true(), *(holds(number, part) for part in wanted))
        case Or(wanted):
            return or_(false(), *(holds(number, part) for part in wanted))
        case Not(part):
            return not_(holds(number, part))
    piece = pieces.alias()
    return select(piece.c.number).where(piece.c.number == number, _matches(piece, node)).exists()
