"""Which tokens stand next to each other in a document, for PostgreSQL: a filter of some hundred bytes.

Its index knows no places, and to read the tokens of a document takes it ten times as long as to look at its
row. So each row has a bit for every pair of neighbours, found by a hash: a phrase can only be there if the
bits of all its pairs are set. With four bits for each token a fifth of them is, so that one pair leaves out
four of five documents that have both words far apart, and three pairs leave one of a hundred.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from zlib import crc32

BITS = 8
TOKENS_OF_A_BYTE = 2
MOST_BYTES = 2_000  # a row has to fit into a page; the bits of longer texts are more often set
_SET = ord("1")


def numbers_of(tokens: Sequence[str]) -> list[int]:
    """Return a number for every two neighbours, of which a filter takes the remainder by its own bits."""
    return [crc32(f"{first} {second}".encode()) for first, second in pairwise(tokens)]


def filter_of(*texts: Sequence[str]) -> bytes:
    """Return the filter of a document's *texts*, each given as its tokens."""
    size = min(sum(map(len, texts)) // TOKENS_OF_A_BYTE + 1, MOST_BYTES)
    bits = size * BITS
    digits = bytearray(b"0") * bits
    for tokens in texts:
        for number in numbers_of(tokens):
            digits[number % bits] = _SET
    return int(digits[::-1], 2).to_bytes(size, "little")
