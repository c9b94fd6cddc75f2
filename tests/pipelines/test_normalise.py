"""What normalising keeps, folds and refuses."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.errors import EmptyBody, MissingTitle
from pipelines.items import ScrapedArticle
from pipelines.normalise import NormalisePipeline, clean_line, normalise
from storage.records import BodyKind, Fetch, Missing, Precision, Rejected, SiteRecord, Visit

FETCHED = datetime(2026, 5, 22, 12, tzinfo=UTC)
CHINA = timezone(timedelta(hours=8))


def scraped(**fields: object) -> ScrapedArticle:
    return ScrapedArticle(**{"title": "A title", "paragraphs": ("One.", "Two."), **fields})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  two   words ", "two words"),
        ("no\u00a0break\u3000and\u2003wide", "no break and wide"),
        ("soft\u00adhyphen and zero\u200bwidth", "softhyphen and zerowidth"),
        ("nul\x00 and bell\x07", "nul and bell"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("backwards \u202eEVIL\u202c", "backwards EVIL"),
        ("e\u0301", "\u00e9"),
        ("“quotes” – dash ’", "“quotes” – dash ’"),
        ("ＦＵＬＬ，宁波。", "ＦＵＬＬ，宁波。"),
        ("line\nbreak\ttab", "line break tab"),
    ],
)
def test_a_line_loses_what_nobody_sees_and_keeps_what_was_published(text: str, expected: str) -> None:
    assert clean_line(text) == expected


@given(st.text(st.characters(exclude_categories=())))
def test_cleaning_a_line_twice_changes_nothing(text: str) -> None:
    once = clean_line(text)

    assert clean_line(once) == once
    once.encode("utf-8")


@pytest.mark.parametrize(
    ("zone", "published", "day", "at", "precision"),
    [
        ("Asia/Shanghai", date(2019, 6, 8), date(2019, 6, 8), None, Precision.DAY),
        (
            "Asia/Shanghai",
            datetime(2019, 6, 8, 6, 30, tzinfo=CHINA),
            date(2019, 6, 8),
            datetime(2019, 6, 7, 22, 30, tzinfo=UTC),
            Precision.MINUTE,
        ),
        (
            "Asia/Shanghai",
            datetime(2019, 6, 7, 22, 30, 5, tzinfo=UTC),
            date(2019, 6, 8),
            datetime(2019, 6, 7, 22, 30, 5, tzinfo=UTC),
            Precision.SECOND,
        ),
        (
            None,
            datetime(2019, 6, 8, 6, 30, tzinfo=CHINA),
            date(2019, 6, 8),
            datetime(2019, 6, 7, 22, 30, tzinfo=UTC),
            Precision.MINUTE,
        ),
    ],
)
def test_the_published_day_is_the_day_on_the_sites_calendar(
    zone: str | None, published: date, day: date, at: datetime | None, precision: Precision
) -> None:
    article = normalise(
        scraped(published=published, published_from="meta PubDate"), timezone=zone, fetched_at=FETCHED
    )

    assert (article.published_day, article.published_at, article.published_precision) == (day, at, precision)
    assert article.published_from == "meta PubDate"


@pytest.mark.parametrize(
    ("published", "reason"),
    [
        (date(2027, 1, 1), "none: 2027-01-01 lies in the future"),
        (date(1800, 1, 1), "none: 1800-01-01 lies before 1900"),
        (datetime(2019, 6, 8, 6, 30), "none: 2019-06-08T06:30:00 has no time zone"),  # noqa: DTZ001
    ],
)
def test_a_date_that_cannot_be_is_null_with_its_reason(published: date, reason: str) -> None:
    article = normalise(scraped(published=published), timezone="UTC", fetched_at=FETCHED)

    assert article.published_day is None
    assert article.published_from == reason


def test_an_article_without_title_or_body_is_refused() -> None:
    with pytest.raises(MissingTitle):
        normalise(scraped(title=" \u200b"), timezone=None, fetched_at=FETCHED)
    with pytest.raises(EmptyBody):
        normalise(scraped(paragraphs=("\u00a0", "")), timezone=None, fetched_at=FETCHED)


@pytest.mark.parametrize(
    "fields", [{"body_kind": BodyKind.PDF}, {"tables": ((("Item", "Price"), ("Rice", "3.20")),)}]
)
def test_a_document_or_a_table_can_be_the_whole_body(fields: dict[str, object]) -> None:
    assert normalise(scraped(paragraphs=(), **fields), timezone=None, fetched_at=FETCHED).paragraphs == ()


def test_the_stage_turns_a_refused_article_into_a_named_rejection_and_lets_the_rest_pass() -> None:
    fetch = Fetch(
        url="https://example.gov/1",
        site=SiteRecord(key="x", title="x", base_url="https://example.gov/"),
        at=FETCHED,
    )
    stage = NormalisePipeline()

    rejected = stage.process_item(Visit(fetch=fetch, result=scraped(paragraphs=())))
    missing = stage.process_item(Visit(fetch=fetch, result=Missing(status=404)))

    assert rejected.result == Rejected(reason="empty-body", detail="A title")
    assert missing.result == Missing(status=404)
