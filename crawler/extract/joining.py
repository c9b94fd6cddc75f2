"""The parts of an article made one article again: what each page repeats of the others stands once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import TypeVar

from crawler.extract.dates.mentions import mentions_of
from crawler.extract.types import ExtractedArticle
from storage.records import BodyKind, Link

Value = TypeVar("Value")


def join_parts(parts: Sequence[ExtractedArticle]) -> ExtractedArticle:
    """Return the article that *parts*, in order, make; one part alone is the article as it stands.

    Paragraphs that a part repeats of the one before, or of the head or the foot of every part, stand once.
    What the first part does not tell (an editor is named at the end) is taken from the first that does.
    """
    if len(parts) == 1:
        return parts[0]
    first = parts[0]
    own = [part for place, part in enumerate(parts) if not repeats(part, parts[:place])]
    lines = joined_lines([part.paragraphs for part in own])
    dated = next((part for part in parts if part.published is not None), first)
    day = dated.published.date() if isinstance(dated.published, datetime) else dated.published
    return replace(
        first,
        paragraphs=lines,
        body_kind=BodyKind.TEXT
        if any(part.body_kind is BodyKind.TEXT for part in parts)
        else first.body_kind,
        published=dated.published,
        published_from=dated.published_from,
        source=_first(part.source for part in parts),
        author=_first(part.author for part in parts),
        editor=_first(part.editor for part in parts),
        language=_first(part.language for part in parts),
        tables=tuple(dict.fromkeys(chain.from_iterable(part.tables for part in parts))),
        attachments=_links(part.attachments for part in parts),
        images=_links(part.images for part in parts),
        mentions=mentions_of(lines, day),
        removed=tuple(chain.from_iterable(part.removed for part in parts)),
        next_page=parts[-1].next_page,
    )


def repeats(part: ExtractedArticle, parts: Sequence[ExtractedArticle]) -> bool:
    """Return whether *part* is one of *parts* again: some sites answer the first page to every number."""
    return any(
        (each.paragraphs, each.tables, each.images) == (part.paragraphs, part.tables, part.images)
        for each in parts
    )


def joined_lines(parts: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the paragraphs of *parts* in order, without what each repeats of another."""
    lines: list[str] = []
    for place, part in enumerate(parts):
        follower = parts[place + 1] if place + 1 < len(parts) else ()
        start = max(_shared_start(parts[0], part), _overlap(lines, part)) if place else 0
        # What stands at the foot of two parts that follow each other stands at the foot of the last.
        shown_again = len(follower) - _shared_start(parts[0], follower)
        stop = len(part) - min(_shared_end(part, follower), shown_again)
        lines.extend(part[start : max(start, stop)])
    return tuple(lines)


def _shared_start(first: Sequence[str], other: Sequence[str]) -> int:
    pairs = enumerate(zip(first, other, strict=False))
    return next((place for place, (one, two) in pairs if one != two), min(len(first), len(other)))


def _shared_end(first: Sequence[str], other: Sequence[str]) -> int:
    return _shared_start(first[::-1], other[::-1])


def _overlap(lines: Sequence[str], part: Sequence[str]) -> int:
    """Return how many paragraphs at the start of *part* are the last ones of *lines*."""
    longest = min(len(lines), len(part))
    return next((size for size in range(longest, 0, -1) if list(part[:size]) == list(lines[-size:])), 0)


def _first(values: Iterator[Value | None]) -> Value | None:
    return next((value for value in values if value is not None), None)


def _links(groups: Iterator[tuple[Link, ...]]) -> tuple[Link, ...]:
    found: dict[str, Link] = {}
    for link in chain.from_iterable(groups):
        found.setdefault(link.url, link)
    return tuple(found.values())
