"""Checks the search index: each latest text is in it with its very tokens, and nothing else is."""

from __future__ import annotations

from sqlalchemy import Connection

from storage.verification.findings import Check, Finding, Findings
from storage.verification.fts_index import FtsIndex
from storage.verification.latest_texts import document_of, latest_texts
from storage.verification.tsvector_index import TsvectorIndex

REMEDY = "restore the database from a backup; the article is whole, but searches miss it or find it wrongly"


def check_search(connection: Connection) -> Findings:
    """Compare the index with every latest text; return the number of articles."""
    sqlite = connection.dialect.name == "sqlite"
    index = FtsIndex(connection) if sqlite else TsvectorIndex(connection)
    examined = 0
    for rows in latest_texts(connection):
        examined += len(rows)
        wrong = index.wrong([document_of(row) for row in rows if row.withheld is None])
        for row in rows:
            if row.document != document_of(row).number:
                yield _damage(row.public_id, "its place in newest-first order is not that of its date")
            elif row.document in wrong:
                yield _damage(row.public_id, "the search index does not hold its text")
    if strays := index.strays():
        yield Finding(
            check=Check.SEARCH,
            subject=f"document {strays[0]}",
            problem=f"the search index holds {len(strays)} documents that are of no article, this one first",
            remedy=REMEDY,
        )
    return examined


def _damage(public_id: str, problem: str) -> Finding:
    return Finding(check=Check.SEARCH, subject=f"article {public_id}", problem=problem, remedy=REMEDY)
