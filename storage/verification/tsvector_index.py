"""What the index of a PostgreSQL archive holds of each document: the server compares the vectors."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text

from storage.search.index import Document, tsvector_rows

EXPECTED = (
    "unnest(CAST(:numbers AS bigint[]), CAST(:pieces AS integer[]), CAST(:whole AS boolean[]),"
    " CAST(:site_ids AS bigint[]), CAST(:sources AS text[]), CAST(:tokens AS text[]),"
    " CAST(:neighbours AS bytea[])) AS e(number, piece, whole, site_id, source, tokens, neighbours)"
)
OTHER = text(
    f"SELECT e.number FROM {EXPECTED}"  # noqa: S608 - ours
    " LEFT JOIN search_index s ON s.number = e.number AND s.piece = e.piece"
    " WHERE s.tokens IS DISTINCT FROM CAST(e.tokens AS tsvector)"
    " OR (s.whole, s.site_id, s.source, s.neighbours)"
    " IS DISTINCT FROM (e.whole, e.site_id, e.source, e.neighbours)"
)
PIECES = text("SELECT number, count(*) FROM search_index WHERE number = ANY(:numbers) GROUP BY number")
STRAYS = text(
    "SELECT DISTINCT number FROM search_index WHERE number NOT IN"
    " (SELECT document FROM article WHERE withheld IS NULL) ORDER BY number"
)


class TsvectorIndex:
    """The documents of the index, asked for some hundred at a time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def wrong(self, documents: Sequence[Document]) -> set[int]:
        """Return the numbers of the *documents* that the index does not hold as they are."""
        if not documents:
            return set()
        rows = [row for document in documents for row in tsvector_rows(document)]
        names = ("numbers", "pieces", "whole", "site_ids", "sources", "tokens", "neighbours")
        expected = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
        numbers = expected["numbers"]
        other = set(self._connection.scalars(OTHER, expected))
        held = self._connection.execute(PIECES, {"numbers": numbers})
        return other | {number for number, count in held if count != numbers.count(number)}

    def strays(self) -> list[int]:
        """Return the numbers of documents that no article has."""
        return list(self._connection.scalars(STRAYS))
