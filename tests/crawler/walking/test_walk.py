"""How far list pages are walked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from crawler.extract import ExtractedList, ListEntry
from crawler.options import RunOptions
from storage.rows import SectionState
from tests.crawler.walking.walks import FIRST, MOST, NOW, found, list_page, page_request, state, take, walk


def test_a_way_on_that_cannot_be_read_is_a_gap_unless_the_caller_wants_no_more() -> None:
    walked = walk(state())
    take(walked, replace(list_page(1, last=1), unread="goPage(2)"), found(3))

    assert walked.gaps == [
        "list page 1 (https://example.gov/news/) leads on by a script that cannot be read: goPage(2)"
    ]

    walked.stop()

    assert not walked.gaps


def test_a_list_page_that_breaks_off_is_a_gap() -> None:
    walked = walk(state())

    take(walked, replace(list_page(1, last=1), is_cut=True), found(3))

    assert walked.gaps == ["list page 1 (https://example.gov/news/) breaks off before its end"]
    assert not walked.complete


def test_of_pages_in_no_order_each_is_asked_for() -> None:
    walked = walk(state())

    take(walked, replace(list_page(1), newest_first=False), found(0))

    assert walked.next() == page_request(2)


def test_a_known_section_is_walked_until_a_page_brings_nothing_new() -> None:
    walked = walk(state())

    take(walked, list_page(1), found(3))
    assert walked.next() == page_request(2)
    take(walked, list_page(2), found(0))

    assert walked.next() is None
    assert not walked.reached_end


@pytest.mark.parametrize(
    ("section", "options"),
    [
        (state(backfilled_at=None, last_full_walk=None), RunOptions()),
        (state(last_full_walk=NOW - timedelta(days=31)), RunOptions()),
        (state(last_full_walk=NOW + timedelta(days=9)), RunOptions()),  # by a clock that was wrong
        (state(), RunOptions(full=True)),
        (state(walk_open=True), RunOptions()),
        (state(stated_total=45), RunOptions()),  # of which 40 were found, days ago
    ],
)
def test_a_first_an_overdue_a_full_and_a_cut_walk_go_to_the_end(
    section: SectionState, options: RunOptions
) -> None:
    walked = walk(section, options)

    for number in range(1, 10):
        take(walked, list_page(number), found(0))
        assert walked.next() == (page_request(number + 1) if number < 9 else None)

    assert walked.reached_end


@pytest.mark.parametrize(
    "section",
    [
        state(stated_total=45, last_full_walk=NOW - timedelta(hours=23)),  # it is not looked for all day
        state(stated_total=45, repeated=5),
        state(stated_total=40),
        state(stated_total=30),
    ],
)
def test_a_walk_that_found_all_that_can_be_found_is_not_due_again(section: SectionState) -> None:
    walked = walk(section)

    take(walked, list_page(1, total=section.stated_total), found(0))

    assert walked.next() is None


@pytest.mark.parametrize(("total", "goes_on"), [(40, False), (43, True)])
def test_the_walk_goes_on_while_the_stated_total_changed_by_more_than_was_found(
    total: int, goes_on: bool
) -> None:
    walked = walk(state(stated_total=40))

    take(walked, list_page(1, total=total), found(0))

    assert (walked.next() is not None) is goes_on


def test_a_server_that_answers_the_first_page_for_ever_ends_the_walk() -> None:
    walked = walk(state(), RunOptions(full=True))

    take(walked, list_page(1), found(3))
    walked.next()
    take(walked, ExtractedList(entries=list_page(1).entries, next=(page_request(3),)), found(0))

    assert walked.next() is None


def test_each_list_page_is_asked_for_once() -> None:
    walked = walk(state(), RunOptions(full=True))

    following = (FIRST, page_request(2), page_request(2))
    take(walked, ExtractedList(entries=list_page(1).entries, next=following), found(3))

    assert [walked.next(), walked.next()] == [page_request(2), None]


def test_a_list_page_that_fails_is_skipped_and_the_walk_is_not_complete() -> None:
    walked = walk(state(), RunOptions(full=True))
    following = (page_request(2), page_request(3))
    take(walked, ExtractedList(entries=list_page(1).entries, next=following), found(3))

    walked.next()
    walked.skip()

    assert walked.next() == page_request(3)
    assert not walked.complete


def test_since_ends_the_walk_at_a_page_of_older_entries() -> None:
    walked = walk(state(), RunOptions(full=True, since=date(2026, 5, 1)))

    take(walked, list_page(1, day=date(2026, 4, 30)), found(3))

    assert walked.next() is None
    assert walked.bounded


def test_a_first_page_without_rows_is_walked_on_to_the_request_that_brings_them() -> None:
    walked = walk(state())

    take(walked, ExtractedList(next=(page_request(1),)), found(0))
    assert walked.next() == page_request(1)
    take(walked, ExtractedList(next=(page_request(2),)), found(0))

    assert walked.next() is None


@pytest.mark.parametrize(
    ("section", "options", "ahead"),
    [
        (state(), RunOptions(), False),  # ends where the archive finds nothing new
        (state(backfilled_at=None), RunOptions(), True),
        (state(), RunOptions(full=True), True),
        (state(), RunOptions(full=True, limit=5), False),  # may end with this page's articles
    ],
)
def test_only_a_walk_to_the_end_asks_for_a_list_page_before_the_last_one_is_stored(
    section: SectionState, options: RunOptions, ahead: bool
) -> None:
    assert walk(section, options).runs_ahead is ahead


def test_a_walk_is_complete_once_every_list_page_that_was_read_is_stored() -> None:
    walked = walk(state(), RunOptions(full=True))
    pages = [list_page(1, last=2), list_page(2, last=2)]

    for page in pages:
        walked.read(page)
    walked.stored(pages[1], found(3))
    before = walked.complete
    walked.stored(pages[0], found(3))

    assert not before
    assert walked.complete


def test_a_list_that_goes_on_ends_at_its_bound() -> None:
    walked = walk(state(), RunOptions(full=True))
    number = 0
    while walked.next() or number == 0:
        number += 1
        take(walked, list_page(number, last=10**6), found(3))

    assert number == MOST // 3 + 1
    assert walked.gaps == [f"the list goes on after {MOST} entries (LISTED_MOST)"]
    assert not walked.complete


@pytest.mark.parametrize(
    ("address", "day", "ends"),
    [
        ("https://example.gov/{row};jsessionid={number}", None, True),
        ("https://example.gov/{row}?visitor={number}", date(2026, 5, 1), True),
        ("https://example.gov/{row}?visitor={number}", None, False),  # "Notice", "Notice", "Notice"
    ],
)
def test_rows_that_were_there_under_other_addresses_end_a_list(
    address: str, day: date | None, ends: bool
) -> None:
    walked = walk(state(), RunOptions(full=True))
    for number in (1, 2):
        entries = tuple(
            ListEntry(url=address.format(row=row, number=number), title=f"Row {row}", date=day)
            for row in range(3)
        )
        take(walked, ExtractedList(entries=entries, next=(page_request(number + 1),)), found(3))
        following = walked.next()

    assert (following is None) is ends


@pytest.mark.parametrize(("rows", "gaps"), [(range(1), 0), (range(3), 1), (range(1, 3), 1)])
def test_a_last_shorter_page_may_repeat_what_is_set_at_the_top(rows: range, gaps: int) -> None:
    walked = walk(state(backfilled_at=None))
    second = replace(page_request(2), number=2)
    first = replace(list_page(1), next=(second,))
    walked.read(first)
    walked.next()
    more = (page_request(3),) if rows.start else ()

    walked.read(ExtractedList(entries=tuple(first.entries[row] for row in rows), next=more))

    assert len(walked.gaps) == gaps
