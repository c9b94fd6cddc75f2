"""What changed between two texts, word by word, laid side by side.

Alphabetic text is compared by words, scripts without blanks by characters. Small equal pieces
between changes are shown as changed too: a reader sees "two words were replaced", not confetti.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import Indel
from rapidfuzz.fuzz import ratio

from storage.search.folding import POINTS, joining_marks
from storage.stories.wording import UNSPACED

SOLID = re.compile(r"\w")
MOST_WORDS = 20_000  # of both sides of a paragraph; a longer one is shown as replaced
MOST_PAIRS = 40_000  # paragraphs to weigh against each other; beyond it they pair in order
ALIKE = 50  # of 100: two paragraphs that are versions of one
FEWEST_KEPT_WORDS = 2  # an equal piece of fewer words between two changes is no anchor
FEWEST_KEPT_CHARACTERS = 4
UNCHANGED_AROUND = 1  # equal paragraphs shown beside a change


class Kind(StrEnum):
    """What became of a paragraph."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a paragraph; *changed* if the other side lacks it."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A paragraph before and after; an added one has nothing before, a removed one nothing after."""

    kind: Kind
    before: tuple[Piece, ...] = ()
    after: tuple[Piece, ...] = ()


def differences(before: Sequence[str], after: Sequence[str]) -> list[Row]:
    """Return the paragraphs of both texts side by side, in order."""
    rows: list[Row] = []
    removed = added = 0  # how far both texts are shown
    for first, other, size in _equal_runs(before, after):
        rows += _paired(before[removed:first], after[added:other])
        rows += map(_same, before[first : first + size])
        removed, added = first + size, other + size
    return rows


def folded(rows: Sequence[Row]) -> list[Row | int]:
    """Return *rows* with long equal stretches replaced by how many paragraphs they hold."""
    changed = [place for place, row in enumerate(rows) if row.kind is not Kind.SAME]
    near = {place + step for place in changed for step in range(-UNCHANGED_AROUND, UNCHANGED_AROUND + 1)}
    shown: list[Row | int] = []
    for place, row in enumerate(rows):
        if place in near:
            shown.append(row)
        elif shown and isinstance(shown[-1], int):
            shown[-1] += 1
        else:
            shown.append(1)
    return shown


def _equal_runs(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield where equal paragraphs stand on both sides and how many; the last run is the empty end."""
    for step in Indel.opcodes(before, after):
        if step.tag == "equal":
            yield step.src_start, step.dest_start, step.src_end - step.src_start
    yield len(before), len(after), 0


def changed_words(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both texts in pieces, what only one of them has marked as changed."""
    old, new = _word().findall(before), _word().findall(after)
    if len(old) + len(new) > MOST_WORDS:
        return _all_of(before), _all_of(after)
    steps = _anchored(old, new)
    return (
        _pieces(("".join(old[step.first : step.last]), step.same) for step in steps),
        _pieces(("".join(new[step.other : step.end]), step.same) for step in steps),
    )


def _same(text: str) -> Row:
    piece = (Piece(text=text, changed=False),)
    return Row(kind=Kind.SAME, before=piece, after=piece)


def _all_of(text: str) -> tuple[Piece, ...]:
    return (Piece(text=text, changed=True),) if text else ()


def _removed(text: str) -> Row:
    return Row(kind=Kind.REMOVED, before=_all_of(text))


def _added(text: str) -> Row:
    return Row(kind=Kind.ADDED, after=_all_of(text))


def _paired(before: Sequence[str], after: Sequence[str]) -> Iterator[Row]:
    """Yield the rows of a block: versions of one paragraph beside each other, in order."""
    place = taken = 0
    for old, new in _partners(before, after):
        yield from (_removed(text) for text in before[place:old])
        yield from (_added(text) for text in after[taken:new])
        first, second = changed_words(before[old], after[new])
        yield Row(kind=Kind.CHANGED, before=first, after=second)
        place, taken = old + 1, new + 1
    yield from (_removed(text) for text in before[place:])
    yield from (_added(text) for text in after[taken:])


def _partners(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Return which paragraphs are versions of each other: the pairs, in order, of the greatest likeness."""
    if len(before) * len(after) > MOST_PAIRS:
        return list(zip(range(len(before)), range(len(after)), strict=False))
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    likeness = [[ratio(old, new, score_cutoff=ALIKE) for new in after] for old in before]
    for i in range(len(before) - 1, -1, -1):
        for j in range(len(after) - 1, -1, -1):
            together = likeness[i][j] and best[i + 1][j + 1] + likeness[i][j]
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    return list(_path(best, likeness))


def _path(best: list[list[float]], likeness: list[list[float]]) -> Iterator[tuple[int, int]]:
    i = j = 0
    while i < len(likeness) and j < len(likeness[0]):
        if likeness[i][j] and best[i][j] == best[i + 1][j + 1] + likeness[i][j]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


class Step(NamedTuple):
    """A piece of both sides, equal or not: where it begins and ends on each."""

    same: bool
    first: int
    last: int
    other: int
    end: int


def _anchored(old: Sequence[str], new: Sequence[str]) -> list[Step]:
    """Return the steps from *old* to *new*; equal pieces too small for an anchor are part of the change."""
    steps: list[Step] = []
    for op in Indel.opcodes(old, new):
        inside = op.src_start + op.dest_start > 0 and (op.src_end < len(old) or op.dest_end < len(new))
        same = op.tag == "equal" and not (inside and _is_confetti(old[op.src_start : op.src_end]))
        step = Step(same, op.src_start, op.src_end, op.dest_start, op.dest_end)
        if steps and steps[-1].same == same:
            step = Step(same, steps[-1].first, step.last, steps[-1].other, step.end)
            steps.pop()
        steps.append(step)
    return steps


def _is_confetti(words: Sequence[str]) -> bool:
    solid = [word for word in words if SOLID.match(word)]
    return len(solid) < FEWEST_KEPT_WORDS and sum(map(len, solid)) < FEWEST_KEPT_CHARACTERS


def _pieces(texts: Iterable[tuple[str, bool]]) -> tuple[Piece, ...]:
    return tuple(Piece(text=text, changed=not same) for text, same in texts if text)


@cache
def _word() -> re.Pattern[str]:
    letters, marks = rf"[^\W{UNSPACED}]", f"[{POINTS}{joining_marks()}]"
    return re.compile(rf"[{UNSPACED}]|{letters}+(?:{marks}+{letters}*)*|\s+|.", re.DOTALL)
