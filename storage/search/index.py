"""The search index, written in the transaction of the revision it finds.

A document's number is its published day, then the article's row number, so that newest first is the
order of the index itself and needs no sort. Undated articles come last.

SQLite: a contentless FTS5 table, whose rows are places counted from the newest document on; a document
is taken out by giving its old tokens again.
PostgreSQL: tsvector literals in a side table, in pieces: a tsvector keeps 256 positions a lexeme and
none past 16,383. Site and source stand beside them, so that facets need no look at the articles.

Both mark the site, the language and the source of a document among its words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain, islice

from sqlalchemy import Connection

from storage.database.bulk import insert_statement
from storage.search.document_numbers import document_number, place_of
from storage.search.field_marks import as_fts5, field_marks
from storage.search.folding import IN_TITLE
from storage.search.neighbours import filter_of
from storage.search.span_marks import span_marks
from storage.search.tokens import character_marks, plain_tokens, token_text, tokens

PIECE_TOKENS = 15_000
PIECE_OCCURRENCES = 250  # of one lexeme
PIECE_CHARACTERS = 180_000  # a tsvector ends at 1 MB
PIECE_OVERLAP = 64  # tokens: the longest phrase that a cut cannot hide
TITLE_TOKENS = PIECE_OCCURRENCES
# What stands in a tsvector after a token: its place, and the quote that opens the next one.
_PLACES = tuple(f"':{place} '" for place in range(1, PIECE_TOKENS + TITLE_TOKENS + 2))
_TITLE_PLACES = tuple(f"':{place}A '" for place in range(1, TITLE_TOKENS + 1))

FTS_COLUMNS = ("body", "title", "characters")
TOKENS_INDEX = "CREATE INDEX ix_search_index_tokens ON search_index USING gin (tokens) WITH (fastupdate=on)"
CREATE = {
    "sqlite": (
        # Our tokens hold no ASCII punctuation, so `ascii` takes them as they are. What stands in the first
        # column is stored without its name: with the body there, the index is a fifth smaller.
        "CREATE VIRTUAL TABLE search_index USING fts5(body, title, characters, content='', tokenize='ascii')",
        # A page of the index fills one of the file: a tenth less time for writing and for long searches.
        "INSERT INTO search_index (search_index, rank) VALUES ('pgsz', 16000)",
        # Fewer merges: a seventh more articles a CPU second, and no query is slower for it.
        "INSERT INTO search_index (search_index, rank) VALUES ('automerge', 8)",
        # A hundred articles are one segment: with the default of 1 MB they are two, to be merged later.
        "INSERT INTO search_index (search_index, rank) VALUES ('hashsize', 4194304)",
    ),
    "postgresql": (
        "CREATE TABLE search_index (number BIGINT NOT NULL, piece INTEGER NOT NULL,"
        " whole BOOLEAN NOT NULL, site_id BIGINT NOT NULL, source TEXT, tokens TSVECTOR NOT NULL,"
        " neighbours BYTEA NOT NULL,"
        " CONSTRAINT pk_search_index PRIMARY KEY (number, piece))",
        "ALTER TABLE search_index ALTER tokens SET STORAGE EXTENDED, ALTER neighbours SET STORAGE PLAIN",
        TOKENS_INDEX,
        "CREATE INDEX ix_search_index_parts ON search_index (number) WHERE NOT whole",
    ),
}
SQLITE_INSERT = insert_statement("search_index", ("rowid", *FTS_COLUMNS), "sqlite")
SQLITE_DELETE = (
    f"INSERT INTO search_index (search_index, rowid, {', '.join(FTS_COLUMNS)})"  # noqa: S608 - names of ours
    " VALUES ('delete', ?, ?, ?, ?)"
)
POSTGRES_COLUMNS = ("number", "piece", "whole", "site_id", "source", "tokens", "neighbours")
POSTGRES_INSERT = insert_statement("search_index", POSTGRES_COLUMNS, "postgresql")
POSTGRES_DELETE = "DELETE FROM search_index WHERE number = %s"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What of an article is searched."""

    article_id: int
    site_id: int
    language: str | None
    source: str | None
    day: date | None
    title: str
    body: str

    @property
    def number(self) -> int:
        """Return the document's number: its place in newest-first order."""
        return document_number(self.day, self.article_id)


