"""The day that a list row states, in the forms that government lists use.

Nothing is guessed: a numeric day and month are read only in an order that the page's country or the
other rows of the list prove, and a day without its year is no date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from crawler.extract.countries import country_of
from crawler.extract.dates.months import MONTH_PATTERN, month_named
from crawler.extract.dates.solar import (
    SOLAR_MONTH_PATTERN,
    SOLAR_MONTHS,
    SOLAR_YEAR,
    counts_solar_years,
    solar_day,
)
from crawler.extract.dates.weekdays import month_comes_first
from crawler.extract.dates.written import (
    FIRST_YEAR_OF_NEPAL,
    MONTH_FIRST_COUNTRIES,
    NARROW,
    YEAR_FIRST_COUNTRIES,
    read_date,
)
from crawler.platforms.lists.links import host_of
from storage.patterns import lazy_pattern

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page


class DateOrder(StrEnum):
    """Which number of `2/3/2019` is the month; where the year comes first, only its two digits tell."""

    MONTH_FIRST = "month first"
    DAY_FIRST = "day first"
    YEAR_FIRST = "year first"


class Years(StrEnum):
    """From when a page may count its years, beside the common ones."""

    COMMON = "common"
    REPUBLIC = "from 1912"
    SOLAR = "solar"


_MONTH = rf"(?P<month>{MONTH_PATTERN})\.?"
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_NAMED = lazy_pattern(
    rf"(?<![\w/])(?<!\d[.-])(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|º)?\.?[\s\-/|·]{{0,3}}(?:of |de )?{_MONTH}"
    rf",?[\s\-/|·]{{1,3}}(?:de )?{_YEAR}(?!\d)"
    rf"|(?<!\w){_MONTH.replace('month', 'month2')}\s{{0,3}}(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?"
    r"\s?,?\s{1,3}(?P<year2>(?:19|20)\d{2})(?!\d)",
    re.IGNORECASE,
)
_ERA_YEAR = r"(?P<era>令和|平成)\s?(?P<count>元|\d{1,2})\s?年"
_PERIOD = lazy_pattern(
    rf"(?:(?:19|20)\d{{2}}\s?年?|{_ERA_YEAR})(?:\s?[01]?\d\s?月)?分?|"
    + _MONTH.replace("?P<month>", "?:")
    + r",? (?:19|20)\d{2}",
    re.IGNORECASE,
)
_MONTH_AND_DAY = (
    r"(?:[01]?\d[月월]\s?[0-3]?\d[日일]"
    + rf"|[0-3]?\d(?:st|nd|rd|th|er|º|\.)?\s{_MONTH.replace('?P<month>', '?:')}"
    rf"|{_MONTH.replace('?P<month>', '?:')}\s[0-3]?\d(?:st|nd|rd|th)?)"
)
# As lists of this year print it: "11-08", "11月8日", "8 Nov".
_YEARLESS = lazy_pattern(rf"(?:[0-3]?\d\s?[-/.]\s?[0-3]?\d|{_MONTH_AND_DAY})", re.IGNORECASE)
_NAMED_YEARLESS = lazy_pattern(rf"(?<!\w){_MONTH_AND_DAY}(?![\da-zà-ÿа-я])", re.IGNORECASE)
_YEAR_OF = re.compile(r"(?:19|20)\d{2}")
_DIGIT = re.compile(r"\d")
_YEAR_FIRST = re.compile(
    rf"(?<!\d){_YEAR}\s?[-/.·年년‑–]\s?(?P<month>[01]?\d)\s?[-/.·月월‑–]\s?(?P<day>[0-3]?\d)(?![\d月월])"
)
_COMPACT = re.compile(r"(?<![\d/])(?P<year>20\d{2})(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)")
# A calendar sheet: the day large, year and month small, in either order.
_SHEET = re.compile(
    rf"(?<![\d:/.-])(?P<day>[0-3]?\d)日?\s{{1,3}}{_YEAR}\s?[-/.年]\s?(?P<month>[01]?\d)月?(?![\d/.-])"
    r"|(?<!\d)(?P<year2>(?:19|20)\d{2})\s?[-/.年]\s?(?P<month2>[01]?\d)月?\s{1,3}(?P<day2>[0-3]?\d)日?(?![\d:月])"
    r"|(?<![\d:/.-])(?P<day4>[0-3]?\d)\s{1,3}[Tt]háng\s(?P<month4>[01]?\d)\s?[-/,.]?\s?(?P<year4>20\d{2})(?!\d)"
    r"|(?<![\d:/.-])(?P<month3>[01]?\d)[-/.月](?P<day3>[0-3]?\d)日?\s{1,3}(?P<year3>(?:19|20)\d{2})年?(?![\d/.-])"
)
# "22Jul14", "22-Jul-14"
_SHORT_YEAR = lazy_pattern(
    r"(?<![\w-])(?P<day>[0-3]?\d)(?P<mark>[-/]?)(?P<month>[A-Za-z]{3,4})(?P=mark)(?P<year>\d{2})(?![\w:/-])"
)
_NUMERIC = re.compile(r"(?<![\d/.-])([0-3]?\d)([-/.])([0-3]?\d)\2((?:19|20)?\d{2})(?![\d/.-])")
_ROC = re.compile(
    r"(?<!\d)(?:民國|民国)?\s?(1\d{2}|[5-9]\d)\s?[-/.年]\s?([01]?\d)\s?[-/.月]\s?([0-3]?\d)(?!\d)"
)
_ROC_COMPACT = re.compile(r"(?<![\w./-])(1[0-2]\d)([01]\d)([0-3]\d)(?![\w./-])")
_ERA = re.compile(_ERA_YEAR + r"\s?(?P<month>[01]?\d)月\s?(?P<day>[0-3]?\d)日")
_SOLAR = lazy_pattern(
    rf"(?<![\d/])(?P<year>{SOLAR_YEAR})\s?[-/.]\s?(?P<month>[01]?\d)\s?[-/.]\s?(?P<day>[0-3]?\d)(?!\d)"
    rf"|(?<!\d)(?P<day2>[0-3]?\d)\s?(?P<name2>{SOLAR_MONTH_PATTERN})(?:\s?ماه)?\s?[,،]?\s(?P<year2>{SOLAR_YEAR})(?!\d)"
)
_PERSIAN_DIGIT = re.compile("[۰-۹]")
_ERA_IN = re.compile(_ERA_YEAR)
_ERA_START = {"令和": 2018, "平成": 1988}
# In writing that the patterns above leave to those of articles: Chinese numerals, words around each number.
_OTHERWISE = re.compile(
    r"[〇○零一二三四五六七八九]{4}年|(?<!\d)(?:19|20|25)\d{2}(?!\d)"
    "|[\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"
)

# Beside those of countries, whose letters are also what else sites are called by.
_DAY_FIRST_HOSTS = (".eu", ".co", ".scot", ".wales")


def read_listed_date(
    text: str, order: DateOrder | None = None, *, years: Years = Years.COMMON
) -> date | None:
    """Return the first day that *text* states, or None; *years* are those that its page may count."""
    if not (_DIGIT.search(text) or "年" in text):
        return None
    persian = not text.isascii() and _PERSIAN_DIGIT.search(text) is not None
    text = text if text.isascii() else text.translate(NARROW)
    for pattern in (_YEAR_FIRST, _NAMED, _SHEET, _COMPACT):
        for match in pattern.finditer(text):
            day = _from_groups(match)
            if day:
                return day
    if years is Years.SOLAR or persian:
        return _solar_day(text) or _numeric_day(text, order)
    return (
        _era_day(text)
        or (_roc_day(text) if years is Years.REPUBLIC else None)
        or _numeric_day(text, order)
        or _day_of_short_year(text)
        or _day_otherwise(text)
    )


def _day_otherwise(text: str) -> date | None:
    reading = read_date(text) if _OTHERWISE.search(text) else None
    return reading.day if reading else None


def leading_day(text: str, order: DateOrder | None) -> date | None:
    """Return the day that *text* begins with, or None."""
    head = text[:24]
    found = filter(None, (pattern.search(head) for pattern in (_YEAR_FIRST, _NAMED, _NUMERIC)))
    return read_listed_date(head, order) if any(match.start() <= 2 for match in found) else None


def states_a_day(text: str) -> bool:
    """Tell whether *text* states a day, in whichever order."""
    return any(read_listed_date(text, order) for order in DateOrder) or _solar_day(text) is not None


def is_a_day(text: str) -> bool:
    """Tell whether *text* is a day and nothing else but the name of a weekday or a label."""
    if not _DIGIT.search(text):
        return False
    text = text.translate(NARROW)
    for pattern in (_YEAR_FIRST, _NAMED, _SHEET, _ERA, _SOLAR, _NUMERIC, _COMPACT):
        match = pattern.search(text)
        if match:
            return _is_all_of(text, match) and states_a_day(text)
    return False


def _is_all_of(text: str, match: re.Match[str]) -> bool:
    """Return whether *text* says no more than *match* beside the name of a weekday or a label."""
    rest = text[: match.start()] + text[match.end() :]
    return sum(map(str.isalpha, rest)) <= len("Wednesday")


def is_a_day_without_year(text: str) -> bool:
    """Tell whether *text* is a month and a day and nothing else: no date, but the sign of a list's row."""
    return _YEARLESS.fullmatch(text) is not None


