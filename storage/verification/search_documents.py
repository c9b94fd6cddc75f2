"""Checks the search index: each latest text is in it with its very tokens, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from storage.search.documents import document_of
from storage.verification.findings import Check, Finding, Findings
from storage.verification.fts_index import FtsIndex
from storage.verification.latest_texts import latest_texts, latest_texts_of, spans
from storage.verification.tsvector_index import TsvectorIndex

if TYPE_CHECKING:
    from sqlalchemy import Row

REMEDY = "restore the database from a backup; the article is whole, but searches miss it or find it wrongly"


def check_search(connection: Connection) -> Findings:
    """Compare the index with every latest text; return the number of articles."""
    examined, strays = 0, []
    if connection.dialect.name == "sqlite":
        for span in spans(connection):
            index = FtsIndex(connection, span)
            examined += yield from _compare(index, latest_texts_of(connection, span))
            strays += index.strays()
    else:
        vectors = TsvectorIndex(connection)
        examined = yield from _compare(vectors, latest_texts(connection))
        strays = vectors.strays()
    if strays:
        yield Finding(
            check=Check.SEARCH,
            subject=f"document {min(strays)}",
            problem=f"the search index holds {len(strays)} documents that are of no article, this one first",
            remedy=REMEDY,
        )
    return examined


def _compare(index: FtsIndex | TsvectorIndex, batches: Iterable[Sequence[Row[Any]]]) -> Findings:
    examined = 0
    for rows in batches:
        examined += len(rows)
        wrong = index.wrong([document_of(row) for row in rows if row.withheld is None])
        for row in rows:
            if row.document != document_of(row).number:
                yield _damage(row.public_id, "its place in newest-first order is not that of its date")
            elif row.document in wrong:
                yield _damage(row.public_id, "the search index does not hold its text")
    return examined


def _damage(public_id: str, problem: str) -> Finding:
    return Finding(check=Check.SEARCH, subject=f"article {public_id}", problem=problem, remedy=REMEDY)
