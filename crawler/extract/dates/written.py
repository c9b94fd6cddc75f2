"""Dates as sites write them, read by anchored patterns; what is ambiguous is not guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil import parser

from crawler.extract.dates.date_forms import ROC_FORMS, SOLAR_FORMS, STATED_FORMS, forms_in
from crawler.extract.dates.months import month_named
from crawler.extract.dates.relative_times import DAY, ago_in
from crawler.extract.dates.solar import SOLAR_MONTHS, counts_solar_years, solar_day
from crawler.extract.dates.weekdays import month_comes_first

EARLIEST_YEAR = 1985  # nothing on the web was published before it
FIRST_YEAR_OF_NEPAL = 2070  # its calendar is 57 years ahead: such a year is none of the common one
YEAR_FIRST_COUNTRIES = frozenset({"CN", "TW", "JP", "KR", "KP", "MN"})  # 26.05.08 is 8 May 2026 there
CHINESE_TIME = timezone(timedelta(hours=8))
MONTH_FIRST_COUNTRIES = frozenset({"US", "PH", "FM", "PW", "MH"})
_LISTOPAD, _NOVEMBER = frozenset({"listopad", "listopada", "lis"}), 11
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_EIGHT_HOURS_EAST = frozenset({"CN", "HK", "MO", "TW", "SG"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Conventions:
    """How to read what a date leaves open: the zone, the order of 2/3/2017, when "an hour ago" was."""

    zone: tzinfo | None = None
    month_first: bool | None = None  # None: unknown, then an ambiguous date is no date
    now: datetime | None = None
    year_first: bool = False  # 26.05.08 is 8 May 2026
    roc_years: bool = False  # three-digit years count from 1911
    solar_years: bool = False  # those of Iran: 1405 began in March 2026
    october_is_listopad: bool = False  # as in Croatia; elsewhere it is November


@dataclass(frozen=True, slots=True, kw_only=True)
class DateReading:
    """A date found in a text, and where in the text it stands."""

    value: date | datetime
    start: int
    end: int

    @property
    def day(self) -> date:
        """Return the calendar day as it was written."""
        return self.value.date() if isinstance(self.value, datetime) else self.value


def conventions_of(
    *, country: str | None, language: str | None, zone: str | None = None, now: datetime | None = None
) -> Conventions:
    """Return how a site of *country* writes dates; China is always at +08:00 and never says so."""
    land, tongue = (country or "").upper(), (language or "").lower()
    eastern = land in _EIGHT_HOURS_EAST
    return Conventions(
        zone=CHINESE_TIME if eastern else _named_zone(zone) if zone else None,
        month_first=_order_of(land, tongue),
        now=now,
        year_first=land in YEAR_FIRST_COUNTRIES,
        roc_years=land == "TW" or tongue in ("zh-tw", "zh-hant"),
        solar_years=counts_solar_years(country, language),
        october_is_listopad=land in ("HR", "BA") or tongue[:2] in ("hr", "bs"),
    )


def read_date(text: str, conventions: Conventions = Conventions()) -> DateReading | None:
    """Return the first date in *text*, or None where there is none or it is ambiguous."""
    return next(dates_in(text, conventions), None)


def dates_in(text: str, conventions: Conventions = Conventions()) -> Iterator[DateReading]:
    """Yield the dates of *text* in order."""
    if not _NUMBERED.search(text):
        return
    if not text.isascii():
        text = text.translate(NARROW)  # one character for one: places in the text stay true
    found: list[DateReading] = []
    for form in _forms(text, conventions):
        for match in form.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            day = _day_of(match.groupdict(), _at_home(conventions, text, match))
            if day is not None:
                found.append(_with_time(text, match, day, conventions))
    yield from sorted(found, key=lambda reading: reading.start)


def _at_home(conventions: Conventions, text: str, match: re.Match[str]) -> Conventions:
    """Return *conventions* as the weekday before a date tells them, or as the clock behind it does."""
    parts = match.groupdict()
    if parts.get("first") and parts.get("second") and parts.get("year"):
        numbers = int(parts["first"]), int(parts["second"]), int(parts["year"])
        order = month_comes_first(text, match.start(), *numbers)
        if order is not None:
            return replace(conventions, month_first=order)
    if conventions.month_first is None and _AMERICAN_CLOCK.match(text, match.end()):
        return replace(conventions, month_first=True)
    return conventions


def read_compact(text: str) -> date | None:
    """Return the day of eight digits in a row, which only an address or a meta may be read as."""
    for match in _COMPACT.finditer(text):
        if (day := _calendar_day(int(match["year"]), int(match["month"]), int(match["day"]))) is not None:
            return day
    return None


# The zeros of Arabic, Persian, Devanagari, Bengali, Gujarati, Tamil, Telugu, Thai, Burmese, Khmer; full-width
_ZEROS = (0x660, 0x6F0, 0x966, 0x9E6, 0xAE6, 0xBE6, 0xC66, 0xE50, 0x1040, 0x17E0, 0xFF10)
NARROW = {zero + digit: str(digit) for zero in _ZEROS for digit in range(10)} | str.maketrans(
    "／．－،·", "/.-,."
)
# What metas and time elements state. It holds no other form: a date is looked for in the first alone.
_STATED = re.compile(
    r"(?:19|20)\d\d-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?", re.ASCII
)
_NUMBERED = re.compile(r"\d|年")  # in whatever script, there is no date without
_COMPACT = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)")
_HAN = {character: value for value, row in enumerate(("〇○零", *"一二三四五六七八九")) for character in row}
_BUDDHIST_ERA = 543  # years before the common one
_BUDDHIST_CENTURY = 2500  # that years of two digits leave out
_PUBLISHED_IN_FULL = "發"  # as labels of Taiwan and Hong Kong begin; a year of three digits is Taiwan's
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
_TIME = re.compile(
        r"[日号號]?[\s,|·•–—-]{0,4}(?:[(（]?(?:星期|周)?[月火水木金土一二三四五六日天][)）]?\s)?(?:T|at\s|um\s|à\s"
        r"|a las\s|às\s|kl\.?\s|ساعت\s)?\s?"
    r"(?P<half>上午|下午|晚上|凌晨|午前|午後)?\s?(?P<hour>[01]?\d|2[0-4])\s?[:：时時点h.]\s?(?P<minute>[0-5]\d)(?!\d)分?"
    r"(?:[:：](?P<second>[0-5]\d|60)秒?(?:[.,]\d{1,9})?)?\s?(?P<ampm>[ap]\.?\s?m\b)?\.?"
    r"(?:\s?\(?(?P<offset>Z\b|[+-]\d\d:?\d\d|UTC\b|GMT\b))?",
    re.IGNORECASE,
)  # fmt: skip
_AMERICAN_CLOCK = re.compile(
    r"[\s,|–-]{0,4}(?:at\s)?\d{1,2}:\d\d(?::\d\d)?\s?[ap]\.?m\.?,?\s?\(?[ECMP][SD]?T\b", re.IGNORECASE
)
_LATE = frozenset({"下午", "晚上", "午後"})
_LARGEST_OFFSET = timedelta(hours=14)
_SOME_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - only the time of day is read


def read_epoch(text: str) -> datetime | None:
    """Return the moment (UTC) of an epoch time, in seconds or milliseconds, from the year 2001 to 2033."""
    return datetime.fromtimestamp(int(text[:10]), UTC) if _EPOCH.fullmatch(text) else None


def read_relative(text: str, conventions: Conventions) -> date | datetime | None:
    """Return what "3 hours ago" in *text* means at the fetch; None without a fetch time."""
    now = conventions.now
    ago = ago_in(text.translate(NARROW)) if now is not None else None
    if now is None or ago is None:
        return None
    local = now.astimezone(conventions.zone) if conventions.zone else now
    moment = local - ago.unit * ago.number
    return moment.replace(second=0, microsecond=0) if ago.unit < DAY else moment.date()


def _forms(text: str, conventions: Conventions) -> Sequence[re.Pattern[str]]:
    if _STATED.fullmatch(text):
        return STATED_FORMS
    forms = forms_in(text)
    if conventions.solar_years:
        return (*SOLAR_FORMS, *forms)
    if conventions.roc_years:
        return (*forms, *ROC_FORMS)
    return (*forms, ROC_FORMS[0]) if _PUBLISHED_IN_FULL in text else forms


def _order_of(country: str, language: str) -> bool | None:
    if country:
        return country in MONTH_FIRST_COUNTRIES
    return None if language[:2] in ("", "en") else False


@lru_cache(maxsize=256)
def _named_zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # an unknown or ill-formed name: then there is no zone
        return None


def _day_of(parts: dict[str, str | None], conventions: Conventions) -> date | None:
    if parts.get("first"):
        return _numeric_day(parts, conventions)
    if parts.get("hanyear"):
        return _han_day(parts)
    if solar := parts.get("solar"):
        month = SOLAR_MONTHS[name] if (name := parts.get("solarname")) else int(parts["month"] or 0)
        return solar_day(int(solar), month, int(parts["day"] or 0))
    year = _year_of(parts)
    name = parts.get("name")
    month = month_named(name) if name else int(parts["month"] or 0)
    if conventions.october_is_listopad and month == _NOVEMBER and name and name.lower() in _LISTOPAD:
        month = _NOVEMBER - 1
    return _calendar_day(year, month, int(parts["day"] or 0))


def _year_of(parts: dict[str, str | None]) -> int:
    if roc := parts.get("roc"):
        return 1911 + int(roc)
    if buddhist := parts.get("buddhist"):
        return int(buddhist) - _BUDDHIST_ERA + (_BUDDHIST_CENTURY if len(buddhist) == 2 else 0)
    if era := parts.get("era"):
        count = parts["erayear"] or "1"
        return _ERAS[era] + (1 if count == "元" else int(count))
    return int(parts["year"] or 0)


def _numeric_day(parts: dict[str, str | None], conventions: Conventions) -> date | None:
    """Return the day of 2/3/2017, if the site's country or the numbers themselves tell the order."""
    first, second = int(parts["first"] or 0), int(parts["second"] or 0)
    if thai := parts.get("thaiyear"):
        return _calendar_day(int(thai) - _BUDDHIST_ERA, second, first)
    short = int(parts.get("shortyear") or 0)
    if conventions.year_first and not parts.get("year"):
        return _calendar_day(2000 + first, second, short)
    year = int(parts.get("year") or 2000 + short)
    month_first = conventions.month_first
    if parts["mark"] == "." and not month_first:
        return _calendar_day(year, second, first)
    if first > 12 or second > 12:
        month_first = second > 12
    elif first == second:
        month_first = True
    if month_first is None:
        return None
    return _calendar_day(year, first, second) if month_first else _calendar_day(year, second, first)


