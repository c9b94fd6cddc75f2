"""Decide from their wording alone whether one text is a copy of another, and of which kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel, LCSseq

from storage.records import CopyKind
from storage.stories.alignment import AFTER_DIGITS, Alignment, align
from storage.stories.wording import FEWEST_TOKENS, FIRST_UNSPACED, tokenise

ALGORITHM = "2"  # of fingerprints and verdicts; `rededup` rebuilds what an older one decided

CONTAINMENT = 0.86  # of the shorter text, in the longer one
CONTAINMENT_BUT_FOR_A_LEAD = 0.75  # where the shorter one has but a few words of its own
LEAD = 12  # tokens
CONTAINMENT_UNDER_ONE_TITLE = 0.7
SAME_TITLE = 0.85  # similarity of the tokens of two titles
FEWEST_TITLE_WORDS = 4  # "Weather forecast" is no headline that names one release; two characters are a word
SUBSTITUTED = 0.05  # content put in another's place, of the equal tokens
NUMBERS_CHANGED = 0.5  # of the numbers in the same places
EXCHANGED = 1.3  # both of them, as shares of what each alone may be
WHOLE = 0.75  # a text of so much of the other's length is no excerpt
REVISED = 0.01  # substituted content that makes a copy a revised one
LONG = 12_000  # tokens; beyond it only the alignment knows
# What a title counts its issues by, beside numbers.
MONTHS_AND_DAYS = frozenset(
    "january february march april may june july august september october november december"
    " jan feb mar apr jun jul aug sep sept oct nov dec"
    " monday tuesday wednesday thursday friday saturday sunday".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A text as it is compared: its title and its tokens."""

    title: str
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
    reason = _refusal(alignment, text.title, other.title)
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


def are_one_title(title: str, other: str) -> bool:
    """Return whether two headlines are one, or nearly so, and say enough to name one release."""
    tokens, others = tokenise(title), tokenise(other)
    words = sum(0.5 if token >= FIRST_UNSPACED else 1 for token in min(tokens, others, key=len))
    return words >= FEWEST_TITLE_WORDS and Indel.normalized_similarity(tokens, others) >= SAME_TITLE


def are_two_issues(title: str, other: str) -> bool:
    """Return whether two headlines are the same but for their numbers and days: "Prices, 8 to 14 June"."""
    tokens, others = tokenise(title), tokenise(other)
    return tokens != others and _without_counts(tokens) == _without_counts(others)


def _without_counts(tokens: Sequence[str]) -> list[str]:
    return [token for token in tokens if token > AFTER_DIGITS and token not in MONTHS_AND_DAYS]


def _refusal(alignment: Alignment, title: str, other: str) -> str:
    """Return why the texts are no copies; empty if they are."""
    if alignment.shorter < FEWEST_TOKENS:
        return "too short to compare"
    if not _has_enough(alignment, title, other):
        return "too little in common"
    substituted = alignment.substituted / (SUBSTITUTED * max(alignment.equal, 1))
    if substituted > 1:
        return "other words in the same places"
    changed = _changed_numbers(alignment) / NUMBERS_CHANGED
    if changed >= 1:
        return "other numbers in the same places"
    if substituted + changed > EXCHANGED:
        return "other words and numbers in the same places"
    if alignment.numbers_changed and are_two_issues(title, other):
        return "another issue of one series"
    return ""


def _has_enough(alignment: Alignment, title: str, other: str) -> bool:
    """Return whether the longer text has enough of the shorter one; less will do under one headline."""
    if alignment.containment >= (CONTAINMENT_BUT_FOR_A_LEAD if alignment.own <= LEAD else CONTAINMENT):
        return True
    return alignment.containment >= CONTAINMENT_UNDER_ONE_TITLE and are_one_title(title, other)


def _changed_numbers(alignment: Alignment) -> float:
    """Return the share of the numbers that changed; a single one may be the date."""
    if alignment.numbers_changed < 2:
        return 0.0
    return alignment.numbers_changed / (alignment.numbers_changed + alignment.numbers_equal)


def _kind(alignment: Alignment, *, is_longer: bool) -> CopyKind:
    if alignment.shorter < WHOLE * alignment.longer:
        return CopyKind.EXTENDED if is_longer else CopyKind.EXCERPT
    if alignment.numbers_changed or alignment.substituted > REVISED * alignment.equal:
        return CopyKind.REVISED
    return CopyKind.COPY


def _score(alignment: Alignment) -> float:
    exchanged = alignment.substituted + alignment.numbers_changed
    return round(alignment.containment * alignment.equal / (alignment.equal + exchanged), 4)
