"""Dates that lines of a text state: alone, behind a place that opens it, in a signature."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extract.dates import Conventions, DateReading, read_date

SENTENCE_END = tuple(".!?。！？…")
_LONGEST = 240
_LONGEST_OPENING = 80
_MOST_OVER_TEXT = 3  # lines: a headline of lower rank or two, and the one that opens the text
_PLACE_BEFORE = re.compile(r"[(\[]?(?:[^\W\d_][^\d!?:;]{1,40}[,(–—-]\s?\(?(?:den\s|le\s|am\s|a\s)?)?")
_MARK_BEHIND = re.compile(r"\)?\s?[–—:|.)(-]|\s/")
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
