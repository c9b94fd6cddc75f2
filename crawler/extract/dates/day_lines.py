"""Dates that lines of a text state: alone, behind a place that opens it, in a signature."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extract.dates.months import MONTH_PATTERN, month_named
from crawler.extract.dates.written import Conventions, DateReading, read_date
from storage.patterns import lazy_pattern

SENTENCE_END = tuple(".!?。！？…")
_LONGEST = 240
_LONGEST_OPENING = 80
_MOST_OVER_TEXT = 3  # lines: a headline of lower rank or two, and the one that opens the text
_PLACE_BEFORE = re.compile(r"[(\[]?(?:[^\W\d_][^\d!?:;]{1,40}[,(–—-]\s?\(?(?:den\s|le\s|am\s|a\s)?)?")
_MARK_BEHIND = re.compile(r"\)?\s?[–—:|.)(-]|\s/")
# "Accra, Nov 3 (GNA) –": agencies leave the year out.
_MONTH = rf"(?P<{{}}>{MONTH_PATTERN})(?![^\W\d_])\.?"
_DAY_OF_AGENCY = lazy_pattern(
    rf"[^\W\d_][^\d!?:;]{{1,40}}[,(–—-]\s?(?:{_MONTH.format('first')}\s(?P<behind>\d{{1,2}})|(?P<before>\d{{1,2}})\s"
    rf"{_MONTH.format('second')})(?!\d)[.,]?\s?(?:[(/]\s?[^\d()/]{{2,30}}[)/])?\s?\)?\s?[–—:-]",
    re.IGNORECASE,
)
_LONGEST_DAY, BESIDE_A_DAY = 40, 12  # characters of a line that signs a text, and of them beside its date


def is_day_alone(line: str) -> bool:
    """Return whether *line* is a day and nothing else, but for a place or a weekday."""
    reading = read_date(line) if len(line) <= _LONGEST_DAY else None
    return reading is not None and reading.end - reading.start >= len(line) - BESIDE_A_DAY


def opening_date(lines: Sequence[str], conventions: Conventions) -> DateReading | None:
    """Return the date that opens a text with its place: "Bern, 3.11.2026 –", "Karlsruhe, (12.11.2021)."."""
    for line in lines[:_MOST_OVER_TEXT]:
        opening = line[:_LONGEST_OPENING]
        reading = read_date(opening, conventions)
        if reading and opens(opening, reading):
            return reading
        if line.endswith(SENTENCE_END) or len(line) > _LONGEST:
            break  # no line over the text: its first sentence
    return None


def day_of_agency(lines: Sequence[str]) -> tuple[int, int] | None:
    """Return the month and the day that open a text with its place, without a year: "Accra, Nov 3 –"."""
    found = _DAY_OF_AGENCY.match(lines[0][:_LONGEST_OPENING]) if lines else None
    if found is None:
        return None
    return month_named(found["first"] or found["second"]), int(found["behind"] or found["before"])


def opens(line: str, reading: DateReading) -> bool:
    """Return whether *line* begins with a place, the day that was read in it, and a mark."""
    place = _PLACE_BEFORE.fullmatch(line, 0, reading.start)
    return place is not None and _MARK_BEHIND.match(line, reading.end) is not None


def closing_date(lines: Sequence[str], conventions: Conventions) -> DateReading | None:
    """Return the date that signs a text: its last line or the one before, and nothing else in it."""
    for line in lines[-2:][::-1]:
        if (
            len(line) <= _LONGEST_DAY
            and (reading := read_date(line, conventions))
            and reading.end - reading.start >= len(line) - BESIDE_A_DAY
        ):
            return reading
    return None
