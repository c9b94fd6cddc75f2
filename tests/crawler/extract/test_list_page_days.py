"""The day that each row of a list page states."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from crawler.extract import PageContext, extract_list
from tests.crawler.extract.listed_rows import (
    SLUGS,
    TITLES,
    page,
)

DAY_MONTH = [
    ("https://www.example.gov/news/", None, "3/4/2019", date(2019, 3, 4)),
    ("https://www.example.gov.uk/news/", None, "3/4/2019", date(2019, 4, 3)),
    ("https://www.example.org/news/", "DE", "03.04.2019", date(2019, 4, 3)),
    ("https://www.example.org/news/", None, "3/4/2019", None),
]


@pytest.mark.parametrize(("url", "country", "text", "expected"), DAY_MONTH)
def test_numeric_days_are_read_in_the_order_of_the_country_or_not_at_all(
    url: str, country: str | None, text: str, expected: date | None
) -> None:
    body = (
        "<ul>"
        + "".join(
            f"<li><a href='/news/{slug}'>{title}</a><span>{text}</span></li>"
            for slug, title in zip(SLUGS, TITLES, strict=True)
        )
        + "</ul>"
    )

    found = extract_list(page(body), url, context=PageContext(country=country))

    assert {entry.date for entry in found.entries} == {expected}


def test_another_row_of_the_list_proves_the_order_of_day_and_month() -> None:
    body = (
        "<ul>"
        + "".join(
            f"<li><a href='/news/{slug}'>{title}</a><span>{text}</span></li>"
            for slug, title, text in zip(
                SLUGS, TITLES, ("3/4/2019", "25/3/2019", "2/3/2019", "1/3/2019"), strict=True
            )
        )
        + "</ul>"
    )

    assert extract_list(page(body), "https://www.example.org/news/").entries[0].date == date(2019, 4, 3)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("3 days ago", date(2026, 11, 25)),
        ("昨天", date(2026, 11, 27)),
        ("2 weeks ago", None),
        ("2 ноября 2026", date(2026, 11, 2)),
        ("2026년 11월 5일", date(2026, 11, 5)),
        ("11-05", None),
    ],
)
def test_rows_may_say_how_long_ago_and_name_months_in_any_language(said: str, day: date | None) -> None:
    rows = "".join(
        f'<li><a href="/news/{number}">Agency awards grant number {number} to schools</a><i>{said}</i></li>'
        for number in range(1, 9)
    )
    context = PageContext(fetched_at=datetime(2026, 11, 28, 12, tzinfo=UTC))

    found = extract_list(f"<ul>{rows}</ul>".encode(), "https://www.example.org/news", context=context)

    assert [entry.date for entry in found.entries] == [day] * 8


@pytest.mark.parametrize(
    ("url", "language", "said", "day"),
    [
        ("https://www.petra.gov.jo/news", "ar", "٠٣/١١/٢٠٢٦", date(2026, 11, 3)),
        ("https://www.finance.gov.bb/news", "en", "03/11/2026", date(2026, 11, 3)),
        ("https://www.agency.example.org/noticias", "es", "03/11/2026", date(2026, 11, 3)),
        ("https://www.agency.example.org/news", "en", "03/11/2026", None),
        ("https://www.agency.example.ca/news", "en", "03/11/2026", None),
    ],
)
def test_days_of_lists_stand_in_the_order_and_the_digits_of_their_country(
    url: str, language: str, said: str, day: date | None
) -> None:
    listed = "".join(
        f'<li><a href="/n/{slug}">{title}</a> <span>{said}</span></li>'
        for slug, title in zip(SLUGS, TITLES, strict=True)
    )

    found = extract_list(f'<html lang="{language}"><body><ul>{listed}</ul></body></html>'.encode(), url)

    assert [entry.date for entry in found.entries] == [day] * 4


def test_days_in_an_order_that_nothing_tells_are_none_but_signs_of_a_list() -> None:
    listed = "".join(
        f'<tr><td>{title}</td><td>{day:%d/%m/%Y}</td><td><a href="/files/{slug}.pdf">PDF (1.2 MB)</a></td></tr>'
        for title, slug, day in zip(TITLES[:3], SLUGS[:3], (date(2026, 3, n) for n in (7, 6, 5)), strict=True)
    )

    found = extract_list(page(f"<table>{listed}</table>"), "https://www.agency.example.org/files")

    assert [(entry.title, entry.date) for entry in found.entries] == [(title, None) for title in TITLES[:3]]
