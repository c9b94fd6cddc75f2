# ruff: noqa: E501 - markup reads better on one line
"""Lists of one year or month, with a row of these that leads to the others."""

from __future__ import annotations

import pytest

from crawler.extract import extract_list

BASE = "https://www.example.gov/press/"
ROWS = "".join(
    f"<tr><td>1{n}/11/2026</td><td><a href='/press/2026/11/release-{n}.html'>Harbour office opens counter {n}"
    " for permits</a></td></tr>"
    for n in range(4, 0, -1)
)
OLDER = [f"{BASE}2025/", f"{BASE}2024/"]


def following(years: str, url: str = BASE, rows: str = ROWS) -> list[str]:
    markup = f"<html><body><h1>Press releases</h1>{years}<table>{rows}</table></body></html>"
    found = extract_list(markup.encode(), url)
    assert len(found.entries) == 4
    return [request.url for request in found.next]


@pytest.mark.parametrize(
    "years",
    [
        "<ul><li class=active>2026</li><li><a href='/press/2025/'>2025</a></li><li><a href='2024/'>2024</a></li></ul>",
        "<div><a href='/press/'>2026</a> | <a href='/press/2025/'>2025</a> | <a href='/press/2024/'>2024</a></div>",
        "<p><b>2026年</b> <a href='/press/2025/'>2025年</a> <a href='/press/2024/'>2024年</a></p>",
        "<select><option value='/press/' selected>2026</option><option value='/press/2025/'>2025</option>"
        "<option value='/press/2024/'>2024</option></select>",
    ],
)
def test_the_years_before_the_oldest_row_are_list_pages(years: str) -> None:
    assert following(years) == OLDER


@pytest.mark.parametrize(
    "months",
    [
        "<ul><li>November 2026</li><li><a href='/press/2026/10/'>October 2026</a></li><li><a href='/press/2026/09/'>September 2026</a></li></ul>",
        "<p><a href='/press/2026/12/'>2026年12月</a> <a href='/press/2026/10/'>2026年10月</a> <a href='/press/2026/09/'>2026年9月</a></p>",
    ],
)
def test_the_months_before_the_oldest_row_are_list_pages(months: str) -> None:
    assert following(months, f"{BASE}2026/11/") == [f"{BASE}2026/10/", f"{BASE}2026/09/"]


def test_the_year_of_the_oldest_row_may_have_more_than_the_newest_rows() -> None:
    years = "".join(f"<a href='/press/{year}/'>{year}</a> " for year in (2027, 2026, 2025))

    assert following(f"<nav>{years}</nav>") == [f"{BASE}2026/", f"{BASE}2025/"]


def test_from_the_page_of_a_year_no_later_one_is_asked_for() -> None:
    years = "<ul><li><a href='/press/2027/'>2027</a></li><li>2026</li><li><a href='/press/2025/'>2025</a></li></ul>"

    assert following(years, f"{BASE}2026/") == [f"{BASE}2025/"]


def test_the_last_page_of_a_year_leads_to_the_years_before() -> None:
    years = "<ul><li>2026</li><li><a href='/press/2025/'>2025</a></li></ul>"
    pager = "<div class=pager><a href='/press/?page=2'>Next</a></div>"

    assert following(years + pager) == [f"{BASE}?page=2"]
    assert following(years, f"{BASE}?page=2") == [f"{BASE}2025/"]


@pytest.mark.parametrize(
    "years",
    [
        "<p>Reports: <a href='/reports/2025/'>2025</a></p>",
        "<ul><li><a href='/budget/2025.pdf'>2025</a></li><li><a href='/budget/2024.pdf'>2024</a></li></ul>",
        "<ul><li><a href='https://other.example.gov/2025/'>2025</a></li>"
        "<li><a href='https://other.example.gov/2024/'>2024</a></li></ul>",
        "<ul><li><a href='/blog/2026/10/'>October 2026</a></li><li><a href='/blog/2026/09/'>September 2026</a></li></ul>",
        "<ul><li><a href='#y2025'>2025</a></li><li><a href='#y2024'>2024</a></li></ul>",
    ],
)
def test_other_years_lead_nowhere(years: str) -> None:
    assert following(years) == []


def test_years_beside_rows_without_days_lead_nowhere() -> None:
    rows = "".join(
        f"<tr><td><a href='/press/r-{n}.html'>Harbour office opens counter {n} for permits</a></td></tr>"
        for n in range(4)
    )

    assert following("<ul><li>2026</li><li><a href='/press/2025/'>2025</a></li></ul>", rows=rows) == []
