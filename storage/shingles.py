"""Fingerprints: the smallest hashes of a text's shingles, so that texts sharing passages share hashes."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

from storage.wording import FEWEST_TOKENS, FIRST_UNSPACED

# A shingle is three words, or four characters of a script without blanks.

BOUND = 2**32 // 16  # one hash in sixteen: a fixed bound keeps an excerpt's hashes a subset of its source's
FEWEST = 24  # of a short text: the smallest, whatever their size
PLENTY = 24  # beyond it only one in four of the rest is kept: long texts share enough
MOST = 96


def fingerprints(tokens: Sequence[str]) -> tuple[int, ...]:
    """Return the fingerprints of *tokens* as signed 32-bit numbers, ascending as unsigned.

    A text of a few words has none: it is compared by its digest alone.
    """
    if len(tokens) < FEWEST_TOKENS:
        return ()
    hashes = shingle_hashes(tokens)
    below = sorted(value for value in hashes if value < BOUND)
    if len(below) < FEWEST:
        below = sorted(hashes)[:FEWEST]
    kept = PLENTY + (len(below) - PLENTY) // 4 if len(below) > PLENTY else len(below)
    return tuple(value - 2**32 if value >= 2**31 else value for value in below[: min(kept, MOST)])


def shingle_hashes(tokens: Sequence[str]) -> set[int]:
    """Return the hash of every shingle; of a text shorter than one, the hash of the whole."""
    text = " ".join(tokens)
    data = text.encode("utf-8", "surrogatepass")
    if len(tokens) < 4:
        return {crc32(data)} if tokens else set()
    words = data.split(b" ")
    threes = list(map(crc32, words[2:], map(crc32, words[1:], map(crc32, words))))
    if text.isascii():
        return set(threes)
    fours = map(crc32, words[3:], threes)
    shingles = zip(tokens, threes, fours, strict=False)
    return {three if token[0] < FIRST_UNSPACED else four for token, three, four in shingles}
