"""Checks the search index: each latest text is in it with its very tokens, and nothing else is.

The index keeps no text to compare with. On SQLite a document is asked for by the phrase of all its
tokens, and the lengths that FTS5 keeps say that it holds no other; PostgreSQL compares vectors.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, text

from storage.search_index import Document, fts_row, tsvector_rows
from storage.verification.findings import Check, Finding, Findings
from storage.verification.latest_texts import document_of, latest_texts

if TYPE_CHECKING:
    from sqlalchemy import Row

COLUMNS = ("title", "body", "characters")
REMEDY = "restore the database from a backup; the article is whole, but searches miss it or find it wrongly"
LENGTHS = "SELECT id, sz FROM search_index_docsize WHERE id IN ({})"
FOUND = "SELECT count(*) FROM search_index WHERE search_index MATCH ? AND rowid = ?"
VOCABULARY = "CREATE VIRTUAL TABLE temp.search_vocabulary USING fts5vocab(main, search_index, {})"
VECTORS = text(
    "SELECT DISTINCT e.number FROM unnest(CAST(:numbers AS bigint[]), CAST(:pieces AS integer[]),"
    " CAST(:whole AS boolean[]), CAST(:tokens AS text[])) AS e(number, piece, whole, tokens)"
    " LEFT JOIN search_index s ON s.number = e.number AND s.piece = e.piece"
    " WHERE s.tokens IS DISTINCT FROM CAST(e.tokens AS tsvector) OR s.whole IS DISTINCT FROM e.whole"
    " UNION SELECT s.number FROM search_index s WHERE s.number = ANY(CAST(:numbers AS bigint[]))"
    " GROUP BY s.number HAVING count(*) <> (SELECT count(*) FROM"
    " unnest(CAST(:numbers AS bigint[])) AS e(number) WHERE e.number = s.number)"
)
STRAY = {
    "sqlite": "SELECT id FROM search_index_docsize WHERE id NOT IN"
    " (SELECT document FROM article WHERE withheld IS NULL)",
    "postgresql": "SELECT DISTINCT number FROM search_index WHERE number NOT IN"
    " (SELECT document FROM article WHERE withheld IS NULL)",
}


def check_search(connection: Connection) -> Findings:
    """Compare the index with every latest text; return the number of articles."""
    examined = 0
    for rows in latest_texts(connection):
        examined += len(rows)
        wrong = _wrong_documents(connection, [document_of(row) for row in rows if row.withheld is None])
        for row in rows:
            if row.document != document_of(row).number:
                yield _damage(row.public_id, "its place in newest-first order is not that of its date")
            elif row.document in wrong:
                yield _damage(row.public_id, "the search index does not hold its text")
    yield from _strays(connection)
    return examined


def _damage(public_id: str, problem: str) -> Finding:
    return Finding(check=Check.SEARCH, subject=f"article {public_id}", problem=problem, remedy=REMEDY)


def _strays(connection: Connection) -> Iterator[Finding]:
    strays = list(connection.scalars(text(STRAY[connection.dialect.name])))
    if not strays and connection.dialect.name == "sqlite":
        strays = _forgotten_tokens(connection)
    if strays:
        yield Finding(
            check=Check.SEARCH,
            subject=f"document {strays[0]}",
            problem=f"the search index holds {len(strays)} documents that are of no article, this one first",
            remedy=REMEDY,
        )


def _wrong_documents(connection: Connection, documents: Sequence[Document]) -> set[int]:
    if not documents:
        return set()
    if connection.dialect.name == "postgresql":
        return _wrong_vectors(connection, documents)
    marks = ", ".join("?" * len(documents))
    numbers = tuple(document.number for document in documents)
    lengths = dict(tuple(row) for row in connection.exec_driver_sql(LENGTHS.format(marks), numbers))
    return {
        document.number
        for document in documents
        if not _is_indexed(connection, fts_row(document), lengths.get(document.number))
    }


def _is_indexed(connection: Connection, row: tuple[int, str, str, str], lengths: bytes | None) -> bool:
    number, *texts = row
    if lengths is None or read_lengths(lengths) != [len(each.split()) for each in texts]:
        return False
    phrases = " AND ".join(
        f'{column} : "{each}"' for column, each in zip(COLUMNS, texts, strict=True) if each
    )
    return not phrases or bool(connection.exec_driver_sql(FOUND, (phrases, number)).scalar())


def read_lengths(packed: bytes) -> list[int]:
    """Return the numbers that FTS5 packed, seven bits a byte."""
    lengths, value = [], 0
    for byte in packed:
        value = (value << 7) | (byte & 0x7F)
        if byte < 0x80:
            lengths.append(value)
            value = 0
    return lengths


def _forgotten_tokens(connection: Connection) -> list[int]:
    """Return documents that only tokens remember: what is left where one was taken out with other words."""
    with _vocabulary(connection, "row") as name:
        held = connection.exec_driver_sql(f"SELECT sum(cnt) FROM {name}").scalar() or 0  # noqa: S608
    sizes = connection.exec_driver_sql("SELECT sz FROM search_index_docsize")
    if held == sum(sum(read_lengths(row[0])) for row in sizes):
        return []
    with _vocabulary(connection, "instance") as name:
        rows = connection.exec_driver_sql(
            f"SELECT DISTINCT doc FROM {name} WHERE doc NOT IN (SELECT id FROM search_index_docsize)"  # noqa: S608
        )
        return [row[0] for row in rows]


@contextmanager
def _vocabulary(connection: Connection, kind: str) -> Iterator[str]:
    connection.exec_driver_sql(VOCABULARY.format(kind))
    try:
        yield "temp.search_vocabulary"
    finally:
        connection.exec_driver_sql("DROP TABLE temp.search_vocabulary")


def _wrong_vectors(connection: Connection, documents: Sequence[Document]) -> set[int]:
    rows = [row for document in documents for row in tsvector_rows(document)]
    numbers, pieces, whole, tokens = (list(values) for values in zip(*rows, strict=True))
    found: Sequence[Row[Any]] = connection.execute(
        VECTORS, {"numbers": numbers, "pieces": pieces, "whole": whole, "tokens": tokens}
    ).all()
    return {int(row[0]) for row in found}
