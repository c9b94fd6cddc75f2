"""Why an article is, or is not, a copy of others: the decision made again, with its numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from storage.models import article
from storage.queries.articles import article_number
from storage.stories.candidates import load_candidates, rank
from storage.stories.comparison import compare
from storage.stories.fingerprints import digest_hash, look_up
from storage.stories.links import StoredText
from storage.stories.neighbourhoods import read_links
from storage.stories.replaced_texts import load_texts
from storage.stories.shingles import fingerprints


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyExplanation:
    """What an article is to another one, or why it is nothing to it; in words or Han characters."""

    article: str
    other: str
    title: str
    kind: str | None
    score: float
    reason: str  # of a refusal
    is_linked: bool
    shared_fingerprints: int
    length: int
    other_length: int
    equal: int
    alike: int  # scanning errors and the like
    moved: int  # of the shorter text: in another place of the longer one
    own: int  # of the shorter text, without a counterpart
    substituted: float
    numbers_equal: int
    numbers_changed: int


def explain_copies(connection: Connection, id_or_url: str) -> list[CopyExplanation]:
    """Return the decision on an article and each one that shares its words, the most alike first.

    :raises NoSuchArticle: if there is no article of that id or URL
    """
    texts = load_texts(connection, [article_number(connection, id_or_url)])
    return sorted(_explanations(connection, texts[0]), key=_closeness) if texts else []


def _explanations(connection: Connection, text: StoredText) -> Iterator[CopyExplanation]:
    holders = look_up(connection, (digest_hash(text.text_digest), *text.fingerprints))
    linked = {end for link in read_links(connection, [text.article_id]) for end in link.ends}
    nearest = {*holders.get(digest_hash(text.text_digest), ()), *rank(text.fingerprints, holders), *linked}
    names = _public_ids(connection, nearest)
    wording = text.wording()
    for candidate in load_candidates(connection, nearest - {text.article_id}):
        other = candidate.wording()
        found = compare(wording, other)
        alignment = found.alignment
        yield CopyExplanation(
            article=text.public_id,
            other=names[candidate.article],
            title=candidate.title,
            kind=found.kind.value if found.kind else None,
            score=found.score,
            reason=found.reason,
            is_linked=candidate.article in linked,
            shared_fingerprints=len(
                set(text.fingerprints).intersection(fingerprints(" ".join(other.tokens)))
            ),
            length=len(wording.tokens),
            other_length=len(other.tokens),
            equal=alignment.equal,
            alike=alignment.alike,
            moved=alignment.moved,
            own=alignment.own,
            substituted=round(alignment.substituted, 1),
            numbers_equal=alignment.numbers_equal,
            numbers_changed=alignment.numbers_changed,
        )


def _public_ids(connection: Connection, numbers: Collection[int]) -> dict[int, str]:
    rows = connection.execute(
        select(article.c.id, article.c.public_id).where(article.c.id.in_(sorted(numbers)))
    )
    return {row.id: row.public_id for row in rows}


def _closeness(explanation: CopyExplanation) -> tuple[bool, int, str]:
    return (not explanation.is_linked, -explanation.equal, explanation.other)
