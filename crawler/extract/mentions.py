"""Dates inside the text ("on the 8th"), resolved against the day of publication and kept apart from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from crawler.extract.months import MONTHS
from storage.records import Mention

MOST_MENTIONS = 50
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# English dates are looked for around each number, which costs less than to look for their words.
_NUMBER = re.compile("[0-9]+")
_LOOK_BACK = 20  # characters: the longest month, or the longest words before a day
_BEFORE_DAY = re.compile(rf"\b(?:(?:on|since|from|until|by) the|({_MONTHS})) $")
_ORDINAL = re.compile(r"(st|nd|rd|th)?\b")
# How the word before a day ends; all else need not be looked at.
_ENDS_BEFORE_DAY = frozenset({"the ", *(f"{month[-3:]} " for month in _MONTHS.split("|"))})
_NO_DAY = re.compile(r" (?:century|anniversary|floor)")
_MONTH_AFTER = re.compile(rf" ({_MONTHS})\b(?!,? \d{{4}})")
_YEAR_AFTER = re.compile(r",? \d{4}")
_HAN_MONTH_DAY = re.compile(r"(?<![\d年])(\d{1,2})月(\d{1,2})日")
_HAN_DAY = re.compile(r"(?<![\d月])(\d{1,2})日(?=[上下]午|[，,、在至晚]|举|召|从|讯)")


def mentions_of(paragraphs: Sequence[str], published: date | None) -> tuple[Mention, ...]:
    """Return the incomplete dates of *paragraphs* as days, in their order; none without *published*.

    A day without a month is the last such day up to the day of publication; a day without a year is the
    nearest one to it.
    """
    if published is None:
        return ()
    found: dict[tuple[str, date], Mention] = {}
    for paragraph in paragraphs:
        for text, day in _in_paragraph(paragraph, published):
            found.setdefault((text, day), Mention(text=text, day=day))
            if len(found) >= MOST_MENTIONS:
                return tuple(found.values())
    return tuple(found.values())


def _in_paragraph(paragraph: str, published: date) -> Iterator[tuple[str, date]]:
    places: list[tuple[int, str, date | None]] = []
    if "日" in paragraph:
        places.extend(_in_chinese(paragraph, published))
    places.extend(_in_english(paragraph, published))
    for _, text, day in sorted(places, key=lambda place: place[0]):
        if day is not None:
            yield text, day


def _in_chinese(paragraph: str, published: date) -> Iterator[tuple[int, str, date | None]]:
    for match in _HAN_DAY.finditer(paragraph):
        yield match.start(), f"{match[1]}日", _last_day(int(match[1]), published)
    for match in _HAN_MONTH_DAY.finditer(paragraph):
        yield match.start(), match[0], _nearest(int(match[1]), int(match[2]), published)


def _in_english(paragraph: str, published: date) -> Iterator[tuple[int, str, date | None]]:
    for number in _NUMBER.finditer(paragraph):
        start, end = number.span()
        in_word = start > 0 and (paragraph[start - 1].isalnum() or paragraph[start - 1] == "_")
        if in_word or end - start > 2 or (ordinal := _ORDINAL.match(paragraph, end)) is None:
            continue
        day, after = int(number[0]), ordinal.end()
        before = None
        if paragraph[max(0, start - 4) : start] in _ENDS_BEFORE_DAY:
            before = _BEFORE_DAY.search(paragraph, max(0, start - _LOOK_BACK), start)
        if before:
            text = paragraph[before.start() : after]
            if before[1] and not _YEAR_AFTER.match(paragraph, after):
                yield before.start(), text, _nearest(MONTHS[before[1].lower()], day, published)
            elif not before[1] and ordinal[1] and not _NO_DAY.match(paragraph, after):
                yield before.start(), text, _last_day(day, published)
        if paragraph.startswith(" ", after) and (month := _MONTH_AFTER.match(paragraph, after)):
            yield start, paragraph[start : month.end()], _nearest(MONTHS[month[1].lower()], day, published)


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
