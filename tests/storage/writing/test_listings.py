"""What list pages name, and what a walk no longer finds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from storage.archive import Archive
from storage.records import (
    ArchivableVisit,
    FailureCause,
    FetchKind,
    Listed,
    ListPage,
    Missing,
    Moved,
    PageState,
    Revisit,
    Unmodified,
)
from storage.writing.runs import Run
from tests.storage.samples import (
    DAY,
    HOUR,
    START,
    article,
    failed,
    finish,
    list_visit,
    next_run,
    start,
    url,
    visit,
)


def names(due: object) -> list[str]:
    return [page.url.rpartition("/")[2].removesuffix(".html") for page in due]  # type: ignore[attr-defined]


def test_a_list_page_keeps_its_entries_before_any_of_them_is_asked_for(archive: Archive) -> None:
    run = start(archive)

    outcome = archive.record(run, list_visit(1, 2, 2, 3))

    assert (names(outcome.due), outcome.new_entries) == (["1", "2", "3"], 3)
    assert (outcome.due[0].section, outcome.due[0].title) == ("news", "Title 1")
    finish(archive, run)
    assert names(archive.due_pages(start(archive), revisit=Revisit.NONE, now=START)) == ["1", "2", "3"]


def test_one_page_in_two_sections_is_one_page_with_two_listings(archive: Archive) -> None:
    run = start(archive)

    outcomes = archive.record_all(run, [list_visit(1, 2), list_visit(2, 3, section="notices")])

    assert [outcome.new_entries for outcome in outcomes] == [2, 2]
    assert (archive.counts()["pages"], archive.counts()["listings"]) == (3, 4)


def test_a_page_is_fetched_once_a_run_even_when_listed_again(archive: Archive) -> None:
    run = start(archive, revisit="all")
    archive.record_all(run, [list_visit(1, 2), visit(1, article())])

    outcome = archive.record(run, list_visit(1, 2, section="notices"))

    assert names(outcome.due) == ["2"]


@pytest.mark.parametrize(
    ("revisit", "now", "due"),
    [
        (Revisit.DUE, START + HOUR / 2, []),
        (Revisit.DUE, START + 100 * DAY, ["1"]),
        (Revisit.DUE, START - 2000 * DAY, ["1"]),  # it was visited by a clock that was ahead
        (Revisit.ALL, START + HOUR / 2, ["1"]),
        (Revisit.NONE, START + 100 * DAY, []),
    ],
)
def test_archived_pages_are_visited_again_as_the_run_wants_it(
    archive: Archive, revisit: Revisit, now: object, due: list[str]
) -> None:
    run = start(archive)
    archive.record_all(run, [list_visit(1), visit(1, article(published_day=START.date()))])
    finish(archive, run)
    again = archive.start_run(run.site, (), kind=run.kind, code_version="1", options={"revisit": revisit})

    assert names(archive.due_pages(again, revisit=revisit, now=now)) == due  # type: ignore[arg-type]


def test_a_revisit_is_conditional(archive: Archive) -> None:
    run = start(archive)
    archive.record_all(run, [list_visit(1), visit(1, article(), etag='"x"')])
    again = next_run(archive, run, revisit="all")

    (due,) = archive.record(again, list_visit(1, at=START + DAY)).due

    assert due.etag == '"x"'


def test_a_revisit_that_failed_is_made_again_without_conditions(archive: Archive) -> None:
    run = start(archive)
    archive.record_all(run, [list_visit(1), visit(1, article(), etag='"a"')])
    run = next_run(archive, run)
    archive.record(run, visit(1, failed(FailureCause.REFUSED, "HTTP 412"), START + DAY))

    (due,) = archive.due_pages(next_run(archive, run), revisit=Revisit.ALL, now=START + 2 * DAY)

    assert (due.etag, due.is_revisit) == (None, True)


def test_due_pages_may_be_asked_for_by_section(archive: Archive) -> None:
    run = start(archive)
    archive.record_all(run, [list_visit(1), list_visit(2, section="notices")])

    due = archive.due_pages(run, revisit=Revisit.NONE, now=START, sections={"notices"})

    assert names(due) == ["2"]


def test_a_gone_page_that_is_listed_again_is_due_at_once(archive: Archive) -> None:
    run = start(archive, removal_checks=1, removal_days=0)
    archive.record_all(run, [list_visit(1, 2, 3, 4, 5, 6), visit(1, article())])
    archive.record(run, visit(1, Missing(status=404), START + DAY))
    later = next_run(archive, run)
    archive.record(later, list_visit(2, 3, 4, 5, 6, at=START + 2 * DAY))
    archive.finish_section(later, "news", walked_to_end=True, full=True)
    last = next_run(archive, later)

    outcome = archive.record(last, list_visit(1, 2, 3, 4, 5, 6, at=START + 3 * DAY))

    assert "1" in names(outcome.due)


def test_section_state_tells_how_far_earlier_walks_came(archive: Archive) -> None:
    run = start(archive)
    archive.record(run, list_visit(1, 2, 3))
    assert archive.section_state(run, "news").backfilled_at is None

    end = archive.finish_section(run, "news", walked_to_end=True, full=True, stated_total=3)

    state = archive.section_state(run, "news")
    assert (end.listed, end.known, end.vanished, end.drifted) == (3, 3, 0, False)
    assert (state.stated_total, state.known) == (3, 3)
    assert state.backfilled_at is not None
    assert state.backfilled_at.tzinfo is not None


def walked(
    archive: Archive, first: range, later: tuple[int, ...], *, full: bool = True, saw_the_end: bool = True
) -> object:
    """Archive the pages of *first*, then walk a list that names *later*; return how that walk ended."""
    run = start(archive)
    archive.record_all(
        run, [list_visit(*first), *(visit(name, article(f"T{name}"), START) for name in first)]
    )
    archive.finish_section(run, "news", walked_to_end=True, full=True)
    again = next_run(archive, run)
    archive.record(again, list_visit(*later, at=START + DAY))
    return archive.finish_section(again, "news", walked_to_end=True, full=full, saw_the_end=saw_the_end)


def test_absence_in_a_full_walk_is_a_sign_of_removal_and_a_fetch_decides(archive: Archive) -> None:
    end = walked(archive, range(10), tuple(range(1, 10)))

    assert (end.vanished, end.drifted) == (1, False)  # type: ignore[attr-defined]
    assert archive.article(url(0)).state == PageState.SUSPECTED


@pytest.mark.parametrize(
    ("later", "vanished", "drifted"),
    [
        ((10, 11, 12, 13, *range(6)), 0, False),  # four new ones, and the last four are out
        ((10, *range(6)), 4, True),  # the list is shorter
        ((10, 11, 12, 13, *range(4, 10)), 4, True),  # those that are out stood first
        ((10, 11, 12, 13, *range(2), *range(3, 7)), 1, False),  # one of them was removed
    ],
)
@pytest.mark.parametrize("dated", [True, False])
def test_what_newer_entries_pushed_out_of_a_feed_is_no_sign(
    archive: Archive, later: tuple[int, ...], vanished: int, *, drifted: bool, dated: bool
) -> None:
    first = range(10)
    run = start(archive)
    articles = [visit(name, article(f"T{name}")) for name in first]
    archive.record_all(run, [feed_visit(first, START, dated=dated), *articles])
    archive.finish_section(run, "news", walked_to_end=True, full=True)
    again = next_run(archive, run)
    archive.record(again, feed_visit(later, START + DAY, dated=dated))
    end = archive.finish_section(again, "news", walked_to_end=True, full=True)

    assert (end.vanished, end.drifted) == (vanished, drifted)
    suspected = {row.url for row in archive.articles() if row.state == PageState.SUSPECTED}
    assert suspected == ({url(2)} if vanished == 1 else set())


def feed_visit(names: Iterable[int], at: datetime, *, dated: bool) -> ArchivableVisit:
    """Return a list page whose entries are the newer, the lower their number is; those from 10 are newest."""
    days = {name: date(2024, 5, 20) - timedelta(days=name if name < 10 else name - 20) for name in names}
    entries = tuple(Listed(url=url(name), day=day if dated else None) for name, day in days.items())
    return visit("http://ningbo.test/feed/", ListPage(entries=entries), at, kind=FetchKind.LIST)


def test_absence_is_no_visit_that_found_the_page_missing(archive: Archive) -> None:
    run = start(archive, removal_checks=2, removal_days=0)
    archive.record_all(run, [list_visit(0, 1, 2), *(visit(n, article(f"T{n}"), START) for n in range(3))])
    archive.finish_section(run, "news", walked_to_end=True, full=True)
    again = next_run(archive, run, removal_checks=2, removal_days=0)
    archive.record(again, list_visit(1, 2, at=START + DAY))
    archive.finish_section(again, "news", walked_to_end=True, full=True)

    states = [archive.record(again, visit(0, Missing(status=404), START + n * DAY)).state for n in (2, 3)]

    assert states == [PageState.SUSPECTED, PageState.GONE]


@pytest.mark.parametrize(("later", "vanished"), [(range(1, 10), 0), (range(6, 10), 6)])
def test_absence_behind_an_end_that_was_not_seen_says_nothing_unless_it_is_in_bulk(
    archive: Archive, later: range, vanished: int
) -> None:
    end = walked(archive, range(10), tuple(later), saw_the_end=False)

    assert (end.vanished, end.drifted) == (vanished, vanished > 0)  # type: ignore[attr-defined]
    assert archive.article(url(0)).state == PageState.ARCHIVED


def test_absence_that_was_only_half_noted_is_noted_whole_by_the_next_walk(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.writing.vanished_entries.BATCH", 1)
    run = start(archive)
    archive.record_all(run, [list_visit(*range(12)), *(visit(n, article(f"T{n}"), START) for n in range(12))])
    archive.finish_section(run, "news", walked_to_end=True, full=True)
    killed = next_run(archive, run)
    archive.record(killed, list_visit(*range(2, 12), at=START + DAY))
    with monkeypatch.context() as patch:
        patch.setattr("storage.writing.section_walks.finish_section", power_cut)
        with pytest.raises(KeyboardInterrupt):
            archive.finish_section(killed, "news", walked_to_end=True, full=True)
    states = [archive.article(url(name)).state for name in range(3)]
    assert states == [PageState.SUSPECTED, PageState.ARCHIVED, PageState.ARCHIVED]

    again = next_run(archive, killed)
    archive.record(again, list_visit(*range(2, 12), at=START + DAY))
    end = archive.finish_section(again, "news", walked_to_end=True, full=True)

    assert (end.vanished, end.drifted) == (1, False)
    states = [archive.article(url(name)).state for name in range(3)]
    assert states == [PageState.SUSPECTED, PageState.SUSPECTED, PageState.ARCHIVED]


def power_cut(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_absence_in_a_walk_that_stopped_early_says_nothing(archive: Archive) -> None:
    walked(archive, range(10), tuple(range(1, 10)), full=False)

    assert archive.article(url(0)).state == PageState.ARCHIVED


def test_entries_vanishing_in_bulk_are_drift_not_removals(archive: Archive) -> None:
    end = walked(archive, range(10), (1, 2, 3, 4, 5))

    assert (end.vanished, end.drifted) == (5, True)  # type: ignore[attr-defined]
    assert {row.state for row in archive.articles()} == {PageState.ARCHIVED}


def test_entries_that_the_list_names_by_the_urls_they_moved_to_have_not_vanished(archive: Archive) -> None:
    run = start(archive)
    archive.record_all(run, [list_visit(*range(10)), *(visit(n, article(f"T{n}")) for n in range(10))])
    archive.finish_section(run, "news", walked_to_end=True, full=True)
    ends = []
    for _ in range(2):  # the first walk may end before any page was asked for
        run = next_run(archive, run)
        archive.record(run, list_visit(*(f"new{n}" for n in range(10))))
        ends.append(archive.finish_section(run, "news", walked_to_end=True, full=True))
        for n in range(10):
            moved = [visit(n, Moved(to=url(f"new{n}"))), visit(f"new{n}", article(f"T{n}"))]
            archive.record_all(run, moved)

    assert [(end.vanished, end.drifted) for end in ends] == [(10, True), (0, False)]
    assert {row.state for row in archive.articles()} == {PageState.ARCHIVED}


def test_entries_that_the_list_names_by_urls_which_lead_to_them_have_not_vanished(archive: Archive) -> None:
    run = start(archive)
    for n in range(10):
        moved = [visit(f"short{n}", Moved(to=url(n))), visit(n, article(f"T{n}"))]
        archive.record_all(run, [list_visit(*(f"short{n}" for n in range(10))), *moved])
    archive.finish_section(run, "news", walked_to_end=True, full=True)
    ends = []
    for form in ("{}", "short{}", "{}"):  # a list that writes its addresses now so, now so
        run = next_run(archive, run)
        ends.append(full_walk(archive, run, *(form.format(n) for n in range(10))))

    assert ends == [(0, False)] * 3
    assert {row.state for row in archive.articles()} == {PageState.ARCHIVED}


def full_walk(archive: Archive, run: Run, *names: object, section: str = "news") -> tuple[int, bool]:
    """Record the only list page of a section; return how many entries vanished, and whether that is drift."""
    archive.record(run, list_visit(*names, section=section))
    end = archive.finish_section(run, section, walked_to_end=True, full=True)
    return end.vanished, end.drifted


def test_entries_that_another_section_lists_now_have_not_vanished(archive: Archive) -> None:
    run = start(archive)
    archive.record_all(run, [list_visit(*range(10)), *(visit(n, article(f"T{n}")) for n in range(10))])
    full_walk(archive, run, *range(10))
    run = next_run(archive, run)
    full_walk(archive, run, *range(5, 10), section="notices")

    assert full_walk(archive, run, *range(5)) == (0, False)
    assert {row.state for row in archive.articles()} == {PageState.ARCHIVED}


@pytest.mark.parametrize("answer", [Missing(status=404), Unmodified()])
def test_entries_that_vanished_in_bulk_are_told_of_until_they_were_visited(
    archive: Archive, answer: Missing | Unmodified
) -> None:
    run = start(archive)
    archive.record_all(run, [list_visit(*range(10)), *(visit(n, article(f"T{n}")) for n in range(10))])
    full_walk(archive, run, *range(10))
    ends = []
    for _ in range(3):
        run = next_run(archive, run)
        ends.append(full_walk(archive, run, *range(5)))
    run = next_run(archive, run)
    archive.record_all(run, [visit(n, answer, START + DAY) for n in range(5, 10)])

    assert ends == [(5, True)] * 3
    assert full_walk(archive, next_run(archive, run), *range(5)) == (0, False)


def test_a_visit_before_entries_vanished_explains_nothing(archive: Archive) -> None:
    run = start(archive)
    archive.record_all(run, [list_visit(*range(10)), *(visit(n, article(f"T{n}")) for n in range(10))])
    full_walk(archive, run, *range(10))
    run = next_run(archive, run)
    archive.record_all(run, [visit(n, Unmodified(), START + DAY) for n in range(10)])

    assert full_walk(archive, next_run(archive, run), *range(5)) == (5, True)


def test_the_certificate_says_what_became_of_every_listed_page(archive: Archive) -> None:
    run = start(archive)
    archive.record_all(
        run,
        [
            list_visit(1, 2, 3, 4, total=4),
            visit(1, article()),
            visit(2, Missing(status=404)),
            visit(3, failed()),
        ],
    )
    archive.finish_section(run, "news", walked_to_end=True, full=True, stated_total=4)
    finish(archive, run)

    news, notices = archive.coverage()
    assert (news.stated_total, news.listed, news.known, news.archived) == (4, 4, 4, 1)
    assert (news.rejected, news.lost, news.waiting, news.verdict) == ({"not-found": 1}, 1, 1, "incomplete")
    assert (notices.section, notices.walked_to_end, notices.listed) == ("notices", False, 0)


@pytest.mark.parametrize(
    ("stated", "gaps", "verdict"),
    [(2, (), "complete"), (None, (), "unknown"), (3, (), "incomplete"), (2, ("page 3",), "incomplete")],
)
def test_a_certificate_is_complete_only_when_the_sites_total_reconciles(
    archive: Archive, stated: int | None, gaps: tuple[str, ...], verdict: str
) -> None:
    run = start(archive)
    archive.record_all(run, [list_visit(1, 2), visit(1, article("A")), visit(2, article("B"))])
    archive.finish_section(run, "news", walked_to_end=True, full=True, stated_total=stated, gaps=gaps)
    finish(archive, run)

    assert archive.coverage()[0].verdict == verdict


def test_where_entries_are_missing_a_certificate_names_the_holes_in_their_dates(archive: Archive) -> None:
    days = [date(2026, 1, day) for day in (1, 2, 4, 5, 7, 8, 30, 31)]
    entries = tuple(Listed(url=url(number), day=day) for number, day in enumerate(days))
    page = replace(list_visit(), result=ListPage(entries=entries))
    found = []
    for stated in (len(days), len(days) + 4):
        run = start(archive)
        archive.record(run, page)
        archive.finish_section(run, "news", walked_to_end=True, full=True, stated_total=stated)
        finish(archive, run)
        found.append(archive.coverage(run=run.key)[0].gaps)

    assert found == [(), ("no entry between 2026-01-08 and 2026-01-30",)]
