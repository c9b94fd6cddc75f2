"""Decide from their wording alone whether one text is a copy of another, and of which kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel, LCSseq

from storage.alignment import Alignment, align
from storage.records import CopyKind
from storage.wording import FEWEST_TOKENS

ALGORITHM = "1"  # of fingerprints and verdicts; `rededup` rebuilds what an older one decided

CONTAINMENT = 0.8  # of the shorter text, in the longer one
CONTAINMENT_UNDER_ONE_TITLE = 0.6
SUBSTITUTED = 0.05  # content put in another's place, of the equal tokens
SUBSTITUTED_AT_ENDS = 0.1  # the same for leads and last lines: publishers exchange them
SUBSTITUTED_AT_ENDS_UNDER_ONE_TITLE = 0.4
SAME_TITLE = 0.85  # similarity of the tokens of two titles
WHOLE = 0.75  # a text of so much of the other's length is no excerpt
REVISED = 0.01  # substituted content that makes a copy a revised one
LONG = 12_000  # tokens; beyond it only the alignment knows


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The tokens of a text and of its title."""

    title: tuple[str, ...]
    tokens: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How a text relates to another: a copy of some kind, or why it is none, with the numbers."""

    kind: CopyKind | None
    score: float
    reason: str
    alignment: Alignment
    is_longer: bool  # than the other


def compare(text: Wording, other: Wording) -> Comparison:
    """Return what *text* is to the *other* one."""
    alignment = align(text.tokens, other.tokens)
    reason = _refusal(alignment, one_title=have_one_title(text, other))
    is_longer = len(text.tokens) > len(other.tokens)
    return Comparison(
        kind=None if reason else _kind(alignment, is_longer=is_longer),
        score=0.0 if reason else _score(alignment),
        reason=reason,
        alignment=alignment,
        is_longer=is_longer,
    )


def may_be_copies(text: Wording, other: Wording) -> bool:
    """Return False where `compare` is sure to find no copy; ten times as fast."""
    shorter, longer = sorted((len(text.tokens), len(other.tokens)))
    if shorter < FEWEST_TOKENS:
        return False
    needed = int(CONTAINMENT_UNDER_ONE_TITLE / 2 * shorter)  # noise is equal only to `align`
    return longer > LONG or LCSseq.similarity(text.tokens, other.tokens, score_cutoff=needed) >= needed


def have_one_title(text: Wording, other: Wording) -> bool:
    """Return whether both texts stand under the same headline, or nearly so."""
    return Indel.normalized_similarity(text.title, other.title) >= SAME_TITLE


def _refusal(alignment: Alignment, *, one_title: bool) -> str:
    """Return why the texts are no copies; empty if they are."""
    ends = SUBSTITUTED_AT_ENDS_UNDER_ONE_TITLE if one_title else SUBSTITUTED_AT_ENDS
    if alignment.shorter < FEWEST_TOKENS:
        return "too short to compare"
    if alignment.containment < (CONTAINMENT_UNDER_ONE_TITLE if one_title else CONTAINMENT):
        return "too little in common"
    if alignment.substituted > SUBSTITUTED * alignment.equal:
        return "other words in the same places"
    if alignment.substituted_at_ends > ends * alignment.equal:
        return "another beginning or end"
    if alignment.numbers_changed > 1 and alignment.numbers_changed >= alignment.numbers_equal:
        return "other numbers in the same places"
    return ""


def _kind(alignment: Alignment, *, is_longer: bool) -> CopyKind:
    if alignment.shorter < WHOLE * alignment.longer:
        return CopyKind.EXTENDED if is_longer else CopyKind.EXCERPT
    if alignment.numbers_changed or alignment.substituted > REVISED * alignment.equal:
        return CopyKind.REVISED
    return CopyKind.COPY


def _score(alignment: Alignment) -> float:
    exchanged = alignment.substituted + alignment.substituted_at_ends + alignment.numbers_changed
    return round(alignment.containment * alignment.equal / (alignment.equal + exchanged), 4)
