"""Marks of an article's site, language and source, which both engines index beside its words.

A common word asked for in one of many sites is then looked for there alone; without them, the row of every
article with that word had to be looked at.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Sequence
from hashlib import sha256

from storage.language_tags import spellings
from storage.search.folding import HYPHEN, IN_FIELD, UPPER
from storage.search.query_language import Node, Or, Phrase

LANGUAGE = re.compile("[0-9A-Za-z-]+")
# FTS5's tokenizer cuts at hyphens and takes both cases for one, so that a mark is written without them.
_WITHOUT_HYPHENS = {ord("-"): HYPHEN} | {
    ord(letter): f"{UPPER}{letter.lower()}" for letter in string.ascii_uppercase
}
MOST_SOURCES = 100  # that a query asks for by their marks


def field_marks(site_id: int, language: str | None, source: str | None) -> Iterator[str]:
    """Yield the marks of what an article is filed under."""
    yield _site_mark(site_id)
    if language is not None and LANGUAGE.fullmatch(language):
        parts = language.split("-")
        yield from (_language_mark("-".join(parts[:end])) for end in range(1, len(parts) + 1))
    if source is not None:
        yield _source_mark(source)


def of_site(site_id: int) -> Node:
    """Return the text query that finds what is of a site."""
    return Phrase((_site_mark(site_id),))


def of_language(language: str) -> Node | None:
    """Return the text query that finds what is in a language; None where marks do not tell."""
    if not LANGUAGE.fullmatch(language):
        return None
    return Or(tuple(Phrase((_language_mark(spelling),)) for spelling in spellings(language)))


def of_sources(sources: Sequence[str]) -> Node | None:
    """Return the text query that finds what is from one of *sources*; None where they are too many."""
    if len(sources) > MOST_SOURCES:
        return None
    return Or(tuple(Phrase((_source_mark(source),)) for source in sources)) if sources else of_site(0)


def as_fts5(mark: str) -> str:
    """Return a mark as it stands in the index of SQLite."""
    return mark.translate(_WITHOUT_HYPHENS)


def _site_mark(site_id: int) -> str:
    return f"{IN_FIELD}s{site_id:x}"


def _language_mark(language: str) -> str:
    return f"{IN_FIELD}l{language}"


def _source_mark(source: str) -> str:
    """Return a mark of fixed length that no other source has."""
    return f"{IN_FIELD}o{sha256(source.encode()).hexdigest()[:16]}"
