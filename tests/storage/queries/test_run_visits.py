"""What a run's requests brought."""

from __future__ import annotations

from storage import Archive
from storage.records import Change, FailureCause, FetchKind, Missing, Unmodified
from tests.storage.samples import article, failed, list_visit, start, visit

ROBOTS = "http://ningbo.test/robots.txt"


def test_a_robots_txt_is_no_page_that_brought_no_article(archive: Archive) -> None:
    run = start(archive)
    archive.record_all(
        run,
        [
            visit(ROBOTS, Missing(status=404), kind=FetchKind.ROBOTS, section=None),
            visit("http://www.ningbo.test/robots.txt", Unmodified(), kind=FetchKind.ROBOTS, section=None),
            list_visit(1),
            visit(1, article()),
        ],
    )

    found = archive.run_visits(run.key)

    assert Change.MISSING not in found.results
    assert Change.UNCHANGED not in found.results
    assert found.not_archived == ()


def test_a_robots_txt_that_cannot_be_had_is_told(archive: Archive) -> None:
    run = start(archive)
    refusal = failed(FailureCause.SERVER_ERROR, "answers 500")
    archive.record_all(run, [visit(ROBOTS, refusal, kind=FetchKind.ROBOTS, section=None)])

    assert [each.url for each in archive.run_visits(run.key).not_archived] == [ROBOTS]
