"""An imported document that is older than what is known of its page changes neither text nor state."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from storage import Archive
from storage.records import Change, Failed, FailureCause, Missing, Moved, NoArticle, PageState
from tests.storage.samples import DAY, START, article, finish, start, visit

NEW, OLD = article("Harbour opens", "It opens on Monday."), article("Harbour opens", "It opens soon.")


def crawled(archive: Archive) -> None:
    """Let a crawl have seen the page 1."""
    run = start(archive)
    archive.record(run, visit(1, NEW))
    finish(archive, run)


def test_an_older_text_is_no_new_revision_on_top(archive: Archive) -> None:
    crawled(archive)
    run = start(archive, None)

    outcome = archive.record(run, visit(1, OLD, START - DAY))

    assert (outcome.change, outcome.reason) == (Change.UNCHANGED, "older")
    assert [row.paragraphs for row in archive.articles()] == [NEW.paragraphs]


def test_a_later_text_is_one(archive: Archive) -> None:
    crawled(archive)
    run = start(archive, None)

    assert archive.record(run, visit(1, OLD, START + DAY)).change is Change.REVISED


def test_a_text_without_a_time_is_none_over_what_a_crawl_saw(archive: Archive) -> None:
    crawled(archive)
    run = start(archive, None)

    assert archive.record(run, visit(1, OLD, datetime.now(UTC))).reason == "older"


def test_texts_without_a_time_that_are_imported_again_change_nothing(archive: Archive) -> None:
    def imported() -> list[Change]:
        run = start(archive, None)
        changes = [archive.record(run, visit(1, text, datetime.now(UTC))).change for text in (OLD, NEW)]
        finish(archive, run)
        return changes

    assert imported() == [Change.NEW, Change.REVISED]
    assert imported() == [Change.UNCHANGED, Change.UNCHANGED]


@pytest.mark.parametrize(
    "result",
    [Missing(status=404), Moved(to="http://ningbo.test/2.html"), Failed(cause=FailureCause.SERVER_ERROR)],
)
@pytest.mark.parametrize("at", [START - DAY, None])
def test_an_answer_without_an_article_that_is_older_leaves_the_page_as_it_is(
    archive: Archive, result: NoArticle, at: datetime | None
) -> None:
    crawled(archive)
    run = start(archive, None)

    outcome = archive.record(run, visit(1, result, at or datetime.now(UTC), status=404))

    assert (outcome.change, outcome.state) == (Change.UNCHANGED, PageState.ARCHIVED)


def test_an_older_text_brings_no_page_back_that_went_since(archive: Archive) -> None:
    crawled(archive)
    run = start(archive)
    archive.record(run, visit(1, Missing(status=404), START + DAY, status=404))
    finish(archive, run)
    run = start(archive, None)

    outcome = archive.record(run, visit(1, NEW, START - DAY))

    assert outcome.state is PageState.SUSPECTED