def month_and_day(text: str) -> str:
    """Return the month and day that *text* names beside a weekday or a label, empty where it says more."""
    match = _NAMED_YEARLESS.search(text)
    return match[0] if match and _is_all_of(text, match) else ""


def day_in_period(text: str, period: str) -> date | None:
    """Return the day that *text*, a month and a day and nothing else, is in a *period* named apart."""
    if not (is_a_day_without_year(text) and is_a_period(period)):
        return None
    period = _in_common_years(period)
    year = _YEAR_OF.findall(period)[0]
    day = read_listed_date(f"{text} {year}") or read_listed_date(f"{year}-{text}")
    month = read_listed_date(f"{period}1日") or read_listed_date(f"1 {period}")
    return day if day and (month is None or month.month == day.month) else None


def is_a_period(text: str) -> bool:
    """Tell whether *text* is a year or a month of one and nothing else: the rest of the days under it."""
    return _PERIOD.fullmatch(text if text.isascii() else text.translate(NARROW)) is not None


def year_and_month(period: str) -> tuple[int, int] | None:
    """Return the year that *period* is, and its month, 0 where it is all of it; None where it is none."""
    if not is_a_period(period):
        return None
    period = _in_common_years(period)
    month = read_listed_date(f"{period}1日") or read_listed_date(f"1 {period}")
    return (month.year, month.month) if month else (int(_YEAR_OF.findall(period)[0]), 0)


