"""Pages that redirect, and texts that reappear at another URL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update

from storage.archive import Archive
from storage.database.engine import writing
from storage.models import lease
from storage.queries.changes import ChangeKind
from storage.records import (
    ArchivableVisit,
    Change,
    FingerprintedArticle,
    Missing,
    Moved,
    NoArticle,
    Rejected,
    Revisit,
    Unmodified,
)
from storage.rows import Unfetched
from storage.url_keys import page_id
from storage.writing.runs import Run
from tests.storage.samples import (
    DAY,
    NINGBO,
    START,
    article,
    edited,
    failed,
    finish,
    list_visit,
    next_run,
    start,
    url,
    visit,
)

TOGETHER_AND_APART = pytest.mark.parametrize("batch", [1, 10])


def record(archive: Archive, run: Run, visits: Sequence[ArchivableVisit], *, batch: int) -> None:
    for first in range(0, len(visits), batch):
        archive.record_all(run, visits[first : first + batch])


@TOGETHER_AND_APART
@pytest.mark.parametrize(
    ("result", "state"),
    [(Rejected(reason="login"), "archived"), (Missing(status=404), "suspected"), (failed(), "archived")],
)
def test_a_page_that_leads_to_what_is_no_article_has_not_moved(
    archive: Archive, result: NoArticle, state: str, batch: int
) -> None:
    run = start(archive)
    archive.record_all(run, [list_visit(1), visit(1, article())])
    run = next_run(archive, run)
    record(archive, run, [visit(1, Moved(to=url("1b"))), visit("1b", result)], batch=batch)

    row = archive.article(url(1))
    assert (row.url, row.state) == (url(1), state)
    assert archive.unfetched_pages(run) == Unfetched()

    archive.record(next_run(archive, run), visit(1, article(), START + DAY))

    assert archive.article(url(1)).state == "archived"


@TOGETHER_AND_APART
@pytest.mark.parametrize(
    ("result", "rejected", "unfetched"),
    [
        (Rejected(reason="login"), {"login": 2}, Unfetched()),
        (Missing(status=404), {"not-found": 2}, Unfetched()),
        (failed(), {}, Unfetched(lost=2)),
        (Moved(to=url(1)), {"too-many-redirects": 2}, Unfetched()),
    ],
)
def test_a_listed_page_has_the_answer_of_the_page_that_it_leads_to(
    archive: Archive, result: NoArticle, rejected: dict[str, int], unfetched: Unfetched, batch: int
) -> None:
    run = start(archive)
    first, second = (visit(number, Moved(to=url("both"))) for number in (1, 2))
    record(archive, run, [list_visit(1, 2), first, visit("both", result), second], batch=batch)
    end = archive.unfetched_pages(run)
    finish(archive, run)

    certificate = next(row for row in archive.coverage() if row.section == "news")
    assert (end, certificate.rejected) == (unfetched, rejected)
    assert (certificate.lost, certificate.waiting, certificate.archived) == (end.lost, 0, 0)


def test_a_page_that_leads_back_after_it_moved_is_cited_again(archive: Archive) -> None:
    run = start(archive)
    archive.record(run, visit(1, article()))
    for leads, to in ((1, "1b"), ("1b", 1)):
        run = next_run(archive, run)
        archive.record_all(run, [visit(leads, Moved(to=url(to))), visit(to, article())])

    row = archive.article(url("1b"))
    assert archive.article(page_id(url("1b"))).id == row.id == page_id(url(1))
    assert (row.url, row.state, len(list(archive.articles()))) == (url(1), "archived", 1)


def test_a_chain_of_redirects_ends_at_its_last_page(archive: Archive) -> None:
    run = start(archive)
    archive.record_all(run, [list_visit(1), visit(1, article())])
    run = next_run(archive, run)
    for leads, to in ((1, "a"), ("a", "b"), ("b", "c")):
        archive.record(run, visit(leads, Moved(to=url(to))))

    assert archive.article(url(1)).url == url(1)

    archive.record(run, visit("c", article()))

    row = archive.article(url(1))
    assert (row.url, row.state, row.revisions) == (url("c"), "archived", 1)
    assert archive.unfetched_pages(run) == Unfetched()


def test_after_a_kill_between_two_redirects_only_the_second_page_is_asked_for(archive: Archive) -> None:
    run = start(archive)
    archive.record_all(run, [list_visit(1), visit(1, Moved(to=url("1b")))])
    later = next_run(archive, run)

    due = archive.due_pages(later, revisit=Revisit.DUE, now=START + DAY)

    assert [page.url for page in due] == [url("1b")]
    assert archive.unfetched_pages(later) == Unfetched(waiting=1)


@TOGETHER_AND_APART
def test_an_article_whose_page_is_missing_moves_to_the_one_that_shows_it_next(
    archive: Archive, batch: int
) -> None:
    run = start(archive)
    archive.record_all(run, [list_visit(1), visit(1, article())])
    run = next_run(archive, run)
    visits = [visit(1, Missing(status=404), START + DAY), visit(2, article(), START + DAY)]
    record(archive, run, visits, batch=batch)

    assert [(row.url, row.state) for row in archive.articles()] == [(url(2), "archived")]
    assert archive.article(url(1)).id == archive.article(url(2)).id


@TOGETHER_AND_APART
def test_an_article_that_is_found_elsewhere_before_its_page_is_missed_has_moved(
    archive: Archive, batch: int
) -> None:
    run = start(archive, removal_checks=1, removal_days=0)
    archive.record_all(run, [list_visit(1), visit(1, article())])
    run = next_run(archive, run, removal_checks=1, removal_days=0)
    visits = [visit(2, article(), START + DAY), visit(1, Missing(status=404), START + DAY)]
    record(archive, run, visits, batch=batch)

    assert archive.run_visits(run.key).results[Change.MOVED] == 1
    assert {row.url: row.state for row in archive.articles()} == {url(1): "moved", url(2): "archived"}
    assert archive.changes(ChangeKind.REMOVED) == []


def test_one_of_two_copies_that_stood_side_by_side_is_removed(archive: Archive) -> None:
    run = start(archive, removal_checks=1, removal_days=0)
    archive.record_all(run, [visit(1, article()), visit(2, article())])
    run = next_run(archive, run, removal_checks=1, removal_days=0)

    archive.record(run, visit(1, Missing(status=404), START + DAY))

    assert {row.url: row.state for row in archive.articles()} == {url(1): "gone", url(2): "archived"}


def moved_and_back(archive: Archive) -> Run:
    """Record a page whose article moved, was edited there, and which shows the earlier text again."""
    run = start(archive)
    archive.record(run, visit(1, article()))
    run = next_run(archive, run)
    archive.record(run, visit(1, Missing(status=404), START + DAY))
    archive.record(run, visit(2, article(), START + DAY))
    run = next_run(archive, run)
    archive.record(run, visit(2, edited(article(), "Edited."), START + 2 * DAY))
    archive.record(run, visit(1, article(), START + 2 * DAY))
    return run


def test_an_earlier_text_left_at_an_old_url_is_no_edit(archive: Archive) -> None:
    run = moved_and_back(archive)

    (row,) = archive.articles()
    assert (row.url, row.state, row.paragraphs, row.revisions) == (url(2), "archived", ("Edited.",), 2)

    later = edited(article(), "Another text.")
    archive.record(next_run(archive, run), visit(1, later, START + 3 * DAY))

    assert archive.article(url(1)).paragraphs == ("Another text.",)


def test_an_article_comes_back_to_an_old_url_when_the_new_one_is_missing(archive: Archive) -> None:
    run = next_run(archive, moved_and_back(archive))
    archive.record(run, visit(2, Missing(status=404), START + 3 * DAY))
    archive.record(run, visit(1, article(), START + 3 * DAY))

    (row,) = archive.articles()
    assert (row.url, row.state, row.paragraphs) == (url(1), "archived", article().paragraphs)


@TOGETHER_AND_APART
@pytest.mark.parametrize("returns", [article(), Unmodified()])
def test_an_article_that_has_returned_moves_to_no_copy_of_it(
    archive: Archive, returns: FingerprintedArticle | Unmodified, batch: int
) -> None:
    run = start(archive)
    archive.record_all(run, [list_visit(1), visit(1, article()), visit(1, Missing(status=404), START + DAY)])
    run = next_run(archive, run)
    visits = [visit(1, returns, START + 2 * DAY), visit(2, article(), START + 2 * DAY)]
    record(archive, run, visits, batch=batch)

    assert {row.url: row.state for row in archive.articles()} == {url(1): "archived", url(2): "archived"}


@TOGETHER_AND_APART
def test_a_page_that_is_unmodified_leads_nowhere_any_more(archive: Archive, batch: int) -> None:
    run = start(archive)
    archive.record_all(run, [list_visit(1, 2), visit(1, article("One")), visit(2, article("Two"))])
    run = next_run(archive, run)
    archive.record(run, visit(1, Moved(to=url(2)), START + DAY))
    run = next_run(archive, run)
    at = START + 2 * DAY
    record(archive, run, [visit(1, Unmodified(), at), visit(2, article("Two"), at)], batch=batch)

    assert {row.url: row.state for row in archive.articles()} == {url(1): "archived", url(2): "archived"}


def looked_at_first(archive: Archive, run: Run, waiting: ArchivableVisit) -> str | None:
    """Record a visit that may wait; return the URL that is to be visited first."""
    outcome = archive.record(run, replace(waiting, may_wait=True))
    return outcome.look_first.url if outcome.look_first else None


def test_before_a_known_text_is_archived_at_a_new_url_the_old_one_is_asked_for(archive: Archive) -> None:
    run = start(archive)
    archive.record_all(run, [list_visit(1), visit(1, article(), etag='"a"')])
    run = next_run(archive, run)

    outcome = archive.record(run, replace(visit(2, article(), START + DAY), may_wait=True))

    assert outcome.look_first is not None
    asked = outcome.look_first
    assert (asked.url, asked.section, asked.etag, asked.is_revisit) == (url(1), "news", '"a"', True)
    assert [row.url for row in archive.articles()] == [url(1)]


@pytest.mark.parametrize("answer", [Missing(status=404), Moved(to=url(2))])
def test_an_article_that_is_looked_for_where_it_stood_moves_from_there(
    archive: Archive, answer: NoArticle
) -> None:
    run = start(archive)
    archive.record(run, visit(1, article()))
    run = next_run(archive, run)
    for _ in range(2):
        looked_at_first(archive, run, visit(2, article(), START + DAY))
        archive.record(run, visit(1, answer, START + DAY))

    assert looked_at_first(archive, run, visit(2, article(), START + DAY)) is None
    assert [(row.url, row.state) for row in archive.articles()] == [(url(2), "archived")]
    assert archive.article(url(1)).id == archive.article(url(2)).id


@pytest.mark.parametrize("answer", [Unmodified(), article(), failed(), Rejected(reason="login")])
def test_a_text_that_stands_where_it_stood_as_far_as_is_known_is_a_copy_elsewhere(
    archive: Archive, answer: FingerprintedArticle | NoArticle
) -> None:
    run = start(archive)
    archive.record(run, visit(1, article()))
    run = next_run(archive, run)
    archive.record(run, visit(1, answer, START + DAY))

    assert looked_at_first(archive, run, visit(2, article(), START + DAY)) is None
    assert {row.url: row.state for row in archive.articles()} == {url(1): "archived", url(2): "archived"}


@pytest.mark.parametrize(
    "waiting",
    [
        visit(2, article("Another title"), START + DAY),
        visit(2, article(published_day=date(2024, 5, 8)), START + DAY),
        visit(2, article(), START + DAY, site=replace(NINGBO, key="other")),
    ],
)
def test_no_page_is_asked_for_whose_article_is_another(archive: Archive, waiting: ArchivableVisit) -> None:
    run = start(archive)
    archive.record(run, visit(1, article()))

    assert looked_at_first(archive, next_run(archive, run), waiting) is None


def test_a_run_that_goes_on_after_a_kill_asks_for_nothing_again(archive: Archive) -> None:
    archive.record(start(archive), visit(1, article()))
    with writing(archive._engine) as connection:
        connection.execute(update(lease).values(pid_started="another process of that number"))

    assert looked_at_first(archive, start(archive), visit(2, article())) is None


def test_a_run_that_revisits_nothing_asks_for_no_page_first(archive: Archive) -> None:
    run = start(archive)
    archive.record(run, visit(1, article()))

    assert looked_at_first(archive, next_run(archive, run, revisit="none"), visit(2, article())) is None


@TOGETHER_AND_APART
def test_an_article_is_looked_for_at_its_new_url_when_the_old_one_shows_it_again(
    archive: Archive, batch: int
) -> None:
    run = start(archive)
    archive.record(run, visit(1, article()))
    run = next_run(archive, run)
    archive.record_all(run, [visit(1, Moved(to=url(2))), visit(2, article())])
    run = next_run(archive, run)

    assert looked_at_first(archive, run, visit(1, article(), START + DAY)) == url(2)

    visits = [visit(2, Moved(to=url(1)), START + DAY), visit(1, article(), START + DAY)]
    record(archive, run, visits, batch=batch)

    assert [(row.url, row.state) for row in archive.articles()] == [(url(1), "archived")]
