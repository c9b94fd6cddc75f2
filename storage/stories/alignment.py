"""Two token lists laid beside each other: what is equal, and what stands in another's place.

Deletions and insertions are not held against a pair: they are excerpts, leads and boilerplate. What
counts is *substituted* content, where both sides have words and the words are not alike, and changed
numbers. Noise (scanning errors, joined or broken words) is alike. A passage that stands elsewhere in
the other text is *moved*, and as good as equal.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import ne
from typing import NamedTuple

from rapidfuzz.distance import Indel, LCSseq

from storage.stories.wording import FIRST_UNSPACED

MAX_SHORTER = 12_000  # tokens
MAX_CELLS = 150_000_000  # of the aligner's bit matrix: 19 MB
STRAY = 8  # an equal run of so many tokens between larger differences is chance
LONGEST_NOISE = 24  # tokens of a difference; a longer one is no noise
ALIKE = 0.75  # similarity of the characters of both sides
FRINGE = 0.04  # of the equal tokens at each end: a chance match far away does not widen the passage
SOLID = 8  # tokens; shorter runs tell nothing of where a passage stands: common words are everywhere
FEWEST_MOVED = 12  # tokens of a passage that was moved
MOST_ORDERS = 8  # looks for passages that were moved: each finds those that are in one order
FEWEST_ITEMS = 3  # of a list whose numbers count its items: they are equal in all texts of a template
NUMBER = "#"
FULL_HOUR = "0"  # the minutes of one ("09:00"), equal in all texts of a template
AFTER_DIGITS = ":"  # sorts after every number and before every word
LONE_CHARACTER = 1 / 3  # weight of one exchanged Han character: mostly a scanning error


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """What two texts share, in tokens; `start` and `end` bound the shared part in the longer one."""

    shorter: int
    longer: int
    equal: int
    alike: int  # of the shorter: noise
    moved: int  # of the shorter: in another place of the longer one
    substituted: float  # between equal runs, by the shorter side of each difference
    numbers_equal: int
    numbers_changed: int
    start: int
    end: int

    @property
    def containment(self) -> float:
        """Return the share of the shorter text that the longer one has."""
        return 1 - self.own / self.shorter if self.shorter else 0.0

    @property
    def own(self) -> int:
        """Return how many tokens of the shorter text have no counterpart in the longer one."""
        return max(0, self.shorter - self.equal - self.alike - self.moved - self.numbers_changed)


class Run(NamedTuple):
    """Equal tokens: where they stand in the shorter and in the longer list, and how many."""

    short: int
    long: int
    size: int


class Difference(NamedTuple):
    """What the two sides of a gap between equal runs have in each other's place."""

    substituted: float = 0.0
    numbers_changed: int = 0
    alike: int = 0  # tokens of the shorter list that are noise of the other's


