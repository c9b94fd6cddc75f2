"""Links between articles: what one text is to another, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from storage.records import CopyKind
from storage.stories.comparison import Wording
from storage.stories.wording import tokenise

NEARLY_EQUAL = (CopyKind.COPY, CopyKind.REVISED)
MUCH_ELSE = 0.25  # of the longer text outside the bounds: it may be another release
IN_WHOLE = 0.9  # score; a text that has so much of a shorter one has it all
MIRRORED = {CopyKind.EXCERPT: CopyKind.EXTENDED, CopyKind.EXTENDED: CopyKind.EXCERPT}


class RelationKind(StrEnum):
    """What a text that contains another one is to it, where the two are no one story."""

    CONTAINS = "contains"  # a roundup, of a release that it collects
    FOLLOW_UP = "follow-up"  # a later report, of the release that it repeats as its background


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryArticle:
    """An article as far as its place in a story depends on it."""

    id: int
    public_id: str
    day: date | None  # of publication
    at: datetime  # of publication where the hour is known, else first seen
    title: str

    @property
    def order(self) -> tuple[date, datetime, str]:
        """Return what sorts the articles of a story, in every archive: who came first."""
        return (self.day or self.at.date(), self.at, self.public_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One article's text is a copy of another's; the shared part is bounded in the longer of the two."""

    article: int
    other: int
    kind: CopyKind  # what the article is to the other
    score: float
    container: int  # the longer of the two
    start: float  # shares of the container's length
    end: float

    @property
    def ends(self) -> tuple[int, int]:
        """Return the two articles."""
        return (self.article, self.other)

    @property
    def part(self) -> int:
        """Return the shorter of the two."""
        return self.other if self.container == self.article else self.article

    @property
    def coverage(self) -> float:
        """Return how much of the container lies between the bounds."""
        return self.end - self.start

    @property
    def is_of_one_text(self) -> bool:
        """Return whether the two are nearly equal, not one the other with much else."""
        has_all_and_more = self.score >= IN_WHOLE and self.coverage < 1 - MUCH_ELSE
        return self.kind in NEARLY_EQUAL and not has_all_and_more

    def seen_from(self, article: int) -> Link:
        """Return the same link with *article* as its first."""
        if article == self.article:
            return self
        return Link(
            article=self.other,
            other=self.article,
            kind=MIRRORED.get(self.kind, self.kind),
            score=self.score,
            container=self.container,
            start=self.start,
            end=self.end,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredText:
    """A new or revised text, as the duplicate decision needs it."""

    article_id: int
    public_id: str
    revision: int  # 1 for a new article
    title: str
    text_digest: str
    paragraphs: tuple[str, ...]
    fingerprints: tuple[int, ...]

    @property
    def length(self) -> int:
        """Return the number of its characters."""
        return sum(map(len, self.paragraphs))

    def wording(self) -> Wording:
        """Return the text as it is compared."""
        return Wording(title=self.title, tokens=tokenise("\n".join(self.paragraphs)))

    @property
    def is_comparable(self) -> bool:
        """Return whether there are words to compare."""
        return bool(self.text_digest) and any(self.paragraphs)