def _han_day(parts: dict[str, str | None]) -> date | None:
    year = int("".join(str(_HAN[digit]) for digit in parts["hanyear"] or ""))
    return _calendar_day(year, _han_number(parts["hanmonth"] or ""), _han_number(parts["handay"] or ""))


def _han_number(text: str) -> int:
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.rpartition("十")
    return (_HAN.get(tens, 1) * 10 if ten else 0) + _HAN.get(ones, 0)


def _calendar_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if EARLIEST_YEAR <= year < FIRST_YEAR_OF_NEPAL else None
    except ValueError:
        return None


def _with_time(text: str, match: re.Match[str], day: date, conventions: Conventions) -> DateReading:
    time = _TIME.match(text, match.end())
    clock = _clock_of(time) if time else None
    if time is None or clock is None:
        return DateReading(value=day, start=match.start(), end=match.end())
    moment = datetime.combine(day, clock, tzinfo=clock.tzinfo or conventions.zone)
    return DateReading(value=moment, start=match.start(), end=time.end())


def _clock_of(match: re.Match[str]) -> time | None:
    """Return the time of day that *match* states, or None for the hour 24."""
    hour = int(match["hour"])
    if hour > 23:
        return None
    offset = match["offset"] or ""
    if hour > 12 or not (match["half"] or match["ampm"]):
        half = ""  # "14:30 PM" is what some sites print
    elif match["half"]:
        half = "pm" if match["half"] in _LATE else "am"
    else:
        half = f"{match['ampm'][0]}m"
    second = min(int(match["second"] or 0), 59)  # no clock holds the second that some systems count to
    if not (half or offset):  # nothing to interpret, and by far the most
        return time(hour, int(match["minute"]), second)
    return _read_clock(f"{hour}:{match['minute']}:{second:02} {half} {offset}")


@lru_cache(maxsize=1024)
def _read_clock(text: str) -> time | None:
    """Return the time in *text*, which is spelled as dateutil reads it without guessing."""
    try:
        clock = parser.parse(text, default=_SOME_DAY).timetz()
        offset = clock.utcoffset()
    except (ValueError, OverflowError):  # a second of 60, an offset of 30 hours and the like
        return None
    if offset is None or abs(offset) > _LARGEST_OFFSET:
        return clock.replace(tzinfo=None)
    return clock.replace(tzinfo=timezone(offset) if offset else UTC)
