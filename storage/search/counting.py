"""How many hits a query has, and where they are from: counts and facets."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, select

from storage.database.row_lists import as_list
from storage.models import article as a
from storage.models import site
from storage.rows import Facets, HitCount, Order, SearchHit
from storage.safe_text import storable
from storage.search.document_numbers import DATED, day_of, first_number
from storage.search.hits import hits_of, most_relevant
from storage.search.matching import as_indexed, is_listed_in_spans, is_walked, matching, newest_hits
from storage.search.query_language import And, Equals, Node, Not, Or, parse

COUNTED = 10_000  # counts and facets are exact to this many hits


def count(connection: Connection, query: str) -> HitCount:
    """Return how many articles match, exact up to `COUNTED`."""
    node = parse(storable(query))
    if is_walked(connection, node) or is_listed_in_spans(connection, node):
        found = newest_hits(connection, node, COUNTED + 1).subquery()
    else:
        found = matching(connection, node).limit(COUNTED + 1).subquery()
    number = connection.scalar(select(func.count()).select_from(found)) or 0
    return HitCount(number=min(number, COUNTED), exact=number <= COUNTED)


def first_page(
    connection: Connection, query: str, *, limit: int, order: Order = Order.NEWEST
) -> tuple[list[SearchHit], Facets]:
    """Return the first hits and the facets of *query*, for which its hits are looked for once."""
    node = parse(storable(query))
    numbers, found = _newest_counted(connection, node)
    if order is Order.RELEVANCE:
        numbers = most_relevant(connection, node, limit, newest=numbers)
    return hits_of(connection, node, numbers[:limit]), found


def facets(connection: Connection, query: str) -> Facets:
    """Return the newest `COUNTED` hits by site, month and source."""
    return _newest_counted(connection, parse(storable(query)))[1]


def _newest_counted(connection: Connection, node: Node) -> tuple[list[int], Facets]:
    """Return the newest `COUNTED` documents, newest first, and their facets."""
    found = _placed(_newest(connection, node)).subquery()
    gathered = connection.execute(select(*(as_list(connection, one) for one in found.c))).one()
    exact = len(gathered[0]) <= COUNTED
    oldest = None if exact else gathered[0].index(min(gathered[0]))
    numbers, site_numbers, sources = (_without(values, oldest) for values in gathered)
    numbers.sort()
    names = {row.id: row.key for row in connection.execute(select(site.c.id, site.c.key))}
    return numbers[::-1], Facets(
        sites=_most_frequent({names[number]: hits for number, hits in Counter(site_numbers).items()}),
        months=_most_frequent(dict(_by_month(numbers))),
        sources=_most_frequent(Counter(sources)),
        count=HitCount(number=len(numbers), exact=exact),
    )


def _newest(connection: Connection, node: Node) -> Select[Any]:
    if is_walked(connection, node):
        return newest_hits(connection, node, COUNTED + 1)
    node = as_indexed(connection, node)
    if not _reads_rows(node):
        return newest_hits(connection, node, COUNTED + 1)
    # What no index answers is faster looked for in the order of the table and sorted afterwards.
    statement = matching(connection, node)
    return statement.order_by((statement.selected_columns.number + 0).desc()).limit(COUNTED + 1)


def _placed(found: Select[Any]) -> Select[Any]:
    """Return *found* with the site and the source of each hit: of the rows it reads, or else by an index."""
    if "site_id" in found.selected_columns:
        return found
    if a in found.columns_clause_froms:
        return found.add_columns(a.c.site_id, a.c.source)
    few = found.subquery("few")
    return select(few.c.number, a.c.site_id, a.c.source).join_from(few, a, a.c.document == few.c.number)


def _without(values: list[Any], place: int | None) -> list[Any]:
    return values if place is None else values[:place] + values[place + 1 :]


def _reads_rows(node: Node) -> bool:
    """Return whether *node* can be decided only by looking at the rows of articles."""
    match node:
        case And(wanted) | Or(wanted):
            return any(_reads_rows(part) for part in wanted)
        case Not(part):
            return _reads_rows(part)
        case Equals(field, _):
            return field in {"section", "lang", "story"}
    return False


def _by_month(ascending: Sequence[int]) -> Iterator[tuple[str, int]]:
    """Yield the months in which dated ones of these documents were published, and how many in each."""
    end, undated = len(ascending), bisect_left(ascending, DATED)
    while end > undated:
        day = day_of(ascending[end - 1])
        first = bisect_left(ascending, first_number(day.replace(day=1)), undated, end)
        yield day.isoformat()[:7], end - first
        end = first


def _most_frequent(hits: Mapping[str | None, int]) -> tuple[tuple[str, int], ...]:
    named = ((value, number) for value, number in hits.items() if value is not None)
    return tuple(sorted(named, key=lambda pair: (-pair[1], pair[0])))
