"""Which verdict follows from what happened in a run."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from crawler.account.bands import AGE, Band
from crawler.account.ledger import Ledger, ListFailure, SectionAccount
from crawler.sites import Expectations
from storage.records import Article, Change, FailureCause, Outcome
from storage.rows import Unfetched
from storage.verdicts import Verdict

TODAY = datetime.now(UTC).date()


def ledger_with(**changes: object) -> Ledger:
    ledger = Ledger()
    account = ledger.section("news")
    account.walked = True
    for name, value in changes.items():
        setattr(account if name in SectionAccount.__slots__ else ledger, name, value)
    return ledger


def count(ledger: Ledger, change: Change, times: int, **outcome: object) -> None:
    cause = outcome.pop("cause", None)
    for _ in range(times):
        ledger.count("news", Outcome(change=change, **outcome), cause)


def test_a_run_in_which_nothing_went_wrong_is_complete() -> None:
    ledger = ledger_with()
    count(ledger, Change.NEW, 20)
    count(ledger, Change.REJECTED, 1, reason="not-found")

    assert ledger.verdict("finished").verdict is Verdict.COMPLETE


@pytest.mark.parametrize(
    ("state", "verdict"),
    [
        ({"storage_failure": "archive.db: disk full"}, Verdict.STORAGE),
        ({"unfetched": Unfetched(lost=2)}, Verdict.INCOMPLETE),
        ({"unfetched": Unfetched(waiting=2)}, Verdict.INCOMPLETE),
        ({"empty_lists": ["https://example.gov/news/"]}, Verdict.DRIFTED),
        ({"list_pages": 2, "leads_on": True}, Verdict.DRIFTED),
        ({"list_pages": 2, "leads_on": True, "listed": 1}, Verdict.COMPLETE),
        ({"vanished": 40}, Verdict.DRIFTED),
        ({"stated_total": 30, "known": 29}, Verdict.INCOMPLETE),
        ({"stated_total": 30, "known": 31}, Verdict.COMPLETE),
        ({"list_failures": [ListFailure(FailureCause.DNS, "u")]}, Verdict.UNREACHABLE),
        ({"list_failures": [ListFailure(FailureCause.TIMEOUT, "u")]}, Verdict.INCOMPLETE),
        ({"list_failures": [ListFailure(FailureCause.SERVER_ERROR, "u")]}, Verdict.INCOMPLETE),
        ({"list_failures": [ListFailure(FailureCause.ROBOTS, "u")]}, Verdict.REFUSED),
        ({"list_failures": [ListFailure(FailureCause.CHALLENGE, "u")]}, Verdict.REFUSED),
        ({"list_failures": [ListFailure(FailureCause.NOT_FOUND, "u")]}, Verdict.DRIFTED),
        ({"unlisted": ["list page 2 (u): no entries"]}, Verdict.INCOMPLETE),
    ],
)
def test_what_the_lists_and_the_archive_say_decides_the_verdict(
    state: dict[str, object], verdict: Verdict
) -> None:
    assert ledger_with(**state).verdict("finished").verdict is verdict


@pytest.mark.parametrize(("refused", "verdict"), [(5, Verdict.REFUSED), (1, Verdict.COMPLETE)])
def test_a_section_is_refused_when_half_of_its_pages_were(refused: int, verdict: Verdict) -> None:
    ledger = ledger_with()
    count(ledger, Change.NEW, 10 - refused)
    count(ledger, Change.FAILED, refused, cause=FailureCause.REFUSED)

    assert ledger.verdict("finished").verdict is verdict


@pytest.mark.parametrize(
    ("fresh", "again", "known", "verdict"),
    [
        (0, 1, 40, Verdict.COMPLETE),  # `unfetched` calls it lost
        (0, 20, 40, Verdict.REFUSED),
        (1, 3, 40, Verdict.REFUSED),
        (0, 1, 1, Verdict.REFUSED),
    ],
)
def test_pages_that_were_refused_before_count_among_all_of_their_section(
    fresh: int, again: int, known: int, verdict: Verdict
) -> None:
    ledger = ledger_with(known=known)
    count(ledger, Change.FAILED, fresh, cause=FailureCause.REFUSED)
    count(ledger, Change.FAILED, again, cause=FailureCause.REFUSED, again=True)
    ledger.denied = {"news": fresh + again}

    assert ledger.verdict("finished").verdict is verdict


@pytest.mark.parametrize(("fresh", "verdict"), [(0, Verdict.COMPLETE), (1, Verdict.DRIFTED)])
def test_a_page_that_had_no_body_before_is_no_drift(fresh: int, verdict: Verdict) -> None:
    ledger = ledger_with()
    count(ledger, Change.REJECTED, 3, reason="empty-body", again=True)
    count(ledger, Change.REJECTED, fresh, reason="empty-body")

    assert ledger.verdict("finished").verdict is verdict


@pytest.mark.parametrize(("unshown", "verdict"), [(10, Verdict.DRIFTED), (9, Verdict.COMPLETE)])
def test_articles_that_are_no_longer_shown_are_drift_once_they_are_most(
    unshown: int, verdict: Verdict
) -> None:
    ledger = ledger_with()
    count(ledger, Change.UNCHANGED, unshown)
    count(ledger, Change.MISSING, unshown, unshown=True)

    assert ledger.verdict("finished").verdict is verdict


@pytest.mark.parametrize(
    ("targets", "rejected", "verdict"),
    [
        ({"/login": 6}, "login", Verdict.REFUSED),
        ({"/news/": 6}, "list", Verdict.DRIFTED),
        ({f"/moved/{number}": 1 for number in range(6)}, "list", Verdict.COMPLETE),
    ],
)
def test_articles_that_all_lead_to_one_page_are_none(
    targets: dict[str, int], rejected: str, verdict: Verdict
) -> None:
    ledger = ledger_with(targets=Counter(targets))
    count(ledger, Change.MOVED, 6)
    count(ledger, Change.REJECTED, 1, reason=rejected)

    assert ledger.verdict("finished").verdict is verdict


@pytest.mark.parametrize(("empty", "verdict"), [(3, Verdict.DRIFTED), (1, Verdict.COMPLETE)])
def test_pages_without_a_body_are_drift_once_they_are_many(empty: int, verdict: Verdict) -> None:
    ledger = ledger_with()
    count(ledger, Change.NEW, 20)
    count(ledger, Change.REJECTED, empty, reason="empty-body")

    assert ledger.verdict("finished").verdict is verdict


def test_one_page_in_ten_without_a_body_is_still_the_nine_tenths_that_are_expected() -> None:
    ledger = ledger_with()
    count(ledger, Change.NEW, 9)
    count(ledger, Change.REJECTED, 1, reason="empty-body")

    assert ledger.verdict("finished").verdict is Verdict.COMPLETE


def test_of_several_causes_the_worst_decides_and_gives_the_reason() -> None:
    ledger = ledger_with(unfetched=Unfetched(lost=1), empty_lists=["https://example.gov/news/"])
    ledger.crashes.count = 1

    finding = ledger.verdict("shutdown")

    assert finding.verdict is Verdict.CRASHED
    assert "unhandled" in finding.reason


def test_a_run_that_was_stopped_is_incomplete_unless_the_bound_was_asked_for() -> None:
    assert ledger_with().verdict("shutdown").verdict is Verdict.INCOMPLETE
    assert ledger_with().verdict("closespider_timeout").verdict is Verdict.COMPLETE
    bounded = ledger_with(bound="limit 5", unfetched=Unfetched(waiting=3))
    assert bounded.verdict("finished").reason.endswith("within limit 5")


def test_an_exception_that_passes_is_counted_and_goes_on() -> None:
    ledger = Ledger()

    with pytest.raises(ZeroDivisionError), ledger.crashes:
        _ = 1 // 0

    assert ledger.crashes.count == 1


@pytest.mark.parametrize(
    ("listed", "new", "backfill", "verdict"),
    [
        (0, 0, False, Verdict.DRIFTED),
        (20, 0, False, Verdict.COMPLETE),
        (20, 501, False, Verdict.DRIFTED),
        (900, 900, True, Verdict.COMPLETE),
    ],
)
def test_expected_numbers_are_listed_at_least_and_new_at_most(
    listed: int, new: int, backfill: bool, verdict: Verdict
) -> None:
    ledger = ledger_with(listed=listed, backfill=backfill)
    ledger.expects = Expectations(articles_per_run=(1, 500))
    ledger.section("news").changes[Change.NEW] = new

    assert ledger.verdict("finished").verdict is verdict


@pytest.mark.parametrize(
    ("reason", "state", "verdict"),
    [
        ("finished", {"list_failures": [ListFailure(FailureCause.TIMEOUT, "u")]}, Verdict.INCOMPLETE),
        ("finished", {"list_failures": [ListFailure(FailureCause.DNS, "u")]}, Verdict.UNREACHABLE),
        ("finished", {"unlisted": ["list page 2 (u): server-error"]}, Verdict.INCOMPLETE),
        ("shutdown", {}, Verdict.INCOMPLETE),
        ("closespider_timeout", {"bound": "the time that was asked for"}, Verdict.COMPLETE),
        ("finished", {"bound": "limit 5"}, Verdict.COMPLETE),
    ],
)
def test_lists_that_were_not_read_whole_tell_nothing_of_the_fewest_that_are_expected(
    reason: str, state: dict[str, object], verdict: Verdict
) -> None:
    ledger = ledger_with(**state)
    ledger.expects = Expectations(articles_per_run=(1, 500))

    assert ledger.verdict(reason).verdict is verdict


@pytest.mark.parametrize("expects", [Expectations(newest_within_days=3), Expectations()])
@pytest.mark.parametrize("reason", ["finished", "shutdown"])
def test_old_articles_that_are_visited_without_the_lists_tell_nothing_of_the_newest(
    expects: Expectations, reason: str
) -> None:
    failures = [ListFailure(FailureCause.TIMEOUT, "u")] if reason == "finished" else []
    ledger = ledger_with(list_failures=failures)
    ledger.expects, ledger.bands = expects, {AGE: Band(high=30, runs=9)}
    ledger.measures.measure(article(TODAY - timedelta(days=400)), expects, change=Change.UNCHANGED)

    assert ledger.verdict(reason).verdict is Verdict.INCOMPLETE


def article(day: date | None, characters: int = 100) -> Article:
    return Article(title="A title", paragraphs=("x" * characters,), published_day=day)


@pytest.mark.parametrize(
    ("expects", "articles", "says"),
    [
        (
            Expectations(fill_date=0.9),
            [article(TODAY)] * 8 + [article(None)] * 2,
            "only 8 of 10 articles carry a date",
        ),
        (
            Expectations(newest_within_days=3),
            [article(TODAY - timedelta(days=9))],
            "the newest article is 9 days old",
        ),
        (
            Expectations(body_characters=(50, 500)),
            [article(TODAY, 10)] * 6,
            "only 0 of 6 articles have a body",
        ),
        (
            Expectations(newest_within_days=3, fill_date=0.9, body_characters=(50, 500)),
            [article(TODAY)] * 9,
            "",
        ),
        (Expectations(fill_date=0.9), [article(None)] * 3, ""),
    ],
)
def test_articles_that_differ_from_what_is_expected_are_drift(
    expects: Expectations, articles: list[Article], says: str
) -> None:
    ledger = Ledger(expects=expects)
    for one in articles:
        ledger.measures.measure(one, expects, change=Change.UNCHANGED)

    finding = ledger.verdict("finished")

    assert finding.verdict is (Verdict.DRIFTED if says else Verdict.COMPLETE)
    assert finding.reason.startswith(says)


@pytest.mark.parametrize(("known", "asks"), [(0, "is it the list"), (12, "was it redesigned?")])
def test_an_empty_list_is_asked_for_its_redesign_only_if_it_listed_something_before(
    known: int, asks: str
) -> None:
    ledger = ledger_with(empty_lists=["https://example.gov/news/"], known=known)

    assert asks in ledger.verdict("finished").reason
