"""Decide from their wording alone whether one text is a copy of another, and of which kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from storage.alignment import Alignment, align
from storage.records import CopyKind
from storage.wording import FEWEST_TOKENS

ALGORITHM = "1"  # of fingerprints and verdicts; `rededup` rebuilds what an older one decided

CONTAINMENT = 0.6  # equal tokens, of the shorter text
SUBSTITUTED = 0.05  # content put in another's place, of the equal tokens
SUBSTITUTED_AT_ENDS = 0.2  # the same for leads and last lines: publishers exchange them
WHOLE = 0.75  # a text of so much of the other's length is no excerpt
LONG = 12_000  # tokens; beyond it only the alignment knows
REVISED = 0.01  # substituted content that makes a copy a revised one


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How a text relates to another: a copy of some kind, or why it is none, with the numbers."""

    kind: CopyKind | None
    score: float
    reason: str
    alignment: Alignment


def compare(tokens: Sequence[str], other: Sequence[str]) -> Comparison:
    """Return what the text of *tokens* is to the *other* one."""
    alignment = align(tokens, other)
    reason = _refusal(alignment)
    if reason:
        return Comparison(kind=None, score=0.0, reason=reason, alignment=alignment)
    kind = _kind(alignment, is_longer=len(tokens) > len(other))
    return Comparison(kind=kind, score=_score(alignment), reason="", alignment=alignment)


def may_be_copies(tokens: Sequence[str], other: Sequence[str]) -> bool:
    """Return False where `compare` is sure to find no copy; ten times as fast."""
    shorter, longer = sorted((len(tokens), len(other)))
    if shorter < FEWEST_TOKENS:
        return False
    needed = int(CONTAINMENT * shorter)
    return longer > LONG or LCSseq.similarity(tokens, other, score_cutoff=needed) >= needed


def _refusal(alignment: Alignment) -> str:
    """Return why the texts are no copies; empty if they are."""
    if alignment.shorter < FEWEST_TOKENS:
        return "too short to compare"
    if alignment.containment < CONTAINMENT:
        return "too little in common"
    if alignment.substituted > SUBSTITUTED * alignment.equal:
        return "other words in the same places"
    if alignment.substituted_at_ends > SUBSTITUTED_AT_ENDS * alignment.equal:
        return "another beginning or end"
    if alignment.numbers_changed > max(1, alignment.numbers_equal):
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