def align(tokens: Sequence[str], others: Sequence[str]) -> Alignment:
    """Return what *tokens* and *others* share; the order of the two makes no difference."""
    shorter, longer = sorted((tokens, others), key=lambda side: (len(side), side))
    shorter = shorter[:MAX_SHORTER]
    longer = longer[: MAX_CELLS // max(len(shorter), 1)]
    runs = _without_strays(_equal_runs(_masked(shorter), _masked(longer)), len(shorter), len(longer))
    moved, moved_from = _moved(shorter, longer, runs)
    first, *inner, last = _differences(shorter, longer, runs, moved, moved_from)
    numbers, changed = _numbers(shorter, longer, runs)
    return Alignment(
        shorter=len(shorter),
        longer=len(longer),
        equal=sum(run.size for run in runs) - changed,
        alike=sum(difference.alike for difference in (first, *inner, last)),
        moved=len(moved),
        substituted=sum(difference.substituted for difference in inner),
        numbers_equal=numbers - changed,
        numbers_changed=changed + sum(difference.numbers_changed for difference in (first, *inner, last)),
        start=_position(runs, FRINGE),
        end=_position(runs, 1 - FRINGE),
    )


def _masked(tokens: Sequence[str]) -> list[str]:
    """Return *tokens* with one sign for every number, so that numbers meet in the same places."""
    return [NUMBER if token < AFTER_DIGITS else token for token in tokens]


def _numbers(shorter: Sequence[str], longer: Sequence[str], runs: Sequence[Run]) -> tuple[int, int]:
    """Return how many numbers stand in the same places, and how many of those are others."""
    numbers: list[str] = []
    changed = 0
    for run in runs:
        side = shorter[run.short : run.short + run.size]
        numbers += [token for token in side if token < AFTER_DIGITS]
        changed += sum(map(ne, side, longer[run.long : run.long + run.size]))
    return max(changed, len(numbers) - numbers.count(FULL_HOUR) - _count_items(numbers)), changed


def _count_items(numbers: Sequence[str]) -> int:
    """Return how many of *numbers* only count the items of a list: 1, 2, 3 and so on."""
    items = 0
    for number in numbers:
        items += number == str(items + 1)
    return items if items >= FEWEST_ITEMS else 0


def _moved(shorter: Sequence[str], longer: Sequence[str], runs: Sequence[Run]) -> tuple[set[int], set[int]]:
    """Return the places of tokens whose passages the other list has in another place: of each list."""
    moved: set[int] = set()
    moved_from: set[int] = set()
    rest = _between(len(shorter), [(run.short, run.size) for run in runs])
    others = _between(len(longer), [(run.long, run.size) for run in runs])
    for _ in range(MOST_ORDERS):  # what is in order once what was found is away
        if len(rest) < FEWEST_MOVED:
            break
        found = _equal_runs([shorter[place] for place in rest], [longer[place] for place in others])
        passages = [run for run in found if run.size >= FEWEST_MOVED]
        if not passages:
            break
        for run in passages:
            moved.update(rest[run.short : run.short + run.size])
            moved_from.update(others[run.long : run.long + run.size])
        rest = [place for place in rest if place not in moved]
        others = [place for place in others if place not in moved_from]
    return moved, moved_from


def _between(size: int, matched: Sequence[tuple[int, int]]) -> list[int]:
    """Return the places of a list of *size* in none of the *matched* runs, given by place and size."""
    rest: list[int] = []
    done = 0
    for start, length in matched:
        rest += range(done, start)
        done = start + length
    return [*rest, *range(done, size)]


def _position(runs: Sequence[Run], share: float) -> int:
    """Return where in the longer list the equal token stands that so large a *share* of them precedes."""
    solid = [run for run in runs if run.size >= SOLID] or runs
    left = int(share * sum(run.size for run in solid))
    for run in solid:
        if left < run.size:
            return run.long + left
        left -= run.size
    return 0


def _equal_runs(shorter: Sequence[str], longer: Sequence[str]) -> list[Run]:
    blocks = LCSseq.editops(shorter, longer).as_matching_blocks()
    return [Run(block.a, block.b, block.size) for block in blocks if block.size]


def _without_strays(runs: list[Run], short_end: int, long_end: int) -> list[Run]:
    """Return *runs* without the short ones around which both sides have more that is not equal."""
    kept: list[Run] = []
    short = long = 0
    for run, after in pairwise((*runs, Run(short_end, long_end, 0))):
        short_room = after.short - short - run.size
        long_room = after.long - long - run.size
        if run.size > STRAY or min(short_room, long_room) <= 2 * run.size:
            kept.append(run)
            short, long = run.short + run.size, run.long + run.size
    return kept


def _differences(
    shorter: Sequence[str],
    longer: Sequence[str],
    runs: list[Run],
    moved: Collection[int],
    moved_from: Collection[int],
) -> list[Difference]:
    """Return the differences before, between and after *runs*, without what was moved: at least two."""
    bounds = (Run(0, 0, 0), *runs, Run(len(shorter), len(longer), 0))
    differences = [
        _difference(
            _left(shorter, run.short + run.size, after.short, moved),
            _left(longer, run.long + run.size, after.long, moved_from),
        )
        for run, after in pairwise(bounds)
    ]
    return differences if runs else [*differences, Difference()]


def _left(tokens: Sequence[str], start: int, end: int, moved: Collection[int]) -> Sequence[str]:
    """Return the *tokens* from *start* to *end* but for those at the places that were *moved*."""
    if not moved:
        return tokens[start:end]
    return [tokens[place] for place in range(start, end) if place not in moved]


def _difference(side: Sequence[str], other: Sequence[str]) -> Difference:
    if not side or not other:
        return Difference()
    words, numbers = _apart(side)
    other_words, other_numbers = _apart(other)
    changed = min(len(numbers), len(other_numbers)) if numbers != other_numbers else 0
    if not words or not other_words:
        return Difference(0.0, changed)
    if _alike(words, other_words):
        return Difference(0.0, changed, len(words))
    return Difference(min(_weight(words), _weight(other_words)), changed)


def _apart(tokens: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the words and the numbers of *tokens*."""
    numbers = [token for token in tokens if token < AFTER_DIGITS]
    return (
        ([token for token in tokens if token > AFTER_DIGITS], numbers) if numbers else (list(tokens), numbers)
    )


def _alike(words: Sequence[str], others: Sequence[str]) -> bool:
    if max(len(words), len(others)) > LONGEST_NOISE:
        return False
    return Indel.normalized_similarity("".join(words), "".join(others)) >= ALIKE


def _weight(words: Sequence[str]) -> float:
    return LONE_CHARACTER if len(words) == 1 and words[0] >= FIRST_UNSPACED else len(words)
