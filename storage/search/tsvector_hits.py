"""What the full-text index of PostgreSQL finds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    cast,
    column,
    false,
    func,
    literal_column,
    not_,
    or_,
    select,
    table,
    true,
    union_all,
)

from storage.column_types import TsQuery
from storage.search.expressions import candidates, tsquery
from storage.search.query_language import And, Node, Not, Or

# Until the end of the transaction: a walk over the table reads the tokens of every document, which the
# planner takes for cheap; and the numbers of four million hits stay in memory where a row is looked for.
WITHOUT_READING_ALL = select(
    func.set_config("enable_seqscan", "off", true()), func.set_config("work_mem", "64MB", true())
)
pieces = table("search_index", column("number"), column("piece"), column("whole"), column("tokens"))


def tsvector_hits(connection: Connection, node: Node, spans: Iterable[tuple[int, int]]) -> Select[Any]:
    """Return what selects the documents of a positive text query, of numbers within all of *spans*."""
    connection.scalar(WITHOUT_READING_ALL)
    within = [and_(pieces.c.number >= first, pieces.c.number < end) for first, end in spans]
    if not connection.scalar(select(pieces.c.number).where(not_(pieces.c.whole)).limit(1)):
        return _in_order(node, *within)
    whole = _in_order(node, pieces.c.whole, *within)
    in_pieces = (not_(pieces.c.whole), pieces.c.piece == 0, _spread(node))
    found = union_all(whole, select(pieces.c.number).where(*in_pieces, *within)).subquery("found")
    return select(found.c.number)


def _in_order(node: Node, *conditions: ColumnElement[bool]) -> Select[Any]:
    """Return what finds candidates by the index of PostgreSQL and reads their tokens only where it must.

    Left to itself, it reads every document from the newest on, or the tokens of every candidate at once.
    """
    words = candidates(node)
    found = (
        select(pieces.c.number, pieces.c.tokens)
        .where(_matches(pieces, words), *conditions)
        .order_by(pieces.c.number.desc())
        .offset(literal_column("0"))  # keeps it apart from what is asked of its rows, one by one
        .subquery("candidate")
    )
    statement = select(found.c.number)
    return statement if words == node else statement.where(_matches(found, node))


def _matches(indexed: FromClause, node: Node) -> ColumnElement[bool]:
    return indexed.c.tokens.op("@@")(cast(tsquery(node), TsQuery))


def _spread(node: Node) -> ColumnElement[bool]:
    """Return whether a document in several pieces matches: each phrase may stand in another piece."""
    match node:
        case And(wanted):
            return and_(true(), *(_spread(part) for part in wanted))
        case Or(wanted):
            return or_(false(), *(_spread(part) for part in wanted))
        case Not(part):
            return not_(_spread(part))
    piece = pieces.alias()
    return select(piece.c.number).where(piece.c.number == pieces.c.number, _matches(piece, node)).exists()
