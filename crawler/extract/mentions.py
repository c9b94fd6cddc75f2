"""Dates inside the text ("on the 8th"), resolved against the day of publication and kept apart from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from crawler.extract.months import MONTHS
from storage.records import Mention

MOST_MENTIONS = 50
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_ON_THE = re.compile(
    r"\b(?:on|since|from|until|by) the (\d{1,2})(?:st|nd|rd|th)\b(?! (?:century|anniversary|floor))"
)
_MONTH_DAY = re.compile(rf"\b({_MONTHS}) (\d{{1,2}})(?:st|nd|rd|th)?\b(?!,? \d{{4}})")
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? ({_MONTHS})\b(?!,? \d{{4}})")
# A day number beside a word or a month: without one the longer patterns need not look.
_LATIN_SIGN = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)\b|\b\d{1,2} [A-Z]|[a-z] \d{1,2}\b")
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
    if _LATIN_SIGN.search(paragraph):
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
    for match in _ON_THE.finditer(paragraph):
        yield match.start(), match[0], _last_day(int(match[1]), published)
    for match in _MONTH_DAY.finditer(paragraph):
        yield match.start(), match[0], _nearest(MONTHS[match[1].lower()], int(match[2]), published)
    for match in _DAY_MONTH.finditer(paragraph):
        yield match.start(), match[0], _nearest(MONTHS[match[2].lower()], int(match[1]), published)


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
