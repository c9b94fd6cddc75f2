"""What complete runs let the next one measure, and what is far outside of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from crawler.account.bands import learn_bands
from crawler.account.findings import Field
from crawler.account.ledger import Ledger
from crawler.sites import Expectations
from storage.records import Article, Change
from storage.rows import Measure
from storage.verdicts import Verdict
from storage.writing.learning import Measured

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def runs(**measures: list[float]) -> list[Measured]:
    """Return runs an hour apart, the newest first, which measured these values."""
    number = max(map(len, measures.values()))
    return [
        Measured(
            started_at=NOW - (place + 1) * HOUR,
            measures={
                name.replace("__", "/"): Measure(value=values[place])
                for name, values in measures.items()
                if place < len(values)
            },
        )
        for place in range(number)
    ]


def limits(name: str, history: list[Measured], **asked: object) -> tuple[float | None, float | None] | None:
    band = learn_bands(history, **{"now": NOW, "since": None, **asked}).get(name)  # type: ignore[arg-type]
    return band and (band.low, band.high)


@pytest.mark.parametrize(
    ("name", "history", "expected"),
    [
        ("dated", runs(dated=[1.0, 0.9, 1.0]), (0.5, None)),
        ("dated", runs(dated=[1.0, 0.3, 1.0]), None),
        ("body_characters", runs(body_characters=[800, 1000, 900]), (160, 5000)),
        ("first_listed/news", runs(first_listed__news=[20, 20, 20]), (10, None)),
        ("first_listed/news", runs(first_listed__news=[20, 12, 14]), None),
        ("first_listed/news", runs(first_listed__news=[6, 6, 6]), None),
        ("new", runs(new=[0, 3, 1]), (None, 50)),
        ("new", runs(new=[40, 3, 1]), (None, 400)),
        ("newest_age_days", runs(newest_age_days=[1, 1, 0], longest_pause_days=[4, 4, 4]), (None, 14)),
        ("newest_age_days", runs(newest_age_days=[1, 1, 0], longest_pause_days=[30, 4, 4]), (None, 60)),
    ],
)
def test_three_complete_runs_make_a_wide_band(
    name: str, history: list[Measured], expected: tuple[float | None, float | None] | None
) -> None:
    found = limits(name, history)

    assert found == (pytest.approx(expected) if expected else None)


def test_two_runs_teach_nothing() -> None:
    assert learn_bands(runs(dated=[1.0, 1.0], new=[1, 1]), now=NOW, since=None) == {}


def test_quiet_runs_measure_nothing_and_teach_nothing() -> None:
    history = runs(new=[0, 0, 0, 0, 2], dated=[1.0, 1.0])

    assert limits("dated", history) is None


def test_a_long_pause_between_runs_may_bring_more_at_once() -> None:
    assert limits("new", runs(new=[1, 1, 1]), now=NOW + 47 * HOUR) == (None, 50 * 48)


def test_a_site_that_was_silent_when_it_was_first_crawled_is_not_called_stale() -> None:
    history = runs(newest_age_days=[900, 900, 900], longest_pause_days=[3, 3, 3])

    assert limits("newest_age_days", history) is None


def test_what_came_before_a_day_can_be_forgotten() -> None:
    history = runs(dated=[1.0, 1.0, 1.0])

    assert limits("dated", history, since=date(2026, 5, 20)) is not None
    assert limits("dated", history, since=date(2026, 5, 21)) is None


@pytest.mark.parametrize(
    ("characters", "says"),
    [
        (900, ""),
        (300, ""),
        (60, "median characters of a body: 60, expected 160 to 5000 after 3 complete runs"),
        (9000, "median characters of a body: 9000, expected 160 to 5000 after 3 complete runs"),
    ],
)
def test_a_measure_far_outside_of_its_band_is_drift_and_says_what_was_expected(
    characters: int, says: str
) -> None:
    ledger = Ledger(expects=Expectations(fill_date=0.0))
    ledger.bands = learn_bands(runs(body_characters=[800, 1000, 900]), now=NOW, since=None)
    for _ in range(8):
        found = Article(title="A title", paragraphs=("x" * characters,))
        ledger.measures.measure(found, ledger.expects, change=Change.NEW)

    finding = ledger.verdict("finished")

    assert finding.verdict is (Verdict.DRIFTED if says else Verdict.COMPLETE)
    assert finding.reason.startswith(says)
    assert finding.field is (Field.LENGTH if says else None)


@pytest.mark.parametrize(
    ("rows", "leads_on", "verdict"),
    [(20, False, Verdict.COMPLETE), (3, False, Verdict.DRIFTED), (3, True, Verdict.COMPLETE)],
)
def test_a_first_list_page_of_few_rows_is_drift_unless_it_leads_on(
    rows: int, leads_on: bool, verdict: Verdict
) -> None:
    ledger = Ledger()
    ledger.bands = learn_bands(runs(first_listed__news=[20, 20, 20]), now=NOW, since=None)
    account = ledger.section("news")
    account.first_listed, account.leads_on = rows, leads_on

    assert ledger.verdict("finished").verdict is verdict


def test_old_pages_that_are_asked_for_again_measure_nothing() -> None:
    ledger = Ledger()
    for _ in range(20):
        found = Article(title="A title", paragraphs=("An old notice.",))
        ledger.measures.measure(found, ledger.expects, change=Change.UNCHANGED)

    assert ledger.measured(NOW.date()) == {"new": 0}


def test_a_bounded_run_measures_nothing_and_a_first_walk_no_new_articles() -> None:
    ledger = Ledger()
    ledger.section("news").changes[Change.NEW] = 900
    assert ledger.measured(NOW.date())["new"] == 900

    ledger.backfill = True
    assert "new" not in ledger.measured(NOW.date())

    ledger.bound = "limit 20"
    assert ledger.measured(NOW.date()) == {}
