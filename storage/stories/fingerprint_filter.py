"""Which hashes the large fingerprint table can hold: bits in memory, so that most look-ups read no page.

Most hashes of a new text are in no other text, and in a table of millions of rows each of them reads a
page of its own. A bit says for a few neighbouring hashes whether one of them is stored; about one in
five that are not stored has its bit set by a neighbour. The bits are rows of the archive, a slice of
the hashes each, changed by the transaction that merges the slice. A connection keeps those that it has
read, and reads a slice again only when its checksum is another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from zlib import crc32

from sqlalchemy import Connection, Table, Text, cast, delete, func, insert, select

from storage.database.bulk import is_wanted, select_rows
from storage.models import fingerprint, fingerprint_filter, fingerprint_hot
from storage.stories.shingles import BOUND

SLICES = 64  # of the hashes of shingles; others are not filtered
WIDTH = (BOUND // SLICES).bit_length() - 1  # bits of a hash within its slice
WORTHWHILE = 100_000  # articles: the pages of a smaller table fit into the cache
_WITHIN = (1 << WIDTH) - 1
_KEPT = "fingerprint filter"  # of a connection

_CHECKSUMS = select(fingerprint_filter.c.slice, fingerprint_filter.c.checksum)
_BITS = select(fingerprint_filter.c.slice, fingerprint_filter.c.checksum, fingerprint_filter.c.bits).where(
    is_wanted(fingerprint_filter.c.slice)
)


class Slice(NamedTuple):
    """The bits of one slice: bit n stands for the hashes that are n when shifted."""

    checksum: int
    shift: int
    bits: bytes


_EVERYTHING = Slice(0, WIDTH, b"\x01")  # of a slice without bits: all of it may be there


def may_hold(connection: Connection, hashes: Sequence[int]) -> list[int]:
    """Return those of *hashes* that the large table may hold, in their order."""
    slices = _slices(connection, {value >> WIDTH for value in hashes})
    if not slices:
        return list(hashes)
    wanted = []
    for value in hashes:  # of every new text: no call for each
        _, shift, bits = slices.get(value >> WIDTH, _EVERYTHING)
        place = (value & _WITHIN) >> shift
        if bits[place >> 3] & 1 << (place & 7):
            wanted.append(value)
    return wanted


def _slices(connection: Connection, numbers: Iterable[int]) -> dict[int, Slice]:
    """Return the slices with those *numbers* as they are stored now; others may be among them."""
    kept: dict[int, Slice] = connection.info.setdefault(_KEPT, {})
    stored = {row.slice: row.checksum for row in connection.execute(_CHECKSUMS)}
    for number in kept.keys() - stored.keys():
        del kept[number]
    outdated = [n for n in stored.keys() & numbers if n not in kept or kept[n].checksum != stored[n]]
    for row in select_rows(connection, _BITS, outdated):
        kept[row.slice] = Slice(row.checksum, _shift(len(row.bits)), row.bits)
    return kept


def note_merge(connection: Connection, first: int, articles: int) -> None:
    """Set the bits of the hot hashes that are merged into the slice whose *first* hash is given.

    It is called before they leave the hot table. The number of *articles* decides how many bits a slice
    has. One that has none yet, or has become too full for them, is read whole.
    """
    if articles < WORTHWHILE:
        return
    shift = max(WIDTH - articles.bit_length() - 1, 0)  # two to four bits an article: five to nine a hash
    number = first >> WIDTH
    stored = connection.scalar(select(fingerprint_filter.c.bits).where(fingerprint_filter.c.slice == number))
    source = fingerprint_hot
    if stored is None or _shift(len(stored)) > shift:
        stored, source = bytes(1 << (WIDTH - shift - 3)), fingerprint
    bits, shift = bytearray(stored), _shift(len(stored))
    for value in _hashes(connection, source, first):
        place = (value & _WITHIN) >> shift
        bits[place >> 3] |= 1 << (place & 7)
    _store(connection, number, bytes(bits))


def _hashes(connection: Connection, table: Table, first: int) -> Iterator[int]:
    """Yield the hashes of a slice; they come as one text, which costs a third of as many rows."""
    text = func.aggregate_strings(cast(table.c.hash, Text), ",")
    found = connection.scalar(select(text).where(table.c.hash.between(first, first + _WITHIN)))
    return map(int, found.split(",")) if found else iter(())


def _store(connection: Connection, number: int, bits: bytes) -> None:
    row = {"slice": number, "checksum": crc32(bits), "bits": bits}
    connection.execute(delete(fingerprint_filter).where(fingerprint_filter.c.slice == number))
    connection.execute(insert(fingerprint_filter), row)


def _shift(length: int) -> int:
    """Return how far a hash is shifted to be the number of a bit among *length* bytes."""
    return WIDTH - (8 * length).bit_length() + 1
