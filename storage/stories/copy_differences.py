"""The words in which the copies of a story differ from what they are copies of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from storage.differences import Kind, Row, changed_words
from storage.rows import ArticleRow, StoryRow


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyDifference:
    """A copy beside the article that holds it in its story: headline and text, word by word.

    Where paragraphs begin makes no difference: every office breaks a text differently.
    """

    article: str
    other: str
    kind: str | None
    title: Row
    text: Row


def copy_differences(story: StoryRow, articles: Mapping[str, ArticleRow]) -> Iterator[CopyDifference]:
    """Yield what each copy of *story* changed; *articles* are its members by id."""
    for member in story.members:
        if member.linked_to is None:
            continue
        copy, source = articles[member.article], articles[member.linked_to]
        yield CopyDifference(
            article=copy.id,
            other=source.id,
            kind=member.kind,
            title=_row(source.title, copy.title),
            text=_row(" ".join(source.paragraphs), " ".join(copy.paragraphs)),
        )


def _row(source: str, copy: str) -> Row:
    before, after = changed_words(source, copy)
    return Row(kind=Kind.SAME if source == copy else Kind.CHANGED, before=before, after=after)
