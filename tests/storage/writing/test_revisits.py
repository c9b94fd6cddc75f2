"""When a page is due again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from storage.writing.revisits import (
    FARTHEST,
    LAST_TRY,
    has_come,
    next_check,
    next_try,
    next_visit,
    publication,
)

PUBLISHED = datetime(2024, 5, 1, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("age", "next_age"),
    [
        (timedelta(0), timedelta(hours=1)),
        (timedelta(minutes=59), timedelta(hours=1)),
        (timedelta(hours=1), timedelta(days=1)),
        (timedelta(days=2), timedelta(days=7)),
        (timedelta(days=8), timedelta(days=30)),
        (timedelta(days=30), timedelta(days=120)),
        (timedelta(days=400), timedelta(days=490)),
    ],
)
def test_a_page_is_due_at_the_next_age_still_ahead_then_every_ninety_days(
    age: timedelta, next_age: timedelta
) -> None:
    assert next_visit(PUBLISHED + age, PUBLISHED) == PUBLISHED + next_age


def test_a_page_that_is_dated_in_years_to_come_is_due_in_ninety_days() -> None:
    assert next_visit(PUBLISHED, PUBLISHED + timedelta(days=2000)) == PUBLISHED + timedelta(days=90)


@pytest.mark.parametrize(
    ("ahead", "has"),
    [(timedelta(0), True), (timedelta(seconds=1), False), (FARTHEST, False), (2 * FARTHEST, True)],
)
def test_a_visit_that_a_clock_put_off_for_years_has_come(ahead: timedelta, has: bool) -> None:
    assert has_come(PUBLISHED + ahead, PUBLISHED) is has


def test_tries_come_ever_later_but_the_first_two_in_the_next_run() -> None:
    waits = [next_try(PUBLISHED, attempts) - PUBLISHED for attempts in range(1, LAST_TRY)]

    assert waits[:2] == [timedelta(0), timedelta(0)]
    assert waits == sorted(waits)


@pytest.mark.parametrize(
    ("checks", "days", "wait"),
    [(3, 14, timedelta(days=7)), (1, 14, timedelta(days=14)), (2, 0, timedelta(0))],
)
def test_removal_checks_spread_over_the_days(checks: int, days: float, wait: timedelta) -> None:
    assert next_check(PUBLISHED, checks=checks, days=days) - PUBLISHED == wait


def test_publication_is_the_hour_where_known_else_the_day() -> None:
    assert publication(PUBLISHED, date(2024, 5, 1)) == PUBLISHED
    assert publication(None, date(2024, 5, 1)) == datetime(2024, 5, 1, tzinfo=UTC)
    assert publication(None, None) is None
