# ruff: noqa: E501 - markup reads better on one line
"""The days of list rows in the forms that sites write."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.extract import extract_list
from crawler.extract.dates.dated_addresses import date_in_url
from crawler.platforms.lists.listed_dates import (
    DateOrder,
    Years,
    day_in_period,
    is_a_day,
    read_listed_date,
)

DAY = date(2019, 6, 8)
FORMS = [
    "2019-06-08", "( 2019-06-08)", "[2019-06-08]", "2019.06.08", "2019/6/8", "2019年6月8日", "2019 年 6 月 8 日",
    "8Jun19", "08-Jun-19", "2019-06-08 10:21", "2019-06-08T10:21:00+08:00", "20190608", "发布时间：2019-06-08 浏览：12", "08 2019-06", "2019-06 08", "2019年06月 08日",
    "06-08 2019", "8 June 2019", "08 Jun 2019", "8th June 2019", "Saturday, June 8, 2019", "June 8 , 2019", "Jun. 08, 2019",
    "JUNE 8 2019", "8. Juni 2019", "08. Jun 2019", "8 juin 2019", "8 de junio de 2019", "8 de junho de 2019", "8 giugno 2019",
    "8-Jun-2019", "令和元年6月8日", "Published: 8 June 2019 at 10:00", "the 8th of June 2019",
]  # fmt: skip


@pytest.mark.parametrize("text", FORMS)
def test_a_day_is_read_in_every_form(text: str) -> None:
    assert read_listed_date(text) == DAY


NO_DAYS = [
    "", "06-08", "8 June", "June 2019", "2019", "2019-13-08", "2019-06-31", "12:30:45", "3/4/2019", "10.4.2.1",
    "phone 020-12345678", "1,234 results", "版本 2.0.1", "+49 30 18 272 0", "123456789", "2019年6月 6月8日公開", "8jan 19:30", "v8jun19", "8-Job-19", "2019년 6월 6월 8일",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_DAYS)
def test_what_states_no_day_gives_none(text: str) -> None:
    assert read_listed_date(text) is None


NUMERIC = [
    ("6/8/2019", DateOrder.MONTH_FIRST, DAY),
    ("8/6/2019", DateOrder.DAY_FIRST, DAY),
    ("06.08.19", DateOrder.MONTH_FIRST, DAY),
    ("2/17/13", None, date(2013, 2, 17)),
    ("17.02.2013", None, date(2013, 2, 17)),
    ("3/3/2019", None, date(2019, 3, 3)),
    ("17/02/2013", DateOrder.MONTH_FIRST, date(2013, 2, 17)),
    ("13/13/2013", DateOrder.MONTH_FIRST, None),
]


@pytest.mark.parametrize(("text", "order", "expected"), NUMERIC)
def test_numbers_are_read_in_the_known_order_or_in_the_only_possible_one(
    text: str, order: DateOrder | None, expected: date | None
) -> None:
    assert read_listed_date(text, order) == expected


@pytest.mark.parametrize(
    ("period", "expected"),
    [("2019年", DAY), ("2019年6月", DAY), ("June 2019", DAY), ("2019年7月", None), ("6", None)],
)
def test_a_day_without_year_takes_that_of_its_period_where_their_months_agree(
    period: str, expected: date | None
) -> None:
    assert day_in_period("6月8日", period) == expected


@pytest.mark.parametrize("text", ["108-06-08", "民國108年6月8日", "108.06.08", "108/06/08", "1080608"])
def test_years_of_the_republic_are_read_where_they_are_in_use(text: str) -> None:
    assert read_listed_date(text, years=Years.REPUBLIC) == DAY
    assert read_listed_date(text) is None


@pytest.mark.parametrize("text", ["第1080608號", "1081308", "電話 02-1080608", "10806081"])
def test_other_numbers_of_seven_digits_are_no_day_of_the_republic(text: str) -> None:
    assert read_listed_date(text, years=Years.REPUBLIC) is None


URLS = [
    ("https://x.gov.cn/art/2019/6/8/art_1_2.html", DAY),
    ("https://x.gov.cn/xw/201906/t20190608_1.html", DAY),
    ("https://x.gov/2019/06/08/slug/", DAY),
    ("https://x.gov.cn/xwfb/20190608/0123.html", DAY),
    ("https://x.gov.cn/c1/2019-06/08/content_1.htm", DAY),
    ("https://x.gov.cn/col/col1/art/2019/art_1.html", None),
    ("https://x.gov/news/2019-budget", None),
    ("https://x.gov/news/1234567890", None),
]


@pytest.mark.parametrize(("url", "expected"), URLS)
def test_an_address_may_carry_the_day(url: str, expected: date | None) -> None:
    assert date_in_url(url) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Saturday, June 8, 2019", True),
        ("2019-06-08", True),
        ("Budget speech of June 8, 2019", False),
        ("News", False),
    ],
)
def test_a_heading_is_a_day_where_it_says_nothing_else(text: str, expected: bool) -> None:
    assert is_a_day(text) is expected


ROWS = [
    ("vi", "gov.vn", "08/06/2019 10:20"),
    ("vi", "gov.vn", "Thứ bảy, ngày 08 tháng 06 năm 2019"),
    ("th", "go.th", "8 มิ.ย. 2562"),
    ("th", "go.th", "08/06/2562"),
    ("id", "go.id", "08/06/2019"),
    ("en", "gov.lk", "08/06/2019"),
    ("bn", "gov.bd", "০৮-০৬-২০১৯"),
    ("bn", "gov.bd", "০৮ জুন, ২০১৯"),
    ("km", "gov.kh", "០៨ មិថុនា ២០១៩"),
    ("lo", "gov.la", "08/06/2019"),
    ("mn", "gov.mn", "2019 оны 06-р сарын 08"),
    ("pt", "gov.mo", "08/06/2019"),
    ("fr", "example", "08/06/2019"),
    ("zh", "gov.cn", "二〇一九年六月八日"),
    ("zh", "gov.cn", "2019．06．08"),
    ("zh", "gov.cn", "19-06-08"),
    ("ko", "go.kr", "19.06.08"),
    ("ja", "go.jp", "２０１９年６月８日"),
    ("ja", "lg.jp", "令和 元年 6月 8日"),
]


def _days_of_rows(language: str, domain: str, text: str) -> set[date | None]:
    rows = "".join(
        f"<li><a href=/n/{n}.html>关于做好第一阶段有关工作的通知要点 {n}</a><i>{text}</i></li>"
        for n in range(6)
    )
    page = f"<html lang={language}><head><meta charset=utf-8></head><body><ul>{rows}</ul></body></html>"
    return {entry.date for entry in extract_list(page.encode(), f"https://www.office.{domain}/n/").entries}


@pytest.mark.parametrize(("language", "domain", "text"), ROWS)
def test_rows_state_their_day_as_their_country_writes_it(language: str, domain: str, text: str) -> None:
    assert _days_of_rows(language, domain, text) == {DAY}


@pytest.mark.parametrize(
    ("domain", "text"), [("gov.np", "2076-02-25"), ("gov.cn", "06/08/2019"), ("gc.ca", "06/08/2019")]
)
def test_a_day_of_another_calendar_or_of_an_unknown_order_is_none(domain: str, text: str) -> None:
    assert _days_of_rows("en", domain, text) == {None}
