"""Which stored texts are worth comparing with a new one, and their wording."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import BindParameter, Connection, bindparam, select

from storage.comparison import Wording
from storage.fingerprints import COMMON
from storage.models import article, revision
from storage.wording import tokenise

MOST_CANDIDATES = 12  # of a text, by the fingerprints they share
FEWEST_SHARED = 2
CACHED_CHARACTERS = 8_000_000  # of tokenised texts: what a release's copies are compared with again and again

_WANTED: BindParameter[Sequence[int]] = bindparam("wanted", expanding=True)
_HEADS = (
    select(
        article.c.id, article.c.text_digest, article.c.story_id, article.c.latest_revision, revision.c.title
    )
    .join(revision, revision.c.id == article.c.latest_revision)
    .where(article.c.id.in_(_WANTED))
)
_BODIES = select(revision.c.id, revision.c.body).where(revision.c.id.in_(_WANTED))


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A stored text that may be what a new one is a copy of."""

    article: int
    text_digest: str
    story: int | None
    wording: Wording


def rank(hashes: Collection[int], holders: Mapping[int, Sequence[int]]) -> list[int]:
    """Return the articles that share most of *hashes*, the earliest first among equals."""
    shared: Counter[int] = Counter()
    for value in hashes:
        articles = holders.get(value, ())
        if len(articles) < COMMON:
            shared.update(articles)
    ranked = sorted((-count, number) for number, count in shared.items() if count >= FEWEST_SHARED)
    return [number for _, number in ranked[:MOST_CANDIDATES]]


class WordingCache:
    """The tokens of the texts that were compared last, by their digest."""

    def __init__(self, characters: int = CACHED_CHARACTERS) -> None:
        self._room = characters
        self._texts: OrderedDict[str, str] = OrderedDict()

    def get(self, text_digest: str) -> list[str] | None:
        """Return the tokens of the text, None if they are not known."""
        text = self._texts.get(text_digest)
        if text is None:
            return None
        self._texts.move_to_end(text_digest)
        return text.split()

    def put(self, text_digest: str, tokens: Sequence[str]) -> None:
        """Keep *tokens*, and forget the oldest where there is no room."""
        if text_digest in self._texts:
            return
        text = " ".join(tokens)
        self._texts[text_digest] = text
        self._room -= len(text)
        while self._room < 0:
            self._room += len(self._texts.popitem(last=False)[1])


def load_candidates(connection: Connection, wanted: Iterable[int], cache: WordingCache) -> list[Candidate]:
    """Return the stored texts of the *wanted* articles."""
    heads = connection.execute(_HEADS, {"wanted": sorted(set(wanted))}).all()
    known = {head.text_digest: cache.get(head.text_digest) for head in heads}
    missing = sorted(head.latest_revision for head in heads if known[head.text_digest] is None)
    bodies = {row.id: row.body for row in connection.execute(_BODIES, {"wanted": missing})} if missing else {}
    found = []
    for head in heads:
        tokens = known[head.text_digest]
        if tokens is None:
            tokens = tokenise(bodies[head.latest_revision])
            cache.put(head.text_digest, tokens)
        wording = Wording(title=tuple(tokenise(head.title)), tokens=tokens)
        found.append(
            Candidate(article=head.id, text_digest=head.text_digest, story=head.story_id, wording=wording)
        )
    return found
