"""Which stored texts are worth comparing with a new one, and their wording."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import Connection, select

from storage.database.bulk import is_wanted, select_rows
from storage.models import article, revision
from storage.stories.comparison import Wording
from storage.stories.fingerprints import COMMON
from storage.stories.wording import tokenise

MOST_CANDIDATES = 8  # of a text, by the fingerprints they share
FEWEST_SHARED = 3
LEAST_SHARED = 0.12  # of the shorter text's fingerprints; a noisy copy of an excerpt keeps a third

_TEXTS = (
    select(article.c.id, article.c.text_digest, article.c.story_id, revision.c.title, revision.c.body)
    .join(revision, revision.c.id == article.c.latest_revision)
    .where(is_wanted(article.c.id))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A stored text that may be what a new one is a copy of."""

    article: int
    text_digest: str
    story: int | None
    title: str
    body: str

    @property
    def length(self) -> int:
        """Return the number of its characters."""
        return len(self.body)

    def wording(self) -> Wording:
        """Return the text as it is compared."""
        return Wording(title=self.title, tokens=tokenise(self.body))


def rank(hashes: Collection[int], holders: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """Return the articles that share most of *hashes* with how many, the earliest first among equals."""
    rare = [found for value in hashes if len(found := holders[value]) < COMMON]
    shared = Counter(chain.from_iterable(rare))
    ranked = sorted([(-count, number) for number, count in shared.items() if count >= FEWEST_SHARED])
    return {number: -negative for negative, number in ranked[:MOST_CANDIDATES]}


def shares_enough(shared: int, fingerprints: int, length: int, other_length: int) -> bool:
    """Return whether so many shared fingerprints may mean a copy; the others need no alignment.

    A text of *length* characters has so many *fingerprints*, and a shorter one fewer in proportion.
    """
    return shared * max(length, 1) >= LEAST_SHARED * fingerprints * min(length, other_length)


def load_candidates(connection: Connection, wanted: Iterable[int]) -> list[Candidate]:
    """Return the stored texts of the *wanted* articles."""
    return [
        Candidate(
            article=row.id, text_digest=row.text_digest, story=row.story_id, title=row.title, body=row.body
        )
        for row in select_rows(connection, _TEXTS, set(wanted))
    ]
