"""Dates inside the text ("on the 8th"), resolved against the day of publication and kept apart from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice

from crawler.extract.dates.months import MONTHS
from storage.records import Mention

MOST_MENTIONS = 50
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH_NAMES = _MONTHS.split("|")
_BEHIND_THE = re.compile("the [0-9]")
_BEFORE_DAY = re.compile(rf"\b(?:(?:on|since|from|until|by) the|({_MONTHS})) $")
_LOOK_BACK = 20  # characters: the longest month, or the longest words before a day
# How the word before a day ends: all of one length, as a look behind asks for.
_ENDS_BEFORE_DAY = "|".join(("the ", *(f"{month[-3:]} " for month in _MONTH_NAMES)))
# A number of a day behind one of these words or before a month. It begins with the digit, which is quickly
# searched for; what stands around it is asked then.
_ENGLISH_DAY = re.compile(
    r"[0-9](?<!\w[0-9])(?![0-9]{2})"
    rf"(?:(?<=(?:{_ENDS_BEFORE_DAY})[0-9])|(?=[0-9]?(?:st|nd|rd|th)?\ (?:{_MONTHS})\b))[0-9]?(st|nd|rd|th)?\b"
)
_NO_DAY = re.compile(r" (?:century|anniversary|floor)")
_MONTH_AFTER = re.compile(rf" ({_MONTHS})\b(?!,? \d{{4}})")
_YEAR_AFTER = re.compile(r",? \d{4}")
# A day, or a month and its day; it begins with the digit, too.
_HAN_DAY = re.compile(
    r"\d(?:(?<![\d月]\d)\d?日(?=[上下]午|[，,、在至晚]|举|召|从|讯)|(?<![\d年]\d)\d?月\d{1,2}日)"
)


def mentions_of(paragraphs: Sequence[str], published: date | None) -> tuple[Mention, ...]:
    """Return the incomplete dates of *paragraphs* as days, in their order; none without *published*.

    A day without a month is the last such day up to the day of publication; a day without a year is the
    nearest one to it.
    """
    if published is None:
        return ()
    text = "\n".join(paragraphs)  # no date goes on in the next one
    places = [*_in_chinese(text, published), *_in_english(text, published)]
    found: dict[tuple[str, date], Mention] = {}
    for _, words, day in sorted(places, key=lambda place: place[0]):
        if day is not None:
            found.setdefault((words, day), Mention(text=words, day=day))
    return tuple(islice(found.values(), MOST_MENTIONS))


def _in_chinese(text: str, published: date) -> Iterator[tuple[int, str, date | None]]:
    if "日" not in text:
        return
    for match in _HAN_DAY.finditer(text):
        month, _, day = match[0].rstrip("日").rpartition("月")
        found = _nearest(int(month), int(day), published) if month else _last_day(int(day), published)
        yield match.start(), match[0], found


def _in_english(text: str, published: date) -> Iterator[tuple[int, str, date | None]]:
    if not (_BEHIND_THE.search(text) or any(map(text.__contains__, _MONTH_NAMES))):
        return
    for number in _ENGLISH_DAY.finditer(text):
        start, after = number.span()
        ordinal = number[1]
        day = int(number[0].removesuffix(ordinal or ""))
        if before := _BEFORE_DAY.search(text, max(0, start - _LOOK_BACK), start):
            words = text[before.start() : after]
            if before[1] and not _YEAR_AFTER.match(text, after):
                yield before.start(), words, _nearest(MONTHS[before[1].lower()], day, published)
            elif not before[1] and ordinal and not _NO_DAY.match(text, after):
                yield before.start(), words, _last_day(day, published)
        if month := _MONTH_AFTER.match(text, after):
            yield start, text[start : month.end()], _nearest(MONTHS[month[1].lower()], day, published)


def _last_day(number: int, published: date) -> date | None:
    """Return the last day of that number up to *published*, within two months."""
    if not 1 <= number <= 31:
        return None
    for back in range(62):
        day = published - timedelta(days=back)
        if day.day == number:
            return day
    return None


def _nearest(month: int, number: int, published: date) -> date | None:
    candidates = []
    for year in (published.year - 1, published.year, published.year + 1):
        try:
            candidates.append(date(year, month, number))
        except ValueError:
            continue
    return min(candidates, key=lambda day: abs(day - published), default=None)
