"""The latest text of every article, as the index and the fingerprints should know it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection, Select, select

from storage.models import article, revision
from storage.search.documents import DOCUMENTS

if TYPE_CHECKING:
    from sqlalchemy import Row

BATCH = 500
MOST_DOCUMENTS = 200_000  # whose tokens are summed up at once, at some 300 bytes each
BEYOND = 1 << 62  # above every document number, also that of a stray
LATEST: Select[Any] = DOCUMENTS.add_columns(
    article.c.public_id,
    article.c.document,
    article.c.withheld,
    article.c.text_digest.label("kept_text_digest"),
    revision.c.text_digest,
).order_by(article.c.id)


class Span(NamedTuple):
    """Documents by their numbers, from the first to the last."""

    first: int
    last: int


def spans(connection: Connection) -> list[Span]:
    """Return spans that hold all documents, also those of no article, and few articles each."""
    numbers = select(article.c.document).order_by(article.c.document).limit(1)
    begins = [-BEYOND]
    while (begin := connection.scalar(numbers.offset(len(begins) * MOST_DOCUMENTS))) is not None:
        begins.append(begin)
    return [Span(first, after - 1) for first, after in pairwise([*begins, BEYOND])]


def latest_texts_of(connection: Connection, span: Span) -> Iterator[Sequence[Row[Any]]]:
    """Yield the articles of a span with their latest texts, some hundred at a time, by document."""
    wanted = LATEST.where(article.c.document.between(*span)).order_by(None).order_by(article.c.document)
    yield from connection.execution_options(yield_per=BATCH).execute(wanted).partitions()


def latest_texts(connection: Connection) -> Iterator[Sequence[Row[Any]]]:
    """Yield the articles with their latest texts, some hundred at a time, in order of row number."""
    rows = connection.execution_options(yield_per=BATCH).execute(LATEST)
    yield from rows.partitions()
