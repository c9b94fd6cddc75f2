"""Fingerprints: the smallest hashes of a text's shingles, so that texts sharing passages share hashes."""

from __future__ import annotations

from zlib import crc32

from storage.patterns import lazy_pattern
from storage.search.folding import beyond_ascii
from storage.stories.wording import FIRST_UNSPACED, says_enough

# A shingle is three words, or four characters of a script without blanks.

BOUND = 2**32 // 16  # one hash in sixteen: a fixed bound keeps an excerpt's hashes a subset of its source's
FEWEST = 24  # of a short text: the smallest, whatever their size
PLENTY = 24  # beyond it only one in four of the rest is kept: long texts share enough
MOST = 96
UNSPACED = lazy_pattern(f"[{FIRST_UNSPACED}-\U0010ffff]")


def fingerprints(line: str) -> tuple[int, ...]:
    """Return the fingerprints of a text's token line as signed 32-bit numbers, ascending as unsigned.

    A text of a few words has none: it is compared by its digest alone.
    """
    if not says_enough(line):
        return ()
    hashes = shingle_hashes(line)
    below = sorted({value for value in hashes if value < BOUND})
    if len(below) < FEWEST:
        below = sorted(set(hashes))[:FEWEST]
    kept = PLENTY + (len(below) - PLENTY) // 4 if len(below) > PLENTY else len(below)
    return tuple(value - 2**32 if value >= 2**31 else value for value in below[: min(kept, MOST)])


def shingle_hashes(line: str) -> list[int]:
    """Return the hash of every shingle of a token line; of one shorter than a shingle, that of the whole."""
    data = line.encode("utf-8", "surrogatepass")
    words = data.split(b" ")
    if len(words) < 4:
        return [crc32(data)] if data else []
    threes = list(map(crc32, words[2:], map(crc32, words[1:], map(crc32, words))))
    beyond = beyond_ascii(line)
    if not beyond:
        return threes
    if not UNSPACED.search(beyond):
        return threes[:-1]
    fours = map(crc32, words[3:], threes)
    shingles = zip(line.split(" "), threes, fours, strict=False)
    return [three if token < FIRST_UNSPACED else four for token, three, four in shingles]
