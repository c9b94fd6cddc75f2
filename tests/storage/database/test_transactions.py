"""No writer keeps the others waiting: its transactions are short, whatever the archive holds."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from time import monotonic

import pytest
from sqlalchemy import event, insert

from benchmarks.archive import SECTION, SITE, list_page, sample_visits
from storage.archive import Archive
from storage.database.engine import writing
from storage.models import fingerprint_hot
from storage.records import RunKind
from storage.stories.fingerprints import SLICE_EVERY, SLICES
from storage.writing.writer import LARGEST_BATCH

ROUNDS = 2  # at most: another program may take the machine for one, not for both
SECOND = 1.0


def test_no_transaction_of_a_crawl_or_of_a_merge_lasts_a_second(archive: Archive) -> None:
    batches_a_round = SLICE_EVERY // LARGEST_BATCH + 1  # so that each round merges a slice of the index
    visits = sample_visits(ROUNDS * batches_a_round * LARGEST_BATCH)
    run = archive.start_run(SITE, [SECTION], kind=RunKind.CRAWL, code_version="1", options={})
    fill_index(archive, articles=SLICE_EVERY * SLICES)

    longest = []
    for _ in range(ROUNDS):
        with transactions_of(archive) as seconds:
            for _ in range(batches_a_round):
                batch = list(islice(visits, LARGEST_BATCH))
                archive.record_all(run, [list_page(batch)])
                archive.record_all(run, batch)
        assert len(seconds) == 2 * batches_a_round
        longest.append(max(seconds))
        if longest[-1] < SECOND:
            return

    pytest.fail(f"the longest transactions of {ROUNDS} rounds: {longest}")


@contextmanager
def transactions_of(archive: Archive) -> Iterator[list[float]]:
    """Yield the list to which each transaction adds the seconds that it held a connection."""
    engine, seconds, begun = archive._engine, [], [0.0]

    def begin(*_: object) -> None:
        begun[0] = monotonic()

    def end(*_: object) -> None:
        seconds.append(monotonic() - begun[0])

    event.listen(engine, "checkout", begin)
    event.listen(engine, "checkin", end)
    yield seconds
    event.remove(engine, "checkout", begin)
    event.remove(engine, "checkin", end)


def fill_index(archive: Archive, *, articles: int) -> None:
    """Put as many fingerprints into the slices that are merged next as one can hold, of so many *articles*.

    Those are the slices of digests, each a quarter of all: six an article fill them as 96, the most that an
    article keeps, fill one of the 64 slices of shingles.
    """
    chance = random.Random(1)
    rows = [
        {"hash": chance.randrange(-(2**31), 2**31), "article_id": -number}
        for number in range(articles)
        for _ in range(6)
    ]
    with writing(archive._engine) as connection:
        connection.execute(insert(fingerprint_hot), rows)