def create_search_index(connection: Connection) -> None:
    """Make the empty index."""
    for statement in CREATE[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def add_documents(connection: Connection, documents: Sequence[Document]) -> None:
    """Put *documents* into the index."""
    if not documents:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(SQLITE_INSERT, quick_rows(documents))
    else:
        connection.exec_driver_sql(
            POSTGRES_INSERT, [row for document in documents for row in tsvector_rows(document)]
        )


def remove_documents(connection: Connection, documents: Sequence[Document]) -> None:
    """Take *documents*, given as they were added, out of the index."""
    if not documents:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(SQLITE_DELETE, quick_rows(documents))
    else:
        connection.exec_driver_sql(POSTGRES_DELETE, [(document.number,) for document in documents])


def fts_row(document: Document) -> tuple[int, str, str, str]:
    """Return what FTS5 takes for a document."""
    return _fts_row(document, token_text(document.body), document.body)


def quick_rows(documents: Sequence[Document]) -> list[tuple[int, str, str, str]]:
    """Return rows of which FTS5 makes the same index as of `fts_row`, at less cost: plain text as it is.

    They are in order: each step back would end a segment of the index.
    """
    return sorted(map(_quick_row, documents))


def _quick_row(document: Document) -> tuple[int, str, str, str]:
    body = plain_tokens(document.body)
    return fts_row(document) if body is None else _fts_row(document, body, body)


def _fts_row(document: Document, body: str, read: str) -> tuple[int, str, str, str]:
    """Return the row of a document whose *body* FTS5 is given so, marked with the characters of *read*."""
    title = " ".join(tokens(document.title)[:TITLE_TOKENS])
    marks = f"{character_marks(document.title, read)} {_fts_marks(document)}"
    return place_of(document.number), body, title, marks


def _fts_marks(document: Document) -> str:
    return _marks_of_fts5(document.site_id, document.language, document.source)


@lru_cache(maxsize=1024)  # many articles are filed alike
def _marks_of_fts5(site_id: int, language: str | None, source: str | None) -> str:
    return " ".join(map(as_fts5, field_marks(site_id, language, source)))


def tsvector_rows(document: Document) -> Iterator[tuple[object, ...]]:
    """Yield what PostgreSQL takes for a document: the `POSTGRES_COLUMNS` of each piece."""
    title = tokens(document.title)[:TITLE_TOKENS]
    pieces = list(_pieces(tokens(document.body)))
    head = _lexemes(title, _TITLE_PLACES)
    marks = "' '".join(_marks(document, title))
    for number, piece in enumerate(pieces):
        body = _lexemes(piece, islice(_PLACES, len(title) + 1, None))
        vector = f"'{head}{body}{marks}'" if not number else "'" + body.removesuffix(" '")
        filed = (document.site_id, document.source)
        yield document.number, number, len(pieces) == 1, *filed, vector, filter_of(title, piece)


def _marks(document: Document, title: Sequence[str]) -> Iterator[str]:
    """Yield what the index of PostgreSQL is asked for besides words: it knows no places and no order."""
    yield from character_marks(document.title, document.body).split()
    yield from map(f"{IN_TITLE}{{}}".format, dict.fromkeys(title))
    yield from span_marks(document.number)
    yield from field_marks(document.site_id, document.language, document.source)


def _lexemes(found: Sequence[str], places: Iterable[str]) -> str:
    """Return tokens with their places, as a tsvector is written after the quote that opens the first."""
    return "".join(chain.from_iterable(zip(found, places, strict=False)))


def _pieces(body: list[str]) -> Iterator[list[str]]:
    """Yield *body* cut so that no piece is too long or repeats a token too often; neighbours overlap."""
    start = 0
    while True:
        end = _end_of_piece(body, start)
        yield body[start:end]
        if end >= len(body):
            return
        start = max(end - PIECE_OVERLAP, start + 1)


def _end_of_piece(body: list[str], start: int) -> int:
    end = min(len(body), start + PIECE_TOKENS)
    piece = body[start:end]
    most = max(Counter(piece).values(), default=0)
    if most <= PIECE_OCCURRENCES and sum(map(len, piece)) <= PIECE_CHARACTERS:
        return end
    seen: Counter[str] = Counter()
    size = 0
    for place in range(start, end):
        token = body[place]
        seen[token] += 1
        size += len(token)
        if seen[token] > PIECE_OCCURRENCES or size > PIECE_CHARACTERS:
            return place
    return end
