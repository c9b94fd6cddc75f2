"""Find what new texts are copies of: by digest, then by fingerprints, decided by alignment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence

from sqlalchemy import Connection

from storage.records import CopyKind
from storage.stories.candidates import Candidate, load_candidates, rank, shares_enough
from storage.stories.comparison import Comparison, Wording, compare, may_be_copies
from storage.stories.fingerprints import COMMON, digest_hash, look_up
from storage.stories.links import NEARLY_EQUAL, Link, StoredText

MOST_REFUSED = 4  # candidates of a text; after so many that are no copies the rest is not tried
SETTLED = 2  # a story needs one link to a nearly equal text, or two others


class Matching:
    """The decision for the texts of one transaction, in their order: each may be a copy of an earlier one.

    `links` says what they are copies of, `rows` which (hash, article) the index has to learn. Articles that
    are *undecided* are not looked at: they will be compared with these.
    """

    def __init__(
        self, connection: Connection, texts: Sequence[StoredText], undecided: Container[int] = ()
    ) -> None:
        hashes = (value for text in texts for value in (digest_hash(text.text_digest), *text.fingerprints))
        self._holders = look_up(connection, hashes)
        self._learned: set[int] = set()  # hashes that texts of this transaction added
        if undecided:
            for value, holders in self._holders.items():
                self._holders[value] = [number for number in holders if number not in undecided]
        self._texts = {text.article_id: text for text in texts}
        self._candidates: dict[int, Candidate] = {}
        self._digests: dict[int, str] = {}
        self._wordings: dict[int, Wording] = {}
        self._groups: dict[int, int] = {}  # article -> its story as far as known: -number, or an article
        self._stored = {text.article_id: self._nearest(text) for text in texts}
        self._load(connection)
        self.links: list[Link] = []
        self.rows: list[tuple[int, int]] = []
        for text in texts:
            found = list(self._links(text))
            self._remember(text, found)
            self.links += found

    def _load(self, connection: Connection) -> None:
        wanted = {number for nearest in self._stored.values() for number in nearest}
        wanted -= self._texts.keys()
        for candidate in load_candidates(connection, wanted):
            self._digests[candidate.article] = candidate.text_digest
            self._candidates[candidate.article] = candidate
            if candidate.story is not None:
                self._groups[candidate.article] = -candidate.story

    def _nearest(self, text: StoredText) -> dict[int, int]:
        """Return the articles that may have this text and the fingerprints they share, likeliest first."""
        same = self._holders[digest_hash(text.text_digest)][:SETTLED]
        nearest = dict.fromkeys(same, len(text.fingerprints)) | rank(text.fingerprints, self._holders)
        nearest.pop(text.article_id, None)
        return nearest

    def _nearest_now(self, text: StoredText) -> dict[int, int]:
        """Return the nearest articles, those of this transaction among them."""
        if self._learned.isdisjoint((digest_hash(text.text_digest), *text.fingerprints)):
            return self._stored[text.article_id]
        return self._nearest(text)

    def _links(self, text: StoredText) -> Iterator[Link]:
        """Yield what *text* is a copy of: for each story one nearly equal text, or two others."""
        found: Counter[int] = Counter()
        refused = 0
        for number, shared in self._nearest_now(text).items():
            if self._digests.get(number) == text.text_digest:
                yield _exact(text.article_id, number)
                return
            group = self._groups.get(number, number)
            if number not in self._digests or found[group] >= SETTLED:
                continue
            if not shares_enough(shared, len(text.fingerprints), text.length, self._source(number).length):
                continue
            comparison = self._compare(text, number)
            if comparison is not None and comparison.kind is not None:
                found[group] += SETTLED if comparison.kind in NEARLY_EQUAL else 1
                yield _link(text.article_id, number, comparison)
            elif (refused := refused + 1) >= MOST_REFUSED:
                return

    def _compare(self, text: StoredText, number: int) -> Comparison | None:
        wording, other = self._wording(text.article_id), self._wording(number)
        return compare(wording, other) if may_be_copies(wording, other) else None

    def _wording(self, number: int) -> Wording:
        """Return the wording of a candidate, or of a text of this transaction."""
        if number not in self._wordings:
            self._wordings[number] = self._source(number).wording()
        return self._wordings[number]

    def _source(self, number: int) -> StoredText | Candidate:
        return self._texts.get(number) or self._candidates[number]

    def _remember(self, text: StoredText, found: Sequence[Link]) -> None:
        """Let later texts and the index find *text*, but for the hashes that a nearly equal text has."""
        number = text.article_id
        self._digests[number] = text.text_digest
        if found:
            self._groups[number] = self._groups.get(found[0].other, found[0].other)
        twins = {link.other for link in found if link.kind in NEARLY_EQUAL}
        for value in text.fingerprints:
            holders = self._holders[value]
            if len(holders) < COMMON and number not in holders and twins.isdisjoint(holders):
                self._add(value, number)
        value = digest_hash(text.text_digest)  # of a text that is decided anew, the index knows it
        exact = any(self._digests[link.other] == text.text_digest for link in found)
        if not exact and number not in self._holders[value]:
            self._add(value, number)

    def _add(self, value: int, number: int) -> None:
        self._holders[value].append(number)
        self._learned.add(value)
        self.rows.append((value, number))


def _exact(article: int, other: int) -> Link:
    return Link(
        article=article, other=other, kind=CopyKind.COPY, score=1.0, container=other, start=0.0, end=1.0
    )


def _link(article: int, other: int, comparison: Comparison) -> Link:
    alignment = comparison.alignment
    assert comparison.kind is not None
    return Link(
        article=article,
        other=other,
        kind=comparison.kind,
        score=comparison.score,
        container=article if comparison.is_longer else other,
        start=round(alignment.start / alignment.longer, 3),
        end=round(alignment.end / alignment.longer, 3),
    )