def _in_common_years(period: str) -> str:
    """Return *period* with its year as others count it, without the word for "of" behind its month."""
    period = period.translate(NARROW).removesuffix("分")
    era = _ERA_IN.match(period)
    return f"{_year_of_era(era)}年{period[era.end() :]}" if era else period


def order_for(page: Page, texts: Iterable[str]) -> DateOrder | None:
    """Return the order of day and month on *page*: what *texts* prove, else the custom of its country."""
    custom = _customary_order(page)
    for text in texts:
        for match in _NUMERIC.finditer(text):
            if custom is DateOrder.YEAR_FIRST and len(match[4]) == 2:
                continue
            first, second = int(match[1]), int(match[3])
            if first > 12 >= second:
                return DateOrder.DAY_FIRST
            if second > 12 >= first:
                return DateOrder.MONTH_FIRST
    return custom


def years_of(page: Page) -> Years:
    """Return how *page* may count years, by its country and its language."""
    context, host = page.context, host_of(page.url)
    if context.country == "TW" or host.endswith((".tw", ".taipei")):
        return Years.REPUBLIC
    land = context.country or host.rpartition(".")[2]
    solar = counts_solar_years(land, context.language or page.tree.get("lang"))
    return Years.SOLAR if solar else Years.COMMON


def _customary_order(page: Page) -> DateOrder | None:
    country = page.context.country or country_of(page.url, "") or ""
    language = page.context.language or page.tree.get("lang") or ""
    if country in YEAR_FIRST_COUNTRIES:
        return DateOrder.YEAR_FIRST
    if country == "CA":  # both are in use there
        return None
    if country in MONTH_FIRST_COUNTRIES:
        return DateOrder.MONTH_FIRST
    known = country or host_of(page.url).endswith(_DAY_FIRST_HOSTS) or language[:2] not in ("", "en", "zh")
    return DateOrder.DAY_FIRST if known else None


def _from_groups(match: re.Match[str]) -> date | None:
    groups = {name.rstrip("234"): value for name, value in match.groupdict().items() if value}
    month = groups["month"]
    number = int(month) if month.isdigit() else month_named(month)
    return _day(int(groups["year"]), number, int(groups["day"]))


def _numeric_day(text: str, order: DateOrder | None) -> date | None:
    match = _NUMERIC.search(text)
    if match is None:
        return None
    first, second = int(match[1]), int(match[3])
    if order is DateOrder.YEAR_FIRST and len(match[4]) == 2:
        return _day(2000 + first, second, int(match[4]))
    year = int(match[4]) if len(match[4]) == 4 else 2000 + int(match[4])
    weekday = month_comes_first(text, match.start(), first, second, year)
    if weekday is not None:
        order = DateOrder.MONTH_FIRST if weekday else DateOrder.DAY_FIRST
    elif second > 12 or first == second:
        order = DateOrder.MONTH_FIRST
    elif first > 12:
        order = DateOrder.DAY_FIRST
    if order in (None, DateOrder.YEAR_FIRST):
        return None
    return _day(year, first, second) if order is DateOrder.MONTH_FIRST else _day(year, second, first)


def _day_of_short_year(text: str) -> date | None:
    match = _SHORT_YEAR.search(text)
    month = month_named(match["month"]) if match else None
    return _day(2000 + int(match["year"]), month, int(match["day"])) if match and month else None


def _roc_day(text: str) -> date | None:
    match = _ROC.search(text) or _ROC_COMPACT.search(text)
    return _day(1911 + int(match[1]), int(match[2]), int(match[3])) if match else None


def _solar_day(text: str) -> date | None:
    match = _SOLAR.search(text.translate(NARROW))
    if match is None:
        return None
    groups = {name.rstrip("2"): value for name, value in match.groupdict().items() if value}
    name = groups.get("name")
    month = SOLAR_MONTHS[name] if name else int(groups["month"])
    return solar_day(int(groups["year"]), month, int(groups["day"]))


def _era_day(text: str) -> date | None:
    match = _ERA.search(text)
    return _day(_year_of_era(match), int(match["month"]), int(match["day"])) if match else None


def _year_of_era(match: re.Match[str]) -> int:
    return _ERA_START[match["era"]] + (1 if match["count"] == "元" else int(match["count"]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year < FIRST_YEAR_OF_NEPAL else None
    except ValueError:  # 2019-13-45 is a number, not a day
        return None
