"""Incomplete dates of the text, resolved against the day of publication."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.extract.dates.mentions import mentions_of

PUBLISHED = date(2019, 6, 9)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The meeting was held on the 8th.", [("on the 8th", date(2019, 6, 8))]),
        ("It opened on the 28th.", [("on the 28th", date(2019, 5, 28))]),
        (
            "Open until June 30 and again on 2 January.",
            [("June 30", date(2019, 6, 30)), ("2 January", date(2019, 1, 2))],
        ),
        ("会议8日上午举行，6月10日闭幕。", [("8日", date(2019, 6, 8)), ("6月10日", date(2019, 6, 10))]),
        ("On 31 December they met.", [("31 December", date(2018, 12, 31))]),
        ("In the 8th century; on the 8th floor; June 8, 2017; 2017年6月8日.", []),
        ("February 30 does not exist.", []),
    ],
)
def test_a_date_is_resolved_to_the_nearest_day(text: str, expected: list[tuple[str, date]]) -> None:
    found = mentions_of([text], PUBLISHED)

    assert [(mention.text, mention.day) for mention in found] == expected


def test_without_a_day_of_publication_nothing_is_resolved() -> None:
    assert mentions_of(["The meeting was held on the 8th."], None) == ()
