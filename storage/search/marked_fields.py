"""Fields of a query as words that the full-text index has marks of."""

from __future__ import annotations

from sqlalchemy import CTE, Connection, func, select

from storage.models import article, site
from storage.search.field_marks import of_language, of_site, of_sources
from storage.search.folding import fold
from storage.search.query_language import PLAIN, And, Equals, Node, Not, Or


def in_marks(connection: Connection, node: Node) -> Node:
    """Return *node* with marks asked for instead of the fields that the index tells by them."""
    match node:
        case And(parts):
            return And(tuple(in_marks(connection, part) for part in parts))
        case Or(parts):
            return Or(tuple(in_marks(connection, part) for part in parts))
        case Not(part):
            return Not(in_marks(connection, part))
        case Equals("site", value):
            return of_site(connection.scalar(select(site.c.id).where(site.c.key == value)) or 0)
        case Equals("lang", value):
            return of_language(value) or node
        case Equals("source", value):
            return of_sources(sources_with(connection, value)) or node
    return node


def sources_with(connection: Connection, value: str) -> list[str]:
    """Return the sources that hold *value*, as both are compared; there are few sources to go through."""
    wanted = _compared(value)
    known = connection.scalars(select(_known.c.source).where(_known.c.source.is_not(None)))
    return [source for source in known if wanted and wanted in _compared(source)]


def _compared(source: str) -> str:
    """Return *source* as a query would write it, folded as words are; quotes nobody can ask for."""
    return " ".join(fold(source.translate(PLAIN).replace('"', " ")).split())


def _each_source() -> CTE:
    """Return the sources, each found as the next one in an index: their articles are many more."""
    first = select(func.min(article.c.source).label("source")).cte("known", recursive=True)
    following = select(func.min(article.c.source)).where(article.c.source > first.c.source).scalar_subquery()
    return first.union_all(select(following).where(first.c.source.is_not(None)))


_known = _each_source()
