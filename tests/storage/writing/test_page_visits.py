"""What the answer of a page makes of it: rejected, lost, suspected, gone, returned, moved."""

from __future__ import annotations

import pytest

from storage.archive import Archive
from storage.records import (
    Change,
    FailureCause,
    FingerprintedArticle,
    Missing,
    Moved,
    NoArticle,
    PageState,
    Rejected,
    Revisit,
    Unmodified,
)
from storage.rows import Unfetched
from storage.writing.revisits import LAST_TRY
from tests.storage.samples import (
    DAY,
    HOUR,
    START,
    article,
    failed,
    list_visit,
    next_run,
    start,
    url,
    visit,
)


@pytest.mark.parametrize(
    ("result", "change", "reason", "state"),
    [
        (Rejected(reason="empty-body"), Change.REJECTED, "empty-body", PageState.REJECTED),
        (Missing(status=404), Change.REJECTED, "not-found", PageState.REJECTED),
        (failed(FailureCause.TIMEOUT), Change.FAILED, "timeout", PageState.LOST),
        (Unmodified(), Change.FAILED, "server-error", PageState.LOST),
    ],
)
def test_a_page_without_an_article_keeps_its_named_reason(
    archive: Archive, result: object, change: Change, reason: str, state: PageState
) -> None:
    run = start(archive)

    outcome = archive.record(run, visit(1, result))  # type: ignore[arg-type]

    assert (outcome.change, outcome.reason, outcome.state) == (change, reason, state)
    assert archive.counts()["articles"] == 0


@pytest.mark.parametrize(
    "result", [Rejected(reason="challenge"), failed(FailureCause.SERVER_ERROR), Rejected(reason="empty-body")]
)
def test_an_archived_article_stays_when_its_page_later_shows_none(archive: Archive, result: object) -> None:
    run = start(archive)
    archive.record(run, visit(1, article()))

    outcome = archive.record(run, visit(1, result, START + DAY))  # type: ignore[arg-type]

    assert outcome.state is PageState.ARCHIVED
    assert archive.article(url(1)).state == "archived"


def test_an_unmodified_page_is_seen_again_and_keeps_its_validators(archive: Archive) -> None:
    run = start(archive)
    archive.record(run, visit(1, article(), etag='"1"', last_modified="Mon, 06 May 2024 08:00:00 GMT"))
    later = next_run(archive, run)

    outcome = archive.record(later, visit(1, Unmodified(), START + DAY, status=304))

    assert outcome.change is Change.UNCHANGED
    assert archive.article(url(1)).last_seen == START + DAY
    last = next_run(archive, later)
    (due,) = archive.due_pages(last, revisit=Revisit.ALL, now=START + DAY)
    assert (due.etag, due.last_modified) == ('"1"', "Mon, 06 May 2024 08:00:00 GMT")


def test_a_page_is_rejected_as_unfetchable_after_its_last_try(archive: Archive) -> None:
    run = start(archive)
    outcomes = [archive.record(run, visit(1, failed(), START + number * DAY)) for number in range(LAST_TRY)]

    assert {outcome.state for outcome in outcomes[:-1]} == {PageState.LOST}
    assert outcomes[-1].state is PageState.REJECTED


def test_a_lost_page_is_archived_when_a_later_run_succeeds(archive: Archive) -> None:
    run = start(archive)
    archive.record(run, visit(1, failed()))
    later = next_run(archive, run)

    (due,) = archive.due_pages(later, revisit=Revisit.NONE, now=START)
    outcome = archive.record(later, visit(1, article()))

    assert (due.url, due.attempts) == (url(1), 1)
    assert (outcome.change, outcome.state) == (Change.NEW, PageState.ARCHIVED)
    assert archive.unfetched_pages(later) == Unfetched()


def test_a_removal_is_suspected_then_confirmed_by_checks_over_days(archive: Archive) -> None:
    run = start(archive, removal_checks=3, removal_days=14)
    archive.record(run, visit(1, article()))

    states = [
        archive.record(run, visit(1, Missing(status=404), START + days * DAY, status=404)).state
        for days in (1, 2, 3, 16)
    ]

    assert states == [PageState.SUSPECTED, PageState.SUSPECTED, PageState.SUSPECTED, PageState.GONE]
    assert archive.article(url(1)).gone_at == START + 16 * DAY


def test_with_one_check_over_no_days_a_removal_is_confirmed_at_once(archive: Archive) -> None:
    run = start(archive, removal_checks=1, removal_days=0)
    archive.record(run, visit(1, article()))

    outcome = archive.record(run, visit(1, Missing(status=410), START + HOUR))

    assert (outcome.change, outcome.state) == (Change.MISSING, PageState.GONE)


def test_a_stored_404_on_an_archived_page_is_a_sign_of_removal(archive: Archive) -> None:
    run = start(archive)
    archive.record(run, visit(1, article()))

    outcome = archive.record(run, visit(1, Rejected(reason="not-found"), START + DAY))

    assert (outcome.change, outcome.state, outcome.unshown) == (Change.MISSING, PageState.SUSPECTED, True)
    again = archive.record(run, visit(1, Rejected(reason="not-found"), START + 2 * DAY))
    assert not again.unshown  # it was not shown before, either


