"""Lists that stand in frames of their list page."""

from __future__ import annotations

from crawler.extract import ExtractedList, ListRequest
from tests.crawler.walking.walks import found, list_page, page_request, state, take, walk

FRAMES = (
    ListRequest(url="https://example.gov/news/a.html"),
    ListRequest(url="https://example.gov/news/b.html"),
)


def test_the_list_in_each_frame_is_walked_to_its_end_before_the_next_one() -> None:
    walked = walk(state(backfilled_at=None, last_full_walk=None))
    take(walked, ExtractedList(frames=FRAMES), found(0))

    asked = []
    for page in (list_page(1), list_page(2, last=2), list_page(3, last=3)):
        asked.append(walked.next())
        take(walked, page, found(3))

    assert asked == [FRAMES[0], page_request(2), FRAMES[1]]
    assert walked.next() is None
    assert walked.number == 4
    assert walked.reached_end
    assert walked.complete


def test_a_frame_that_brings_nothing_new_is_left_and_the_others_are_read() -> None:
    walked = walk(state())
    take(walked, ExtractedList(frames=FRAMES), found(0))

    assert walked.next() == FRAMES[0]
    take(walked, list_page(1), found(0))
    assert walked.next() == FRAMES[1]
    take(walked, list_page(4), found(3))
    assert walked.next() == page_request(5)
    take(walked, list_page(5), found(0))

    assert walked.next() is None
    assert not walked.reached_end


def test_frames_in_frames_are_followed_and_have_an_end() -> None:
    walked = walk(state())
    walked.read(ExtractedList(frames=FRAMES))

    asked = 0
    while walked.next() is not None:
        asked += 1
        walked.read(ExtractedList(frames=(ListRequest(url=f"https://example.gov/news/{asked}.html"),)))

    assert asked == 21
