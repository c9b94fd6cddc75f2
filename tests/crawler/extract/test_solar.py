"""Days of the solar calendar of Iran are those of its official tables."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.extract.dates.solar import solar_day


@pytest.mark.parametrize(
    ("year", "first"),
    [
        (1375, date(1996, 3, 20)),
        (1376, date(1997, 3, 21)),
        (1387, date(2008, 3, 20)),
        (1388, date(2009, 3, 21)),
        (1399, date(2020, 3, 20)),
        (1400, date(2021, 3, 21)),
        (1403, date(2024, 3, 20)),
        (1404, date(2025, 3, 21)),
        (1408, date(2029, 3, 20)),
    ],
)
def test_a_year_begins_with_spring(year: int, first: date) -> None:
    assert solar_day(year, 1, 1) == first


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ((1403, 12, 30), date(2025, 3, 20)),  # a leap year
        ((1404, 12, 30), None),
        ((1405, 6, 31), date(2026, 9, 22)),
        ((1405, 7, 31), None),
        ((1405, 13, 1), None),
        ((1405, 1, 0), None),
        ((1299, 1, 1), None),
    ],
)
def test_a_day_that_the_calendar_lacks_is_none(day: tuple[int, int, int], expected: date | None) -> None:
    assert solar_day(*day) == expected
