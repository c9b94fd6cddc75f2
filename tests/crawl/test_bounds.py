"""What a bound that was asked for leaves is neither lost nor missing."""

from __future__ import annotations

from storage import Archive
from tests.crawl.conftest import Workplace


def test_what_a_limit_did_not_come_to_is_not_called_lost(sqlite_workplace: Workplace) -> None:
    crawl = sqlite_workplace.crawl({"limit": "3"})

    counts, verdict = crawl.log.splitlines()[-2:]
    assert crawl.exit_code == 0
    assert "3 new" in counts
    assert "not fetched yet" in counts
    assert "lost" not in counts
    assert verdict.endswith("every listed page is archived or accounted for within limit 3")


def test_what_a_limit_did_not_come_to_is_counted_apart_everywhere(sqlite_workplace: Workplace) -> None:
    sqlite_workplace.crawl({"limit": "3"})

    with Archive(sqlite_workplace.archive_url) as archive:
        (run,), certificates = archive.runs(), archive.coverage()

    assert (run.counts["lost"], sum(row.lost for row in certificates)) == (0, 0)
    assert 0 < run.counts["waiting"] <= sum(row.waiting for row in certificates)
    assert {row.verdict for row in certificates} == {"incomplete"}
    for shown in (("runs",), ("runs", run.run), ("coverage",)):
        answered = sqlite_workplace.hotnews(*shown)
        assert "waiting" in answered.output, shown


def test_what_is_older_than_asked_for_is_left_whatever_page_lists_it_and_in_the_next_run_too(
    sqlite_workplace: Workplace,
) -> None:
    crawls = [sqlite_workplace.crawl({"since": "2026-05-01"}) for _ in range(2)]

    with Archive(sqlite_workplace.archive_url) as archive:
        later, first = archive.runs()

    for crawl in crawls:
        assert crawl.exit_code == 0, crawl.log
        assert crawl.log.splitlines()[-1].endswith("within what is listed since 2026-05-01")
    assert (first.counts["lost"], later.counts["lost"], later.counts["new"]) == (0, 0, 0)
    assert first.counts["waiting"] == later.counts["waiting"] > 0
