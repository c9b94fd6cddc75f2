"""List pages that a pager numbers, and what is missing among them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.extract import ExtractedList, ListRequest
from crawler.options import RunOptions
from tests.crawler.walking.walks import found, list_page, page_request, state, take, walk


def numbered(number: int) -> ListRequest:
    return replace(page_request(number), number=number)


def first_of_four(*, number: int | None = 2) -> ExtractedList:
    """Return a list page that leads to the second by a link and names the two after it."""
    following = replace(page_request(2), number=number)
    return replace(list_page(1), next=(following,), named=(numbered(3), numbered(4)))


@pytest.mark.parametrize(
    ("second", "problem"),
    [
        (ExtractedList(), "no entries"),
        (replace(list_page(1), next=(page_request(2),)), "only entries of earlier pages"),
    ],
)
def test_a_named_list_page_that_brings_nothing_is_a_gap_and_the_ones_behind_it_are_read(
    second: ExtractedList, problem: str
) -> None:
    walked = walk(state(), RunOptions(full=True))
    take(walked, first_of_four(), found(3))
    walked.next()

    take(walked, second, found(0))

    assert walked.next() == page_request(3)
    take(walked, list_page(3, last=4), found(3))
    assert walked.next() == page_request(4)
    take(walked, list_page(4, last=4), found(3))
    assert walked.next() is None
    assert walked.gaps == [f"list page 2 (https://example.gov/news/?page=2): {problem}"]
    assert (walked.complete, walked.number) == (False, 4)


def test_a_list_page_that_only_a_link_named_may_be_empty_and_ends_the_walk_without_proof() -> None:
    walked = walk(state(), RunOptions(full=True))
    take(walked, list_page(1), found(3))
    walked.next()

    take(walked, ExtractedList(), found(0))

    assert walked.next() is None
    assert (walked.complete, walked.gaps, walked.saw_the_end) == (True, [], False)


def test_list_pages_that_nothing_leads_to_are_a_gap() -> None:
    walked = walk(state(), RunOptions(full=True))
    take(walked, replace(list_page(1), next=(numbered(2),), named=(numbered(9),)), found(3))
    walked.next()
    take(walked, replace(list_page(2), next=()), found(3))

    assert walked.next() == page_request(9)
    assert walked.gaps == ["list pages 3 to 8: no page leads to them"]


def test_a_pager_costs_no_request_where_each_page_leads_to_the_next() -> None:
    walked = walk(state(), RunOptions(full=True))
    asked = []
    for number in range(1, 5):
        following = tuple(numbered(each) for each in range(number + 1, 5))
        take(walked, replace(list_page(number), next=following[:1], named=following[1:]), found(3))
        asked.append(walked.next())

    assert asked == [page_request(2), page_request(3), page_request(4), None]
    assert (walked.complete, walked.saw_the_end) == (True, True)


def test_an_empty_list_page_does_not_say_that_everything_behind_it_is_known() -> None:
    walked = walk(state())
    take(walked, first_of_four(), found(3))
    walked.next()

    take(walked, ExtractedList(), found(0))

    assert walked.next() == page_request(3)
