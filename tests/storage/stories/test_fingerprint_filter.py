"""The filter never hides a stored hash, whoever merged it and however full its slice has become."""

from __future__ import annotations

from random import Random

import pytest
from sqlalchemy import Connection, func, select

from storage.archive import Archive
from storage.database.engine import reading, writing
from storage.models import fingerprint_filter as filter_rows
from storage.stories import fingerprint_filter
from storage.stories.fingerprint_filter import may_hold
from storage.stories.fingerprints import SLICES, add, look_up, merge_slice
from storage.stories.shingles import BOUND

SHINGLE_SLICES = fingerprint_filter.SLICES


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an archive of a few hundred articles have a filter."""
    monkeypatch.setattr(fingerprint_filter, "WORTHWHILE", 100)


def merge(connection: Connection, rows: list[tuple[int, int]], articles: int) -> None:
    """Store *rows* and merge every slice."""
    add(connection, rows)
    for number in range(SLICES):
        merge_slice(connection, number, articles)


def some_rows(seed: int, articles: range) -> list[tuple[int, int]]:
    """Return fingerprints of *articles*, of shingles and of digests."""
    random = Random(seed)
    shingles = [(random.randrange(BOUND), number) for number in articles for _ in range(20)]
    return shingles + [(random.randrange(-(2**31), 2**31), number) for number in articles]


def test_a_small_archive_has_no_filter(archive: Archive) -> None:
    with writing(archive._engine) as connection:
        merge(connection, some_rows(1, range(1, 50)), articles=50)

        assert connection.scalar(select(func.count()).select_from(filter_rows)) == 0
        assert may_hold(connection, [1, 2, 3]) == [1, 2, 3]


def test_no_stored_hash_is_hidden_while_an_archive_grows(archive: Archive) -> None:
    stored: list[tuple[int, int]] = []
    for first in (1, 90, 200, 500):
        rows = some_rows(first, range(first, first + 90))
        with writing(archive._engine) as connection:
            merge(connection, rows, articles=first + 90)
        stored += rows
        hashes = [value for value, _ in stored]
        with reading(archive._engine) as connection:
            assert may_hold(connection, hashes) == hashes
            found = look_up(connection, hashes)
        assert {(value, number) for value in found for number in found[value]} == set(stored)


def test_most_hashes_that_are_not_stored_are_not_looked_up(archive: Archive) -> None:
    with writing(archive._engine) as connection:
        merge(connection, some_rows(1, range(1, 500)), articles=500)

        random = Random(9)
        absent = [random.randrange(BOUND) for _ in range(2_000)]
        assert len(may_hold(connection, absent)) < 600
        assert connection.scalar(select(func.count()).select_from(filter_rows)) == SHINGLE_SLICES


def test_a_connection_sees_what_another_one_merged(archive: Archive) -> None:
    with writing(archive._engine) as connection:
        merge(connection, some_rows(1, range(1, 200)), articles=200)
    late = some_rows(2, range(200, 300))
    hashes = [value for value, _ in late]
    with reading(archive._engine) as before:
        may_hold(before, hashes)
        with Archive(archive.url) as other, writing(other._engine) as connection:
            merge(connection, late, articles=300)
    with reading(archive._engine) as after:
        assert may_hold(after, hashes) == hashes


def test_a_merge_that_is_rolled_back_leaves_the_filter_as_it_was(archive: Archive) -> None:
    with writing(archive._engine) as connection:
        merge(connection, some_rows(1, range(1, 200)), articles=200)
        kept = some_rows(2, range(200, 300))
        attempt = connection.begin_nested()
        merge(connection, some_rows(3, range(300, 400)), articles=400)
        may_hold(connection, [1])
        attempt.rollback()
        merge(connection, kept, articles=300)

        assert may_hold(connection, [value for value, _ in kept]) == [value for value, _ in kept]
