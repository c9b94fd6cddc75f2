"""The numbers behind the plots, on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from storage import Archive
from storage.queries.statistics import ChangeCount, Delay, Span
from storage.records import Missing, Moved
from tests.storage.samples import (
    DAY,
    NEWS,
    NINGBO,
    START,
    article,
    edited,
    list_visit,
    next_run,
    start,
    url,
    visit,
)

MAY = Span(date(2024, 5, 1), date(2024, 6, 1))
JUNE = Span(date(2024, 6, 1), date(2024, 7, 1))


def test_an_empty_archive_has_no_first_day(archive: Archive) -> None:
    assert archive.published_between() is None
    assert archive.watched_since() is None
    assert archive.published_counts([MAY]) == archive.published_counts([]) == []
    assert archive.publication_delays() == []
    assert archive.change_counts([MAY]) == [ChangeCount(span=MAY, edited=0, removed=0)]


def test_an_archive_watches_since_its_first_run(archive: Archive) -> None:
    start(archive)

    assert archive.watched_since() == archive.runs()[0].started_at.date()


def test_articles_are_counted_by_the_day_they_were_published(archive: Archive) -> None:
    days = [date(2024, 5, 1), date(2024, 5, 31), date(2024, 6, 1), None]
    archive.record_all(
        start(archive),
        [visit(n, article(f"Article {n}", published_day=day)) for n, day in enumerate(days)],
    )

    assert archive.published_between() == Span(date(2024, 5, 1), date(2024, 6, 1))
    counts = [(count.site, count.span, count.articles) for count in archive.published_counts([MAY, JUNE])]
    assert counts == [("ningbo", MAY, 2), ("ningbo", JUNE, 1)]
    assert archive.article_count() == 4
    assert [archive.published_outside(span) for span in (MAY, JUNE)] == [2, 3]


def test_spans_that_overlap_are_counted_each_and_every_site_apart(archive: Archive) -> None:
    year = Span(date(2024, 1, 1), date(2025, 1, 1))
    other = replace(NINGBO, key="wenzhou")
    for site, days in ((NINGBO, (1, 2)), (other, (31,))):
        found = [
            visit(f"{site.key}-{day}", article(f"Of {day} May", published_day=date(2024, 5, day)), site=site)
            for day in days
        ]
        archive.record_all(start(archive, site), found)

    counts = [
        (count.site, count.span, count.articles) for count in archive.published_counts([year, JUNE, MAY])
    ]

    assert counts == [("ningbo", year, 2), ("ningbo", MAY, 2), ("wenzhou", year, 1), ("wenzhou", MAY, 1)]


def test_a_delay_is_the_days_between_publication_and_first_sight_of_what_was_not_backlog(
    archive: Archive,
) -> None:
    run = start(archive)
    archive.record_all(run, [list_visit("old"), visit("old", article("Old", published_day=date(2020, 1, 1)))])
    archive.finish_section(run, NEWS.slug, walked_to_end=True, full=True)
    run = next_run(archive, run)
    later = START + timedelta(days=365 * 10)
    published = later.date()
    archive.record_all(
        run,
        [
            visit(n, article(f"New {n}", published_day=published - timedelta(days=days)), at=later)
            for n, days in enumerate([3, 0, 0, -1])
        ],
    )

    assert archive.publication_delays() == [Delay(days=0, articles=3), Delay(days=3, articles=1)]


def test_what_the_first_walk_listed_is_backlog_however_long_after_it_was_fetched(archive: Archive) -> None:
    run = start(archive)
    archive.record_all(run, [list_visit("old", "moved", total=2)])
    archive.finish_section(run, NEWS.slug, walked_to_end=True, full=True)
    later = datetime.now(UTC) + timedelta(days=2)
    day = later.date() - timedelta(days=1)
    archive.record_all(
        run,
        [
            visit("old", article("Old", published_day=date(2020, 1, 1)), at=later),
            visit("moved", Moved(to=url("there")), at=later, status=301),
            visit("there", article("Moved", published_day=date(2020, 1, 2)), at=later),
            list_visit("old", "moved", "new", at=later),
            visit("new", article("New", published_day=day), at=later),
        ],
    )

    assert archive.publication_delays() == [Delay(days=1, articles=1)]


def test_edits_and_removals_are_counted_by_the_day_they_were_noticed(archive: Archive) -> None:
    first = article("One", "As it was written at first.", extractor_version="1")
    run = start(archive, removal_checks=1, removal_days=0)
    archive.record_all(run, [visit("one", first), visit("two", article("Two"))])
    run = next_run(archive, run, removal_checks=1, removal_days=0)
    archive.record_all(
        run,
        [
            visit("one", edited(first, "As it was written later."), at=START + DAY),
            visit("two", Missing(status=404), at=START + 30 * DAY),
        ],
    )

    counts = archive.change_counts([MAY, JUNE])

    assert [(count.edited, count.removed) for count in counts] == [(1, 0), (0, 1)]
