"""The parts of a search index are merged at the end of a run."""

from __future__ import annotations

from random import Random

from sqlalchemy import text

from storage.archive import Archive
from storage.database.engine import reading, writing
from storage.verification.findings import Check, Finding
from tests.storage.samples import article, finish, start, visit

HAN = [chr(point) for point in range(0x4E00, 0x5600)]


def segments(archive: Archive) -> int:
    """Return how many parts of the full-text index a query asks."""
    with reading(archive._engine) as connection:
        return connection.scalar(text("SELECT count(DISTINCT segid) FROM search_index_idx")) or 0


def test_the_end_of_a_run_leaves_few_segments_to_ask(archive: Archive) -> None:
    run = start(archive)
    for number in range(40):
        archive.record(run, visit(number, article(f"Harbour {number}", f"宁波港第{number}号泊位。")))
    if archive.url.startswith("sqlite"):
        assert segments(archive) > 8
    before = archive.search("宁波港", limit=50)

    finish(archive, run)

    if archive.url.startswith("sqlite"):
        assert segments(archive) <= 3
    assert len(before) == 40
    assert archive.search("宁波港", limit=50) == before
    found = [each for each in archive.verify() if isinstance(each, Finding)]
    assert not [each for each in found if each.check is Check.SEARCH]


def test_a_transaction_of_a_hundred_articles_is_one_segment(sqlite_url: str) -> None:
    chance = Random(1)
    texts = ("".join(chance.choices(HAN, k=400)) for _ in range(100))
    with Archive(sqlite_url) as archive:
        run = start(archive)
        before = segments(archive)

        archive.record_all(run, [visit(number, article("港口", body)) for number, body in enumerate(texts)])

        assert segments(archive) - before == 1


def test_the_end_of_a_run_leaves_nothing_that_every_search_reads_through(postgres_url: str) -> None:
    with Archive(postgres_url) as archive:
        run = start(archive)
        archive.record_all(run, [visit(number, article(f"Harbour {number}")) for number in range(40)])

        finish(archive, run)

        with writing(archive._engine) as connection:
            merged = connection.scalar(text("SELECT gin_clean_pending_list('ix_search_index_tokens')"))
            known = "SELECT histogram_bounds IS NOT NULL FROM pg_stats WHERE tablename = 'search_index'"
            assert (merged, connection.scalar(text(f"{known} AND attname = 'number'"))) == (0, True)
