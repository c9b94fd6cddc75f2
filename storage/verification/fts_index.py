"""What the FTS5 index of a SQLite archive holds of each document.

The index keeps no text to compare with, and asking for every document by all of its tokens takes ten
milliseconds each. So the index is read once, term by term, and each document's tokens, with column and
place, are summed up as hashes; the tokens that its article should have give the same sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from storage.search.document_numbers import place_of
from storage.search.index import FTS_COLUMNS, Document, fts_row
from storage.verification.latest_texts import Span

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPICursor

VOCABULARY = "CREATE VIRTUAL TABLE temp.search_vocabulary USING fts5vocab(main, search_index, instance)"
INSTANCES = "SELECT term, doc, col, offset FROM temp.search_vocabulary WHERE doc BETWEEN ? AND ?"
LENGTHS = "SELECT id, sz FROM search_index_docsize WHERE id BETWEEN ? AND ?"


class FtsIndex:
    """The documents of a span of the index, summed up; those that were asked for are no strays."""

    def __init__(self, connection: Connection, span: Span) -> None:
        places = (place_of(span.last), place_of(span.first))
        with _vocabulary(connection) as cursor:
            self._sums = token_sums(cursor.execute(INSTANCES, places))
            self._lengths: dict[int, bytes] = dict(cursor.execute(LENGTHS, places))

    def wrong(self, documents: Sequence[Document]) -> set[int]:
        """Return the numbers of the *documents* that the index does not hold as they are."""
        return {document.number for document in documents if not self._holds(document)}

    def strays(self) -> list[int]:
        """Return the numbers of documents that nobody asked for."""
        return sorted(map(place_of, self._sums.keys() | self._lengths.keys()))

    def _holds(self, document: Document) -> bool:
        place, *texts = fts_row(document)
        columns = [text.split() for text in texts]
        lengths = read_lengths(self._lengths.pop(place, b""))
        held = self._sums.pop(place, 0)
        return held == expected_sum(columns) and lengths == [len(tokens) for tokens in columns]


def token_sums(instances: Iterable[tuple[str, int, str, int]]) -> dict[int, int]:
    """Return the sum of the hashes of (token, column, place) of each document."""
    sums: dict[int, int] = {}
    for token, number, column, place in instances:
        sums[number] = sums.get(number, 0) + hash((token, column, place))
    return sums


def expected_sum(columns: Sequence[Sequence[str]]) -> int:
    """Return the sum that the tokens of each column give."""
    return sum(
        hash((token, name, place))
        for name, tokens in zip(FTS_COLUMNS, columns, strict=True)
        for place, token in enumerate(tokens)
    )


def read_lengths(packed: bytes) -> list[int]:
    """Return the numbers that FTS5 packed, seven bits a byte."""
    lengths, value = [], 0
    for byte in packed:
        value = (value << 7) | (byte & 0x7F)
        if byte < 0x80:
            lengths.append(value)
            value = 0
    return lengths


@contextmanager
def _vocabulary(connection: Connection) -> Iterator[DBAPICursor]:
    driver = connection.connection.dbapi_connection
    assert driver is not None
    driver.cursor().execute(VOCABULARY)
    try:
        with closing(driver.cursor()) as cursor:  # an open one would hold on to the vocabulary
            yield cursor
    finally:
        driver.cursor().execute("DROP TABLE temp.search_vocabulary")
