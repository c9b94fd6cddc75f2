"""Where articles were listed, how their pages answered, and what a run visited, on both engines."""

from __future__ import annotations

import pytest

from storage import Archive
from storage.errors import BadQuery, NoSuchArticle
from storage.records import Missing, Rejected
from tests.storage.samples import DAY, NEWS, START, article, failed, list_visit, next_run, start, url, visit


def test_sightings_tell_the_listing_the_visits_and_the_removal(archive: Archive) -> None:
    run = start(archive, removal_checks=2, removal_days=0)
    archive.record_all(run, [list_visit("one"), visit("one", article())])
    run = next_run(archive, run, removal_checks=2, removal_days=0)
    archive.record(run, visit("one", Missing(status=404), at=START + DAY, status=404))

    seen = archive.sightings(url("one"))

    assert [(page.state, page.misses, page.suspected_at) for page in seen.pages] == [
        ("suspected", 1, START + DAY)
    ]
    assert [(listing.section, listing.title) for listing in seen.listings] == [("news", "Title one")]
    assert [(seen_at.result, seen_at.status) for seen_at in seen.visits] == [("missing", 404), ("new", 200)]


def test_sightings_of_no_article_are_an_error(archive: Archive) -> None:
    with pytest.raises(NoSuchArticle):
        archive.sightings("nothing")


def test_a_page_that_is_no_article_says_what_it_is_instead(archive: Archive) -> None:
    run = start(archive)
    archive.record_all(run, [list_visit("waiting"), visit("gone", Rejected(reason="not-found"))])

    for name, said in (("gone", r"this page is rejected \(not-found\)"), ("waiting", "this page is listed;")):
        with pytest.raises(NoSuchArticle, match=said):
            archive.article(url(name))


def test_a_run_tells_what_it_did_not_archive_and_why(archive: Archive) -> None:
    run = start(archive)
    archive.record_all(
        run,
        [
            list_visit("one", "two", "three"),
            visit("one", article()),
            visit("two", Rejected(reason="empty-body")),
            visit("three", failed()),
        ],
    )

    visits = archive.run_visits(run.key)

    assert visits.results == {"listed": 1, "new": 1, "rejected": 1, "failed": 1}
    assert [(row.url, row.result) for row in visits.not_archived] == [
        (url("two"), "rejected"),
        (url("three"), "failed"),
    ]


def test_runs_are_paged_by_the_key_of_the_last_one(archive: Archive) -> None:
    first = start(archive)
    second = next_run(archive, first)

    assert [row.run for row in archive.runs(before=second.key)] == [first.key]
    assert archive.run(first.key).verdict == "complete"
    with pytest.raises(BadQuery):
        archive.runs(before="no such run")


def test_sections_tell_what_they_listed_and_what_came_of_it(archive: Archive) -> None:
    archive.record_all(start(archive), [list_visit("one", "two", total=2), visit("one", article())])

    sections = {row.slug: row for row in archive.sections("ningbo")}

    assert (sections["news"].listed, sections["news"].articles) == (2, 1)
    assert sections["news"].title == NEWS.title
    assert archive.sections("elsewhere") == []
