"""What another reading of a page changes, field by field, for people and for scripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from storage.differences import Kind, Piece, differences
from storage.json_values import plain
from storage.records import FingerprintedArticle, Link
from storage.rows import ArticleRow
from storage.safe_text import printable
from storage.stories.wording import tokenise

FIELDS = (
    "title",
    "paragraphs",
    "published_day",
    "published_at",
    "published_precision",
    "published_from",
    "source",
    "author",
    "editor",
    "language",
    "tables",
    "attachments",
)
Changes = Mapping[str, tuple[Any, Any]]  # field -> before, after


def changed_fields(before: ArticleRow | None, after: FingerprintedArticle) -> Changes:
    """Return the fields that differ, each before and after; of a new article every field that it has."""
    pairs = {name: (_value(before, name), _value(after, name)) for name in FIELDS}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _value(of: ArticleRow | FingerprintedArticle | None, name: str) -> Any:
    value = getattr(of, name, None)
    if isinstance(value, tuple) and value and isinstance(value[0], Link):
        return [{"title": link.title, "url": link.url} for link in value]
    return plain(value) or None


def lines(changes: Changes) -> Iterator[str]:
    """Yield the changes as lines of text; of the body the paragraphs that were taken off or added."""
    for name, (before, after) in changes.items():
        if name == "paragraphs":
            yield "  body:"
            yield from _body_lines(before or [], after or [])
        else:
            yield f"  {name}: {_shown(before)} -> {_shown(after)}"


def _shown(value: Any) -> str:
    return "none" if value is None else printable(str(value))


def _body_lines(before: list[str], after: list[str]) -> Iterator[str]:
    for row in differences(before, after):
        if row.kind is not Kind.SAME:
            if row.before:
                yield f"    - {_text(row.before)}"
            if row.after:
                yield f"    + {_text(row.after)}"


def _text(pieces: tuple[Piece, ...]) -> str:
    return printable("".join(piece.text for piece in pieces))


def shared_words(one: str, other: str) -> float:
    """Return the share of the words of two texts that both have: 1 for the same words, 0 for none."""
    left, right = Counter(tokenise(one)), Counter(tokenise(other))
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 1.0
