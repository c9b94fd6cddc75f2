"""A deterministic collection of republished releases whose true stories are known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from random import Random

from benchmarks.story_bases import Release, write_release
from benchmarks.story_negatives import SERIES, correction, follow_up
from benchmarks.story_variants import VARIANTS, led, padded, reheaded, roundup

FIRST_DAY = date(2026, 1, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One published text and the story it truly belongs to."""

    id: str
    story: str
    kind: str
    release: Release
    day: date


def written_bases(seed: int, number: int) -> list[Release]:
    """Return *number* releases, two English to one Chinese."""
    random = Random(f"bases {seed}")
    return [write_release(random, "zh" if at % 3 == 2 else "en") for at in range(number)]


def documents(seed: int, bases: list[Release]) -> list[Document]:
    """Return originals, variants and hard negatives in the order of their publication."""
    random = Random(f"documents {seed}")
    numbers = count()
    found = [*_stories(random, bases, numbers), *_negatives(random, bases, numbers)]
    return sorted(found, key=lambda document: (document.day, document.id))


def _stories(random: Random, bases: list[Release], numbers: Iterator[int]) -> Iterator[Document]:
    for at, base in enumerate(bases):
        day = _day_of(at)
        yield _document(next(numbers), f"base-{at}", "original", base, day)
        for _ in range(random.choice((0, 0, 1, 1, 2, 3, 4, 6, 9))):
            kind = random.choice(tuple(VARIANTS))
            later = day + timedelta(days=random.randint(0, 9))
            yield _document(next(numbers), f"base-{at}", kind, VARIANTS[kind](base, random), later)


def _negatives(random: Random, bases: list[Release], numbers: Iterator[int]) -> Iterator[Document]:
    yield from _series(random, len(bases), numbers)
    for at, base in enumerate(bases):
        later = _day_of(at) + timedelta(days=random.randint(3, 20))
        if random.random() < 0.12:
            yield _alone(next(numbers), "follow-up", follow_up(base, random), later)
        if random.random() < 0.08:
            yield _alone(next(numbers), "correction", correction(base, random), later)
    for language in ("en", "zh"):
        places = [at for at, base in enumerate(bases) if base.language == language]
        for _ in range(len(places) // 12):
            parts = random.sample(places, min(len(places), random.randint(2, 4)))
            later = max(map(_day_of, parts)) + timedelta(days=random.randint(0, 5))
            yield _alone(next(numbers), "roundup", roundup([bases[at] for at in parts], random), later)


def _series(random: Random, bases: int, numbers: Iterator[int]) -> Iterator[Document]:
    for series in range(max(4, bases // 12)):
        kind, language = tuple(SERIES)[series % len(SERIES)], random.choice(("en", "zh"))
        for at, release in enumerate(SERIES[kind](random, language, random.randint(4, 12))):
            number, day = next(numbers), _day_of(7 * at)
            yield _document(number, f"{kind}-{number}", kind, release, day)
            if random.random() < 0.2:
                copied = random.choice((led, padded, reheaded))(release, random)
                yield _document(next(numbers), f"{kind}-{number}", f"{kind} copied", copied, day)


def _alone(number: int, kind: str, release: Release, day: date) -> Document:
    return _document(number, f"{kind}-{number}", kind, release, day)


def _document(number: int, story: str, kind: str, release: Release, day: date) -> Document:
    return Document(id=f"d{number:06}", story=story, kind=kind, release=release, day=day)


def _day_of(number: int) -> date:
    return FIRST_DAY + timedelta(days=number * 37 % 300)
