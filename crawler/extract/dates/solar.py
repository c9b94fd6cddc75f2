"""The solar calendar of Iran and Afghanistan: 29 Mehr 1405 is 21 October 2026."""

from __future__ import annotations

from datetime import date

# Persian (also with the letters of Arabic keyboards), Dari and Pashto names, a month a row.
_NAMES = (
    "فروردین فروردين حمل وری",
    "اردیبهشت ارديبهشت ثور غویی",
    "خرداد جوزا غبرګولی",
    "تیر تير سرطان چنګاښ",
    "مرداد امرداد اسد زمری",
    "شهریور شهريور سنبله وږی",
    "مهر میزان تله",
    "آبان ابان عقرب لړم",
    "آذر اذر قوس لیندۍ",
    "دی دي جدی مرغومی",
    "بهمن دلو سلواغه",
    "اسفند حوت کب",
)
SOLAR_MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
SOLAR_MONTH_PATTERN = "|".join(sorted(SOLAR_MONTHS, key=len, reverse=True))
SOLAR_YEAR = "1[34][0-9]{2}"
_SOLAR_COUNTRIES = frozenset({"IR", "AF"})
_SOLAR_LANGUAGES = frozenset({"fa", "ps", "prs"})
_EVE_OF_YEAR_ONE = date(622, 3, 20).toordinal()
_LONG_MONTHS = 6  # the first ones, of 31 days each; the others have 30, the last 29 where no day is added


def counts_solar_years(country: str | None, language: str | None) -> bool:
    """Return whether a site of *country* in *language* may write years of the solar calendar."""
    tongue = (language or "").lower().replace("_", "-").partition("-")[0]
    return (country or "").upper() in _SOLAR_COUNTRIES or tongue in _SOLAR_LANGUAGES


def solar_day(year: int, month: int, day: int) -> date | None:
    """Return the day that the solar calendar calls so, None where it has no such day.

    The leap years of the 33-year cycle, which are those of the calendar in force from 1865 to 2093.
    """
    if not (1300 <= year <= 1470 and 1 <= month <= 12):
        return None
    longest = 31 if month <= _LONG_MONTHS else 30 if month < 12 else 29 + _is_leap(year)
    if not 1 <= day <= longest:
        return None
    before = 31 * min(month - 1, _LONG_MONTHS) + 30 * max(month - 1 - _LONG_MONTHS, 0)
    return date.fromordinal(_EVE_OF_YEAR_ONE + 365 * (year - 1) + (8 * year + 21) // 33 + before + day)


def _is_leap(year: int) -> bool:
    return (8 * year + 29) // 33 > (8 * year + 21) // 33