@pytest.mark.parametrize("answer", [article(), Unmodified()])
def test_a_removed_page_that_answers_again_has_returned(archive: Archive, answer: object) -> None:
    run = start(archive, removal_checks=1, removal_days=0)
    archive.record(run, visit(1, article()))
    archive.record(run, visit(1, Missing(status=404), START + DAY))

    outcome = archive.record(run, visit(1, answer, START + 2 * DAY))  # type: ignore[arg-type]

    assert (outcome.change, outcome.state) == (Change.UNCHANGED, PageState.ARCHIVED)
    assert archive.article(url(1)).gone_at is None


def test_a_page_that_moved_is_one_article_under_two_urls(archive: Archive) -> None:
    run = start(archive)
    new = archive.record(run, visit(1, article()))
    moved = archive.record(run, visit(1, Moved(to=url("1b")), START + DAY, status=301))
    again = archive.record(run, visit("1b", article(), START + DAY))

    assert (moved.change, moved.state) == (Change.MOVED, PageState.ARCHIVED)  # until the other page shows it
    assert (again.change, again.article_id) == (Change.UNCHANGED, new.article_id)
    row = archive.article(url(1))
    assert (row.url, row.state, row.id) == (url("1b"), "archived", new.article_id)
    assert archive.article(url("1b")).id == archive.article(row.id).id == row.id


def test_a_listed_page_that_redirects_leaves_one_article_at_its_target(archive: Archive) -> None:
    run = start(archive)
    archive.record(run, list_visit(1))
    archive.record_all(run, [visit(1, Moved(to=url("1b"))), visit("1b", article())])

    assert [row.url for row in archive.articles()] == [url("1b")]
    assert archive.unfetched_pages(run) == Unfetched()


def test_a_removed_article_that_reappears_under_another_url_has_moved(archive: Archive) -> None:
    run = start(archive, removal_checks=1, removal_days=0)
    new = archive.record(run, visit(1, article()))
    archive.record(run, visit(1, Missing(status=404), START + DAY))

    outcome = archive.record(run, visit("new-place", article(), START + 2 * DAY))

    row = archive.article(url(1))
    assert (outcome.change, outcome.article_id) == (Change.UNCHANGED, new.article_id)
    assert (row.url, row.state, row.gone_at) == (url("new-place"), "archived", None)
    assert archive.counts()["articles"] == 1


def test_a_live_article_with_the_same_words_is_a_copy_not_a_move(archive: Archive) -> None:
    run = start(archive)
    archive.record(run, visit(1, article()))

    outcome = archive.record(run, visit(2, article()))

    assert (outcome.change, outcome.copy_of) == (Change.NEW, archive.article(url(1)).id)


def test_a_redirect_to_another_spelling_of_the_same_page_is_no_move(archive: Archive) -> None:
    run = start(archive)
    archive.record(run, visit(1, Moved(to=url(1).replace("http:", "https:"))))

    outcome = archive.record(run, visit(url(1).replace("http:", "https:"), article()))

    assert (outcome.change, outcome.state) == (Change.NEW, PageState.ARCHIVED)
    assert archive.article(url(1)).url.startswith("https:")


@pytest.mark.parametrize(
    ("results", "again"),
    [
        ([failed(FailureCause.REFUSED)] * 2, [False, True]),
        ([failed(FailureCause.REFUSED), failed(FailureCause.TIMEOUT)], [False, False]),
        ([Rejected(reason="empty-body")] * 2, [False, True]),
        ([Rejected(reason="empty-body"), article("A text"), Rejected(reason="empty-body")], [False] * 3),
        ([Rejected(reason="empty-body"), Moved(to=url(99)), Moved(to=url(99))], [False, True, True]),
        ([article("A text"), Moved(to=url(99))], [False, False]),
    ],
)
def test_an_outcome_says_whether_the_visit_before_came_to_the_same(
    archive: Archive, results: list[FingerprintedArticle | NoArticle], again: list[bool]
) -> None:
    run = start(archive)
    archive.record(run, list_visit(1))
    found = []
    for number, result in enumerate(results):
        found.append(archive.record(run, visit(1, result, START + number * DAY)).again)
        run = next_run(archive, run)

    assert found == again


def test_what_a_site_refuses_is_counted_by_section(archive: Archive) -> None:
    run = start(archive)
    refused = failed(FailureCause.REFUSED)
    archive.record_all(run, [list_visit(1, 2, 3, 4), list_visit(4, section="notices")])

    archive.record_all(run, [visit(1, article("A text")), visit(2, refused), visit(3, failed())])
    archive.record(run, visit(4, Rejected(reason="robots")))

    assert archive.denied_pages(run) == {"news": 2, "notices": 1}
