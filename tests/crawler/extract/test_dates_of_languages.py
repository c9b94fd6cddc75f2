"""Months, weekdays and spans of time as the languages of the world say them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from crawler.extract.dates.relative_times import Ago, ago_in
from crawler.extract.dates.written import Conventions, conventions_of, read_date

US = conventions_of(country="US", language="en")
UNKNOWN = Conventions()


@pytest.mark.parametrize(
    ("text", "conventions", "expected"),
    [
        ("Tue, 11/03/2026 - 09:12", conventions_of(country="KE", language="en"), date(2026, 11, 3)),
        ("Tue, 03/11/2026 - 09:12", US, date(2026, 11, 3)),
        ("Mar, 03/11/2026 - 09:12", UNKNOWN, date(2026, 11, 3)),
        ("Dienstag, 03/11/2026", UNKNOWN, date(2026, 11, 3)),
        ("Sat, 03/11/2026", UNKNOWN, None),  # neither is one
        ("Tue, 03/11/26", US, date(2026, 3, 11)),
    ],
)
def test_a_weekday_tells_the_order_of_day_and_month(
    text: str, conventions: Conventions, expected: date | None
) -> None:
    reading = read_date(text, conventions)

    assert (reading and reading.day) == expected


@pytest.mark.parametrize(
    "names",
    [
        "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
        "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra",
        "januar februar marec april maj junij julij avgust september oktober november december",
        "jan feb mrt apr mei jun jul aug sep okt nov dec",
        "jan feb mars april mai juni juli aug sep okt nov des",
        "jan. febr. márc. ápr. máj. jún. júl. aug. szept. okt. nov. dec.",
        "янв фев мар апр мая июн июл авг сен окт ноя дек",
        "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень",
        "xaneiro febreiro marzo abril maio xuño xullo agosto setembro outubro novembro decembro",
        "ಜನವರಿ ಫೆಬ್ರವರಿ ಮಾರ್ಚ್ ಏಪ್ರಿಲ್ ಮೇ ಜೂನ್ ಜುಲೈ ಆಗಸ್ಟ್ ಸೆಪ್ಟೆಂಬರ್ ಅಕ್ಟೋಬರ್ ನವೆಂಬರ್ ಡಿಸೆಂಬರ್",
        "ጃንዋሪ ፌብሩዋሪ ማርች ኤፕሪል ሜይ ጁን ጁላይ ኦገስት ሴፕቴምበር ኦክቶበር ኖቬምበር ዲሴምበር",
        "januarie februarie maart april mei junie julie augustus september oktober november desember",
    ],
)
def test_the_months_of_a_language_are_known_one_and_all(names: str) -> None:
    days = [read_date(f"12 {name} 2026") for name in names.split()]

    assert [reading and reading.day for reading in days] == [date(2026, month, 12) for month in range(1, 13)]


@pytest.mark.parametrize(
    "said",
    [
        *("12 d’abril de 2026", "2026. ápr. 12.", "2026. április 12.", "2026 April 12", "2026 एप्रिल 12"),
        *(
            "2026 թ. ապրիլի 12",
            "2026 ж. 12 сәуір",
            "12 tháng 4, 2026",
            "12 thg 4, 2026",
            "12 เมษายน ค.ศ. 2026",
        ),
    ],
)
def test_days_stand_before_and_after_their_months(said: str) -> None:
    reading = read_date(said)

    assert reading
    assert reading.day == date(2026, 4, 12)


@pytest.mark.parametrize(
    ("said", "unit", "number"),
    [
        *(("Posted 3hrs. ago", "hours", 3), ("an hour ago", "hours", 1), ("vor 2 Tagen", "days", 2)),
        *(("发布于3小时之前", "hours", 3), ("3 日前", "days", 3), ("il y a une heure", "hours", 1)),
        *(("20 minuti fa", "minutes", 20), ("for 2 timer siden", "hours", 2), ("3 часа назад", "hours", 3)),
        *(("2 gün önce", "days", 2), ("5 phút trước", "minutes", 5), ("قبل 3 ساعات", "hours", 3)),
        *(("3 ชั่วโมงที่ผ่านมา", "hours", 3), ("Yesterday at 5 pm", "days", 1), ("kemarin", "days", 1)),
    ],
)
def test_how_long_ago_is_read_as_many_languages_say_it(said: str, unit: str, number: int) -> None:
    assert ago_in(said) == Ago(timedelta(**{unit: 1}), number)


def test_the_number_is_that_of_the_words_whatever_stands_before_them() -> None:
    assert ago_in("#1 in 2026: 3 hours ago") == Ago(timedelta(hours=1), 3)
    assert ago_in("12345 hours ago") is None


@pytest.mark.parametrize(
    "said",
    ["3 days", "3 hours agora", "I met him yesterday, and we spoke of the plans that both of us have", ""],
)
def test_what_says_no_time_is_none(said: str) -> None:
    assert ago_in(said) is None
